//! Velocious.
