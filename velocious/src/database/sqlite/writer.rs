//! The one connection that writes: its queue, and the groups it commits.
//!
//! [`Writer`] knows nothing of threads: it accepts commands and works off what it can. The line to it gives it a place to
//! live.

use std::collections::VecDeque;
use std::time::Duration;

use super::command::{Answer, Begin, Command, Reply, Work};
use super::connection::{Purpose, SqliteConn};
use super::group::{Group, Member, Steps};
use super::send;
use super::session::{Session, is_open};
use crate::database::engine::LevelId;
use crate::database::verb::Verb;
use crate::database::{DatabaseError, DatabaseErrorKind, DatabaseOptions, Instant};
use crate::error::TransactionOver;
use crate::{Error, Result};

/// The most statements that are committed together: enough to make the commit cheap, and few enough that other
/// processes get their turn.
pub(super) const GROUP: usize = 256;

/// The connection that writes, with its queue.
pub(super) struct Writer {
    connection: SqliteConn,
    options: DatabaseOptions,
    steps: Steps,
    waiting: VecDeque<Waiting>,
    session: Option<Session>,
    closing: Option<Reply<()>>,
}

/// Something that waits for its turn.
struct Waiting {
    deadline: Instant,
    turn: Turn,
}

enum Turn {
    Run(Work),
    Begin(Begin),
    Close(Reply<()>),
}

impl Writer {
    pub(super) fn new(connection: SqliteConn, options: DatabaseOptions) -> Self {
        Writer {
            connection,
            options,
            steps: Steps::new(),
            waiting: VecDeque::new(),
            session: None,
            closing: None,
        }
    }

    /// Takes a command. What belongs to the open transaction happens at once, everything else waits its turn.
    pub(super) fn accept(&mut self, command: Command) {
        let patience = self.options.busy_timeout;
        match command {
            Command::Run { level: None, work } => self.wait(patience, Turn::Run(work)),
            Command::Begin(begin) => self.wait(begin.patience, Turn::Begin(begin)),
            Command::Close { reply } => self.wait(patience, Turn::Close(reply)),
            Command::Run {
                level: Some(level),
                work,
            } => match &mut self.session {
                Some(session) => session.run(level, work, &mut self.connection),
                None => work.refuse(TransactionOver.into()),
            },
            Command::Nest { parent, id, reply } => {
                let nested = match &mut self.session {
                    Some(session) => session.nest(parent, id, &mut self.connection),
                    None => Err(TransactionOver.into()),
                };
                send(reply, nested);
            }
            Command::End { id, commit, reply } => send(reply, self.end(id, commit)),
            Command::Abandon { id } => self.abandon(id),
        }
    }

    fn wait(&mut self, patience: Duration, turn: Turn) {
        let deadline = Instant::now() + patience;
        self.waiting.push_back(Waiting { deadline, turn });
    }

    /// Ends a transaction, and the session if it was the outermost one.
    fn end(&mut self, id: LevelId, commit: bool) -> Result<()> {
        let session = self.session.as_mut().ok_or(TransactionOver)?;
        let deadline = Instant::now() + self.options.busy_timeout;
        let ended = session.end(id, commit, &mut self.connection, deadline);
        if session.is_over() {
            self.end_session();
        }
        ended
    }

    fn end_session(&mut self) {
        let Some(session) = self.session.take() else {
            return;
        };
        if let Err(error) = session.clean_up(&mut self.connection) {
            self.reconnect(&error);
        }
    }

    /// Rolls back a transaction that was dropped, or forgets one that has not begun.
    fn abandon(&mut self, id: LevelId) {
        if self.session.as_ref().is_some_and(|session| session.has(id)) {
            if let Err(error) = self.end(id, false) {
                tracing::warn!(%error, "a transaction that was dropped could not be rolled back");
            }
            return;
        }
        self.waiting
            .retain(|waiting| !matches!(&waiting.turn, Turn::Begin(begin) if begin.id == id));
    }

    /// Works off the queue, up to the next transaction.
    pub(super) fn work(&mut self) {
        while self.session.is_none() && self.closing.is_none() {
            let Some(Waiting { deadline, turn }) = self.waiting.pop_front() else {
                return;
            };
            match turn {
                Turn::Run(work) if work.is_abandoned() => {}
                Turn::Run(work) if may_share(work.verb()) => self.run_shared(work, deadline),
                Turn::Run(work) => self.run_alone(work, deadline),
                Turn::Begin(begin) => self.begin(begin, deadline),
                Turn::Close(reply) => self.closing = Some(reply),
            }
        }
    }

    /// Runs a statement together with those behind it in the queue that may share its commit.
    fn run_shared(&mut self, first: Work, deadline: Instant) {
        let others = self
            .waiting
            .iter()
            .take(GROUP - 1)
            .take_while(
                |waiting| matches!(&waiting.turn, Turn::Run(work) if may_share(work.verb())),
            )
            .count();
        let mut group = vec![(first, deadline)];
        for waiting in self.waiting.drain(..others) {
            if let Turn::Run(work) = waiting.turn
                && !work.is_abandoned()
            {
                group.push((work, waiting.deadline));
            }
        }
        let changes = group.iter().filter(|(work, _)| work.verb() == Verb::Change);
        if changes.count() > 1 {
            self.run_group(group);
        } else {
            for (work, deadline) in group {
                work.run(&mut self.connection, deadline).send();
            }
        }
    }

