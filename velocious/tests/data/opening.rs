//! Opening, making and dropping databases on servers.

use velocious::database::{DatabaseError, DatabaseErrorKind, DatabaseOptions, Dialect};
use velocious::prelude::*;

use crate::databases::{each_server, with_db};

fn kind(error: &Error) -> Option<DatabaseErrorKind> {
    error
        .downcast_ref::<DatabaseError>()
        .map(DatabaseError::kind)
}

#[test]
fn a_database_is_made_when_that_is_wanted_and_dropped_again() {
    each_server(async |url| {
        let end = url.rfind('/').expect("a URL with a name");
        let name = format!("velocious_created_{}", std::process::id());
        let options = DatabaseOptions::from_url(&format!("{}/{name}", &url[..end]))?;
        let error = Db::open(options.clone()).await.expect_err("there is none");
        assert_eq!(kind(&error), Some(DatabaseErrorKind::NoDatabase));
        assert_eq!(error.status(), 503);
        assert!(error.to_string().ends_with(
            "the server has none of that name; run `velocious db:create`, or correct the name"
        ));
        let db = Db::open(options.clone().create(true)).await?;
        db.batch("CREATE TABLE words (word VARCHAR(20) PRIMARY KEY)")
            .await?;
        // Text is compared as it is.
        db.batch("INSERT INTO words VALUES ('a'), ('A'), ('ä'), ('a ')")
            .await?;
        db.close().await;
        let again = Db::open(options.clone().create(true)).await?;
        again.close().await;
        assert!(Db::drop_database(options.clone()).await?);
        assert!(!Db::drop_database(options).await?);
        Ok(())
    });
}

#[test]
fn what_cannot_be_opened_says_why_and_never_the_password() {
    each_server(async |url| {
        let dialect = DatabaseOptions::from_url(url)?.dialect();
        let scheme = &url[..url.find(':').expect("a scheme")];
        let nowhere = format!("{scheme}://somebody:s3cret@127.0.0.1:1/shop");
        let error = Db::open(DatabaseOptions::from_url(&nowhere)?)
            .await
            .expect_err("nobody is there");
        assert_eq!(
            (kind(&error), error.status()),
            (Some(DatabaseErrorKind::CannotOpen), 503)
        );
        let text = format!("{error} {error:?}");
        assert!(
            text.contains("is the server running, and are host and port right?"),
            "{text}"
        );
        assert!(!text.contains("s3cret"), "{text}");
        if dialect == Dialect::Mysql {
            let wrong = url.replace("velocious:velocious@", "velocious:wr0ng@");
            let error = Db::open(DatabaseOptions::from_url(&wrong)?)
                .await
                .expect_err("refused");
            let text = format!("{error} {error:?}");
            assert!(text.contains("the server refuses this user"), "{text}");
            assert!(!text.contains("wr0ng"), "{text}");
        }
        Ok(())
    });
}

#[test]
fn a_closed_database_stays_closed() {
    with_db(async |db| {
        let clone = db.clone();
        db.close().await;
        let error = clone.batch("SELECT 1").await.expect_err("closed");
        assert_eq!(kind(&error), Some(DatabaseErrorKind::ConnectionLost));
        assert!(clone.transaction(async |_| Ok(())).await.is_err());
        db.close().await;
        Ok(())
    });
}
