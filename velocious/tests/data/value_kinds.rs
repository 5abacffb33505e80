//! Columns of every kind of value, there and back, in conditions and orders.

use std::collections::BTreeMap;

use chrono::{NaiveDateTime, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};
use velocious::database::Dialect;
use velocious::prelude::*;
use velocious::value::{Decimal, Digits, Json, Uuid, Value, ValueKind};

use crate::databases::{create, with_db};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ColumnType)]
#[column_type(json)]
struct Settings {
    theme: String,
    #[serde(default)]
    sizes: Vec<i64>,
}

#[derive(Debug, Clone, PartialEq, Model)]
struct Sample {
    pub id: i64,
    pub small: i16,
    pub single: f32,
    pub at: NaiveTime,
    pub price: Decimal,
    pub raw: serde_json::Value,
    pub limits: Json<BTreeMap<String, i64>>,
    pub settings: Option<Settings>,
    pub token: Option<Uuid>,
    pub maybe_small: Option<i16>,
    pub maybe_single: Option<f32>,
    pub maybe_at: Option<NaiveTime>,
    #[validate(numericality(less_than = 1000.5))]
    pub maybe_price: Option<Decimal>,
    pub maybe_raw: Option<serde_json::Value>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
struct Shelf {
    pub id: Id<Shelf, Uuid>,
    pub label: String,
    #[has_many]
    pub parcels: HasMany<Parcel>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
struct Parcel {
    pub id: Uuid,
    pub label: String,
    pub shelf_id: Option<Id<Shelf, Uuid>>,
    #[belongs_to]
    pub shelf: BelongsTo<Shelf>,
    pub record: RecordState,
}

async fn tables(db: &Db) -> Result<()> {
    let types = match db.dialect() {
        Dialect::Postgres => ["REAL", "TIME", "NUMERIC(30, 4)", "JSONB", "UUID"],
        Dialect::Mysql => ["FLOAT", "TIME(6)", "DECIMAL(30, 4)", "JSON", "CHAR(36)"],
        _ => ["REAL", "TIME", "DECIMAL_TEXT(30, 4)", "JSON", "UUID"],
    };
    let mut sql = String::from(
        "CREATE TABLE samples (
             {id}, small SMALLINT NOT NULL, single {single} NOT NULL, at {clock} NOT NULL, price {decimal} NOT NULL,
             raw {json} NOT NULL, limits {json} NOT NULL, settings {json}, token {uuid}, maybe_small SMALLINT,
             maybe_single {single}, maybe_at {clock}, maybe_price {decimal}, maybe_raw {json}
         );
         CREATE TABLE shelves (id {uuid} NOT NULL PRIMARY KEY, label VARCHAR(20) NOT NULL);
         CREATE TABLE parcels (
             id {uuid} NOT NULL PRIMARY KEY, label VARCHAR(20) NOT NULL, shelf_id {uuid},
             FOREIGN KEY (shelf_id) REFERENCES shelves (id)
         );",
    );
    let names = ["{single}", "{clock}", "{decimal}", "{json}", "{uuid}"];
    for (name, written) in names.into_iter().zip(types) {
        sql = sql.replace(name, written);
    }
    create(db, &sql).await
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a number")
}

fn time(text: &str) -> NaiveTime {
    text.parse().expect("a time")
}

fn sample() -> Sample {
    Sample {
        small: -7,
        single: 0.1,
        at: time("23:59:59.999999"),
        price: decimal("12345678901234567890.1234"),
        raw: serde_json::json!({"b": [1, 2.5, null, "ü'\"\\"], "a": {}}),
        limits: Json(BTreeMap::from([("projects".to_owned(), 3)])),
        settings: Some(Settings {
            theme: "dark".into(),
            sizes: vec![1, i64::MAX],
        }),
        token: Some(Uuid::from_u128(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef)),
        maybe_small: Some(i16::MIN),
        maybe_single: Some(-1.5),
        maybe_at: Some(time("00:00:00")),
        maybe_price: Some(decimal("-0.5000")),
        maybe_raw: Some(serde_json::Value::Null),
        ..Sample::new()
    }
}

#[test]
fn every_kind_comes_back_as_it_went() {
    with_db(async |db| {
        tables(&db).await?;
        let mut full = sample();
        full.save(&db).await?;
        let mut written = sample();
        (written.id, written.record) = (full.id, full.record.clone());
        assert_eq!(full, written);
        assert_eq!(Sample::find(&db, full.id).await?, full);
        assert!(full.changes().is_empty(), "{:?}", full.changes());

        let mut empty = Sample::new();
        empty.save(&db).await?;
        let found = Sample::find(&db, empty.id).await?;
        assert_eq!((found.maybe_small, found.maybe_single), (None, None));
        assert_eq!((found.maybe_at, found.maybe_price), (None, None));
        assert_eq!(
            (&found.maybe_raw, &found.settings, found.token),
            (&None, &None, None)
        );
        assert_eq!(found, empty);

        let mut full = Sample::find(&db, full.id).await?;
        full.limits.insert("users".into(), 7);
        full.raw["b"][3] = "new".into();
        full.price += decimal("0.0001");
        full.at = time("12:00:00");
        full.single = 2.5;
        full.small = 5;
        full.token = None;
        full.maybe_price = None;
        assert_eq!(full.changes().len(), 8);
        full.save(&db).await?;
        let stored = Sample::find(&db, full.id).await?;
        assert_eq!(stored, full);
        assert_eq!(stored.price.to_string(), "12345678901234567890.1235");
        Ok(())
    });
}

#[test]
fn every_kind_is_compared_as_what_it_is() {
    with_db(async |db| {
        tables(&db).await?;
        let mut one = sample();
        one.save(&db).await?;
        let mut other = Sample {
            small: 10,
            single: 0.25,
            at: time("08:30:00"),
            price: decimal("9.5"),
            token: None,
            maybe_price: Some(decimal("100")),
            ..sample()
        };
        other.save(&db).await?;
        let count =
            async |condition: fn(SampleHandle<Sample>) -> velocious::query::Condition<Sample>| {
                Sample::filter(condition).count(&db).await
            };
        assert_eq!(
            count(|s| s.small().lt(0_i16).and(s.maybe_small().eq(i16::MIN))).await?,
            1
        );
        assert_eq!(count(|s| s.single().eq(0.1_f32)).await?, 1);
        assert_eq!(count(|s| s.single().is_in([0.1_f32, 0.25])).await?, 2);
        assert_eq!(count(|s| s.at().ge(time("23:59:59.999999"))).await?, 1);
        assert_eq!(
            count(|s| s.at().between(time("08:00:00"), time("09:00:00"))).await?,
            1
        );
        assert_eq!(
            count(|s| s.price().eq(decimal("12345678901234567890.1234"))).await?,
            1
        );
        assert_eq!(
            count(|s| s.price().eq(decimal("12345678901234567890.1235"))).await?,
            0
        );
        assert_eq!(
            count(|s| s
                .price()
                .gt(decimal("9.49"))
                .and(s.price().le(decimal("9.500"))))
            .await?,
            1
        );
        assert_eq!(
            count(|s| s.price().is_in([decimal("9.5"), decimal("1")])).await?,
            1
        );
        assert_eq!(count(|s| s.price().gt(s.maybe_price())).await?, 1);
        assert_eq!(
            count(|s| s
                .token()
                .eq(Uuid::from_u128(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef)))
            .await?,
            1
        );
        assert_eq!(
            count(|s| s.token().is_in([Some(Uuid::nil()), None])).await?,
            1
        );
        assert_eq!(count(|s| s.raw().eq(sample().raw)).await?, 2);
        assert_eq!(count(|s| s.raw().ne(serde_json::json!([1]))).await?, 2);
        assert_eq!(count(|s| s.settings().eq(sample().settings)).await?, 2);
        assert_eq!(
            count(|s| s.raw().is_in([serde_json::json!(1), sample().raw])).await?,
            2
        );

        let prices = Sample::order(|s| s.price().asc()).pluck(|s| s.price());
        assert_eq!(
            prices.load(&db).await?,
            [decimal("9.5"), decimal("12345678901234567890.1234")]
        );
        let times = Sample::order(|s| s.at().asc()).pluck(|s| (s.at(), s.token()));
        assert_eq!(times.load(&db).await?[0], (time("08:30:00"), None));
        assert_eq!(Sample::all().sum(&db, |s| s.small()).await?, 3);
        assert_eq!(
            Sample::all().sum(&db, |s| s.single()).await?,
            f64::from(0.1_f32) + 0.25
        );
        assert_eq!(
            Sample::all().maximum(&db, |s| s.maybe_price()).await?,
            Some(decimal("100"))
        );
        assert_eq!(
            Sample::all().minimum(&db, |s| s.price()).await?,
            Some(decimal("9.5"))
        );
        Ok(())
    });
}

#[test]
fn decimal_numbers_add_up_to_the_last_digit() {
    with_db(async |db| {
        tables(&db).await?;
        for price in ["0.1", "0.2", "12345678901234567890.0001"] {
            let mut sample = Sample {
                price: decimal(price),
                ..Sample::new()
            };
            sample.save(&db).await?;
        }
        let sum = Sample::all().sum(&db, |s| s.price()).await?;
        assert_eq!(sum, decimal("12345678901234567890.3001"));
        let few = Sample::filter(|s| s.price().lt(decimal("1")));
        assert_eq!(few.clone().sum(&db, |s| s.price()).await?, decimal("0.3"));
        assert_eq!(
            few.average(&db, |s| s.price())
                .await?
                .map(|mean| (mean * 1e9).round()),
            Some(0.15e9)
        );
        assert_eq!(
            Sample::all().sum(&db, |s| s.maybe_price()).await?,
            Decimal::ZERO
        );
        let some = Sample::order(|s| s.price().desc()).limit(2);
        assert_eq!(
            some.clone().sum(&db, |s| s.price()).await?,
            decimal("12345678901234567890.2001")
        );
        assert_eq!(
            some.clone().maximum(&db, |s| s.price()).await?,
            Some(decimal("12345678901234567890.0001"))
        );
        assert_eq!(
            some.minimum(&db, |s| s.price()).await?,
            Some(decimal("0.2"))
        );
        let groups = Sample::all()
            .group(|s| s.small())
            .having(|s| s.price().sum().gt(decimal("9")));
        assert_eq!(
            groups
                .pluck(|s| (s.small(), s.price().sum()))
                .load(&db)
                .await?
                .len(),
            1
        );
        let groups = Sample::all()
            .group(|s| s.price())
            .having(|s| s.price().max().lt(decimal("0.11")));
        assert_eq!(
            groups.pluck(|s| s.price()).load(&db).await?,
            [decimal("0.1")]
        );
        Ok(())
    });
}

#[test]
fn rules_know_decimal_numbers() {
    with_db(async |db| {
        tables(&db).await?;
        let mut sample = Sample {
            maybe_price: Some(decimal("1000.50")),
            ..sample()
        };
        assert!(!sample.validate(&db).await?);
        assert_eq!(
            sample.errors().full_messages(),
            ["Maybe price must be less than 1000.5"]
        );
        sample.maybe_price = Some(decimal("1000.4999"));
        assert!(sample.validate(&db).await?);
        Ok(())
    });
}

#[test]
fn a_number_read_into_a_wider_field_is_the_same() {
    #[derive(Debug, Model)]
    #[model(table = "samples")]
    struct Wide {
        pub id: i64,
        pub small: i64,
        pub maybe_small: Option<i32>,
        pub single: f64,
    }
    with_db(async |db| {
        tables(&db).await?;
        sample().save(&db).await?;
        let wide = Wide::first(&db).await?.expect("a row");
        assert_eq!(
            (wide.id, wide.small, wide.maybe_small),
            (1, -7, Some(-32768))
        );
        assert!((wide.single - 0.1).abs() < 1e-6, "{}", wide.single);
        Ok(())
    });
}

#[test]
fn a_number_that_does_not_fit_is_an_error() {
    #[derive(Debug, Model)]
    #[model(table = "samples")]
    struct Narrow {
        pub id: i64,
        pub small: i16,
        pub price: Option<i16>,
    }
    with_db(async |db| {
        tables(&db).await?;
        sample().save(&db).await?;
        let error = Narrow::first(&db)
            .await
            .expect_err("a decimal number is no i16");
        assert!(error.to_string().contains("column `price`"), "{error}");
        Ok(())
    });
}

#[test]
fn what_is_no_json_is_refused() {
    #[derive(Debug, Model)]
    #[model(table = "samples")]
    struct Odd {
        pub id: i64,
        pub limits: Json<BTreeMap<(i64, i64), i64>>,
        pub record: RecordState,
    }
    with_db(async |db| {
        tables(&db).await?;
        let mut odd = Odd::new();
        odd.limits.insert((1, 2), 3);
        let error = odd.save(&db).await.expect_err("a key of JSON is a text");
        assert!(
            error.to_string().contains("key must be a string"),
            "{error}"
        );
        sample().save(&db).await?;
        let error = Odd::first(&db).await.expect_err("the keys are no pairs");
        assert!(
            error
                .to_string()
                .contains("column `limits`: the JSON is no"),
            "{error}"
        );
        Ok(())
    });
}

#[test]
fn a_uuid_is_a_key_that_is_assigned() {
    with_db(async |db| {
        tables(&db).await?;
        let mut first = Shelf {
            label: "first".into(),
            ..Shelf::new()
        };
        first.save(&db).await?;
        assert_eq!(first.id.get().get_version_num(), 7);
        let chosen = Uuid::from_u128(1);
        let mut second = Shelf {
            id: chosen.into(),
            label: "second".into(),
            ..Shelf::new()
        };
        second.save(&db).await?;
        assert_eq!(second.id, Id::new(chosen));
        assert_eq!(Shelf::find(&db, second.id).await?.label, "second");

        let labels = ["a", "b", "c"];
        Parcel::insert_multiple(
            &db,
            |p| (p.label(), p.shelf_id()),
            labels.map(|label| (label, first.id)),
        )
        .await?;
        Parcel::insert_multiple(
            &db,
            |p| (p.id(), p.label()),
            [(Uuid::nil(), "d"), (chosen, "e")],
        )
        .await?;
        let parcels = Parcel::order(|p| p.label().asc())
            .preload(|p| p.shelf())
            .load(&db)
            .await?;
        assert_eq!(
            parcels
                .iter()
                .filter(|parcel| parcel.id.get_version_num() == 7)
                .count(),
            4
        );
        assert_eq!(parcels[0].shelf.get()?.id, first.id);
        assert_eq!(parcels[4].id, chosen);
        let shelves = Shelf::order(|c| c.label().asc())
            .preload(|c| c.parcels())
            .load(&db)
            .await?;
        assert_eq!(shelves[0].parcels.get()?.len(), 3);
        let many: Vec<_> = (0..600).map(Uuid::from_u128).collect();
        assert_eq!(Parcel::filter(|p| p.id().is_in(many)).count(&db).await?, 1);

        let changed = ParcelChanges {
            label: Some("f".into()),
            ..ParcelChanges::default()
        };
        let upserted = Parcel::upsert(&db, changed, |p| p.id()).await;
        assert!(upserted.is_err() || upserted?.id.get_version_num() == 7);
        let missing = Shelf::find(&db, Uuid::from_u128(9).into())
            .await
            .expect_err("there is none");
        assert_eq!(
            missing.to_string(),
            "Couldn't find Shelf with id = 00000000-0000-0000-0000-000000000009"
        );
        Ok(())
    });
}

#[test]
fn a_time_keeps_its_microseconds_everywhere() {
    #[derive(Debug, Clone, PartialEq, Model)]
    struct Moment {
        pub id: i64,
        pub zoned: DateTime<Utc>,
        pub plain: NaiveDateTime,
        pub record: RecordState,
    }
    with_db(async |db| {
        create(
            &db,
            "CREATE TABLE moments ({id}, zoned {time} NOT NULL, plain {time} NOT NULL)",
        )
        .await?;
        let zoned = DateTime::from_timestamp_nanos(1_700_000_000_123_456_789);
        let mut moment = Moment {
            zoned,
            plain: zoned.naive_utc(),
            ..Moment::new()
        };
        moment.save(&db).await?;
        let kept = zoned - TimeDelta::nanoseconds(789);
        let found = Moment::find(&db, moment.id).await?;
        assert_eq!((found.zoned, found.plain), (kept, kept.naive_utc()));
        assert_eq!(Moment::filter(|m| m.zoned().eq(kept)).count(&db).await?, 1);
        assert_eq!(found, moment);
        Ok(())
    });
}

#[test]
fn raw_rows_have_every_kind() {
    with_db(async |db| {
        tables(&db).await?;
        sample().save(&db).await?;
        let kinds = [
            ValueKind::SmallInt,
            ValueKind::Float,
            ValueKind::Time,
            ValueKind::Decimal,
            ValueKind::Json,
            ValueKind::Uuid,
            ValueKind::Decimal,
        ];
        let sql =
            "SELECT small, single, at, price, raw, token, maybe_price FROM samples WHERE at = ?";
        let rows = db.rows_sql(sql, [Value::from(sample().at)], &kinds).await?;
        let sample = sample();
        assert_eq!(
            rows,
            [[
                Value::from(sample.small),
                Value::from(sample.single),
                Value::from(sample.at),
                Value::from(sample.price),
                Value::from(sample.raw),
                sample.token.expect("a uuid").into(),
                Value::Decimal(Digits::parse("-0.5").expect("a number")),
            ]]
        );
        Ok(())
    });
}
