//! No string that the library is given becomes SQL: each is stored, found and named as it is, or refused in words.

use velocious::database::{DatabaseError, Db, Dialect};
use velocious::migration::Migrator;
use velocious::prelude::*;
use velocious::query::{Direction, Order};
use velocious::value::{Value, ValueKind};

use crate::claim::claim;
use crate::database::{Server, create};
use crate::random::Random;

/// Text that has become SQL somewhere, some day.
const CORPUS: &[&str] = &[
    "' OR '1'='1",
    "' OR 1=1 -- ",
    "'; DROP TABLE notes; -- ",
    "\"; DROP TABLE notes; -- ",
    "`; DROP TABLE notes; -- ",
    "'); DELETE FROM secrets; -- ",
    "') OR ('a'='a",
    "1; DROP TABLE secrets",
    "1 OR 1=1",
    "' UNION SELECT value FROM secrets -- ",
    "\\",
    "\\'",
    "\\\\'",
    "\\' OR 1=1 -- ",
    "\\\"",
    "''",
    "'",
    "\"",
    "`",
    "```",
    "\"\"",
    "--",
    "-- ",
    "/*",
    "*/",
    "/* ' */",
    "#",
    ";",
    "?",
    "??",
    "$1",
    "$2",
    ":name",
    "@value",
    "@@version",
    "{}",
    "%s",
    "%27",
    "%",
    "_",
    "\\%",
    "\\_",
    "%%%",
    "[",
    "[^a]",
    "]",
    "*",
    "[*]",
    "^",
    "|",
    "||",
    "' || (SELECT value FROM secrets) || '",
    "E'\\''",
    "$$",
    "$tag$ x $tag$",
    "U&'\\0027'",
    "X'27'",
    "0x27",
    "CHAR(39)",
    "NULL",
    "null",
    "DEFAULT",
    "TRUE",
    "1e999",
    "NaN",
    "-1",
    "0",
    " ",
    "",
    "\t",
    "\n",
    "\r\n",
    "a\nb",
    "\u{1}",
    "\u{8}",
    "\u{7f}",
    "\u{a0}",
    "\u{2018}",
    "\u{2019}",
    "\u{ff07}",
    "\u{2bc}",
    "\u{bf}'",
    "\u{bf}\\'",
    "\u{fffd}",
    "\u{feff}",
    "\u{202e}",
    "e\u{301}",
    "\u{e9}",
    "ß",
    "İ",
    "🦀'",
    "日本語'; --",
    "a\0b",
    "\0",
    "'\0'",
    "waitfor delay '0:0:5'",
    "'; SELECT pg_sleep(5); --",
    "' AND SLEEP(5) AND '",
    "RANDOMBLOB(1000000000)",
    "load_extension('x')",
    "into outfile '/tmp/x'",
    "id",
    "notes",
    "notes.text",
    "\"notes\".\"text\"",
    "(SELECT 1)",
    "CASE WHEN 1=1 THEN 1 END",
    "text = text",
    "a' AND 'a'='a",
    "\u{10ffff}",
];

/// A text.
#[derive(Debug, Clone, PartialEq, Model)]
struct Note {
    pub id: i64,
    pub text: String,
    pub memo: Option<String>,
    pub parent_id: Option<i64>,

    #[belongs_to(key = parent_id)]
    pub parent: BelongsTo<Note>,
    pub record: RecordState,
}

/// Has a text for its key.
#[derive(Debug, Clone, PartialEq, Model)]
struct Word {
    #[model(primary_key)]
    pub text: String,
    pub uses: i64,
    pub record: RecordState,
}

const TABLES: &str = "
    CREATE TABLE notes ({id}, text TEXT NOT NULL, memo TEXT, parent_id BIGINT);
    CREATE TABLE words (text VARCHAR(190) PRIMARY KEY NOT NULL, uses BIGINT NOT NULL);
    CREATE TABLE secrets ({id}, value VARCHAR(50) NOT NULL);
    INSERT INTO secrets (id, value) VALUES (1, 'unharmed');
