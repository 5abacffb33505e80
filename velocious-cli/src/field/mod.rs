//! The fields of a request, `title:string due_on:date? author:references`, checked.
//!
//! * [`Field`]: one of them, and what it is called in the struct, the table and the form.
//! * [`Kind`]: the types, with their spelling in a request, in a struct and in a migration.

mod kind;

use velocious_naming::{human, nearest};

pub(crate) use kind::Kind;

use crate::{
    failure::{Failure, Outcome},
    name::{ModelName, check_identifier},
};

/// Columns and fields that every model has already.
const RESERVED: &[&str] = &["id", "created_at", "updated_at", "record"];

/// Words after the type that change it.
const MODIFIERS: &[&str] = &["index", "unique", "optional"];

/// One field of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    name: String,
    /// The type.
    pub(crate) kind: Kind,
    /// Whether the column may be NULL, and the field is an `Option`.
    pub(crate) optional: bool,
    /// The index on the column.
    pub(crate) index: Index,
    /// For references, the model referred to.
    pub(crate) target: Option<ModelName>,
}

/// The index that a column gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Index {
    /// None.
    None,
    /// One that finds rows.
    Plain,
    /// One that also refuses a second row with the same value.
    Unique,
}

impl Field {
    /// The name of the column: `author_id` for `author:references`.
    pub(crate) fn column(&self) -> String {
        match self.kind {
            Kind::References => format!("{}_id", self.name),
            _ => self.name.clone(),
        }
    }

    /// The name in the request, which is the relation's for references.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The name for a label: `Due on`.
    pub(crate) fn human(&self) -> String {
        human(&self.name)
    }

    /// The type of the struct's field.
    pub(crate) fn rust_type(&self) -> String {
        match self.optional {
            true => format!("Option<{}>", self.kind.rust_type()),
            false => self.kind.rust_type().to_owned(),
        }
    }
}

/// The fields that `words` ask for, in order.
///
/// # Errors
/// A word is no field, or two of them would share a name; every mistake is in the message.
pub(crate) fn parse_all(words: &[String]) -> Outcome<Vec<Field>> {
    let mut fields: Vec<Field> = Vec::new();
    let mut faults = Vec::new();
    for word in words {
        match parse(word) {
            Ok(field) => match fields.iter().find(|other| clashes(other, &field)) {
                None => fields.push(field),
                Some(other) if other.name == field.name => {
                    faults.push(format!("`{}` is there twice", field.name));
                }
                Some(other) => faults.push(format!(
                    "`{}` and `{}` would share a name",
                    other.name, field.name
                )),
            },
            Err(failure) => faults.push(failure.into_message()),
        }
    }
    if faults.is_empty() {
        Ok(fields)
    } else {
        Err(Failure::usage(faults.join("\nerror: ")))
    }
}

fn clashes(one: &Field, other: &Field) -> bool {
    one.name == other.name
        || one.column() == other.column()
        || one.name == other.column()
        || one.column() == other.name
}

fn parse(word: &str) -> Outcome<Field> {
    let mut parts = word.split(':');
    let name = parts.next().unwrap_or_default();
    check_identifier(name, "field")?;
    let (kind, mut optional) = parse_type(word, name, parts.next())?;
    let mut index = Index::None;
    for modifier in parts {
        match modifier {
            "index" if index == Index::None => index = Index::Plain,
            "index" => {}
            "unique" | "uniq" => index = Index::Unique,
            "optional" => optional = true,
            other => return Err(unknown_modifier(word, other)),
        }
    }
    let field = Field {
        name: name.to_owned(),
        kind,
        optional,
        index,
        target: target(name, kind)?,
    };
    if let Some(reserved) = RESERVED
        .iter()
        .find(|reserved| **reserved == field.column() || **reserved == name)
    {
        return Err(Failure::usage(format!(
            "`{word}`: every model has `{reserved}` already; leave it out"
        )));
    }
    Ok(field)
}

/// The type and whether it is optional. A field without a type is a string, as in Rails.
fn parse_type(word: &str, name: &str, asked: Option<&str>) -> Outcome<(Kind, bool)> {
    let asked = asked.unwrap_or("string");
    let (spelling, optional) = match asked.strip_suffix('?') {
        Some(spelling) => (spelling, true),
        None => (asked.strip_suffix('!').unwrap_or(asked), false),
    };
    let Some(kind) = Kind::parse(spelling) else {
        let cure = match Kind::meant_by(spelling) {
            Some(kind) => format!("did you mean `{name}:{}`? ", kind.spelling()),
            None => String::new(),
        };
        return Err(Failure::usage(format!(
            "`{word}`: there is no field type `{spelling}`; {cure}The types are {}",
            Kind::list()
        )));
    };
    Ok((kind, optional))
}

