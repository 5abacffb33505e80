//! What catalogues say, and what is said of those that say nothing.

use super::Catalogues;
use super::placeholders::placeholders;
use super::plural::Rule;
use super::po::{Entry, parse};

const POLISH: &str =
    "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);";

fn mistakes(text: &str) -> Vec<(usize, String)> {
    parse(text).1
}

#[track_caller]
fn assert_mistake(text: &str, line: usize, reason: &str) {
    assert_eq!(mistakes(text), [(line, reason.to_owned())], "{text}");
}

#[test]
fn a_file_is_read_whole() {
    let text = "\u{feff}# The shop in German.\r\n\
        msgid \"\"\r\n\
        msgstr \"\"\r\n\
        \"Content-Type: text/plain; charset=UTF-8\\n\"\r\n\
        \"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\r\n\
        \r\n\
        #: src/views/home.rs:3\r\n\
        msgid \"Hello \"\r\n\
        \"%{name}\"\r\n\
        msgstr \"Hallo\\n\\t\\\"%{name}\\\"\\\\\"\r\n\
        msgctxt \"menu\"\r\n\
        msgid\"Open\"\r\n\
        msgstr   \"Öffnen\"  \r\n\
        #, fuzzy, c-format\r\n\
        #| msgid \"Open\"\r\n\
        msgid \"Open\"\r\n\
        msgstr \"Offen\"\r\n\
        msgid \"One task\"\r\n\
        msgid_plural \"%{n} tasks\"\r\n\
        msgstr[0] \"Eine Aufgabe\"\r\n\
        msgstr[1] \"%{n} Aufgaben\"\r\n\
        msgid \"Later\"\r\n\
        msgstr \"\"\r\n\
        #~ msgid \"Gone\"\r\n\
        #~ msgstr \"Weg\"\r\n";
    let (po, mistakes) = parse(text);
    assert_eq!(mistakes, []);
    let entry = |context: Option<&str>, id: &str, plural: Option<&str>, forms: &[&str]| Entry {
        context: context.map(str::to_owned),
        id: id.to_owned(),
        plural: plural.map(str::to_owned),
        forms: forms.iter().map(|form| (*form).to_owned()).collect(),
    };
    assert_eq!(
        po.entries,
        [
            entry(None, "Hello %{name}", None, &["Hallo\n\t\"%{name}\"\\"]),
            entry(Some("menu"), "Open", None, &["Öffnen"]),
            entry(None, "Open", None, &[]),
            entry(
                None,
                "One task",
                Some("%{n} tasks"),
                &["Eine Aufgabe", "%{n} Aufgaben"]
            ),
            entry(None, "Later", None, &[]),
        ]
    );
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    assert_mistake(
        "msgid \"a\nmsgstr \"\"",
        1,
        "the quote at the end of the text is missing",
    );
    assert_mistake("msgid \"a\"\nmsgstr b", 2, "a text in quotes is missing");
    assert_mistake(
        "\"a\"",
        1,
        "a text that belongs to nothing; write `msgid` or `msgstr` before it",
    );
    assert_mistake("msgstr \"a\"", 1, "`msgstr` without a `msgid` before it");
    assert_mistake(
        "mgsid \"a\"",
        1,
        "a catalogue has no line `mgsid`; did you mean `msgid`?",
    );
    assert_mistake(
        "\nmsgid \"a\"\n\nmsgid \"b\"\nmsgstr \"\"",
        2,
        "a message without `msgstr`; write `msgstr \"\"` while it is not translated",
    );
    assert_mistake(
        "msgid \"a\"\nmsgstr \"1\"\nmsgid \"a\"\nmsgstr \"2\"",
        3,
        "`a` is in line 1 already; keep one of them",
    );
    assert_mistake(
        "msgid \"a\"\nmsgstr \"a \"quoted\" word\"",
        2,
        "something follows the text; write `\\\"` for a quote that belongs to it",
    );
    assert_mistake(
        "msgid \"\\q\"\nmsgstr \"\"",
        1,
        "`\\q` is unknown; there is `\\n`, `\\t`, `\\r`, `\\\"` and `\\\\`",
    );
    assert_mistake(
        "msgid \"a %{name}\"\nmsgstr \"b %{nmae}\"",
        1,
        "`a %{name}` has no placeholder `nmae`; did you mean `name`?",
    );
    assert_mistake(
        "msgid \"a %{the name}\"\nmsgstr \"\"",
        1,
        "`%{the name}` is nothing that can be filled in; write a name in the braces, as in `%{name}`",
    );
    assert_mistake(
        "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"",
        1,
        "`msgstr[1]` is missing; the language has 2 forms, by its header `Plural-Forms`",
    );
    assert_mistake(
        "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\nmsgstr[1] \"d\"\nmsgstr[2] \"e\"",
        1,
        "`msgstr[2]` is one too many; the language has 2 forms, by its header `Plural-Forms`",
    );
    assert_mistake(
        "msgid \"a\"\nmsgstr[0] \"c\"\nmsgstr \"c\"",
        2,
        "`msgstr[0]` is for messages with a `msgid_plural`; write `msgstr`",
    );
    assert_mistake(
        "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=ISO-8859-1\\n\"",
        1,
        "the header says `charset=iso-8859-1`; save the file as UTF-8 and say so",
    );
    assert_mistake(
        "msgid \"\"\nmsgstr \"Plural-Forms: nplurals=2; plural=n;\\n\"",
        1,
        "`Plural-Forms`: for n = 2 it chooses form 2, and `nplurals=2` has none of that number",
    );
}

