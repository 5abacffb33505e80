//! New values for some fields of a record: what the derive writes of its `TaskChanges`, one call for each field.

use super::Model;
use crate::value::Value;

/// Sets a field, if there is something to set it to; the derive writes one call for each field.
pub fn assign<T>(field: &mut T, change: Option<T>) {
    if let Some(value) = change {
        *field = value;
    }
}

/// The columns that change, of all that could.
pub fn changed<const N: usize>(columns: [(usize, bool); N]) -> Vec<usize> {
    let columns = columns.into_iter();
    columns
        .filter_map(|(column, changes)| changes.then_some(column))
        .collect()
}

/// A new record with some columns, and those columns' values.
pub(super) fn new_with<M: Model>(changes: M::Changes) -> (M, Vec<(usize, Value)>) {
    let columns = M::changed_columns(&changes);
    let mut record = M::new();
    record.apply(changes);
    let values = columns
        .into_iter()
        .map(|column| (column, record.value(column)))
        .collect();
    (record, values)
}
