//! How rows reach a sink.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;

use futures_core::Stream;

use super::Outcome;
use crate::BoxError;
use crate::database::{DatabaseError, DatabaseErrorKind, RowSink, Statement};

/// Hands each row of a stream of diesel-async's to a sink and counts them. A sink that has enough ends a query; what a
/// statement that writes has to say is always heard to the end, because its failure comes last.
macro_rules! each_row {
    ($stream:ident, $statement:ident, $sink:ident, $rows:ident, $row:ident, $failed:ident) => {
        let mut wants_more = true;
        while let Some(row) = $crate::database::remote::rows::next(&mut $stream).await {
            let row = row.map_err($failed)?;
            if !wants_more {
                continue;
            }
            if !$crate::database::remote::rows::has_room($sink).await {
                break;
            }
            *$rows += 1;
            wants_more =
                $crate::database::remote::rows::taken($statement, || $sink.row(&$row(&row)))?;
            if !wants_more && $statement.verb() == $crate::database::verb::Verb::Read {
                break;
            }
        }
    };
}
pub(in crate::database) use each_row;

/// The next item of a stream.
pub(in crate::database) async fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
    std::future::poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}

/// Waits until a sink takes another row; `false` when nobody wants its rows any more.
pub(in crate::database) async fn has_room(sink: &mut dyn RowSink) -> bool {
    std::future::poll_fn(|context| sink.poll_room(context)).await
}

/// What a sink says to a row; a panic in it, which may be the application's, is an error like any other.
pub(in crate::database) fn taken(
    statement: &Statement,
    take: impl FnOnce() -> Result<bool, BoxError>,
) -> Outcome<bool> {
    let taken = catch_unwind(AssertUnwindSafe(take)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().copied();
        let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        let text = format!("reading a row panicked: {}", text.unwrap_or("no message"));
        Err(DatabaseError::new(DatabaseErrorKind::Other, text).into())
    });
    taken.map_err(|error| {
        let error = match error.downcast::<DatabaseError>() {
            Ok(error) => *error,
            Err(error) => DatabaseError::decode(error),
        };
        error.with_sql(|| statement.sql())
    })
}
