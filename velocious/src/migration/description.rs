//! The schema of databases as data, for `db/schema.json`, which `#[derive(Model)]` checks structs against.
//!
//! One line for each column, sorted by name, so that two people who have the same tables have the same file.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::server;
use super::sqlite;
use crate::Result;
use crate::database::{Db, Dialect};

/// Tables that migrations keep for themselves.
const OWN_TABLES: [&str; 3] = [
    "schema_migrations",
    "schema_migrations_started",
    "schema_seeds_pending",
];

/// A column as a database describes it.
#[derive(Debug)]
pub(super) struct DescribedColumn {
    pub(super) table: String,
    pub(super) name: String,
    /// The type as the database writes it.
    pub(super) sql_type: String,
    pub(super) is_nullable: bool,
    /// Whether a row that is not given a value for it gets one.
    pub(super) has_default: bool,
    /// Whether it is one of a view, of which little is known.
    pub(super) is_of_view: bool,
}

/// The tables and views of these databases, by the databases' identifiers, as the text of `db/schema.json`.
///
/// ```
/// use velocious::database::{DatabaseOptions, Db};
/// use velocious::migration::describe;
///
/// # async fn example() -> velocious::Result<()> {
/// let db = Db::open(DatabaseOptions::sqlite(":memory:")).await?;
/// db.batch("CREATE TABLE tags (name VARCHAR(20) NOT NULL, rank INTEGER NOT NULL DEFAULT 0)").await?;
/// assert_eq!(
///     describe(&[("default", &db)]).await?,
///     r#"{
///   "default": {
///     "tags": {
///       "name": {"type": "string"},
///       "rank": {"type": "integer", "default": true}
///     }
///   }
/// }
/// "#
/// );
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// When a database cannot be asked.
pub async fn describe(databases: &[(&str, &Db)]) -> Result<String> {
    let mut described = BTreeMap::new();
    for (identifier, db) in databases {
        described.insert(quoted(identifier), tables(db).await?);
    }
    let mut text = block(described.into_iter(), 0, |tables| {
        block(tables.into_iter(), 1, |columns| {
            block(columns.into_iter(), 2, |column| column)
        })
    });
    text.push('\n');
    Ok(text)
}

/// The columns of every table, each as its text.
async fn tables(db: &Db) -> Result<BTreeMap<String, BTreeMap<String, String>>> {
    let columns = match db.dialect() {
        Dialect::Sqlite => sqlite::described_columns(db).await?,
        Dialect::Postgres | Dialect::Mysql => server::described_columns(db).await?,
    };
    let mut tables: BTreeMap<String, BTreeMap<_, _>> = BTreeMap::new();
    for column in columns {
        if !OWN_TABLES.contains(&column.table.as_str()) {
            let table = tables.entry(quoted(&column.table)).or_default();
            table.insert(quoted(&column.name), described(&column));
        }
    }
    Ok(tables)
}

/// `{"type": "string", "null": true}`
fn described(column: &DescribedColumn) -> String {
    let mut text = format!("{{\"type\": {}", quoted(&kind(&column.sql_type)));
    let flags = [
        ("null", column.is_nullable && !column.is_of_view),
        ("default", column.has_default),
        ("view", column.is_of_view),
    ];
    for (flag, _) in flags.iter().filter(|(_, is_set)| *is_set) {
        // A text takes whatever is written to it.
        let _ = write!(text, ", \"{flag}\": true");
    }
    text.push('}');
    text
}

/// A type as migrations call it, whichever database calls it how; the database's own word where they have none.
fn kind(sql_type: &str) -> String {
    let written = sql_type.trim().to_ascii_lowercase();
    let word = written.split('(').next().unwrap_or_default().trim();
    let word = word
        .trim_end_matches(" without time zone")
        .trim_end_matches(" unsigned");
    let kind = match word {
        _ if written.starts_with("tinyint(1)") => "boolean",
        _ if written.starts_with("timestamp") || word == "datetime" => "datetime",
        "boolean" | "bool" => "boolean",
        "smallint" | "int2" | "tinyint" => "smallint",
        "integer" | "int" | "int4" | "mediumint" | "serial" => "integer",
        "bigint" | "int8" | "bigserial" => "bigint",
        "real" | "float4" | "float" => "float",
        "double" | "double precision" | "float8" => "double",
        "decimal" | "numeric" | "decimal_text" => "decimal",
        // As UUIDs are kept where there is no type for them.
        _ if written == "char(36)" => "uuid",
        "varchar" | "character varying" | "char" | "character" | "bpchar" | "enum" | "citext" => {
            "string"
        }
        "text" | "tinytext" | "mediumtext" | "longtext" | "clob" => "text",
        "blob" | "tinyblob" | "mediumblob" | "longblob" | "bytea" | "binary" | "varbinary" => {
            "binary"
        }
        "json" | "jsonb" => "json",
        other => other,
    };
    kind.to_owned()
}

/// An object with a line for each member.
fn block<T>(
    members: impl Iterator<Item = (String, T)>,
    depth: usize,
    value: impl Fn(T) -> String,
) -> String {
    let outer = "  ".repeat(depth);
    let lines: Vec<_> = members
        .map(|(name, member)| format!("{outer}  {name}: {}", value(member)))
        .collect();
    match lines.is_empty() {
        true => "{}".into(),
        false => format!("{{\n{}\n{outer}}}", lines.join(",\n")),
    }
}

/// A text as JSON.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            control if control < ' ' => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_called_as_in_migrations() {
        for (sql, expected) in [
            ("VARCHAR(255)", "string"),
            ("character varying(20)", "string"),
            ("INTEGER", "integer"),
            ("int(11)", "integer"),
            ("bigint(20) unsigned", "bigint"),
            ("tinyint(1)", "boolean"),
            ("tinyint(4)", "smallint"),
            ("timestamp with time zone", "datetime"),
            ("datetime(6)", "datetime"),
            ("time without time zone", "time"),
            ("time(6)", "time"),
            ("double precision", "double"),
            ("numeric(10,2)", "decimal"),
            ("DECIMAL(10, 2)", "decimal"),
            ("jsonb", "json"),
            ("UUID", "uuid"),
            ("interval", "interval"),
            ("", ""),
        ] {
            assert_eq!(kind(sql), expected, "{sql}");
        }
    }

    #[test]
    fn names_are_json() {
        assert_eq!(quoted("a \"b\" \\ \n ü"), r#""a \"b\" \\ \u000a ü""#);
    }
}
