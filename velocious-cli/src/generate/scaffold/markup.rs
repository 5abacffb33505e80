//! How one field is shown and edited.

use super::{Reference, Scaffold};
use crate::field::{Field, Kind};

impl Scaffold<'_> {
    /// Markup that shows the field of the record, for the inside of an element.
    pub(super) fn shown(&self, field: &Field) -> String {
        let record = &self.name.snake;
        if let Some(reference) = self.reference(field) {
            return shown_reference(record, field, reference);
        }
        let place = format!("{record}.{}", field.column());
        match (field.optional, field.kind) {
            (false, Kind::Boolean) => format!("@if {place} {{ \"Yes\" }} @else {{ \"No\" }}"),
            (true, Kind::Boolean) => {
                format!(
                    "@match {place} {{ Some(true) => \"Yes\", Some(false) => \"No\", None => \"–\" }}"
                )
            }
            (false, kind) => spliced(kind, &place),
            (true, kind) => {
                format!(
                    "@if let Some(value) = &{place} {{ {} }} @else {{ \"–\" }}",
                    spliced(kind, "value")
                )
            }
        }
    }

    /// Markup for the field in the form: a label, something to fill in, and the messages.
    pub(super) fn input(&self, field: &Field) -> String {
        let record = &self.name.snake;
        let id = format!("{record}_{}", field.column());
        let key = format!("{record}[{}]", field.column());
        let label = field.human();
        let column = field.column();
        let body = match (self.reference(field), field.kind) {
            (Some(reference), _) => select(record, field, reference, &id, &key),
            (None, Kind::Boolean) if !field.optional => {
                return checkbox(record, &column, &id, &key, &label);
            }
            (None, Kind::Boolean) => choice(record, &column, &id, &key),
            (None, Kind::Text) => textarea(record, field, &id, &key),
            (None, kind) => line(record, field, kind, &id, &key),
        };
        format!(
            "            div.field {{\n                label for=\"{id}\" {{ \"{label}\" }}\n{body}                \
             (messages({record}.errors(), \"{column}\"))\n            }}\n"
        )
    }
}

/// A value as readers want to see it.
fn spliced(kind: Kind, place: &str) -> String {
    match kind {
        Kind::DateTime => format!("({place}.format(\"%Y-%m-%d %H:%M\"))"),
        Kind::Binary => format!("({place}.len()) \" bytes\""),
        _ => format!("({place})"),
    }
}

fn shown_reference(record: &str, field: &Field, reference: &Reference) -> String {
    let (name, target) = (field.name(), &reference.target.snake);
    let label = reference.label_of(name);
    let content = match reference.has_pages {
        true => format!("a href=(paths::{target}_path({name}.id)) {{ {label} }}"),
        false => label,
    };
    match field.optional {
        true => {
            format!(
                "@if let Some({name}) = {record}.{name}.optional()? {{ {content} }} @else {{ \"–\" }}"
            )
        }
        false => format!("@let {name} = {record}.{name}.get()?; {content}"),
    }
}

/// The types of HTML inputs, and what a browser can hold the user to.
fn line(record: &str, field: &Field, kind: Kind, id: &str, key: &str) -> String {
    let place = format!("{record}.{}", field.column());
    let (kind_of_input, limits) = match kind {
        Kind::Integer | Kind::BigInt => ("number", " step=\"1\""),
        Kind::Double => ("number", " step=\"any\""),
        Kind::Date => ("date", ""),
        Kind::DateTime => ("datetime-local", ""),
        _ => ("text", ""),
    };
    // A text may be sent empty, because then the model says what it thinks of that.
    let required = if field.optional || kind == Kind::String {
        ""
    } else {
        " required"
    };
    let value = match (kind, field.optional) {
        (Kind::Date, false) => format!("[day({place})]"),
        (Kind::DateTime, false) => format!("[moment({place})]"),
        (Kind::DateTime, true) => format!("[{place}.and_then(moment)]"),
        (Kind::String, true) => format!("[{place}.as_deref()]"),
        (_, true) => format!("[{place}]"),
        (_, false) => format!("({place})"),
    };
    format!(
        "                input type=\"{kind_of_input}\" id=\"{id}\" name=\"{key}\" value={value}{limits}{required};\n"
    )
}

fn textarea(record: &str, field: &Field, id: &str, key: &str) -> String {
    let place = format!("{record}.{}", field.column());
    let value = match field.optional {
        true => format!("({place}.as_deref().unwrap_or_default())"),
        false => format!("({place})"),
    };
    format!("                textarea id=\"{id}\" name=\"{key}\" {{ {value} }}\n")
}

/// The hidden field is what the browser sends for "no".
fn checkbox(record: &str, column: &str, id: &str, key: &str, label: &str) -> String {
    format!(
        "            div.field.check {{\n                input type=\"hidden\" name=\"{key}\" value=\"false\";\n                \
         input type=\"checkbox\" id=\"{id}\" name=\"{key}\" value=\"true\" checked[{record}.{column}];\n                \
         label for=\"{id}\" {{ \"{label}\" }}\n                (messages({record}.errors(), \"{column}\"))\n            }}\n"
    )
}

/// Yes, no, or nothing yet.
fn choice(record: &str, column: &str, id: &str, key: &str) -> String {
    format!(
        "                select id=\"{id}\" name=\"{key}\" {{\n                    option value=\"\" {{ \"–\" }}\n                    \
         option value=\"true\" selected[{record}.{column} == Some(true)] {{ \"Yes\" }}\n                    \
         option value=\"false\" selected[{record}.{column} == Some(false)] {{ \"No\" }}\n                }}\n"
    )
}

fn select(record: &str, field: &Field, reference: &Reference, id: &str, key: &str) -> String {
    let (target, choices) = (&reference.target.snake, &reference.target.plural);
    let label = reference.label_of(target);
    let (required, chosen) = match field.optional {
        true => (
            "",
            format!("{record}.{} == Some({target}.id)", field.column()),
        ),
        false => (
            " required",
            format!("{record}.{} == {target}.id", field.column()),
        ),
    };
    let link = match reference.has_pages {
        true => format!(
            "                a href=(paths::new_{target}_path()) {{ \"New {}\" }}\n",
            reference.target.human.to_lowercase()
        ),
        false => String::new(),
    };
    format!(
        "                select id=\"{id}\" name=\"{key}\"{required} {{\n                    option value=\"\" {{ \"–\" }}\n                    \
         @for {target} in {choices} {{\n                        option value=({target}.id) selected[{chosen}] {{ {label} }}\n                    \
         }}\n                }}\n{link}"
    )
}
