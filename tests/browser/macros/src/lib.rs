//! `#[test]` for test programs that run in a browser.
//!
//! The one of the compiler hands the tests to a program of its own, which prints to where a browser shows nothing and ends
//! at the first panic. This one makes each test an exported function, which the page finds by its name.
//! `#[macro_use(test)] extern crate velocious_browser_macros;` puts it in the place of the other one.

use proc_macro::{Span, TokenStream, TokenTree};

/// Exports a test as `test <module>::<name>`; or, below `#[ignore = "reason"]`, as `skip <module>::<name>: <reason>`.
///
/// A panic leaves its message in the global variable `panicked`.
#[proc_macro_attribute]
pub fn test(_: TokenStream, item: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = item.clone().into_iter().collect();
    let Some(name) = name(&tokens) else {
        return "compile_error!(\"`#[test]` goes on a function\");"
            .parse()
            .unwrap_or_default();
    };
    let path = format!("{}::{name}", module(&Span::call_site().file()));
    let exported = match reason(&tokens) {
        Some(reason) => format!("skip {path}: {reason}"),
        None => format!("test {path}"),
    };
    let check = if answers(&tokens) {
        ".expect(\"the test ends well\")"
    } else {
        ""
    };
    let export = format!(
        r#"
        #[unsafe(export_name = {exported:?})]
        extern "C" fn exported_{name}() {{
            ::std::panic::set_hook(::std::boxed::Box::new(|panic| {{
                let text = ::std::string::ToString::to_string(panic);
                let _ = ::js_sys::Reflect::set(&::js_sys::global(), &"panicked".into(), &text.into());
            }}));
            let () = {name}(){check};
        }}
        "#
    );
    let mut expanded = item;
    expanded.extend(export.parse::<TokenStream>());
    expanded
}

/// The word behind `fn`.
fn name(tokens: &[TokenTree]) -> Option<String> {
    let words = tokens.windows(2).find_map(|pair| match pair {
        [TokenTree::Ident(word), TokenTree::Ident(name)] if word.to_string() == "fn" => Some(name),
        _ => None,
    });
    words.map(ToString::to_string)
}

/// Whether there is a `->`, behind which can only be a `Result`.
fn answers(tokens: &[TokenTree]) -> bool {
    tokens.windows(2).any(|pair| match pair {
        [TokenTree::Punct(one), TokenTree::Punct(other)] => {
            (one.as_char(), other.as_char()) == ('-', '>')
        }
        _ => false,
    })
}

/// What `#[ignore = "…"]` says.
fn reason(tokens: &[TokenTree]) -> Option<String> {
    tokens.iter().find_map(|token| {
        let TokenTree::Group(attribute) = token else {
            return None;
        };
        let words: Vec<TokenTree> = attribute.stream().into_iter().collect();
        match &words[..] {
            [TokenTree::Ident(word), rest @ ..] if word.to_string() == "ignore" => {
                let text = rest.last().map(ToString::to_string).unwrap_or_default();
                Some(text.trim_matches('"').to_owned())
            }
            _ => None,
        }
    })
}

/// The module of a file, from its path: `velocious/tests/data/queries.rs` is `queries`, `velocious/src/database/url.rs` is
/// `database::url`.
fn module(file: &str) -> String {
    let file = file.replace('\\', "/");
    let inside = [("/tests/data/"), ("/src/")]
        .iter()
        .find_map(|folder| file.split_once(folder));
    let inside = inside.map_or(&file[..], |(_, inside)| inside);
    let stem = inside.strip_suffix(".rs").unwrap_or(inside);
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    stem.replace('/', "::")
}
