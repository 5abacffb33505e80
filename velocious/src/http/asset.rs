//! Digests of the files of `public/`, by which browsers know that a file they have kept is still the right one.
//!
//! The digest stands in the query of an address, `/app.css?v=…`: the file keeps its name, nothing has to be built, and
//! a server that only knows files serves it too. A digest is made once, and again when the file's time or length has
//! changed.

use std::collections::HashMap;
use std::fmt::Write;
use std::fs::{File, Metadata};
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};
use std::time::SystemTime;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use sha2::{Digest, Sha256};
use velocious_naming::nearest;

use super::file::relative_path;

/// How many bytes of a digest stand in an address.
const SHOWN: usize = 8;
/// How many names are looked through for the one that was meant.
const LOOKED_THROUGH: usize = 2_000;

/// What does not stand in the path of an address as it is.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// The files of `public/`, as far as they have been asked for.
pub(crate) struct Assets {
    folder: PathBuf,
    /// Whether the files stay as they are while the server runs.
    is_fixed: bool,
    digests: RwLock<HashMap<PathBuf, Digested>>,
    /// Addresses by name, where the files stay as they are.
    addresses: RwLock<HashMap<String, String>>,
}

/// A digest, and what it was made of.
struct Digested {
    modified: Option<SystemTime>,
    length: u64,
    digest: String,
}

impl Assets {
    /// Those in the folder `public` of the application in `root`.
    pub(crate) fn new(root: &Path, is_fixed: bool) -> Self {
        Assets {
            folder: root.join("public"),
            is_fixed,
            digests: RwLock::default(),
            addresses: RwLock::default(),
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The digest of a file, which is open at its beginning and stays there.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn digest(
        &self,
        path: &Path,
        file: &File,
        metadata: &Metadata,
    ) -> io::Result<String> {
        if let Some(digest) = self.known(path, metadata) {
            return Ok(digest);
        }
        let (modified, length) = (metadata.modified().ok(), metadata.len());
        let digest = digest_of(file)?;
        // Somebody who writes to the file meanwhile would give it the digest of something in between.
        let after = file.metadata()?;
        if after.modified().ok() == modified && after.len() == length {
            let digested = Digested {
                modified,
                length,
                digest: digest.clone(),
            };
            let digests = self.digests.write();
            let mut digests = digests.unwrap_or_else(PoisonError::into_inner);
            digests.insert(path.to_owned(), digested);
        }
        Ok(digest)
    }

    /// The digest of a file, if it has been made.
    pub(crate) fn known(&self, path: &Path, metadata: &Metadata) -> Option<String> {
        let digests = self.digests.read();
        let digests = digests.unwrap_or_else(PoisonError::into_inner);
        let known = digests.get(path)?;
        let same = known.modified == metadata.modified().ok() && known.length == metadata.len();
        same.then(|| known.digest.clone())
    }

    /// The address of a file by its name in the folder, with its digest. What leads to another site, or has a query of
    /// its own, stays as it is.
    ///
    /// # Errors
    /// When there is no such file: what to say about it.
    pub(crate) fn address(&self, name: &str) -> Result<String, String> {
        if leads_away(name) {
            return Ok(name.to_owned());
        }
        let end = name.find(['?', '#']).unwrap_or(name.len());
        let (path, rest) = name.split_at(end);
        if rest.starts_with('?') || path.trim_matches('/').is_empty() {
            return Ok(address(path) + rest);
        }
        if self.is_fixed {
            let addresses = self.addresses.read();
            let addresses = addresses.unwrap_or_else(PoisonError::into_inner);
            if let Some(known) = addresses.get(name) {
                return Ok(known.clone());
            }
        }
        let digest = self.digest_named(path).ok_or_else(|| self.missing(path))?;
        let address = format!("{}?v={digest}{rest}", address(path));
        if self.is_fixed {
            let addresses = self.addresses.write();
            let mut addresses = addresses.unwrap_or_else(PoisonError::into_inner);
            addresses.insert(name.to_owned(), address.clone());
        }
        Ok(address)
    }

    fn digest_named(&self, path: &str) -> Option<String> {
        let root = self.folder.canonicalize().ok()?;
        let path = root.join(relative_path(path)?).canonicalize().ok()?;
        if !path.starts_with(&root) || !path.metadata().ok()?.is_file() {
            return None;
        }
        let file = File::open(&path).ok()?;
        let metadata = file.metadata().ok()?;
        self.digest(&path, &file, &metadata).ok()
    }

    /// That there is no such file, and what may help.
    fn missing(&self, name: &str) -> String {
        let folder = self.folder.display();
        let name = name.trim_start_matches('/');
        let mut names = Vec::new();
        gather(&self.folder, "", &mut names);
        let cure = match nearest(name, &names) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "put the file there, or correct its name".into(),
        };
        format!(
            "there is no file `{}` in `{folder}`: {cure}",
            name.escape_debug()
        )
    }
}

/// The address of a file without its digest.
pub(crate) fn plain_address(name: &str) -> String {
    match leads_away(name) {
        true => name.to_owned(),
        false => {
            let end = name.find(['?', '#']).unwrap_or(name.len());
            let (path, rest) = name.split_at(end);
            address(path) + rest
        }
    }
}

fn address(path: &str) -> String {
    format!(
        "/{}",
        utf8_percent_encode(path.trim_start_matches('/'), PATH)
    )
}

/// Whether an address has a scheme or a host: `https://…`, `//…`, `data:…`.
pub(crate) fn leads_away(name: &str) -> bool {
    let scheme = name.split(['/', '?', '#']).next().unwrap_or_default();
    name.starts_with("//") || scheme.contains(':')
}

fn digest_of(mut file: &File) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut chunk = vec![0; 64 * 1024];
    loop {
        match file.read(&mut chunk)? {
            0 => break,
            length => hash.update(&chunk[..length]),
        }
    }
    file.rewind()?;
    let mut digest = String::with_capacity(2 * SHOWN);
    for byte in hash.finalize().iter().take(SHOWN) {
        // Writing to a `String` does not fail.
        let _ = write!(digest, "{byte:02x}");
    }
    Ok(digest)
}

