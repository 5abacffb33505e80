//! The code of an application that was running when something went wrong.

use std::fs;
use std::path::{Component, Path, PathBuf};

use maud::{Markup, Render, html};

use crate::error::Trace;

/// How many lines are shown before and after the one in question.
const AROUND: usize = 5;

/// Some lines of a file of the application.
#[derive(Debug, PartialEq)]
pub(super) struct Excerpt {
    /// Relative to the application's folder.
    file: PathBuf,
    line: usize,
    /// Numbers and texts.
    lines: Vec<(usize, String)>,
}

impl Excerpt {
    /// The innermost code of the application in `trace`: a `.rs` file below `root`.
    pub(super) fn of(trace: &Trace, root: &Path) -> Option<Self> {
        let line = usize::try_from(trace.line).unwrap_or_default();
        // The compiler knows the file from the folder of the workspace, which may be around the application's.
        let place = root.ancestors().find_map(|folder| {
            let file = below(&folder.join(&trace.file), root)?;
            Excerpt::read(root, &file, line)
        });
        place.or_else(|| Excerpt::of_running(&trace.running.to_string(), root))
    }

    fn of_running(trace: &str, root: &Path) -> Option<Self> {
        let folder = std::env::current_dir().unwrap_or_default();
        places(trace).find_map(|(file, line)| {
            let file = below(&folder.join(file), root)?;
            Excerpt::read(root, &file, line)
        })
    }

    fn read(root: &Path, file: &Path, line: usize) -> Option<Self> {
        let text = fs::read_to_string(root.join(file)).ok()?;
        let first = line.saturating_sub(AROUND).max(1);
        let lines = (1..).zip(text.lines()).skip(first - 1);
        let lines = lines.take_while(|(number, _)| *number <= line + AROUND);
        Some(Excerpt {
            file: file.to_owned(),
            line,
            lines: lines
                .map(|(number, text)| (number, text.to_owned()))
                .collect(),
        })
    }
}

impl Render for Excerpt {
    fn render(&self) -> Markup {
        html! {
            h2 { "Source" }
            p { code { (self.file.display()) ":" (self.line) } }
            pre class="source" {
                @for (number, text) in &self.lines {
                    @if *number == self.line { mark { (format!("{number:>5} | {text}")) } }
                    @else { (format!("{number:>5} | {text}")) }
                    "\n"
                }
            }
        }
    }
}

/// The files and lines that a trace names, innermost first: `at ./src/lib.rs:7:9`.
fn places(trace: &str) -> impl Iterator<Item = (&str, usize)> {
    trace.lines().filter_map(|line| {
        let place = line.trim_start().strip_prefix("at ")?;
        let (place, _) = place.rsplit_once(':')?;
        let (file, line) = place.rsplit_once(':')?;
        Some((file, line.parse().ok()?))
    })
}

/// The place of a file of the application in its folder; nothing where it is no code of the application's own.
fn below(file: &Path, root: &Path) -> Option<PathBuf> {
    let file = tidy(file);
    let below = file.strip_prefix(root).ok()?;
    let first = below.components().next()?;
    let is_ours = below.extension().is_some_and(|ending| ending == "rs")
        && !matches!(first.as_os_str().to_str(), Some("target" | "vendor"));
    is_ours.then(|| below.to_owned())
}

/// A path without `.` and `..` in it.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                tidy.pop();
            }
            other => tidy.push(other),
        }
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_from_a_trace() {
        let trace = "   0: velocious::error::from\n             at /a/velocious/src/error.rs:1:2\n   1: shop::x::{{closure}}\n             at ./src/x.rs:31:9\n   2: main\n";
        let found: Vec<_> = places(trace).collect();
        assert_eq!(
            found,
            [("/a/velocious/src/error.rs", 1), ("./src/x.rs", 31)]
        );
    }

    #[test]
    fn the_lines_around_are_shown() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let excerpt = Excerpt::read(root, Path::new("src/http/source.rs"), 1).expect("a file");
        assert_eq!(excerpt.lines.len(), 6);
        let html = excerpt.render().into_string();
        assert!(
            html.contains("<mark>    1 | //! The code of an application"),
            "{html}"
        );
    }

    #[test]
    fn nothing_outside_of_the_application_is_shown() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let file = |name: &str| below(&root.join(name), root);
        assert_eq!(file("src/./x/../lib.rs"), Some("src/lib.rs".into()));
        for name in [
            "../x/src/lib.rs",
            "config/test.toml",
            "target/x.rs",
            "/etc/passwd.rs",
        ] {
            assert_eq!(file(name), None, "{name}");
        }
        let trace = format!("  1: x\n   at {}/src/http/source.rs:3:1\n", root.display());
        let excerpt = Excerpt::of_running(&trace, root).expect("this file");
        assert_eq!(
            (excerpt.file.as_path(), excerpt.line),
            (Path::new("src/http/source.rs"), 3)
        );
        assert_eq!(Excerpt::of_running(&trace, Path::new("/nowhere")), None);
        assert_eq!(tidy(Path::new("/a/./b/../../c")), Path::new("/c"));
    }
}
