//! What `create!` is made of: which attributes a record cannot do without, and saving one that was given the others.

use super::definition::{ColumnDefinition, Fill};
use super::{Model, Record, graph};
use crate::database::Db;
use crate::{BoxFuture, Result};

/// Saves a new record of which only the attributes `given` are meant: where the database has a default for another one,
/// that is taken.
pub fn create<'a, M: Record>(
    db: &'a Db,
    mut record: M,
    given: &'static [&'static str],
) -> BoxFuture<'a, Result<M>> {
    let left = M::COLUMNS
        .iter()
        .enumerate()
        .filter(|(_, column)| column.fill == Fill::Database && !given.contains(&column.attribute));
    let left = left.map(|(at, _)| (at, record.value(at))).collect();
    record.record_mut().leave(left);
    Box::pin(async move {
        graph::save(&mut record, db).await?;
        Ok(record)
    })
}

/// Each attribute that a record of `M` needs is one of those given; else those that are missing are named.
#[track_caller]
pub const fn assert_given<M: Model>(model: &str, given: &[&str]) {
    let mut missing = Text::new("`").with(model).with("` also needs ");
    let mut count = 0;
    let mut at = 0;
    while at < M::COLUMNS.len() {
        let column = &M::COLUMNS[at];
        if is_missing(column, given) {
            let comma = if count == 0 { "`" } else { ", `" };
            missing = missing.with(comma).with(column.attribute).with("`");
            count += 1;
        }
        at += 1;
    }
    let missing = missing.with("; give it a value, or the column a default in the database, or mark the field with `#[model(default)]`");
    assert!(count == 0, "{}", missing.as_str());
}

const fn is_missing(column: &ColumnDefinition, given: &[&str]) -> bool {
    let is_needed = matches!(column.fill, Fill::Given) && !column.nullable;
    is_needed && !contains(given, column.attribute)
}

const fn contains(names: &[&str], name: &str) -> bool {
    let mut at = 0;
    while at < names.len() {
        if is_same(names[at].as_bytes(), name.as_bytes()) {
            return true;
        }
        at += 1;
    }
    false
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// A text that is put together while the program is compiled. What is too long for it is cut off.
struct Text {
    bytes: [u8; 1024],
    length: usize,
}

impl Text {
    const fn new(start: &str) -> Self {
        let text = Text {
            bytes: [0; 1024],
            length: 0,
        };
        text.with(start)
    }

    const fn with(mut self, more: &str) -> Self {
        let more = more.as_bytes();
        if self.length + more.len() > self.bytes.len() {
            return self;
        }
        let mut at = 0;
        while at < more.len() {
            self.bytes[self.length] = more[at];
            self.length += 1;
            at += 1;
        }
        self
    }

    const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            // Only whole texts are ever added.
            Err(_) => "",
        }
    }
}
