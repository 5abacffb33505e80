//! `routes!` and `#[controller]` on what nobody means: they answer everything with mistakes, and never panic.
//!
//! `VELOCIOUS_SEED` begins with another seed, `VELOCIOUS_CASES` takes another number of cases.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

/// Words of statements, and some that are none.
const WORDS: [&str; 40] = [
    "root",
    "get",
    "post",
    "put",
    "patch",
    "delete",
    "match",
    "resources",
    "resource",
    "namespace",
    "concern",
    "concerns",
    "redirect",
    "mount",
    "only",
    "except",
    "controller",
    "on",
    "member",
    "collection",
    "as",
    "status",
    "index",
    "show",
    "create",
    "tasks",
    "posts",
    "id",
    "i64",
    "self",
    "crate",
    "r#type",
    "_",
    "base",
    "before",
    "after",
    "around",
    "rescue",
    "skip",
    "head",
];

const TEXTS: [&str; 18] = [
    "",
    "/",
    "//",
    "/a",
    "a/b",
    "/{id}",
    "/{id: i64}",
    "/{*rest}",
    "/{*rest}/a",
    "/{",
    "/}",
    "/{}",
    "/{id:}",
    "/{id: Vec<}",
    "/é/{ü}",
    "https://example.org/{id}",
    "/a?b#c",
    "/{a}/{a}",
];

/// SplitMix64: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn tokens(&mut self, depth: usize) -> TokenStream {
        let length = self.below(14);
        (0..length).flat_map(|_| self.tree(depth)).collect()
    }

    fn tree(&mut self, depth: usize) -> Vec<TokenTree> {
        match self.below(20) {
            0..10 => {
                let word = WORDS[self.below(WORDS.len())];
                let ident = match word.strip_prefix("r#") {
                    Some(raw) => Ident::new_raw(raw, Span::call_site()),
                    None => Ident::new(word, Span::call_site()),
                };
                vec![ident.into()]
            }
            10..13 => vec![Literal::string(TEXTS[self.below(TEXTS.len())]).into()],
            13 => vec![Literal::u64_unsuffixed([0, 7, 301, 302, u64::MAX][self.below(5)]).into()],
            14 => joint("=>"),
            15 => joint("::"),
            16 => joint([";", ";", ",", "=", "#", "-", ":"][self.below(7)]),
            _ if depth == 0 => joint(";"),
            _ => {
                let delimiter = [
                    Delimiter::Brace,
                    Delimiter::Brace,
                    Delimiter::Parenthesis,
                    Delimiter::Bracket,
                    Delimiter::None,
                ][self.below(5)];
                vec![Group::new(delimiter, self.tokens(depth - 1)).into()]
            }
        }
    }
}

fn joint(text: &str) -> Vec<TokenTree> {
    let count = text.len();
    let letters = text.chars().enumerate();
    letters
        .map(|(index, letter)| {
            let spacing = match index + 1 < count {
                true => Spacing::Joint,
                false => Spacing::Alone,
            };
            Punct::new(letter, spacing).into()
        })
        .collect()
}

#[test]
fn macros_answer_everything_and_never_panic() {
    let number = |name: &str, usual| {
        let given = std::env::var(name).ok();
        given.map_or(usual, |given| given.parse().expect("a number"))
    };
    let block: TokenStream = "impl TasksController { pub async fn index(ctx: Context) {} async fn id(ctx: &Context) {} }"
        .parse()
        .expect("tokens");
    let (mut sound, mut wrong) = (0, 0);
    let first = number("VELOCIOUS_SEED", 1);
    for seed in first..first + number("VELOCIOUS_CASES", 5_000) {
        let tokens = Random(seed).tokens(3);
        let shown = tokens.to_string();
        let outcome = std::panic::catch_unwind(|| {
            let (expansion, faults) = crate::routes::function_like(tokens.clone());
            if faults.is_empty() {
                // What is said to be right has to be Rust.
                syn::parse2::<syn::File>(expansion).expect("Rust");
            }
            let (_, _) = crate::controller::attribute(tokens, block.clone());
            faults.is_empty()
        });
        match outcome {
            Ok(true) => sound += 1,
            Ok(false) => wrong += 1,
            Err(_) => panic!("seed {seed}: a macro panicked on `{shown}`"),
        }
    }
    println!("{sound} inputs without a mistake, {wrong} with some");
    assert!(wrong > sound && sound > 10);
}
