//! Files as answers.

use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::path::{Path, PathBuf};

use actix_web::body::{BoxBody, SizedStream};
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use actix_web::web::block;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Context, LocalBoxFuture, Response};
use crate::http::condition::{Conditions, Outcome, Version};
use crate::http::file::{Chunks, describe, etag, kind};
use crate::{Error, Result};

/// A file to answer with, made by [`Context::send_file`]. Awaiting it answers: all of the file, the range that the request
/// asks for, or that the browser has it already.
///
/// The path is trusted: whoever can choose it can read every file that the application can. Where a part of it comes
/// from a request, [`within`](Self::within) keeps it in a folder.
///
/// ```
/// use velocious::prelude::*;
///
/// async fn show(ctx: Context, Path(name): Path<String>) -> Result<Response> {
///     ctx.send_file(name).within("storage/reports").inline().await
/// }
/// # let _ = show;
/// ```
#[derive(Debug)]
#[must_use = "nothing is answered unless this is awaited"]
pub struct SendFile {
    context: Context,
    path: PathBuf,
    within: Option<PathBuf>,
    filename: Option<String>,
    content_type: Option<String>,
    disposition: &'static str,
}

impl SendFile {
    pub(super) fn new(context: Context, path: PathBuf) -> Self {
        SendFile {
            context,
            path,
            within: None,
            filename: None,
            content_type: None,
            disposition: "attachment",
        }
    }

    /// Keeps the path in a folder: it is relative to it, and a file outside of it is not found, not even through `..` or
    /// a link.
    pub fn within(mut self, folder: impl Into<PathBuf>) -> Self {
        self.within = Some(folder.into());
        self
    }

    /// What the browser is to call the file, if not as it is called here.
    pub fn filename(mut self, name: impl Into<String>) -> Self {
        self.filename = Some(name.into());
        self
    }

    /// The content type, if not that of the file's ending.
    pub fn content_type(mut self, kind: impl Into<String>) -> Self {
        self.content_type = Some(kind.into());
        self
    }

    /// Lets the browser show the file, where it would save it otherwise.
    pub fn inline(mut self) -> Self {
        self.disposition = "inline";
        self
    }

    async fn answer(self) -> Result<Response> {
        let root = self.context.app().root().to_owned();
        let (path, within) = (self.path.clone(), self.within.clone());
        let opened = block(move || Opened::new(&root, &path, within.as_deref())).await;
        let Some(opened) = opened.ok().flatten() else {
            return Err(Error::http(404, "There is no such file."));
        };
        self.respond(opened)
    }

    fn respond(self, opened: Opened) -> Result<Response> {
        let version = &opened.version;
        let outcome = Conditions::of(self.context.request()).outcome(version);
        let mut response = match outcome {
            Outcome::Whole => opened.part(0, version.length, outcome)?,
            Outcome::Part(start, end) => opened.part(start, end - start + 1, outcome)?,
            _ => Response::new(outcome.status()),
        };
        let name = self.filename.as_deref().unwrap_or(&opened.name);
        let content_type = self.content_type.as_deref().unwrap_or(opened.kind);
        let headers = response.headers_mut();
        for (name, value) in [
            (CONTENT_TYPE, content_type),
            (CONTENT_DISPOSITION, &disposition(self.disposition, name)),
            (CACHE_CONTROL, "private, no-cache"),
        ] {
            headers.insert(name, HeaderValue::from_str(value)?);
        }
        describe(headers, version, outcome);
        Ok(response)
    }
}

impl IntoFuture for SendFile {
    type Output = Result<Response>;
    type IntoFuture = LocalBoxFuture<'static, Result<Response>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.answer())
    }
}

/// A file that was found, opened and looked at.
struct Opened {
    file: File,
    name: String,
    kind: &'static str,
    version: Version,
}

impl Opened {
    /// The file at `path`, which is relative to `within`, and that to the application's folder.
    fn new(root: &Path, path: &Path, within: Option<&Path>) -> Option<Self> {
        let path = match within {
            None => root.join(path).canonicalize().ok()?,
            Some(folder) => {
                let folder = root.join(folder).canonicalize().ok()?;
                let path = folder.join(path).canonicalize().ok()?;
                if !path.starts_with(&folder) {
                    return None;
                }
                path
            }
        };
        // Opening a pipe would wait for somebody to write to it.
        if !path.metadata().ok()?.is_file() {
            return None;
        }
        let file = File::open(&path).ok()?;
        let metadata = file.metadata().ok()?;
        let (modified, length) = (metadata.modified().ok(), metadata.len());
        Some(Opened {
            name: path.file_name()?.to_string_lossy().into_owned(),
            kind: kind(&path),
            version: Version {
                etag: etag(modified, length),
                modified,
                length,
            },
            file,
        })
    }

    fn part(&self, start: u64, length: u64, outcome: Outcome) -> Result<Response> {
        let mut file = self.file.try_clone()?;
        file.seek(SeekFrom::Start(start))?;
        let body = SizedStream::new(length, Chunks::new(file, length));
        Ok(Response::with_body(outcome.status(), BoxBody::new(body)))
    }
}

/// What stays as it is in a name of RFC 8187.
const NAME: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// `attachment; filename="r_sum_.pdf"; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf`.
fn disposition(disposition: &str, name: &str) -> String {
    // A name leads nowhere: browsers take its last part, and so do we.
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_plain =
        |letter: char| (letter.is_ascii_graphic() || letter == ' ') && !"\"\\%".contains(letter);
    let plain: String = name
        .chars()
        .map(|letter| if is_plain(letter) { letter } else { '_' })
        .collect();
    match plain == name {
        true => format!("{disposition}; filename=\"{name}\""),
        false => format!(
            "{disposition}; filename=\"{plain}\"; filename*=UTF-8''{}",
            utf8_percent_encode(name, NAME)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_out_of_their_header() {
        assert_eq!(
            disposition("inline", "a b.pdf"),
            "inline; filename=\"a b.pdf\""
        );
        assert_eq!(
            disposition("attachment", "../résumé \"1\"\r\n.pdf"),
            "attachment; filename=\"r_sum_ _1___.pdf\"; filename*=UTF-8''r%C3%A9sum%C3%A9%20%221%22%0D%0A.pdf"
        );
    }
}
