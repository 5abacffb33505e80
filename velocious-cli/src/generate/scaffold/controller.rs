//! The controller of a scaffold.

use super::{Reference, Scaffold};
use crate::{
    edit::Insertion,
    field::{Field, Kind},
    plan::Unit,
    template::fill,
};

const CONTROLLER: &str = include_str!("../../../templates/generate/scaffold/controller.rs");
const CHOICES: &str = include_str!("../../../templates/generate/scaffold/choices.rs");
const BLANK: &str = include_str!("../../../templates/generate/scaffold/blank.rs");
const SENT: &str = include_str!("../../../templates/generate/scaffold/sent.rs");

impl Scaffold<'_> {
    /// Adds the controller to `unit`.
    pub(super) fn plan_controller(&self, unit: &mut Unit) {
        let mut values = self.values();
        values.extend([
            ("serde", self.imported_from_serde().to_owned()),
            ("imports", self.imported_models()),
            ("fields", self.permitted()),
            ("default", self.default_of_nothing().to_owned()),
            (
                "derives",
                if self.is_formless() {
                    "Default, Deserialize"
                } else {
                    "Deserialize"
                }
                .to_owned(),
            ),
            (
                "argument",
                (if self.has_permitted() { "fields" } else { "_" }).to_owned(),
            ),
            ("changes", self.changes()),
            ("preloads", self.preloads()),
            ("find", self.find()),
            ("new", self.new_record()),
            ("blank", self.blank()),
            ("loaded", self.loaded_choices()),
            ("load", self.loads()),
            ("borrowed", self.borrowed_choices()),
            (
                "choices",
                self.references
                    .iter()
                    .map(|reference| self.choices_of(reference))
                    .collect(),
            ),
            (
                "sent",
                if self.has_optional() {
                    SENT.to_owned()
                } else {
                    String::new()
                },
            ),
        ]);
        let module = &self.name.plural;
        let controller = format!("{}Controller", self.name.pascal_plural);
        unit.create_rust(
            format!("src/controllers/{module}.rs"),
            fill(CONTROLLER, &values),
        );
        unit.insert(
            "src/controllers/mod.rs",
            Insertion::declaration(format!("pub mod {module};")),
        );
        unit.insert(
            "src/controllers/mod.rs",
            Insertion::declaration(format!("pub use {module}::{controller};")),
        );
    }

    fn has_optional(&self) -> bool {
        self.fields.iter().any(|field| field.optional)
    }

    /// Whether a form would send nothing of the record.
    fn is_formless(&self) -> bool {
        self.in_forms().next().is_none()
    }

    fn default_of_nothing(&self) -> &'static str {
        if self.is_formless() {
            "    #[serde(default)]"
        } else {
            ""
        }
    }

    fn has_permitted(&self) -> bool {
        !self.fields.is_empty()
    }

    fn imported_from_serde(&self) -> &'static str {
        if self.has_optional() {
            "{Deserialize, Deserializer}"
        } else {
            "Deserialize"
        }
    }

    fn imported_models(&self) -> String {
        let targets = self
            .references
            .iter()
            .filter(|reference| reference.target != *self.name);
        let mut names: Vec<&str> = targets
            .map(|reference| reference.target.pascal.as_str())
            .collect();
        names.push(&self.name.pascal);
        names.sort_unstable();
        format!(
            "{{{}, {}::{}Changes}}",
            names.join(", "),
            self.name.snake,
            self.name.pascal
        )
    }

    /// The fields of `PostFields`. Each may be missing, so that a client can send only what changes.
    fn permitted(&self) -> String {
        let fields = self.fields.iter().map(|field| {
            let attribute = match field.optional {
                true => "    #[serde(default, deserialize_with = \"sent\")]\n",
                false => "",
            };
            format!(
                "{attribute}    {}: Option<{}>,\n",
                field.column(),
                field.rust_type()
            )
        });
        let fields: String = fields.collect();
        if fields.is_empty() {
            "{}".to_owned()
        } else {
            format!("{{\n{fields}}}")
        }
    }

    /// `Self { … }` of `impl From<PostFields> for PostChanges`.
    fn changes(&self) -> String {
        if !self.has_permitted() {
            return "Self::default()".to_owned();
        }
        let fields = self.fields.iter().map(|field| {
            let column = field.column();
            let blank_is_nothing = match (field.optional, field.kind) {
                (true, Kind::String | Kind::Text) => {
                    ".map(|text| text.filter(|text| !text.is_empty()))"
                }
                _ => "",
            };
            format!("            {column}: fields.{column}{blank_is_nothing},\n")
        });
        let fields: String = fields.collect();
        format!("Self {{\n{fields}            ..Self::default()\n        }}")
    }

    fn preloads(&self) -> String {
        let record = &self.name.snake;
        let references = self.references.iter();
        references
            .map(|reference| format!(".preload(|{record}| {record}.{}())", reference.field))
            .collect()
    }

    /// How `show` gets at the record, with everything that its page shows.
    fn find(&self) -> String {
        let preloads = self.preloads();
        let start = match preloads.strip_prefix(".preload") {
            Some(rest) => {
                format!("preload{rest}\n            .find(ctx.db(), id)\n            .await?")
            }
            None => "find(ctx.db(), id).await?".to_owned(),
        };
        format!("{}::{start}", self.name.pascal)
    }

    /// The fields that start with the present, because their type has no better default than the year 1970.
    fn dated(&self) -> impl Iterator<Item = &Field> {
        let is_dated =
            |field: &&Field| !field.optional && matches!(field.kind, Kind::Date | Kind::DateTime);
        self.fields.iter().filter(is_dated)
    }

    /// How the controller makes a new record.
    fn new_record(&self) -> String {
        match self.dated().next() {
            Some(_) => "blank()".to_owned(),
            None => format!("{}::new()", self.name.pascal),
        }
    }

    /// The function of that name, where it is needed.
    fn blank(&self) -> String {
        let fields = self.dated().map(|field| {
            let now = if field.kind == Kind::Date {
                "Utc::now().date_naive()"
            } else {
                "Utc::now()"
            };
            format!("        {}: {now},\n", field.column())
        });
        let fields: String = fields.collect();
        if fields.is_empty() {
            return fields;
        }
        fill(
            BLANK,
            &[
                ("Model", &self.name.pascal),
                ("a_human", &self.name.with_article()),
                ("fields", &fields),
            ],
        )
    }

    /// `, &authors(ctx.db()).await?`: what the form chooses from, as arguments.
    fn loaded_choices(&self) -> String {
        let references = self.references.iter();
        references
            .map(|reference| format!(", &{}(ctx.db()).await?", reference.target.plural))
            .collect()
    }

    /// The same choices as statements that load them first.
    fn loads(&self) -> String {
        let references = self
            .references
            .iter()
            .map(|reference| &reference.target.plural);
        let loads: Vec<String> = references
            .map(|plural| format!("let {plural} = {plural}(ctx.db()).await?;"))
            .collect();
        loads.join("\n                ")
    }

    /// `, &authors`, after those statements.
    fn borrowed_choices(&self) -> String {
        self.references
            .iter()
            .map(|reference| format!(", &{}", reference.target.plural))
            .collect()
    }

    fn choices_of(&self, reference: &Reference) -> String {
        let target = &reference.target;
        let values = [
            ("Target", target.pascal.as_str()),
            ("target", &target.snake),
            ("targets", &target.plural),
            ("relation", &reference.field),
            ("order", reference.label.as_deref().unwrap_or("id")),
        ];
        fill(CHOICES, &values)
    }
}
