//! Mistakes in `t!`.

use proc_macro2::TokenStream;

use super::super::assert_mistakes;
use crate::message;

#[test]
fn a_message_is_one_of_the_catalogues() {
    assert_mistakes(
        r#"t!("Helo")"#,
        &[(
            r#""Helo""#,
            "no catalogue has the message `Helo`; did you mean `Hello`?",
        )],
    );
    assert_mistakes(
        r#"t!("Something \"else\" entirely")"#,
        &[(
            r#""Something \"else\" entirely""#,
            "no catalogue has the message `Something \"else\" entirely`; add it to `locales/de.po` or `locales/en.po`, \
             a line for each word: `msgid \"Something \\\"else\\\" entirely\" msgstr \"\"`",
        )],
    );
    assert_mistakes(
        r#"t!("Open")"#,
        &[(
            r#""Open""#,
            "no catalogue has the message `Open`; it is there in the context `menu`: `t!(context = \"menu\", …)`",
        )],
    );
    assert_mistakes(
        r#"t!(context = "menu", "Hello")"#,
        &[(
            r#""Hello""#,
            "no catalogue has the message `Hello` in the context `menu`; it is there without a context: leave out \
             `context = …`",
        )],
    );
}

#[test]
fn what_is_filled_in_is_given_once() {
    assert_mistakes(
        r#"t!("Hello %{user_name}")"#,
        &[(
            r#""Hello %{user_name}""#,
            "the message has `%{user_name}`; add `user_name = …`",
        )],
    );
    // One slip is one mistake.
    assert_mistakes(
        r#"t!("Hello %{user_name}", user_nmae = "Ada")"#,
        &[(
            "user_nmae",
            "the message has no `%{user_nmae}`; did you mean `user_name`?",
        )],
    );
    assert_mistakes(
        r#"t!("Hello", name = "Ada")"#,
        &[(
            "name",
            "the message has no `%{name}`; write `%{name}` where it belongs, or leave it out",
        )],
    );
    assert_mistakes(
        r#"t!("Hello %{user_name}", user_name = 1, user_name)"#,
        &[("user_name", "`user_name` is given already")],
    );
}

#[test]
fn counted_messages_have_a_count() {
    assert_mistakes(
        r#"t!("One task", "%{n} tasks")"#,
        &[(
            r#""One task""#,
            "how many there are is missing; add `n = …`, a whole number",
        )],
    );
    assert_mistakes(
        r#"t!("One task")"#,
        &[(
            r#""One task""#,
            "`locales/de.po` counts this message: add \"%{n} tasks\" behind it, and `n = …`",
        )],
    );
    assert_mistakes(
        r#"t!("One task", "%{n} things", n = 1)"#,
        &[(
            r#""%{n} things""#,
            "for several, `locales/de.po` calls this message `%{n} tasks`; write that here, or this there",
        )],
    );
    assert_mistakes(
        r#"t!("Hello", "Hello all", n = 1)"#,
        &[(
            r#""Hello all""#,
            "`locales/de.po` does not count this message: give a value its name, as in `name = …`; or, if this is the \
             message for several, add it there as `msgid_plural`, and the forms as `msgstr[0]`, …",
        )],
    );
}

#[test]
fn the_form_is_that_of_a_call() {
    assert_mistakes(
        r#"t!(greeting)"#,
        &[(
            "greeting",
            "a message is a text in quotes, so that it can be looked up while this compiles; `velocious::message::find` \
             looks up any text",
        )],
    );
    assert_mistakes(
        r#"t!("Hello %{user_name}", user.name)"#,
        &[(
            ".",
            "write `user = …`, or `user` alone for a variable of that name",
        )],
    );
    assert_mistakes(
        r#"t!("Hello %{user_name}", &name)"#,
        &[(
            "&name",
            "a value without a name; give it the name that it has in the message, as in `t!(\"Hello %{name}\", name = …)`",
        )],
    );
    assert_mistakes(
        r#"t!(user_name = "Ada", "Hello %{user_name}")"#,
        &[(
            "user_name",
            "the message comes first: `t!(\"Hello %{name}\", name = …)`",
        )],
    );
    assert_mistakes(
        r#"t!("%{user name}")"#,
        &[
            (
                r#""%{user name}""#,
                "no catalogue has the message `%{user name}`; add it to `locales/de.po` or `locales/en.po`, a line for \
                 each word: `msgid \"%{user name}\" msgstr \"\"`",
            ),
            (
                r#""%{user name}""#,
                "`%{user name}` is nothing that can be filled in; write a name in the braces, as in `%{name}`",
            ),
        ],
    );
}

#[test]
fn without_catalogues_any_message_will_do() {
    let said = |source: &str| {
        let tokens: TokenStream = source.parse().expect("tokens");
        let (_, faults) = message::among(None, tokens);
        let faults = faults.into_vec().into_iter();
        faults.map(|fault| fault.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(said(r#""Anything at all""#), [] as [&str; 0]);
    assert_eq!(
        said(r#""Anything %{named}""#),
        ["the message has `%{named}`; add `named = …`"]
    );
}
