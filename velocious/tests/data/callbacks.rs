//! What a model does when its records are validated, saved and destroyed.

use std::cell::{Cell, RefCell};

use velocious::model::{Errors, Record};
use velocious::prelude::*;
use velocious::value::Value;

use crate::databases::{in_turns, pause, with_tables};

thread_local! {
    /// What was called, in its order.
    static CALLED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    /// Which call fails.
    static FAILS: Cell<&'static str> = const { Cell::new("") };
}

fn called() -> Vec<String> {
    CALLED.take()
}

fn call(name: String) -> Result<()> {
    let fails = FAILS.get() == name;
    CALLED.with_borrow_mut(|called| called.push(name.clone()));
    match fails {
        true => Err(Error::http(418, format!("no {name}"))),
        false => Ok(()),
    }
}

#[derive(Debug, Clone, PartialEq, Model)]
#[model(callbacks)]
struct Order {
    pub id: i64,
    #[validate(presence)]
    pub name: String,
    pub slug: String,
    pub views: i32,
    pub customer_id: Option<i64>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,

    #[belongs_to]
    pub customer: BelongsTo<Customer>,
    #[has_many(dependent = destroy)]
    pub lines: HasMany<Line>,
    pub record: RecordState,
}

impl Callbacks for Order {
    async fn before_validation(&mut self, _: &Db) -> Result<()> {
        if self.name == "anonymous" {
            self.name = "Somebody".into();
        }
        if self.name == "odd" {
            let errors = self.record.errors_mut();
            errors.add("name", "odd", "is odd");
        }
        call("order before_validation".into())
    }

    async fn after_validation(&mut self, _: &Db) -> Result<()> {
        if self.errors().has("name", "odd") {
            let errors = self.record.errors_mut();
            errors.add(Errors::BASE, "odd", "Something is odd");
        }
        call("order after_validation".into())
    }

    async fn before_save(&mut self, db: &Db) -> Result<()> {
        self.slug = self.name.to_lowercase();
        if self.name == "Gift" {
            let name = Some("Santa".into());
            self.customer.build(CustomerChanges { name });
        }
        assert!(db.is_in_transaction());
        call("order before_save".into())
    }

    async fn before_create(&mut self, db: &Db) -> Result<()> {
        let alike = Order::filter(|order| order.name().eq(&self.name));
        assert!(!alike.exists(db).await?, "it is not there yet");
        call("order before_create".into())
    }

    async fn after_create(&mut self, db: &Db) -> Result<()> {
        assert_eq!(Order::find(db, self.id).await?.name, self.name);
        if self.name == "Endless" {
            call("order after_create, for ever".into())?;
            std::future::pending::<()>().await;
        }
        call("order after_create".into())
    }

    async fn before_update(&mut self, _: &Db) -> Result<()> {
        let name = self.is_changed_in(|order| order.name());
        call(format!("order before_update, name: {name}"))
    }

    async fn after_update(&mut self, _: &Db) -> Result<()> {
        let name = self.was_changed_in(|order| order.name());
        call(format!("order after_update, name: {name}"))
    }

    async fn after_save(&mut self, db: &Db) -> Result<()> {
        assert!(!self.is_changed());
        if self.name == "Restless" {
            self.name = "Calm".into();
            self.save(db).await?;
        }
        call("order after_save".into())
    }

    async fn before_destroy(&mut self, db: &Db) -> Result<()> {
        let lines = Line::filter(|line| line.order_id().eq(self.id));
        call(format!(
            "order before_destroy, lines: {}",
            lines.count(db).await?
        ))
    }

    async fn after_destroy(&mut self, db: &Db) -> Result<()> {
        call(format!(
            "order after_destroy, orders: {}",
            Order::count(db).await?
        ))
    }

    async fn after_commit(&mut self, db: &Db) -> Result<()> {
        assert!(!db.is_in_transaction());
        let what = match (self.record.is_destroyed(), self.was_new_record()) {
            (true, _) => "destroyed",
            (_, true) => "created",
            (_, false) => "updated",
        };
        call(format!("order after_commit: {what} {}", self.name))
    }

    async fn after_rollback(&mut self, _: &Db) -> Result<()> {
        call(format!("order after_rollback: {}", self.slug))
    }
}

/// Has only some of them.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(callbacks, table = "order_lines")]
struct Line {
    pub id: i64,
    #[validate(presence)]
    pub text: String,
    pub order_id: i64,

    #[belongs_to]
    pub order: BelongsTo<Order>,
    pub record: RecordState,
}

