//! A `CREATE TABLE` as SQLite keeps it, taken apart, changed and put together again.
//!
//! What a change is not about stays as it was written: defaults, checks, collations, generated columns and whatever
//! else SQLite can be told about a column.

use super::tokens::{Token, parenthesis, text, tokens};

/// A table's definition.
#[derive(Debug)]
pub(super) struct StoredTable {
    columns: Vec<StoredColumn>,
    /// Constraints beside the columns.
    constraints: Vec<String>,
    /// What comes behind the parenthesis: `WITHOUT ROWID`, `STRICT`.
    options: String,
}

#[derive(Debug)]
struct StoredColumn {
    name: String,
    /// Name, type and constraints, as they were written.
    sql: String,
}

impl StoredTable {
    /// Takes the statement apart; `None` when it is not what was expected.
    pub(super) fn parse(sql: &str) -> Option<Self> {
        let tokens = tokens(sql);
        let open = tokens.iter().position(|token| token.is("("))?;
        let length = parenthesis(&tokens[open..]);
        let inner = tokens.get(open + 1..(open + length).checked_sub(1)?)?;
        let mut table = StoredTable {
            columns: Vec::new(),
            constraints: Vec::new(),
            options: text(&tokens[open + length..]),
        };
        for item in items(inner) {
            let first = item.first()?;
            if first.is_any(&["constraint", "primary", "unique", "check", "foreign"]) {
                table.constraints.push(text(item));
            } else {
                table.columns.push(StoredColumn {
                    name: first.name(),
                    sql: text(item),
                });
            }
        }
        Some(table)
    }

    /// The statement that creates it under `name`, which is quoted.
    pub(super) fn create(&self, name: &str) -> String {
        let columns = self.columns.iter().map(|column| column.sql.as_str());
        let lines: Vec<&str> = columns
            .chain(self.constraints.iter().map(String::as_str))
            .collect();
        let space = if self.options.is_empty() { "" } else { " " };
        format!(
            "CREATE TABLE {name} (\n  {}\n){space}{}",
            lines.join(",\n  "),
            self.options
        )
    }

    /// Adds a column, written as SQL.
    pub(super) fn add_column(&mut self, name: &str, sql: String) {
        let name = name.to_owned();
        self.columns.push(StoredColumn { name, sql });
    }

    /// Adds a constraint beside the columns.
    pub(super) fn add_constraint(&mut self, sql: String) {
        self.constraints.push(sql);
    }

    /// Removes the constraint of that name that stands beside the columns; answers whether there was one.
    pub(super) fn remove_constraint(&mut self, name: &str) -> bool {
        let before = self.constraints.len();
        self.constraints.retain(|constraint| {
            let tokens = tokens(constraint);
            match tokens.as_slice() {
                [word, called, ..] if word.is("constraint") => {
                    !called.name().eq_ignore_ascii_case(name)
                }
                _ => true,
            }
        });
        self.constraints.len() < before
    }

    /// Lets a column be NULL, or not.
    pub(super) fn set_nullable(&mut self, column: &str, is_nullable: bool) {
        self.change(column, |tokens| {
            let mut sql = without(tokens, not_null);
            if !is_nullable {
                sql.push_str(" NOT NULL");
            }
            sql
        });
    }

    /// Gives a column a default, written as SQL; `None` takes it away.
    pub(super) fn set_default(&mut self, column: &str, default: Option<&str>) {
        self.change(column, |tokens| {
            let mut sql = without(tokens, default_clause);
            if let Some(default) = default {
                sql.push_str(&format!(" DEFAULT {default}"));
            }
            sql
        });
    }

    /// Removes the foreign keys of a column; answers whether there was one.
    pub(super) fn remove_foreign_keys(&mut self, column: &str) -> bool {
        let before = self.constraints.len();
        self.constraints
            .retain(|constraint| !is_foreign_key_of(constraint, column));
        let mut is_changed = self.constraints.len() < before;
        self.change(column, |tokens| {
            let sql = without(tokens, references);
            is_changed |= sql != text(tokens);
            sql
        });
        is_changed
    }