/// The names of the files below a folder.
fn gather(folder: &Path, prefix: &str, names: &mut Vec<String>) {
    let Ok(entries) = folder.read_dir() else {
        return;
    };
    for entry in entries.flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        match entry.file_type() {
            _ if names.len() >= LOOKED_THROUGH => return,
            Ok(kind) if kind.is_dir() => gather(&entry.path(), &format!("{name}/"), names),
            _ => names.push(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_files_stay_as_they_are_each_is_looked_at_once() {
        let root = std::env::temp_dir().join(format!("velocious-assets-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&root);
        std::fs::create_dir_all(root.join("public")).expect("a folder");
        let write = |text: &str| std::fs::write(root.join("public/a.css"), text).expect("a file");
        write("one");
        let (fixed, open) = (Assets::new(&root, true), Assets::new(&root, false));
        let one = fixed.address("a.css").expect("a file");
        // The first eight bytes of SHA-256 of `one`.
        assert_eq!(one, "/a.css?v=7692c3ad3540bb80");
        assert_eq!(open.address("/a.css").as_deref(), Ok(one.as_str()));
        write("three");
        assert_eq!(fixed.address("a.css").as_deref(), Ok(one.as_str()));
        let three = open.address("a.css").expect("a file");
        assert_ne!(three, one);
        // What is served is looked at each time: the old address has not become that of the new content.
        let path = root.join("public/a.css");
        let file = File::open(&path).expect("a file");
        let metadata = file.metadata().expect("metadata");
        assert_eq!(fixed.known(&path, &metadata), None);
        let digest = fixed.digest(&path, &file, &metadata).expect("a digest");
        assert!(three.ends_with(&digest), "{three} {digest}");
        assert_eq!(fixed.known(&path, &metadata), Some(digest));
        std::fs::remove_dir_all(root).expect("a folder");
    }

    #[test]
    fn names_stay_below_the_folder() {
        let assets = Assets::new(Path::new("/nowhere"), false);
        for name in ["../secret.txt", "a/../../b", ".env", "a\\b", "none.css"] {
            let fault = assets.address(name).expect_err("no file");
            assert!(fault.contains("in `/nowhere/public`"), "{fault}");
        }
        for (name, address) in [
            ("a b.css", "/a%20b.css"),
            ("//cdn.example/a.js", "//cdn.example/a.js"),
            ("https://cdn.example/a.js", "https://cdn.example/a.js"),
            ("a%.css", "/a%25.css"),
            ("ü/a.svg#x", "/%C3%BC/a.svg#x"),
        ] {
            assert_eq!(plain_address(name), address);
        }
    }
}