";

/// Tries every text of the corpus, and so many that are made of them.
///
/// # Errors
/// What was not as promised.
pub async fn run(server: &Server, seed: u64, made: u64) -> Result<String> {
    server
        .with_database(async |db| {
            create(&db, TABLES).await?;
            let before = schema(&db).await?;
            let mut random = Random::new(seed);
            let mut texts: Vec<String> = CORPUS.iter().map(|text| (*text).to_owned()).collect();
            for _ in 0..made {
                let parts = 2 + random.below(3);
                let parts: Vec<&str> = (0..parts).map(|_| *random.pick(CORPUS)).collect();
                texts.push(parts.concat());
            }
            texts.sort();
            texts.dedup();
            let mut stored = Vec::new();
            let (mut taken, mut refused) = (0_u32, 0_u32);
            for text in &texts {
                match tried(&db, text, &mut stored).await {
                    Ok(()) => taken += 1,
                    Err(error) => {
                        is_refused_in_words(&db, text, error)?;
                        refused += 1;
                    }
                }
                let after = schema(&db).await?;
                claim(after == before, || {
                    format!("{text:?} has changed the database: {after}\nbefore: {before}")
                })?;
            }
            compared(&db, &stored).await?;
            // Making tables takes servers long: without texts that are made, every fifth one is enough.
            let step = if made == 0 { 5 } else { 1 };
            let names = texts.iter().filter(|text| text.len() < 60);
            for text in names.step_by(step) {
                named(&db, text).await?;
            }
            let after = schema(&db).await?;
            claim(after == before, || {
                format!("names have changed the database: {after}")
            })?;
            Ok(format!(
                "{taken} texts taken as they are, {refused} refused in words, nothing else changed"
            ))
        })
        .await
}

/// Only a text with a zero in it is refused, by PostgreSQL, which cannot hold one.
fn is_refused_in_words(db: &Db, text: &str, error: Error) -> Result<()> {
    let is_typed = error.downcast_ref::<DatabaseError>().is_some();
    match db.dialect() == Dialect::Postgres && text.contains('\0') && is_typed {
        true => Ok(()),
        false => Err(Error::message(format!("{text:?}: {error:?}"))),
    }
}

/// Stores a text in every way there is, and finds it by every comparison.
async fn tried(db: &Db, text: &str, stored: &mut Vec<(i64, String)>) -> Result<()> {
    let mut note = Note {
        text: text.to_owned(),
        memo: Some(text.to_owned()),
        ..Note::new()
    };
    note.save(db).await?;
    let id = note.id;
    stored.push((id, text.to_owned()));
    let read = Note::find(db, id).await?;
    claim(
        (&*read.text, read.memo.as_deref()) == (text, Some(text)),
        || format!("{text:?} was stored as {:?}", read.text),
    )?;
    let only = |found: Vec<i64>, how: &str| {
        claim(found == [id], || {
            format!("{how} {text:?} found {found:?}, and it is {id}")
        })
    };
    let value = || Value::Text(text.to_owned());
    only(Note::filter(|n| n.text().eq(text)).ids(db).await?, "eq")?;
    only(
        Note::filter(|n| n.memo().is_in([text])).ids(db).await?,
        "is_in",
    )?;
    only(
        Note::filter(|n| n.text().between(text, text))
            .ids(db)
            .await?,
        "between",
    )?;
    only(
        Note::filter_sql("notes.text = ?", [value()])
            .ids(db)
            .await?,
        "filter_sql",
    )?;
    let many = (0..300)
        .map(|number| format!("{text}{number}#"))
        .chain([text.to_owned()]);
    only(
        Note::filter(|n| n.text().is_in(many)).ids(db).await?,
        "is_in of many",
    )?;
    let rest = Note::filter(|n| n.text().ne(text)).count(db).await?;
    let others = u64::try_from(stored.len() - 1)?;
    claim(rest == others, || {
        format!("ne {text:?} found {rest} of {others}")
    })?;
    let sql = "CASE WHEN notes.text = ? THEN 0 ELSE 1 END";
    let ordered = Note::order(|n| {
        (
            Order::sql(sql, [value()], Direction::Ascending),
            n.id().asc(),
        )
    });
    only(ordered.limit(1).ids(db).await?, "an order by")?;
    let grouped = Note::group(|n| n.text()).having(|n| n.text().max().eq(text));
    let grouped = grouped.pluck(|n| n.text()).load(db).await?;
    claim(grouped == [text], || {
        format!("having {text:?} found {grouped:?}")
    })?;

    let rows = Note::filter(|n| n.id().eq(id));
    rows.update_all(db, |n| [n.memo().set(Some(format!("{text}!")))])
        .await?;
    let memo = Note::filter(|n| n.id().eq(id))
        .pluck(|n| n.memo())
        .first(db)
        .await?;
    claim(memo == Some(Some(format!("{text}!"))), || {
        format!("update_all has made {memo:?} of {text:?}")
    })?;
    note.reload(db).await?;
    note.memo = Some(text.to_owned());
    note.save(db).await?;
    Note::insert_multiple(
        db,
        |n| (n.text(), n.memo()),
        [(format!("{text}·"), Some(text.to_owned()))],
    )
    .await?;
    let inserted = Note::filter(|n| n.text().eq(format!("{text}·")))
        .delete_all(db)
        .await?;
    claim(inserted == 1, || {
        format!("insert_multiple has stored {inserted} of {text:?}")
    })?;
    as_a_key(db, text).await
}

