//! One file for each macro: its mistakes, what is said about them, and under which word.

mod controller;
mod message;
mod migration;
mod model;
mod model_enum;
mod password;
mod polymorphic;
mod projection;
mod routes;
mod stored;
mod test;
mod translation;
mod validation;
