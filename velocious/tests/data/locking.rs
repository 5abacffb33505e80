//! Records that are not overwritten unseen; counting and touching, which disturb nobody.

use velocious::error::StaleRecord;
use velocious::prelude::*;

use crate::databases::with_tables;

#[derive(Debug, Clone, PartialEq, Model)]
struct Document {
    pub id: i64,
    #[validate(presence)]
    pub title: String,
    pub views: i32,
    pub likes: Option<i64>,
    pub comments_count: i32,
    pub seen_at: Option<DateTime<Utc>>,
    pub folder_id: Option<i64>,
    pub lock_version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,

    #[belongs_to(touch)]
    pub folder: BelongsTo<Folder>,
    #[has_many(dependent = destroy)]
    pub comments: HasMany<Comment>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
struct Comment {
    pub id: i64,
    pub text: String,
    pub document_id: i64,

    #[belongs_to(counter_cache, touch)]
    pub document: BelongsTo<Document>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
struct Folder {
    pub id: i64,
    pub lock_version: i64,
    pub updated_at: DateTime<Utc>,
    pub record: RecordState,
}

const TABLES: &str = "
    CREATE TABLE folders ({id}, lock_version BIGINT NOT NULL DEFAULT 0, updated_at {time} NOT NULL);
    CREATE TABLE documents (
        {id}, title VARCHAR(255) NOT NULL, views INTEGER NOT NULL DEFAULT 0, likes BIGINT,
        comments_count INTEGER NOT NULL DEFAULT 0, seen_at {time}, folder_id BIGINT,
        lock_version INTEGER NOT NULL DEFAULT 0, created_at {time} NOT NULL, updated_at {time} NOT NULL
    );
    CREATE TABLE comments ({id}, text VARCHAR(255) NOT NULL, document_id BIGINT NOT NULL);
";

fn with_documents(test: impl AsyncFn(Db) -> Result<()>) {
    with_tables(TABLES, test);
}

async fn document(db: &Db) -> Result<Document> {
    let mut document = Document {
        title: "Draft".into(),
        ..Document::new()
    };
    document.save(db).await?;
    Ok(document)
}

fn titled(title: &str) -> DocumentChanges {
    DocumentChanges {
        title: Some(title.into()),
        ..Default::default()
    }
}

#[test]
fn a_version_counts_what_was_written() {
    with_documents(async |db| {
        let mut document = document(&db).await?;
        assert_eq!(document.lock_version, 0);
        document.update(&db, titled("One")).await?;
        document.save(&db).await?;
        assert_eq!(
            document.lock_version, 1,
            "the second time there was nothing to write"
        );
        document.update(&db, titled("Two")).await?;
        assert_eq!(document.lock_version, 2);
        assert_eq!(Document::find(&db, document.id).await?, document);
        assert!(document.was_changed_in(|d| d.lock_version()));
        Ok(())
    });
}

#[test]
fn who_comes_later_overwrites_nothing() {
    with_documents(async |db| {
        let mut one = document(&db).await?;
        let mut other = Document::find(&db, one.id).await?;
        one.update(&db, titled("One")).await?;
        other.title = "Other".into();
        let error = other.save(&db).await.expect_err("it was changed meanwhile");
        assert!(error.is_stale() && !error.is_not_found());
        assert_eq!(error.status(), 409);
        let stale = error.downcast_ref::<StaleRecord>().expect("a stale record");
        assert_eq!((stale.model, stale.wanted.as_str()), ("Document", "id = 1"));
        assert_eq!(
            error.to_string(),
            "Document with id = 1 was changed or deleted since it was read: call `record.reload(&db).await?`, and do again what is to be done"
        );
        assert_eq!(
            error.public_message().as_deref(),
            Some("Document with id = 1 was changed by somebody else meanwhile.")
        );
        assert_eq!((other.lock_version, other.title.as_str()), (0, "Other"));
        assert!(other.is_changed_in(|d| d.title()));
        assert!(other.save(&db).await.expect_err("still").is_stale());
        other.reload(&db).await?;
        other.update(&db, titled("Other")).await?;
        assert_eq!(Document::find(&db, one.id).await?.title, "Other");
        Ok(())
    });
}

#[test]
fn the_version_may_come_from_a_form() {
    with_documents(async |db| {
        let mut document = document(&db).await?;
        document.update(&db, titled("One")).await?;
        let seen = DocumentChanges {
            lock_version: Some(0),
            ..titled("Two")
        };
        let error = document
            .update(&db, seen)
            .await
            .expect_err("the form is old");
        assert!(error.is_stale());
        document.reload(&db).await?;
        let seen = DocumentChanges {
            lock_version: Some(1),
            ..titled("Two")
        };
        document.update(&db, seen).await?;
        assert_eq!(document.lock_version, 2);
        Ok(())
    });
}

#[test]
fn what_was_changed_is_not_destroyed_unseen() {
    with_documents(async |db| {
        let mut one = document(&db).await?;
        one.comments.create(&db, CommentChanges::default()).await?;
        let mut other = Document::find(&db, one.id).await?;
        let mut third = other.clone();
        one.update(&db, titled("One")).await?;
        let error = other
            .destroy(&db)
            .await
            .expect_err("it was changed meanwhile");
        assert!(error.is_stale());
        assert!(other.is_persisted());
        assert_eq!(Comment::count(&db).await?, 1, "nothing was destroyed");
        one.destroy(&db).await?;
        assert!(third.destroy(&db).await.expect_err("it is gone").is_stale());
        assert!(third.save(&db).await.is_ok(), "there is nothing to write");
        third.title = "Third".into();
        assert!(third.save(&db).await.expect_err("it is gone").is_stale());
        Ok(())
    });
}

#[test]
fn counting_and_touching_disturb_nobody() {
    with_documents(async |db| {
        let mut document = document(&db).await?;
        let mut reader = Document::find(&db, document.id).await?;
        let mut comment = Comment {
            document_id: document.id,
            ..Comment::new()
        };
        comment.save(&db).await?;
        reader.increment(&db, |d| d.views(), 1).await?;
        reader.touch(&db).await?;
        reader.update_column(&db, |d| d.seen_at().set(None)).await?;
        document.update(&db, titled("One")).await?;
        let found = Document::find(&db, document.id).await?;
        assert_eq!(
            (found.lock_version, found.comments_count, found.views),
            (1, 1, 1)
        );
        comment.destroy(&db).await?;
        document.update(&db, titled("Two")).await?;
        assert_eq!(Document::find(&db, document.id).await?.comments_count, 0);
        Ok(())
    });
}

#[test]
fn of_many_who_increment_each_counts() {
    with_documents(async |db| {
        let id = document(&db).await?.id;
        let readers = (0..20).map(|_| {
            let db = db.clone();
            async move {
                let mut document = Document::find(&db, id).await?;
                document.increment(&db, |d| d.views(), 2).await?;
                document.increment(&db, |d| d.likes(), 1).await
            }
        });
        for outcome in crate::databases::all(readers).await {
            outcome?;
        }
        let document = Document::find(&db, id).await?;
        assert_eq!((document.views, document.likes), (40, Some(20)));
        Ok(())
    });
}

#[test]
fn an_increment_leaves_what_else_was_changed() {
    with_documents(async |db| {
        let mut document = document(&db).await?;
        let updated_at = document.updated_at;
        document.title = "One".into();
        document.views = 10;
        document.increment(&db, |d| d.views(), 5).await?;
        assert_eq!((document.views, document.likes), (15, None));
        assert_eq!(
            document.changes(),
            [
                ("title", "Draft".into_value(), "One".into_value()),
                ("views", 5.into_value(), 15.into_value()),
            ]
        );
        let found = Document::find(&db, document.id).await?;
        assert_eq!((found.views, found.title.as_str()), (5, "Draft"));
        assert_eq!(found.updated_at, updated_at);
        document.increment(&db, |d| d.likes(), -3).await?;
        assert_eq!(document.likes, Some(-3));
        assert_eq!(Document::find(&db, document.id).await?.likes, Some(-3));
        let error = Document::new().increment(&db, |d| d.views(), 1).await;
        assert!(error.expect_err("there is no row").is_not_found());
        Document::all().delete_all(&db).await?;
        let error = document.increment(&db, |d| d.views(), 1).await;
        assert!(error.expect_err("the row is gone").is_not_found());
        Ok(())
    });
}

#[test]
fn a_touch_sets_times_at_once_and_those_that_follow() {
    with_documents(async |db| {
        let then = DateTime::from_timestamp(1_000_000_000, 0).expect("a time");
        let mut document = document(&db).await?;
        document.folder.build(FolderChanges::default());
        document.save(&db).await?;
        let long_ago = async || {
            Document::all()
                .update_all(&db, |d| [d.updated_at().set(then)])
                .await?;
            Folder::all()
                .update_all(&db, |f| [f.updated_at().set(then)])
                .await
        };
        long_ago().await?;
        document.title = "One".into();
        document.touch(&db).await?;
        let found = Document::find(&db, document.id).await?;
        assert!(found.updated_at > then);
        assert_eq!(found.updated_at, document.updated_at);
        assert_eq!((found.title.as_str(), found.seen_at), ("Draft", None));
        assert!(
            document.is_changed_in(|d| d.title()) && !document.is_changed_in(|d| d.updated_at())
        );
        let folder = Folder::first(&db).await?.expect("a folder");
        assert_eq!(folder.updated_at, found.updated_at);
        assert_eq!(folder.lock_version, 0);
        long_ago().await?;
        document.touch_column(&db, |d| d.seen_at()).await?;
        let found = Document::find(&db, document.id).await?;
        assert_eq!(found.seen_at, Some(found.updated_at));
        assert!(found.updated_at > then && document.seen_at == found.seen_at);
        let error = Document::new().touch(&db).await;
        assert!(error.expect_err("there is no row").is_not_found());
        document.folder.get_mut()?;
        let mut folder = folder;
        Folder::all().delete_all(&db).await?;
        let error = folder.touch(&db).await;
        assert!(error.expect_err("the row is gone").is_not_found());
        Ok(())
    });
}

#[test]
fn a_column_of_another_model_is_not_counted_here() {
    with_documents(async |db| {
        let mut comment = Comment {
            document_id: document(&db).await?.id,
            ..Comment::new()
        };
        comment.save(&db).await?;
        let error = comment.increment(&db, |c| c.document().views(), 1).await;
        let error = error.expect_err("it is a column of documents").to_string();
        assert!(
            error.starts_with("`document.views` is a column of another table"),
            "{error}"
        );
        Ok(())
    });
}

/// A value as the database knows it.
trait IntoValue {
    fn into_value(self) -> velocious::value::Value;
}

impl IntoValue for &str {
    fn into_value(self) -> velocious::value::Value {
        velocious::value::Value::Text(self.into())
    }
}

impl IntoValue for i32 {
    fn into_value(self) -> velocious::value::Value {
        velocious::value::Value::Integer(self)
    }
}