    fn change(&mut self, name: &str, change: impl FnOnce(&[Token<'_>]) -> String) {
        let column = self
            .columns
            .iter_mut()
            .find(|column| column.name.eq_ignore_ascii_case(name));
        if let Some(column) = column {
            column.sql = change(&tokens(&column.sql));
        }
    }
}

/// The columns and constraints between the commas.
fn items<'a, 't>(inner: &'a [Token<'t>]) -> Vec<&'a [Token<'t>]> {
    let mut depth = 0_usize;
    inner
        .split(|token| {
            match token.text {
                "(" => depth += 1,
                ")" => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && token.is(",")
        })
        .collect()
}

/// The text without each clause that starts where `clause` says how long it is.
fn without(tokens: &[Token<'_>], clause: fn(&[Token<'_>]) -> usize) -> String {
    let mut kept = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let skipped = clause(&tokens[at..]);
        if skipped > 0 {
            at += skipped;
            continue;
        }
        // What is in parentheses (a check, a type's length) is not looked into.
        let length = parenthesis(&tokens[at..]).max(1);
        kept.extend_from_slice(&tokens[at..at + length]);
        at += length;
    }
    text(&kept)
}

/// `[CONSTRAINT name] NOT NULL [ON CONFLICT word]`
fn not_null(tokens: &[Token<'_>]) -> usize {
    let start = constraint_name(tokens);
    let rest = &tokens[start..];
    match rest {
        [not, null, ..] if not.is("not") && null.is("null") => start + 2 + on_conflict(&rest[2..]),
        _ => 0,
    }
}

fn on_conflict(tokens: &[Token<'_>]) -> usize {
    match tokens {
        [on, conflict, _, ..] if on.is("on") && conflict.is("conflict") => 3,
        _ => 0,
    }
}

/// `[CONSTRAINT name] DEFAULT value`
fn default_clause(tokens: &[Token<'_>]) -> usize {
    let start = constraint_name(tokens);
    let rest = &tokens[start..];
    match rest {
        [default, value, ..] if default.is("default") => {
            // A sign before a number, or the `x` before bytes.
            let has_prefix = value.is_any(&["+", "-", "x"]);
            let length = parenthesis(&rest[1..]).max(if has_prefix { 2 } else { 1 });
            (start + 1 + length).min(tokens.len())
        }
        _ => 0,
    }
}

/// `[CONSTRAINT name] REFERENCES table [(column)] [ON DELETE …] [MATCH …] [[NOT] DEFERRABLE …]`
fn references(tokens: &[Token<'_>]) -> usize {
    let start = constraint_name(tokens);
    if !tokens
        .get(start)
        .is_some_and(|token| token.is("references"))
    {
        return 0;
    }
    let mut at = (start + 2).min(tokens.len());
    at += parenthesis(&tokens[at..]);
    loop {
        let step = match &tokens[at..] {
            [on, _, set, _, ..] if on.is("on") && set.is_any(&["set", "no"]) => 4,
            [on, _, _, ..] if on.is("on") => 3,
            [word, _, ..] if word.is("match") => 2,
            [not, word, ..] if not.is("not") && word.is("deferrable") => 2,
            [word, ..] if word.is("deferrable") => 1,
            [word, _, ..] if word.is("initially") => 2,
            _ => return at,
        };
        at += step;
    }
}

fn constraint_name(tokens: &[Token<'_>]) -> usize {
    match tokens {
        [constraint, _, _, ..] if constraint.is("constraint") => 2,
        _ => 0,
    }
}

/// Whether a constraint beside the columns is a foreign key of this one column.
fn is_foreign_key_of(constraint: &str, column: &str) -> bool {
    let tokens = tokens(constraint);
    match &tokens[constraint_name(&tokens)..] {
        [foreign, _, open, name, close, ..] => {
            foreign.is("foreign")
                && open.is("(")
                && close.is(")")
                && name.name().eq_ignore_ascii_case(column)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TASKS: &str = "CREATE TABLE tasks ( -- all of them, (really)
        id INTEGER PRIMARY KEY NOT NULL,
        [project id] BIGINT CONSTRAINT c REFERENCES \"projects\" (\"id\") ON DELETE SET NULL ON UPDATE NO ACTION NOT DEFERRABLE INITIALLY IMMEDIATE NOT NULL,
        name VARCHAR(200) COLLATE NOCASE DEFAULT 'a, (b' NOT NULL ON CONFLICT FAIL CHECK (name IS NOT NULL AND length(name) < 9), /* x, y */
        score DOUBLE DEFAULT -1.5 NOT NULL,
        double_score AS (score * 2) STORED,
        CONSTRAINT fk FOREIGN KEY (name) REFERENCES names (name),
        UNIQUE (name, score)
    ) WITHOUT ROWID, STRICT";

    fn line(table: &StoredTable, name: &str) -> String {
        let column = table.columns.iter().find(|column| column.name == name);
        column.expect("a column").sql.clone()
    }

    #[test]
    fn a_table_is_put_together_as_it_was() {
        let table = StoredTable::parse(TASKS).expect("a table");
        assert_eq!(
            table.create("\"t\""),
            "CREATE TABLE \"t\" (
  id INTEGER PRIMARY KEY NOT NULL,
  [project id] BIGINT CONSTRAINT c REFERENCES \"projects\" (\"id\") ON DELETE SET NULL ON UPDATE NO ACTION NOT DEFERRABLE INITIALLY IMMEDIATE NOT NULL,
  name VARCHAR(200) COLLATE NOCASE DEFAULT 'a, (b' NOT NULL ON CONFLICT FAIL CHECK (name IS NOT NULL AND length(name) < 9),
  score DOUBLE DEFAULT -1.5 NOT NULL,
  double_score AS (score * 2) STORED,
  CONSTRAINT fk FOREIGN KEY (name) REFERENCES names (name),
  UNIQUE (name, score)
) WITHOUT ROWID, STRICT"
        );
        assert!(StoredTable::parse("CREATE TABLE t AS SELECT 1").is_none());
    }

    #[test]
    fn not_null_comes_and_goes_and_checks_are_left_alone() {
        let mut table = StoredTable::parse(TASKS).expect("a table");
        table.set_nullable("name", true);
        let nullable = "name VARCHAR(200) COLLATE NOCASE DEFAULT 'a, (b' CHECK (name IS NOT NULL AND length(name) < 9)";
        assert_eq!(line(&table, "name"), nullable);
        table.set_nullable("NAME", false);
        assert_eq!(line(&table, "name"), format!("{nullable} NOT NULL"));
        table.set_nullable("name", false);
        assert_eq!(line(&table, "name"), format!("{nullable} NOT NULL"));
    }

    #[test]
    fn defaults_of_every_form_are_replaced() {
        let mut table = StoredTable::parse(TASKS).expect("a table");
        table.set_default("score", Some("0"));
        assert_eq!(line(&table, "score"), "score DOUBLE NOT NULL DEFAULT 0");
        table.set_default("score", Some("(1 + (2))"));
        table.set_default("score", Some("'x'"));
        table.set_default("score", Some("x'00ff'"));
        table.set_default("score", None);
        assert_eq!(line(&table, "score"), "score DOUBLE NOT NULL");
        table.set_default("name", None);
        assert!(line(&table, "name").starts_with("name VARCHAR(200) COLLATE NOCASE NOT NULL"));
    }

    #[test]
    fn foreign_keys_are_removed_wherever_they_stand() {
        let mut table = StoredTable::parse(TASKS).expect("a table");
        assert!(table.remove_foreign_keys("project id"));
        assert_eq!(line(&table, "project id"), "[project id] BIGINT NOT NULL");
        assert!(!table.remove_foreign_keys("project id"));
        assert!(table.remove_foreign_keys("name"));
        assert_eq!(table.constraints, ["UNIQUE (name, score)"]);
        table.add_constraint("FOREIGN KEY (score) REFERENCES s (id)".into());
        assert!(table.remove_foreign_keys("score"));
    }
}
