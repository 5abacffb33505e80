//! `db/schema.json`: the tables that the database has, as the last migration left them.
//!
//! * [`current`]: the file of the application at hand, read once for as long as it does not change.
//! * [`Schema`], [`Table`], [`Stored`]: what stands in it; [`json`]: how that is read.

mod json;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use proc_macro2::TokenStream;
use quote::quote;

use self::json::Json;
use crate::folder;

/// Where the file is if not above the crate, or `off` while there is nothing to check against: the commands that change
/// the database set it.
const VARIABLE: &str = "VELOCIOUS_SCHEMA";

/// The file, below the application's folder.
const FILE: &str = "db/schema.json";

/// A file and what stands in it.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    /// Or why it cannot be read.
    pub(crate) schema: Result<Schema, String>,
}

/// The tables of all databases.
#[derive(Debug, Default)]
pub(crate) struct Schema {
    tables: BTreeMap<String, Table>,
}

/// The columns of a table or view.
pub(crate) type Table = BTreeMap<String, Stored>;

/// A column as the database has it.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Stored {
    /// Its type, called as in migrations.
    pub(crate) kind: String,
    pub(crate) is_nullable: bool,
    /// Whether a row that is not given a value for it gets one.
    pub(crate) has_default: bool,
}

impl Schema {
    /// Reads the text of the file. A table that several databases have is that of the first, `default` before all.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut databases = json::parse(text)?.into_members()?;
        databases.sort_by_key(|(identifier, _)| identifier != "default");
        let mut schema = Schema::default();
        for (_, tables) in databases {
            for (name, columns) in tables.into_members()? {
                let columns = columns.into_members()?.into_iter();
                let columns = columns.map(|(name, column)| Ok((name, stored(&column)?)));
                let columns = columns.collect::<Result<Table, String>>()?;
                schema.tables.entry(name).or_insert(columns);
            }
        }
        Ok(schema)
    }

    pub(crate) fn table(&self, name: &str) -> Option<&Table> {
        self.tables.get(name)
    }

    pub(crate) fn table_names(&self) -> impl Iterator<Item = &str> {
        self.tables.keys().map(String::as_str)
    }
}

fn stored(column: &Json) -> Result<Stored, String> {
    Ok(Stored {
        kind: match column.member("type") {
            Some(Json::Text(kind)) => kind.clone(),
            _ => return Err("a column without a `type`".into()),
        },
        is_nullable: column.is_set("null"),
        has_default: column.is_set("default"),
    })
}

/// The schema that the crate being compiled is checked against; none while there is no file.
pub(crate) fn current() -> Option<Arc<Source>> {
    let path = match env::var(VARIABLE) {
        Ok(off) if off == "off" => return None,
        Ok(path) if !path.is_empty() => PathBuf::from(path),
        _ => folder::find(FILE, Path::is_file)?,
    };
    static LAST: Mutex<Option<(SystemTime, Arc<Source>)>> = Mutex::new(None);
    let changed = fs::metadata(&path).and_then(|file| file.modified()).ok()?;
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    // An editor keeps this process for days, so the file is looked at again.
    if let Some((then, source)) = &*last
        && *then == changed
        && source.path == path
    {
        return Some(source.clone());
    }
    let text = fs::read_to_string(&path).map_err(|error| error.to_string());
    let source = Arc::new(Source {
        schema: text.and_then(|text| Schema::parse(&text)),
        path,
    });
    *last = Some((changed, source.clone()));
    Some(source)
}

/// Lets Cargo compile the crate anew when the file changes, or whether it counts. Once in each crate is enough.
// Expands to: const _: (&[u8], Option<&str>) = (include_bytes!("…/db/schema.json"), option_env!("VELOCIOUS_SCHEMA"));
pub(crate) fn tracked() -> Option<TokenStream> {
    static IS_TRACKED: AtomicBool = AtomicBool::new(false);
    let source = current();
    let counts = source.is_some() || env::var_os(VARIABLE).is_some();
    if !counts || IS_TRACKED.swap(true, Ordering::Relaxed) {
        return None;
    }
    let path = source.as_ref().and_then(|source| source.path.to_str());
    let file = match path {
        Some(path) => quote! { ::core::include_bytes!(#path) },
        None => quote! { &[] },
    };
    Some(quote! {
        const _: (&[u8], ::core::option::Option<&str>) =
            (#file, ::core::option_env!(#VARIABLE));
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_whole() {
        let schema = Schema::parse(
            r#"{
  "default": {
    "tasks": {
      "id": {"type": "bigint", "default": true},
      "na\"me": {"type": "string", "null": true}
    },
    "empty": {}
  },
  "archive": {"tasks": {}, "old_tasks": {"id": {"type": "bigint", "more": [1, null]}}}
}"#,
        )
        .expect("a schema");
        let tasks = schema.table("tasks").expect("a table");
        assert_eq!(tasks.len(), 2);
        assert_eq!(
            tasks["na\"me"],
            Stored {
                kind: "string".into(),
                is_nullable: true,
                has_default: false
            }
        );
        assert!(tasks["id"].has_default && !tasks["id"].is_nullable);
        let names: Vec<_> = schema.table_names().collect();
        assert_eq!(names, ["empty", "old_tasks", "tasks"]);
    }

    #[test]
    fn what_is_no_schema_is_refused() {
        for (text, expected) in [
            ("", "it ends too early"),
            ("[]", "an object is wanted"),
            (
                "{\"default\": {\"tasks\": {\"id\": {}}}}",
                "a column without a `type`",
            ),
            ("{} {}", "something follows its end"),
        ] {
            assert_eq!(Schema::parse(text).expect_err(text), expected);
        }
    }
}
