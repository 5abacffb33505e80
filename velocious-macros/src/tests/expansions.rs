//! Every expansion is a file that a reviewer reads.

use super::{Case, pretty};

#[test]
fn expansions_are_as_blessed() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut changed = Vec::new();
    for case in Case::all("") {
        let expansion = pretty(case.expansion());
        if bless {
            std::fs::write(&case.expanded, &expansion).expect("an expansion can be written");
        }
        if std::fs::read_to_string(&case.expanded).ok().as_ref() != Some(&expansion) {
            changed.push(format!("{}:\n{expansion}", case.name));
        }
    }
    assert!(
        changed.is_empty(),
        "these expansions changed; run with BLESS=1 and review the difference:\n\n{}",
        changed.join("\n")
    );
}

#[test]
fn every_blessed_file_belongs_to_a_case() {
    let cases = Case::all("");
    let expanded = super::files_below(
        &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expansions"),
    );
    for path in expanded
        .iter()
        .filter(|path| path.to_string_lossy().ends_with(".expanded.rs"))
    {
        assert!(
            cases.iter().any(|case| case.expanded == *path),
            "{} is the expansion of nothing",
            path.display()
        );
    }
}
