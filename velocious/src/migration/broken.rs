//! References to rows that are not there, which nothing else notices while foreign keys are off.

use std::collections::HashMap;

use crate::database::Db;
use crate::value::{Value, ValueKind};
use crate::{Error, Result};

/// How many rows of the first table refer to rows that the second does not have.
pub(super) type Broken = HashMap<(String, String), usize>;

/// Counts them.
pub(super) async fn broken_references(db: &Db) -> Result<Broken> {
    let sql = "SELECT \"table\", \"parent\" FROM pragma_foreign_key_check";
    let rows = db
        .rows_sql(sql, [], &[ValueKind::Text, ValueKind::Text])
        .await?;
    let mut broken = Broken::new();
    for row in rows {
        if let [Value::Text(table), Value::Text(parent)] = row.as_slice() {
            *broken.entry((table.clone(), parent.clone())).or_default() += 1;
        }
    }
    Ok(broken)
}

/// Refuses a migration that has made more of them.
pub(super) fn refuse_newly_broken(before: &Broken, after: Broken) -> Result<()> {
    let newly = after
        .into_iter()
        .filter(|(tables, count)| before.get(tables).is_none_or(|before| before < count))
        .min();
    match newly {
        None => Ok(()),
        Some(((table, parent), count)) => Err(Error::message(format!(
            "{count} row{} of `{table}` would refer to rows of `{parent}` that do not exist",
            if count == 1 { "" } else { "s" }
        ))),
    }
}
