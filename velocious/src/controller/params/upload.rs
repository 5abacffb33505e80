//! Files of multipart forms.

use std::cell::RefCell;
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use actix_web::web::{Bytes, BytesMut, block};
use serde::de::{Deserializer, Visitor};
use serde::ser::{SerializeStruct, Serializer};
use serde::{Deserialize, Serialize};

use super::fault::Fault;
use crate::http::random_text;
use crate::{Error, Result};

/// Up to how many bytes a file is kept in memory.
const IN_MEMORY: usize = 2 * 1024 * 1024;

/// A file that came with a multipart form. Cheap to clone.
///
/// Up to 2 MiB are kept in memory, of all files of a form up to 8 MiB; what is more is kept in a temporary file that is
/// gone with the last clone of the upload. Its name and its type are what the client says: nothing that the file has to
/// be.
///
/// ```
/// use velocious::{Context, Params, Response, Result, Upload};
///
/// #[derive(serde::Deserialize)]
/// struct PictureParams {
///     picture: Upload,
///     title: Option<String>,
/// }
///
/// # mod paths {
/// #     use velocious::routing::RoutePath;
/// #     pub fn picture_path(id: i64) -> RoutePath { RoutePath::raw("/pictures/1") }
/// # }
/// async fn create(ctx: Context, Params(params): Params<PictureParams>) -> Result<Response> {
///     let stored = ctx.app().root().join("pictures/1");
///     params.picture.save_to(stored).await?;
///     ctx.redirect(paths::picture_path(1))
/// }
/// # let _ = create;
/// ```
#[derive(Clone)]
pub struct Upload(Arc<Inside>);

struct Inside {
    field: String,
    filename: String,
    content_type: String,
    size: u64,
    content: Content,
}

enum Content {
    Memory(Bytes),
    Disk(TemporaryFile),
}

impl Upload {
    /// The last part of the name that the client says the file has, `upload` when it says none. It has no separators
    /// of paths, and may still be anything else: do not store a file under it.
    pub fn filename(&self) -> &str {
        &self.0.filename
    }

    /// The name of the field, as in `user[picture]`.
    pub fn field_name(&self) -> &str {
        &self.0.field
    }

    /// The type that the client says the file has, as in `image/png`; `application/octet-stream` when it says none.
    pub fn content_type(&self) -> &str {
        &self.0.content_type
    }

    /// The length in bytes.
    pub fn size(&self) -> u64 {
        self.0.size
    }

    /// How much of it is kept in memory.
    pub(super) fn size_in_memory(&self) -> usize {
        match &self.0.content {
            Content::Memory(bytes) => bytes.len(),
            Content::Disk(_) => 0,
        }
    }

    /// The temporary file; `None` when the upload is kept in memory.
    pub fn path(&self) -> Option<&Path> {
        match &self.0.content {
            Content::Memory(_) => None,
            Content::Disk(file) => Some(&file.0),
        }
    }

    /// All of it.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub async fn bytes(&self) -> Result<Bytes> {
        match &self.0.content {
            Content::Memory(bytes) => Ok(bytes.clone()),
            Content::Disk(file) => {
                let path = file.0.clone();
                let read = block(move || std::fs::read(path)).await?;
                Ok(Bytes::from(read.map_err(|error| lost(&error))?))
            }
        }
    }

    /// Writes it to a file, over one that is there. A folder that does not exist is made.
    ///
    /// # Errors
    /// When the file cannot be written; the message names it.
    pub async fn save_to(&self, path: impl Into<PathBuf>) -> Result<()> {
        let (upload, path) = (self.clone(), path.into());
        let saved = block(move || {
            upload.write(&path).map_err(|error| {
                Error::message(format!(
                    "cannot save an upload to `{}`: {error}",
                    path.display()
                ))
            })
        });
        saved.await?
    }

    fn write(&self, path: &Path) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        match &self.0.content {
            Content::Memory(bytes) => std::fs::write(path, bytes),
            Content::Disk(file) => std::fs::copy(&file.0, path).map(drop),
        }
    }
}

fn lost(error: &io::Error) -> Error {
    Error::message(format!(
        "the temporary file of an upload cannot be read: {error}"
    ))
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("field_name", &self.0.field)
            .field("filename", &self.0.filename)
            .field("content_type", &self.0.content_type)
            .field("size", &self.0.size)
            .finish()
    }
}

impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// For the log: what it is, and nothing of what is in it.
impl Serialize for Upload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut file = serializer.serialize_struct("Upload", 3)?;
        file.serialize_field("filename", &self.0.filename)?;
        file.serialize_field("content_type", &self.0.content_type)?;
        file.serialize_field("size", &self.0.size)?;
        file.end()
    }
}

/// By this name the deserializer of parameters knows that a file is asked for.
pub(super) const NAME: &str = "$velocious::Upload";

thread_local! {
    /// The file on its way from the deserializer to [`Upload`], which serde has no words for.
    static HANDED_OVER: RefCell<Option<Upload>> = const { RefCell::new(None) };
}

/// Gives a file to whoever asked for it.
pub(super) fn hand_over<'de, V: Visitor<'de>>(
    file: &Upload,
    visitor: V,
) -> Result<V::Value, Fault> {
    HANDED_OVER.set(Some(file.clone()));
    let taken = visitor.visit_unit();
    HANDED_OVER.set(None);
    taken
}

impl<'de> Deserialize<'de> for Upload {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Taker;

