//! Building and saving records along their relationships.

use velocious::prelude::*;
use velocious::query::Query;

use crate::library::{
    Book, Cover, CoverChanges, Library, LibraryChanges, Note, Page, Reader, Subject, library,
    saying, titled, with_library,
};

#[test]
fn what_was_built_is_saved_with_its_owner() {
    with_library(async |db| {
        let mut library = Library {
            name: "Town".into(),
            ..Library::new()
        };
        let book = library.books.build(titled("Rust"));
        book.pages.build(saying("one"));
        book.pages.build(saying("two"));
        book.cover.build(CoverChanges {
            colour: Some("red".into()),
            ..Default::default()
        });
        library.books.build(titled("Ruby"));
        assert!(library.is_changed());
        library.save(&db).await?;
        assert!(!library.is_changed());
        let books = library.books.get()?;
        assert!(books.iter().all(Book::is_persisted));
        assert_eq!(books[0].library_id, Some(library.id));
        assert_eq!(books[0].pages.get()?[1].book_id, books[0].id);
        assert_eq!(
            books[0].cover.get()?.map(|cover| cover.book_id),
            Some(books[0].id)
        );
        assert_eq!(Page::count(&db).await?, 2);
        assert_eq!(Book::order(|b| b.id()).load(&db).await?, books);
        Ok(())
    });
}

#[test]
fn saved_children_lead_back_to_their_owner() {
    with_library(async |db| {
        let mut library = library(&db, "Town").await?;
        library
            .books
            .build(titled("Rust"))
            .pages
            .build(saying("one"));
        library.save(&db).await?;
        let book = &library.books.get()?[0];
        assert_eq!(book.library.get()?, &library);
        assert_eq!(book.pages.get()?[0].book.get()?.title, "Rust");
        Ok(())
    });
}

#[test]
fn one_invalid_child_leaves_no_row_and_its_messages() {
    with_library(async |db| {
        let mut library = Library {
            name: "Town".into(),
            ..Library::new()
        };
        library
            .books
            .build(titled("Rust"))
            .pages
            .build(saying("one"));
        library.books.build(titled("")).pages.build(saying(""));
        let before = library.clone();
        let error = library.save(&db).await.expect_err("a book has no title");
        assert_eq!(error.status(), 422);
        assert_eq!(
            error
                .validation_errors()
                .map(|errors| errors.full_messages()),
            Some(library.errors().full_messages())
        );
        assert!(library.errors().has("books.title", "presence"));
        assert!(library.errors().has("books.pages.text", "too_short"));
        let books = library.books.get()?;
        assert!(books[0].errors().is_empty());
        assert_eq!(
            books[1].errors().on("title").collect::<Vec<_>>(),
            ["can't be blank"]
        );
        assert!(books[1].pages.get()?[0].errors().has("text", "too_short"));
        assert_eq!(Library::count(&db).await? + Book::count(&db).await?, 0);
        assert!(library.is_new_record() && library == before);

        library.books.get_mut()?[1].title = "Ruby".into();
        library.books.get_mut()?[1].pages.get_mut()?[0].text = "two".into();
        library.save(&db).await?;
        assert_eq!(Page::count(&db).await?, 2);
        Ok(())
    });
}

#[test]
fn what_the_database_refuses_undoes_everything_in_memory_too() {
    with_library(async |db| {
        let mut town = library(&db, "Town").await?;
        town.books.build(titled("Rust"));
        town.books.build(titled("Rust"));
        town.name = "City".into();
        let error = town.save(&db).await.expect_err("the titles are equal");
        assert!(error.is_invalid(), "{error:?}");
        assert!(town.errors().has("books.title", "uniqueness"));
        assert!(town.books.get()?.iter().all(Book::is_new_record));
        assert!(town.books.get()?.iter().all(|book| book.id == 0));
        assert_eq!(town.changes()[0].0, "name", "it is not saved");
        assert_eq!(Book::count(&db).await?, 0);
        assert_eq!(Library::find(&db, town.id).await?.name, "Town");
        Ok(())
    });
}

#[test]
fn a_record_that_is_belonged_to_is_saved_first() {
    with_library(async |db| {
        let mut page = Page {
            text: "one".into(),
            ..Page::new()
        };
        let book = page.book.build(titled("Rust"));
        book.library.build(LibraryChanges {
            name: Some("Town".into()),
            ..Default::default()
        });
        page.save(&db).await?;
        let book = page.book.get()?;
        assert_eq!(page.book_id, book.id);
        assert_eq!(book.library_id, Some(book.library.get()?.id));
        assert_eq!(Library::count(&db).await?, 1);
        Ok(())
    });
}

#[test]
fn a_stored_record_changes_its_owner_without_a_load() {
    with_library(async |db| {
        let (town, city) = (library(&db, "Town").await?, library(&db, "City").await?);
        let mut book = Book::new();
        book.title = "Rust".into();
        book.library.set(town);
        book.save(&db).await?;
        let mut book = Book::find(&db, book.id).await?;
        book.library.set(city.clone());
        assert!(book.is_changed());
        book.save(&db).await?;
        assert_eq!(Book::find(&db, book.id).await?.library_id, Some(city.id));
        book.library.get_mut()?.name = "Metropolis".into();
        book.save(&db).await?;
        assert_eq!(Library::find(&db, city.id).await?.name, "Metropolis");
        let mut reader = Reader::new();
        reader.name = "Ann".into();
        reader.library.set(city);
        reader.save(&db).await?;
        reader.library.clear();
        reader.save(&db).await?;
        assert_eq!(Reader::find(&db, reader.id).await?.library_id, None);
        Ok(())
    });
}

