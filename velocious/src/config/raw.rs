//! The configuration as written: texts and numbers by key, each with its place.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::fault::{Fault, Origin};
use super::key::{KEYS, known, unknown};

/// A value as written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum RawValue {
    Text(String),
    Integer(i64),
    Bool(bool),
    List(Vec<String>),
    /// Something no key takes, by its name in TOML.
    Other(&'static str),
}

impl RawValue {
    /// The value, when it is text.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            RawValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether nothing stands there: an empty text or list.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            RawValue::Text(text) => text.is_empty(),
            RawValue::List(texts) => texts.is_empty(),
            _ => false,
        }
    }
}

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Setting {
    pub(crate) value: RawValue,
    pub(crate) origin: Origin,
}

/// What the command line says, by key: the argument's name and its value.
pub(crate) type Overrides = Vec<(&'static str, &'static str, String)>;

/// Every value that was written somewhere, by key.
#[derive(Debug, Default)]
pub(crate) struct RawConfig {
    settings: BTreeMap<&'static str, Setting>,
    /// The URLs of further databases, by the names they have here.
    pub(crate) databases: BTreeMap<String, Setting>,
    pub(crate) faults: Vec<Fault>,
}

impl RawConfig {
    /// Reads `config/<environment>.toml` below `root`; no such file is an empty one.
    pub(crate) fn read(root: &Path, environment: &str) -> Self {
        let shown = PathBuf::from("config").join(format!("{environment}.toml"));
        let mut raw = RawConfig::default();
        match std::fs::read_to_string(root.join(&shown)) {
            Ok(source) => raw.read_source(&source, shown),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => raw.faults.push(Fault {
                origin: Origin::File(Arc::new(shown), 1),
                key: String::new(),
                reason: format!("the file cannot be read: {error}"),
            }),
        }
        raw
    }

    fn read_source(&mut self, source: &str, path: PathBuf) {
        let file = File {
            source,
            path: Arc::new(path),
        };
        let (table, errors) = DeTable::parse_recoverable(source);
        for error in errors {
            self.faults.push(Fault {
                origin: file.origin(error.span().unwrap_or_default()),
                key: String::new(),
                reason: error.message().to_owned(),
            });
        }
        for (section, value) in table.get_ref() {
            match value.get_ref() {
                DeValue::Table(databases) if section.get_ref() == "databases" => {
                    for (identifier, value) in databases {
                        self.set_database(&file, identifier, value.get_ref());
                    }
                }
                DeValue::Table(keys) => {
                    for (key, value) in keys {
                        let name = format!("{}.{}", section.get_ref(), key.get_ref());
                        self.set(&file, &name, key, value.get_ref());
                    }
                }
                other => self.set(&file, section.get_ref(), section, other),
            }
        }
    }

    /// `[databases.reporting]`, which has a URL; how it is used is said once for all, in `[database]`.
    fn set_database(
        &mut self,
        file: &File<'_>,
        identifier: &Spanned<DeString<'_>>,
        value: &DeValue<'_>,
    ) {
        let name = format!("databases.{}", identifier.get_ref());
        let fault = |key: String, origin, reason: &str| Fault {
            origin,
            key,
            reason: reason.to_owned(),
        };
        let origin = file.origin(identifier.span());
        let DeValue::Table(keys) = value else {
            let reason = "is a section: write `[databases.NAME]` above `url = \"…\"`";
            return self.faults.push(fault(name, origin, reason));
        };
        if identifier.get_ref() == "default" {
            let reason = "is written `[database]`: rename the section";
            return self.faults.push(fault(name, origin, reason));
        }
        for (key, value) in keys {
            let origin = file.origin(key.span());
            if key.get_ref() == "url" {
                let value = raw_value(value.get_ref());
                let setting = Setting { value, origin };
                self.databases
                    .insert(identifier.get_ref().clone().into_owned(), setting);
            } else {
                let reason =
                    "is no known key: there is `url`, and the others are those of `[database]`";
                self.faults
                    .push(fault(format!("{name}.{}", key.get_ref()), origin, reason));
            }
        }
        if !keys.iter().any(|(key, _)| key.get_ref() == "url") {
            let reason = "has no `url`: write one, as in `url = \"sqlite:db/reporting.sqlite3\"`";
            self.faults.push(fault(name, origin, reason));
        }
    }

    fn set(
        &mut self,
        file: &File<'_>,
        name: &str,
        key: &Spanned<DeString<'_>>,
        value: &DeValue<'_>,
    ) {
        let origin = file.origin(key.span());
        match known(name) {
            Some(name) => {
                let value = raw_value(value);
                self.settings.insert(name, Setting { value, origin });
            }
            None => self.faults.push(Fault {
                origin,
                key: name.to_owned(),
                reason: unknown(name),
            }),
        }
    }

    /// Lets environment variables beat the file. An empty variable counts as none.
    pub(crate) fn override_from_variables(&mut self, variable: impl Fn(&str) -> Option<String>) {
        for (identifier, setting) in &mut self.databases {
            let name = format!("{}_DATABASE_URL", identifier.to_uppercase());
            if let Some(text) = variable(&name).filter(|text| !text.is_empty()) {
                *setting = Setting {
                    value: RawValue::Text(text),
                    origin: Origin::Variable(name.into()),
                };
            }
        }
        for key in KEYS {
            let set = key.variables.iter().find_map(|name| {
                let text = variable(name).filter(|text| !text.is_empty())?;
                Some((*name, text))
            });
            if let Some((variable, text)) = set {
                let setting = Setting {
                    value: RawValue::Text(text),
                    origin: Origin::Variable(variable.into()),
                };
                self.settings.insert(key.name, setting);
            }
        }
    }

    /// Lets arguments of the command line beat everything else.
    pub(crate) fn override_from_arguments(&mut self, overrides: Overrides) {
        for (key, argument, text) in overrides {
            if known(key).is_none() {
                self.faults.push(Fault {
                    origin: Origin::Argument(argument),
                    key: key.to_owned(),
                    reason: unknown(key),
                });
                continue;
            }
            let setting = Setting {
                value: RawValue::Text(text),
                origin: Origin::Argument(argument),
            };
            self.settings.insert(key, setting);
        }
    }

    pub(crate) fn origin(&self, key: &str) -> Option<&Origin> {
        self.settings.get(key).map(|setting| &setting.origin)
    }

    pub(crate) fn take(&mut self, key: &str) -> Option<Setting> {
        self.settings.remove(key)
    }
}

struct File<'a> {
    source: &'a str,
    path: Arc<PathBuf>,
}

impl File<'_> {
    fn origin(&self, span: Range<usize>) -> Origin {
        let before = self.source.get(..span.start).unwrap_or(self.source);
        Origin::File(self.path.clone(), before.matches('\n').count() + 1)
    }
}

fn raw_value(value: &DeValue<'_>) -> RawValue {
    match value {
        DeValue::String(text) => RawValue::Text(text.clone().into_owned()),
        DeValue::Boolean(value) => RawValue::Bool(*value),
        DeValue::Integer(number) => {
            let parsed = i64::from_str_radix(number.as_str(), number.radix());
            parsed.map_or(
                RawValue::Other("integer of more than 64 bits"),
                RawValue::Integer,
            )
        }
        DeValue::Array(values) => {
            let texts: Option<Vec<_>> = values
                .iter()
                .map(|value| value.get_ref().as_str().map(str::to_owned))
                .collect();
            texts.map_or(
                RawValue::Other("array of other things than text"),
                RawValue::List,
            )
        }
        other => RawValue::Other(other.type_str()),
    }
}
