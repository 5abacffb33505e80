//! Paths into columns of JSON.
//!
//! What is at a path is a column itself, of the type that was asked for: it can be compared, ordered by and plucked. It
//! is NULL where there is nothing of that type. Paths travel as binds.

use super::column::{Column, Computed};
use super::condition::Condition;
use super::expression::Expression;
use super::joins::Scope;
use super::render::Renderer;
use crate::database::Dialect;
use crate::database::statement::List;
use crate::value::{ColumnType, Json, Value};

/// A column of JSON.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` is not JSON and has no paths",
    label = "a column of type `{Self}`",
    note = "paths are for `serde_json::Value`, `value::Json<…>` and types with `#[derive(ColumnType)] #[column_type(json)]`"
)]
pub trait JsonColumn: ColumnType {}

impl JsonColumn for serde_json::Value {}
impl<T> JsonColumn for Json<T> where Json<T>: ColumnType {}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonStep {
    /// To the member of an object.
    Key(String),
    /// To the element of a list, counted from zero.
    Index(usize),
}

impl From<&str> for JsonStep {
    fn from(key: &str) -> Self {
        JsonStep::Key(key.to_owned())
    }
}

impl From<String> for JsonStep {
    fn from(key: String) -> Self {
        JsonStep::Key(key)
    }
}

impl From<usize> for JsonStep {
    fn from(index: usize) -> Self {
        JsonStep::Index(index)
    }
}

/// A way into JSON: a key, as in `"theme"`, or the keys and positions on the way, as in `["colors", "link"]` or
/// `("sizes", 0)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a path into JSON",
    label = "not a path",
    note = "give a key, as in `\"theme\"`, or a tuple of keys and of positions in lists, as in `(\"sizes\", 0)`"
)]
pub trait JsonPath {
    /// The steps, from outside in.
    fn steps(self) -> Vec<JsonStep>;
}

macro_rules! path_of_one {
    ($($type:ty),*) => {$(
        impl JsonPath for $type {
            fn steps(self) -> Vec<JsonStep> {
                vec![self.into()]
            }
        }
    )*};
}

path_of_one!(&str, String, usize);

impl JsonPath for Vec<JsonStep> {
    fn steps(self) -> Vec<JsonStep> {
        self
    }
}

impl<S: Into<JsonStep>, const N: usize> JsonPath for [S; N] {
    fn steps(self) -> Vec<JsonStep> {
        self.into_iter().map(Into::into).collect()
    }
}

macro_rules! path_of_several {
    ($($step:ident $field:tt),*) => {
        impl<$($step: Into<JsonStep>),*> JsonPath for ($($step,)*) {
            fn steps(self) -> Vec<JsonStep> {
                vec![$(self.$field.into()),*]
            }
        }
    };
}

path_of_several!(A 0, B 1);
path_of_several!(A 0, B 1, C 2);
path_of_several!(A 0, B 1, C 2, D 3);
path_of_several!(A 0, B 1, C 2, D 3, E 4);
path_of_several!(A 0, B 1, C 2, D 3, E 4, F 5);

/// What is asked for at the end of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonKind {
    /// A text.
    Text,
    /// A whole number, written without a point.
    Integer,
    /// Any number.
    Double,
    /// True or false.
    Bool,
    /// Anything, as JSON.
    Json,
    /// Whether there is anything.
    Presence,
}

/// Paths into JSON.
///
/// ```
/// use velocious::prelude::*;
///
/// #[derive(Model)]
/// pub struct Account {
///     pub id: i64,
///     pub settings: serde_json::Value,
/// }
///
/// let dark = Account::filter(|account| account.settings().text_at("theme").eq("dark"));
/// let large = Account::filter(|account| account.settings().integer_at(("sizes", 0)).gt(12));
/// let sorted = Account::order(|account| account.settings().text_at(["colors", "link"]).asc());
/// # let _ = (dark, large, sorted);
/// ```
impl<R, T: ColumnType, K> Column<R, T, K> {
    /// The text at a path; NULL when there is none, or something else.
    pub fn text_at(self, path: impl JsonPath) -> Column<R, Option<String>, Computed>
    where
        T::Base: JsonColumn,
    {
        Column::of(self.at(path, JsonKind::Text))
    }

    /// The whole number at a path; NULL when there is none, or something else.
    pub fn integer_at(self, path: impl JsonPath) -> Column<R, Option<i64>, Computed>
    where
        T::Base: JsonColumn,
    {
        Column::of(self.at(path, JsonKind::Integer))
    }

    /// The number at a path, whole or not; NULL when there is none, or something else.
    pub fn double_at(self, path: impl JsonPath) -> Column<R, Option<f64>, Computed>
    where
        T::Base: JsonColumn,
    {
        Column::of(self.at(path, JsonKind::Double))
    }

    /// True or false at a path; NULL when there is neither.
    pub fn bool_at(self, path: impl JsonPath) -> Column<R, Option<bool>, Computed>
    where
        T::Base: JsonColumn,
    {
        Column::of(self.at(path, JsonKind::Bool))
    }

    /// The JSON at a path, whatever it is; NULL when there is nothing.
    pub fn json_at(self, path: impl JsonPath) -> Column<R, Option<serde_json::Value>, Computed>
    where
        T::Base: JsonColumn,
    {
        Column::of(self.at(path, JsonKind::Json))
    }

    /// Whether there is anything at a path, be it JSON's `null`.
    pub fn has_at(self, path: impl JsonPath) -> Condition<R>
    where
        T::Base: JsonColumn,
    {
        Condition::new(self.at(path, JsonKind::Presence))
    }

    fn at(self, path: impl JsonPath, kind: JsonKind) -> Expression {
        Expression::JsonAt {
            of: Box::new(self.into_expression()),
            path: path.steps(),
            kind,
        }
    }
}

