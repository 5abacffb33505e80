//! The proc macros of Velocious.
