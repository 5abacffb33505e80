//! Definitions as SQLite's SQL.

use crate::migration::definition::{
    Check, Column, ColumnKind, DefaultValue, ForeignKey, Index, Literal, Table, Uniqueness,
};

/// `CREATE TABLE`, a column a line.
pub(super) fn create_table(table: &Table) -> String {
    let key = table.primary_key();
    let has_compound_key = key.len() > 1;
    let mut lines: Vec<String> = table
        .columns
        .iter()
        .map(|column| self::column(column, !has_compound_key))
        .collect();
    if has_compound_key {
        lines.push(format!("PRIMARY KEY ({})", names(&key)));
    }
    lines.extend(table.checks.iter().map(check));
    let name = name(&table.name);
    format!("CREATE TABLE {name} (\n  {}\n)", lines.join(",\n  "))
}

/// A column of a table; `with_key` when the key is not a matter of several columns.
pub(super) fn column(column: &Column, with_key: bool) -> String {
    let mut sql = format!("{} {}", name(&column.name), kind(column.kind));
    if let Some(value) = &column.default {
        sql.push_str(&format!(" DEFAULT {}", default_value(value)));
    }
    if with_key && column.is_primary_key {
        sql.push_str(" PRIMARY KEY");
    }
    if !column.is_nullable {
        sql.push_str(" NOT NULL");
    }
    if let Some(key) = &column.foreign_key {
        sql.push(' ');
        sql.push_str(&references(key));
    }
    sql
}

/// A condition beside the columns.
pub(super) fn check(check: &Check) -> String {
    format!(
        "CONSTRAINT {} CHECK ({})",
        name(&check.name),
        check.condition
    )
}

/// A foreign key beside the columns.
pub(super) fn foreign_key(column: &str, key: &ForeignKey) -> String {
    format!("FOREIGN KEY ({}) {}", name(column), references(key))
}

fn references(key: &ForeignKey) -> String {
    format!("REFERENCES {} (\"id\"){}", name(&key.table), key.effects())
}

pub(super) fn create_index(index: &Index) -> String {
    let unique = match index.uniqueness {
        Uniqueness::Unique => "UNIQUE ",
        Uniqueness::MayRepeat => "",
    };
    let (index_name, table) = (name(&index.name), name(&index.table));
    format!(
        "CREATE {unique}INDEX {index_name} ON {table} ({})",
        names(&index.columns)
    )
}

fn kind(kind: ColumnKind) -> String {
    let text = match kind {
        ColumnKind::Id | ColumnKind::Integer => "INTEGER",
        ColumnKind::String { max_length } => return format!("VARCHAR({max_length})"),
        ColumnKind::Text => "TEXT",
        // As text, because SQLite's own numbers are binary ones.
        ColumnKind::Decimal { precision, scale } => {
            return format!("DECIMAL_TEXT({precision}, {scale})");
        }
        ColumnKind::SmallInt => "SMALLINT",
        ColumnKind::BigInt => "BIGINT",
        ColumnKind::Float => "REAL",
        ColumnKind::Uuid => "UUID",
        ColumnKind::Time => "TIME",
        ColumnKind::Double => "DOUBLE",
        ColumnKind::Boolean => "BOOLEAN",
        ColumnKind::Date => "DATE",
        ColumnKind::DateTime => "DATETIME",
        ColumnKind::Binary => "BLOB",
        ColumnKind::Json => "JSON",
    };
    text.into()
}

/// A value as SQL; only for values that a migration's source holds.
pub(super) fn default_value(value: &DefaultValue) -> String {
    match &value.0 {
        Literal::Bool(value) => i64::from(*value).to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::Double(value) => format!("{value:?}"),
        Literal::Text(value) => format!("'{}'", value.replace('\'', "''")),
        Literal::Sql(sql) => format!("({sql})"),
        Literal::NewUuid => NEW_UUID.into(),
    }
}

/// Of the fourth kind, made of random bytes.
const NEW_UUID: &str = "(lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))))";

/// A quoted name.
pub(super) fn name(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Quoted names, separated by commas.
pub(super) fn names<S: AsRef<str>>(names: &[S]) -> String {
    let names: Vec<_> = names.iter().map(|each| name(each.as_ref())).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migration::definition::OnDelete;
    use crate::migration::table::TableBuilder;

    #[test]
    fn every_type_has_its_sql() {
        let mut t = TableBuilder::new("things");
        t.string("a");
        t.text("b").default_value("");
        t.integer("c").default_value(0);
        t.bigint("d").default_value(-5_i64);
        t.double("e").default_value(1.0);
        t.boolean("f").default_value(false).null(false);
        t.date("g");
        t.datetime("h").default_sql("CURRENT_TIMESTAMP");
        t.binary("i");
        t.json("j").default_value("{\"it's\": 1}");
        t.references("category").on_delete(OnDelete::Cascade);
        assert_eq!(
            create_table(&t.finish().expect("a table")),
            r#"CREATE TABLE "things" (
  "id" INTEGER PRIMARY KEY NOT NULL,
  "a" VARCHAR(255),
  "b" TEXT DEFAULT '',
  "c" INTEGER DEFAULT 0,
  "d" BIGINT DEFAULT -5,
  "e" DOUBLE DEFAULT 1.0,
  "f" BOOLEAN DEFAULT 0 NOT NULL,
  "g" DATE,
  "h" DATETIME DEFAULT (CURRENT_TIMESTAMP),
  "i" BLOB,
  "j" JSON DEFAULT '{"it''s": 1}',
  "category_id" BIGINT REFERENCES "categories" ("id") ON DELETE CASCADE
)"#
        );
    }

    #[test]
    fn keys_of_other_kinds() {
        let mut t = TableBuilder::new("we\"ird");
        t.id(false);
        t.string("code").max_length(3).primary_key();
        assert_eq!(
            create_table(&t.finish().expect("a table")),
            "CREATE TABLE \"we\"\"ird\" (\n  \"code\" VARCHAR(3) PRIMARY KEY NOT NULL\n)"
        );
        let mut t = TableBuilder::new("memberships");
        t.id(false);
        t.references("user").primary_key();
        t.references("group").primary_key();
        assert_eq!(
            create_table(&t.finish().expect("a table")),
            "CREATE TABLE \"memberships\" (\n  \"user_id\" BIGINT NOT NULL,\n  \"group_id\" BIGINT NOT NULL,\n  PRIMARY KEY (\"user_id\", \"group_id\")\n)"
        );
    }
}
