//! What a server says about the tables that there are.

use crate::database::{Db, Dialect};
use crate::migration::definition::ExistingIndex;
use crate::migration::description::DescribedColumn;
use crate::value::{Value, ValueKind};
use crate::{Error, Result};

/// The names of all tables.
pub(super) async fn tables(db: &Db) -> Result<Vec<String>> {
    let sql = match db.dialect() {
        Dialect::Mysql => {
            "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY table_name"
        }
        _ => {
            "SELECT c.relname FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname"
        }
    };
    texts(db, sql, []).await
}

/// The names of a table's columns, in order; empty when there is no such table.
pub(super) async fn columns(db: &Db, table: &str) -> Result<Vec<String>> {
    let sql = match db.dialect() {
        Dialect::Mysql => {
            "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position"
        }
        _ => {
            "SELECT a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = current_schema()::regnamespace AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"
        }
    };
    texts(db, sql, [text(table)]).await
}

/// The indexes of a table, but for those that belong to its definition; an index on an expression has no columns.
pub(super) async fn indexes(db: &Db, table: &str) -> Result<Vec<ExistingIndex>> {
    let sql = match db.dialect() {
        Dialect::Mysql => {
            "SELECT index_name, column_name FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = ? AND index_name <> 'PRIMARY' ORDER BY index_name, seq_in_index"
        }
        _ => {
            "SELECT x.relname, a.attname FROM pg_index i \
             JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid \
             CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, place) \
             LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum AND k.attnum > 0 \
             WHERE t.relnamespace = current_schema()::regnamespace AND t.relname = ? AND k.place <= i.indnkeyatts \
             AND NOT EXISTS (SELECT 1 FROM pg_constraint o WHERE o.conindid = i.indexrelid AND o.contype IN ('p', 'u', 'x')) \
             ORDER BY x.relname, k.place"
        }
    };
    let kinds = [ValueKind::Text, ValueKind::Text];
    let rows = db.rows_sql(sql, [text(table)], &kinds).await?;
    let mut indexes: Vec<(ExistingIndex, bool)> = Vec::new();
    for row in rows {
        let [Value::Text(name), column] = row.as_slice() else {
            continue;
        };
        if indexes.last().is_none_or(|(last, _)| last.name != *name) {
            let index = ExistingIndex {
                name: name.clone(),
                columns: Vec::new(),
            };
            indexes.push((index, true));
        }
        if let Some((index, is_plain)) = indexes.last_mut() {
            match column {
                Value::Text(column) => index.columns.push(column.clone()),
                _ => *is_plain = false,
            }
        }
    }
    let indexes = indexes.into_iter().map(|(mut index, is_plain)| {
        if !is_plain {
            index.columns.clear();
        }
        index
    });
    Ok(indexes.collect())
}

/// The names of the foreign keys of a column alone.
pub(super) async fn foreign_keys(db: &Db, table: &str, column: &str) -> Result<Vec<String>> {
    let sql = match db.dialect() {
        Dialect::Mysql => {
            "SELECT constraint_name FROM information_schema.key_column_usage k WHERE k.table_schema = DATABASE() AND k.table_name = ? AND k.column_name = ? AND k.referenced_table_name IS NOT NULL \
             AND 1 = (SELECT COUNT(*) FROM information_schema.key_column_usage o WHERE o.table_schema = k.table_schema AND o.table_name = k.table_name AND o.constraint_name = k.constraint_name)"
        }
        _ => {
            "SELECT o.conname FROM pg_constraint o JOIN pg_class t ON t.oid = o.conrelid \
             WHERE t.relnamespace = current_schema()::regnamespace AND t.relname = ? AND o.contype = 'f' \
             AND o.conkey = ARRAY[(SELECT a.attnum FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = ?)]"
        }
    };
    texts(db, sql, [text(table), text(column)]).await
}

/// Every column of every table and view. The types of domains are those they are made of, and enums are text.
pub(in crate::migration) async fn described_columns(db: &Db) -> Result<Vec<DescribedColumn>> {
    let sql = match db.dialect() {
        Dialect::Mysql => {
            "SELECT c.table_name, c.column_name, c.column_type, c.is_nullable = 'YES', \
             COALESCE(c.column_default <> 'NULL', FALSE) OR c.extra LIKE '%auto_increment%' OR c.extra LIKE '%GENERATED%', \
             t.table_type <> 'BASE TABLE' \
             FROM information_schema.columns c JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name \
             WHERE c.table_schema = DATABASE() AND t.table_type IN ('BASE TABLE', 'VIEW')"
        }
        _ => {
            "SELECT c.relname, a.attname, CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN format_type(t.typbasetype, NULL) ELSE format_type(a.atttypid, NULL) END, \
             NOT a.attnotnull, a.atthasdef OR a.attidentity <> '', c.relkind IN ('v', 'm') \
             FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid \
             WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'f', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped \
             AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"
        }
    };
    const KINDS: [ValueKind; 6] = [
        ValueKind::Text,
        ValueKind::Text,
        ValueKind::Text,
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
        ] = row.as_slice()
        {
            columns.push(DescribedColumn {
                table: table.clone(),
                name: name.clone(),
                sql_type: sql_type.clone(),
                is_nullable: *is_nullable,
                has_default: *has_default,
                is_of_view: *is_of_view,
            });
        }
    }
    Ok(columns)
}

/// How many rows of a table fulfil a condition; both are SQL.
pub(super) async fn count(db: &Db, table: &str, condition: &str) -> Result<i64> {
    let sql = format!("SELECT COUNT(*) FROM {table} WHERE {condition}");
    let rows = db.rows_sql(&sql, [], &[ValueKind::BigInt]).await?;
    match rows.first().map(Vec::as_slice) {
        Some([Value::BigInt(count)]) => Ok(*count),
        _ => Err(Error::message(format!("`{sql}` answered no number"))),
    }
}

/// The first column of a query's rows, without NULL.
pub(super) async fn texts(
    db: &Db,
    sql: &str,
    binds: impl IntoIterator<Item = Value>,
) -> Result<Vec<String>> {
    let rows = db.rows_sql(sql, binds, &[ValueKind::Text]).await?;
    let values = rows.into_iter().flatten();
    Ok(values
        .filter_map(|value| match value {
            Value::Text(text) => Some(text),
            _ => None,
        })
        .collect())
}

pub(super) fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}
