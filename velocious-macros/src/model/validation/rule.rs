//! The rules as meant.
//!
//! * [`Validations`]: what a model validates; [`Rule`]: one rule for one attribute.
//! * [`validations`]: from options to rules, through the named functions below, one for each rule of ours about theirs.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{Ident, LitStr};

use super::args::{
    FormatOptions, LengthOptions, ListOptions, UniquenessOptions, ValidateOptions, Values,
};
use super::number;
use crate::fault::{Faults, unknown};
use crate::model::args::{FieldArgs, ModelArgs};
use crate::model::ir::{Outline, attribute_names, attribute_position, position};
use crate::model::translation;
use crate::option::{Name, Names, Nested, Text};

/// What a model validates.
#[derive(Default)]
pub(in crate::model) struct Validations {
    pub(super) list: Vec<Validation>,
    /// The conditions, by their numbers.
    pub(super) guards: Vec<Guard>,
    /// The functions, by their numbers.
    pub(super) functions: Vec<Function>,
}

impl Validations {
    pub(in crate::model) fn iter(&self) -> impl Iterator<Item = &Validation> {
        self.list.iter()
    }

    /// Whether a field that is not stored has to hand out its value.
    pub(in crate::model) fn reads(&self, attribute: usize) -> bool {
        self.list.iter().any(|validation| match validation.rule {
            Rule::Comparison(_, other) | Rule::Confirmation(other) if other == attribute => true,
            Rule::Custom(_) | Rule::Associated(_) => false,
            _ => validation.attribute == attribute,
        })
    }
}

/// A rule for an attribute, and when it must hold.
pub(in crate::model) struct Validation {
    pub(super) attribute: usize,
    pub(super) rule: Rule,
    /// Where the rule stands.
    pub(super) span: Span,
    /// `Create` or `Update`; always, if neither.
    pub(super) on: Option<Occasion>,
    pub(super) guard: Option<usize>,
    pub(super) message: Option<LitStr>,
    pub(super) allows_blank: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Occasion {
    Create,
    Update,
}

/// Functions of the model that decide whether rules must hold.
pub(super) struct Guard {
    /// All of them must say yes.
    pub(super) when: Vec<Ident>,
    /// None of them may.
    pub(super) unless: Vec<Ident>,
}

/// A function of the model that validates.
pub(super) struct Function {
    pub(super) name: Ident,
    pub(super) is_async: bool,
}

/// What an attribute's value must fulfil.
pub(super) enum Rule {
    Presence,
    Absence,
    Length {
        minimum: Option<usize>,
        maximum: Option<usize>,
    },
    Uniqueness {
        scope: Vec<usize>,
        any_case: bool,
    },
    Format {
        pattern: LitStr,
        matches: bool,
    },
    Inclusion(Values),
    Exclusion(Values),
    Number(Operator, crate::option::Number),
    OnlyInteger,
    Odd,
    Even,
    Comparison(Operator, usize),
    Acceptance,
    Confirmation(usize),
    Associated(usize),
    Custom(usize),
}

/// How a value compares with another; the names are the runtime's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Equal,
    Other,
}

/// Everything that the attributes of a model and its fields ask for.
pub(in crate::model) fn validations(
    args: &ModelArgs,
    outline: &Outline,
    faults: &mut Faults,
) -> Validations {
    let mut collection = Collection {
        outline,
        validations: Validations::default(),
    };
    for options in &args.validate {
        only_functions(options, faults);
        collection.add(None, options, faults);
    }
    let translated = translation::validated(args, outline);
    for field in args.fields.iter().chain(&translated) {
        said_once(&field.validate, faults);
        for options in &field.validate {
            collection.add(Some(field), options, faults);
        }
    }
    collection.validations
}

/// A rule with its place, before it is known when it must hold.
struct Found {
    rule: Rule,
    span: Span,
    message: Option<LitStr>,
}

