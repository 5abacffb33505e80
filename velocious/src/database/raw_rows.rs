//! Rows of a query written by hand, as values.

use std::any::Any;

use chrono::{NaiveDate, NaiveDateTime};

use super::{RowRead, RowSink};
use crate::BoxError;
use crate::value::{ColumnType, Value, ValueKind};

/// Collects rows as values of the kinds it is told.
pub(crate) struct RawRows {
    kinds: Vec<ValueKind>,
    rows: Vec<Vec<Value>>,
}

impl RawRows {
    pub(crate) fn new(kinds: &[ValueKind]) -> Box<Self> {
        Box::new(RawRows {
            kinds: kinds.to_vec(),
            rows: Vec::new(),
        })
    }

    /// What a sink made by [`RawRows::new`] has collected.
    pub(crate) fn collected(sink: Box<dyn RowSink>) -> Vec<Vec<Value>> {
        sink.into_any()
            .downcast::<Self>()
            .map(|sink| sink.rows)
            .unwrap_or_default()
    }
}

impl RowSink for RawRows {
    fn row(&mut self, row: &dyn RowRead) -> Result<bool, BoxError> {
        let cells = self.kinds.iter().enumerate();
        let values = cells.map(|(at, kind)| read(row, at, *kind));
        self.rows.push(values.collect::<Result<_, _>>()?);
        Ok(true)
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}

fn read(row: &dyn RowRead, at: usize, kind: ValueKind) -> Result<Value, BoxError> {
    fn as_value<T: ColumnType>(row: &dyn RowRead, at: usize) -> Result<Value, BoxError> {
        row.get::<Option<T>>(at).map(|value| value.to_value())
    }
    match kind {
        ValueKind::Bool => as_value::<bool>(row, at),
        ValueKind::Integer => as_value::<i32>(row, at),
        ValueKind::BigInt => as_value::<i64>(row, at),
        ValueKind::Double => as_value::<f64>(row, at),
        ValueKind::Text => as_value::<String>(row, at),
        ValueKind::Binary => as_value::<Vec<u8>>(row, at),
        ValueKind::Timestamp => as_value::<NaiveDateTime>(row, at),
        ValueKind::Date => as_value::<NaiveDate>(row, at),
    }
}
