//! The mistakes of `#[model(translates(…))]`, one test for each rule.

use crate::tests::assert_mistakes;

/// Asserts what is said about a model with `translates` and further fields.
#[track_caller]
fn assert_translates(translates: &str, fields: &str, expected: &[(&str, &str)]) {
    let source = format!(
        "#[derive(Model)] #[model({translates})] struct Task {{ id: i64, name: String, {fields} record: RecordState }}"
    );
    assert_mistakes(&source, expected);
}

#[test]
fn nothing_is_listed() {
    let rule = "`translates` lists what is translated, and into which languages: `translates(title, locales(en, de))`";
    assert_translates("translates", "", &[("translates", rule)]);
    assert_translates("translates = \"title\"", "", &[("\"title\"", rule)]);
    assert_translates(
        "translates(locales(en))",
        "",
        &[(
            "translates",
            "`translates` names no attribute; write what is translated: `translates(title, locales(en, de))`",
        )],
    );
    assert_translates(
        "translates(\"title\", locales(en))",
        "",
        &[(
            "\"title\"",
            "`translates` lists names without quotes: `translates(title, locales(en, de))`",
        )],
    );
}

#[test]
fn no_locales() {
    assert_translates(
        "translates(title)",
        "",
        &[(
            "translates",
            "`translates` says nothing of the languages; add them: `locales(en, de)`",
        )],
    );
    assert_translates(
        "translates(title, locales())",
        "",
        &[(
            "locales",
            "`locales` names no language; write those that there are: `locales(en, de)`",
        )],
    );
    assert_translates(
        "translates(title, locales)",
        "",
        &[(
            "locales",
            "`locales` names the languages: `locales(en, de)`",
        )],
    );
}

#[test]
fn locales_that_are_none() {
    assert_translates(
        "translates(title, locales(en, 5))",
        "",
        &[(
            "5",
            "a language is a word or a text: `locales(en, \"pt-BR\")`",
        )],
    );
    assert_translates(
        "translates(title, locales(english, en_US, EN, \"pt-br-\", en))",
        "",
        &[
            (
                "english",
                "`english` is no language; write a language like `en`, with a region like `\"pt-BR\"`",
            ),
            ("en_US", "`en_US` is no language; did you mean `\"en-US\"`?"),
            (
                "EN",
                "`EN` is no language; write a language like `en`, with a region like `\"pt-BR\"`",
            ),
            (
                "\"pt-br-\"",
                "`pt-br-` is no language; did you mean `\"pt-BR\"`?",
            ),
        ],
    );
}

#[test]
fn what_is_there_twice() {
    assert_translates(
        "translates(title, title, locales(en, en))",
        "",
        &[
            ("en", "`en` is there already; keep one"),
            ("title", "`title` is there already; keep one"),
        ],
    );
}

#[test]
fn names_that_fields_have() {
    assert_translates(
        "translates(name, title, locales(en))",
        "title_en: String,",
        &[
            (
                "name",
                "`name` is a field of `Task`; remove the field, because the text is stored with its translations",
            ),
            (
                "title",
                "`title_en` is a field of `Task`, and the name of `title` in one language; give one of them another name",
            ),
        ],
    );
    assert_translates(
        "translates(title, title_en, locale, task_id, locales(en))",
        "",
        &[
            (
                "title_en",
                "`title_en` is the name of `title` in one language; give one of them another name",
            ),
            (
                "locale",
                "every translation has its own `locale`; give the attribute another name",
            ),
            (
                "task_id",
                "every translation has its own `task_id`; give the attribute another name",
            ),
        ],
    );
}

#[test]
fn a_model_that_cannot_have_translations() {
    assert_translates(
        "translates(title, locales(en))",
        "#[has_many] translations: HasMany<Text>,",
        &[(
            "translations",
            "`translates` makes a relationship of this name; remove the field, or give it another name",
        )],
    );
    assert_mistakes(
        "#[derive(Model)] #[model(translates(title, locales(en)))] struct Task { id: i64 }",
        &[(
            "translates",
            "`Task` has no place for its translations; give it a field `pub record: RecordState`",
        )],
    );
}

#[test]
fn rules_that_do_not_exist() {
    assert_translates(
        "translates(title(present, length(most = 5)), locales(en))",
        "",
        &[
            (
                "present",
                "`title` has no option `present`; did you mean `presence`?",
            ),
            (
                "most",
                "`length` has no option `most`; there is `min`, `max`, `exactly` and `message`",
            ),
        ],
    );
}
