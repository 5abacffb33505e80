//! SQLite in a browser, where there are no threads: the writer works where it is asked, and reads too.
//!
//! * [`line`]: the writer, and who takes its turn; [`timer`]: the browser's clock.
//! * [`opfs`]: the files that a browser keeps.

mod line;
pub(super) mod opfs;
mod timer;

use super::command::Work;
use crate::Result;
use crate::database::{DatabaseOptions, RowSink, Statement};

pub(super) use line::Line;

/// Connections that only read, of which there are none: a browser lets one connection into a file.
pub(super) enum Readers {}

impl Readers {
    pub(super) fn start(_: &DatabaseOptions) -> Result<Option<Self>> {
        Ok(None)
    }

    pub(super) fn run(&self, _: Work) {
        match *self {}
    }

    pub(super) fn stream(&self, _: Statement, _: Box<dyn RowSink>) -> Result<()> {
        match *self {}
    }

    pub(super) fn close(&self) {
        match *self {}
    }
}