impl Found {
    fn new<T>(rule: Rule, nested: &Nested<T>, message: Option<&Text>) -> Self {
        Found {
            rule,
            span: nested.span,
            message: message.map(|text| text.0.clone()),
        }
    }
}

struct Collection<'a> {
    outline: &'a Outline,
    validations: Validations,
}

impl Collection<'_> {
    /// Adds the rules of one attribute.
    fn add(&mut self, field: Option<&FieldArgs>, options: &ValidateOptions, faults: &mut Faults) {
        blank_is_not_present(options, faults);
        let on = occasion(options.on.as_ref(), faults);
        let guard = self.guard(options);
        let mut found = match field {
            Some(field) => self.rules_of(field, options, faults),
            None => Vec::new(),
        };
        if let Some(text) = &options.message {
            functions_speak_for_themselves(options, text, faults);
        }
        found.extend(self.functions(options));
        if found.is_empty() {
            some_rule(options, faults);
        }
        let name = field.map(FieldArgs::name).unwrap_or_default();
        let attribute = attribute_position(self.outline, &name).unwrap_or_default();
        let text = options.message.as_ref().map(|text| text.0.clone());
        for Found {
            rule,
            span,
            message,
        } in found
        {
            self.validations.list.push(Validation {
                attribute,
                rule,
                span,
                on,
                guard,
                message: message.or_else(|| text.clone()),
                allows_blank: options.allow_blank.is_some(),
            });
        }
    }

    fn guard(&mut self, options: &ValidateOptions) -> Option<usize> {
        let names = |names: &Option<Names>| names.as_ref().map(|names| names.0.clone());
        let (when, unless) = (names(&options.when), names(&options.unless));
        if when.is_none() && unless.is_none() {
            return None;
        }
        self.validations.guards.push(Guard {
            when: when.unwrap_or_default(),
            unless: unless.unwrap_or_default(),
        });
        Some(self.validations.guards.len() - 1)
    }

    fn functions(&mut self, options: &ValidateOptions) -> Vec<Found> {
        let mut found = Vec::new();
        for (names, is_async) in [(&options.custom, false), (&options.custom_async, true)] {
            for name in names.iter().flat_map(|names| &names.0) {
                found.push(Found {
                    rule: Rule::Custom(self.validations.functions.len()),
                    span: name.span(),
                    message: None,
                });
                self.validations.functions.push(Function {
                    name: name.clone(),
                    is_async,
                });
            }
        }
        found
    }

    /// The rules about the field's own value, in the order in which a person wants to hear of them.
    fn rules_of(
        &self,
        field: &FieldArgs,
        options: &ValidateOptions,
        faults: &mut Faults,
    ) -> Vec<Found> {
        let name = field.name();
        let Some(attribute) = attribute_position(self.outline, &name) else {
            return self.rules_of_relation(&name, options, faults);
        };
        if let Some(associated) = &options.associated {
            faults.at_span(
                associated.span,
                format!("`{name}` holds no records; `associated` is for relationships"),
            );
        }
        let mut found = Vec::new();
        let plain = [
            (&options.presence, Rule::Presence),
            (&options.absence, Rule::Absence),
            (&options.acceptance, Rule::Acceptance),
        ];
        for (option, rule) in plain {
            let rule = option
                .as_ref()
                .map(|nested| Found::new(rule, nested, nested.options.message.as_ref()));
            found.extend(rule);
        }
        if let Some(nested) = &options.length {
            let rule = length(&nested.options, nested.span, faults);
            found.push(Found::new(rule, nested, nested.options.message.as_ref()));
        }
        if let Some(nested) = &options.format {
            for rule in format(&nested.options, nested.span, faults) {
                found.push(Found::new(rule, nested, nested.options.message.as_ref()));
            }
        }
        let lists = [
            (&options.inclusion, Rule::Inclusion as fn(Values) -> Rule),
            (&options.exclusion, Rule::Exclusion),
        ];
        for (option, rule) in lists {
            if let Some(nested) = option
                && let Some(values) = list(nested, faults)
            {
                let message = nested.options.message.as_ref();
                found.push(Found::new(rule(values), nested, message));
            }
        }
        if let Some(nested) = &options.numericality {
            for rule in number::numericality(&nested.options, nested.span, faults) {
                found.push(Found::new(rule, nested, nested.options.message.as_ref()));
            }
        }
        if let Some(nested) = &options.comparison {
            let fields = number::comparisons(&nested.options, nested.span, faults);
            for (operator, with) in fields {
                if let Some(other) = self.another_attribute(&name, with, faults) {
                    let rule = Rule::Comparison(operator, other);
                    found.push(Found::new(rule, nested, nested.options.message.as_ref()));
                }
            }
        }
        if let Some(nested) = &options.confirmation
            && let Some(other) =
                self.confirmation(&name, nested.options.with.as_ref(), nested.span, faults)
        {
            let rule = Rule::Confirmation(other);
            found.push(Found::new(rule, nested, nested.options.message.as_ref()));
        }
        if let Some(nested) = &options.uniqueness {
            self.is_stored(&name, attribute, nested.span, faults);
            let rule = self.uniqueness(&name, &nested.options, faults);
            found.push(Found::new(rule, nested, nested.options.message.as_ref()));
        }
        found
    }

    /// A relationship has records, and no value.
    fn rules_of_relation(
        &self,
        name: &str,
        options: &ValidateOptions,
        faults: &mut Faults,
    ) -> Vec<Found> {
        for (_, span) in about_a_value(options) {
            faults.at_span(
                span,
                format!("`{name}` is not a column; validate a column, like the key `{name}_id`"),
            );
        }
        let mut relations = self.outline.relations.iter();
        let relation = relations.position(|relation| relation.ident.unraw() == name);
        let associated = options.associated.as_ref().zip(relation);
        associated
            .map(|(nested, relation)| {
                let rule = Rule::Associated(relation);
                Found::new(rule, nested, nested.options.message.as_ref())
            })
            .into_iter()
            .collect()
    }

    /// What a rule compares with is another field that has a value.
    fn another_attribute(&self, name: &str, with: &Name, faults: &mut Faults) -> Option<usize> {
        let other = with.0.unraw().to_string();
        if other == name {
            faults.at(
                &with.0,
                format!("`{name}` is always equal to itself; name another field"),
            );
            return None;
        }
        let found = attribute_position(self.outline, &other);
        if found.is_none() {
            let model = format!("`{}`", self.outline.ident);
            let known = attribute_names(self.outline);
            faults.at(&with.0, unknown(&model, "field", &other, &known));
        }
        found
    }

    /// What is confirmed is typed into a second field, by convention `<name>_confirmation`.
    fn confirmation(
        &self,
        name: &str,
        with: Option<&Name>,
        span: Span,
        faults: &mut Faults,
    ) -> Option<usize> {
        if let Some(with) = with {
            return self.another_attribute(name, with, faults);
        }
        let other = format!("{name}_confirmation");
        let found = attribute_position(self.outline, &other);
        if found.is_none() {
            faults.at_span(
                span,
                format!(
                    "`{name}` is confirmed in a second field, and there is no `{other}`; add \
                     `#[model(transient)] pub {other}: Option<…>`, or name another field with `confirmation(with = …)`"
                ),
            );
        }
        found
    }

    /// Uniqueness is asked of the table.
    fn is_stored(&self, name: &str, attribute: usize, span: Span, faults: &mut Faults) {
        let stored = self.outline.columns.len();
        let transient = stored..stored + self.outline.transients.len();
        if transient.contains(&attribute) {
            faults.at_span(
                span,
                format!("`{name}` is not stored, so no other record can have its value; remove `uniqueness`"),
            );
        }
    }

    fn uniqueness(&self, name: &str, options: &UniquenessOptions, faults: &mut Faults) -> Rule {
        let names = options.scope.as_ref();
        let mut scope = Vec::new();
        for within in names.map_or(&[][..], |names| &names.0) {
            let text = within.unraw().to_string();
            let column = position(self.outline, &text);
            match column {
                None => {
                    let model = format!("`{}`", self.outline.ident);
                    let known = crate::model::ir::column_names(self.outline);
                    faults.at(within, unknown(&model, "column", &text, &known));
                }
                Some(_) if text == name => faults.at(
                    within,
                    format!("`{name}` cannot be its own scope; name other fields"),
                ),
                Some(column) if scope.contains(&column) => {
                    faults.at(within, format!("`{text}` is given twice; keep one"));
                }
                Some(column) => scope.push(column),
            }
        }
        Rule::Uniqueness {
            scope,
            any_case: options.case_sensitive.is_some_and(|answer| !answer.0),
        }
    }
}

