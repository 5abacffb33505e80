//! Each rule that a record can be validated by.

use velocious::database::Dialect;
use velocious::model::{Errors, Record};
use velocious::prelude::*;
use velocious::value::Value;

use crate::databases::with_tables;

#[derive(Debug, Clone, PartialEq, Model)]
#[validate(custom = check_price)]
struct Booking {
    pub id: i64,
    #[validate(presence, uniqueness(scope(kind), case_sensitive = false))]
    #[validate(format(with = r"^[A-Za-z]+$", without = "^test", message = "must be letters"))]
    pub code: String,
    #[validate(inclusion(in = ["day", "night"]), allow_blank)]
    pub kind: String,
    #[validate(numericality(greater_than = 0, less_than_or_equal = 99.5, other_than = 13))]
    #[validate(numericality(only_integer), if = is_rounded)]
    pub price: f64,
    #[validate(inclusion(in = 1..=4, message = "must be 1 to 4"), numericality(even))]
    pub guests: i32,
    #[validate(comparison(greater_than_or_equal = starts_on))]
    pub ends_on: Option<NaiveDate>,
    pub starts_on: NaiveDate,
    #[validate(confirmation, exclusion(in = ["root@example.com"]), length(exactly = 5, message = "has %{count} letters"), unless(is_draft))]
    pub email: Option<String>,
    #[model(transient)]
    pub email_confirmation: Option<String>,
    #[validate(absence, on = create)]
    #[validate(presence(message = "has to be given"), on = update)]
    pub remark: Option<String>,
    #[model(transient)]
    #[validate(acceptance)]
    pub terms: Option<bool>,
    #[model(transient)]
    pub is_draft: bool,
    #[validate(custom_async = check_room)]
    pub room: i64,
    #[has_many]
    #[validate(associated)]
    pub extras: HasMany<Extra>,
    pub record: RecordState,
}

impl Booking {
    fn is_rounded(&self) -> bool {
        self.kind == "night"
    }

    fn is_draft(&self) -> bool {
        self.is_draft
    }

    fn check_price(&self, errors: &mut Errors) {
        if self.price > 50.0 && self.guests == 2 {
            errors.add_with(
                Errors::BASE,
                "dear",
                "Two guests pay at most %{most}",
                [("most", Value::Integer(50))],
            );
        }
    }

    async fn check_room(&self, db: &Db, errors: &mut Errors) -> Result<()> {
        if self.room == RACE {
            // Stands for another process, between the lookup of the code and the INSERT.
            db.batch(
                "INSERT INTO bookings (code, kind, price, guests, starts_on, room)
                 VALUES ('ABC', 'day', 1, 2, '2026-01-01', 7)",
            )
            .await?;
        }
        if Booking::filter(|b| b.room().eq(self.room))
            .exists(db)
            .await?
        {
            errors.add("room", "full", "is full");
        }
        Ok(())
    }
}

#[derive(Debug, Clone, PartialEq, Model)]
struct Extra {
    pub id: i64,
    #[validate(presence)]
    pub name: String,
    pub booking_id: i64,
    pub record: RecordState,
}

/// Runs a test on a database with the tables, on each one that there is.
fn with_bookings(test: impl AsyncFn(Db) -> Result<()>) {
    with_tables(TABLES, async |db| {
        db.batch(match db.dialect() {
            // MariaDB has no index of an expression.
            Dialect::Mysql => {
                "ALTER TABLE bookings ADD lower_code VARCHAR(255) AS (lower(code)) VIRTUAL;
                 CREATE UNIQUE INDEX one_code ON bookings (kind, lower_code);"
            }
            _ => "CREATE UNIQUE INDEX one_code ON bookings (kind, lower(code));",
        })
        .await?;
        test(db).await
    });
}

const TABLES: &str = "
    CREATE TABLE bookings (
        {id}, code VARCHAR(255) NOT NULL, kind VARCHAR(255) NOT NULL, price DOUBLE PRECISION NOT NULL,
        guests INTEGER NOT NULL, ends_on DATE, starts_on DATE NOT NULL, email VARCHAR(255), remark VARCHAR(255),
        room BIGINT NOT NULL
    );
    CREATE TABLE extras ({id}, name VARCHAR(255) NOT NULL, booking_id BIGINT NOT NULL);
