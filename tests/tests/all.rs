//! The acceptance suite: one program, a module for each promise.

mod all {
    mod harness;
}
