//! Models whose records do something to others when they are written or destroyed, and their tables.

use velocious::prelude::*;

use crate::databases::with_tables;

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

const TABLES: &str = "
    CREATE TABLE libraries (
        {id}, name VARCHAR(255) NOT NULL, books_count INTEGER NOT NULL DEFAULT 0, lent_at {time},
        created_at {time} NOT NULL, updated_at {time} NOT NULL
    );
    CREATE TABLE books (
        {id}, title VARCHAR(255) NOT NULL, library_id BIGINT, created_at {time} NOT NULL, updated_at {time} NOT NULL,
        FOREIGN KEY (library_id) REFERENCES libraries (id)
    );
    CREATE UNIQUE INDEX index_books_on_library_id_and_title ON books (library_id, title);
    CREATE TABLE pages (
        {id}, text VARCHAR(255) NOT NULL, book_id BIGINT NOT NULL, FOREIGN KEY (book_id) REFERENCES books (id)
    );
    CREATE TABLE covers (
        {id}, colour VARCHAR(255) NOT NULL, book_id BIGINT NOT NULL, FOREIGN KEY (book_id) REFERENCES books (id)
    );
    CREATE TABLE shelves (
        {id}, library_id BIGINT NOT NULL, FOREIGN KEY (library_id) REFERENCES libraries (id)
    );
    CREATE TABLE readers (
        {id}, name VARCHAR(255) NOT NULL, library_id BIGINT, FOREIGN KEY (library_id) REFERENCES libraries (id)
    );
    CREATE TABLE cats ({id}, library_id BIGINT NOT NULL, FOREIGN KEY (library_id) REFERENCES libraries (id));
    CREATE TABLE notes ({id}, text VARCHAR(255) NOT NULL, subject_id BIGINT, subject_type VARCHAR(255));
";

/// Runs a test on empty tables of its own, on every database.
pub(crate) fn with_library(test: impl AsyncFn(Db) -> Result<()>) {
    with_tables(TABLES, test);
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
