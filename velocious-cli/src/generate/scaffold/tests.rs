//! The request test of a scaffold.

use super::{Draft, Scaffold};
use crate::{
    edit::Insertion,
    field::{Field, Kind},
    name::ModelName,
    plan::Unit,
    template::fill,
};

const TESTS: &str = include_str!("../../../templates/generate/scaffold/tests/tests.rs");
const REFUSED: &str = include_str!("../../../templates/generate/scaffold/tests/refused.rs");
const MISTYPED: &str = include_str!("../../../templates/generate/scaffold/tests/mistyped.rs");
const OWNER: &str = include_str!("../../../templates/generate/scaffold/tests/owner.rs");

impl Scaffold<'_> {
    /// Adds the request test to `unit`.
    pub(super) fn plan_tests(&self, draft: &Draft<'_>, unit: &mut Unit) {
        let owners = self.owners(draft);
        let mut values = self.values();
        let title = self.title();
        let of_title = |text: &dyn Fn(&Field) -> String| title.map_or_else(String::new, text);
        values.extend([
            ("imports", imports(&owners, &self.crate_name)),
            ("keys", self.keys()),
            ("pairs", self.pairs()),
            ("seen", of_title(&|field| seen(field))),
            ("listed", of_title(&|field| self.listed(field))),
            ("changes", of_title(&|field| self.changed_title(field))),
            (
                "changed",
                if title.is_some() { "changes" } else { "form" }.to_owned(),
            ),
            ("mistyped", self.mistyped()),
            ("refused", of_title(&|field| self.refused(field))),
            (
                "owners",
                owners.iter().map(|owner| maker(draft, owner)).collect(),
            ),
        ]);
        unit.create_rust(
            format!("tests/requests/{}.rs", self.name.plural),
            fill(TESTS, &values),
        );
        unit.insert(
            "tests/requests/main.rs",
            Insertion::declaration(format!("mod {};", self.name.plural)),
        );
    }

    /// Every model whose records a record needs, itself or through others.
    fn owners(&self, draft: &Draft<'_>) -> Vec<ModelName> {
        let needed = self.needed().filter_map(|field| field.target.clone());
        let mut owners: Vec<ModelName> = needed.collect();
        let mut at = 0;
        while let Some(owner) = owners.get(at).cloned() {
            for (_, further) in draft.source_of(&owner).unwrap_or_default().owners {
                if !owners.contains(&further) {
                    owners.push(further);
                }
            }
            at += 1;
        }
        owners
    }

    fn needed(&self) -> impl Iterator<Item = &Field> {
        self.fields
            .iter()
            .filter(|field| field.kind == Kind::References && !field.optional)
    }

    /// Statements that make what the form refers to.
    fn keys(&self) -> String {
        let keys = self.needed().map(|field| {
            format!(
                "    let {} = {}(&app).await.to_string();\n",
                field.column(),
                field.name()
            )
        });
        keys.collect()
    }

    /// What is filled into the form: names and values, on one line if rustfmt would leave them there.
    fn pairs(&self) -> String {
        let filled = self
            .in_forms()
            .filter(|field| !(field.kind == Kind::References && field.optional));
        let pairs = filled.map(|field| {
            let (record, column) = (&self.name.snake, field.column());
            match field.kind {
                Kind::References => format!("(\"{record}[{column}]\", {column}.as_str())"),
                _ => format!("(\"{record}[{column}]\", \"{}\")", sample(field)),
            }
        });
        let pairs: Vec<String> = pairs.collect();
        let line = format!("[{}]", pairs.join(", "));
        if line.len() <= 60 {
            line
        } else {
            format!("[\n        {},\n    ]", pairs.join(",\n        "))
        }
    }

    fn listed(&self, title: &Field) -> String {
        format!(
            "    let list = app.get(\"/{}\").accept_json().await.json();\n    assert_eq!(list[0][\"{}\"], \"{}\");\n",
            self.name.plural,
            title.column(),
            sample(title)
        )
    }

    fn changed_title(&self, title: &Field) -> String {
        format!(
            "    let changes = [(\"{}[{}]\", \"Something else\")];\n",
            self.name.snake,
            title.column()
        )
    }

    /// A test that a text in the place of a number or a date is shown again.
    fn mistyped(&self) -> String {
        let typed = |field: &&Field| {
            matches!(
                field.kind,
                Kind::Integer | Kind::BigInt | Kind::Double | Kind::Date | Kind::DateTime
            )
        };
        let mut in_forms = self.in_forms();
        in_forms.find(typed).map_or_else(String::new, |field| {
            let mut values = self.values();
            values.push(("column", field.column()));
            fill(MISTYPED, &values)
        })
    }

    /// A test that a blank title is refused.
    fn refused(&self, title: &Field) -> String {
        let mut values = self.values();
        values.extend([
            ("title", title.column()),
            ("title_lower", title.human().to_lowercase()),
        ]);
        fill(REFUSED, &values)
    }
}

fn seen(title: &Field) -> String {
    format!("    page.assert_text(\"{}\");\n", sample(title))
}

/// A value for the field as a form sends it.
fn sample(field: &Field) -> String {
    match field.kind {
        Kind::Integer | Kind::BigInt | Kind::References => "7".to_owned(),
        Kind::Double => "1.5".to_owned(),
        Kind::Boolean => "true".to_owned(),
        Kind::Date => "2026-01-31".to_owned(),
        Kind::DateTime => "2026-01-31T12:30".to_owned(),
        Kind::String | Kind::Text | Kind::Binary => {
            format!("Some {}", field.human().to_lowercase())
        }
    }
}

fn imports(owners: &[ModelName], crate_name: &str) -> String {
    let mut names: Vec<&str> = owners.iter().map(|owner| owner.pascal.as_str()).collect();
    names.sort_unstable();
    match names.as_slice() {
        [] => String::new(),
        [one] => format!("use {crate_name}::models::{one};\nuse velocious::prelude::*;\n"),
        several => format!(
            "use {crate_name}::models::{{{}}};\nuse velocious::prelude::*;\n",
            several.join(", ")
        ),
    }
}

/// A function that makes a record of `owner` to refer to.
fn maker(draft: &Draft<'_>, owner: &ModelName) -> String {
    let source = draft.source_of(owner).unwrap_or_default();
    let texts = source.texts.iter().map(|text| {
        format!(
            "        {text}: \"Some {}\".to_owned(),\n",
            text.replace('_', " ")
        )
    });
    let keys = source
        .owners
        .iter()
        .map(|(key, owner)| format!("        {key}: {}(app).await,\n", owner.snake));
    let fields: String = texts.chain(keys).collect();
    let record = match fields.as_str() {
        "" => format!("{}::new()", owner.pascal),
        fields => format!("{0} {{\n{fields}        ..{0}::new()\n    }}", owner.pascal),
    };
    fill(
        OWNER,
        &[
            ("model", &owner.snake),
            ("a_human", &owner.with_article()),
            ("record", &record),
        ],
    )
}
