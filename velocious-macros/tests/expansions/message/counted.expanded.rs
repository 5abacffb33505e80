fn expanded() {
    ::velocious::__private::counted_message(
        &::velocious::__private::Message {
            context: ::core::option::Option::None,
            id: "One task",
            plural: ::core::option::Option::Some("%{n} tasks"),
            texts: &[
                ::velocious::__private::MessageText {
                    locale: "de",
                    forms: &["Eine Aufgabe", "%{n} Aufgaben"],
                    rule: &::velocious::__private::Plural::Unequal(
                        &::velocious::__private::Plural::Count,
                        &::velocious::__private::Plural::Number(1u64),
                    ),
                },
                ::velocious::__private::MessageText {
                    locale: "en",
                    forms: &[],
                    rule: &::velocious::__private::Plural::Number(0u64),
                },
            ],
        },
        tasks.len(),
        &[],
    )
}