fn unknown_modifier(word: &str, modifier: &str) -> Failure {
    let cure = match nearest(modifier, MODIFIERS) {
        Some(meant) => format!("did you mean `{meant}`? "),
        None => String::new(),
    };
    Failure::usage(format!(
        "`{word}`: nothing is called `{modifier}` after a type; {cure}There are `index`, `unique` and `optional` \
         (or a `?` behind the type)"
    ))
}

fn target(name: &str, kind: Kind) -> Outcome<Option<ModelName>> {
    match kind {
        Kind::References => ModelName::parse(name).map(Some),
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::{Field, Index, Kind, parse_all};

    fn parsed(words: &str) -> Vec<Field> {
        let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        parse_all(&words).expect("good fields")
    }

    fn fault(words: &str) -> String {
        let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        parse_all(&words)
            .expect_err(&words.join(" "))
            .message()
            .to_owned()
    }

    #[test]
    fn every_type_has_its_rust_type() {
        for (word, rust_type) in [
            ("x:string", "String"),
            ("x:text", "String"),
            ("x:integer", "i32"),
            ("x:bigint", "i64"),
            ("x:float", "f64"),
            ("x:double", "f64"),
            ("x:boolean", "bool"),
            ("x:date", "NaiveDate"),
            ("x:datetime", "DateTime<Utc>"),
            ("x:binary", "Vec<u8>"),
            ("x:references", "i64"),
            ("x:belongs_to", "i64"),
            ("x", "String"),
            ("x:string!", "String"),
            ("x:date?", "Option<NaiveDate>"),
            ("x:integer:optional", "Option<i32>"),
            ("x:references?", "Option<i64>"),
        ] {
            assert_eq!(parsed(word)[0].rust_type(), rust_type, "type of `{word}`");
        }
    }

    #[test]
    fn references_have_a_column_and_a_model() {
        let author = parsed("blog_author:references").remove(0);
        assert_eq!(author.name(), "blog_author");
        assert_eq!(author.column(), "blog_author_id");
        assert_eq!(author.human(), "Blog author");
        assert_eq!(
            author.target.map(|target| target.pascal).as_deref(),
            Some("BlogAuthor")
        );
        assert_eq!(author.kind, Kind::References);
    }

    #[test]
    fn modifiers_follow_the_type_in_any_order() {
        assert_eq!(parsed("a:string:index")[0].index, Index::Plain);
        assert_eq!(parsed("a:string:unique:index")[0].index, Index::Unique);
        assert_eq!(parsed("a:string:index:unique")[0].index, Index::Unique);
        let both = parsed("a:string:unique:optional").remove(0);
        assert!(both.optional && both.index == Index::Unique);
    }

    #[test]
    fn mistakes_say_the_cure() {
        for (words, part) in [
            (
                "title:strnig",
                "no field type `strnig`; did you mean `title:string`? The types are string, text,",
            ),
            ("count:int", "did you mean `count:integer`?"),
            ("at:timestamp", "did you mean `at:datetime`?"),
            ("price:decimal", "did you mean `price:double`?"),
            ("data:json", "no field type `json`; The types are"),
            ("title:string:uniqe", "did you mean `unique`?"),
            ("title:string:", "nothing is called `` after a type"),
            ("type:string", "`kind` is a common choice"),
            ("dueOn:date", "snake case, `due_on`"),
            (":string", "needs a name"),
            ("id:integer", "every model has `id` already"),
            (
                "created_at:datetime",
                "every model has `created_at` already",
            ),
            ("a:string a:text", "`a` is there twice"),
            (
                "author:references author_id:bigint",
                "`author` and `author_id` would share a name",
            ),
        ] {
            let message = fault(words);
            assert!(
                message.contains(part),
                "`{message}` should contain `{part}`"
            );
        }
    }

    #[test]
    fn all_mistakes_are_reported_at_once() {
        let message = fault("a:strin type:string b:text");
        assert!(
            message.contains("`strin`") && message.contains("`type`"),
            "`{message}` names both"
        );
    }
}
