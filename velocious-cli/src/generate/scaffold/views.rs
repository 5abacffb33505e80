//! The pages of a scaffold.

use super::Scaffold;
use crate::{
    edit::Insertion,
    field::{Field, Kind},
    plan::Unit,
    template::fill,
};

const DOOR: &str = include_str!("../../../templates/generate/scaffold/views/mod.rs");
const INDEX: &str = include_str!("../../../templates/generate/scaffold/views/index.rs");
const SHOW: &str = include_str!("../../../templates/generate/scaffold/views/show.rs");
const NEW: &str = include_str!("../../../templates/generate/scaffold/views/new.rs");
const EDIT: &str = include_str!("../../../templates/generate/scaffold/views/edit.rs");
const FORM: &str = include_str!("../../../templates/generate/scaffold/views/form.rs");

impl Scaffold<'_> {
    /// Adds the pages to `unit`.
    pub(super) fn plan_views(&self, unit: &mut Unit) {
        let mut values = self.values();
        values.extend([
            ("heads", self.heads()),
            ("cells", self.cells()),
            ("details", self.details()),
            (
                "inputs",
                self.in_forms().map(|field| self.input(field)).collect(),
            ),
            ("options", self.options()),
            ("title", self.heading()),
            ("imports", self.imported_choices()),
            ("declared", self.declared_choices()),
            ("passed", self.passed_choices()),
        ]);
        let folder = format!("src/views/{}", self.name.plural);
        unit.create_rust(format!("{folder}/mod.rs"), fill(DOOR, &values));
        for (file, template) in [
            ("index", INDEX),
            ("show", SHOW),
            ("new", NEW),
            ("edit", EDIT),
            ("form", FORM),
        ] {
            unit.create_rust(format!("{folder}/{file}.rs"), fill(template, &values));
        }
        unit.insert(
            "src/views/mod.rs",
            Insertion::declaration(format!("pub mod {};", self.name.plural)),
        );
    }

    fn heads(&self) -> String {
        let own = if self.title().is_none() {
            vec![self.name.human.clone()]
        } else {
            Vec::new()
        };
        let names = own.into_iter().chain(self.fields.iter().map(Field::human));
        names
            .map(|name| format!("                            th {{ \"{name}\" }}\n"))
            .collect()
    }

    fn cells(&self) -> String {
        let record = &self.name.snake;
        let title = self.title();
        let link =
            |text: &str| format!("(view::link_to({text}, paths::{record}_path({record}.id)))");
        let own = match title {
            Some(_) => None,
            None => Some(link(&format!(
                "format!(\"{} {{}}\", {record}.id)",
                self.name.human
            ))),
        };
        let cells = self.fields.iter().map(|field| match title == Some(field) {
            true => link(&format!("&{record}.{}", field.column())),
            false => self.shown(field),
        });
        own.into_iter()
            .chain(cells)
            .map(|cell| format!("                                td {{ {cell} }}\n"))
            .collect()
    }

    fn details(&self) -> String {
        let details = self
            .fields
            .iter()
            .filter(|field| self.title() != Some(field))
            .map(|field| {
                let class = if field.kind == Kind::Text {
                    ".text"
                } else {
                    ""
                };
                format!(
                    "            dt {{ \"{}\" }}\n            dd{class} {{ {} }}\n",
                    field.human(),
                    self.shown(field)
                )
            });
        details.collect()
    }

    /// What stands for the record in a heading.
    fn heading(&self) -> String {
        let record = &self.name.snake;
        match self.title() {
            Some(field) => format!("({record}.{})", field.column()),
            None => format!("\"{} \" ({record}.id)", self.name.human),
        }
    }

    /// `, Author` for `use crate::models::{Post, Author}`.
    fn imported_choices(&self) -> String {
        let targets = self
            .references
            .iter()
            .filter(|reference| reference.target != *self.name);
        let mut names: Vec<&str> = targets
            .map(|reference| reference.target.pascal.as_str())
            .collect();
        names.push(&self.name.pascal);
        names.sort_unstable();
        match names.as_slice() {
            [one] => (*one).to_owned(),
            several => format!("{{{}}}", several.join(", ")),
        }
    }

    /// `, authors: &[Author]`: what the form chooses from, as parameters.
    fn declared_choices(&self) -> String {
        let choices = self.references.iter().map(|reference| &reference.target);
        choices
            .map(|target| format!(", {}: &[{}]", target.plural, target.pascal))
            .collect()
    }

    /// `, authors`: the same as arguments.
    fn passed_choices(&self) -> String {
        self.references
            .iter()
            .map(|reference| format!(", {}", reference.target.plural))
            .collect()
    }
}
