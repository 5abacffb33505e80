//! How a migration writes down columns: [`TableBuilder`] and [`ColumnBuilder`].

use super::definition::{
    Check, Column, ColumnKind, DefaultValue, ForeignKey, KeyType, Literal, OnDelete, OnUpdate,
    Table, Uniqueness, reference_column, referenced_table,
};
use crate::{Error, Result};

/// The columns of a table that is created, or that a table is given.
///
/// A table has a numeric primary key `id` unless [`id`](TableBuilder::id) says otherwise. Columns may be NULL
/// unless [`null(false)`](ColumnBuilder::null) says otherwise.
#[derive(Debug)]
pub struct TableBuilder {
    name: String,
    key: KeyType,
    columns: Vec<ColumnBuilder>,
    checks: Vec<Check>,
}

/// A method for each type that needs no more than a name.
macro_rules! column_methods {
    ($($(#[$doc:meta])* $method:ident $kind:expr),* $(,)?) => {$(
        $(#[$doc])*
        pub fn $method(&mut self, name: &str) -> &mut ColumnBuilder {
            self.add(Column::new(name, $kind))
        }
    )*};
}

impl TableBuilder {
    pub(crate) fn new(name: &str) -> Self {
        TableBuilder {
            name: name.to_owned(),
            key: KeyType::BigInt,
            columns: Vec::new(),
            checks: Vec::new(),
        }
    }

    /// What the column `id` is: `false` for none, [`KeyType::Uuid`], [`KeyType::Text`]; a number unless said.
    pub fn id(&mut self, key: impl Into<KeyType>) -> &mut Self {
        self.key = key.into();
        self
    }

    /// A condition that every row meets, as SQL, with a name to remove it by.
    pub fn check(&mut self, name: &str, condition: &str) -> &mut Self {
        self.checks.push(Check {
            name: name.to_owned(),
            condition: condition.to_owned(),
        });
        self
    }

    column_methods! {
        /// Text of at most 255 characters, or of what [`max_length`](ColumnBuilder::max_length) says.
        string ColumnKind::String { max_length: 255 },
        /// Text of any length.
        text ColumnKind::Text,
        /// A number of 16 bits.
        smallint ColumnKind::SmallInt,
        /// The smallest number that every database has, which is a [`smallint`](TableBuilder::smallint).
        tinyint ColumnKind::SmallInt,
        /// A number of 32 bits.
        integer ColumnKind::Integer,
        /// A number of 64 bits.
        bigint ColumnKind::BigInt,
        /// A floating point number of 32 bits.
        float ColumnKind::Float,
        /// A floating point number of 64 bits.
        double ColumnKind::Double,
        /// A decimal number that is kept exactly: 18 digits, 4 of them behind the point, or what
        /// [`precision`](ColumnBuilder::precision) says.
        decimal ColumnKind::Decimal { precision: 18, scale: 4 },
        /// True or false.
        boolean ColumnKind::Boolean,
        /// A day.
        date ColumnKind::Date,
        /// A time of day.
        time ColumnKind::Time,
        /// A point in time.
        datetime ColumnKind::DateTime,
        /// Bytes.
        binary ColumnKind::Binary,
        /// Bytes: the same as [`binary`](TableBuilder::binary).
        blob ColumnKind::Binary,
        /// A UUID.
        uuid ColumnKind::Uuid,
        /// JSON.
        json ColumnKind::Json,
    }

    /// A column `<name>_id` that holds the key of another row, with an index.
    pub fn references(&mut self, name: &str) -> &mut ColumnBuilder {
        self.add(Column {
            index: Some(Uniqueness::MayRepeat),
            ..Column::new(&reference_column(name), ColumnKind::BigInt)
        })
    }

    /// `created_at` and `updated_at`, which models maintain.
    pub fn timestamps(&mut self) {
        self.datetime("created_at").null(false);
        self.datetime("updated_at").null(false);
    }

    fn add(&mut self, column: Column) -> &mut ColumnBuilder {
        self.columns.push(ColumnBuilder {
            column,
            type_column: None,
            faults: Vec::new(),
        });
        let last = self.columns.len() - 1;
        &mut self.columns[last]
    }

    /// The table, with its `id`.
    ///
    /// # Errors
    /// Everything that is wrong with its columns, at once.
    pub(crate) fn finish(self) -> Result<Table> {
        let id = Column::id(self.key);
        let has_id = id.is_some();
        let mut table = self.finish_additions()?;
        table.columns.splice(0..0, id);
        let key = table.primary_key();
        if has_id && key.len() > 1 {
            return Err(Error::message(format!(
                "`{}` would have two primary keys, `id` and `{}`: add `t.id(false);`",
                table.name, key[1]
            )));
        }
        Ok(table)
    }

    /// The columns and checks alone.
    ///
    /// # Errors
    /// Everything that is wrong with them, at once.
    pub(crate) fn finish_additions(self) -> Result<Table> {
        let has_id = self.key != KeyType::None;
        let mut faults = Vec::new();
        let mut columns: Vec<Column> = Vec::new();
        for built in self.columns {
            let name = &built.column.name;
            faults.extend(built.faults);
            let is_twice = columns.iter().any(|other| other.name == *name);
            if is_twice || (has_id && name == "id") {
                faults.push(format!("there are two columns `{name}`"));
            }
            let type_column = built.type_column.map(|name| Column {
                is_nullable: built.column.is_nullable,
                ..Column::new(&name, ColumnKind::String { max_length: 255 })
            });
            columns.push(built.column);
            columns.extend(type_column);
        }
        match faults.is_empty() {
            true => Ok(Table {
                name: self.name,
                columns,
                checks: self.checks,
            }),
            false => Err(Error::message(format!(
                "table `{}`: {}",
                self.name,
                faults.join("; ")
            ))),
        }
    }
}

/// A column that is written down; what it says changes the column it was called on.
#[derive(Debug)]
pub struct ColumnBuilder {
    column: Column,
    /// The column that says of which model the row is that this one refers to.
    type_column: Option<String>,
    faults: Vec<String>,
}

impl ColumnBuilder {
    /// Whether it may be NULL, which is so unless `null(false)` is said.
    pub fn null(&mut self, may_be_null: bool) -> &mut Self {
        self.column.is_nullable = may_be_null;
        self
    }

    /// What it holds in rows that are not given a value.
    pub fn default_value(&mut self, value: impl Into<DefaultValue>) -> &mut Self {
        self.column.default = Some(value.into());
        self
    }

    /// The same, as SQL: `CURRENT_TIMESTAMP`, or what else the database computes.
    pub fn default_sql(&mut self, sql: &str) -> &mut Self {
        self.default_value(DefaultValue(Literal::Sql(sql.to_owned())))
    }

    /// The most characters a string may have.
    pub fn max_length(&mut self, characters: u32) -> &mut Self {
        match &mut self.column.kind {
            ColumnKind::String { max_length } if characters > 0 => *max_length = characters,
            ColumnKind::String { .. } => self.fault("`max_length(0)` leaves no room for anything"),
            _ => self.fault("`max_length` is for `string` only"),
        }
        self
    }

    /// How many digits a decimal number has, and how many of them stand behind the point.
    pub fn precision(&mut self, digits: u8, behind_the_point: u8) -> &mut Self {
        match &mut self.column.kind {
            ColumnKind::Decimal { precision, scale }
                if (1..=65).contains(&digits) && behind_the_point <= digits.min(30) =>
            {
                (*precision, *scale) = (digits, behind_the_point);
            }
            ColumnKind::Decimal { .. } => {
                self.fault("`precision` takes 1 to 65 digits, at most 30 of them behind the point");
            }
            _ => self.fault("`precision` is for `decimal` only"),
        }
        self
    }

    /// What it refers to is known by something else than a number.
    pub fn key_type(&mut self, key: KeyType) -> &mut Self {
        let key = Column::id(key).map(|key| key.kind);
        match key {
            Some(ColumnKind::Id) => self.column.kind = ColumnKind::BigInt,
            Some(kind) => self.column.kind = kind,
            None => self.fault("`key_type(KeyType::None)` refers to nothing"),
        }
        self
    }

    /// Adds a column `<name>_type` behind it, for a reference to rows of several tables.
    pub fn polymorphic(&mut self) -> &mut Self {
        match self.column.name.strip_suffix("_id") {
            Some(name) => self.type_column = Some(format!("{name}_type")),
            None => self.fault("`polymorphic` is for `references` only"),
        }
        self
    }

    /// Lets the database make up a UUID where none is given.
    pub fn default_uuid(&mut self) -> &mut Self {
        self.default_value(DefaultValue(Literal::NewUuid))
    }

    /// Adds an index.
    pub fn index(&mut self) -> &mut Self {
        self.column.index.get_or_insert(Uniqueness::MayRepeat);
        self
    }

    /// Adds an index that lets no two rows have the same value.
    pub fn unique(&mut self) -> &mut Self {
        self.column.index = Some(Uniqueness::Unique);
        self
    }

    /// Says that it holds the `id` of another row: `project_id` of one in `projects`.
    pub fn foreign_key(&mut self) -> &mut Self {
        match referenced_table(&self.column.name) {
            Some(table) => self.foreign_key_to(&table),
            None => {
                self.fault(
                    "it does not end in `_id`, so say what it refers to: `foreign_key_to(\"…\")`",
                );
                self
            }
        }
    }

    /// Says that it holds the `id` of a row in `table`.
    pub fn foreign_key_to(&mut self, table: &str) -> &mut Self {
        if self.type_column.is_some() {
            self.fault("a polymorphic reference leads to several tables, so it has no foreign key");
        }
        let table = table.to_owned();
        self.column.foreign_key = Some(match self.column.foreign_key.take() {
            Some(key) => ForeignKey { table, ..key },
            None => ForeignKey::to(table),
        });
        self
    }

    /// What becomes of this row when the one it refers to is deleted; implies [`foreign_key`](Self::foreign_key).
    pub fn on_delete(&mut self, on_delete: OnDelete) -> &mut Self {
        if self.column.foreign_key.is_none() {
            self.foreign_key();
        }
        if let Some(key) = &mut self.column.foreign_key {
            key.on_delete = on_delete;
        }
        self
    }

    /// What becomes of this row when the one it refers to gets another key; implies
    /// [`foreign_key`](Self::foreign_key).
    pub fn on_update(&mut self, on_update: OnUpdate) -> &mut Self {
        if self.column.foreign_key.is_none() {
            self.foreign_key();
        }
        if let Some(key) = &mut self.column.foreign_key {
            key.on_update = on_update;
        }
        self
    }

    /// Makes it the primary key, or a part of it. The table needs `id(false)` then.
    pub fn primary_key(&mut self) -> &mut Self {
        self.column.is_primary_key = true;
        self.column.is_nullable = false;
        self
    }

    fn fault(&mut self, text: &str) {
        self.faults.push(format!("`{}`: {text}", self.column.name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_what_was_written() {
        let mut t = TableBuilder::new("tasks");
        t.references("project").foreign_key().null(false);
        t.string("name").max_length(200).null(false).unique();
        t.references("author")
            .on_delete(OnDelete::SetNull)
            .foreign_key_to("users");
        t.timestamps();
        let table = t.finish().expect("a table");
        let names: Vec<_> = table
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        assert_eq!(
            names,
            [
                "id",
                "project_id",
                "name",
                "author_id",
                "created_at",
                "updated_at"
            ]
        );
        assert_eq!(table.primary_key(), ["id"]);
        assert_eq!(
            table.columns[1].foreign_key,
            Some(ForeignKey::to("projects"))
        );
        assert_eq!(
            table.columns[2].kind,
            ColumnKind::String { max_length: 200 }
        );
        let author = table.columns[3].foreign_key.clone().expect("a foreign key");
        assert_eq!(
            (author.table.as_str(), author.on_delete),
            ("users", OnDelete::SetNull)
        );
        assert!(!table.columns[4].is_nullable);
        let indexes: Vec<_> = table.indexes().map(|index| index.name).collect();
        assert_eq!(
            indexes,
            [
                "index_tasks_on_project_id",
                "index_tasks_on_name",
                "index_tasks_on_author_id"
            ]
        );
    }

    #[test]
    fn every_fault_is_reported() {
        let mut t = TableBuilder::new("tasks");
        t.text("name").max_length(5);
        t.bigint("owner").foreign_key();
        t.string("name").max_length(0);
        assert_eq!(
            t.finish().expect_err("faults").to_string(),
            "table `tasks`: `name`: `max_length` is for `string` only; `owner`: it does not end in `_id`, so say what it refers to: `foreign_key_to(\"…\")`; `name`: `max_length(0)` leaves no room for anything; there are two columns `name`"
        );
        let mut t = TableBuilder::new("tasks");
        t.string("code").primary_key();
        assert_eq!(
            t.finish().expect_err("two keys").to_string(),
            "`tasks` would have two primary keys, `id` and `code`: add `t.id(false);`"
        );
        let mut t = TableBuilder::new("tasks");
        t.bigint("id");
        assert!(t.finish().is_err());
    }
}
