//! The server half from outside: what an application sees of it.

mod view;
