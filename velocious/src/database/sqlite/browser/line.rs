//! The line to the writer, who does at once what can be done at once.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, Weak};

use super::opfs::{self, Lease};
use super::timer;
use crate::Result;
use crate::database::options::Location;
use crate::database::sqlite::command::Command;
use crate::database::sqlite::connection::{Purpose, SqliteConn};
use crate::database::sqlite::lock;
use crate::database::sqlite::writer::Writer;
use crate::database::{DatabaseOptions, Instant};

/// The line to a writer on this very thread.
pub(in crate::database::sqlite) struct Line(Arc<Room>);

/// Where the writer sits.
struct Room {
    inbox: Mutex<VecDeque<Command>>,
    seat: Mutex<Option<Seat>>,
    /// When those who have waited too long are refused next.
    alarm: Mutex<Option<Instant>>,
}

/// The writer, and the right to its file. The order is the one in which they are given up.
struct Seat {
    writer: Writer,
    _lease: Option<Lease>,
}

impl Line {
    /// Opens the database.
    pub(in crate::database::sqlite) async fn open(options: &DatabaseOptions) -> Result<Self> {
        let lease = match &options.location {
            Location::Opfs(name) => Some(opfs::lease(name, options.busy_timeout).await?),
            _ => None,
        };
        let connection = SqliteConn::open(options, Purpose::Write)?;
        let seat = Seat {
            writer: Writer::new(connection, options.clone()),
            _lease: lease,
        };
        Ok(Line(Arc::new(Room {
            inbox: Mutex::default(),
            seat: Mutex::new(Some(seat)),
            alarm: Mutex::default(),
        })))
    }

    /// Hands over a command. Where the writer is gone the command's reply is dropped, which is an answer too.
    pub(in crate::database::sqlite) fn send(&self, command: Command) {
        lock(&self.0.inbox).push_back(command);
        self.0.work(|_| ());
    }

    /// There is no thread to wait for.
    pub(in crate::database::sqlite) fn hang_up(&self) {}
}

impl Room {
    /// Lets the writer do `first`, then all that it is asked for.
    fn work(self: &Arc<Self>, first: impl FnOnce(&mut Writer)) {
        // One that is at work already, further up this stack, will see the inbox too.
        let Ok(mut seat) = self.seat.try_lock() else {
            return;
        };
        if let Some(Seat { writer, .. }) = &mut *seat {
            first(writer);
            writer.work();
        }
        while let Some(command) = self.next() {
            match &mut *seat {
                Some(Seat { writer, .. }) => {
                    writer.accept(command);
                    writer.work();
                }
                None => drop(command),
            }
            if let Some(Seat { writer, .. }) = seat.take_if(|seat| seat.writer.is_closing()) {
                writer.close();
            }
        }
        let deadline = seat.as_ref().and_then(|seat| seat.writer.next_deadline());
        drop(seat);
        if let Some(deadline) = deadline {
            self.set_alarm(deadline);
        }
    }

    fn next(&self) -> Option<Command> {
        lock(&self.inbox).pop_front()
    }

    /// Makes sure that the writer is asked at `deadline` who has waited too long.
    fn set_alarm(self: &Arc<Self>, deadline: Instant) {
        let mut alarm = lock(&self.alarm);
        if alarm.is_some_and(|set| set <= deadline) {
            return;
        }
        *alarm = Some(deadline);
        let room = Arc::downgrade(self);
        let time = deadline.saturating_duration_since(Instant::now());
        timer::after(time, move || ring(&room));
    }
}

fn ring(room: &Weak<Room>) {
    if let Some(room) = room.upgrade() {
        *lock(&room.alarm) = None;
        room.work(Writer::expire);
    }
}
