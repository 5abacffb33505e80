//! Notes that a browser keeps: an application of one page.
//!
//! It is for a browser only, and nothing elsewhere.
#![cfg(target_family = "wasm")]

mod note;
mod notes;
