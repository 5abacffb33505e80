//! `g:migration`, and the migrations that other generators need.

use super::{Draft, Generator};
use crate::{
    edit::Insertion,
    failure::{Failure, Outcome},
    field::{Field, Index, Kind},
    name::{Intention, MigrationName},
    plan::Unit,
    template::fill,
};

const TEMPLATE: &str = include_str!("../../templates/generate/migration.rs");
const LIST: &str = "models/src/migrations/mod.rs";

/// Plans the migration called `word`.
///
/// # Errors
/// The name is taken or impossible, or the fields do not fit what the name asks for.
pub(super) fn generate(draft: &mut Draft<'_>, word: &str, fields: &[Field]) -> Outcome {
    let name = MigrationName::parse(word)?;
    let body = match name.intention() {
        Intention::Create { table } => Body::creating(&table, fields),
        Intention::Add { table } => Body::adding(&table, fields)?,
        Intention::Remove { table } => Body::adding(&table, fields)?.reversed(),
        Intention::Other if fields.is_empty() => Body::default(),
        Intention::Other => {
            return Err(Failure::usage(format!(
                "`{word}` does not say which table the fields belong to: call it create_TABLE, add_X_to_TABLE or \
                 remove_X_from_TABLE, or leave the fields out"
            )));
        }
    };
    let mut unit = Unit::named(Generator::Migration.receipt(word)?, draft.command());
    plan(draft, &mut unit, &name, &body);
    draft.push(unit);
    Ok(())
}

/// Adds to `unit` the migration that creates `table`.
pub(super) fn plan_create_table(
    draft: &mut Draft<'_>,
    unit: &mut Unit,
    table: &str,
    fields: &[Field],
) {
    plan(
        draft,
        unit,
        &MigrationName::creating(table),
        &Body::creating(table, fields),
    );
}

fn plan(draft: &mut Draft<'_>, unit: &mut Unit, name: &MigrationName, body: &Body) {
    if let Some(other) = draft.migration_called(name) {
        unit.obstruct(other);
    }
    let version = draft.next_version();
    let module = name.module(version);
    let values = [
        ("pascal", name.pascal.as_str()),
        ("version", &version.to_string()),
        ("up", &Body::statements(&body.up)),
        ("down", &Body::statements(&body.down)),
    ];
    unit.create_rust(
        format!("models/src/migrations/{module}.rs"),
        fill(TEMPLATE, &values),
    );
    unit.insert(LIST, Insertion::declaration(format!("mod {module};")));
    unit.insert(
        LIST,
        Insertion::entry("migrations!", format!("{module}::{},", name.pascal)),
    );
}

/// The two functions of a migration, a statement each; no statements is a body for the user to fill in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Body {
    up: Vec<String>,
    down: Vec<String>,
}

impl Body {
    fn creating(table: &str, fields: &[Field]) -> Self {
        let columns: String = fields
            .iter()
            .map(|field| format!("                {};\n", column(field)))
            .collect();
        Self {
            up: vec![format!(
                "schema\n            .create_table(\"{table}\", |t| {{\n{columns}                t.timestamps();\n            }})\n            .await"
            )],
            down: vec![format!("schema.drop_table(\"{table}\").await")],
        }
    }

    /// # Errors
    /// No database can add a NOT NULL column that has no default to a table that has rows.
    fn adding(table: &str, fields: &[Field]) -> Outcome<Self> {
        let mut columns = String::new();
        let mut down = Vec::new();
        for field in fields {
            let default = default_for_old_rows(field)?;
            columns.push_str(&format!("                {}{default};\n", column(field)));
            down.push(format!(
                "schema.remove_column(\"{table}\", \"{}\").await",
                field.column()
            ));
        }
        let up = format!(
            "schema\n            .change_table(\"{table}\", |t| {{\n{columns}            }})\n            .await"
        );
        Ok(Self { up: vec![up], down })
    }

    fn reversed(self) -> Self {
        Self {
            up: self.down,
            down: self.up,
        }
    }

    fn statements(statements: &[String]) -> String {
        match statements.split_last() {
            None => "let _ = schema;\n        Ok(())".to_owned(),
            Some((last, others)) => {
                let others: String = others
                    .iter()
                    .map(|statement| format!("{statement}?;\n        "))
                    .collect();
                format!("{others}{last}")
            }
        }
    }
}

/// `t.string("title").null(false)`
fn column(field: &Field) -> String {
    let mut column = format!("t.{}(\"{}\")", field.kind.column_method(), field.name());
    match field.kind {
        Kind::References => column.push_str(".foreign_key()"),
        Kind::Boolean if !field.optional => column.push_str(".default_value(false)"),
        _ => {}
    }
    if !field.optional {
        column.push_str(".null(false)");
    }
    match field.index {
        Index::None => {}
        Index::Plain => column.push_str(".index()"),
        Index::Unique => column.push_str(".unique()"),
    }
    column
}

/// What a column that is added later holds in the rows that exist already.
fn default_for_old_rows(field: &Field) -> Outcome<&'static str> {
    if field.optional {
        return Ok("");
    }
    match field.kind {
        // The column has its default already.
        Kind::Boolean => Ok(""),
        Kind::String | Kind::Text => Ok(".default_value(\"\")"),
        Kind::Integer | Kind::BigInt => Ok(".default_value(0)"),
        Kind::Double => Ok(".default_value(0.0)"),
        Kind::Date | Kind::DateTime | Kind::Binary | Kind::References => {
            Err(Failure::usage(format!(
                "`{0}` cannot be added as NOT NULL, because the rows that exist have no value for it; write `{0}:{1}?`",
                field.name(),
                field.kind.spelling()
            )))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Body, column};
    use crate::field::{Field, parse_all};

    fn fields(words: &str) -> Vec<Field> {
        let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        parse_all(&words).expect("good fields")
    }

    #[test]
    fn columns_are_written_with_what_the_field_says() {
        for (word, written) in [
            ("title:string", r#"t.string("title").null(false)"#),
            (
                "email:string:unique",
                r#"t.string("email").null(false).unique()"#,
            ),
            ("due_on:date?", r#"t.date("due_on")"#),
            (
                "done:boolean",
                r#"t.boolean("done").default_value(false).null(false)"#,
            ),
            ("done:boolean?", r#"t.boolean("done")"#),
            ("price:float", r#"t.double("price").null(false)"#),
            (
                "author:references",
                r#"t.references("author").foreign_key().null(false)"#,
            ),
            (
                "author:references?:index",
                r#"t.references("author").foreign_key().index()"#,
            ),
        ] {
            assert_eq!(column(&fields(word)[0]), written);
        }
    }

    #[test]
    fn added_columns_have_something_for_the_rows_that_exist() {
        let body = Body::adding(
            "posts",
            &fields("subtitle:string likes:integer due_on:date?"),
        )
        .expect("possible");
        assert!(
            body.up[0].contains(r#"t.string("subtitle").null(false).default_value("");"#),
            "{}",
            body.up[0]
        );
        assert!(
            body.up[0].contains(r#"t.integer("likes").null(false).default_value(0);"#),
            "{}",
            body.up[0]
        );
        assert_eq!(body.down.len(), 3);
        let message = Body::adding("posts", &fields("due_on:date"))
            .expect_err("impossible")
            .message()
            .to_owned();
        assert!(message.contains("write `due_on:date?`"), "{message}");
        assert_eq!(body.clone().reversed().up, body.down);
    }
}