";

/// A room that somebody else books while it is being validated.
const RACE: i64 = 99;

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, number).expect("a day")
}

fn valid() -> Booking {
    Booking {
        code: "abc".into(),
        kind: "day".into(),
        price: 20.5,
        guests: 2,
        starts_on: day(3),
        ..Booking::new()
    }
}

fn messages(record: &impl Record) -> Vec<String> {
    record.errors().full_messages()
}

/// Changes a valid booking, and asserts what is said about it.
async fn assert_messages(
    db: &Db,
    change: impl FnOnce(&mut Booking),
    expected: &[&str],
) -> Result<()> {
    let mut booking = valid();
    change(&mut booking);
    booking.validate(db).await?;
    assert_eq!(messages(&booking), expected);
    Ok(())
}

#[test]
fn a_valid_record_has_no_messages() {
    with_bookings(async |db| {
        assert_messages(&db, |_| {}, &[]).await?;
        Ok(())
    });
}

#[test]
fn text_has_a_format() {
    with_bookings(async |db| {
        assert_messages(&db, |b| b.code = "a1".into(), &["Code must be letters"]).await?;
        assert_messages(
            &db,
            |b| b.code = "testing".into(),
            &["Code must be letters"],
        )
        .await?;
        assert_messages(
            &db,
            |b| b.code = String::new(),
            &["Code can't be blank", "Code must be letters"],
        )
        .await?;
        Ok(())
    });
}

#[test]
fn a_value_is_one_of_a_list() {
    with_bookings(async |db| {
        assert_messages(
            &db,
            |b| b.kind = "noon".into(),
            &["Kind is not included in the list"],
        )
        .await?;
        assert_messages(&db, |b| b.kind = " ".into(), &[]).await?;
        assert_messages(&db, |b| b.guests = 6, &["Guests must be 1 to 4"]).await?;
        assert_messages(
            &db,
            |b| b.email = Some("root@example.com".into()),
            &["Email has 5 letters", "Email is reserved"],
        )
        .await?;
        Ok(())
    });
}

#[test]
fn numbers_have_bounds() {
    with_bookings(async |db| {
        assert_messages(&db, |b| b.price = 0.0, &["Price must be greater than 0"]).await?;
        assert_messages(
            &db,
            |b| b.price = 99.75,
            &[
                "Two guests pay at most 50",
                "Price must be less than or equal to 99.5",
            ],
        )
        .await?;
        assert_messages(&db, |b| b.price = 13.0, &["Price must be other than 13"]).await?;
        assert_messages(
            &db,
            |b| b.price = f64::NAN,
            &[
                "Price must be greater than 0",
                "Price must be less than or equal to 99.5",
                "Price must be other than 13",
            ],
        )
        .await?;
        assert_messages(&db, |b| b.guests = 3, &["Guests must be even"]).await?;
        Ok(())
    });
}

#[test]
fn a_rule_holds_where_its_condition_says_so() {
    with_bookings(async |db| {
        assert_messages(
            &db,
            |b| b.kind = "night".into(),
            &["Price must be an integer"],
        )
        .await?;
        assert_messages(
            &db,
            |b| {
                b.kind = "night".into();
                b.price = 21.0;
            },
            &[],
        )
        .await?;
        assert_messages(
            &db,
            |b| {
                b.is_draft = true;
                b.email = Some("root@example.com".into());
            },
            &[],
        )
        .await?;
        Ok(())
    });
}

#[test]
fn fields_compare_with_each_other() {
    with_bookings(async |db| {
        assert_messages(
            &db,
            |b| b.ends_on = Some(day(2)),
            &["Ends on must be greater than or equal to 2026-01-03"],
        )
        .await?;
        assert_messages(&db, |b| b.ends_on = Some(day(3)), &[]).await?;
        Ok(())
    });
}

