//! Models whose records do something to others when they are written or destroyed, and their tables.

use velocious::database::DatabaseOptions;
use velocious::migration::Migrator;
use velocious::prelude::*;

use crate::databases::block_on;

#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Library {
    pub id: i64,
    #[validate(presence)]
    pub name: String,
    pub books_count: i32,
    pub lent_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,

    #[has_many(dependent = destroy)]
    pub books: HasMany<Book>,
    #[has_many(dependent = delete)]
    pub shelves: HasMany<Shelf>,
    #[has_many(dependent = nullify)]
    pub readers: HasMany<Reader>,
    #[has_one(dependent = restrict)]
    pub cat: HasOne<Cat>,
    #[has_many(as = subject, dependent = nullify)]
    pub notes: HasMany<Note>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Book {
    pub id: i64,
    #[validate(presence, uniqueness(scope = library_id))]
    pub title: String,
    #[validate(presence)]
    pub library_id: Option<i64>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,

    #[belongs_to(counter_cache, touch)]
    pub library: BelongsTo<Library>,
    #[has_many(dependent = destroy, inverse = book)]
    pub pages: HasMany<Page>,
    #[has_one]
    pub cover: HasOne<Cover>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Page {
    pub id: i64,
    #[validate(length(min = 1))]
    pub text: String,
    pub book_id: i64,

    #[belongs_to(touch)]
    pub book: BelongsTo<Book>,
    #[has_many(as = subject)]
    pub notes: HasMany<Note>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Cover {
    pub id: i64,
    pub colour: String,
    pub book_id: i64,

    #[belongs_to]
    pub book: BelongsTo<Book>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
#[model(table = "shelves")]
pub(crate) struct Shelf {
    pub id: i64,
    pub library_id: i64,

    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Reader {
    pub id: i64,
    pub name: String,
    pub library_id: Option<i64>,

    #[belongs_to(touch = lent_at)]
    pub library: BelongsTo<Library>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Cat {
    pub id: i64,
    pub library_id: i64,

    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Polymorphic)]
#[expect(
    clippy::large_enum_variant,
    reason = "one of the models has more fields"
)]
pub(crate) enum Subject {
    Library(Library),
    Page(Page),
}

#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Note {
    pub id: i64,
    pub text: String,
    pub subject_id: Option<i64>,
    pub subject_type: Option<String>,

    #[belongs_to(polymorphic, touch)]
    pub subject: BelongsToAny<Subject>,
    pub record: RecordState,
}

struct CreateTables;

#[migration(version = 20260101000000)]
impl Migration for CreateTables {
    async fn up(&self, m: &mut Schema) -> Result<()> {
        m.create_table("libraries", |t| {
            t.string("name").null(false);
            t.integer("books_count").null(false).default_value(0);
            t.datetime("lent_at");
            t.timestamps();
        })
        .await?;
        m.create_table("books", |t| {
            t.string("title").null(false);
            t.references("library").foreign_key();
            t.timestamps();
        })
        .await?;
        m.create_table("pages", |t| {
            t.string("text").null(false);
            t.references("book").foreign_key().null(false);
        })
        .await?;
        m.create_table("covers", |t| {
            t.string("colour").null(false);
            t.references("book").foreign_key().null(false);
        })
        .await?;
        m.create_table("shelves", |t| {
            t.references("library").foreign_key().null(false);
        })
        .await?;
        m.create_table("readers", |t| {
            t.string("name").null(false);
            t.references("library").foreign_key();
        })
        .await?;
        m.create_table("cats", |t| {
            t.references("library").foreign_key().null(false);
        })
        .await?;
        m.create_table("notes", |t| {
            t.string("text").null(false);
            t.bigint("subject_id");
            t.string("subject_type");
        })
        .await?;
        m.add_index("books", &["library_id", "title"])
            .unique()
            .await
    }
}

/// Runs a test on empty tables of its own.
pub(crate) fn with_library(test: impl AsyncFnOnce(Db) -> Result<()>) {
    let outcome = block_on(async {
        let db = Db::open(DatabaseOptions::sqlite(":memory:")).await?;
        let migrations: Vec<Box<dyn Migration>> = vec![Box::new(CreateTables)];
        Migrator::new(&db, &migrations).migrate().await?;
        test(db).await
    });
    outcome.expect("the test's queries run");
}

/// A saved library of this name.
pub(crate) async fn library(db: &Db, name: &str) -> Result<Library> {
    let mut library = Library {
        name: name.into(),
        ..Library::new()
    };
    library.save(db).await?;
    Ok(library)
}

/// New values for a book.
pub(crate) fn titled(title: &str) -> BookChanges {
    BookChanges {
        title: Some(title.into()),
        ..Default::default()
    }
}

/// New values for a page.
pub(crate) fn saying(text: &str) -> PageChanges {
    PageChanges {
        text: Some(text.into()),
        ..Default::default()
    }
}
