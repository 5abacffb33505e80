//! Expansions survive whatever the user's module calls `Option`, `String` or `velocious`.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use super::{Case, expand, flattened};

/// Where an expansion may start a path.
const ROOTS: [&str; 3] = ["core", "std", "velocious"];

/// Words that are no part of a path: a `::` behind one of them starts one.
const KEYWORDS: [&str; 8] = ["as", "const", "dyn", "for", "impl", "let", "mut", "use"];

/// Whether nobody shadows a name by accident: an expansion's own blocks may import the door by its name, `__private`, and
/// the name of a linter is none that an item could have.
fn is_unshadowed(name: &str) -> bool {
    ["Self", "crate", "super", "clippy"].contains(&name) || name.starts_with("__")
}

#[test]
fn paths_that_are_not_the_users_are_absolute() {
    for case in Case::all("") {
        let written = names(case.source.parse().expect("tokens"));
        for path in relative_paths(case.expansion()) {
            assert!(
                written.contains(&path) || is_unshadowed(&path),
                "{}: `{path}::…` in the expansion is neither the user's nor absolute",
                case.name
            );
        }
        for root in absolute_paths(case.expansion()) {
            assert!(
                ROOTS.contains(&root.as_str()) || written.contains(&root),
                "{}: `::{root}` in the expansion",
                case.name
            );
        }
    }
}

#[test]
fn the_runtime_is_reached_through_the_private_door() {
    for case in Case::all("") {
        let tokens = texts(case.expansion());
        for at in tokens.windows(4) {
            if at[0] == "velocious" && at[1] == ":" {
                assert_eq!(at[3], "__private", "{}: {at:?}", case.name);
            }
        }
    }
}

#[test]
fn names_of_the_prelude_are_not_relied_on() {
    let prelude = [
        "Option",
        "Some",
        "None",
        "Result",
        "Ok",
        "Err",
        "String",
        "Vec",
        "Box",
        "Default",
        "Clone",
        "Debug",
        "Into",
        "From",
        "Iterator",
        "ToString",
        "vec",
        "format",
        "panic",
        "unreachable",
    ];
    for case in Case::all("") {
        let written = names(case.source.parse().expect("tokens"));
        let tokens = texts(case.expansion());
        for (at, token) in tokens.iter().enumerate() {
            let absolute = at > 0 && (tokens[at - 1] == ":" || tokens[at - 1] == ".");
            assert!(
                absolute || !prelude.contains(&token.as_str()) || written.contains(token),
                "{}: `{token}` in the expansion could be the user's",
                case.name
            );
        }
    }
}

#[test]
fn traits_are_not_needed_in_scope() {
    // The methods an expansion may call: those of the runtime's own types.
    let inherent = [
        "by",
        "called",
        "counted",
        "defaulted",
        "dependent",
        "distinct",
        "get",
        "guarded",
        "held_as",
        "inverse",
        "is_empty",
        "is_some",
        "has",
        "kept",
        "leads_to",
        "mount",
        "on",
        "push_str",
        "saying",
        "scoped",
        "then",
        "through",
        "touching",
        "touching_column",
        "translated",
        "typed",
        "unless_blank",
        "url",
    ];
    for case in Case::all("") {
        let written = names(case.source.parse().expect("tokens"));
        let trees = flattened(case.expansion());
        for at in trees.windows(3) {
            let [
                TokenTree::Punct(dot),
                TokenTree::Ident(method),
                TokenTree::Group(arguments),
            ] = at
            else {
                continue;
            };
            let method = method.to_string();
            if dot.as_char() == '.' && arguments.delimiter() == Delimiter::Parenthesis {
                assert!(
                    inherent.contains(&method.as_str())
                        || written.contains(&method)
                        // What the handles of other models call after a key, or after a model.
                        || method.ends_with("_id")
                        || method.ends_with("_type")
                        || method.ends_with("_count")
                        || written.contains(&velocious_naming::pascal(&method)),
                    "{}: `.{method}()` in the expansion may need a trait in scope",
                    case.name
                );
            }
        }
    }
}

#[test]
fn a_stub_is_as_clean_as_an_expansion() {
    let source = "#[derive(Model)] struct Task { id: i64, name: String, #[belongs_to] owner: BelongsTo<User> }";
    let (expansion, faults) = expand(source);
    assert!(!faults.is_empty());
    let written = names(source.parse().expect("tokens"));
    for path in relative_paths(expansion) {
        assert!(written.contains(&path) || is_unshadowed(&path), "{path}");
    }
}

/// The first names of paths of at least two that do not start with `::`.
fn relative_paths(tokens: TokenStream) -> Vec<String> {
    paths(tokens, false)
}

fn absolute_paths(tokens: TokenStream) -> Vec<String> {
    paths(tokens, true)
}

fn paths(tokens: TokenStream, absolute: bool) -> Vec<String> {
    let trees = &flattened(tokens);
    let mut found = Vec::new();
    for (at, tree) in trees.iter().enumerate() {
        let TokenTree::Ident(name) = tree else {
            continue;
        };
        let lifetime = at >= 1 && is_punct(trees, at - 1, '\'');
        let method = at >= 1 && is_punct(trees, at - 1, '.');
        if lifetime || method || KEYWORDS.contains(&name.to_string().as_str()) {
            continue;
        }
        let after_colons = at >= 2 && colons(trees, at - 2);
        // What stands before the colons: the rest of this path, or what ends before it.
        let continues = after_colons
            && match at.checked_sub(3).map(|before| &trees[before]) {
                Some(TokenTree::Ident(word)) => {
                    let lifetime = at >= 4 && is_punct(trees, at - 4, '\'');
                    !lifetime && !KEYWORDS.contains(&word.to_string().as_str())
                }
                Some(TokenTree::Punct(punct)) => punct.as_char() == '>' && !is_arrow(trees, at - 3),
                _ => false,
            };
        let fits = match absolute {
            true => after_colons,
            false => !after_colons && colons(trees, at + 1),
        };
        if fits && !continues {
            found.push(name.to_string());
        }
    }
    found
}

fn colons(trees: &[TokenTree], at: usize) -> bool {
    let joint =
        matches!(trees.get(at), Some(TokenTree::Punct(first)) if first.spacing() == Spacing::Joint);
    joint && is_punct(trees, at, ':') && is_punct(trees, at + 1, ':')
}

fn is_arrow(trees: &[TokenTree], at: usize) -> bool {
    at > 0 && (is_punct(trees, at - 1, '-') || is_punct(trees, at - 1, '='))
}

fn is_punct(trees: &[TokenTree], at: usize, character: char) -> bool {
    matches!(trees.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == character)
}

fn names(tokens: TokenStream) -> Vec<String> {
    let trees = flattened(tokens).into_iter();
    trees
        .filter_map(|tree| match tree {
            TokenTree::Ident(name) => Some(name.to_string()),
            _ => None,
        })
        .collect()
}

/// Names and punctuation, one character each.
fn texts(tokens: TokenStream) -> Vec<String> {
    let trees = flattened(tokens).into_iter();
    trees
        .filter(|tree| matches!(tree, TokenTree::Ident(_) | TokenTree::Punct(_)))
        .map(|tree| tree.to_string())
        .collect()
}