#[test]
fn what_is_typed_twice_is_the_same() {
    with_bookings(async |db| {
        let email = |again: Option<&str>| {
            let again = again.map(str::to_owned);
            move |booking: &mut Booking| {
                booking.email = Some("a@b.c".into());
                booking.email_confirmation = again;
            }
        };
        assert_messages(&db, email(None), &[]).await?;
        assert_messages(&db, email(Some("a@b.c")), &[]).await?;
        assert_messages(
            &db,
            email(Some("a@b.d")),
            &["Email confirmation doesn't match Email"],
        )
        .await?;
        Ok(())
    });
}

#[test]
fn what_is_accepted_is_true() {
    with_bookings(async |db| {
        assert_messages(&db, |b| b.terms = Some(true), &[]).await?;
        assert_messages(&db, |b| b.terms = Some(false), &["Terms must be accepted"]).await?;
        Ok(())
    });
}

#[test]
fn rules_know_new_records_from_stored_ones() {
    with_bookings(async |db| {
        let mut booking = valid();
        booking.remark = Some("early".into());
        assert!(booking.save(&db).await.is_err());
        assert_eq!(messages(&booking), ["Remark must be blank"]);
        booking.remark = None;
        booking.save(&db).await?;
        booking.room = 2;
        assert!(booking.save(&db).await.is_err());
        assert_eq!(messages(&booking), ["Remark has to be given"]);
        Ok(())
    });
}

#[test]
fn a_value_is_unique_whatever_its_case() {
    with_bookings(async |db| {
        valid().save(&db).await?;
        let mut twin = Booking {
            code: "ABC".into(),
            room: 2,
            ..valid()
        };
        assert!(!twin.validate(&db).await?);
        assert_eq!(messages(&twin), ["Code has already been taken"]);
        twin.kind = "night".into();
        twin.price = 20.0;
        assert!(twin.validate(&db).await?, "{:?}", messages(&twin));
        Ok(())
    });
}

/// An index of an expression does not say which columns it is about.
#[test]
fn a_lost_race_on_an_index_without_columns_is_the_same_error() {
    with_bookings(async |db| {
        let mut booking = Booking {
            room: RACE,
            ..valid()
        };
        let error = booking.save(&db).await.expect_err("somebody is quicker");
        assert!(error.is_invalid(), "{error:?}");
        assert_eq!(messages(&booking), ["Code has already been taken"]);
        Ok(())
    });
}

#[test]
fn functions_of_the_model_may_ask_the_database() {
    with_bookings(async |db| {
        let mut first = valid();
        first.save(&db).await?;
        let mut second = Booking {
            code: "def".into(),
            ..valid()
        };
        assert!(!second.validate(&db).await?);
        assert_eq!(messages(&second), ["Room is full"]);
        assert!(second.errors().has("room", "full"));
        Ok(())
    });
}

#[test]
fn loaded_records_are_valid_too() {
    with_bookings(async |db| {
        let mut booking = valid();
        booking.extras.set(vec![Extra {
            name: "Bed".into(),
            ..Extra::new()
        }]);
        assert!(booking.validate(&db).await?);
        booking.extras.set(vec![Extra::new()]);
        assert!(!booking.validate(&db).await?);
        assert_eq!(messages(&booking), ["Extras is invalid"]);
        Ok(())
    });
}

#[test]
fn messages_have_a_kind_and_details() {
    with_bookings(async |db| {
        let mut booking = Booking {
            price: 100.0,
            guests: 4,
            ..valid()
        };
        booking.validate(&db).await?;
        let message = booking.errors().iter().next().expect("too dear");
        assert_eq!(message.attribute(), "price");
        assert_eq!(message.kind(), "less_than_or_equal");
        assert_eq!(message.text(), "must be less than or equal to 99.5");
        assert_eq!(
            message.details(),
            [
                ("count", Value::Double(99.5)),
                ("value", Value::Double(100.0))
            ]
        );
        assert_eq!(
            booking.errors().full_messages_on("price"),
            ["Price must be less than or equal to 99.5"]
        );
        Ok(())
    });
}

#[test]
fn fields_that_are_not_stored_are_assigned_like_others() {
    let mut booking = valid();
    booking.assign(BookingChanges {
        terms: Some(Some(true)),
        ..Default::default()
    });
    assert_eq!(booking.terms, Some(true));
    assert!(!booking.changes().iter().any(|change| change.0 == "terms"));
}
