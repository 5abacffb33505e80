//! A test as meant.
//!
//! * [`Declaration`]: the test.
//! * [`check`]: from what is written to what is meant, through the rules below it.

use syn::{Attribute, FnArg, Path, Signature};

use super::args::{Tags, TestArgs, TestOptions};
use crate::block::Function;
use crate::fault::Faults;

/// A test.
pub(super) struct Declaration {
    pub(super) attributes: Vec<Attribute>,
    pub(super) signature: Signature,
    pub(super) body: proc_macro2::Group,
    /// Whether the function is called with the application.
    pub(super) takes_the_application: bool,
    /// The function that makes the application, where the test names it.
    pub(super) application: Option<Path>,
    pub(super) retry: usize,
    /// In milliseconds.
    pub(super) timeout: Option<u64>,
    pub(super) before: Vec<Path>,
    pub(super) after: Vec<Path>,
    pub(super) on_retry: Option<Path>,
}

/// How a test is written, for messages.
fn model_signature(name: &syn::Ident) -> String {
    format!("async fn {name}(app: TestApp)")
}

/// Judges `args`; what is wrong is noted in `faults`.
pub(super) fn check(args: TestArgs, faults: &mut Faults) -> Declaration {
    let TestArgs { options, function } = args;
    let Function {
        attributes,
        signature,
        body,
        ..
    } = function;
    no_other_test_attribute(&attributes, faults);
    is_a_test(&signature, faults);
    let takes_the_application = !signature.inputs.is_empty();
    if !takes_the_application && faults.is_empty() {
        hooks_have_an_application(&options, &signature, faults);
    }
    tags_are_words(options.tags.as_ref(), faults);
    Declaration {
        attributes,
        body,
        takes_the_application,
        application: options.application.map(|function| function.0),
        retry: options.retry.map_or(0, |retry| retry.value),
        timeout: options.timeout.map(|timeout| timeout.0),
        before: options.before.map_or_else(Vec::new, |names| names.0),
        after: options.after.map_or_else(Vec::new, |names| names.0),
        on_retry: options.on_retry.map(|function| function.0),
        signature,
    }
}

/// `#[test]` beside it would make a second test of the same function.
fn no_other_test_attribute(attributes: &[Attribute], faults: &mut Faults) {
    for attribute in attributes {
        if attribute.path().is_ident("test") {
            faults.at(
                attribute,
                "`#[velocious::test]` makes it a test already; remove `#[test]`",
            );
        }
    }
}

/// A test is an async function that is called with the application, or with nothing.
fn is_a_test(signature: &Signature, faults: &mut Faults) {
    let name = &signature.ident;
    let wanted = model_signature(name);
    if signature.asyncness.is_none() {
        faults.at(
            name,
            format!("`{name}` is not async; write `{wanted}`, or make it a plain `#[test]`"),
        );
    }
    if !signature.generics.params.is_empty() {
        faults.at(&signature.generics, "a test cannot be generic");
    }
    for input in &signature.inputs {
        if let FnArg::Receiver(receiver) = input {
            faults.at(receiver, format!("a test is no method; write `{wanted}`"));
        }
    }
    for input in signature.inputs.iter().skip(1) {
        faults.at(
            input,
            format!("a test is called with the application alone; write `{wanted}`"),
        );
    }
}

/// A test without an application has nothing to give to functions around it.
fn hooks_have_an_application(options: &TestOptions, signature: &Signature, faults: &mut Faults) {
    let wanted = model_signature(&signature.ident);
    let hooks = [&options.before, &options.after];
    for hook in hooks.into_iter().flatten().flat_map(|names| &names.0) {
        faults.at(
            hook,
            format!("functions around a test are called with the application; write `{wanted}`"),
        );
    }
    if let Some(application) = &options.application {
        faults.at(
            &application.0,
            format!("this test takes no application; write `{wanted}`"),
        );
    }
}

/// On a command line, tags are separated by commas.
fn tags_are_words(tags: Option<&Tags>, faults: &mut Faults) {
    let mut seen: Vec<String> = Vec::new();
    for tag in tags.iter().flat_map(|tags| &tags.0) {
        let word = tag.value();
        if word.is_empty() || word.contains(|letter: char| letter == ',' || letter.is_whitespace())
        {
            faults.at(tag, "a tag is one word, without commas and spaces");
        }
        if seen.contains(&word) {
            faults.at(tag, format!("the tag `{word}` is there already; keep one"));
        }
        seen.push(word);
    }
}