        impl<'de> Visitor<'de> for Taker {
            type Value = Upload;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a file")
            }

            fn visit_unit<E: serde::de::Error>(self) -> Result<Upload, E> {
                let taken = HANDED_OVER.take();
                taken.ok_or_else(|| E::custom("has to be a file"))
            }

            /// Where a file is missing, something stands in for it until all mistakes are known.
            fn visit_newtype_struct<D: Deserializer<'de>>(self, _: D) -> Result<Upload, D::Error> {
                Ok(Upload(Arc::new(Inside {
                    field: String::new(),
                    filename: String::new(),
                    content_type: String::new(),
                    size: 0,
                    content: Content::Memory(Bytes::new()),
                })))
            }
        }

        deserializer.deserialize_newtype_struct(NAME, Taker)
    }
}

/// A file while it arrives.
pub(super) struct Arriving {
    memory: BytesMut,
    disk: Option<(TemporaryFile, Arc<File>)>,
    size: u64,
    /// How many bytes may stay in memory.
    room: usize,
}

impl Arriving {
    /// A file of which nothing has arrived, in a form for which there is so much room left in memory.
    pub(super) fn new(room: usize) -> Self {
        Arriving {
            room,
            memory: BytesMut::new(),
            disk: None,
            size: 0,
        }
    }

    /// Adds what has arrived.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub(super) async fn add(&mut self, bytes: &Bytes) -> Result<()> {
        self.size += bytes.len() as u64;
        self.memory.extend_from_slice(bytes);
        if self.memory.len() > IN_MEMORY {
            self.flush().await?;
        }
        Ok(())
    }

    /// Moves what is in memory to the disk.
    async fn flush(&mut self) -> Result<()> {
        if self.disk.is_none() {
            self.disk = Some(
                block(TemporaryFile::create)
                    .await?
                    .map_err(|error| full(&error))?,
            );
        }
        if let Some((_, file)) = &self.disk {
            let (file, bytes) = (file.clone(), self.memory.split().freeze());
            block(move || (&*file).write_all(&bytes))
                .await?
                .map_err(|error| full(&error))?;
        }
        Ok(())
    }

    /// The file, complete.
    ///
    /// # Errors
    /// When the temporary file cannot be written.
    pub(super) async fn finish(
        mut self,
        field: String,
        filename: &str,
        content_type: String,
    ) -> Result<Upload> {
        if self.disk.is_some() || self.memory.len() > self.room {
            self.flush().await?;
        }
        Ok(Upload(Arc::new(Inside {
            field,
            filename: last_part(filename),
            content_type,
            size: self.size,
            content: match self.disk {
                Some((file, _)) => Content::Disk(file),
                None => Content::Memory(self.memory.freeze()),
            },
        })))
    }
}

fn full(error: &io::Error) -> Error {
    Error::message(format!(
        "an upload cannot be kept in a temporary file: {error}"
    ))
}

/// `c.png` of `C:\a\b\c.png`, without anything that controls a terminal or a path.
fn last_part(filename: &str) -> String {
    let last = filename.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control()).take(255).collect();
    match name.trim() {
        "" | "." | ".." => "upload".into(),
        name => name.into(),
    }
}

/// A file that is removed when this is dropped.
struct TemporaryFile(PathBuf);

impl TemporaryFile {
    /// Makes an empty file that nobody else can read, under a name that nobody can guess.
    fn create() -> io::Result<(Self, Arc<File>)> {
        let name =
            random_text().map_err(|_| io::Error::other("the system has no random numbers"))?;
        let name = format!("{PREFIX}{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path)?;
        Ok((TemporaryFile(path), Arc::new(file)))
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        // It may have been moved to where it belongs.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// What the names of temporary files begin with, before the id of their process.
const PREFIX: &str = "velocious-upload-";

/// Removes the temporary files of processes that ended before they could.
pub(crate) fn remove_leftovers() {
    let Ok(entries) = std::fs::read_dir(std::env::temp_dir()) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|name| {
            name.strip_prefix(PREFIX)?
                .split('-')
                .next()?
                .parse::<u32>()
                .ok()
        });
        if owner.is_some_and(|owner| !is_running(owner)) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Whether there is a process of this id, as far as can be known.
fn is_running(process: u32) -> bool {
    let processes = Path::new("/proc");
    !processes.join("self").exists() || processes.join(process.to_string()).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_way_out() {
        for (name, expected) in [
            ("a.png", "a.png"),
            ("../../etc/passwd", "passwd"),
            ("C:\\dir\\a b.png", "a b.png"),
            ("..", "upload"),
            ("a/", "upload"),
            ("", "upload"),
            ("a\r\nb\u{1b}[31m", "ab[31m"),
        ] {
            assert_eq!(last_part(name), expected);
        }
        assert_eq!(last_part(&"x".repeat(1000)).len(), 255);
    }

    #[test]
    fn leftovers_of_the_dead_are_removed() {
        let folder = std::env::temp_dir();
        // No process has this id: it is above the highest one.
        let dead = folder.join(format!("{PREFIX}{}-test-{}", u32::MAX, std::process::id()));
        let own = folder.join(format!("{PREFIX}{}-test", std::process::id()));
        for file in [&dead, &own] {
            std::fs::write(file, "x").expect("a file");
        }
        remove_leftovers();
        assert!(!dead.exists());
        assert!(own.exists());
        std::fs::remove_file(own).expect("a file to remove");
    }
}
