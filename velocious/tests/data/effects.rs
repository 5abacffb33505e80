//! What writing a record does to those that it belongs to: counters, times, and the way back.

use velocious::prelude::*;

use crate::library::{
    Book, BookChanges, Library, Note, Page, Reader, library, saying, titled, with_library,
};

async fn books_count(db: &Db, library: &Library) -> Result<i32> {
    Ok(Library::find(db, library.id).await?.books_count)
}

/// Sets every time far back and gives it.
async fn long_ago(db: &Db) -> Result<DateTime<Utc>> {
    let then = DateTime::from_timestamp(1_000_000_000, 0).expect("a time");
    Library::all()
        .update_all(db, |l| [l.updated_at().set(then)])
        .await?;
    Book::all()
        .update_all(db, |b| [b.updated_at().set(then)])
        .await?;
    Ok(then)
}

#[test]
fn a_counter_follows_what_belongs_to_its_record() {
    with_library(async |db| {
        let (mut town, city) = (library(&db, "Town").await?, library(&db, "City").await?);
        town.books.build(titled("Rust"));
        town.books.build(titled("Ruby"));
        town.save(&db).await?;
        assert_eq!(books_count(&db, &town).await?, 2);
        let mut book = Book::first(&db).await?.expect("a book");
        book.title = "C".into();
        book.save(&db).await?;
        assert_eq!(books_count(&db, &town).await?, 2);
        book.library_id = Some(city.id);
        book.save(&db).await?;
        assert_eq!(books_count(&db, &town).await?, 1);
        assert_eq!(books_count(&db, &city).await?, 1);
        book.destroy(&db).await?;
        assert_eq!(books_count(&db, &city).await?, 0);
        let mut gone = Book::first(&db).await?.expect("a book");
        gone.title = String::new();
        assert!(
            gone.update(
                &db,
                BookChanges {
                    library_id: Some(Some(city.id)),
                    ..Default::default()
                }
            )
            .await
            .is_err()
        );
        assert_eq!(books_count(&db, &city).await?, 0, "nothing was saved");
        Ok(())
    });
}

#[test]
fn a_time_is_set_up_to_the_last_one_that_is_touched() {
    with_library(async |db| {
        let mut town = library(&db, "Town").await?;
        town.books.build(titled("Rust")).pages.build(saying("one"));
        town.save(&db).await?;
        let then = long_ago(&db).await?;
        let mut page = Page::first(&db).await?.expect("a page");
        page.save(&db).await?;
        assert_eq!(
            Book::first(&db).await?.map(|book| book.updated_at),
            Some(then),
            "nothing changed"
        );
        page.text = "two".into();
        page.save(&db).await?;
        let book = Book::first(&db).await?.expect("a book");
        let library = Library::find(&db, town.id).await?;
        assert!(book.updated_at > then);
        assert_eq!(
            library.updated_at, book.updated_at,
            "one save is one instant"
        );
        assert_eq!(library.lent_at, None);
        let then = long_ago(&db).await?;
        page.destroy(&db).await?;
        assert!(Library::find(&db, town.id).await?.updated_at > then);
        Ok(())
    });
}

#[test]
fn a_time_of_its_own_is_set_beside_the_usual_one() {
    with_library(async |db| {
        let (town, city) = (library(&db, "Town").await?, library(&db, "City").await?);
        let mut reader = Reader {
            name: "Ann".into(),
            library_id: Some(town.id),
            ..Reader::new()
        };
        reader.save(&db).await?;
        let then = long_ago(&db).await?;
        reader.library_id = Some(city.id);
        reader.save(&db).await?;
        for library in [town, city] {
            let library = Library::find(&db, library.id).await?;
            assert!(library.updated_at > then && library.lent_at == Some(library.updated_at));
        }
        Ok(())
    });
}

#[test]
fn whichever_model_it_belongs_to_is_touched() {
    with_library(async |db| {
        let mut town = library(&db, "Town").await?;
        town.books.build(titled("Rust")).pages.build(saying("one"));
        town.save(&db).await?;
        let then = long_ago(&db).await?;
        let mut note = Note {
            text: "x".into(),
            ..Note::new()
        };
        note.subject.set(Page::first(&db).await?.expect("a page"));
        note.save(&db).await?;
        assert!(
            Library::find(&db, town.id).await?.updated_at > then,
            "through page and book"
        );
        Ok(())
    });
}

#[test]
fn a_named_way_back_is_loaded_with_what_leads_there() {
    with_library(async |db| {
        let mut town = library(&db, "Town").await?;
        town.books.build(titled("Rust")).pages.build(saying("one"));
        town.save(&db).await?;
        let books = Book::preload(|b| b.pages()).load(&db).await?;
        let page = &books[0].pages.get()?[0];
        assert_eq!(page.book.get()?.title, "Rust");
        assert!(
            page.book.get()?.library.is_unloaded(),
            "a copy of the columns"
        );
        let books = Book::preload(|b| b.pages().book().library())
            .load(&db)
            .await?;
        assert_eq!(
            books[0].pages.get()?[0].book.get()?.library.get()?.name,
            "Town"
        );
        let mut book = Book::first(&db).await?.expect("a book");
        book.load_pages(&db).await?;
        assert_eq!(book.pages.get()?[0].book.get()?, &book);
        Ok(())
    });
}