/// The options that are about one value, and where they stand.
fn about_a_value(options: &ValidateOptions) -> Vec<(&'static str, Span)> {
    fn at<T>(nested: &Option<Nested<T>>) -> Option<Span> {
        nested.as_ref().map(|nested| nested.span)
    }
    let rules = [
        ("presence", at(&options.presence)),
        ("absence", at(&options.absence)),
        ("length", at(&options.length)),
        ("format", at(&options.format)),
        ("inclusion", at(&options.inclusion)),
        ("exclusion", at(&options.exclusion)),
        ("numericality", at(&options.numericality)),
        ("comparison", at(&options.comparison)),
        ("acceptance", at(&options.acceptance)),
        ("confirmation", at(&options.confirmation)),
        ("uniqueness", at(&options.uniqueness)),
    ];
    let rules = rules.into_iter();
    rules
        .filter_map(|(name, span)| Some((name, span?)))
        .collect()
}

/// Saying the same of a field twice, for all occasions, is surely not meant.
fn said_once(attributes: &[ValidateOptions], faults: &mut Faults) {
    const ONCE: [&str; 5] = [
        "presence",
        "absence",
        "length",
        "acceptance",
        "confirmation",
    ];
    let mut seen = Vec::new();
    for options in attributes {
        if options.on.is_some() || options.when.is_some() || options.unless.is_some() {
            continue;
        }
        for (name, span) in about_a_value(options) {
            if seen.contains(&name) {
                faults.at_span(span, format!("`{name}` is given twice; keep one"));
            } else if ONCE.contains(&name) {
                seen.push(name);
            }
        }
    }
}

