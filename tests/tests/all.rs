//! The acceptance suite: one program, a module for each kind of promise.

mod all {
    mod bad_input;
    mod browser;
    mod connections;
    mod durability;
    mod failures;
    mod fresh_application;
    mod harness;
    mod json;
    mod log;
    mod pages;
    mod secrets;
    mod serving;
    mod shutdown;
    mod wall;
}
