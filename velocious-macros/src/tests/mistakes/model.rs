//! The mistakes of `#[derive(Model)]`, one test for each rule.

use crate::tests::{assert_mistakes, mistakes_in};

/// Asserts what is said about a model with a primary key, a name and what `fields` adds.
#[track_caller]
fn assert_field_mistakes(fields: &str, expected: &[(&str, &str)]) {
    let source = format!("#[derive(Model)] struct Task {{ id: i64, name: String, {fields} }}");
    assert_mistakes(&source, expected);
}

#[test]
fn an_enum() {
    assert_mistakes(
        "#[derive(Model)] pub enum Status { Open }",
        &[(
            "Status",
            "`Status` is not a struct, so it cannot be a model; write a struct with one field for each column",
        )],
    );
}

#[test]
fn fields_without_names() {
    assert_mistakes(
        "#[derive(Model)] struct Task(i64);",
        &[(
            "Task",
            "the fields of `Task` have no names, and a column needs one; write `pub struct Task { pub id: i64, … }`",
        )],
    );
}

#[test]
fn a_generic_struct() {
    assert_mistakes(
        "#[derive(Model)] struct Task<T> { id: T }",
        &[(
            "<T>",
            "a model is one table, so it cannot be generic; write one struct for each",
        )],
    );
}

#[test]
fn no_primary_key() {
    assert_mistakes(
        "#[derive(Model)] struct Task { name: String }",
        &[(
            "Task",
            "`Task` has no primary key; add `pub id: i64`, or mark a field with `#[model(primary_key)]`",
        )],
    );
}

#[test]
fn two_primary_keys() {
    assert_field_mistakes(
        "#[model(primary_key)] code: String, #[model(primary_key)] other: String",
        &[(
            "primary_key",
            "`code` is already the primary key; a model has one",
        )],
    );
}

#[test]
fn a_relationship_as_primary_key() {
    assert_field_mistakes(
        "#[has_many] #[model(primary_key)] tags: HasMany<Tag>",
        &[(
            "primary_key",
            "`tags` is not a column, so it cannot be the primary key",
        )],
    );
}

#[test]
fn unknown_options_with_the_nearest() {
    assert_mistakes(
        "#[derive(Model)] #[model(tabel = \"tasks\")] struct Task { id: i64 }",
        &[(
            "tabel",
            "`#[model]` on a struct has no option `tabel`; did you mean `table`?",
        )],
    );
    assert_field_mistakes(
        "#[model(colunm = \"NAME\")] title: String",
        &[(
            "colunm",
            "`#[model]` on a field has no option `colunm`; did you mean `column`?",
        )],
    );
    assert_field_mistakes(
        "#[has_many(foreign = task_id)] tags: HasMany<Tag>",
        &[(
            "foreign",
            "`#[has_many]` has no option `foreign`; there is `key`, `primary_key`, `polymorphic`, `as`, `scope`, `through`, `source`, `source_type`, `distinct`, `dependent`, `inverse`, `counter_cache` and `touch`",
        )],
    );
    assert_field_mistakes(
        "#[validate(presense, length(maximum = 3))] title: String",
        &[
            (
                "presense",
                "`#[validate]` has no option `presense`; did you mean `presence`?",
            ),
            (
                "maximum",
                "`length` has no option `maximum`; did you mean `max`?",
            ),
        ],
    );
}

#[test]
fn an_option_given_twice() {
    assert_field_mistakes(
        "#[validate(presence)] #[validate(presence)] title: String",
        &[("presence", "`presence` is given twice; keep one")],
    );
}

