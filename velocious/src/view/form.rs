//! Forms bound to a record.

use std::cell::Cell;

use maud::{Markup, html};
use velocious_naming::{human, snake};

use super::field::{Control, Field};
use crate::http::csrf;
use crate::model::{Model, Record};
use crate::query::{Column, Expression, Path, RelationPath};
use crate::routing::{LinkTarget, target::harmless};
use crate::value::{ColumnType, Value, ValueKind};

/// A form that creates or updates `record`: sent to `action` with POST for a new record, else with PATCH.
///
/// Fields are chosen by the record's columns, so a name that does not exist fails to compile. Each shows the record's
/// value and, after a save that failed, what is wrong with it.
///
/// ```
/// use velocious::prelude::*;
/// use velocious::view::{Markup, form_for, html};
///
/// #[derive(Model)]
/// struct Post {
///     id: i64,
///     title: String,
///     published: bool,
///     record: RecordState,
/// }
///
/// # mod paths {
/// #     use velocious::routing::RoutePath;
/// #     pub fn posts_path() -> RoutePath { RoutePath::raw("/posts") }
/// # }
/// fn form(post: &Post) -> Markup {
///     form_for(post, paths::posts_path(), |form| html! {
///         (form.errors())
///         (form.text_field(|post| post.title()))
///         (form.check_box(|post| post.published()))
///         (form.submit("Save"))
///     })
/// }
///
/// let html = form(&Post { title: "A \"title\"".into(), ..Post::new() }).into_string();
/// assert!(html.contains(r#"name="post[title]" type="text" value="A &quot;title&quot;""#));
/// ```
pub fn form_for<M: Record>(
    record: &M,
    action: impl LinkTarget,
    content: impl FnOnce(&Form<'_, M>) -> Markup,
) -> Markup {
    let form = Form {
        record,
        name: snake(M::definition().model),
        has_files: Cell::new(false),
    };
    let fields = content(&form);
    let encoding = form.has_files.get().then_some("multipart/form-data");
    html! {
        form action=(harmless(action.address())) method="post" enctype=[encoding] {
            (csrf::hidden_field())
            @if record.record().is_persisted() { input type="hidden" name="_method" value="patch"; }
            (fields)
        }
    }
}

/// A form and the record it is for: makes its fields.
#[derive(Debug)]
pub struct Form<'a, M> {
    record: &'a M,
    name: String,
    has_files: Cell<bool>,
}

