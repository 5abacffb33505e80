//! Columns of types that only the application knows.

use velocious::database::Cell;
use velocious::prelude::*;
use velocious::value::{ColumnType, Digits, Value, ValueKind};
use velocious::{BoxError, database::Dialect};

use crate::databases::{create, with_db};

/// A colour, as `#ff8000`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Color([u8; 3]);

impl ColumnType for Color {
    type Base = Color;
    type Nullable = Option<Color>;
    const KIND: ValueKind = ValueKind::Text;

    fn to_value(&self) -> Value {
        let [red, green, blue] = self.0;
        Value::Text(format!("#{red:02x}{green:02x}{blue:02x}"))
    }

    fn from_value(value: Value) -> Result<Self, BoxError> {
        let text = String::from_value(value)?;
        let number = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        let number = number.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let [_, rgb @ ..] = number
            .ok_or("a colour is written like #ff8000")?
            .to_be_bytes();
        Ok(Color(rgb))
    }

    fn from_cell(cell: Option<Cell<'_>>) -> Result<Self, BoxError> {
        Self::from_value(Value::from_cell(Self::KIND, cell)?)
    }
}

/// A whole number of 128 bits, which no database has, but decimal numbers hold.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Huge(i128);

impl ColumnType for Huge {
    type Base = Huge;
    type Nullable = Option<Huge>;
    const KIND: ValueKind = ValueKind::Decimal;

    fn to_value(&self) -> Value {
        match Digits::parse(&self.0.to_string()) {
            Some(digits) if self.0 != 13 => Value::Decimal(digits),
            _ => Value::Unstorable(Self::KIND, format!("{} brings bad luck", self.0)),
        }
    }

    fn from_value(value: Value) -> Result<Self, BoxError> {
        Ok(Huge(Digits::from_value(value)?.as_str().parse()?))
    }

    fn from_cell(cell: Option<Cell<'_>>) -> Result<Self, BoxError> {
        Self::from_value(Value::from_cell(Self::KIND, cell)?)
    }
}

/// What derives make of types that are columns by hand.
#[derive(Debug, Clone, Copy, PartialEq, Default, ColumnType)]
struct Paint(Color);

#[derive(Debug, Clone, PartialEq, Model)]
struct Balloon {
    pub id: i64,
    pub color: Color,
    pub former: Option<Color>,
    pub paint: Paint,
    pub serial: Huge,
    pub record: RecordState,
}

async fn table(db: &Db) -> Result<()> {
    let number = match db.dialect() {
        Dialect::Sqlite => "DECIMAL_TEXT(40, 0)",
        _ => "DECIMAL(40, 0)",
    };
    let sql = "CREATE TABLE balloons (
        {id}, color VARCHAR(7) NOT NULL, former VARCHAR(7), paint VARCHAR(7) NOT NULL, serial {number} NOT NULL
    )";
    create(db, &sql.replace("{number}", number)).await
}

#[test]
fn a_type_of_the_applications_own_is_a_column() {
    const ORANGE: Color = Color([255, 128, 0]);
    with_db(async |db| {
        table(&db).await?;
        let huge = Huge(12_345_678_901_234_567_890_123_456_789_012_345);
        for serial in [Huge(-9), huge, Huge(80)] {
            let mut balloon = Balloon {
                color: ORANGE,
                paint: Paint(Color([0, 0, 9])),
                serial,
                ..Balloon::new()
            };
            balloon.save(&db).await?;
            assert_eq!(Balloon::find(&db, balloon.id).await?, balloon);
        }
        let none = Balloon::filter(|b| b.color().eq(ORANGE).and(b.former().eq(None)));
        assert_eq!(none.count(&db).await?, 3);
        let painted = Balloon::filter(|b| b.paint().is_in([Paint(Color([0, 0, 9]))]));
        assert_eq!(painted.count(&db).await?, 3);
        assert_eq!(
            Balloon::filter(|b| b.serial().eq(huge)).count(&db).await?,
            1
        );
        let ordered = Balloon::order(|b| b.serial().desc()).pluck(|b| b.serial());
        assert_eq!(ordered.load(&db).await?, [huge, Huge(80), Huge(-9)]);
        Ok(())
    });
}

#[test]
fn what_a_type_refuses_is_not_written_and_not_read() {
    with_db(async |db| {
        table(&db).await?;
        let mut unlucky = Balloon {
            serial: Huge(13),
            ..Balloon::new()
        };
        let error = unlucky.save(&db).await.expect_err("13 is refused");
        assert!(error.to_string().contains("13 brings bad luck"), "{error}");
        assert_eq!(Balloon::all().count(&db).await?, 0);
        db.batch(
            "INSERT INTO balloons (id, color, paint, serial) VALUES (1, 'orange', '#000000', 1)",
        )
        .await?;
        let error = Balloon::first(&db).await.expect_err("a word is no colour");
        assert!(
            error
                .to_string()
                .contains("column `color`: a colour is written like #ff8000"),
            "{error}"
        );
        Ok(())
    });
}
