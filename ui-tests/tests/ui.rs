//! Each file under `ui/` makes one mistake; the `.stderr` beside it is the exact message its author gets.
//!
//! `TRYBUILD=overwrite cargo test -p velocious-ui-tests` writes the messages anew: read them before committing.

#[test]
fn mistakes() {
    let cases = trybuild::TestCases::new();
    for mistakes in ["model", "query"] {
        cases.compile_fail(format!("tests/ui/{mistakes}/*.rs"));
    }
}
