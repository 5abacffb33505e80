//! The dump of a schema.

use crate::database::tests::support::{block_on, memory, texts};
use crate::migration::structure;

#[test]
fn tables_views_indexes_and_triggers_are_dumped_in_this_order() {
    block_on(async {
        let db = memory().await;
        assert_eq!(structure(&db).await.expect("nothing"), "");
        db.batch(
            "CREATE VIEW a_view AS SELECT 1 AS one;
             CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE);
             CREATE TABLE a (id INTEGER);
             CREATE TRIGGER a_trigger AFTER INSERT ON a BEGIN DELETE FROM b; END;
             CREATE INDEX a_index ON b (name);
             CREATE VIRTUAL TABLE texts USING fts5(body)",
        )
        .await
        .expect("a schema");
        let dump = structure(&db).await.expect("a dump");
        assert_eq!(
            dump,
            "CREATE TABLE a (id INTEGER);

CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE);

CREATE VIRTUAL TABLE texts USING fts5(body);

CREATE VIEW a_view AS SELECT 1 AS one;

CREATE INDEX a_index ON b (name);

CREATE TRIGGER a_trigger AFTER INSERT ON a BEGIN DELETE FROM b; END;
"
        );
        let copy = memory().await;
        copy.batch(&dump).await.expect("a schema");
        assert_eq!(structure(&copy).await.expect("a dump"), dump);
        let tables = "SELECT name FROM sqlite_master ORDER BY name";
        assert_eq!(
            texts(&copy, tables).await.expect("names"),
            texts(&db, tables).await.expect("names")
        );
    });
}