#[test]
fn options_of_the_wrong_form() {
    assert_field_mistakes(
        "#[model(primary_key = true, column = TITLE)] title: String",
        &[
            (
                "true",
                "`primary_key` takes no value: write only `primary_key`",
            ),
            ("TITLE", "`column` takes a text: `column = \"…\"`"),
        ],
    );
    assert_field_mistakes(
        "#[validate(length = 3)] #[validate(uniqueness(scope = \"name\"))] title: String",
        &[
            ("3", "`length` has its options in parentheses: `length(…)`"),
            (
                "\"name\"",
                "`scope` takes names without quotes: `scope(…, …)`",
            ),
        ],
    );
    assert_field_mistakes(
        "#[validate(length(max = -1))] title: String",
        &[("-1", "`max` takes a whole number: `max = 200`")],
    );
    assert_field_mistakes(
        "#[model = \"title\"] title: String",
        &[(
            "=",
            "options of `#[model]` stand in parentheses: `#[model(…)]`",
        )],
    );
}

#[test]
fn belongs_to_without_its_key_field() {
    assert_field_mistakes(
        "#[belongs_to] project: BelongsTo<Project>",
        &[(
            "project",
            "`project` needs its key, and `Task` has no field `project_id`; add `pub project_id: i64`, or name another \
             field with `#[belongs_to(key = …)]`",
        )],
    );
}

#[test]
fn belongs_to_with_an_unknown_key() {
    assert_field_mistakes(
        "owner_id: i64, #[belongs_to(key = ownr_id)] project: BelongsTo<Project>",
        &[(
            "ownr_id",
            "`Task` has no column `ownr_id`; did you mean `owner_id`?",
        )],
    );
}

#[test]
fn a_slot_that_is_not_the_attributes() {
    assert_field_mistakes(
        "#[belongs_to] project: HasMany<crate::Project>",
        &[(
            "HasMany<crate::Project>",
            "the type of a field under `#[belongs_to]` is `BelongsTo<crate::Project>`",
        )],
    );
    assert_field_mistakes(
        "#[has_many] tags: i64",
        &[(
            "i64",
            "the type of a field under `#[has_many]` is `HasMany<…>`",
        )],
    );
}

#[test]
fn a_slot_without_an_attribute() {
    assert_field_mistakes(
        "project: BelongsTo<Project>",
        &[(
            "project",
            "`project` is a relationship; write `#[belongs_to]` above it",
        )],
    );
}

#[test]
fn two_relationships_on_one_field() {
    assert_field_mistakes(
        "#[has_one] #[has_many] tags: HasOne<Tag>",
        &[(
            "has_many",
            "a field is one relationship; give `#[has_many]` a field of its own",
        )],
    );
}

#[test]
fn two_record_states() {
    assert_field_mistakes(
        "record: RecordState, state: velocious::RecordState",
        &[(
            "state",
            "`record` already holds the record's state; remove `state`",
        )],
    );
}

#[test]
fn options_of_a_column_on_a_relationship() {
    assert_field_mistakes(
        "#[has_many] #[validate(presence)] #[model(column = \"tags\")] tags: HasMany<Tag>",
        &[
            (
                "\"tags\"",
                "`tags` is not a column, so it has no name in the database; remove `column`",
            ),
            (
                "presence",
                "`tags` is not a column; validate a column, like the key `tags_id`",
            ),
        ],
    );
}

#[test]
fn attributes_of_a_field_on_the_struct() {
    assert_mistakes(
        "#[derive(Model)] #[belongs_to(Project)] #[validate(presence)] struct Task { id: i64 }",
        &[
            (
                "belongs_to",
                "`#[belongs_to]` goes on a field of the struct",
            ),
            (
                "presence",
                "`presence` is about one field; write it above that field",
            ),
        ],
    );
}

#[test]
fn two_fields_for_one_column() {
    assert_field_mistakes(
        "#[model(column = \"name\")] title: String",
        &[(
            "\"name\"",
            "`name` already is this column; a column has one field",
        )],
    );
}

#[test]
fn uniqueness_in_the_scope_of_a_field_that_does_not_exist() {
    assert_field_mistakes(
        "#[validate(uniqueness(scope(name, projectid)))] title: String, project_id: i64",
        &[(
            "projectid",
            "`Task` has no column `projectid`; did you mean `project_id`?",
        )],
    );
}

