//! The line to the writer: a queue, and the thread at its end.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;

use futures_channel::oneshot;

use super::command::{Command, Reply};
use super::connection::{Purpose, SqliteConn};
use super::writer::{GROUP, Writer};
use super::{answered, lock, send, spawn};
use crate::Result;
use crate::database::{DatabaseOptions, Instant};

/// The line to a writer on a thread of its own.
pub(super) struct Line {
    commands: Sender<Command>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Line {
    /// Starts the thread, which opens the database.
    pub(super) async fn open(options: &DatabaseOptions) -> Result<Self> {
        let (reply, opened) = oneshot::channel();
        let (commands, inbox) = channel();
        let options = options.clone();
        let thread = spawn("velocious-write", move || write(options, reply, &inbox))?;
        answered(opened).await?;
        Ok(Line {
            commands,
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Hands over a command. Where the writer is gone the command's reply is dropped, which is an answer too.
    pub(super) fn send(&self, command: Command) {
        let _ = self.commands.send(command);
    }

    /// Waits for the end of the thread, which has been told to close.
    pub(super) fn hang_up(&self) {
        let thread = lock(&self.thread).take();
        if let Some(Err(_)) = thread.map(JoinHandle::join) {
            tracing::error!("the thread that writes to the database panicked");
        }
    }
}

/// What the thread does; `opened` is answered when the database is open or cannot be.
fn write(options: DatabaseOptions, opened: Reply<()>, inbox: &Receiver<Command>) {
    match SqliteConn::open(&options, Purpose::Write) {
        Ok(connection) => {
            send(opened, Ok(()));
            serve(Writer::new(connection, options), inbox);
        }
        Err(error) => send(opened, Err(error.into())),
    }
}

/// Works until the database is closed or nobody can ask for anything any more.
fn serve(mut writer: Writer, inbox: &Receiver<Command>) {
    while !writer.is_closing() {
        let next = match writer.next_deadline() {
            None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(at) => inbox.recv_timeout(at.saturating_duration_since(Instant::now())),
        };
        match next {
            Ok(command) => {
                writer.accept(command);
                // Everything that has come meanwhile, so that it can be committed together.
                inbox
                    .try_iter()
                    .take(GROUP)
                    .for_each(|next| writer.accept(next));
            }
            Err(RecvTimeoutError::Timeout) => writer.expire(),
            Err(RecvTimeoutError::Disconnected) => return,
        }
        writer.work();
    }
    writer.close();
}
