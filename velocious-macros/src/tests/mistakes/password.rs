//! The mistakes of `#[model(password)]`, one test for each rule.

use crate::tests::assert_mistakes;

/// Asserts what is said about a model with these fields.
#[track_caller]
fn assert_fields(fields: &str, expected: &[(&str, &str)]) {
    let source = format!("#[derive(Model)] struct User {{ id: i64, {fields} }}");
    assert_mistakes(&source, expected);
}

#[test]
fn a_second_password() {
    assert_fields(
        "#[model(password)] digest: PasswordDigest, #[model(password)] pin: PasswordDigest, record: RecordState",
        &[(
            "password",
            "`digest` keeps the password already; a record has one",
        )],
    );
}

#[test]
fn a_read_only_model() {
    assert_fields(
        "#[model(password)] digest: PasswordDigest",
        &[(
            "password",
            "`User` is read-only, so nobody can set its password; give it a field `pub record: RecordState`",
        )],
    );
}

#[test]
fn a_field_that_is_not_stored() {
    assert_fields(
        "#[model(password, transient)] digest: PasswordDigest, record: RecordState",
        &[(
            "password",
            "`digest` is not a column, so it cannot keep a password; make it a `velocious::PasswordDigest`",
        )],
    );
}

#[test]
fn names_that_are_assigned() {
    assert_fields(
        "#[model(password)] password: PasswordDigest, #[model(transient)] password_confirmation: String, record: RecordState",
        &[
            (
                "password",
                "`password` is what is assigned, not what is stored; remove the field, or call the digest `encrypted_password`",
            ),
            (
                "password_confirmation",
                "`password_confirmation` is what is assigned, not what is stored; remove the field, or call the digest `encrypted_password`",
            ),
        ],
    );
}

#[test]
fn options_that_do_not_exist() {
    assert_fields(
        "#[model(password(minimum = 5))] digest: PasswordDigest, record: RecordState",
        &[(
            "minimum",
            "`password` has no option `minimum`; did you mean `min`?",
        )],
    );
    assert_fields(
        "#[model(password = 5)] digest: PasswordDigest, record: RecordState",
        &[(
            "5",
            "`password` has its options in parentheses: `password(…)`",
        )],
    );
}
