//! The URL of a database on a server, whose password never shows.

use std::fmt;

use super::Dialect;

/// `postgres://user:password@host:port/database?options`.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ServerUrl {
    dialect: Dialect,
    /// As it was given, from behind `://` on.
    rest: String,
}

impl ServerUrl {
    /// Which server a scheme stands for.
    pub(crate) fn dialect_of(scheme: &str) -> Option<Dialect> {
        match scheme {
            "postgres" | "postgresql" => Some(Dialect::Postgres),
            "mysql" | "mariadb" => Some(Dialect::Mysql),
            _ => None,
        }
    }

    pub(crate) fn new(dialect: Dialect, rest: &str) -> Self {
        let rest = rest.strip_prefix("//").unwrap_or(rest).to_owned();
        ServerUrl { dialect, rest }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The whole URL in the spelling its driver knows.
    #[cfg(any(feature = "postgres", feature = "mysql"))]
    pub(crate) fn full(&self) -> String {
        format!("{}://{}", self.scheme(), self.rest)
    }

    /// The name of the database, not decoded; `None` when none is given.
    pub(crate) fn database(&self) -> Option<&str> {
        let (_, path) = self.authority_and_path();
        let name = path.split('?').next().unwrap_or_default();
        (!name.is_empty()).then_some(name)
    }

    /// The value of an option behind the `?`.
    #[cfg(feature = "mysql")]
    pub(crate) fn option(&self, name: &str) -> Option<&str> {
        let (_, options) = self.rest.split_once('?')?;
        let mut pairs = options.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// The same URL for another database on the same server.
    #[cfg(any(test, feature = "postgres", feature = "mysql"))]
    pub(crate) fn with_database(&self, name: &str) -> Self {
        let (authority, path) = self.authority_and_path();
        let options = path.find('?').map_or("", |at| &path[at..]);
        ServerUrl {
            dialect: self.dialect,
            rest: format!("{authority}/{name}{options}"),
        }
    }

    fn scheme(&self) -> &'static str {
        match self.dialect {
            Dialect::Mysql => "mysql",
            Dialect::Postgres | Dialect::Sqlite => "postgres",
        }
    }

    /// What stands before the first `/`, and what behind it.
    fn authority_and_path(&self) -> (&str, &str) {
        let end = self.rest.find(['/', '?']).unwrap_or(self.rest.len());
        let (authority, path) = self.rest.split_at(end);
        (authority, path.strip_prefix('/').unwrap_or(path))
    }
}

/// Without the password, and without the options, one of which may be a password too.
impl fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (authority, _) = self.authority_and_path();
        write!(f, "{}://", self.scheme())?;
        match authority.rsplit_once('@') {
            None => f.write_str(authority)?,
            Some((login, host)) => match login.split_once(':') {
                None => write!(f, "{login}@{host}")?,
                Some((user, _)) => write!(f, "{user}:…@{host}")?,
            },
        }
        write!(f, "/{}", self.database().unwrap_or_default())
    }
}

impl fmt::Debug for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_shows() {
        let shown = |rest| ServerUrl::new(Dialect::Postgres, rest).to_string();
        assert_eq!(
            shown("//shop:s3:cr@et@db.example:5433/shop?password=s3cret"),
            "postgres://shop:…@db.example:5433/shop"
        );
        assert_eq!(shown("//localhost/shop"), "postgres://localhost/shop");
        assert_eq!(shown("//shop@localhost"), "postgres://shop@localhost/");
    }

    #[test]
    fn another_database_is_on_the_same_server() {
        let url = ServerUrl::new(Dialect::Mysql, "//u:p@h:3307/shop?compression=fast");
        assert_eq!(url.database(), Some("shop"));
        let other = url.with_database("mysql");
        assert_eq!(other.rest, "u:p@h:3307/mysql?compression=fast");
        assert_eq!(ServerUrl::new(Dialect::Mysql, "//h").database(), None);
        assert_eq!(ServerUrl::new(Dialect::Mysql, "//h?x=1").database(), None);
    }
}