/// The text as a primary key.
async fn as_a_key(db: &Db, text: &str) -> Result<()> {
    let changes = |uses| WordChanges { uses: Some(uses) };
    let absent = Word::find(db, text.to_owned()).await.err();
    claim(absent.as_ref().is_some_and(Error::is_not_found), || {
        format!("nothing has the key {text:?}, and find answers {absent:?}")
    })?;
    let mut word = Word::new();
    word.text = text.to_owned();
    word.save(db).await?;
    word.update(db, changes(7)).await?;
    let found = Word::find(db, text.to_owned()).await?;
    claim((found.text.as_str(), found.uses) == (text, 7), || {
        format!("{text:?} is {found:?}")
    })?;
    word.destroy(db).await
}

/// Compares every text with every other, by order and by pattern, in the database and in memory.
async fn compared(db: &Db, stored: &[(i64, String)]) -> Result<()> {
    for (_, text) in stored {
        let wanted = |meets: &dyn Fn(&str) -> bool| {
            let found = stored.iter().filter(|(_, stored)| meets(stored));
            found.map(|(id, _)| *id).collect::<Vec<_>>()
        };
        let by_id = |query: velocious::query::Query<Note>| query.order(|n| n.id());
        let less = by_id(Note::filter(|n| n.text().lt(text))).ids(db).await?;
        claim(less == wanted(&|stored| stored < text.as_str()), || {
            format!("lt {text:?} found {less:?}")
        })?;
        // SQLite's patterns end at a zero.
        if db.dialect() == Dialect::Sqlite && text.contains('\0') {
            continue;
        }
        let ends_early = |id: &i64| {
            db.dialect() == Dialect::Sqlite
                && stored
                    .iter()
                    .any(|(it, text)| it == id && text.contains('\0'))
        };
        let same = |mut found: Vec<i64>, mut wanted: Vec<i64>, how: &str| {
            found.retain(|id| !ends_early(id));
            wanted.retain(|id| !ends_early(id));
            claim(found == wanted, || {
                format!("{how} {text:?} found {found:?} and should {wanted:?}")
            })
        };
        let found = by_id(Note::filter(|n| n.text().contains(text)))
            .ids(db)
            .await?;
        same(
            found,
            wanted(&|stored| stored.contains(text.as_str())),
            "contains",
        )?;
        let found = by_id(Note::filter(|n| n.text().starts_with(text)))
            .ids(db)
            .await?;
        same(
            found,
            wanted(&|stored| stored.starts_with(text.as_str())),
            "starts_with",
        )?;
        let found = by_id(Note::filter(|n| n.text().ends_with(text)))
            .ids(db)
            .await?;
        same(
            found,
            wanted(&|stored| stored.ends_with(text.as_str())),
            "ends_with",
        )?;
        let found = by_id(Note::filter(|n| n.text().like(text))).ids(db).await?;
        let like = wanted(&|stored| crate::chains::like(stored, text));
        same(found, like, "like")?;
        // Which letters are the same in another case is for each database to say; that it is asked at all is enough.
        Note::filter(|n| n.text().ilike(text)).count(db).await?;
    }
    Ok(())
}