impl<M: Record> Form<'_, M> {
    /// One line of text.
    pub fn text_field<T: ColumnType>(
        &self,
        column: impl FnOnce(M::Handle<M>) -> Column<M, T>,
    ) -> Field {
        self.field(column, Control::Input("text"))
    }

    /// Several lines of text.
    pub fn text_area<T: ColumnType>(
        &self,
        column: impl FnOnce(M::Handle<M>) -> Column<M, T>,
    ) -> Field {
        self.field(column, Control::TextArea)
    }

    /// An address of mail.
    pub fn email_field<T: ColumnType>(
        &self,
        column: impl FnOnce(M::Handle<M>) -> Column<M, T>,
    ) -> Field {
        self.field(column, Control::Input("email"))
    }

    /// A text that is not shown, and not filled in.
    pub fn password_field<T: ColumnType>(
        &self,
        column: impl FnOnce(M::Handle<M>) -> Column<M, T>,
    ) -> Field {
        self.field(column, Control::Input("password"))
    }

    /// The password of a model with `#[model(password)]`, which the action takes as a [`Password`](crate::Password) of the
    /// name `password`. It is empty whatever the record knows.
    #[cfg(feature = "password")]
    pub fn password(&self) -> Field
    where
        M: crate::password::PasswordRecord,
    {
        self.secret("password")
    }

    /// The password once more: a [`Password`](crate::Password) of the name `password_confirmation`.
    #[cfg(feature = "password")]
    pub fn password_confirmation(&self) -> Field
    where
        M: crate::password::PasswordRecord,
    {
        self.secret("password_confirmation")
    }

    #[cfg(feature = "password")]
    fn secret(&self, name: &'static str) -> Field {
        let errors = self.record.record().errors();
        let value = Value::Null(ValueKind::Text);
        Field::new(&self.name, name, Control::Input("password"), value).with_errors(errors.on(name))
    }

    /// A number; one with digits behind the point when the column has them.
    pub fn number_field<T: ColumnType>(
        &self,
        column: impl FnOnce(M::Handle<M>) -> Column<M, T>,
    ) -> Field {
        let field = self.field(column, Control::Input("number"));
        match T::KIND {
            ValueKind::Float | ValueKind::Double | ValueKind::Decimal => {
                field.attribute("step", "any")
            }
            _ => field,
        }
    }

    /// A day.
    pub fn date_field<T: ColumnType>(
        &self,
        column: impl FnOnce(M::Handle<M>) -> Column<M, T>,
    ) -> Field {
        self.field(column, Control::Input("date"))
    }

    /// A point in time, in UTC.
    pub fn datetime_field<T: ColumnType>(
        &self,
        column: impl FnOnce(M::Handle<M>) -> Column<M, T>,
    ) -> Field {
        self.field(column, Control::Input("datetime-local"))
    }

    /// Yes or no.
    pub fn check_box(&self, column: impl FnOnce(M::Handle<M>) -> Column<M, bool>) -> Field {
        self.field(column, Control::CheckBox)
    }

    /// One of several options, each a value and its text; none as well when the column can be empty.
    pub fn select<T: ColumnType, V: ToString, L: Into<String>>(
        &self,
        column: impl FnOnce(M::Handle<M>) -> Column<M, T>,
        options: impl IntoIterator<Item = (V, L)>,
    ) -> Field {
        let options = options.into_iter();
        let control = Control::Select {
            prompt: T::NULLABLE.then(String::new),
            options: options
                .map(|(value, text)| (value.to_string(), text.into()))
                .collect(),
        };
        self.field(column, control)
    }

    /// A file, which the action takes as an [`Upload`](crate::Upload) of this name; the form is then sent as a multipart
    /// form.
    pub fn file_field(&self, name: &'static str) -> Field {
        self.has_files.set(true);
        let value = Value::Null(ValueKind::Text);
        let errors = self.record.record().errors();
        Field::new(&self.name, name, Control::Input("file"), value).with_errors(errors.on(name))
    }

    /// The button that sends the form.
    pub fn submit(&self, text: &str) -> Markup {
        html! { button type="submit" { (text) } }
    }

    /// Everything that is wrong with the record; nothing when it is fine.
    pub fn errors(&self) -> Markup {
        let errors = self.record.record().errors();
        if errors.is_empty() {
            return Markup::default();
        }
        let count = match errors.len() {
            1 => "1 error".into(),
            count => format!("{count} errors"),
        };
        let model = human(&self.name).to_lowercase();
        html! {
            div class="error_messages" role="alert" {
                h2 { (count) " kept this " (model) " from being saved" }
                ul { @for message in errors.full_messages() { li { (message) } } }
            }
        }
    }

    fn field<T>(
        &self,
        column: impl FnOnce(M::Handle<M>) -> Column<M, T>,
        control: Control,
    ) -> Field {
        let column = column_name(column(M::Handle::<M>::at(Path::root())));
        let position = M::definition().column(column);
        let value = position.map_or(Value::Null(ValueKind::Text), |at| self.record.value(at));
        let attribute = position.map_or(column, |at| M::definition().attribute_name(at));
        let errors = self.record.record().errors();
        let typed = self.record.record().refused_text(attribute);
        Field::new(&self.name, column, control, value)
            .with_errors(errors.on(attribute))
            .with_typed(typed)
    }
}

/// The name of a column of the form's own table; empty for one of a related table, which the record does not hold.
fn column_name<M: Model, T>(column: Column<M, T>) -> &'static str {
    match column.into_expression() {
        Expression::Column(path, name) if path.is_root() => name,
        _ => "",
    }
}
