//! What destroying a record does to those that belong to it.

use velocious::prelude::*;
use velocious::value::Value;

use crate::library::{
    Book, Cat, CatChanges, Library, Note, NoteChanges, Page, Reader, ReaderChanges, Shelf,
    ShelfChanges, library, saying, titled, with_library,
};

async fn full(db: &Db) -> Result<Library> {
    let mut town = library(db, "Town").await?;
    let book = town.books.build(titled("Rust"));
    book.pages.build(saying("one"));
    book.pages.build(saying("two"));
    town.shelves.build(ShelfChanges::default());
    town.readers.build(ReaderChanges {
        name: Some("Ann".into()),
        ..Default::default()
    });
    town.notes.build(NoteChanges {
        text: Some("open".into()),
        ..Default::default()
    });
    town.save(db).await?;
    Ok(town)
}

#[test]
fn dependents_are_destroyed_deleted_or_left_to_nobody() {
    with_library(async |db| {
        let mut town = full(&db).await?;
        let mut city = library(&db, "City").await?;
        city.books.create(&db, titled("Rust")).await?;
        town.destroy(&db).await?;
        assert!(!town.is_persisted());
        assert_eq!(
            Book::pluck(|b| b.library_id()).load(&db).await?,
            [Some(city.id)]
        );
        assert_eq!(Page::count(&db).await? + Shelf::count(&db).await?, 0);
        let reader = Reader::first(&db).await?.expect("the reader stays");
        assert_eq!(reader.library_id, None);
        let note = Note::first(&db).await?.expect("the note stays");
        assert_eq!((note.subject_id, note.subject_type), (None, None));
        Ok(())
    });
}

#[test]
fn what_restricts_keeps_everything_as_it_is() {
    with_library(async |db| {
        let mut town = full(&db).await?;
        town.cat.create(&db, CatChanges::default()).await?;
        let error = town.destroy(&db).await.expect_err("the cat stays");
        assert_eq!(error.status(), 422);
        assert_eq!(
            error.to_string(),
            "Cat of this library exist, so it cannot be deleted"
        );
        assert!(town.errors().has("base", "restrict"));
        assert!(town.is_persisted());
        assert_eq!(Book::count(&db).await? + Cat::count(&db).await?, 2);
        Cat::all().delete_all(&db).await?;
        town.destroy(&db).await?;
        assert_eq!(Library::count(&db).await?, 0);
        Ok(())
    });
}

#[test]
fn a_destruction_that_fails_below_leaves_every_row() {
    with_library(async |db| {
        let mut town = full(&db).await?;
        let book = Book::first(&db).await?.expect("a book");
        db.execute_sql(
            "INSERT INTO covers (colour, book_id) VALUES ('red', ?)",
            [Value::BigInt(book.id)],
        )
        .await?;
        let error = town
            .destroy(&db)
            .await
            .expect_err("the cover refers to its book");
        assert!(error.is_database(), "{error:?}");
        assert!(town.is_persisted());
        assert_eq!(Page::count(&db).await?, 2);
        assert_eq!(Shelf::count(&db).await?, 1);
        assert_eq!(
            Reader::filter(|r| r.library_id().is_not_null())
                .count(&db)
                .await?,
            1
        );
        Ok(())
    });
}

#[test]
fn destroy_all_destroys_what_depends_on_each() {
    with_library(async |db| {
        full(&db).await?;
        library(&db, "City").await?;
        assert_eq!(Library::all().destroy_all(&db).await?, 2);
        assert_eq!(Page::count(&db).await? + Library::count(&db).await?, 0);
        Ok(())
    });
}

#[test]
fn only_what_belongs_to_the_model_is_left_to_nobody() {
    with_library(async |db| {
        let mut town = full(&db).await?;
        let mut page = Page::first(&db).await?.expect("a page");
        assert_eq!(page.id, town.id, "the keys are equal, the models are not");
        let text = |text: &str| NoteChanges {
            text: Some(text.into()),
            ..Default::default()
        };
        let note = page.notes.create(&db, text("x")).await?.id;
        Book::all()
            .update_all(&db, |b| [b.library_id().set(None)])
            .await?;
        town.destroy(&db).await?;
        let note = Note::find(&db, note).await?;
        assert_eq!(note.subject_type.as_deref(), Some("Page"));
        Ok(())
    });
}
