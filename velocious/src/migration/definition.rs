//! Tables, columns, indexes and foreign keys as data, which each dialect turns into its SQL.

/// A table to create.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) checks: Vec<Check>,
}

/// A condition that every row of a table meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Check {
    pub(crate) name: String,
    /// As SQL.
    pub(crate) condition: String,
}

impl Table {
    /// The indexes its columns ask for.
    pub(crate) fn indexes(&self) -> impl Iterator<Item = Index> {
        self.columns
            .iter()
            .filter_map(|column| column.index_on(&self.name))
    }

    pub(crate) fn primary_key(&self) -> Vec<&str> {
        let columns = self.columns.iter().filter(|column| column.is_primary_key);
        columns.map(|column| column.name.as_str()).collect()
    }
}

/// A column to create.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: ColumnKind,
    pub(crate) is_nullable: bool,
    pub(crate) is_primary_key: bool,
    pub(crate) default: Option<DefaultValue>,
    pub(crate) foreign_key: Option<ForeignKey>,
    pub(crate) index: Option<Uniqueness>,
}

impl Column {
    pub(crate) fn new(name: &str, kind: ColumnKind) -> Self {
        Column {
            name: name.to_owned(),
            kind,
            is_nullable: true,
            is_primary_key: false,
            default: None,
            foreign_key: None,
            index: None,
        }
    }

    /// What a row is known by; nothing where it has no key of its own.
    pub(crate) fn id(key: KeyType) -> Option<Self> {
        let kind = match key {
            KeyType::None => return None,
            KeyType::BigInt => ColumnKind::Id,
            KeyType::Uuid => ColumnKind::Uuid,
            KeyType::Text => ColumnKind::String { max_length: 255 },
        };
        Some(Column {
            is_nullable: false,
            is_primary_key: true,
            default: (key == KeyType::Uuid).then_some(DefaultValue(Literal::NewUuid)),
            ..Self::new("id", kind)
        })
    }

    /// The index it asks for.
    pub(crate) fn index_on(&self, table: &str) -> Option<Index> {
        let uniqueness = self.index?;
        Some(Index::new(table, &[&self.name], uniqueness))
    }
}

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColumnKind {
    /// A number the database counts up.
    Id,
    String {
        max_length: u32,
    },
    Text,
    SmallInt,
    Integer,
    BigInt,
    Float,
    Double,
    Decimal {
        precision: u8,
        scale: u8,
    },
    Boolean,
    Date,
    Time,
    DateTime,
    Uuid,
    Binary,
    Json,
}

/// What the rows of a table are known by: their column `id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyType {
    /// They have no column `id`.
    None,
    /// A number of 64 bits that the database counts up.
    BigInt,
    /// A UUID, which the database makes up where none is given.
    Uuid,
    /// Text that is always given.
    Text,
}

/// `true` is a number, `false` no key.
impl From<bool> for KeyType {
    fn from(has_id: bool) -> Self {
        match has_id {
            true => KeyType::BigInt,
            false => KeyType::None,
        }
    }
}

/// Whether two rows may be equal in the columns of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Uniqueness {
    MayRepeat,
    Unique,
}

/// An index to create.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Index {
    pub(crate) name: String,
    pub(crate) table: String,
    pub(crate) columns: Vec<String>,
    pub(crate) uniqueness: Uniqueness,
}

impl Index {
    /// An index with the name it has unless it is given another one.
    pub(crate) fn new(table: &str, columns: &[&str], uniqueness: Uniqueness) -> Self {
        Index {
            name: index_name(table, columns),
            table: table.to_owned(),
            columns: columns.iter().map(ToString::to_string).collect(),
            uniqueness,
        }
    }
}

/// An index that is there; of one on an expression, no column is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExistingIndex {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
}

/// `index_tasks_on_project_id_and_name`.
pub(crate) fn index_name(table: &str, columns: &[impl AsRef<str>]) -> String {
    let columns: Vec<&str> = columns.iter().map(AsRef::as_ref).collect();
    shortened(format!("index_{table}_on_{}", columns.join("_and_")))
}

