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
        match (field.kind, field.optional) {
            (Kind::Date | Kind::DateTime, _) => format!("(view::time({place}))"),
            (Kind::Boolean, false) => format!("@if {place} {{ \"Yes\" }} @else {{ \"No\" }}"),
            (Kind::Boolean, true) => {
                format!(
                    "@match {place} {{ Some(true) => \"Yes\", Some(false) => \"No\", None => \"–\" }}"
                )
            }
            (Kind::Binary, false) => format!("({place}.len()) \" bytes\""),
            (Kind::Binary, true) => {
                format!(
                    "@if let Some(bytes) = &{place} {{ (bytes.len()) \" bytes\" }} @else {{ \"–\" }}"
                )
            }
            (Kind::String | Kind::Text, true) => format!("({place}.as_deref().unwrap_or(\"–\"))"),
            (_, true) => format!("@if let Some(value) = {place} {{ (value) }} @else {{ \"–\" }}"),
            (_, false) => format!("({place})"),
        }
    }

    /// Statements that turn the records which a form offers into keys and names.
    pub(super) fn options(&self) -> String {
        let options = self.references.iter().map(|reference| {
            let (target, choices) = (&reference.target.snake, &reference.target.plural);
            let label = reference.label_of(target);
            format!(
                "    let {choices} = {choices}.iter().map(|{target}| ({target}.id, {label}));\n"
            )
        });
        options.collect()
    }

    /// The field in the form, which shows its label, its value and what is wrong with it by itself.
    pub(super) fn input(&self, field: &Field) -> String {
        let column = format!("|{0}| {0}.{1}()", self.name.snake, field.column());
        let method = match (field.kind, field.optional) {
            (Kind::References, _) => {
                return self
                    .reference(field)
                    .map_or_else(String::new, |to| select(&column, to));
            }
            (Kind::Boolean, true) => {
                return format!(
                    "            (form.select({column}, [(\"true\", \"Yes\"), (\"false\", \"No\")]))\n"
                );
            }
            (Kind::Boolean, false) => "check_box",
            (Kind::Text, _) => "text_area",
            (Kind::Integer | Kind::BigInt | Kind::Double, _) => "number_field",
            (Kind::Date, _) => "date_field",
            (Kind::DateTime, _) => "datetime_field",
            // Bytes would need an upload; `in_forms` leaves them out.
            (Kind::String | Kind::Binary, _) => "text_field",
        };
        format!("            (form.{method}({column}))\n")
    }
}

fn shown_reference(record: &str, field: &Field, reference: &Reference) -> String {
    let (name, target) = (field.name(), &reference.target.snake);
    let label = reference.label_of(name);
    let content = match reference.has_pages {
        true => format!("(view::link_to({label}, paths::{target}_path({name}.id)))"),
        false => format!("({label})"),
    };
    match field.optional {
        true => format!(
            "@if let Some({name}) = {record}.{name}.optional()? {{ {content} }} @else {{ \"–\" }}"
        ),
        false => format!("@let {name} = {record}.{name}.get()?; {content}"),
    }
}

/// A choice among the records that can be referred to, and the way to one more.
fn select(column: &str, reference: &Reference) -> String {
    let (target, choices) = (&reference.target.snake, &reference.target.plural);
    let link = match reference.has_pages {
        true => format!(
            "            p.hint {{ (view::link_to(\"New {}\", paths::new_{target}_path())) }}\n",
            reference.target.human.to_lowercase()
        ),
        false => String::new(),
    };
    format!("            (form.select({column}, {choices}))\n{link}")
}

#[cfg(test)]
mod tests {
    use super::{Reference, Scaffold};
    use crate::{field::parse_all, name::ModelName};

    /// What `show` and the form have for the field `word` of a post.
    fn markup(word: &str, label: Option<&str>) -> (String, String) {
        let name = ModelName::parse("Post").expect("a good name");
        let fields = parse_all(&[word.to_owned()]).expect("a good field");
        let references = fields.iter().filter_map(|field| {
            let target = field.target.clone()?;
            let label = label.map(str::to_owned);
            Some(Reference {
                field: field.name().to_owned(),
                target,
                has_pages: label.is_some(),
                label,
            })
        });
        let references = references.collect();
        let scaffold = Scaffold {
            name: &name,
            fields: &fields,
            references,
            crate_name: "shop".to_owned(),
        };
        (
            scaffold.shown(&fields[0]),
            scaffold.input(&fields[0]).trim().to_owned(),
        )
    }

    #[test]
    fn each_type_is_shown_and_edited_in_its_own_way() {
        for (word, shown, input) in [
            ("x:string", "(post.x)", "(form.text_field(|post| post.x()))"),
            ("x:text", "(post.x)", "(form.text_area(|post| post.x()))"),
            (
                "x:integer",
                "(post.x)",
                "(form.number_field(|post| post.x()))",
            ),
            (
                "x:float",
                "(post.x)",
                "(form.number_field(|post| post.x()))",
            ),
            (
                "x:date",
                "(view::time(post.x))",
                "(form.date_field(|post| post.x()))",
            ),
            (
                "x:datetime",
                "(view::time(post.x))",
                "(form.datetime_field(|post| post.x()))",
            ),
            (
                "x:boolean",
                r#"@if post.x { "Yes" } @else { "No" }"#,
                "(form.check_box(|post| post.x()))",
            ),
            (
                "x:string?",
                r#"(post.x.as_deref().unwrap_or("–"))"#,
                "(form.text_field(|post| post.x()))",
            ),
            (
                "x:date?",
                "(view::time(post.x))",
                "(form.date_field(|post| post.x()))",
            ),
            (
                "x:integer?",
                r#"@if let Some(value) = post.x { (value) } @else { "–" }"#,
                "(form.number_field(|post| post.x()))",
            ),
            (
                "x:boolean?",
                r#"@match post.x { Some(true) => "Yes", Some(false) => "No", None => "–" }"#,
                r#"(form.select(|post| post.x(), [("true", "Yes"), ("false", "No")]))"#,
            ),
        ] {
            assert_eq!(
                markup(word, None),
                (shown.to_owned(), input.to_owned()),
                "`{word}`"
            );
        }
        assert_eq!(markup("x:binary", None).0, r#"(post.x.len()) " bytes""#);
    }

    #[test]
    fn references_are_chosen_from_a_list_and_shown_by_name() {
        let (shown, input) = markup("author:references", Some("name"));
        assert_eq!(
            shown,
            "@let author = post.author.get()?; (view::link_to(&author.name, paths::author_path(author.id)))"
        );
        assert_eq!(
            input,
            "(form.select(|post| post.author_id(), authors))\n            p.hint { (view::link_to(\"New author\", paths::new_author_path())) }"
        );
        let (shown, input) = markup("author:references?", None);
        assert_eq!(
            shown,
            r#"@if let Some(author) = post.author.optional()? { (format!("Author {}", author.id)) } @else { "–" }"#
        );
        assert_eq!(input, "(form.select(|post| post.author_id(), authors))");
    }
}