    /// Runs several statements and commits them at once; each is undone alone when it fails, and all are answered
    /// only when all are safe.
    fn run_group(&mut self, members: Vec<Member>) {
        let deadline = members.first().map_or_else(Instant::now, |first| first.1);
        let mut group = Group::new(members);
        if let Err(error) = self.steps.begin(&mut self.connection, deadline) {
            return self.put_off(group.left, &error);
        }
        let committed = group.run(&self.steps, &mut self.connection, deadline);
        self.put_back(group.left);
        if let Err(error) = committed {
            self.roll_back();
            group
                .answers
                .iter_mut()
                .for_each(|answer| answer.fail(&error));
        }
        group.answers.into_iter().for_each(Answer::send);
    }

    /// After a lock that another process did not let go of: refuses those whose time is over.
    fn put_off(&mut self, group: VecDeque<Member>, error: &DatabaseError) {
        let now = Instant::now();
        let (over, rest): (VecDeque<_>, VecDeque<_>) = group
            .into_iter()
            .partition(|(_, deadline)| !error.is_busy() || *deadline <= now);
        self.put_back(rest);
        for (work, _) in over {
            work.refuse(error.clone().into());
        }
    }

    fn put_back(&mut self, group: VecDeque<Member>) {
        for (work, deadline) in group.into_iter().rev() {
            let turn = Turn::Run(work);
            self.waiting.push_front(Waiting { deadline, turn });
        }
    }

    /// Runs what cannot share a transaction.
    fn run_alone(&mut self, work: Work, deadline: Instant) {
        let may_leave_one_open = work.verb() == Verb::Setting;
        let answer = work.run(&mut self.connection, deadline);
        if may_leave_one_open && is_open(&mut self.connection) {
            self.roll_back();
        }
        answer.send();
    }

    fn begin(&mut self, begin: Begin, deadline: Instant) {
        match Session::begin(&begin, &mut self.connection, deadline) {
            Ok(session) => {
                self.session = Some(session);
                if begin.reply.send(Ok(())).is_err() {
                    self.end_session();
                }
            }
            Err(error) => send(begin.reply, Err(error.into())),
        }
    }

    /// Leaves no transaction open.
    fn roll_back(&mut self) {
        if is_open(&mut self.connection)
            && let Err(error) = self.connection.batch("ROLLBACK")
        {
            self.reconnect(&error);
        }
    }

    /// Replaces a connection in an unknown state. A database in memory has only this one and keeps it.
    fn reconnect(&mut self, error: &DatabaseError) {
        tracing::error!(%error, "the connection that writes is replaced");
        if self.options.path().is_none() {
            return;
        }
        match SqliteConn::open(&self.options, Purpose::Write) {
            Ok(connection) => self.connection = connection,
            Err(error) => {
                tracing::error!(%error, "the connection that writes could not be replaced")
            }
        }
    }

    /// When the first of those that wait for the open transaction has waited long enough.
    pub(super) fn next_deadline(&self) -> Option<Instant> {
        self.waiting.iter().map(|waiting| waiting.deadline).min()
    }

    /// Refuses those that have waited too long for the open transaction.
    pub(super) fn expire(&mut self) {
        let now = Instant::now();
        let (over, rest): (VecDeque<_>, VecDeque<_>) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition(|waiting| waiting.deadline <= now);
        self.waiting = rest;
        for Waiting { turn, .. } in over {
            match turn {
                Turn::Run(work) => work.refuse(held()),
                Turn::Begin(begin) => send(begin.reply, Err(held())),
                Turn::Close(reply) => {
                    self.end_session();
                    self.closing = Some(reply);
                }
            }
        }
    }

    /// Whether there is nothing left to do but to close it.
    pub(super) fn is_closing(&self) -> bool {
        self.closing.is_some()
    }

    /// Closes the connection, then says so.
    pub(super) fn close(self) {
        let Writer {
            connection,
            closing,
            ..
        } = self;
        drop(connection);
        if let Some(reply) = closing {
            send(reply, Ok(()));
        }
    }
}

/// Whether a statement may be committed together with others.
fn may_share(verb: Verb) -> bool {
    matches!(verb, Verb::Change | Verb::Read)
}

fn held() -> Error {
    DatabaseError::new(
        DatabaseErrorKind::Busy,
        "another transaction of this program did not end in time (`busy_timeout`): inside of `transaction`, use the handle that the closure is given; and keep transactions short",
    )
    .into()
}

#[cfg(test)]
mod tests {
    use futures_channel::oneshot;

    use super::*;

    #[test]
    fn only_those_whose_time_is_over_are_refused() {
        let options = DatabaseOptions::sqlite(":memory:");
        let connection = SqliteConn::open(&options, Purpose::Write).expect("memory");
        let mut writer = Writer::new(connection, options);
        let batch = |reply| Work::Batch {
            sql: "SELECT 1".into(),
            reply,
        };
        let ((first, mut refused), (second, mut waiting)) =
            (oneshot::channel(), oneshot::channel());
        let (past, future) = (Instant::now(), Instant::now() + Duration::from_secs(60));
        let group = [(batch(first), past), (batch(second), future)];
        let busy = DatabaseError::new(DatabaseErrorKind::Busy, "busy");
        writer.put_off(group.into(), &busy);
        assert!(matches!(refused.try_recv(), Ok(Some(Err(_)))));
        assert!(matches!(waiting.try_recv(), Ok(None)));
        writer.work();
        assert!(matches!(waiting.try_recv(), Ok(Some(Ok(())))));
    }
}
