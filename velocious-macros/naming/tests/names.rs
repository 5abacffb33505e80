//! Spellings, conventions and suggestions at their edges; the ordinary cases are in the documentation.

use velocious_naming::{controller_name, human, kebab, nearest, pascal, snake, table_name};

#[test]
fn spellings_agree_on_where_words_end() {
    for (snake_case, pascal_case, kebab_case, label) in [
        ("post", "Post", "post", "Post"),
        ("blog_post", "BlogPost", "blog-post", "Blog post"),
        ("line2", "Line2", "line2", "Line2"),
        ("is_done", "IsDone", "is-done", "Is done"),
    ] {
        assert_eq!(snake(pascal_case), snake_case);
        assert_eq!(snake(kebab_case), snake_case);
        assert_eq!(pascal(snake_case), pascal_case);
        assert_eq!(kebab(snake_case), kebab_case);
        assert_eq!(human(snake_case), label);
    }
}

#[test]
fn labels_drop_the_id_of_a_relation_but_not_the_word() {
    assert_eq!(human("id"), "Id");
    assert_eq!(human("_id"), "Id");
    assert_eq!(human("owner_account_id"), "Owner account");
    assert_eq!(human("paid"), "Paid");
    assert_eq!(human(""), "");
    assert_eq!(human("ære"), "ære");
}

#[test]
fn tables_and_controllers_follow_the_resource() {
    assert_eq!(table_name("OrderStatus"), "order_statuses");
    assert_eq!(table_name("News"), "news");
    assert_eq!(table_name("Datum"), "data");
    assert_eq!(controller_name("people"), "PeopleController");
}

#[test]
fn nearest_forgives_a_slip_and_an_abbreviation_but_not_a_different_word() {
    let types = [
        "string",
        "text",
        "integer",
        "bigint",
        "boolean",
        "date",
        "datetime",
        "references",
    ];
    for (word, meant) in [
        ("strnig", Some("string")),
        ("str", Some("string")),
        ("txt", Some("text")),
        ("bool", Some("boolean")),
        ("INTEGER", Some("integer")),
        ("timedate", None),
        ("reference", Some("references")),
        ("dat", Some("date")),
        ("datetim", Some("datetime")),
        ("x", None),
        ("", None),
        ("json", None),
    ] {
        assert_eq!(nearest(word, &types), meant, "nearest to `{word}`");
    }
}

#[test]
fn nearest_takes_owned_and_borrowed_candidates_and_prefers_the_first() {
    let owned = vec![String::from("cat"), String::from("bat")];
    assert_eq!(nearest("hat", &owned), Some("cat"));
    assert_eq!(nearest("hat", owned.iter().rev()), Some("bat"));
    assert_eq!(
        nearest("hat", "cow bat".split(' ').collect::<Vec<&str>>()),
        Some("bat")
    );
}