#[test]
fn a_length_without_or_with_impossible_bounds() {
    assert_field_mistakes(
        "#[validate(length)] title: String",
        &[(
            "length",
            "`length` needs a bound: `length(max = 200)`, `length(min = 1)` or both",
        )],
    );
    assert_field_mistakes(
        "#[validate(length(min = 3, max = 2))] title: String",
        &[(
            "2",
            "no text is at least 3 and at most 2 long; exchange the two",
        )],
    );
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let source = "#[derive(Model)] #[model(tabel = \"x\")] struct Task { name: String, \
                  #[validate(presense)] title: String, #[belongs_to] owner: BelongsTo<User> }";
    assert_eq!(mistakes_in(source).len(), 4);
}

#[test]
fn a_scope_without_a_value() {
    assert_field_mistakes(
        "#[has_many(scope)] tags: HasMany<Tag>",
        &[("scope", "`scope` takes an expression: `scope = |record| …`")],
    );
}

#[test]
fn through_a_relationship_that_is_not_there() {
    assert_field_mistakes(
        "#[has_many] tags: HasMany<Tag>, #[has_many(through = tag)] labels: HasMany<Label>",
        &[(
            "tag",
            "`Task` has no relationship `tag`; did you mean `tags`?",
        )],
    );
    assert_field_mistakes(
        "#[has_many(through = name)] labels: HasMany<Label>",
        &[("name", "`Task` has no relationship `name`")],
    );
}

#[test]
fn through_itself() {
    assert_field_mistakes(
        "#[has_many(through = a)] a: HasMany<Tag>, #[has_many(through = c)] b: HasMany<Tag>, #[has_one(through = b)] c: HasOne<Tag>",
        &[
            (
                "a",
                "`a` goes through itself; start from another relationship",
            ),
            (
                "c",
                "`b` goes through `c`, which comes back to it; start from another relationship",
            ),
            (
                "b",
                "`c` goes through `b`, which comes back to it; start from another relationship",
            ),
        ],
    );
}

#[test]
fn options_that_do_not_go_with_through() {
    assert_field_mistakes(
        "#[has_many] tags: HasMany<Tag>, #[has_many(through = tags, key = label_id, primary_key = name)] labels: HasMany<Label>",
        &[
            (
                "label_id",
                "what goes through `tags` has no key of its own; remove `key`",
            ),
            (
                "name",
                "what goes through `tags` has no key of its own; remove `primary_key`",
            ),
        ],
    );
    assert_field_mistakes(
        "#[has_many(source = labels, distinct)] tags: HasMany<Tag>",
        &[
            (
                "labels",
                "`source` is a relationship of the model that is gone through; say which one that is with `through = …`",
            ),
            (
                "distinct",
                "`distinct` is for what goes `through` others; every record is there once as it is",
            ),
        ],
    );
    assert_field_mistakes(
        "#[has_many] tags: HasMany<Tag>, #[belongs_to(through = tags)] label: BelongsTo<Label>",
        &[(
            "tags",
            "a `#[belongs_to]` has its key here and goes through nothing; write `#[has_one]` and `HasOne<…>`",
        )],
    );
}

#[test]
fn a_key_that_refers_to_a_column_that_is_not_there() {
    assert_field_mistakes(
        "#[has_many(primary_key = nam)] tags: HasMany<Tag>",
        &[("nam", "`Task` has no column `nam`; did you mean `name`?")],
    );
}

#[test]
fn as_is_said_as_it_is_written() {
    assert_field_mistakes(
        "#[has_many(as = 3)] tags: HasMany<Tag>",
        &[("3", "`as` takes a name without quotes: `as = …`")],
    );
    assert_field_mistakes(
        "#[has_many(as = a, as = b)] tags: HasMany<Tag>",
        &[("as", "`as` is given twice; keep one")],
    );
}

