//! Transactions: how they begin and end, what runs after them, and when they are tried again.

use std::collections::hash_map::RandomState;
use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::hash::{BuildHasher, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::engine::{BeginOptions, Isolation, Level, Turn};
use super::{DatabaseError, Db, current};
use crate::{BoxFuture, Error, Result};

/// After so many runs that failed, a transaction waits until no other one runs beside it.
const RUNS_BESIDE_OTHERS: u32 = 3;

/// How a transaction runs; see [`Db::transaction_with`].
///
/// ```
/// use velocious::database::{Db, Isolation, TransactionOptions};
/// use velocious::value::Value;
///
/// # async fn example(db: &Db) -> velocious::Result<()> {
/// let options = TransactionOptions::new().isolation(Isolation::Serializable).retries(5);
/// db.transaction_with(options, async |tx| {
///     tx.execute_sql("UPDATE accounts SET balance = balance - ? WHERE id = 1", [Value::BigInt(5)]).await
/// })
/// .await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use = "options do nothing until they are given to `transaction_with`"]
pub struct TransactionOptions {
    isolation: Option<Isolation>,
    read_only: bool,
    retries: u32,
}

impl TransactionOptions {
    /// A transaction as [`Db::transaction`] runs it: as isolated as the database does by itself, run once.
    pub fn new() -> Self {
        Self::default()
    }

    /// What it sees of those that run beside it. SQLite's are always serializable.
    pub fn isolation(mut self, isolation: Isolation) -> Self {
        self.isolation = Some(isolation);
        self
    }

    /// Whether it refuses to write. On SQLite it does not keep others from writing then.
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.read_only = read_only;
        self
    }

    /// How often it is run again, from its beginning, when all that was wrong was another one in its way: a deadlock,
    /// a serialization failure, a lock that did not become free in time. Between two runs is a pause of a random
    /// length, which grows; one that has been unlucky several times runs alone among those of this program that may be
    /// run again. Nothing of a run that failed stays in the database; what else it has done has to bear
    /// being done again.
    ///
    /// A transaction within another one is never run again by itself, because it is the whole that stands in the way.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    fn begin(self) -> BeginOptions {
        BeginOptions {
            isolation: self.isolation,
            read_only: self.read_only,
            ..BeginOptions::default()
        }
    }
}

impl Db {
    /// Runs `work` in a transaction: committed when it answers `Ok`, rolled back when it answers `Err`, panics or is
    /// dropped before it has ended. Everything in it has to go through the handle `work` is given.
    ///
    /// In a transaction already, it is one within it (a savepoint), which can fail alone.
    ///
    /// On SQLite a transaction is the only one that writes while it lasts: keep it short. On a server it has a
    /// connection for itself; a statement in it that is dropped before it has ended takes the transaction with it.
    ///
    /// # Errors
    /// What `work` fails with, or a [`DatabaseError`] when the transaction cannot begin in time or not commit.
    pub async fn transaction<T, F>(&self, work: F) -> Result<T>
    where
        F: AsyncFnOnce(Db) -> Result<T>,
    {
        self.begin_with(BeginOptions::default(), work).await
    }

    /// The same with options; `work` may be run several times, if they say so.
    ///
    /// # Errors
    /// As [`transaction`](Self::transaction); of several runs, the last one's.
    pub async fn transaction_with<T, F>(
        &self,
        options: TransactionOptions,
        mut work: F,
    ) -> Result<T>
    where
        F: AsyncFnMut(Db) -> Result<T>,
    {
        let retries = match self.is_in_transaction() {
            true => 0,
            false => options.retries,
        };
        let mut run = 0;
        loop {
            let outcome = {
                let _turn = match retries {
                    0 => Turn::default(),
                    _ => self.engine().turn(run >= RUNS_BESIDE_OTHERS).await,
                };
                self.begin_with(options.begin(), async |tx| work(tx).await)
                    .await
            };
            match outcome {
                Err(error) if run < retries && is_retryable(&error) => {
                    run += 1;
                    tracing::debug!(%error, run, "a transaction is run again");
                    self.engine().pause(pause(run)).await;
                }
                outcome => return outcome,
            }
        }
    }

    /// Runs `hook` when the outermost transaction has been committed, with a handle outside of it; now, when there is
    /// no transaction. It is not run when the transaction, or the one within it that this handle belongs to, is rolled
    /// back.
    ///
    /// What has been committed stays, so an error of the hook is logged and changes nothing.
    ///
    /// ```
    /// # async fn example(db: &velocious::Db) -> velocious::Result<()> {
    /// db.transaction(async |tx| {
    ///     tx.after_commit(|_db| async { println!("saved"); Ok(()) }).await;
    ///     tx.execute_sql("DELETE FROM drafts", []).await
    /// })
    /// .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn after_commit<F, W>(&self, hook: F)
    where
        F: FnOnce(Db) -> W + Send + 'static,
        W: Future<Output = Result<()>> + Send + 'static,
    {
        match self.transaction_level() {
            Some(level) => level.hooks().add(Event::Commit, boxed(hook)),
            None => run_hook(self, boxed(hook)).await,
        }
    }

