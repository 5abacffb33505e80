//! Runs the tests of the data half in Chromium: the same ones that run on this machine, each test program as one page.
//!
//! `modules` builds the programs for WebAssembly, `site` hands them to the browser, `suite` runs the tests in them, `notes`
//! those of an application, `report` tells what came out.
//! `run.sh`, beside this folder, sets up the toolchain and starts this. An argument is a part of the names of the tests that
//! are to run. The last lines are those of `cargo test`.

mod modules;
mod notes;
mod report;
mod site;
mod suite;

use std::process::ExitCode;
use std::time::Instant;

use velocious_tests::{Browser, TemporaryFolder};

use self::report::Report;
use self::site::Site;

fn main() -> ExitCode {
    let filter = std::env::args().nth(1).unwrap_or_default();
    let folder = TemporaryFolder::new("site");
    let names = match modules::build(folder.path()) {
        Ok(names) => names,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
    };
    let site = Site::open(folder.path());
    let browser = Browser::open();
    let start = Instant::now();
    let mut report = Report::default();
    notes::run(&browser, &site, &filter, &mut report);
    for name in names.iter().filter(|name| *name != "page") {
        suite::run(
            &browser,
            &site.url(&format!("suite.html?{name}")),
            &filter,
            &mut report,
        );
    }
    report.close(start.elapsed());
    match report.is_success() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
