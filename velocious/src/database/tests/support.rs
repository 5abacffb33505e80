//! Futures without a runtime, and databases in a folder of their own.

use std::path::{Path, PathBuf};
use std::pin::pin;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
#[cfg(not(target_family = "wasm"))]
use std::thread::{Thread, current, park};
use std::time::Duration;

use crate::database::{DatabaseError, DatabaseErrorKind, DatabaseOptions, Db};
use crate::value::{Value, ValueKind};
use crate::{Error, Result};

/// Runs a future on this thread.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => park(),
        }
    }
}

/// Runs a future that waits for nobody but itself: in a browser nothing happens while a function is at work.
#[cfg(target_family = "wasm")]
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Flag(std::sync::atomic::AtomicBool);
    impl Wake for Flag {
        fn wake(self: Arc<Self>) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    let woken = Arc::new(Flag(true.into()));
    let waker = Waker::from(woken.clone());
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    while woken.0.swap(false, Ordering::Relaxed) {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
    panic!("the test waits for something that cannot happen")
}

/// Polls a future once; dropping it then is what a cancelled request does.
pub(crate) fn poll_once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    let mut context = Context::from_waker(Waker::noop());
    std::pin::Pin::new(future).poll(&mut context)
}

/// A future that is pending once.
pub(crate) async fn yield_once() {
    let mut is_second = false;
    std::future::poll_fn(|context| {
        context.waker().wake_by_ref();
        match std::mem::replace(&mut is_second, true) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    })
    .await;
}

/// A folder that is removed with its content.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("velocious-test-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        // One of an earlier process of the same id may have been left behind.
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder for the test");
        Folder(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn options(&self) -> DatabaseOptions {
        patient(self.0.join("test.sqlite3"))
    }

    pub(crate) async fn open(&self) -> Db {
        Db::open(self.options())
            .await
            .expect("a database in a file")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A database whose turn is waited for also where the machine is busy.
fn patient(path: impl AsRef<Path>) -> DatabaseOptions {
    DatabaseOptions::sqlite(path).busy_timeout(Duration::from_secs(60))
}

pub(crate) async fn memory() -> Db {
    let db = Db::open(patient(":memory:")).await;
    db.expect("a database in memory")
}

/// What tells a child that it is one, and which file to use.
const FILE: &str = "VELOCIOUS_TEST_FILE";

/// Starts this very test program again, to run only `test` on a database in `file`.
pub(crate) fn start_child(test: &str, file: &Path) -> Child {
    let program = std::env::current_exe().expect("this program");
    Command::new(program)
        .args(["--exact", test, "--nocapture"])
        .env(FILE, file)
        .stdout(Stdio::piped())
        .spawn()
        .expect("a child")
}

/// The database of a child; `None` when this is no child.
pub(crate) async fn of_child() -> Option<Db> {
    let file = std::env::var_os(FILE)?;
    Some(Db::open(patient(file)).await.expect("open"))
}

/// The one number that a query answers.
pub(crate) async fn number(db: &Db, sql: &str) -> Result<i64> {
    let rows = db.rows_sql(sql, [], &[ValueKind::BigInt]).await?;
    match rows.first().map(Vec::as_slice) {
        Some([Value::BigInt(number)]) => Ok(*number),
        other => Err(Error::message(format!("{sql}: {other:?}"))),
    }
}

/// The first column of a query, as text.
pub(crate) async fn texts(db: &Db, sql: &str) -> Result<Vec<String>> {
    let rows = db.rows_sql(sql, [], &[ValueKind::Text]).await?;
    let texts = rows.into_iter().flatten();
    Ok(texts
        .map(|value| match value {
            Value::Text(text) => text,
            other => other.to_string(),
        })
        .collect())
}

pub(crate) fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

/// The kind of the database's error in `result`.
pub(crate) fn kind_of<T: std::fmt::Debug>(result: Result<T>) -> DatabaseErrorKind {
    let error = result.expect_err("it should fail");
    match error.downcast_ref::<DatabaseError>() {
        Some(error) => error.kind(),
        None => panic!("no error of the database: {error:?}"),
    }
}
