//! Files as answers.

use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use actix_web::body::{BoxBody, SizedStream};
use actix_web::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_TYPE, ETAG,
    HeaderName, HeaderValue, HttpDate, IF_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE, LAST_MODIFIED,
    RANGE,
};
use actix_web::http::{Method, StatusCode};
use actix_web::web::block;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Context, LocalBoxFuture, Response};
use crate::http::file::{Chunks, Validators, kind};
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
        let request = Conditions::of(&self.context);
        let outcome = request.outcome(&opened);
        let mut response = match outcome {
            Outcome::Failed => Response::new(StatusCode::PRECONDITION_FAILED),
            Outcome::Current => Response::new(StatusCode::NOT_MODIFIED),
            Outcome::Unsatisfiable => Response::new(StatusCode::RANGE_NOT_SATISFIABLE),
            Outcome::Whole => opened.part(StatusCode::OK, 0, opened.length)?,
            Outcome::Part(start, end) => {
                opened.part(StatusCode::PARTIAL_CONTENT, start, end - start + 1)?
            }
        };
        let name = self.filename.as_deref().unwrap_or(&opened.name);
        let content_type = self.content_type.as_deref().unwrap_or(opened.kind);
        let length = opened.length;
        let range = match outcome {
            Outcome::Part(start, end) => Some(format!("bytes {start}-{end}/{length}")),
            Outcome::Unsatisfiable => Some(format!("bytes */{length}")),
            _ => None,
        };
        let modified = opened.modified.map(|time| HttpDate::from(time).to_string());
        let headers = [
            (CONTENT_TYPE, Some(content_type.to_owned())),
            (
                CONTENT_DISPOSITION,
                Some(disposition(self.disposition, name)),
            ),
            (CACHE_CONTROL, Some("private, no-cache".to_owned())),
            (ACCEPT_RANGES, Some("bytes".to_owned())),
            (CONTENT_RANGE, range),
            (ETAG, Some(opened.etag)),
            (LAST_MODIFIED, modified),
        ];
        for (name, value) in headers {
            if let Some(value) = value {
                let value = HeaderValue::try_from(value)?;
                response.headers_mut().insert(name, value);
            }
        }
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
    length: u64,
    name: String,
    kind: &'static str,
    etag: String,
    modified: Option<SystemTime>,
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
        let modified = metadata.modified().ok();
        let age = modified.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        let age = age.map_or(0, |age| age.as_nanos());
        Some(Opened {
            length: metadata.len(),
            name: path.file_name()?.to_string_lossy().into_owned(),
            kind: kind(&path),
            etag: format!("\"{age:x}-{:x}\"", metadata.len()),
            modified,
            file,
        })
    }

    fn part(&self, status: StatusCode, start: u64, length: u64) -> Result<Response> {
        let mut file = self.file.try_clone()?;
        file.seek(SeekFrom::Start(start))?;
        let body = SizedStream::new(length, Chunks::new(file, length));
        Ok(Response::with_body(status, BoxBody::new(body)))
    }
}

/// What a request asks of a file.
struct Conditions<'a> {
    context: &'a Context,
    validators: Validators,
}

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// The file is not what the request takes it for.
    Failed,
    /// The browser has it.
    Current,
    Whole,
    /// From one byte to another, both included.
    Part(u64, u64),
    /// A range that is not in the file.
    Unsatisfiable,
}

impl<'a> Conditions<'a> {
    fn of(context: &'a Context) -> Self {
        Conditions {
            context,
            validators: Validators::of(context.request()),
        }
    }

    fn header(&self, name: HeaderName) -> Option<&str> {
        let value = self.context.request().headers().get(name)?;
        value.to_str().ok()
    }

