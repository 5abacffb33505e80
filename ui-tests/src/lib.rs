//! Cases live under `tests/`.
