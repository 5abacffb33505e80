//! What most files of an application use: `use velocious::prelude::*;`.

#[cfg(feature = "server")]
pub use crate::{App, Application, Context, Json, Path, Response};
pub use crate::{Error, Result};
