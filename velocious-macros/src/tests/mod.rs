//! What the macros write and what they refuse.
//!
//! * [`expansions`]: every expansion is a file under `tests/expansions`; `BLESS=1` writes them anew.
//! * [`hygiene`]: no expansion names what the user could have shadowed.
//! * [`budget`]: how many lines an expansion may have.
//! * [`mistakes`]: what is said, and under which word; [`total`]: that nothing makes a macro panic.

mod budget;
mod expansions;
mod hygiene;
mod mistakes;
mod total;

use std::path::{Path, PathBuf};
use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::catalogue::Catalogues;
use crate::fault::Faults;

/// One use of a macro, as a file of its own under `tests/expansions`.
struct Case {
    /// `model/task`, for messages.
    name: String,
    /// The file that holds the expansion.
    expanded: PathBuf,
    source: String,
}

impl Case {
    /// Every case of every macro, or of one of them.
    fn all(folder: &str) -> Vec<Case> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expansions");
        let mut cases: Vec<_> = files_below(&root.join(folder))
            .into_iter()
            .filter(|path| !path.to_string_lossy().ends_with(".expanded.rs"))
            .map(|path| Case {
                name: path
                    .strip_prefix(&root)
                    .unwrap_or(&path)
                    .display()
                    .to_string(),
                expanded: path.with_extension("expanded.rs"),
                source: std::fs::read_to_string(&path).expect("a case can be read"),
            })
            .collect();
        cases.sort_by(|one, other| one.name.cmp(&other.name));
        assert!(!cases.is_empty(), "no cases in {folder:?}");
        cases
    }

    /// The expansion; a mistake in the case is a mistake in the test.
    fn expansion(&self) -> TokenStream {
        let (expansion, faults) = expand(&self.source);
        if let Err(error) = faults.into_result(()) {
            panic!("{}: {error}", self.name);
        }
        expansion
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of cases");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .flat_map(|path| match path.is_dir() {
            true => files_below(&path),
            false => vec![path],
        })
        .collect()
}

/// Runs the macro that `source` uses: its first attribute (a derive is one), or the macro it calls.
fn expand(source: &str) -> (TokenStream, Faults) {
    let tokens = TokenStream::from_str(source).expect("tokens");
    if let Ok(call) = syn::parse2::<syn::Macro>(tokens.clone()) {
        let name = call.path.get_ident().map(ToString::to_string);
        return match name.as_deref() {
            Some("create") => crate::create::function_like(call.tokens),
            Some("t") => crate::message::among(Some(&catalogues()), call.tokens),
            Some("messages") => crate::message::all_of(Some(&catalogues()), call.tokens),
            _ => crate::routes::function_like(call.tokens),
        };
    }
    let mut trees = tokens.into_iter();
    let (Some(TokenTree::Punct(_)), Some(TokenTree::Group(attribute))) =
        (trees.next(), trees.next())
    else {
        panic!("a case starts with the macro's attribute: {source}");
    };
    let attribute: syn::Meta = syn::parse2(attribute.stream()).expect("an attribute");
    let options = match &attribute {
        syn::Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    };
    let name = attribute.path().get_ident().expect("a name").to_string();
    match name.as_str() {
        "derive" if options.to_string().starts_with("Projection") => {
            crate::projection::derive(trees.collect())
        }
        "derive" if options.to_string().starts_with("Polymorphic") => {
            crate::polymorphic::derive(trees.collect())
        }
        "derive" if options.to_string().starts_with("ModelEnum") => {
            crate::model_enum::derive(trees.collect())
        }
        "derive" if options.to_string().starts_with("ColumnType") => {
            crate::column_type::derive(trees.collect())
        }
        "derive" => crate::model::derive(trees.collect()),
        "controller" => crate::controller::attribute(options, trees.collect()),
        "migration" => crate::migration::attribute(options, trees.collect()),
        "test" => crate::test::attribute(options, trees.collect()),
        "tests" => crate::test::group::attribute(options, trees.collect()),
        other => panic!("there is no macro {other}"),
    }
}

/// The catalogues that messages are looked up in.
fn catalogues() -> Catalogues {
    let mut catalogues = Catalogues::default();
    let german = r#"
        msgid "Hello"
        msgstr "Hallo"
        msgid "Hello %{user_name}"
        msgstr "Hallo %{user_name}"
        msgctxt "menu"
        msgid "Open"
        msgstr "Öffnen"
        msgid "One task"
        msgid_plural "%{n} tasks"
        msgstr[0] "Eine Aufgabe"
        msgstr[1] "%{n} Aufgaben"
    "#;
    catalogues.read("de", "locales/de.po", german);
    catalogues.read("en", "locales/en.po", "msgid \"Hello\"\nmsgstr \"Hi\"");
    assert_eq!(catalogues.mistakes, [] as [String; 0]);
    catalogues
}

/// The expansion as rustfmt would nearly write it.
fn pretty(expansion: TokenStream) -> String {
    // An expression stands in a function.
    let file = syn::parse2(expansion.clone())
        .or_else(|_| syn::parse2(quote::quote! { fn expanded() { #expansion } }));
    prettyplease::unparse(&file.expect("an expansion is Rust"))
}

/// What is wrong with `source`: the text under which each message stands, and the message.
fn mistakes_in(source: &str) -> Vec<(String, String)> {
    let (_, faults) = expand(source);
    let mistakes = faults.into_vec().into_iter();
    mistakes
        .map(|error| {
            (
                error.span().source_text().unwrap_or_default(),
                error.to_string(),
            )
        })
        .collect()
}

/// Asserts that `source` has exactly the mistakes `expected`, in that order.
#[track_caller]
fn assert_mistakes(source: &str, expected: &[(&str, &str)]) {
    let found = mistakes_in(source);
    let found: Vec<_> = found
        .iter()
        .map(|(at, message)| (at.as_str(), message.as_str()))
        .collect();
    assert_eq!(found, expected);
}

/// All tokens of a stream, groups opened.
fn flattened(tokens: TokenStream) -> Vec<TokenTree> {
    tokens
        .into_iter()
        .flat_map(|tree| match tree {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                flattened(group.stream())
            }
            TokenTree::Group(group) => {
                let inside = flattened(group.stream());
                std::iter::once(TokenTree::Group(group))
                    .chain(inside)
                    .collect()
            }
            other => vec![other],
        })
        .collect()
}