/// The text as the name of a joined table and of a table: it is that, or refused in words.
async fn named(db: &Db, text: &str) -> Result<()> {
    let alias: &'static str = Box::leak(text.to_owned().into_boxed_str());
    let plain = Note::left_joins(|n| n.parent()).count(db).await?;
    let aliased = Note::left_joins(|n| n.parent().aliased(alias))
        .filter(|n| {
            n.parent().aliased(alias).text().eq(text).not().or(n
                .parent()
                .aliased(alias)
                .id()
                .is_null())
        })
        .order(|n| (n.parent().aliased(alias).text(), n.id()));
    match aliased.load(db).await {
        Ok(found) => claim(found.len() == usize::try_from(plain)?, || {
            format!("as an alias {text:?} finds {} of {plain}", found.len())
        })?,
        Err(error) => is_a_bad_name(text, &error)?,
    }
    let migrations: Vec<Box<dyn Migration>> = vec![Box::new(Named(text.to_owned()))];
    let migrator = Migrator::new(db, &migrations);
    match migrator.migrate().await {
        Ok(_) => drop(migrator.rollback(1).await?),
        Err(error) => is_a_bad_name(text, &error)?,
    }
    // What the migrator remembers by.
    db.batch(
        "DROP TABLE IF EXISTS schema_migrations; DROP TABLE IF EXISTS schema_migrations_started",
    )
    .await
}

fn is_a_bad_name(text: &str, error: &Error) -> Result<()> {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error.as_error());
    let mut is_typed = false;
    while let Some(error) = cause {
        is_typed |= error.downcast_ref::<DatabaseError>().is_some();
        cause = error.source();
    }
    let words = error.to_string();
    claim(is_typed || words.contains("name"), || {
        format!("the name {text:?} was refused as {error:?}")
    })
}

/// Makes a table of that name, with a column and an index of that name.
struct Named(String);

#[migration(version = 20260101000001)]
impl Migration for Named {
    async fn up(&self, m: &mut Schema) -> Result<()> {
        let name = self.0.as_str();
        m.create_table(name, |t| {
            t.string(name).default_value(name);
        })
        .await?;
        match m.table_exists(name).await? && m.column_exists(name, name).await? {
            true => Ok(()),
            false => Err(Error::message(format!(
                "the table {name:?} got another name"
            ))),
        }
    }

    async fn down(&self, m: &mut Schema) -> Result<()> {
        m.drop_table(&self.0).await
    }
}

/// Every table and column, and what must stay as it is.
async fn schema(db: &Db) -> Result<String> {
    let sql = match db.dialect() {
        Dialect::Sqlite => "SELECT name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY 1",
        Dialect::Postgres => {
            "SELECT table_name || '.' || column_name FROM information_schema.columns
             WHERE table_schema = current_schema() ORDER BY 1"
        }
        _ => {
            "SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns
             WHERE table_schema = DATABASE() ORDER BY 1"
        }
    };
    let mut rows = db.rows_sql(sql, [], &[ValueKind::Text]).await?;
    rows.extend(
        db.rows_sql("SELECT value FROM secrets", [], &[ValueKind::Text])
            .await?,
    );
    let lines: Vec<_> = rows.concat().iter().map(Value::to_string).collect();
    Ok(lines.join("\n"))
}
