//! Keeping rows from others while a transaction lasts.

use super::Query;
use crate::model::Model;

/// What to do about rows that somebody else has locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lock {
    /// Wait until they are free.
    Wait,
    /// Leave them out.
    SkipLocked,
    /// Wait until nobody changes them, and let others read them under the same lock meanwhile.
    Share,
}

/// Locking rows.
impl<M: Model> Query<M> {
    /// Locks the rows until the transaction ends, so that nobody else changes or locks them (`FOR UPDATE`); waits for
    /// those that somebody has locked. Rows that are only joined are not locked.
    ///
    /// Outside of a transaction it does nothing that lasts. On SQLite it does nothing at all, and nothing is needed: a
    /// transaction there is the only one that writes from its beginning on.
    ///
    /// ```no_run
    /// use velocious::prelude::*;
    ///
    /// #[derive(Model)]
    /// pub struct Account {
    ///     pub id: i64,
    ///     pub balance: i64,
    ///     pub record: RecordState,
    /// }
    ///
    /// # async fn example(db: &Db) -> Result<()> {
    /// db.transaction(async |tx| {
    ///     let mut account = Account::all().lock().find(&tx, 1).await?;
    ///     account.balance -= 10;
    ///     account.save(&tx).await
    /// })
    /// .await
    /// # }
    /// ```
    pub fn lock(mut self) -> Self {
        self.select.lock = Some(Lock::Wait);
        self
    }

    /// Keeps the rows from being changed, as [`lock`](Self::lock) does, but not from being locked like this by others.
    pub(crate) fn lock_shared(mut self) -> Self {
        self.select.lock = Some(Lock::Share);
        self
    }

    /// Like [`lock`](Self::lock), but leaves out the rows that somebody else has locked (`FOR UPDATE SKIP LOCKED`):
    /// how several workers take from one queue. PostgreSQL, MySQL 8 and MariaDB 10.6 can do it.
    pub fn skip_locked(mut self) -> Self {
        self.select.lock = Some(Lock::SkipLocked);
        self
    }
}
