//! The application `page`, whose notes a browser keeps: across reloads, for one tab at a time.

use serde_json::{Value, json};
use velocious_tests::Browser;

use crate::report::Report;
use crate::site::Site;

/// A database that a browser keeps, by its URL.
const KEPT: &str = "opfs:notes.sqlite3";

/// Milliseconds for who may have to wait for a tab that was closed a moment ago.
const PATIENT: u32 = 10_000;

/// A test: its name, and what it does, with the reason why it failed.
type Test = (&'static str, fn(&Page<'_>) -> Result<(), String>);

const TESTS: [Test; 7] = [
    ("notes::are_kept_in_memory_by_the_page_itself", in_memory),
    ("notes::outlive_reloads", across_reloads),
    ("notes::are_added_together_or_not_at_all", together),
    ("notes::have_one_tab_at_a_time", one_tab),
    ("notes::that_wait_for_themselves_are_refused", waiting),
    ("notes::are_kept_only_by_workers_and_under_a_name", refused),
    ("notes::are_deleted_with_their_database", deleted),
];

/// Runs the tests whose names contain `filter`.
pub(crate) fn run(browser: &Browser, site: &Site, filter: &str, report: &mut Report) {
    for (name, test) in TESTS.iter().filter(|(name, _)| name.contains(filter)) {
        match test(&Page { browser, site }) {
            Ok(()) => report.passed(name),
            Err(message) => report.failed(name, &message),
        }
    }
}

struct Page<'b> {
    browser: &'b Browser,
    site: &'b Site,
}

impl Page<'_> {
    /// Loads it, with the notes in a worker.
    fn load(&self) {
        self.browser.visit(&self.site.url("notes.html"));
    }

    /// What the notes answer.
    fn call(&self, call: Value) -> Value {
        self.browser.evaluate(&format!("window.call(...{call})"))
    }

    fn expect(&self, call: Value, expected: &Value) -> Result<(), String> {
        let answer = self.call(call.clone());
        match answer == *expected {
            true => Ok(()),
            false => Err(format!("{call} answers {answer}, not {expected}")),
        }
    }

    fn expect_error(&self, call: Value, expected: &str) -> Result<(), String> {
        self.expect(call, &json!({ "error": expected }))
    }

    /// Loads the page and opens an empty database that is kept.
    fn open_empty(&self) -> Result<(), String> {
        self.load();
        let removed = self.call(json!(["remove", KEPT]));
        if !removed.is_boolean() {
            return Err(format!("the database is not removed: {removed}"));
        }
        self.open()
    }

    fn open(&self) -> Result<(), String> {
        self.expect(json!(["open", KEPT, PATIENT]), &Value::Null)
    }
}

fn in_memory(page: &Page<'_>) -> Result<(), String> {
    page.browser.visit(&page.site.url("notes.html?page"));
    page.expect(json!(["open", "sqlite::memory:", PATIENT]), &Value::Null)?;
    page.expect(json!(["add", "tea"]), &Value::Null)?;
    page.expect(json!(["texts"]), &json!(["tea"]))?;
    page.browser.visit(&page.site.url("notes.html?page"));
    page.expect(json!(["open", "sqlite::memory:", PATIENT]), &Value::Null)?;
    page.expect(json!(["texts"]), &json!([]))
}

fn across_reloads(page: &Page<'_>) -> Result<(), String> {
    page.open_empty()?;
    let mut texts = Vec::new();
    for number in 0..6 {
        texts.push(format!("note {number}"));
        page.expect(json!(["add", texts.last()]), &Value::Null)?;
        page.load();
        page.open()?;
        page.expect(json!(["texts"]), &json!(texts))?;
    }
    Ok(())
}

fn together(page: &Page<'_>) -> Result<(), String> {
    page.open_empty()?;
    page.expect(json!(["add_both", "bread", "milk"]), &Value::Null)?;
    let taken = "Text has already been taken";
    page.expect_error(json!(["add_both", "salt", "milk"]), taken)?;
    page.load();
    page.open()?;
    page.expect(json!(["texts"]), &json!(["bread", "milk"]))
}

fn one_tab(page: &Page<'_>) -> Result<(), String> {
    page.open_empty()?;
    page.expect(json!(["add", "mine"]), &Value::Null)?;
    let first = page.browser.tab();
    let second = page.browser.open_tab();
    page.browser.go_to_tab(&second);
    page.load();
    page.expect_error(
        json!(["open", KEPT, 200]),
        "cannot open the database `notes.sqlite3`: another tab or worker of this site has it open; close that one, or let it answer for both",
    )?;
    page.browser.go_to_tab(&first);
    page.expect(json!(["close"]), &Value::Null)?;
    page.browser.go_to_tab(&second);
    page.open()?;
    page.expect(json!(["texts"]), &json!(["mine"]))?;
    page.browser.close_tab();
    page.browser.go_to_tab(&first);
    page.load();
    page.open()?;
    page.expect(json!(["texts"]), &json!(["mine"]))
}

fn waiting(page: &Page<'_>) -> Result<(), String> {
    page.load();
    page.expect(json!(["open", "sqlite::memory:", 100]), &Value::Null)?;
    page.expect(json!(["add", "mine"]), &Value::Null)?;
    page.expect_error(
        json!(["wait_for_oneself"]),
        "another transaction of this program did not end in time (`busy_timeout`): inside of `transaction`, use the handle that the closure is given; and keep transactions short",
    )?;
    page.expect(json!(["texts"]), &json!(["mine"]))
}

fn refused(page: &Page<'_>) -> Result<(), String> {
    page.browser.visit(&page.site.url("notes.html?page"));
    page.expect_error(
        json!(["open", KEPT, 100]),
        "cannot open the database `notes.sqlite3`: a browser gives its files only to dedicated workers, on pages that came over HTTPS or from `localhost`; open the database in a `new Worker(…)`",
    )?;
    page.expect_error(
        json!(["open", "opfs:db/notes.sqlite3", 100]),
        "`opfs:db/notes.sqlite3` names no file of the browser: write a name without folders, as in `opfs:app.sqlite3`",
    )?;
    page.expect_error(
        json!(["open", "sqlite:notes.sqlite3", 100]),
        "cannot open the database `notes.sqlite3`: there are no such files in a browser; use a URL like `opfs:app.sqlite3`, or `sqlite::memory:`",
    )
}

fn deleted(page: &Page<'_>) -> Result<(), String> {
    page.open_empty()?;
    page.expect(json!(["add", "mine"]), &Value::Null)?;
    page.expect_error(
        json!(["remove", KEPT]),
        "cannot delete the database `notes.sqlite3`: it is open in this worker; close it first",
    )?;
    page.expect(json!(["close"]), &Value::Null)?;
    page.expect(json!(["remove", KEPT]), &json!(true))?;
    page.expect(json!(["remove", KEPT]), &json!(false))?;
    page.open()?;
    page.expect(json!(["texts"]), &json!([]))
}