impl Callbacks for Line {
    async fn before_validation(&mut self, _: &Db) -> Result<()> {
        call(format!("line before_validation: {}", self.text))
    }

    async fn before_save(&mut self, _: &Db) -> Result<()> {
        call(format!("line before_save: {}", self.text))
    }

    async fn after_create(&mut self, _: &Db) -> Result<()> {
        call(format!("line after_create: {}", self.text))
    }

    async fn before_destroy(&mut self, _: &Db) -> Result<()> {
        call(format!("line before_destroy: {}", self.text))
    }

    async fn after_commit(&mut self, _: &Db) -> Result<()> {
        call(format!("line after_commit: {}", self.text))
    }
}

/// Has none.
#[derive(Debug, Clone, PartialEq, Model)]
struct Customer {
    pub id: i64,
    pub name: String,

    #[has_many(dependent = destroy)]
    pub orders: HasMany<Order>,
    pub record: RecordState,
}

const TABLES: &str = "
    CREATE TABLE customers ({id}, name VARCHAR(255) NOT NULL);
    CREATE TABLE orders (
        {id}, name VARCHAR(255) NOT NULL, slug VARCHAR(255) NOT NULL, views INTEGER NOT NULL DEFAULT 0,
        customer_id BIGINT, created_at {time} NOT NULL, updated_at {time} NOT NULL,
        FOREIGN KEY (customer_id) REFERENCES customers (id)
    );
    CREATE TABLE order_lines (
        {id}, text VARCHAR(255) NOT NULL, order_id BIGINT NOT NULL, FOREIGN KEY (order_id) REFERENCES orders (id)
    );
";

fn with_orders(test: impl AsyncFn(Db) -> Result<()>) {
    with_tables(TABLES, async |db| {
        FAILS.set("");
        called();
        test(db).await
    });
}

fn order(name: &str) -> Order {
    Order {
        name: name.into(),
        ..Order::new()
    }
}

fn line(text: &str) -> LineChanges {
    LineChanges {
        text: Some(text.into()),
        ..Default::default()
    }
}

/// A stored order with two lines, of which nothing has been called yet.
async fn stored(db: &Db) -> Result<Order> {
    let mut order = order("One");
    order.lines.build(line("a"));
    order.lines.build(line("b"));
    order.save(db).await?;
    called();
    Order::find(db, order.id).await
}

const CREATED: [&str; 7] = [
    "order before_validation",
    "order after_validation",
    "order before_save",
    "order before_create",
    "order after_create",
    "order after_save",
    "order after_commit: created One",
];

#[test]
fn a_new_record_is_validated_saved_and_created() {
    with_orders(async |db| {
        order("One").save(&db).await?;
        assert_eq!(called(), CREATED);
        Ok(())
    });
}

#[test]
fn a_stored_record_is_updated_whether_it_changed_or_not() {
    with_orders(async |db| {
        let mut order = stored(&db).await?;
        order.save(&db).await?;
        order.name = "Two".into();
        order.save(&db).await?;
        let updated = |name: bool, now: &str| {
            [
                "order before_validation".to_owned(),
                "order after_validation".into(),
                "order before_save".into(),
                format!("order before_update, name: {name}"),
                format!("order after_update, name: {name}"),
                "order after_save".into(),
                format!("order after_commit: updated {now}"),
            ]
        };
        let called = called();
        assert_eq!(called[..7], updated(false, "One"));
        assert_eq!(called[7..], updated(true, "Two"));
        Ok(())
    });
}

#[test]
fn what_callbacks_set_before_it_is_saved() {
    with_orders(async |db| {
        let mut order = order("anonymous");
        order.save(&db).await?;
        let found = Order::find(&db, order.id).await?;
        assert_eq!(
            (found.name.as_str(), found.slug.as_str()),
            ("Somebody", "somebody")
        );
        assert_eq!(found, order);
        order.name = "Two".into();
        order.save(&db).await?;
        assert_eq!(Order::find(&db, order.id).await?.slug, "two");
        Ok(())
    });
}