#[test]
fn polymorphic_on_the_wrong_side() {
    assert_field_mistakes(
        "#[has_many(polymorphic)] tags: HasMany<Tag>, tag_id: i64, #[belongs_to(as = tags)] tag: BelongsTo<Tag>",
        &[
            (
                "polymorphic",
                "`polymorphic` is for the side that has the key; name the relationship there with `as = …`",
            ),
            (
                "tags",
                "`as` is for the side that is referred to; here the key refers to others: write `polymorphic`",
            ),
        ],
    );
}

#[test]
fn polymorphic_without_the_fields_it_needs() {
    assert_field_mistakes(
        "#[belongs_to(polymorphic)] subject: BelongsToAny<Subject>",
        &[
            (
                "subject",
                "`subject` needs its key, and `Task` has no field `subject_id`; add `pub subject_id: i64`, or name another field with `#[belongs_to(key = …)]`",
            ),
            (
                "subject",
                "`subject` needs the name of its model, and `Task` has no field `subject_type`; add `pub subject_type: String`",
            ),
        ],
    );
}

#[test]
fn a_fate_that_is_none_of_the_four() {
    assert_field_mistakes(
        "#[has_many(dependent = destry)] tags: HasMany<Tag>, #[has_many(dependent = keep)] labels: HasMany<Label>",
        &[
            (
                "destry",
                "`dependent` has no choice `destry`; did you mean `destroy`?",
            ),
            (
                "keep",
                "`dependent` has no choice `keep`; there is `destroy`, `delete`, `nullify` and `restrict`",
            ),
        ],
    );
}

#[test]
fn effects_on_the_wrong_side() {
    assert_field_mistakes(
        "tag_id: i64, #[belongs_to(dependent = destroy, inverse = tasks)] tag: BelongsTo<Tag>, #[has_many(counter_cache, touch)] labels: HasMany<Label>",
        &[
            (
                "destroy",
                "`dependent` is for the side that is referred to: `#[has_one]` and `#[has_many]`",
            ),
            (
                "tasks",
                "`inverse` is for the side that is referred to: `#[has_one]` and `#[has_many]`",
            ),
            (
                "counter_cache",
                "`counter_cache` is for the side that has the key: `#[belongs_to]`",
            ),
            (
                "touch",
                "`touch` is for the side that has the key: `#[belongs_to]`",
            ),
        ],
    );
}

#[test]
fn effects_on_what_is_reached_through_others() {
    assert_field_mistakes(
        "#[has_many] tags: HasMany<Tag>, #[has_many(through = tags, dependent = destroy, inverse = task)] labels: HasMany<Label>",
        &[
            (
                "destroy",
                "what goes through `tags` refers to `tags` and not to this record; write `dependent` there",
            ),
            (
                "task",
                "what goes through `tags` refers to `tags` and not to this record; write `inverse` there",
            ),
        ],
    );
}

#[test]
fn effects_on_records_of_several_models() {
    assert_field_mistakes(
        "subject_id: i64, subject_type: String, #[belongs_to(polymorphic, counter_cache, touch = seen_at)] subject: BelongsToAny<Subject>",
        &[
            (
                "counter_cache",
                "only records of one model can be counted; remove `counter_cache`",
            ),
            (
                "seen_at",
                "the models that this may lead to have no field in common; write only `touch`",
            ),
        ],
    );
}

#[test]
fn callbacks_of_what_is_only_read() {
    assert_mistakes(
        "#[derive(Model)] #[model(callbacks)] struct Task { id: i64 }",
        &[(
            "callbacks",
            "`Task` is read-only, so there is nothing to call back about; add `pub record: RecordState`, or remove `callbacks`",
        )],
    );
}

#[test]
fn a_callback_named_on_the_struct() {
    assert_mistakes(
        "#[derive(Model)] #[model(before_save = trim)] struct Task { id: i64, record: RecordState }",
        &[(
            "before_save",
            "callbacks are written in Rust: say `#[model(callbacks)]`, and write `before_save` as a method in `impl Callbacks`",
        )],
    );
}
