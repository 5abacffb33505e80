//! What tables can be made of, and taking it back, on every database.

use velocious::database::Dialect;
use velocious::migration::{KeyType, Migrator, OnDelete, OnUpdate, describe, structure};
use velocious::prelude::*;
use velocious::value::{Value, ValueKind};

use crate::databases::with_empty;

struct CreateCatalog;

#[migration(version = 20260201000001)]
impl Migration for CreateCatalog {
    async fn change(&self, m: &mut Schema) -> Result<()> {
        m.create_table("items", |t| {
            t.id(KeyType::Uuid);
            t.string("title").null(false);
            t.check("titled", "length(title) > 0");
        })
        .await?;
        m.create_table("shops", |t| {
            t.id(KeyType::Text);
            t.boolean("is_open").null(false).default_value(false);
            t.string("motto").null(false).default_value("");
            t.integer("rank").null(false).default_value(0);
        })
        .await?;
        m.create_table("offers", |t| {
            t.references("item")
                .key_type(KeyType::Uuid)
                .on_delete(OnDelete::Cascade)
                .on_update(OnUpdate::Cascade);
            t.references("shop")
                .key_type(KeyType::Text)
                .null(false)
                .foreign_key();
            t.references("subject").polymorphic();
            t.smallint("small");
            t.tinyint("tiny").default_value(7);
            t.float("single");
            t.decimal("price")
                .precision(10, 2)
                .null(false)
                .default_sql("1.50");
            t.time("opens_at");
            t.uuid("token").default_uuid();
            t.blob("picture");
        })
        .await
    }
}

struct ChangeCatalog;

#[migration(version = 20260201000002)]
impl Migration for ChangeCatalog {
    async fn change(&self, m: &mut Schema) -> Result<()> {
        m.add_check("offers", "not_free", "price > 0").await?;
        m.change_table("shops", |t| {
            t.string("town").index();
            t.bigint("size").null(false).default_value(0);
        })
        .await?;
        m.rename_column("shops", "motto", "slogan").await?;
        m.change_column_null("items", "title", true).await?;
        m.add_index("offers", &["opens_at"]).await?;
        m.add_reference("shops", "item", |c| c.key_type(KeyType::Uuid))
            .await?;
        m.add_foreign_key("shops", "item_id")
            .on_update(OnUpdate::SetNull)
            .await?;
        if !m.is_reversing() {
            m.db().batch("UPDATE shops SET size = 1").await?;
        }
        m.execute_reversibly("CREATE TABLE extras (a INTEGER)", "DROP TABLE extras")
            .await?;
        m.rename_table("shops", "stores").await
    }
}

fn migrations() -> Vec<Box<dyn Migration>> {
    velocious::migrations![CreateCatalog, ChangeCatalog]
}

#[test]
fn tables_hold_every_type_and_key_with_their_options() {
    with_empty(async |db| {
        let migrations = migrations();
        Migrator::new(&db, &migrations)
            .migrate_to(20260201000001)
            .await?;
        db.batch(
            "INSERT INTO items (id, title) VALUES ('0b8e6c1e-9a43-4a7c-8f5e-0123456789ab', 'Lamp');
             INSERT INTO items (title) VALUES ('Chair');
             INSERT INTO shops (id) VALUES ('corner');
             INSERT INTO offers (item_id, shop_id) VALUES ('0b8e6c1e-9a43-4a7c-8f5e-0123456789ab', 'corner')",
        )
        .await?;
        let empty = db.batch("INSERT INTO items (title) VALUES ('')").await;
        assert!(empty.is_err(), "a check holds");
        let count =
            "SELECT count(*) FROM offers WHERE price = 1.5 AND tiny = 7 AND token IS NOT NULL";
        let defaults =
            "SELECT count(*) FROM shops WHERE is_open = FALSE AND motto = '' AND rank = 0";
        for sql in [count, &defaults.replace("rank", "shops.rank")] {
            let rows = db.rows_sql(sql, [], &[ValueKind::BigInt]).await?;
            assert_eq!(rows, [[Value::BigInt(1)]], "{sql}");
        }
        db.batch(
            "UPDATE items SET id = '1b8e6c1e-9a43-4a7c-8f5e-0123456789ab' WHERE title = 'Lamp'",
        )
        .await?;
        let followed =
            "SELECT count(*) FROM offers WHERE item_id = '1b8e6c1e-9a43-4a7c-8f5e-0123456789ab'";
        let rows = db.rows_sql(followed, [], &[ValueKind::BigInt]).await?;
        assert_eq!(rows, [[Value::BigInt(1)]]);
        db.batch("DELETE FROM items").await?;
        let rows = db
            .rows_sql("SELECT count(*) FROM offers", [], &[ValueKind::BigInt])
            .await?;
        assert_eq!(rows, [[Value::BigInt(0)]]);

        let text = describe(&[("default", &db)]).await?;
        for line in [
            r#""item_id": {"type": "uuid", "null": true}"#,
            r#""shop_id": {"type": "string"}"#,
            r#""subject_id": {"type": "bigint", "null": true}"#,
            r#""subject_type": {"type": "string", "null": true}"#,
            r#""small": {"type": "smallint", "null": true}"#,
            r#""single": {"type": "float", "null": true}"#,
            r#""price": {"type": "decimal", "default": true}"#,
            r#""opens_at": {"type": "time", "null": true}"#,
            r#""token": {"type": "uuid", "null": true, "default": true}"#,
            r#""picture": {"type": "binary", "null": true}"#,
            r#""id": {"type": "uuid", "default": true}"#,
            r#""id": {"type": "string"}"#,
        ] {
            assert!(text.contains(line), "{line} is not in {text}");
        }
        Ok(())
    });
}

