//! The schema of a database as text, for `db/structure-default.sql`.

use super::server;
use crate::Result;
use crate::database::{Db, Dialect};
use crate::value::{Value, ValueKind};

/// Tables, views, indexes and triggers, by name; but for what SQLite makes by itself, and the tables behind a
/// virtual one.
const SQLITE: &str = "SELECT sql FROM sqlite_master \
    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
    AND tbl_name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') \
    ORDER BY CASE type WHEN 'table' THEN 1 WHEN 'view' THEN 2 WHEN 'index' THEN 3 WHEN 'trigger' THEN 4 ELSE 5 END, name";

/// The statements that make an empty database the same as this one: each ends with `;`, between two is an empty
/// line. Empty when there is nothing.
///
/// ```
/// use velocious::database::{DatabaseOptions, Db};
/// use velocious::migration::structure;
///
/// # async fn example() -> velocious::Result<()> {
/// let db = Db::open(DatabaseOptions::sqlite(":memory:")).await?;
/// db.batch("CREATE TABLE tags (name TEXT)").await?;
/// assert_eq!(structure(&db).await?, "CREATE TABLE tags (name TEXT);\n");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// When the database cannot be asked.
pub async fn structure(db: &Db) -> Result<String> {
    let statements = match db.dialect() {
        Dialect::Sqlite => sqlite(db).await?,
        Dialect::Postgres | Dialect::Mysql => server::statements(db).await?,
    };
    let mut text = String::new();
    for statement in statements {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(statement.trim_end().trim_end_matches(';'));
        text.push_str(";\n");
    }
    Ok(text)
}

async fn sqlite(db: &Db) -> Result<Vec<String>> {
    let rows = db.rows_sql(SQLITE, [], &[ValueKind::Text]).await?;
    let statements = rows.into_iter().flatten().filter_map(|value| match value {
        Value::Text(statement) => Some(statement),
        _ => None,
    });
    Ok(statements.collect())
}