impl Renderer {
    /// What a document holds at a path. Each database is asked for the type first: it would fail to convert what is
    /// something else, or convert it to a surprise.
    pub(super) fn json_at(
        &mut self,
        document: &Expression,
        path: &[JsonStep],
        kind: JsonKind,
        scope: &Scope,
    ) {
        let mut rest = match self.sql.dialect() {
            Dialect::Sqlite => sqlite(kind),
            Dialect::Postgres => postgres(kind),
            Dialect::Mysql => mysql(kind),
        };
        while let Some(at) = rest.find(['@', '~']) {
            self.sql.push(&rest[..at]);
            match rest.as_bytes()[at] {
                b'@' => self.expression(document.clone(), scope),
                _ => self.json_path(path),
            }
            rest = &rest[at + 1..];
        }
        self.sql.push(rest);
    }

    /// A path as a bind.
    fn json_path(&mut self, path: &[JsonStep]) {
        match self.sql.dialect() {
            Dialect::Postgres => {
                let steps = path.iter().map(|step| match step {
                    JsonStep::Key(key) => key.clone(),
                    JsonStep::Index(index) => index.to_string(),
                });
                self.sql.bind_list(List::Texts(steps.collect()));
            }
            Dialect::Sqlite | Dialect::Mysql => {
                let mut text = String::from("$");
                for step in path {
                    text.push_str(&match step {
                        // Quoted as JSON is, so that nothing in a key is taken for another step.
                        JsonStep::Key(key) => format!(".{}", serde_json::Value::from(key.as_str())),
                        JsonStep::Index(index) => format!("[{index}]"),
                    });
                }
                self.sql.bind(Value::Text(text));
            }
        }
    }
}

// In these, `@` stands for the document and `~` for the path.

fn sqlite(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::Text => "CASE json_type(@, ~) WHEN 'text' THEN json_extract(@, ~) END",
        JsonKind::Integer => {
            "CASE WHEN json_type(@, ~) = 'integer' AND typeof(json_extract(@, ~)) = 'integer' \
             THEN json_extract(@, ~) END"
        }
        JsonKind::Double => {
            "CASE WHEN json_type(@, ~) IN ('integer', 'real') THEN CAST(json_extract(@, ~) AS REAL) END"
        }
        JsonKind::Bool => "CASE json_type(@, ~) WHEN 'true' THEN 1 WHEN 'false' THEN 0 END",
        JsonKind::Json => "(@ -> ~)",
        JsonKind::Presence => "(json_type(@, ~) IS NOT NULL)",
    }
}

fn postgres(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::Text => {
            "CASE jsonb_typeof(CAST(@ AS JSONB) #> ~) WHEN 'string' THEN CAST(@ AS JSONB) #>> ~ END"
        }
        JsonKind::Integer => {
            "CASE jsonb_typeof(CAST(@ AS JSONB) #> ~) WHEN 'number' THEN \
             CASE WHEN scale(CAST(CAST(@ AS JSONB) #> ~ AS NUMERIC)) = 0 \
             AND CAST(CAST(@ AS JSONB) #> ~ AS NUMERIC) BETWEEN -9223372036854775808 AND 9223372036854775807 \
             THEN CAST(CAST(@ AS JSONB) #> ~ AS BIGINT) END END"
        }
        JsonKind::Double => {
            "CASE jsonb_typeof(CAST(@ AS JSONB) #> ~) WHEN 'number' \
             THEN CAST(CAST(@ AS JSONB) #> ~ AS DOUBLE PRECISION) END"
        }
        JsonKind::Bool => {
            "CASE jsonb_typeof(CAST(@ AS JSONB) #> ~) WHEN 'boolean' \
             THEN CAST(CAST(@ AS JSONB) #> ~ AS BOOLEAN) END"
        }
        JsonKind::Json => "(CAST(@ AS JSONB) #> ~)",
        JsonKind::Presence => "((CAST(@ AS JSONB) #> ~) IS NOT NULL)",
    }
}

/// Text out of JSON has a collation of its own, which may not tell `a` from `A`.
fn mysql(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::Text => {
            "CASE JSON_TYPE(JSON_EXTRACT(@, ~)) WHEN 'STRING' \
             THEN CONVERT(JSON_UNQUOTE(JSON_EXTRACT(@, ~)) USING utf8mb4) COLLATE utf8mb4_bin END"
        }
        JsonKind::Integer => {
            "CASE JSON_TYPE(JSON_EXTRACT(@, ~)) WHEN 'INTEGER' THEN CAST(JSON_EXTRACT(@, ~) AS SIGNED) END"
        }
        JsonKind::Double => {
            "CASE WHEN JSON_TYPE(JSON_EXTRACT(@, ~)) IN ('INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL') \
             THEN CAST(JSON_EXTRACT(@, ~) AS DOUBLE) END"
        }
        JsonKind::Bool => {
            "CASE JSON_TYPE(JSON_EXTRACT(@, ~)) WHEN 'BOOLEAN' THEN JSON_UNQUOTE(JSON_EXTRACT(@, ~)) = 'true' END"
        }
        JsonKind::Json => "JSON_EXTRACT(@, ~)",
        JsonKind::Presence => "(COALESCE(JSON_CONTAINS_PATH(@, 'one', ~), 0) = 1)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_may_mix_keys_and_positions() {
        assert_eq!("a".steps(), [JsonStep::Key("a".into())]);
        assert_eq!(["a", "b"].steps().len(), 2);
        assert_eq!(
            ("a", 0, "b").steps(),
            [
                JsonStep::Key("a".into()),
                JsonStep::Index(0),
                JsonStep::Key("b".into())
            ]
        );
    }
}