#[test]
fn a_change_is_taken_back_by_itself_and_leaves_what_was_there_before() {
    with_empty(async |db| {
        let migrations = migrations();
        let migrator = Migrator::new(&db, &migrations);
        migrator.migrate_to(20260201000001).await?;
        let before = structure(&db).await?;
        assert_eq!(migrator.migrate().await?.len(), 1);
        let after = structure(&db).await?;
        assert!(
            after.contains("not_free") && after.contains("slogan"),
            "{after}"
        );
        assert!(after.contains("index_stores_on_town"), "{after}");
        let free = "INSERT INTO offers (shop_id, price) VALUES ('x', 0)";
        assert!(db.batch(free).await.is_err(), "a check holds");

        assert_eq!(migrator.rollback(1).await?.len(), 1);
        let back = structure(&db).await?;
        // SQLite writes down whether a default stood before or behind `NOT NULL`.
        let plain = |text: &str| text.replace(['"', '`'], "");
        match db.dialect() {
            Dialect::Sqlite => assert!(
                !back.contains("not_free") && back.contains("titled"),
                "{back}"
            ),
            _ => assert_eq!(plain(&back), plain(&before)),
        }
        let moved = migrator.migrate_to(0).await?;
        assert_eq!((moved.applied.len(), moved.rolled_back.len()), (0, 1));
        assert!(!structure(&db).await?.contains("offers"));
        let error = migrator.migrate_to(5).await.expect_err("no such version");
        assert_eq!(
            error.to_string(),
            "there is no migration of the version 5: the last one is 20260201000002, and `status` lists all of them"
        );
        Ok(())
    });
}

struct DropShops;

#[migration(version = 20260201000003)]
impl Migration for DropShops {
    async fn change(&self, m: &mut Schema) -> Result<()> {
        m.create_table("stalls", |_| {}).await?;
        m.drop_table("shops").await
    }
}

#[test]
fn what_cannot_be_taken_back_by_itself_is_refused_before_anything_is_changed() {
    with_empty(async |db| {
        db.batch("CREATE TABLE shops (a INTEGER)").await?;
        let migrations = velocious::migrations![DropShops];
        let migrator = Migrator::new(&db, &migrations);
        migrator.migrate().await?;
        let error = migrator
            .rollback(1)
            .await
            .expect_err("it cannot be reversed")
            .to_string();
        assert_eq!(
            error,
            "the migration `drop_shops` (20260201000003) could not be rolled back and is still applied: `drop_table` cannot be reversed by itself: write `up` and `down` instead of `change`"
        );
        assert!(structure(&db).await?.contains("stalls"));
        Ok(())
    });
}

struct CreateReports;

#[migration(version = 20260201000004, databases("reporting"))]
impl Migration for CreateReports {
    async fn change(&self, m: &mut Schema) -> Result<()> {
        m.create_table("reports", |t| t.timestamps()).await
    }
}

#[test]
fn each_database_has_migrations_of_its_own() {
    with_empty(async |db| {
        let migrations = velocious::migrations![CreateReports, CreateCatalog];
        let versions = async |identifier| -> Result<Vec<u64>> {
            let migrator = Migrator::new(&db, &migrations).for_database(identifier);
            let statuses = migrator.status().await?;
            Ok(statuses.iter().map(|status| status.version).collect())
        };
        assert_eq!(versions("default").await?, [20260201000001]);
        assert_eq!(versions("reporting").await?, [20260201000004]);
        assert_eq!(versions("archive").await?, [0_u64; 0]);
        let migrator = Migrator::new(&db, &migrations).for_database("reporting");
        assert_eq!(migrator.migrate().await?[0].name, "create_reports");
        Ok(())
    });
}
