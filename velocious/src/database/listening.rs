//! The statements of one request, kept for a page that shows them.

use std::cell::RefCell;
use std::rc::Rc;

/// How many statements are kept of one request.
const MOST: usize = 200;

thread_local! {
    /// Those who are told of the statements of what runs on this thread just now, innermost last.
    static LISTENERS: RefCell<Vec<Rc<RefCell<Statements>>>> = const { RefCell::new(Vec::new()) };
}

/// The statements of one request, in their order.
#[derive(Debug, Default)]
pub(crate) struct Statements {
    pub(crate) list: Vec<Ran>,
    /// How many more there were.
    pub(crate) left_out: usize,
}

/// A statement that was run.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) sql: String,
    pub(crate) milliseconds: f64,
    /// How many rows it was about; nothing when it failed.
    pub(crate) rows: Option<usize>,
}

impl Statements {
    fn add(&mut self, sql: &str, milliseconds: f64, rows: Option<usize>) {
        if self.list.len() == MOST {
            self.left_out += 1;
            return;
        }
        self.list.push(Ran {
            sql: sql.to_owned(),
            milliseconds,
            rows,
        });
    }
}

/// Keeps the statements of what runs on this thread until it is dropped, also by a panic.
pub(crate) struct Listening;

impl Listening {
    pub(crate) fn new(statements: Rc<RefCell<Statements>>) -> Self {
        LISTENERS.with_borrow_mut(|listeners| listeners.push(statements));
        Listening
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        LISTENERS.with_borrow_mut(Vec::pop);
    }
}

/// Whether anybody is told of the statements of this thread.
pub(super) fn is_listening() -> bool {
    LISTENERS.with_borrow(|listeners| !listeners.is_empty())
}

/// Tells who listens of a statement; `rows` is `None` when it failed.
pub(super) fn tell(sql: &str, milliseconds: f64, rows: Option<usize>) {
    LISTENERS.with_borrow(|listeners| {
        if let Some(statements) = listeners.last() {
            statements.borrow_mut().add(sql, milliseconds, rows);
        }
    });
}