#[test]
fn files_are_named_after_languages() {
    let mut catalogues = Catalogues::default();
    for name in ["de", "pt_BR", "zh-Hant-TW", "pt-BR", "deutsch", "d", ""] {
        catalogues.read(name, &format!("locales/{name}.po"), "");
    }
    let locales: Vec<_> = catalogues
        .list
        .iter()
        .map(|it| it.locale.as_str())
        .collect();
    assert_eq!(locales, ["de", "pt-BR", "zh-Hant-TW"]);
    assert_eq!(catalogues.mistakes.len(), 4, "{:?}", catalogues.mistakes);
    assert_eq!(
        catalogues.mistakes[0],
        "`locales/pt-BR.po` and `locales/pt_BR.po` are the same language; keep one of them"
    );
    assert!(catalogues.mistakes[1].contains("named after no language"));
}

#[test]
fn rules_choose_as_c_does() {
    let forms = |rule: &str, counts: &[u64]| {
        let rule = Rule::parse(rule).expect("a rule");
        counts
            .iter()
            .map(|count| rule.choice.of(*count))
            .collect::<Vec<_>>()
    };
    assert_eq!(forms("nplurals=1; plural=0;", &[0, 1, 2]), [0, 0, 0]);
    assert_eq!(forms("nplurals=2; plural=n>1", &[0, 1, 2]), [0, 0, 1]);
    assert_eq!(
        forms(POLISH, &[0, 1, 2, 4, 5, 11, 12, 21, 22, 25, 112, 122]),
        [2, 0, 1, 1, 2, 2, 2, 2, 1, 2, 2, 1]
    );
    // Arabic, with six forms.
    let arabic = "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;";
    assert_eq!(
        forms(arabic, &[0, 1, 2, 3, 10, 11, 99, 100, 103]),
        [0, 1, 2, 3, 3, 4, 4, 5, 3]
    );
    // How tightly operators bind, and that those of a kind go from left to right.
    assert_eq!(forms("nplurals=9; plural=8-3-2+1*2", &[0]), [5]);
    assert_eq!(
        forms("nplurals=2; plural=!n||n==5&&n<4", &[0, 3, 5]),
        [1, 0, 0]
    );
    assert_eq!(forms("nplurals=2; plural=n/0+n%0", &[7]), [0]);
}

#[test]
fn rules_that_are_none_are_refused() {
    for (rule, reason) in [
        ("", "write both, as in `nplurals=2; plural=(n != 1);`"),
        (
            "nplurals=2",
            "write both, as in `nplurals=2; plural=(n != 1);`",
        ),
        (
            "nplurals=0; plural=0",
            "`nplurals` has to be a number from 1 to 16",
        ),
        ("forms=2", "`forms=2` says nothing about plurals"),
        ("nplurals=2; plural=(n", "`)` is wanted at its end"),
        ("nplurals=2; plural=n m", "`m` is not expected there"),
        ("nplurals=2; plural=x", "`n` or a number is wanted, not `x`"),
        ("nplurals=2; plural=", "it ends too early"),
        (
            "nplurals=2; plural=99999999999999999999",
            "a number is too large",
        ),
    ] {
        assert_eq!(Rule::parse(rule).expect_err(rule), reason, "{rule}");
    }
    for deep in ["(", "!", "n?", "n?0:"] {
        let rule = format!("nplurals=2; plural={}n", deep.repeat(100_000));
        assert_eq!(
            Rule::parse(&rule).expect_err(deep),
            "the expression is too deep"
        );
    }
}

#[test]
fn placeholders_are_found() {
    let names = |text| placeholders(text).map(|names| names.into_iter().collect::<Vec<_>>());
    assert_eq!(names("%{a} %{b_2} 100% {c} %{a}"), Ok(vec!["a", "b_2"]));
    assert_eq!(names("%{a"), Err("%{a"));
    assert_eq!(names("é %{é} "), Err("%{é}"));
    assert_eq!(names("%{}"), Err("%{}"));
    assert_eq!(names("%{1}"), Err("%{1}"));
}

/// Changed catalogues: each is read or refused, and none makes a compiler panic.
#[test]
fn catalogues_withstand_changes() {
    let sound = format!(
        "msgid \"\"\nmsgstr \"Plural-Forms: {POLISH}\\n\"\n\n#, fuzzy\nmsgctxt \"a\"\nmsgid \"%{{n}} é\"\nmsgid_plural \"b\"\n\
         msgstr[0] \"c\"\nmsgstr[1] \"\\\"d\\\\\"\nmsgstr[2] \"e\"\n\"f\"\n"
    );
    let parts = [
        "\"", "\\", "%{", "}", "msgid ", "msgstr[", "]", "#", "\n", "é", "(", "?", ":", "n", "99",
        "=", "\u{0}",
    ];
    let mut state = 1_u64;
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % limit.max(1) as u64) as usize
    };
    for _ in 0..3_000 {
        let mut text: Vec<char> = sound.chars().collect();
        for _ in 0..1 + below(4) {
            let at = below(text.len());
            let end = (at + below(6)).min(text.len());
            text.splice(at..end, parts[below(parts.len())].chars());
        }
        let text: String = text.into_iter().collect();
        let (_, _) = parse(&text);
    }
}
