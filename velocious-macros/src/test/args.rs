//! A test as written: the attribute's options and the function below it.

use darling::FromMeta;
use syn::punctuated::Punctuated;
use syn::{Expr, LitStr, Meta, Path, Token};

use crate::block::Function;
use crate::option::{Count, Options, Switch, literal, misfit};

/// `#[velocious::test(…)]` on a function.
pub(super) struct TestArgs {
    pub(super) options: TestOptions,
    pub(super) function: Function,
}

/// `#[velocious::test(…)]`.
#[derive(Debug, Default, FromMeta)]
pub(super) struct TestOptions {
    /// `tags("db", "slow")`: words by which `velocious test` chooses.
    pub(super) tags: Option<Tags>,
    /// `retry = 2`: how often it is run again when it fails.
    pub(super) retry: Option<Count>,
    /// `timeout = "5s"`: how long it may take.
    pub(super) timeout: Option<Timeout>,
    /// `focus`: `velocious test` runs this one and others like it only.
    #[expect(dead_code, reason = "`velocious test` reads it off the source")]
    pub(super) focus: Option<Switch>,
    /// `application = shop::application`: what makes the application, if that is not `application` in the same file.
    pub(super) application: Option<FunctionName>,
    /// `before(sign_in)`: functions that are called with the application before the test.
    pub(super) before: Option<FunctionNames>,
    /// `after(sweep)`: functions that are called with the application after the test, whatever came of it.
    pub(super) after: Option<FunctionNames>,
    /// `on_retry = restart`: a function that is told before the test runs again.
    pub(super) on_retry: Option<FunctionName>,
}

impl Options for TestOptions {
    const KNOWN: &'static [&'static str] = &[
        "tags",
        "retry",
        "timeout",
        "focus",
        "application",
        "before",
        "after",
        "on_retry",
    ];

    fn elsewhere(word: &str, _: &str) -> Option<String> {
        match word {
            "timeout_seconds" | "timeoutSeconds" => Some("write `timeout = \"5s\"`".into()),
            "tag" => Some("write `tags(\"db\")`".into()),
            "retries" => Some("write `retry = 2`".into()),
            "ignore" | "should_panic" => Some(format!(
                "`{word}` is an attribute of its own: `#[{word}]` below this one"
            )),
            _ => None,
        }
    }
}

/// Words for a test.
#[derive(Debug)]
pub(super) struct Tags(pub(super) Vec<LitStr>);

impl FromMeta for Tags {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        let tags = match meta {
            Meta::List(list) => list
                .parse_args_with(Punctuated::<LitStr, Token![,]>::parse_terminated)
                .ok(),
            _ => None,
        };
        match tags {
            Some(tags) if !tags.is_empty() => Ok(Tags(tags.into_iter().collect())),
            _ => Err(misfit(
                meta,
                "takes words in quotes: {}",
                "(\"db\", \"slow\")",
            )),
        }
    }
}

/// A time, in milliseconds; none of it is no limit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timeout(pub(super) u64);

impl FromMeta for Timeout {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        let time = match literal(meta) {
            Some(syn::Lit::Str(text)) => milliseconds(&text.value()),
            _ => None,
        };
        time.map(Timeout).ok_or_else(|| {
            misfit(
                meta,
                "takes a time in minutes, seconds or milliseconds, as in \"500ms\": {}",
                " = \"5s\"",
            )
        })
    }
}

fn milliseconds(text: &str) -> Option<u64> {
    let (number, unit) = text.split_at(text.find(|letter: char| !letter.is_ascii_digit())?);
    let in_milliseconds = match unit.trim_start() {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(in_milliseconds)
}

/// The name of a function: `on_retry = restart`.
#[derive(Clone, Debug)]
pub(super) struct FunctionName(pub(super) Path);

impl FromMeta for FunctionName {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        let path = match meta {
            Meta::NameValue(pair) => match &pair.value {
                Expr::Path(path) if path.attrs.is_empty() && path.qself.is_none() => {
                    Some(path.path.clone())
                }
                _ => None,
            },
            _ => None,
        };
        path.map(FunctionName)
            .ok_or_else(|| misfit(meta, "takes the name of a function: {}", " = …"))
    }
}

/// Names of functions: `before(sign_in, fill)`.
#[derive(Clone, Debug)]
pub(super) struct FunctionNames(pub(super) Vec<Path>);

impl FromMeta for FunctionNames {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        let names = match meta {
            Meta::List(list) => list
                .parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)
                .ok(),
            _ => None,
        };
        match names {
            Some(names) if !names.is_empty() => Ok(FunctionNames(names.into_iter().collect())),
            _ => Err(misfit(meta, "takes names of functions: {}", "(sign_in, …)")),
        }
    }
}