    /// In the order of RFC 9110, section 13.2.2.
    fn outcome(&self, file: &Opened) -> Outcome {
        if self.is_failed(file) {
            return Outcome::Failed;
        }
        let method = self.context.request().method();
        if !matches!(*method, Method::GET | Method::HEAD) {
            return Outcome::Whole;
        }
        if self.validators.are_current(&file.etag, file.modified) {
            return Outcome::Current;
        }
        match self.header(RANGE) {
            Some(range) if *method == Method::GET && self.is_same(file) => part(range, file.length),
            _ => Outcome::Whole,
        }
    }

    fn is_failed(&self, file: &Opened) -> bool {
        if let Some(tags) = self.header(IF_MATCH) {
            let mut tags = tags.split(',').map(str::trim);
            return !tags.any(|tag| tag == "*" || tag == file.etag);
        }
        let since = self.header(IF_UNMODIFIED_SINCE).and_then(date);
        match (since, file.modified) {
            (Some(since), Some(modified)) => modified
                .duration_since(since)
                .is_ok_and(|age| age.as_secs() > 0),
            _ => false,
        }
    }

    /// Whether the range is one of this very file.
    fn is_same(&self, file: &Opened) -> bool {
        let Some(known) = self.header(IF_RANGE).map(str::trim) else {
            return true;
        };
        let modified = file.modified.map(|time| HttpDate::from(time).to_string());
        known == file.etag || modified.is_some_and(|modified| modified == known)
    }
}

fn date(text: &str) -> Option<SystemTime> {
    text.parse::<HttpDate>().ok().map(SystemTime::from)
}

/// The part of a file that the header `Range` names. Several parts, and what is no range, are all of it.
fn part(range: &str, length: u64) -> Outcome {
    let Some((start, end)) = range
        .trim()
        .strip_prefix("bytes=")
        .and_then(|bounds| bounds.trim().split_once('-'))
    else {
        return Outcome::Whole;
    };
    let number = |text: &str| text.trim().parse::<u64>();
    match (number(start), number(end)) {
        _ if start.is_empty() && number(end) == Ok(0) => Outcome::Unsatisfiable,
        (Err(_), Ok(count)) if start.is_empty() && length > 0 => {
            Outcome::Part(length.saturating_sub(count), length - 1)
        }
        (Err(_), Ok(_)) if start.is_empty() => Outcome::Unsatisfiable,
        (Ok(start), Ok(end)) if start > end => Outcome::Whole,
        (Ok(start), Ok(_)) if start >= length => Outcome::Unsatisfiable,
        (Ok(start), Ok(end)) => Outcome::Part(start, end.min(length - 1)),
        (Ok(start), Err(_)) if end.trim().is_empty() => match start >= length {
            true => Outcome::Unsatisfiable,
            false => Outcome::Part(start, length - 1),
        },
        _ => Outcome::Whole,
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
    fn ranges_are_parts_of_the_file() {
        for (range, length, outcome) in [
            ("bytes=0-9", 100, Outcome::Part(0, 9)),
            ("bytes=90-", 100, Outcome::Part(90, 99)),
            ("bytes=90-200", 100, Outcome::Part(90, 99)),
            ("bytes=-10", 100, Outcome::Part(90, 99)),
            ("bytes=-200", 100, Outcome::Part(0, 99)),
            ("bytes=100-", 100, Outcome::Unsatisfiable),
            ("bytes=100-200", 100, Outcome::Unsatisfiable),
            ("bytes=-0", 100, Outcome::Unsatisfiable),
            ("bytes=-5", 0, Outcome::Unsatisfiable),
            ("bytes=0-", 0, Outcome::Unsatisfiable),
            ("bytes=9-0", 100, Outcome::Whole),
            ("bytes=0-1,5-6", 100, Outcome::Whole),
            ("bytes=a-b", 100, Outcome::Whole),
            ("bytes=-", 100, Outcome::Whole),
            ("lines=0-9", 100, Outcome::Whole),
            ("bytes=0-99999999999999999999", 100, Outcome::Whole),
        ] {
            assert_eq!(part(range, length), outcome, "{range} of {length}");
        }
    }

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
