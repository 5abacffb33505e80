//! A message as meant: one that the catalogues have, with everything that is to be filled in.

use std::collections::BTreeSet;

use syn::ext::IdentExt;
use syn::{Expr, LitStr};
use velocious_naming::nearest;

use super::args::{Argument, MessageArgs};
use crate::catalogue::placeholders::placeholders;
use crate::catalogue::plural::Rule;
use crate::catalogue::{Catalogue, Catalogues};
use crate::fault::{Faults, listed};

/// What is said, and what it is in each language.
pub(super) struct Message {
    pub(super) context: Option<String>,
    pub(super) id: String,
    pub(super) plural: Option<String>,
    /// `n`, of a message that is counted.
    pub(super) count: Option<Expr>,
    /// Names and values, without that.
    pub(super) arguments: Vec<(String, Expr)>,
    pub(super) texts: Vec<Text>,
}

/// A message in a language; without forms where it is not translated yet.
pub(super) struct Text {
    pub(super) locale: String,
    pub(super) forms: Vec<String>,
    /// Which form goes with a number, where there are several.
    pub(super) rule: Option<Rule>,
}

/// The message that is meant, unless something is wrong with it.
pub(super) fn check(
    args: MessageArgs,
    catalogues: Option<&Catalogues>,
    faults: &mut Faults,
) -> Option<Message> {
    let before = faults.len();
    let is_counted_alike = catalogues.is_none_or(|it| is_known(&args, it, faults));
    if is_counted_alike {
        everything_is_given_once(&args, faults);
    }
    if faults.len() > before {
        return None;
    }
    let (context, id) = (args.context.as_ref().map(LitStr::value), args.id.value());
    let texts = catalogues.iter().flat_map(|catalogues| &catalogues.list);
    let texts = texts.map(|catalogue| text(catalogue, context.as_deref(), &id));
    let texts = texts.collect();
    let plural = args.plural.as_ref().map(LitStr::value);
    let mut count = None;
    let mut arguments = Vec::new();
    for Argument { name, value } in args.arguments {
        match plural.is_some() && name == "n" {
            true => count = Some(value),
            false => arguments.push((name.unraw().to_string(), value)),
        }
    }
    Some(Message {
        context,
        id,
        plural,
        count,
        arguments,
        texts,
    })
}

fn text(catalogue: &Catalogue, context: Option<&str>, id: &str) -> Text {
    let entry = catalogue.find(context, id);
    let forms = entry.map_or_else(Vec::new, |entry| entry.forms.clone());
    Text {
        locale: catalogue.locale.clone(),
        rule: (forms.len() > 1).then(|| catalogue.rule.clone()),
        forms,
    }
}

/// A message that no catalogue has was misspelt or forgotten, and would stay as it is in every language. Answers whether the
/// catalogues count it as it is counted here.
fn is_known(args: &MessageArgs, catalogues: &Catalogues, faults: &mut Faults) -> bool {
    let (context, id) = (args.context.as_ref().map(LitStr::value), args.id.value());
    let mut entries = catalogues.of(context.as_deref(), &id).peekable();
    if entries.peek().is_none() {
        // It may be among those that cannot be read.
        if catalogues.mistakes.is_empty() {
            let fault = unknown(context.as_deref(), &id, args.plural.as_ref(), catalogues);
            faults.at(&args.id, fault);
        }
        return true;
    }
    for (catalogue, entry) in entries {
        let plural = args.plural.as_ref().map(LitStr::value);
        if entry.plural == plural {
            continue;
        }
        let shown = &catalogue.shown;
        match (&entry.plural, &args.plural) {
            (Some(known), None) => faults.at(
                &args.id,
                format!("`{shown}` counts this message: add {known:?} behind it, and `n = …`"),
            ),
            (Some(known), Some(given)) => faults.at(
                given,
                format!("for several, `{shown}` calls this message `{known}`; write that here, or this there"),
            ),
            (None, _) => faults.at(
                &args.plural,
                format!("`{shown}` does not count this message: give a value its name, as in `name = …`; or, if this is the message for several, add it there as `msgid_plural`, and the forms as `msgstr[0]`, …"),
            ),
        }
        return false;
    }
    true
}

fn unknown(
    context: Option<&str>,
    id: &str,
    plural: Option<&LitStr>,
    catalogues: &Catalogues,
) -> String {
    let contexts = catalogues.contexts_of(id);
    let fault = match context {
        Some(context) => format!("no catalogue has the message `{id}` in the context `{context}`"),
        None => format!("no catalogue has the message `{id}`"),
    };
    if let Some(other) = contexts.iter().next() {
        return match other {
            Some(other) => format!(
                "{fault}; it is there in the context `{other}`: `t!(context = {other:?}, …)`"
            ),
            None => format!("{fault}; it is there without a context: leave out `context = …`"),
        };
    }
    if let Some(meant) = nearest(id, catalogues.ids(context)) {
        return format!("{fault}; did you mean `{meant}`?");
    }
    let files: Vec<_> = catalogues.list.iter().map(|it| it.shown.as_str()).collect();
    let context = context.map_or_else(String::new, |context| format!("msgctxt {context:?} "));
    let rest = match plural {
        Some(plural) => format!(
            "msgid_plural {:?} msgstr[0] \"\" msgstr[1] \"\"",
            plural.value()
        ),
        None => "msgstr \"\"".into(),
    };
    let files = listed(&files, "or");
    format!("{fault}; add it to {files}, a line for each word: `{context}msgid {id:?} {rest}`")
}

/// A placeholder without a value would be shown as it is, and a value without a placeholder was meant for something.
fn everything_is_given_once(args: &MessageArgs, faults: &mut Faults) {
    let mut wanted = BTreeSet::new();
    for text in std::iter::once(&args.id).chain(&args.plural) {
        match placeholders(&text.value()) {
            Ok(names) => wanted.extend(names.into_iter().map(str::to_owned)),
            Err(part) => faults.at(
                text,
                format!("`{part}` is nothing that can be filled in; write a name in the braces, as in `%{{name}}`"),
            ),
        }
    }
    if args.plural.is_some() {
        wanted.insert("n".into());
    }
    let mut missing = wanted.clone();
    let mut given = BTreeSet::new();
    for argument in &args.arguments {
        let name = argument.name.unraw().to_string();
        missing.remove(&name);
        if !given.insert(name.clone()) {
            faults.at(&argument.name, format!("`{name}` is given already"));
        }
    }
    for argument in &args.arguments {
        let name = argument.name.unraw().to_string();
        if wanted.contains(&name) {
            continue;
        }
        let meant = nearest(&name, &missing).map(str::to_owned);
        let cure = match &meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("write `%{{{name}}}` where it belongs, or leave it out"),
        };
        faults.at(
            &argument.name,
            format!("the message has no `%{{{name}}}`; {cure}"),
        );
        // One slip of the fingers is one mistake.
        meant.map(|meant| missing.remove(&meant));
    }
    for name in missing {
        let fault = match name.as_str() {
            "n" if args.plural.is_some() => {
                "how many there are is missing; add `n = …`, a whole number".into()
            }
            name => format!("the message has `%{{{name}}}`; add `{name} = …`"),
        };
        faults.at(&args.id, fault);
    }
}