/// Above the struct stands what is about the record as a whole.
fn only_functions(options: &ValidateOptions, faults: &mut Faults) {
    let mut rules = about_a_value(options);
    let associated = options.associated.as_ref().map(|nested| nested.span);
    rules.extend(associated.map(|span| ("associated", span)));
    for (name, span) in rules {
        faults.at_span(
            span,
            format!("`{name}` is about one field; write it above that field"),
        );
    }
}

/// `presence` and what excludes it cannot both be meant.
fn blank_is_not_present(options: &ValidateOptions, faults: &mut Faults) {
    if options.presence.is_none() {
        return;
    }
    if let Some(absence) = &options.absence {
        faults.at_span(
            absence.span,
            "no value is both present and absent; keep one of the two",
        );
    }
    if let Some(switch) = &options.allow_blank {
        faults.at_span(
            switch.0,
            "what is blank is not present; remove `allow_blank`, or give `presence` an attribute of its own",
        );
    }
}

/// A record is created or updated.
fn occasion(on: Option<&Name>, faults: &mut Faults) -> Option<Occasion> {
    let word = &on?.0;
    match word.unraw().to_string().as_str() {
        "create" => Some(Occasion::Create),
        "update" => Some(Occasion::Update),
        other => {
            let known = ["create", "update"];
            let meant = velocious_naming::nearest(other, &known);
            let cure = meant.map_or_else(
                || "; without `on`, a rule always holds".to_owned(),
                |meant| format!("; did you mean `{meant}`?"),
            );
            faults.at(
                word,
                format!("`on` is `create` or `update`, not `{other}`{cure}"),
            );
            None
        }
    }
}