/// A name that every database keeps whole: what is longer ends in a number that stands for all of it.
pub(crate) fn shortened(name: String) -> String {
    const LONGEST: usize = 60;
    if name.len() <= LONGEST {
        return name;
    }
    // FNV-1a, which gives the same number everywhere and at any time.
    let number = name.bytes().fold(0x811c_9dc5_u32, |number, byte| {
        (number ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    let end = (0..=LONGEST - 9)
        .rev()
        .find(|end| name.is_char_boundary(*end));
    format!("{}_{number:08x}", &name[..end.unwrap_or(0)])
}

/// What a column refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ForeignKey {
    pub(crate) table: String,
    pub(crate) on_delete: OnDelete,
    pub(crate) on_update: OnUpdate,
}

impl ForeignKey {
    pub(crate) fn to(table: impl Into<String>) -> Self {
        ForeignKey {
            table: table.into(),
            on_delete: OnDelete::default(),
            on_update: OnUpdate::default(),
        }
    }

    /// What it says of rows that are deleted or get another key, as SQL.
    pub(crate) fn effects(&self) -> String {
        let on_delete = match self.on_delete {
            OnDelete::Restrict => "",
            OnDelete::Cascade => " ON DELETE CASCADE",
            OnDelete::SetNull => " ON DELETE SET NULL",
        };
        let on_update = match self.on_update {
            OnUpdate::Restrict => "",
            OnUpdate::Cascade => " ON UPDATE CASCADE",
            OnUpdate::SetNull => " ON UPDATE SET NULL",
        };
        format!("{on_delete}{on_update}")
    }
}

/// What becomes of the rows that refer to a row that is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum OnDelete {
    /// The row cannot be deleted.
    #[default]
    Restrict,
    /// They are deleted too.
    Cascade,
    /// They refer to nothing any more.
    SetNull,
}

/// What becomes of the rows that refer to a row whose key changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum OnUpdate {
    /// The key cannot change.
    #[default]
    Restrict,
    /// They refer to the new key.
    Cascade,
    /// They refer to nothing any more.
    SetNull,
}

/// What a column holds in a row that is not given a value for it.
#[derive(Clone, Debug, PartialEq)]
pub struct DefaultValue(pub(crate) Literal);

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    Bool(bool),
    Integer(i64),
    Double(f64),
    Text(String),
    Sql(String),
    /// One that nobody else has.
    NewUuid,
}

macro_rules! default_value {
    ($($type:ty => $variant:ident),*) => {$(
        impl From<$type> for DefaultValue {
            fn from(value: $type) -> Self {
                DefaultValue(Literal::$variant(value.into()))
            }
        }
    )*};
}

default_value!(bool => Bool, i32 => Integer, i64 => Integer, f64 => Double, &str => Text, String => Text);

/// Names a column that is referred to: `project` is `project_id`.
pub(crate) fn reference_column(name: &str) -> String {
    format!("{name}_id")
}

/// The table that a column refers to by its name: `project_id` is a row of `projects`.
pub(crate) fn referenced_table(column: &str) -> Option<String> {
    let name = column.strip_suffix("_id").filter(|name| !name.is_empty())?;
    Some(velocious_naming::pluralize(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_from_names() {
        assert_eq!(
            index_name("tasks", &["project_id", "name"]),
            "index_tasks_on_project_id_and_name"
        );
        assert_eq!(
            referenced_table("category_id").as_deref(),
            Some("categories")
        );
        assert_eq!(referenced_table("_id"), None);
        assert_eq!(referenced_table("owner"), None);
    }

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let name = |column: &str| index_name("memberships", &["a_rather_long_name", column]);
        assert_eq!(
            name("and_another_one"),
            "index_memberships_on_a_rather_long_name_and_and_another_one"
        );
        let (one, other) = (name("and_another_one_1"), name("and_another_one_2"));
        assert_eq!((one.len(), other.len()), (60, 60));
        assert_ne!(one, other);
        assert!(one.starts_with("index_memberships_on_a_rather_long_name_and_and_ano"));
    }

    #[test]
    fn defaults_keep_their_value() {
        assert_eq!(
            DefaultValue::from(false),
            DefaultValue(Literal::Bool(false))
        );
        assert_eq!(DefaultValue::from(0), DefaultValue(Literal::Integer(0)));
        assert_eq!(
            DefaultValue::from(""),
            DefaultValue(Literal::Text(String::new()))
        );
    }
}
