//! Rows as they come, a few at a time.

use std::any::Any;
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_channel::mpsc;
use futures_core::Stream;

use super::row::Rows;
use super::{DatabaseError, DatabaseErrorKind, Db, RowRead, RowSink, Statement};
use crate::{BoxError, BoxFuture, Result};

/// How many rows are handed over together.
const CHUNK: usize = 64;

type Decode<T> = fn(&dyn RowRead) -> Result<T, BoxError>;

/// The rows of a query, in chunks, of which only a few are in memory at any time: a database that is faster than its
/// reader waits.
///
/// Inside of a transaction, and in a database in memory, the rows are fetched all at once.
pub(crate) struct RowStream<T> {
    source: Source<T>,
}

enum Source<T> {
    /// Not asked yet.
    Idle {
        db: Db,
        statement: Statement,
        decode: Decode<T>,
    },
    AllAtOnce(BoxFuture<'static, Result<Vec<T>>>),
    Chunks(mpsc::Receiver<Chunk<T>>),
    Over,
}

/// What passes from the connection to the reader.
enum Chunk<T> {
    Rows(Vec<T>),
    Failure(DatabaseError),
    /// There are no more. Without it, a connection that died would look like a short result.
    End,
}

impl<T: Send + 'static> RowStream<T> {
    pub(crate) fn new(db: &Db, statement: Statement, decode: Decode<T>) -> Self {
        RowStream {
            source: Source::Idle {
                db: db.clone(),
                statement,
                decode,
            },
        }
    }

    /// The next rows; `None` when there are no more.
    pub(crate) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<VecDeque<T>>>> {
        loop {
            match std::mem::replace(&mut self.source, Source::Over) {
                Source::Idle {
                    db,
                    statement,
                    decode,
                } => match start(db, statement, decode) {
                    Ok(source) => self.source = source,
                    Err(error) => return Poll::Ready(Some(Err(error))),
                },
                Source::AllAtOnce(mut rows) => match rows.as_mut().poll(context) {
                    Poll::Ready(rows) => return Poll::Ready(Some(rows.map(VecDeque::from))),
                    Poll::Pending => {
                        self.source = Source::AllAtOnce(rows);
                        return Poll::Pending;
                    }
                },
                Source::Chunks(mut chunks) => match Pin::new(&mut chunks).poll_next(context) {
                    Poll::Ready(Some(Chunk::Rows(rows))) => {
                        self.source = Source::Chunks(chunks);
                        return Poll::Ready(Some(Ok(rows.into())));
                    }
                    Poll::Ready(Some(Chunk::End)) => return Poll::Ready(None),
                    Poll::Ready(Some(Chunk::Failure(error))) => {
                        return Poll::Ready(Some(Err(error.into())));
                    }
                    Poll::Ready(None) => return Poll::Ready(Some(Err(broken_off().into()))),
                    Poll::Pending => {
                        self.source = Source::Chunks(chunks);
                        return Poll::Pending;
                    }
                },
                Source::Over => return Poll::Ready(None),
            }
        }
    }
}

fn start<T: Send + 'static>(db: Db, statement: Statement, decode: Decode<T>) -> Result<Source<T>> {
    if !db.is_pinned() {
        let (sender, chunks) = mpsc::channel(0);
        let sink = Sender {
            sender,
            decode,
            chunk: Vec::with_capacity(CHUNK),
            is_over: false,
        };
        if db.stream_rows(&statement, Box::new(sink))? {
            return Ok(Source::Chunks(chunks));
        }
    }
    Ok(Source::AllAtOnce(Box::pin(async move {
        let sink = db.fetch(statement, Rows::new(decode)).await?;
        Ok(Rows::<T>::collected(sink))
    })))
}

fn broken_off() -> DatabaseError {
    DatabaseError::new(
        DatabaseErrorKind::ConnectionLost,
        "the rows broke off: the connection they came from was closed",
    )
}

/// Sends rows on, and makes the connection wait for the reader.
struct Sender<T> {
    sender: mpsc::Sender<Chunk<T>>,
    decode: Decode<T>,
    chunk: Vec<T>,
    is_over: bool,
}

impl<T: Send + 'static> RowSink for Sender<T> {
    fn row(&mut self, row: &dyn RowRead) -> Result<bool, BoxError> {
        self.chunk.push((self.decode)(row)?);
        Ok(true)
    }

    fn poll_room(&mut self, context: &mut Context<'_>) -> Poll<bool> {
        if self.chunk.len() < CHUNK {
            return Poll::Ready(true);
        }
        if ready!(self.sender.poll_ready(context)).is_err() {
            self.is_over = true;
            return Poll::Ready(false);
        }
        let chunk = std::mem::replace(&mut self.chunk, Vec::with_capacity(CHUNK));
        // Ready, so there is room.
        self.is_over = self.sender.start_send(Chunk::Rows(chunk)).is_err();
        Poll::Ready(!self.is_over)
    }

    fn is_open(&self) -> bool {
        !self.is_over && !self.sender.is_closed()
    }

    fn finish(&mut self, outcome: Result<(), DatabaseError>) {
        if self.is_over {
            return;
        }
        self.is_over = true;
        let rest = std::mem::take(&mut self.chunk);
        self.send_last(Chunk::Rows(rest));
        self.send_last(match outcome {
            Ok(()) => Chunk::End,
            Err(error) => Chunk::Failure(error),
        });
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any + Send> {
        self
    }
}

impl<T> Sender<T> {
    /// A clone of a sender has a place of its own, so it never waits.
    fn send_last(&mut self, chunk: Chunk<T>) {
        let _ = self.sender.clone().start_send(chunk);
    }
}
