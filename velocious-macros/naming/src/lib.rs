//! The naming conventions of Velocious.
