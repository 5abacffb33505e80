//! The name of an application, which is the name of a Cargo package and of a crate.

use velocious_naming::{is_rust_keyword, kebab};

use super::check_letters;
use crate::failure::{Failure, Outcome};

/// Crates that an application already depends on or that Rust brings along.
const TAKEN: &[&str] = &[
    "alloc",
    "core",
    "maud",
    "models",
    "proc-macro",
    "serde",
    "std",
    "test",
    "velocious",
    "velocious-cli",
    "velocious-macros",
];

/// The package that an application called `word` gets: `MyShop` and `my_shop` become `my-shop`.
///
/// # Errors
/// No package can be called that.
pub(crate) fn package_name(word: &str) -> Outcome<String> {
    check_letters(word, "application")?;
    let package = kebab(word);
    if is_rust_keyword(&package) || TAKEN.contains(&package.as_str()) {
        return Err(Failure::usage(format!(
            "`{word}` cannot name an application: Rust or Velocious has a crate or a keyword of that name; try `my-{package}`"
        )));
    }
    Ok(package)
}

#[cfg(test)]
mod tests {
    use super::package_name;

    #[test]
    fn applications_become_packages() {
        assert_eq!(package_name("shop").expect("good"), "shop");
        assert_eq!(package_name("MyShop").expect("good"), "my-shop");
        assert_eq!(package_name("my_shop").expect("good"), "my-shop");
        for bad in [
            "",
            "2shop",
            "my shop",
            "Velocious",
            "test",
            "type",
            "-x",
            "ø",
        ] {
            assert!(
                package_name(bad).is_err(),
                "`{bad}` is no name for a package"
            );
        }
    }
}
