//! The acceptance suite: one program, a module for each kind of promise.

mod all {
    mod bad_input;
    mod browser;
    mod durability;
    mod failures;
    mod fresh_application;
    mod harness;
    mod json;
    mod log;
    mod pages;
    mod secrets;
    mod shutdown;
    mod wall;
}