#[test]
fn what_was_saved_stays_readable_until_the_next_save() {
    with_orders(async |db| {
        let mut order = order("One");
        assert!(order.saved_changes().is_empty());
        order.save(&db).await?;
        assert!(order.was_new_record() && order.changes().is_empty());
        let saved = order.saved_changes();
        let text = |text: &str| Value::Text(text.into());
        let null = || Value::Null(velocious::value::ValueKind::Text);
        assert_eq!(
            saved[1..3],
            [("name", null(), text("One")), ("slug", null(), text("one"))]
        );
        assert!(
            !saved.iter().any(|(name, ..)| *name == "customer_id"),
            "NULL as before"
        );
        order.name = "Two".into();
        order.save(&db).await?;
        assert!(!order.was_new_record());
        let saved = order.saved_changes();
        assert_eq!(
            saved[..2],
            [
                ("name", text("One"), text("Two")),
                ("slug", text("one"), text("two"))
            ]
        );
        assert_eq!((saved.len(), saved[2].0), (3, "updated_at"));
        order.increment(&db, |o| o.views(), 2).await?;
        assert_eq!(order.saved_changes().len(), 3, "that was no save");
        order.save(&db).await?;
        assert!(order.saved_changes().is_empty());
        assert!(!order.was_changed_in(|o| o.name()));
        order.name = "Three".into();
        order.save(&db).await?;
        order.name = String::new();
        assert!(order.save(&db).await.is_err());
        assert!(
            order.was_changed_in(|o| o.name()),
            "nothing was saved since"
        );
        order.reload(&db).await?;
        assert!(order.saved_changes().is_empty());
        Ok(())
    });
}

#[test]
fn an_error_halts_the_save_and_is_returned_as_it_is() {
    with_orders(async |db| {
        for (at, fails) in CREATED[..6].iter().enumerate() {
            FAILS.set(fails);
            let mut order = order("One");
            order.lines.build(line("a"));
            let error = order.save(&db).await.expect_err("it is halted");
            assert_eq!(
                (error.status(), error.to_string()),
                (418, format!("no {fails}"))
            );
            let own = called()
                .into_iter()
                .filter(|name| name.starts_with("order"));
            let own: Vec<_> = own.collect();
            assert_eq!(own[..=at], CREATED[..=at]);
            // Before it is to be written, there is nothing to be undone.
            let undone = own[at + 1..].to_vec();
            match at {
                0 | 1 => assert_eq!(undone, [""; 0]),
                _ => assert_eq!(undone, ["order after_rollback: one"]),
            }
            assert!(order.is_new_record() && order.id == 0 && order.slug.is_empty());
            assert!(order.lines.get()?[0].is_new_record());
            assert_eq!(Order::count(&db).await? + Line::count(&db).await?, 0);
        }
        Ok(())
    });
}

#[test]
fn an_error_halts_the_destruction_too() {
    with_orders(async |db| {
        let mut order = stored(&db).await?;
        for fails in [
            "order before_destroy, lines: 2",
            "line before_destroy: b",
            "order after_destroy, orders: 0",
        ] {
            FAILS.set(fails);
            let error = order.destroy(&db).await.expect_err("it is halted");
            assert_eq!(error.to_string(), format!("no {fails}"));
            assert_eq!(
                called().last().map(String::as_str),
                Some("order after_rollback: one")
            );
            assert!(order.is_persisted());
            assert_eq!(Line::count(&db).await?, 2);
        }
        FAILS.set("");
        order.destroy(&db).await?;
        assert_eq!(
            called(),
            [
                "order before_destroy, lines: 2",
                "line before_destroy: a",
                "line before_destroy: b",
                "order after_destroy, orders: 0",
                "line after_commit: a",
                "line after_commit: b",
                "order after_commit: destroyed One",
            ]
        );
        Ok(())
    });
}

#[test]
fn what_depends_on_a_record_without_callbacks_has_its_own() {
    with_orders(async |db| {
        let customer = Customer {
            name: "Ann".into(),
            ..Customer::new()
        };
        let mut order = stored(&db).await?;
        order.customer.set(customer);
        order.save(&db).await?;
        called();
        assert_eq!(Customer::all().destroy_all(&db).await?, 1);
        assert_eq!(called().len(), 7);
        assert_eq!(Line::count(&db).await?, 0);
        Ok(())
    });
}

#[test]
fn records_that_belong_to_it_are_saved_in_between() {
    with_orders(async |db| {
        let mut order = order("One");
        order.lines.build(line("a"));
        order.save(&db).await?;
        assert_eq!(
            called(),
            [
                "order before_validation",
                "line before_validation: a",
                "order after_validation",
                "order before_save",
                "order before_create",
                "line before_save: a",
                "line after_create: a",
                "order after_create",
                "order after_save",
                "line after_commit: a",
                "order after_commit: created One",
            ]
        );
        FAILS.set("line before_save: b");
        order.lines.build(line("b"));
        let error = order.save(&db).await.expect_err("the line halts it");
        assert_eq!(error.status(), 418);
        assert_eq!(Line::count(&db).await?, 1);
        Ok(())
    });
}