#[test]
fn another_key_forgets_what_the_old_one_led_to() {
    with_library(async |db| {
        let (town, city) = (library(&db, "Town").await?, library(&db, "City").await?);
        let mut book = Book {
            title: "Rust".into(),
            library_id: Some(town.id),
            ..Book::new()
        };
        book.save(&db).await?;
        book.load_library(&db).await?;
        book.library_id = Some(city.id);
        book.save(&db).await?;
        assert!(book.library.is_unloaded());
        Ok(())
    });
}

#[test]
fn a_record_of_one_model_or_another_is_set_by_itself() {
    with_library(async |db| {
        let mut note = Note {
            text: "open".into(),
            ..Note::new()
        };
        note.subject.set(library(&db, "Town").await?);
        note.save(&db).await?;
        assert_eq!(note.subject_type.as_deref(), Some("Library"));
        let Subject::Library(town) = note.subject.get_mut()? else {
            panic!("a library was set");
        };
        town.name = "City".into();
        note.save(&db).await?;
        assert_eq!(
            Library::find_by_or_fail(&db, |l| l.id().eq(1)).await?.name,
            "City"
        );
        let mut library = Library::find(&db, 1).await?;
        let built = library.notes.create(
            &db,
            crate::library::NoteChanges {
                text: Some("closed".into()),
                ..Default::default()
            },
        );
        assert_eq!(built.await?.subject_type.as_deref(), Some("Library"));
        assert_eq!(library.notes.query()?.count(&db).await?, 2);
        note.subject.clear();
        note.save(&db).await?;
        let note = Note::find(&db, note.id).await?;
        assert_eq!((note.subject_id, note.subject_type), (None, None));
        Ok(())
    });
}

#[test]
fn create_saves_one_record_and_adds_it() {
    with_library(async |db| {
        let town = library(&db, "Town").await?;
        let mut town = Library::find(&db, town.id).await?;
        let id = town.books.create(&db, titled("Rust")).await?.id;
        assert_eq!(Book::find(&db, id).await?.library_id, Some(town.id));
        assert_eq!(town.books.built().len(), 1);
        assert!(
            town.books
                .create(&db, titled(""))
                .await
                .expect_err("no title")
                .is_invalid()
        );
        assert!(town.books.get().expect_err("not loaded").is_not_loaded());
        town.load_books(&db).await?;
        town.books.create(&db, titled("Ruby")).await?;
        assert_eq!(town.books.get()?.len(), 2);
        let mut nowhere = Library::new();
        let error = nowhere
            .books
            .create(&db, titled("Rust"))
            .await
            .expect_err("no key");
        assert_eq!(
            error.to_string(),
            "this Library is not saved, so nothing can refer to it: save it before its `books`"
        );
        let mut book = Book::find(&db, id).await?;
        let colour = |colour: &str| CoverChanges {
            colour: Some(colour.into()),
            ..Default::default()
        };
        book.cover.create(&db, colour("red")).await?;
        assert_eq!(Cover::count(&db).await?, 1);
        Ok(())
    });
}

#[test]
fn a_relationship_is_a_query_of_its_owner() {
    with_library(async |db| {
        let (mut town, mut city) = (library(&db, "Town").await?, library(&db, "City").await?);
        town.books.build(titled("Rust"));
        town.books.build(titled("Ruby"));
        town.save(&db).await?;
        city.books.create(&db, titled("Rust")).await?;
        let query: Query<Book> = town.books.query()?;
        assert_eq!(query.clone().count(&db).await?, 2);
        let found = query.filter(|b| b.title().eq("Rust")).first(&db).await?;
        assert_eq!(found.map(|book| book.library_id), Some(Some(town.id)));
        assert!(Library::new().books.query().is_err());
        Ok(())
    });
}

#[test]
fn loaded_children_that_changed_are_saved_and_others_are_not() {
    with_library(async |db| {
        let mut town = library(&db, "Town").await?;
        town.books.build(titled("Rust"));
        town.books.build(titled("Ruby"));
        town.save(&db).await?;
        let mut town = Library::find(&db, town.id).await?;
        town.load_books(&db).await?;
        assert!(!town.is_changed());
        let copy = town.clone();
        town.books.get_mut()?[0].title = "C".into();
        assert!(town.is_changed() && !copy.is_changed());
        let before = town.books.get()?[1].updated_at;
        town.save(&db).await?;
        let books = Book::order(|b| b.id()).load(&db).await?;
        assert_eq!(
            (books[0].title.as_str(), books[1].updated_at),
            ("C", before)
        );
        assert_eq!(
            copy.books.get()?[0].title,
            "Rust",
            "a clone is another record"
        );
        Ok(())
    });
}

#[test]
fn a_new_record_has_nothing_and_says_so() {
    let library = Library::new();
    assert_eq!(library.books.get().expect("known"), []);
    assert_eq!(library.cat.get().expect("known"), None);
    assert!(
        Book::new().library.is_unloaded(),
        "its key may be set by hand"
    );
}

#[test]
fn a_graph_is_part_of_the_transaction_around_it() {
    with_library(async |db| {
        let mut town = library(&db, "Town").await?;
        let outcome = db
            .transaction(async |tx| {
                town.books.build(titled(""));
                assert!(town.save(&tx).await.is_err());
                town.books.get_mut().ok();
                library(&tx, "City").await
            })
            .await;
        assert_eq!(outcome?.name, "City");
        assert_eq!(Library::count(&db).await?, 2);
        Ok(())
    });
}
