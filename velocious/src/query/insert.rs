//! Writes down INSERT of many rows, and of rows that may be there already.
//!
//! What differs between databases is how many values one statement takes and how a conflict is answered.

use crate::database::statement::StatementBuilder;
use crate::database::{Dialect, Statement};
use crate::value::Value;

/// Rows for a table.
pub(crate) struct InsertRows<'a> {
    pub(crate) table: &'static str,
    pub(crate) columns: &'a [&'static str],
    /// As many values in each as there are columns.
    pub(crate) rows: &'a [Vec<Value>],
    pub(crate) conflict: Option<&'a Conflict>,
    /// The columns to give back of each row.
    pub(crate) returning: &'a [&'static str],
}

/// What becomes of a row that is there already.
pub(crate) struct Conflict {
    /// The columns of the unique index that says so.
    pub(crate) key: Vec<&'static str>,
    /// The columns that take the new row's value.
    pub(crate) update: Vec<&'static str>,
}

/// The INSERT.
pub(crate) fn rows(dialect: Dialect, insert: &InsertRows<'_>) -> Statement {
    let mut sql = StatementBuilder::new(dialect);
    if insert.rows.len() > 1 {
        // There would be one text for every number of rows.
        sql.vary();
    }
    sql.push("INSERT INTO ");
    sql.name(insert.table);
    sql.push(" (");
    names(&mut sql, insert.columns);
    sql.push(") VALUES ");
    for (at, row) in insert.rows.iter().enumerate() {
        sql.push(if at == 0 { "(" } else { ", (" });
        for (at, value) in row.iter().enumerate() {
            if at > 0 {
                sql.push(", ");
            }
            sql.bind(value.clone());
        }
        sql.push(")");
    }
    if let Some(conflict) = insert.conflict {
        on_conflict(&mut sql, conflict);
    }
    if !insert.returning.is_empty() {
        sql.push(" RETURNING ");
        names(&mut sql, insert.returning);
    }
    sql.finish()
}

fn on_conflict(sql: &mut StatementBuilder, conflict: &Conflict) {
    // A row that stays as it is has to be touched all the same, to be given back.
    let update = match conflict.update.as_slice() {
        [] => &conflict.key[..1.min(conflict.key.len())],
        update => update,
    };
    let (before, after) = match sql.dialect() {
        Dialect::Sqlite | Dialect::Postgres => {
            sql.push(" ON CONFLICT (");
            names(sql, &conflict.key);
            sql.push(") DO UPDATE SET ");
            (" = excluded.", "")
        }
        // Any unique key is as good as another there.
        Dialect::Mysql => {
            sql.push(" ON DUPLICATE KEY UPDATE ");
            (" = VALUES(", ")")
        }
    };
    for (at, name) in update.iter().enumerate() {
        if at > 0 {
            sql.push(", ");
        }
        sql.name(name);
        sql.push(before);
        sql.name(name);
        sql.push(after);
    }
}

fn names(sql: &mut StatementBuilder, names: &[&'static str]) {
    for (at, name) in names.iter().enumerate() {
        if at > 0 {
            sql.push(", ");
        }
        sql.name(name);
    }
}

/// How many values one statement takes.
pub(crate) const fn most_binds(dialect: Dialect) -> usize {
    match dialect {
        Dialect::Sqlite => 32_766,
        Dialect::Postgres | Dialect::Mysql => 65_535,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sql(rows_count: usize, conflict: Option<&Conflict>, returning: &[&'static str]) -> String {
        sql_of(Dialect::Sqlite, rows_count, conflict, returning)
    }

    fn sql_of(
        dialect: Dialect,
        rows_count: usize,
        conflict: Option<&Conflict>,
        returning: &[&'static str],
    ) -> String {
        let row = vec![Value::Integer(1), Value::Text("x".into())];
        let insert = InsertRows {
            table: "tasks",
            columns: &["project_id", "name"],
            rows: &vec![row; rows_count],
            conflict,
            returning,
        };
        rows(dialect, &insert).sql()
    }

    #[test]
    fn each_row_has_its_brackets() {
        assert_eq!(
            sql(2, None, &[]),
            r#"INSERT INTO "tasks" ("project_id", "name") VALUES (?, ?), (?, ?)"#
        );
    }

    #[test]
    fn a_conflict_is_an_update_with_the_new_values() {
        let conflict = Conflict {
            key: vec!["project_id"],
            update: vec!["name"],
        };
        assert_eq!(
            sql(1, Some(&conflict), &["id"]),
            concat!(
                r#"INSERT INTO "tasks" ("project_id", "name") VALUES (?, ?) ON CONFLICT ("project_id")"#,
                r#" DO UPDATE SET "name" = excluded."name" RETURNING "id""#,
            )
        );
        assert_eq!(
            sql(1, Some(&conflict), &["id"]),
            sql_of(Dialect::Postgres, 1, Some(&conflict), &["id"])
        );
        assert_eq!(
            sql_of(Dialect::Mysql, 1, Some(&conflict), &[]),
            "INSERT INTO `tasks` (`project_id`, `name`) VALUES (?, ?) ON DUPLICATE KEY UPDATE `name` = VALUES(`name`)"
        );
    }

    #[test]
    fn a_row_without_news_is_touched_to_be_given_back() {
        let conflict = Conflict {
            key: vec!["project_id", "name"],
            update: Vec::new(),
        };
        assert!(
            sql(1, Some(&conflict), &[])
                .ends_with(r#"DO UPDATE SET "project_id" = excluded."project_id""#)
        );
    }
}
