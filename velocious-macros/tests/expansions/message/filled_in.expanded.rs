fn expanded() {
    ::velocious::__private::message(
        &::velocious::__private::Message {
            context: ::core::option::Option::None,
            id: "Hello %{user_name}",
            plural: ::core::option::Option::None,
            texts: &[
                ::velocious::__private::MessageText {
                    locale: "de",
                    forms: &["Hallo %{user_name}"],
                    rule: &::velocious::__private::Plural::Number(0u64),
                },
                ::velocious::__private::MessageText {
                    locale: "en",
                    forms: &[],
                    rule: &::velocious::__private::Plural::Number(0u64),
                },
            ],
        },
        &[("user_name", &(user.name()))],
    )
}