#[test]
fn a_callback_may_build_what_the_record_belongs_to() {
    with_orders(async |db| {
        let mut order = order("Gift");
        order.save(&db).await?;
        let found = Order::preload(|o| o.customer()).find(&db, order.id).await?;
        assert_eq!(found.customer.get()?.name, "Santa");
        Ok(())
    });
}

#[test]
fn what_callbacks_find_wrong_is_wrong() {
    with_orders(async |db| {
        let mut order = order("odd");
        let error = order.save(&db).await.expect_err("it is odd");
        assert!(error.is_invalid(), "{error:?}");
        assert_eq!(
            order.errors().full_messages(),
            ["Name is odd", "Something is odd"]
        );
        assert!(!order.validate(&db).await?);
        assert_eq!(order.errors().len(), 2);
        order.name = "even".into();
        assert!(order.validate(&db).await?);
        Ok(())
    });
}

#[test]
fn the_outermost_transaction_decides() {
    with_orders(async |db| {
        let outcome = db
            .transaction(async |tx| {
                order("One").save(&tx).await?;
                assert_eq!(called(), CREATED[..6]);
                Err::<(), _>(Error::message("changed my mind"))
            })
            .await;
        assert!(outcome.is_err());
        assert_eq!(called(), ["order after_rollback: one"]);
        db.transaction(async |tx| {
            let mut order = order("One");
            order.save(&tx).await?;
            order.name = "Two".into();
            order.save(&tx).await?;
            called();
            Ok(())
        })
        .await?;
        assert_eq!(
            called(),
            [
                "order after_commit: created One",
                "order after_commit: updated Two"
            ]
        );
        Ok(())
    });
}

#[test]
fn after_the_commit_an_error_changes_nothing() {
    with_orders(async |db| {
        FAILS.set("order after_commit: created One");
        order("One").save(&db).await?;
        assert_eq!(called(), CREATED);
        assert_eq!(Order::count(&db).await?, 1);
        Ok(())
    });
}

#[test]
fn a_record_may_save_itself_once_more() {
    with_orders(async |db| {
        let mut order = order("Restless");
        order.save(&db).await?;
        assert_eq!((order.name.as_str(), order.is_changed()), ("Calm", false));
        assert_eq!(Order::find(&db, order.id).await?.name, "Calm");
        let calls = called();
        let saves = calls.iter().filter(|name| *name == "order after_save");
        assert_eq!(saves.count(), 2);
        let mut order = self::order("Restless");
        FAILS.set("order after_save");
        assert!(order.save(&db).await.is_err());
        assert_eq!(
            (order.name.as_str(), order.is_new_record()),
            ("Restless", true)
        );
        Ok(())
    });
}

#[test]
fn a_save_that_nobody_waits_for_leaves_the_record_as_it_was() {
    with_orders(async |db| {
        let mut order = order("Endless");
        order.lines.build(line("a"));
        let is_there = async || {
            let is_last =
                |called: &Vec<String>| called.last().is_some_and(|it| it.ends_with("ever"));
            while !CALLED.with_borrow(is_last) {
                pause().await;
            }
        };
        in_turns(order.save(&db), is_there()).await;
        assert!(order.is_new_record() && order.id == 0 && order.slug.is_empty());
        assert!(order.lines.get()?[0].is_new_record());
        order.name = "One".into();
        order.save(&db).await?;
        assert_eq!(Order::count(&db).await? + Line::count(&db).await?, 2);
        Ok(())
    });
}

#[test]
fn what_goes_past_them_goes_past_them() {
    with_orders(async |db| {
        let mut order = stored(&db).await?;
        order
            .update_column(&db, |o| o.name().set("Two".into()))
            .await?;
        order.increment(&db, |o| o.views(), 1).await?;
        order.touch(&db).await?;
        Order::insert_multiple(&db, |o| (o.name(), o.slug()), [("Three", "three")]).await?;
        Order::all().update_all(&db, |o| [o.views().set(7)]).await?;
        Line::all().delete_all(&db).await?;
        Order::all().delete_all(&db).await?;
        assert_eq!(called(), [""; 0]);
        Ok(())
    });
}

#[test]
fn a_model_without_the_option_has_none() {
    assert!(<Customer as Record>::LIFECYCLE.is_none());
    assert!(<Order as Record>::LIFECYCLE.is_some());
}
