//! The mistakes of `#[derive(ModelEnum)]` and `#[derive(ColumnType)]`, one test for each rule.

use crate::tests::assert_mistakes;

#[test]
fn a_struct() {
    assert_mistakes(
        "#[derive(ModelEnum)] struct Status(String);",
        &[(
            "Status",
            "`Status` is no enum; a newtype is a column with `#[derive(ColumnType)]`",
        )],
    );
}

#[test]
fn a_variant_with_fields() {
    assert_mistakes(
        "#[derive(ModelEnum)] enum Status { Open, Done(NaiveDate) }",
        &[(
            "(NaiveDate)",
            "the database holds the name of `Done` and nothing else; give its fields columns of their own",
        )],
    );
}

#[test]
fn no_variants() {
    assert_mistakes(
        "#[derive(ModelEnum)] enum Status {}",
        &[("Status", "no value is of an enum without variants; add one")],
    );
}

#[test]
fn values_of_the_other_kind() {
    assert_mistakes(
        "#[derive(ModelEnum)] enum Status { #[model_enum(value = 3)] Open }",
        &[(
            "3",
            "the database holds names; write `value = \"3\"`, or `#[model_enum(integer)]` on the enum",
        )],
    );
    assert_mistakes(
        "#[derive(ModelEnum)] #[model_enum(integer)] enum Status { #[model_enum(value = \"open\")] Open }",
        &[(
            "\"open\"",
            "the database holds numbers; write `value = 1`, or remove `integer` from the enum",
        )],
    );
}

#[test]
fn values_that_are_the_same() {
    assert_mistakes(
        "#[derive(ModelEnum)] enum Status { Open, #[model_enum(value = \"open\")] New }",
        &[(
            "\"open\"",
            "`Open` is `open` in the database already; give one of the two another value",
        )],
    );
    assert_mistakes(
        "#[derive(ModelEnum)] #[model_enum(integer)] enum Status { Open = 1, New = 0, Done }",
        &[(
            "Done",
            "`Open` is `1` in the database already; give one of the two another value",
        )],
    );
}

#[test]
fn unknown_options() {
    assert_mistakes(
        "#[derive(ModelEnum)] #[model_enum(integr)] enum Status { #[model_enum(name = \"open\")] Open }",
        &[
            (
                "name",
                "`#[model_enum]` on a variant has no option `name`; there is `value`",
            ),
            (
                "integr",
                "`#[model_enum]` on an enum has no option `integr`; did you mean `integer`?",
            ),
        ],
    );
}

#[test]
fn a_column_of_several_values() {
    assert_mistakes(
        "#[derive(ColumnType)] struct Money { amount: i64 }",
        &[(
            "Money",
            "a column is one value; write `struct Money(String);`, with the type of the column, or keep all of it as JSON with `#[column_type(json)]`",
        )],
    );
    assert_mistakes(
        "#[derive(ColumnType)] enum Status { Open }",
        &[(
            "Status",
            "`Status` is no newtype; an enum is a column with `#[derive(ModelEnum)]`, or as JSON with `#[column_type(json)]`",
        )],
    );
}

#[test]
fn an_option_of_a_column_that_does_not_exist() {
    assert_mistakes(
        "#[derive(ColumnType)] #[column_type(jsonb)] struct Settings { theme: String }",
        &[(
            "jsonb",
            "`#[column_type]` has no option `jsonb`; did you mean `json`?",
        )],
    );
}
