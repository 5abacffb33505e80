//! What a statement does, from its first words: which connection may run it, and whether it may share a transaction.

/// What a statement does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    /// It only reads.
    Read,
    /// It changes rows, and may be committed together with others.
    Change,
    /// It changes the schema, or needs a transaction of its own.
    Define,
    /// It sets up the connection, or may not run in a transaction (`PRAGMA`, `VACUUM`, …).
    Setting,
    /// It begins or ends a transaction, which is not for statements to do.
    Transaction,
}

impl Verb {
    /// Looks at the first keyword; for `WITH`, at the keyword behind the common table expressions.
    pub(crate) fn of(sql: &str) -> Verb {
        let mut words = Words { rest: sql };
        match words.next() {
            Some(first) => Self::of_word(first, words),
            None => Verb::Read,
        }
    }

    fn of_word(first: &str, words: Words<'_>) -> Verb {
        let is = |keyword: &str| first.eq_ignore_ascii_case(keyword);
        match () {
            () if is("select") || is("values") || is("explain") => Verb::Read,
            () if is("with") => match words.into_iter().any(changes_rows) {
                true => Verb::Change,
                false => Verb::Read,
            },
            () if changes_rows(first) => Self::of_change(words),
            () if ["begin", "commit", "end", "rollback", "savepoint", "release"]
                .into_iter()
                .any(is) =>
            {
                Verb::Transaction
            }
            () if ["pragma", "vacuum", "attach", "detach"].into_iter().any(is) => Verb::Setting,
            () => Verb::Define,
        }
    }

    /// `INSERT OR ROLLBACK` would take the statements down with which it is committed.
    fn of_change(mut words: Words<'_>) -> Verb {
        let is =
            |word: Option<&str>, keyword| word.is_some_and(|w| w.eq_ignore_ascii_case(keyword));
        if is(words.next(), "or") && is(words.next(), "rollback") {
            Verb::Define
        } else {
            Verb::Change
        }
    }
}

fn changes_rows(word: &str) -> bool {
    ["insert", "update", "delete", "replace"]
        .into_iter()
        .any(|keyword| word.eq_ignore_ascii_case(keyword))
}

/// The bare words of a statement, outside of quotes and comments.
struct Words<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        loop {
            let first = self.rest.chars().next()?;
            if first.is_alphabetic() || first == '_' {
                let end = self
                    .rest
                    .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                    .unwrap_or(self.rest.len());
                let (word, rest) = self.rest.split_at(end);
                self.rest = rest;
                return Some(word);
            }
            let after = &self.rest[first.len_utf8()..];
            self.rest = match first {
                '-' if after.starts_with('-') => behind(after, "\n"),
                '/' if after.starts_with('*') => behind(&after[1..], "*/"),
                '\'' => behind(after, "'"),
                '"' => behind(after, "\""),
                '`' => behind(after, "`"),
                '[' => behind(after, "]"),
                _ => after,
            };
        }
    }
}

/// What comes after the first `end`; nothing when there is none.
fn behind<'a>(text: &'a str, end: &str) -> &'a str {
    text.split_once(end).map_or("", |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_keyword_decides() {
        for (sql, verb) in [
            ("SELECT * FROM insert_log", Verb::Read),
            (" \n-- insert\n/* delete */ select 1", Verb::Read),
            ("VALUES (1)", Verb::Read),
            ("EXPLAIN QUERY PLAN DELETE FROM t", Verb::Read),
            ("insert into t values ('select') returning id", Verb::Change),
            ("UPDATE t SET a = 1", Verb::Change),
            ("REPLACE INTO t VALUES (1)", Verb::Change),
            ("INSERT OR IGNORE INTO t VALUES (1)", Verb::Change),
            ("INSERT OR ROLLBACK INTO t VALUES (1)", Verb::Define),
            ("CREATE TABLE t (id INTEGER)", Verb::Define),
            ("PRAGMA user_version", Verb::Setting),
            ("VACUUM", Verb::Setting),
            ("BEGIN", Verb::Transaction),
            ("rollback to s", Verb::Transaction),
            ("", Verb::Read),
        ] {
            assert_eq!(Verb::of(sql), verb, "{sql}");
        }
    }

    #[test]
    fn with_is_decided_by_what_follows() {
        assert_eq!(
            Verb::of(
                "WITH a AS (SELECT 'delete', \"update\", [insert], `replace`) SELECT * FROM a"
            ),
            Verb::Read
        );
        assert_eq!(
            Verb::of("WITH a AS (SELECT 1) DELETE FROM t WHERE id IN a"),
            Verb::Change
        );
        assert_eq!(
            Verb::of("with deleted as (select 1) select * from deleted"),
            Verb::Read
        );
    }
}
