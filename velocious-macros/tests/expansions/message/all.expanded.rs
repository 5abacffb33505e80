fn expanded() {
    &[
        ::velocious::__private::Catalogue {
            locale: "de",
            rule: &::velocious::__private::Plural::Unequal(
                &::velocious::__private::Plural::Count,
                &::velocious::__private::Plural::Number(1u64),
            ),
            entries: &[
                ::velocious::__private::MessageEntry {
                    id: "%{n} tasks",
                    context: ::core::option::Option::None,
                    forms: &["Eine Aufgabe", "%{n} Aufgaben"],
                },
                ::velocious::__private::MessageEntry {
                    id: "Hello",
                    context: ::core::option::Option::None,
                    forms: &["Hallo"],
                },
                ::velocious::__private::MessageEntry {
                    id: "Hello %{user_name}",
                    context: ::core::option::Option::None,
                    forms: &["Hallo %{user_name}"],
                },
                ::velocious::__private::MessageEntry {
                    id: "One task",
                    context: ::core::option::Option::None,
                    forms: &["Eine Aufgabe", "%{n} Aufgaben"],
                },
                ::velocious::__private::MessageEntry {
                    id: "Open",
                    context: ::core::option::Option::Some("menu"),
                    forms: &["Öffnen"],
                },
            ],
        },
        ::velocious::__private::Catalogue {
            locale: "en",
            rule: &::velocious::__private::Plural::Unequal(
                &::velocious::__private::Plural::Count,
                &::velocious::__private::Plural::Number(1u64),
            ),
            entries: &[
                ::velocious::__private::MessageEntry {
                    id: "Hello",
                    context: ::core::option::Option::None,
                    forms: &["Hi"],
                },
            ],
        },
    ] as &'static [::velocious::__private::Catalogue]
}