    /// Runs `hook` when the transaction of this handle has been rolled back, or the one around it, with a handle
    /// outside of what was rolled back; never when there is no transaction. A transaction whose future was dropped is
    /// rolled back without it, because nobody is left to wait for it.
    ///
    /// An error of the hook is logged.
    pub fn after_rollback<F, W>(&self, hook: F)
    where
        F: FnOnce(Db) -> W + Send + 'static,
        W: Future<Output = Result<()>> + Send + 'static,
    {
        if let Some(level) = self.transaction_level() {
            level.hooks().add(Event::Rollback, boxed(hook));
        }
    }

    /// The same as [`transaction`](Self::transaction), begun in a special way.
    pub(crate) async fn begin_with<T, F>(&self, options: BeginOptions, work: F) -> Result<T>
    where
        F: AsyncFnOnce(Db) -> Result<T>,
    {
        let transaction = Transaction::begin(self, options).await?;
        let handle = transaction.handle();
        let outcome = current::within(handle.clone(), work(handle)).await;
        let ended = transaction.end(outcome.is_ok()).await;
        // When both fail, the first reason is the one to know.
        let value = outcome?;
        ended.map(|()| value)
    }
}

/// An open transaction, rolled back when dropped before its end.
struct Transaction {
    db: Db,
    level: Level,
    is_ended: bool,
}

impl Transaction {
    async fn begin(db: &Db, options: BeginOptions) -> Result<Self> {
        // Made first: dropping it undoes a beginning that nobody waits for any more.
        let mut transaction = Transaction {
            db: db.clone(),
            level: Level::transaction(),
            is_ended: false,
        };
        db.refuse_self_deadlock()?;
        let level = &mut transaction.level;
        match db.level() {
            None => db.engine().begin(level, options).await?,
            Some(parent) => db.engine().nest(parent, level, options).await?,
        }
        Ok(transaction)
    }

    fn handle(&self) -> Db {
        self.db.at(self.level.clone())
    }

    /// Ends it, then runs what was to be run after it.
    async fn end(mut self, commit: bool) -> Result<()> {
        self.is_ended = true;
        let ended = self.db.engine().end(&self.level, commit).await;
        let hooks = self.level.hooks().take();
        match (commit && ended.is_ok(), self.db.transaction_level()) {
            // Whether it is committed is decided by the one around it.
            (true, Some(parent)) => parent.hooks().extend(hooks),
            (true, None) => self.run(hooks, Event::Commit).await,
            (false, _) => self.run(hooks, Event::Rollback).await,
        }
        ended
    }

    async fn run(&self, hooks: Vec<(Event, Hook)>, event: Event) {
        for (_, hook) in hooks.into_iter().filter(|(of, _)| *of == event) {
            run_hook(&self.db, hook).await;
        }
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if !self.is_ended {
            self.db.engine().abandon(&self.level);
        }
    }
}

type Hook = Box<dyn FnOnce(Db) -> BoxFuture<'static, Result<()>> + Send>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Event {
    Commit,
    Rollback,
}

/// What is to be run after a transaction; clones share it.
#[derive(Clone, Default)]
pub(crate) struct Hooks(Arc<Mutex<Vec<(Event, Hook)>>>);

impl Hooks {
    fn add(&self, event: Event, hook: Hook) {
        self.list().push((event, hook));
    }

    fn extend(&self, hooks: Vec<(Event, Hook)>) {
        self.list().extend(hooks);
    }

    fn take(&self) -> Vec<(Event, Hook)> {
        std::mem::take(&mut self.list())
    }

    fn list(&self) -> MutexGuard<'_, Vec<(Event, Hook)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Hooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} hooks", self.list().len())
    }
}

fn boxed<F, W>(hook: F) -> Hook
where
    F: FnOnce(Db) -> W + Send + 'static,
    W: Future<Output = Result<()>> + Send + 'static,
{
    Box::new(|db| Box::pin(hook(db)))
}

async fn run_hook(db: &Db, hook: Hook) {
    if let Err(error) = hook(db.clone()).await {
        tracing::error!(%error, "what was to be done after a transaction failed");
    }
}

/// Whether an error of the database, or one that it caused, is no reason to give up.
fn is_retryable(error: &Error) -> bool {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error.as_error());
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<DatabaseError>() {
            return error.is_retryable();
        }
        cause = error.source();
    }
    false
}

/// Between nothing and twice the last one's most, so that two that met do not meet again.
fn pause(run: u32) -> Duration {
    let most = Duration::from_millis(10 << run.min(6)).as_micros();
    // The keys of a hasher are the randomness at hand.
    let random = RandomState::new().build_hasher().finish();
    Duration::from_micros(random % u64::try_from(most).unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::DatabaseErrorKind;

    #[test]
    fn only_what_may_pass_is_tried_again_and_however_deep_it_is() {
        let error = |kind| DatabaseError::new(kind, "");
        assert!(is_retryable(&error(DatabaseErrorKind::Deadlock).into()));
        assert!(!is_retryable(
            &error(DatabaseErrorKind::UniqueViolation).into()
        ));

        #[derive(Debug)]
        struct Around(DatabaseError);
        impl fmt::Display for Around {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("around")
            }
        }
        impl StdError for Around {
            fn source(&self) -> Option<&(dyn StdError + 'static)> {
                Some(&self.0)
            }
        }
        assert!(is_retryable(&Around(error(DatabaseErrorKind::Busy)).into()));
    }

    #[test]
    fn pauses_grow_and_end() {
        assert!(pause(1) <= Duration::from_millis(20));
        assert!(pause(100) <= Duration::from_millis(640));
    }
}
