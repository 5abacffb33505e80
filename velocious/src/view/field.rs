//! One field of a form: its label, its control and what is wrong with it.

use maud::{Markup, Render, html};
use velocious_naming::human;

use crate::value::Value;

/// One field of a form. It renders as soon as it stands in `html!`; methods change it before.
#[derive(Clone, Debug)]
#[must_use = "a field is shown where it stands in `html!`"]
pub struct Field {
    id: String,
    name: String,
    label: String,
    control: Control,
    value: Value,
    /// What was typed before, where it is no value of the column.
    typed: Option<String>,
    errors: Vec<String>,
    attributes: Vec<(&'static str, String)>,
}

/// What a field is filled in with.
#[derive(Clone, Debug)]
pub(super) enum Control {
    /// `<input>` of this type.
    Input(&'static str),
    TextArea,
    CheckBox,
    Select {
        /// Shown when nothing is chosen.
        prompt: Option<String>,
        /// Value and text of each option.
        options: Vec<(String, String)>,
    },
}

impl Field {
    /// A field for the column of a form's record.
    pub(super) fn new(form: &str, column: &str, control: Control, value: Value) -> Self {
        Field {
            id: format!("{form}_{column}"),
            name: format!("{form}[{column}]"),
            label: human(column),
            control,
            value,
            typed: None,
            errors: Vec::new(),
            attributes: Vec::new(),
        }
    }

    pub(super) fn with_errors<'a>(mut self, errors: impl Iterator<Item = &'a str>) -> Self {
        self.errors = errors.map(str::to_owned).collect();
        self
    }

    pub(super) fn with_typed(mut self, text: Option<&str>) -> Self {
        self.typed = text.map(str::to_owned);
        self
    }

    /// What the control holds: the value, or what was typed instead of one.
    fn text(&self) -> String {
        match &self.typed {
            Some(typed) => typed.clone(),
            None => text(&self.value),
        }
    }

    /// Another label than the column's name.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// An attribute of the control, as in `.attribute("placeholder", "Name")`.
    pub fn attribute(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// What a selection shows while nothing is chosen; other fields ignore it.
    pub fn prompt(mut self, text: impl Into<String>) -> Self {
        if let Control::Select { prompt, .. } = &mut self.control {
            *prompt = Some(text.into());
        }
        self
    }

    fn control(&self) -> Markup {
        let tag = match self.control {
            Control::Input(_) | Control::CheckBox => "input",
            Control::TextArea => "textarea",
            Control::Select { .. } => "select",
        };
        let mut open = String::from("<");
        open.push_str(tag);
        let mut attribute = |name: &str, value: &str| {
            open.push(' ');
            open.push_str(name);
            open.push_str("=\"");
            value.render_to(&mut open);
            open.push('"');
        };
        attribute("id", &self.id);
        attribute("name", &self.name);
        match self.control {
            Control::Input(kind) => {
                // A browser shows nothing in a field for numbers that holds none.
                let holds_any_text = matches!(kind, "text" | "email" | "password" | "file");
                let shown = match self.typed {
                    Some(_) if !holds_any_text => "text",
                    _ => kind,
                };
                attribute("type", shown);
                if kind != "password" {
                    attribute("value", &self.text());
                }
            }
            Control::CheckBox => {
                attribute("type", "checkbox");
                attribute("value", "1");
                if self.value == Value::Bool(true) {
                    attribute("checked", "checked");
                }
            }
            Control::TextArea | Control::Select { .. } => {}
        }
        if !self.errors.is_empty() {
            attribute("aria-invalid", "true");
            attribute("aria-describedby", &self.error_id());
        }
        for (name, value) in &self.attributes {
            attribute(name, value);
        }
        open.push('>');
        maud::PreEscaped(open)
    }

    fn options(&self) -> Markup {
        let Control::Select { prompt, options } = &self.control else {
            return Markup::default();
        };
        let chosen = self.text();
        html! {
            @if let Some(prompt) = prompt { option value="" { (prompt) } }
            @for (value, text) in options {
                option value=(value) selected[*value == chosen] { (text) }
            }
        }
    }

    fn error_id(&self) -> String {
        format!("{}_error", self.id)
    }
}

impl Render for Field {
    fn render(&self) -> Markup {
        let checked = matches!(self.control, Control::CheckBox);
        let label = html! { label for=(self.id) { (self.label) } };
        html! {
            div class={ "field" @if !self.errors.is_empty() { " field_with_errors" } } {
                @if !checked { (label) }
                @match self.control {
                    Control::Input(_) => { (self.control()) }
                    // The first line break of a text area belongs to the tag.
                    Control::TextArea => { (self.control()) "\n" (self.text()) (maud::PreEscaped("</textarea>")) }
                    // An unchecked box sends nothing, so a zero is sent before it.
                    Control::CheckBox => { input type="hidden" name=(self.name) value="0"; (self.control()) (label) }
                    Control::Select { .. } => { (self.control()) (self.options()) (maud::PreEscaped("</select>")) }
                }
                @if !self.errors.is_empty() {
                    p class="error" id=(self.error_id()) { (self.errors.join(", ")) }
                }
            }
        }
    }
}

/// A value as a control holds it.
fn text(value: &Value) -> String {
    match value {
        Value::Null(_) | Value::Unstorable(..) => String::new(),
        Value::Bool(value) => value.to_string(),
        Value::SmallInt(number) => number.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::BigInt(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Double(number) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Binary(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Value::Timestamp(time) => time.format("%Y-%m-%dT%H:%M").to_string(),
        Value::Date(day) => day.format("%Y-%m-%d").to_string(),
        Value::Time(time) => time.format("%H:%M").to_string(),
        Value::Json(_) | Value::Uuid(_) => value.to_string(),
    }
}
