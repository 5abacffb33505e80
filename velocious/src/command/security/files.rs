//! The rules about the files of an application's folder: what is in its repository, and what anybody can fetch.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::report::Report;
use crate::config::{Environment, RawConfig};

/// How many files of `public/` are looked at.
const MOST: usize = 10_000;

/// What the names of files end with that nobody else should have.
const PRIVATE: &[&str] = &[
    ".pem",
    ".key",
    ".p12",
    ".pfx",
    ".keystore",
    ".jks",
    "id_rsa",
    "id_ed25519",
    "id_ecdsa",
];

/// What the names of files end with that hold what people have entrusted to the application.
const DATA: &[&str] = &[".sqlite3", ".sqlite", ".sqlite3-wal", ".dump", ".log"];

/// The files of a folder.
pub(super) struct Files {
    root: PathBuf,
    /// Those in the repository and those that the next `git add` puts there; `None` where there is no repository.
    repository: Option<Vec<String>>,
    /// Those of `public/`.
    public: Vec<String>,
}

impl Files {
    /// Looks at a folder.
    pub(super) fn of(root: &Path) -> Self {
        let mut public = Vec::new();
        gather(&root.join("public"), "", &mut public);
        Files {
            root: root.to_owned(),
            repository: repository(root),
            public,
        }
    }

    /// Those in the repository.
    fn kept(&self) -> impl Iterator<Item = &str> {
        self.repository.iter().flatten().map(String::as_str)
    }
}

/// What git knows of a folder, or would with the next `git add`.
fn repository(root: &Path) -> Option<Vec<String>> {
    let listed = Command::new("git")
        .arg("-C")
        .arg(root)
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let names = String::from_utf8_lossy(&listed.stdout).into_owned();
    let names = names.split('\0').filter(|name| !name.is_empty());
    listed
        .status
        .success()
        .then(|| names.map(str::to_owned).collect())
}

/// The names of the files below a folder, links not followed.
fn gather(folder: &Path, above: &str, names: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = format!("{above}{}", entry.file_name().to_string_lossy());
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => gather(&entry.path(), &format!("{name}/"), names),
            _ if names.len() < MOST => names.push(name),
            _ => return,
        }
    }
}

/// Every rule.
const RULES: &[fn(&Files, &mut Report)] = &[repository_is_known, secrets, settings, data, public];

pub(super) fn check(files: &Files, report: &mut Report) {
    for rule in RULES {
        rule(files, report);
    }
}

fn repository_is_known(files: &Files, report: &mut Report) {
    if files.repository.is_none() {
        report.note("this is no git repository, so that what it would give away is not known");
    }
}

/// Whoever can read the repository, now or ever, has what is in it.
fn secrets(files: &Files, report: &mut Report) {
    for file in files.kept().filter(|file| is_private(file)) {
        report.find(
            "repository",
            format!("`{file}` is in the git repository, or will be with the next `git add`"),
            format!("add it to `.gitignore`, `git rm --cached {file}`, and replace what is in it if it was ever pushed"),
        );
    }
}

fn is_private(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    let environment = name.strip_prefix(".env").is_some_and(|rest| {
        let is_sample = [".example", ".sample", ".template", ".dist"].contains(&rest);
        (rest.is_empty() || rest.starts_with('.')) && !is_sample
    });
    environment || PRIVATE.iter().any(|end| name.ends_with(end))
}

/// A secret or a password in a file of the repository; those of development and test are none.
fn settings(files: &Files, report: &mut Report) {
    for file in files.kept() {
        let name = file
            .strip_prefix("config/")
            .and_then(|name| name.strip_suffix(".toml"));
        let environment = name.and_then(|name| Environment::named(name).ok());
        let Some(environment) = environment.filter(Environment::is_production) else {
            continue;
        };
        let mut raw = RawConfig::read(&files.root, environment.name());
        for (key, variable) in [
            ("security.cookie_secret", "VELOCIOUS_COOKIE_SECRET"),
            (
                "security.previous_cookie_secrets",
                "VELOCIOUS_PREVIOUS_COOKIE_SECRETS",
            ),
        ] {
            if raw
                .take(key)
                .is_some_and(|setting| !setting.value.is_empty())
            {
                report.find(
                    "repository",
                    format!("`{file}` has `{key}` in it, and is in the git repository"),
                    format!("make a new one with `velocious secret`, and set `{variable}` where the application runs"),
                );
            }
        }
        let url = raw.take("database.url");
        let urls = url.into_iter().map(|url| ("DATABASE_URL".to_owned(), url));
        let others = std::mem::take(&mut raw.databases).into_iter();
        let others =
            others.map(|(name, url)| (format!("{}_DATABASE_URL", name.to_uppercase()), url));
        for (variable, url) in urls.chain(others) {
            if url.value.as_text().is_some_and(has_password) {
                report.find(
                    "repository",
                    format!("`{file}` has the URL of a database with its password in it, and is in the git repository"),
                    format!("change the password, and set `{variable}` where the application runs"),
                );
            }
        }
    }
}

/// Whether a URL has a password in it.
fn has_password(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else {
        return false;
    };
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let authority = place.split('/').next().unwrap_or(place);
    let user = authority
        .rsplit_once('@')
        .and_then(|(user, _)| user.split_once(':'));
    let named = query.split('&').any(|pair| {
        pair.split_once('=')
            .is_some_and(|(name, value)| name == "password" && !value.is_empty())
    });
    named || user.is_some_and(|(_, password)| !password.is_empty())
}

/// What people have entrusted to the application.
fn data(files: &Files, report: &mut Report) {
    let is_data = |file: &&str| DATA.iter().any(|end| file.ends_with(end));
    for file in files.kept().filter(is_data) {
        report.find(
            "repository",
            format!("`{file}` is in the git repository, or will be with the next `git add`"),
            format!("add it to `.gitignore`, and `git rm --cached {file}`"),
        );
    }
}

/// What anybody can fetch.
fn public(files: &Files, report: &mut Report) {
    for file in &files.public {
        let is_data = || {
            DATA.iter()
                .chain(&[".sql", ".bak", ".toml"])
                .any(|end| file.ends_with(end))
        };
        if is_private(file) || is_data() {
            report.find(
                "public",
                format!("anybody can fetch `public/{file}`"),
                "move it out of `public/`",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_found_in_urls() {
        for url in [
            "postgres://shop:hunter2@db.example/shop",
            "mysql://shop:p%40@127.0.0.1:3306/shop?x=y",
            "postgres://db.example/shop?user=shop&password=hunter2",
        ] {
            assert!(has_password(url), "{url}");
        }
        for url in [
            "sqlite:db/production.sqlite3",
            "postgres://shop@db.example/shop",
            "postgres://shop:@db.example/shop",
            "postgres://db.example:5432/shop?password=",
            "postgres://db.example/a:b@c",
        ] {
            assert!(!has_password(url), "{url}");
        }
    }

    #[test]
    fn files_are_private_by_their_names() {
        for file in [
            ".env",
            "deploy/.env.production",
            "config/tls.pem",
            "id_rsa",
            "config/master.key",
        ] {
            assert!(is_private(file), "{file}");
        }
        for file in [".env.example", ".envrc.md", "src/key.rs", "environment.env"] {
            assert!(!is_private(file), "{file}");
        }
    }
}
