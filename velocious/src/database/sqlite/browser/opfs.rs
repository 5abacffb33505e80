//! The files that a browser keeps for a site (its "origin private file system"), through SQLite's own layer for them.
//!
//! A worker takes all of the folder's files at once, and no other worker or tab can have them meanwhile. So the first
//! database that is opened takes the folder, and the last one that is closed gives it back.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use futures_channel::oneshot;
use js_sys::Reflect;
use js_sys::futures::spawn_local;
use sqlite_wasm_rs::WasmOsCallback;
use sqlite_wasm_rs::vfs::VfsFilesManager;
use sqlite_wasm_vfs::sahpool::{OpfsSAHError, OpfsSAHPoolCfgBuilder, OpfsSAHPoolUtil, install};

use super::timer;
use crate::database::sqlite::connection::Outcome;
use crate::database::{DatabaseError, DatabaseErrorKind, Instant};

/// What SQLite calls this kind of file.
pub(in crate::database::sqlite) const VFS: &str = "velocious-opfs";

/// The folder of the site's private files that belongs to us.
const FOLDER: &str = ".velocious";

/// A database has its file and a journal beside it, and SQLite may want one more for a moment.
const FILES_EACH: u32 = 3;

/// How long to wait before the folder is asked for again. A page that was left a moment ago may not have let go of it.
const PAUSE: Duration = Duration::from_millis(50);

thread_local! {
    static FOLDER_AT_HAND: RefCell<Option<Rc<OpfsSAHPoolUtil>>> = const { RefCell::new(None) };
    /// How many databases are open, or about to be.
    static OPEN: Cell<u32> = const { Cell::new(0) };
}

/// The right to a file, which ends when it is dropped. The database has to be closed before.
pub(super) struct Lease(());

impl Lease {
    fn new() -> Self {
        OPEN.set(OPEN.get() + 1);
        Lease(())
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let left = OPEN.get().saturating_sub(1);
        OPEN.set(left);
        if left > 0 {
            return;
        }
        let folder = FOLDER_AT_HAND.with_borrow(Option::clone);
        if let Some(Err(error)) = folder.map(|folder| folder.pause()) {
            tracing::warn!(%error, "the browser's files are held until this worker ends");
        }
    }
}

/// Takes the folder, waiting up to `patience` for another tab to let go of it.
pub(super) async fn lease(name: &str, patience: Duration) -> Outcome<Lease> {
    let ((), lease) = on_this_thread("open", name, patience, |_| Ok(())).await?;
    Ok(lease)
}

/// Deletes a database that nobody has open; answers whether there was one.
pub(in crate::database) async fn remove(name: &str, patience: Duration) -> Outcome<bool> {
    let file = name.to_owned();
    let removed = on_this_thread("delete", name, patience, move |folder| {
        folder.remove(&format!("{file}-journal"))?;
        folder.remove(&file)
    });
    Ok(removed.await?.0)
}

/// Takes the folder and does `work` with it; `verb` is what that is in an error. The browser's promises cannot leave this thread, unlike the future that waits
/// for them here.
async fn on_this_thread<T: Send + 'static>(
    verb: &'static str,
    name: &str,
    patience: Duration,
    work: impl FnOnce(&Rc<OpfsSAHPoolUtil>) -> Result<T, OpfsSAHError> + 'static,
) -> Outcome<(T, Lease)> {
    let (reply, answer) = oneshot::channel();
    let name = name.to_owned();
    spawn_local(async move {
        let lease = Lease::new();
        let outcome = match take(patience).await {
            Ok(folder) => work(&folder),
            Err(error) => Err(error),
        };
        let outcome = outcome.map_err(|error| explained(verb, &name, &error));
        let _ = reply.send(outcome.map(|made| (made, lease)));
    });
    answer.await.unwrap_or_else(|_| {
        let text = "the browser stopped while the database was opened";
        Err(DatabaseError::new(DatabaseErrorKind::CannotOpen, text))
    })
}

async fn take(patience: Duration) -> Result<Rc<OpfsSAHPoolUtil>, OpfsSAHError> {
    let deadline = Instant::now() + patience;
    loop {
        match try_to_take().await {
            Err(error) if is_taken(&error) && Instant::now() < deadline => {
                timer::sleep(PAUSE).await;
            }
            outcome => return outcome,
        }
    }
}

async fn try_to_take() -> Result<Rc<OpfsSAHPoolUtil>, OpfsSAHError> {
    let options = OpfsSAHPoolCfgBuilder::new()
        .vfs_name(VFS)
        .directory(FOLDER)
        .build();
    let folder = Rc::new(install::<WasmOsCallback>(&options, false).await?);
    FOLDER_AT_HAND.set(Some(folder.clone()));
    while folder.is_paused() {
        folder.resume().await?;
    }
    folder
        .ensure_capacity((OPEN.get() * FILES_EACH) as usize)
        .await?;
    Ok(folder)
}

/// Whether another tab or worker has the files, or this one is about to take them.
fn is_taken(error: &OpfsSAHError) -> bool {
    match error {
        OpfsSAHError::Busy => true,
        OpfsSAHError::Opfs { value, .. } => Reflect::get(value, &"name".into())
            .is_ok_and(|name| name.as_string().as_deref() == Some("NoModificationAllowedError")),
        _ => false,
    }
}

fn explained(verb: &str, name: &str, error: &OpfsSAHError) -> DatabaseError {
    let (kind, cause) = match error {
        OpfsSAHError::NotSupported => (
            DatabaseErrorKind::CannotOpen,
            "a browser gives its files only to dedicated workers, on pages that came over HTTPS or from `localhost`; open the database in a `new Worker(…)`".to_owned(),
        ),
        taken if is_taken(taken) => (
            DatabaseErrorKind::Busy,
            "another tab or worker of this site has it open; close that one, or let it answer for both".to_owned(),
        ),
        OpfsSAHError::FileInUse(_) => (
            DatabaseErrorKind::Busy,
            "it is open in this worker; close it first".to_owned(),
        ),
        other => (DatabaseErrorKind::CannotOpen, other.to_string()),
    };
    DatabaseError::new(
        kind,
        format!("cannot {verb} the database `{name}`: {cause}"),
    )
}
