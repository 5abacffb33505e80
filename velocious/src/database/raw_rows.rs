//! Rows of a query written by hand, as values.

use std::any::Any;

use super::{RowRead, RowSink};
use crate::BoxError;
use crate::value::{Value, ValueKind};

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
    let mut value = Value::Null(kind);
    row.with_cell(at, &mut |cell| {
        value = Value::from_cell(kind, cell)?;
        Ok(())
    })?;
    Ok(value)
}
