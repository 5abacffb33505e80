//! The mistakes of `#[validate(…)]`, one test for each rule.

use crate::tests::assert_mistakes;

/// Asserts what is said about the field `name: String` of a model under `#[validate(…)]`.
#[track_caller]
fn assert_rule_mistakes(rules: &str, expected: &[(&str, &str)]) {
    let source = format!(
        "#[derive(Model)] struct Task {{ id: i64, #[validate({rules})] name: String, starts_on: NaiveDate }}"
    );
    assert_mistakes(&source, expected);
}

#[test]
fn what_contradicts_presence() {
    assert_rule_mistakes(
        "presence, absence, allow_blank",
        &[
            (
                "absence",
                "no value is both present and absent; keep one of the two",
            ),
            (
                "allow_blank",
                "what is blank is not present; remove `allow_blank`, or give `presence` an attribute of its own",
            ),
        ],
    );
}

#[test]
fn the_same_rule_twice_on_different_occasions_is_none() {
    assert_mistakes(
        "#[derive(Model)] struct Task { id: i64, #[validate(presence, on = create)] \
         #[validate(presence, on = update, message = \"must stay\")] name: String }",
        &[],
    );
}

#[test]
fn an_occasion_that_does_not_exist() {
    assert_rule_mistakes(
        "presence, on = creat",
        &[(
            "creat",
            "`on` is `create` or `update`, not `creat`; did you mean `create`?",
        )],
    );
    assert_rule_mistakes(
        "presence, on = save",
        &[(
            "save",
            "`on` is `create` or `update`, not `save`; without `on`, a rule always holds",
        )],
    );
}

#[test]
fn an_occasion_within_a_rule() {
    assert_rule_mistakes(
        "presence(on = create), length(max = 5, if = is_open)",
        &[
            (
                "on",
                "`on` stands beside the rule: `#[validate(presence, on = create)]`",
            ),
            (
                "if",
                "`if` stands beside the rule: `#[validate(length, if = …)]`",
            ),
        ],
    );
}

#[test]
fn an_occasion_without_a_rule() {
    assert_rule_mistakes(
        "on = create",
        &[(
            "create",
            "there is no rule beside `on`; add one, like `presence`",
        )],
    );
}

#[test]
fn lengths_that_contradict_each_other() {
    assert_rule_mistakes(
        "length(min = 3, exactly = 5)",
        &[(
            "5",
            "`exactly` leaves no room for `min` or `max`; keep one or the others",
        )],
    );
}

#[test]
fn a_pattern_that_is_none() {
    let (_, faults) = crate::tests::expand(
        "#[derive(Model)] struct Task { id: i64, #[validate(format(with = \"[a-z\"))] name: String }",
    );
    let faults = faults.into_vec();
    assert_eq!(faults.len(), 1);
    let text = faults[0].to_string();
    assert!(
        text.starts_with("this is no regular expression: "),
        "{text}"
    );
    assert_eq!(faults[0].span().source_text().as_deref(), Some("\"[a-z\""));
    assert_rule_mistakes(
        "format",
        &[(
            "format",
            "`format` needs a regular expression: `format(with = r\"^[a-z]+$\")`, or one that must not match: \
             `format(without = r\"\\s\")`",
        )],
    );
}

#[test]
fn lists_without_values() {
    assert_rule_mistakes(
        "inclusion, exclusion(in = \"admin\")",
        &[(
            "\"admin\"",
            "`in` takes a list of values, or a range with both its ends: `in = [\"draft\", \"open\"]`",
        )],
    );
    assert_rule_mistakes(
        "inclusion",
        &[(
            "inclusion",
            "this rule needs the values: `in = [\"draft\", \"open\"]`, or `in = 1..=5`",
        )],
    );
    assert_rule_mistakes(
        "inclusion(in = 1..5)",
        &[("1..5", "a range of values has both its ends: `in = 1..=5`")],
    );
}

#[test]
fn numbers_that_nothing_can_be() {
    assert_rule_mistakes(
        "numericality(greater_than = 5, less_than = 3, odd, even)",
        &[
            ("3", "no number is above 5 and below 3; exchange the two"),
            (
                "even",
                "no number is both odd and even; keep one of the two",
            ),
        ],
    );
    assert_rule_mistakes(
        "numericality(greater_than = 1, greater_than_or_equal = -2.5)",
        &[("-2.5", "there is a lower bound already; keep one")],
    );
    assert_rule_mistakes(
        "numericality",
        &[(
            "numericality",
            "a number is a number by its type; say which ones there are: `numericality(greater_than = 0)`",
        )],
    );
    assert_rule_mistakes(
        "numericality(less_than = \"5\")",
        &[("\"5\"", "`less_than` takes a number: `less_than = 100`")],
    );
}

#[test]
fn comparisons_with_nothing() {
    assert_rule_mistakes(
        "comparison(greater_than = start_on)",
        &[(
            "start_on",
            "`Task` has no field `start_on`; did you mean `starts_on`?",
        )],
    );
    assert_rule_mistakes(
        "comparison(equal_to = name)",
        &[(
            "name",
            "`name` is always equal to itself; name another field",
        )],
    );
    assert_rule_mistakes(
        "comparison",
        &[(
            "comparison",
            "`comparison` needs another field: `comparison(greater_than = starts_on)`; to compare with a number, write `numericality(greater_than = 0)`",
        )],
    );
}

#[test]
fn a_confirmation_without_its_field() {
    assert_rule_mistakes(
        "confirmation",
        &[(
            "confirmation",
            "`name` is confirmed in a second field, and there is no `name_confirmation`; add \
             `#[model(transient)] pub name_confirmation: Option<…>`, or name another field with `confirmation(with = …)`",
        )],
    );
}

#[test]
fn a_uniqueness_that_cannot_be() {
    assert_rule_mistakes(
        "uniqueness(scope(name, starts_on, starts_on), case_sensitive = \"no\")",
        &[(
            "\"no\"",
            "`case_sensitive` takes `true` or `false`: `case_sensitive = false`",
        )],
    );
    assert_rule_mistakes(
        "uniqueness(scope(name, starts_on, starts_on))",
        &[
            ("name", "`name` cannot be its own scope; name other fields"),
            ("starts_on", "`starts_on` is given twice; keep one"),
        ],
    );
    assert_mistakes(
        "#[derive(Model)] struct Task { id: i64, #[model(transient)] #[validate(uniqueness)] code: String }",
        &[(
            "uniqueness",
            "`code` is not stored, so no other record can have its value; remove `uniqueness`",
        )],
    );
}

#[test]
fn records_where_there_are_none() {
    assert_rule_mistakes(
        "associated",
        &[(
            "associated",
            "`name` holds no records; `associated` is for relationships",
        )],
    );
}

#[test]
fn a_message_for_a_function() {
    assert_rule_mistakes(
        "custom = check, message = \"is wrong\"",
        &[(
            "\"is wrong\"",
            "a function adds its own messages; remove `message`, and let it say this",
        )],
    );
}

#[test]
fn a_relationship_that_is_not_stored() {
    assert_mistakes(
        "#[derive(Model)] struct Task { id: i64, #[has_many] #[model(transient)] tags: HasMany<Tag> }",
        &[("transient", "`tags` is never a column; remove `transient`")],
    );
}
