//! Which server it is, of the two families that share a protocol.

/// MySQL or MariaDB, and its version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::database) struct Flavour {
    is_mariadb: bool,
    version: (u16, u16),
}

impl Flavour {
    /// Reads what `SELECT VERSION()` says, as in `10.11.6-MariaDB-0+deb12u1`.
    pub(super) fn of(version: &str) -> Self {
        // Some MariaDB servers put the version of the MySQL they stand in for before their own.
        let own = version.strip_prefix("5.5.5-").unwrap_or(version);
        let mut numbers = own
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|number| number.parse().ok());
        Flavour {
            is_mariadb: version.contains("MariaDB"),
            version: (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)),
        }
    }

    pub(super) fn is_mariadb(self) -> bool {
        self.is_mariadb
    }

    /// Whether `INSERT … RETURNING` works.
    pub(in crate::database) fn has_returning(self) -> bool {
        self.is_mariadb && self.version >= (10, 5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_newer_mariadbs_give_back_what_they_insert() {
        for (version, expected) in [
            ("10.11.6-MariaDB-0+deb12u1", true),
            ("5.5.5-10.5.12-MariaDB", true),
            ("11.4.2-MariaDB-log", true),
            ("10.4.30-MariaDB", false),
            ("8.0.36", false),
            ("9.1.0-commercial", false),
        ] {
            assert_eq!(Flavour::of(version).has_returning(), expected, "{version}");
        }
    }
}