/// A function says what it has to say, so nobody can say it instead.
fn functions_speak_for_themselves(options: &ValidateOptions, text: &Text, faults: &mut Faults) {
    let is_alone = about_a_value(options).is_empty() && options.associated.is_none();
    if is_alone && (options.custom.is_some() || options.custom_async.is_some()) {
        faults.at(
            &text.0,
            "a function adds its own messages; remove `message`, and let it say this",
        );
    }
}

/// When rules must hold is worth saying only of rules.
fn some_rule(options: &ValidateOptions, faults: &mut Faults) {
    if !faults.is_empty() {
        return;
    }
    let first = options
        .on
        .as_ref()
        .map(|on| ("on", on.0.span()))
        .or_else(|| names_span("if", &options.when))
        .or_else(|| names_span("unless", &options.unless))
        .or_else(|| {
            options
                .message
                .as_ref()
                .map(|text| ("message", text.0.span()))
        })
        .or_else(|| options.allow_blank.map(|switch| ("allow_blank", switch.0)));
    if let Some((name, span)) = first {
        faults.at_span(
            span,
            format!("there is no rule beside `{name}`; add one, like `presence`"),
        );
    }
}

fn names_span(option: &'static str, names: &Option<Names>) -> Option<(&'static str, Span)> {
    let first = names.as_ref()?.0.first()?;
    Some((option, first.span()))
}

/// A length without a bound, or with bounds that exclude each other, is surely not meant.
fn length(options: &LengthOptions, span: Span, faults: &mut Faults) -> Rule {
    let LengthOptions {
        min, max, exactly, ..
    } = *options;
    match (min, max, exactly) {
        (None, None, None) => faults.at_span(
            span,
            "`length` needs a bound: `length(max = 200)`, `length(min = 1)` or both",
        ),
        (Some(least), Some(most), None) if least.value > most.value => faults.at_span(
            most.span,
            format!(
                "no text is at least {} and at most {} long; exchange the two",
                least.value, most.value
            ),
        ),
        (None, None, Some(_)) | (_, _, None) => {}
        (_, _, Some(exactly)) => faults.at_span(
            exactly.span,
            "`exactly` leaves no room for `min` or `max`; keep one or the others",
        ),
    }
    let value = |count: Option<crate::option::Count>| count.map(|count| count.value);
    Rule::Length {
        minimum: value(exactly.or(min)),
        maximum: value(exactly.or(max)),
    }
}

/// A pattern that cannot be compiled would never match.
fn format(options: &FormatOptions, span: Span, faults: &mut Faults) -> Vec<Rule> {
    let patterns = [(&options.with, true), (&options.without, false)];
    let mut rules = Vec::new();
    for (pattern, matches) in patterns {
        let Some(Text(pattern)) = pattern else {
            continue;
        };
        if let Err(error) = regex_lite::Regex::new(&pattern.value()) {
            faults.at(pattern, format!("this is no regular expression: {error}"));
        }
        rules.push(Rule::Format {
            pattern: pattern.clone(),
            matches,
        });
    }
    if rules.is_empty() {
        faults.at_span(
            span,
            "`format` needs a regular expression: `format(with = r\"^[a-z]+$\")`, or one that must not match: \
             `format(without = r\"\\s\")`",
        );
    }
    rules
}

/// A list of nothing includes nothing.
fn list(nested: &Nested<ListOptions>, faults: &mut Faults) -> Option<Values> {
    if nested.options.values.is_none() {
        faults.at_span(
            nested.span,
            "this rule needs the values: `in = [\"draft\", \"open\"]`, or `in = 1..=5`",
        );
    }
    nested.options.values.clone()
}
