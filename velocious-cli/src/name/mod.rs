//! The names in a request, checked and in all the spellings that templates need.
//!
//! * [`ModelName`], [`ControllerName`], [`MigrationName`]: one type for each kind of name.
//! * [`package`]: what Cargo accepts as the name of an application.

mod controller;
mod migration;
mod model;
pub(crate) mod package;

pub(crate) use controller::ControllerName;
pub(crate) use migration::{Intention, MigrationName};
pub(crate) use model::ModelName;

use velocious_naming::is_rust_keyword;

use crate::failure::{Failure, Outcome};

/// Checks that `word`, which names a `what`, is made of letters, digits, `_` and `-`, and starts with a letter.
fn check_letters(word: &str, what: &str) -> Outcome {
    if word.is_empty() {
        return Err(Failure::usage(format!("the {what} needs a name")));
    }
    if let Some(odd) = word
        .chars()
        .find(|letter| !(letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-')))
    {
        let cure = match odd {
            '/' | ':' | '.' => {
                "; names inside a folder or namespace are not generated yet, so write a single name"
            }
            _ => "; use letters, digits and `_`",
        };
        return Err(Failure::usage(format!(
            "`{word}` cannot name a {what}: it contains `{odd}`{cure}"
        )));
    }
    if !word.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        return Err(Failure::usage(format!(
            "`{word}` cannot name a {what}: it has to start with a letter"
        )));
    }
    Ok(())
}

/// Checks that `identifier`, which came from `word` naming a `what`, is not one of Rust's own words.
fn check_keyword(identifier: &str, word: &str, what: &str) -> Outcome {
    if !is_rust_keyword(identifier) {
        return Ok(());
    }
    let instead = match identifier {
        "type" => "kind",
        "mod" => "module",
        "ref" => "reference",
        "fn" => "function",
        "move" => "step",
        "box" => "container",
        "use" => "usage",
        "match" => "game",
        "gen" => "generation",
        _ => "",
    };
    let cure = if instead.is_empty() {
        "; choose another name".to_owned()
    } else {
        format!("; `{instead}` is a common choice instead")
    };
    Err(Failure::usage(format!(
        "`{word}` cannot name a {what}: `{identifier}` is a keyword of Rust{cure}"
    )))
}

/// Checks a name that becomes an identifier as it stands, such as a field's or an action's.
pub(crate) fn check_identifier(word: &str, what: &str) -> Outcome {
    check_letters(word, what)?;
    check_keyword(word, word, what)?;
    let snake = velocious_naming::snake(word);
    if snake != word {
        return Err(Failure::usage(format!(
            "`{word}` cannot name a {what}: write it in snake case, `{snake}`"
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check_identifier;

    #[test]
    fn identifiers_are_checked_with_a_cure() {
        assert!(check_identifier("due_on", "field").is_ok());
        for (word, part) in [
            ("", "needs a name"),
            ("type", "`kind` is a common choice"),
            ("yield", "keyword of Rust; choose another"),
            ("dueOn", "snake case, `due_on`"),
            ("due-on", "snake case, `due_on`"),
            ("2nd", "start with a letter"),
            ("a b", "contains ` `"),
            ("ä", "contains `ä`"),
            ("a::b", "a single name"),
        ] {
            let message = check_identifier(word, "field")
                .expect_err(word)
                .message()
                .to_owned();
            assert!(
                message.contains(part),
                "`{message}` should contain `{part}`"
            );
        }
    }
}
