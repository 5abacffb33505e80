//! Models that differ from the tables of the database.

use std::str::FromStr;

use proc_macro2::TokenStream;

use crate::model::derive_against;
use crate::schema::{Schema, Source};

const SCHEMA: &str = r#"{"default": {
    "tasks": {
        "id": {"type": "bigint", "default": true},
        "name": {"type": "string"},
        "priority": {"type": "integer", "default": true},
        "due_on": {"type": "date", "null": true}
    }
}}"#;

/// The expansion of a model, and what is wrong with it.
fn derived(schema: &str, item: &str) -> (String, Vec<String>) {
    let source = Source {
        path: "db/schema.json".into(),
        schema: Schema::parse(schema),
    };
    let item = TokenStream::from_str(item).expect("tokens");
    let (expansion, faults) = derive_against(Some(&source), item);
    let faults = faults.into_vec().iter().map(ToString::to_string).collect();
    (expansion.to_string(), faults)
}

#[test]
fn what_plainly_fits_costs_nothing() {
    let task = "pub struct Task {
        pub id: i64, pub name: String, pub priority: i32, pub due_on: Option<chrono::NaiveDate>,
        pub record: RecordState,
    }";
    let (expansion, faults) = derived(SCHEMA, task);
    assert!(faults.is_empty(), "{faults:?}");
    assert!(!expansion.contains("fits"), "{expansion}");
    let defaults = expansion.matches("defaulted").count();
    assert_eq!(defaults, 1, "{expansion}");
}

#[test]
fn what_only_rustc_can_tell_is_asked_of_it() {
    let task = "pub struct Task {
        pub id: TaskId, pub name: String, pub due_on: Day, pub record: RecordState,
    }";
    let (expansion, faults) = derived(SCHEMA, task);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(expansion.matches("fits").count(), 2, "{expansion}");
}

#[test]
fn a_model_that_is_only_read_needs_no_field_for_each_column() {
    let (_, faults) = derived(SCHEMA, "pub struct Task { pub id: i64 }");
    assert!(faults.is_empty(), "{faults:?}");
    let (_, faults) = derived(
        SCHEMA,
        "pub struct Task { pub id: i64, pub record: RecordState }",
    );
    assert_eq!(faults.len(), 1, "{faults:?}");
}

#[test]
fn a_model_may_keep_out_of_it() {
    let wish = "#[model(unchecked)] pub struct Wish { pub id: i64, pub record: RecordState }";
    assert_eq!(derived(SCHEMA, wish).1, [] as [&str; 0]);
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_the_cure() {
    let (_, faults) = derived("{", "pub struct Task { pub id: i64 }");
    assert_eq!(
        faults,
        [
            "`db/schema.json` cannot be read: it ends too early; `velocious db:migrate` writes it anew"
        ]
    );
}
