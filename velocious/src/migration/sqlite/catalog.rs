//! What SQLite says about the tables that there are.

use super::ddl;
use crate::database::Db;
use crate::migration::definition::ExistingIndex;
use crate::migration::description::DescribedColumn;
use crate::value::{Value, ValueKind};
use crate::{Error, Result};

/// An index that somebody has created.
pub(crate) struct StoredIndex {
    pub(crate) name: String,
    /// Empty where it is on an expression.
    pub(crate) columns: Vec<String>,
    pub(crate) sql: String,
}

impl From<StoredIndex> for ExistingIndex {
    fn from(stored: StoredIndex) -> Self {
        ExistingIndex {
            name: stored.name,
            columns: stored.columns,
        }
    }
}

/// The names of all tables.
pub(super) async fn tables(db: &Db) -> Result<Vec<String>> {
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
    texts(db, sql, []).await
}

/// The names of a table's columns, in order; empty when there is no such table.
pub(super) async fn columns(db: &Db, table: &str) -> Result<Vec<String>> {
    texts(db, "SELECT name FROM pragma_table_info(?)", [text(table)]).await
}

/// The columns that hold what they are given, and not what is computed from others.
pub(super) async fn plain_columns(db: &Db, table: &str) -> Result<Vec<String>> {
    let sql = "SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0";
    texts(db, sql, [text(table)]).await
}

/// The statement that created a table.
pub(super) async fn create_table_sql(db: &Db, table: &str) -> Result<Option<String>> {
    let sql = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ? COLLATE NOCASE";
    Ok(texts(db, sql, [text(table)]).await?.pop())
}

/// The statements that created a table's indexes and triggers.
pub(super) async fn satellites(db: &Db, table: &str) -> Result<Vec<String>> {
    let sql = "SELECT sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL \
               AND tbl_name = ? COLLATE NOCASE ORDER BY type, name";
    texts(db, sql, [text(table)]).await
}

/// The indexes of a table, but for those that belong to its definition.
pub(super) async fn indexes(db: &Db, table: &str) -> Result<Vec<StoredIndex>> {
    let sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL \
               AND tbl_name = ? COLLATE NOCASE ORDER BY name";
    let rows = db
        .rows_sql(sql, [text(table)], &[ValueKind::Text, ValueKind::Text])
        .await?;
    let mut indexes = Vec::with_capacity(rows.len());
    for row in rows {
        if let [Value::Text(name), Value::Text(sql)] = row.as_slice() {
            let of_index = "SELECT coalesce(name, '') FROM pragma_index_info(?) ORDER BY seqno";
            let columns = texts(db, of_index, [text(name)]).await?;
            let is_plain = columns.iter().all(|column| !column.is_empty());
            indexes.push(StoredIndex {
                name: name.clone(),
                columns: if is_plain { columns } else { Vec::new() },
                sql: sql.clone(),
            });
        }
    }
    Ok(indexes)
}

/// The tables that a column refers to.
pub(super) async fn references(db: &Db, table: &str, column: &str) -> Result<Vec<String>> {
    let sql = "SELECT \"table\" FROM pragma_foreign_key_list(?) WHERE \"from\" = ? COLLATE NOCASE";
    texts(db, sql, [text(table), text(column)]).await
}

/// Every column of every table and view. A key that is the number of the row has 64 bits and counts itself up.
pub(in crate::migration) async fn described_columns(db: &Db) -> Result<Vec<DescribedColumn>> {
    let sql = "SELECT m.name, c.name, c.type, c.\"notnull\" = 0 AND c.pk = 0, c.dflt_value IS NOT NULL OR c.hidden > 1, m.type = 'view', \
               c.pk > 0 AND upper(c.type) = 'INTEGER' AND (SELECT count(*) FROM pragma_table_info(m.name) WHERE pk > 0) = 1 \
               FROM sqlite_master m, pragma_table_xinfo(m.name) c \
               WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND c.hidden <> 1 \
               AND m.name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')";
    const KINDS: [ValueKind; 7] = [
        ValueKind::Text,
        ValueKind::Text,
        ValueKind::Text,
        ValueKind::Bool,
        ValueKind::Bool,
        ValueKind::Bool,
        ValueKind::Bool,
    ];
    let mut columns = Vec::new();
    for row in db.rows_sql(sql, [], &KINDS).await? {
        if let [
            Value::Text(table),
            Value::Text(name),
            Value::Text(sql_type),
            Value::Bool(is_nullable),
            Value::Bool(has_default),
            Value::Bool(is_of_view),
            Value::Bool(is_row_number),
        ] = row.as_slice()
        {
            columns.push(DescribedColumn {
                table: table.clone(),
                name: name.clone(),
                sql_type: match is_row_number {
                    true => "BIGINT".into(),
                    false => sql_type.clone(),
                },
                is_nullable: *is_nullable,
                has_default: *has_default || *is_row_number,
                is_of_view: *is_of_view,
            });
        }
    }
    Ok(columns)
}

/// How many rows of a table fulfil a condition; `condition` is SQL.
pub(super) async fn count(db: &Db, table: &str, condition: &str) -> Result<i64> {
    let sql = format!(
        "SELECT count(*) FROM {} WHERE {condition}",
        ddl::name(table)
    );
    let rows = db.rows_sql(&sql, [], &[ValueKind::BigInt]).await?;
    match rows.first().map(Vec::as_slice) {
        Some([Value::BigInt(count)]) => Ok(*count),
        _ => Err(Error::message(format!("`{sql}` answered no number"))),
    }
}

async fn texts(db: &Db, sql: &str, binds: impl IntoIterator<Item = Value>) -> Result<Vec<String>> {
    let rows = db.rows_sql(sql, binds, &[ValueKind::Text]).await?;
    let values = rows.into_iter().flatten();
    Ok(values
        .filter_map(|value| match value {
            Value::Text(text) => Some(text),
            _ => None,
        })
        .collect())
}

fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}
