fn expanded() {
    ::velocious::__private::message(
        &::velocious::__private::Message {
            context: ::core::option::Option::Some("menu"),
            id: "Open",
            plural: ::core::option::Option::None,
            texts: &[
                ::velocious::__private::MessageText {
                    locale: "de",
                    forms: &["Öffnen"],
                    rule: &::velocious::__private::Plural::Number(0u64),
                },
                ::velocious::__private::MessageText {
                    locale: "en",
                    forms: &[],
                    rule: &::velocious::__private::Plural::Number(0u64),
                },
            ],
        },
        &[],
    )
}
