//! Columns of types beyond the plain ones.

use velocious::prelude::*;
use velocious::value::Value;

use crate::databases::{create, with_db};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ModelEnum)]
enum Status {
    #[default]
    Open,
    InProgress,
    #[model_enum(value = "finished")]
    Done,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ModelEnum)]
#[model_enum(integer)]
enum Priority {
    Low = -1,
    #[default]
    Normal,
    #[model_enum(value = 10)]
    High,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, ColumnType)]
struct Email(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ColumnType)]
struct Cents(i64);

#[derive(Debug, Clone, PartialEq, Model)]
struct Customer {
    pub id: Id<Customer>,
    #[validate(presence, format(with = "@"), length(max = 12))]
    pub email: Email,
    #[has_many]
    pub tickets: HasMany<Ticket>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
struct Ticket {
    pub id: Id<Ticket>,
    #[validate(inclusion(in = [Status::Open, Status::Done]), on = create)]
    pub status: Status,
    pub former: Option<Status>,
    pub priority: Priority,
    #[validate(numericality(less_than = 100))]
    pub price: Cents,
    pub customer_id: Option<Id<Customer>>,
    #[belongs_to]
    pub customer: BelongsTo<Customer>,
    pub record: RecordState,
}

async fn tables(db: &Db) -> Result<()> {
    create(
        db,
        "CREATE TABLE customers ({id}, email VARCHAR(255) NOT NULL);
         CREATE TABLE tickets (
             {id}, status VARCHAR(20) NOT NULL, former VARCHAR(20), priority INTEGER NOT NULL,
             price BIGINT NOT NULL, customer_id BIGINT, FOREIGN KEY (customer_id) REFERENCES customers (id)
         );",
    )
    .await
}

#[test]
fn an_enum_is_stored_by_its_name_or_number() {
    with_db(async |db| {
        tables(&db).await?;
        let mut ticket = Ticket {
            status: Status::Done,
            former: Some(Status::InProgress),
            priority: Priority::High,
            ..Ticket::new()
        };
        ticket.save(&db).await?;
        let stored = db
            .rows_sql(
                "SELECT status, former, priority FROM tickets",
                [],
                &[
                    velocious::value::ValueKind::Text,
                    velocious::value::ValueKind::Text,
                    velocious::value::ValueKind::Integer,
                ],
            )
            .await?;
        assert_eq!(
            stored,
            [[
                Value::from("finished"),
                Value::from("in_progress"),
                Value::from(10)
            ]]
        );
        assert_eq!(Ticket::find(&db, ticket.id).await?, ticket);
        Ok(())
    });
}

#[test]
fn an_enum_is_compared_by_its_variants() {
    with_db(async |db| {
        tables(&db).await?;
        for status in [Status::Open, Status::Done, Status::Done] {
            let mut ticket = Ticket {
                status,
                ..Ticket::new()
            };
            ticket.save(&db).await?;
        }
        let done = Ticket::filter(|t| t.status().eq(Status::Done));
        assert_eq!(done.count(&db).await?, 2);
        let listed = Ticket::filter(|t| t.status().is_in([Status::Open, Status::InProgress]));
        assert_eq!(listed.count(&db).await?, 1);
        let none = Ticket::filter(|t| t.former().eq(None).and(t.priority().eq(Priority::Normal)));
        assert_eq!(none.count(&db).await?, 3);
        Ticket::all()
            .update_all(&db, |t| [t.priority().set(Priority::Low)])
            .await?;
        let rows = [(Status::Open, Priority::High, Cents(5))];
        Ticket::insert_multiple(&db, |t| (t.status(), t.priority(), t.price()), rows).await?;
        let highest = Ticket::all().maximum(&db, |t| t.priority()).await?;
        assert_eq!(highest, Some(Priority::High));
        Ok(())
    });
}

#[test]
fn what_no_variant_is_called_is_an_error_with_its_column() {
    with_db(async |db| {
        tables(&db).await?;
        db.batch("INSERT INTO tickets VALUES (1, 'archived', NULL, 0, 0, NULL)")
            .await?;
        let error = Ticket::first(&db).await.expect_err("no such status");
        let text = error.to_string();
        assert!(
            text.starts_with(
                "column `status`: the database holds `archived`, which is no `Status`: there is `open`, `in_progress`, \
                 `finished`; add a variant, or change the rows"
            ),
            "{text}"
        );
        db.batch("UPDATE tickets SET status = 'open', priority = 7")
            .await?;
        let error = Ticket::first(&db).await.expect_err("no such priority");
        assert!(error.to_string().contains("`7`, which is no `Priority`"));
        Ok(())
    });
}

#[test]
fn an_enum_is_written_and_read_by_its_name() -> Result<(), serde_json::Error> {
    assert_eq!(serde_json::to_string(&Status::Done)?, r#""finished""#);
    assert_eq!(
        serde_json::from_str::<Status>(r#""in_progress""#)?,
        Status::InProgress
    );
    assert_eq!(serde_json::to_string(&Priority::High)?, r#""high""#);
    let error = serde_json::from_str::<Priority>(r#""urgent""#).expect_err("no such variant");
    assert!(
        error
            .to_string()
            .contains("expected one of `low`, `normal`, `high`"),
        "{error}"
    );
    Ok(())
}

#[test]
fn rules_see_what_is_inside_a_newtype() {
    with_db(async |db| {
        tables(&db).await?;
        let mut customer = Customer {
            email: Email("somebody".into()),
            ..Customer::new()
        };
        assert!(!customer.validate(&db).await?);
        assert_eq!(customer.errors().full_messages(), ["Email is invalid"]);
        customer.email = Email("some@body.org".into());
        assert!(!customer.validate(&db).await?);
        customer.email = Email("some@body.de".into());
        customer.save(&db).await?;
        let found = Customer::filter(|c| {
            let same = c.email().eq(Email("some@body.de".into()));
            same.and(c.email().contains("body"))
        });
        assert_eq!(found.first(&db).await?, Some(customer));
        let mut ticket = Ticket {
            status: Status::InProgress,
            price: Cents(100),
            ..Ticket::new()
        };
        assert!(!ticket.validate(&db).await?);
        assert_eq!(
            ticket.errors().full_messages(),
            [
                "Status is not included in the list",
                "Price must be less than 100"
            ]
        );
        Ok(())
    });
}

#[test]
fn numbers_in_newtypes_add_up() {
    with_db(async |db| {
        tables(&db).await?;
        let rows = [Cents(40), Cents(2)].map(|price| (Status::Open, Priority::Low, price));
        Ticket::insert_multiple(&db, |t| (t.status(), t.priority(), t.price()), rows).await?;
        assert_eq!(Ticket::all().sum(&db, |t| t.price()).await?, 42);
        Ok(())
    });
}

#[test]
fn a_key_knows_whose_it_is() {
    with_db(async |db| {
        tables(&db).await?;
        let mut customer = Customer {
            email: Email("a@b.c".into()),
            ..Customer::new()
        };
        customer.save(&db).await?;
        assert_eq!(customer.id, Id::new(1));
        let mut ticket = Ticket {
            customer_id: Some(customer.id),
            ..Ticket::new()
        };
        ticket.save(&db).await?;
        customer.load_tickets(&db).await?;
        assert_eq!(customer.tickets.get()?[0].id, ticket.id);
        let found = Ticket::filter(|t| t.customer_id().eq(customer.id)).preload(|t| t.customer());
        let found = found.one(&db).await?;
        assert_eq!(found.customer.get()?.email, customer.email);
        assert_eq!(Ticket::find(&db, Id::new(1)).await?.id.get(), 1);
        let error = Ticket::find(&db, 9.into())
            .await
            .expect_err("there is none");
        assert_eq!(error.to_string(), "Couldn't find Ticket with id = 9");
        assert_eq!(serde_json::to_string(&customer.id).expect("a number"), "1");
        assert_eq!("7".parse(), Ok(Id::<Ticket>::new(7)));
        Ok(())
    });
}
