//! Files of `public/`.
//!
//! Beside a file may lie what it is when it is compressed: `app.css.br`, `app.css.zst`, `app.css.gz`. A request for
//! `app.css` that takes one of them gets it, a representation of its own with its own tag and its own ranges. One that is
//! older than the file is not of it, and is passed over.

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::SystemTime;

use actix_web::HttpRequest;
use actix_web::body::{BoxBody, SizedStream};
use actix_web::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderMap,
    HeaderName, HeaderValue, HttpDate, LAST_MODIFIED, VARY,
};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, block};
use futures_core::Stream;
use percent_encoding::percent_decode_str;

use super::asset::Assets;
use super::condition::{Conditions, Outcome, Version};
use super::encoding::{Accepted, Encoding};
use crate::App;
use crate::controller::{LocalBoxFuture, Response};

/// Files up to this size are read at once.
const SMALL: u64 = 256 * 1024;
/// Files up to this size get a digest when one is asked for, larger ones when a page names them.
const DIGESTED: u64 = 16 * 1024 * 1024;
/// How much of a larger one is read at a time.
const CHUNK: usize = 64 * 1024;

/// The answer to a request for a file below `public`; `None` when there is no such file.
///
/// Nothing outside of the folder is served, not even through a link inside of it, and nothing whose name starts with
/// a dot. A folder is answered by its `index.html`. Browsers keep files, and ask each time whether they are still
/// current; one that is asked for with the digest of its content, as [`asset_path`](crate::view::asset_path) does, they
/// keep without asking.
pub(crate) async fn public_file(app: &App, request: &HttpRequest) -> Option<Response> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return None;
    }
    let relative = relative_path(&percent_decode_str(request.path()).decode_utf8().ok()?)?;
    let wanted = Wanted {
        relative,
        conditions: Conditions::of(request),
        accepted: Accepted::of(request.headers()),
        digest: digest(request.query_string()).map(str::to_owned),
    };
    let app = app.clone();
    let found = block(move || Found::open(app.assets(), &wanted)).await;
    Some(found.ok()??.response())
}

/// What a request asks for.
struct Wanted {
    relative: PathBuf,
    conditions: Conditions,
    accepted: Accepted,
    digest: Option<String>,
}

/// The digest in a query, `v=…`.
fn digest(query: &str) -> Option<&str> {
    query.split('&').find_map(|pair| pair.strip_prefix("v="))
}

/// The path below the folder; `None` for one that could lead out of it, or to something hidden.
pub(crate) fn relative_path(path: &str) -> Option<PathBuf> {
    let mut relative = PathBuf::new();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        if part.starts_with('.') || part.contains(['\\', ':', '\0']) {
            return None;
        }
        relative.push(part);
    }
    Some(relative)
}

/// A file that was found, opened and looked at.
struct Found {
    kind: &'static str,
    encoding: Option<Encoding>,
    /// Whether another request might get another encoding.
    varies: bool,
    version: Version,
    is_kept: bool,
    outcome: Outcome,
    content: Content,
}

enum Content {
    None,
    Read(Vec<u8>),
    Open(File, u64),
}

impl Found {
    fn open(assets: &Assets, wanted: &Wanted) -> Option<Found> {
        let root = assets.folder().canonicalize().ok()?;
        let mut path = root.join(&wanted.relative).canonicalize().ok()?;
        if path.is_dir() {
            path = path.join("index.html").canonicalize().ok()?;
        }
        let (file, metadata) = open_below(&root, &path)?;
        let digest = wanted.digest.as_deref();
        let is_kept = digest.is_some_and(|digest| {
            // Whoever asks does not get to choose that a large file is read for nothing.
            let own = match metadata.len() <= DIGESTED {
                true => assets.digest(&path, &file, &metadata).ok(),
                false => assets.known(&path, &metadata),
            };
            own.is_some_and(|own| own == digest)
        });
        let variants = Encoding::ALL.map(|encoding| variant(&root, &path, &metadata, encoding));
        let varies = variants.iter().any(Option::is_some);
        let has = |encoding| {
            let mut both = Encoding::ALL.iter().zip(&variants);
            both.any(|(known, variant)| *known == encoding && variant.is_some())
        };
        let encoding = wanted.accepted.best(has);
        let chosen = Encoding::ALL.iter().zip(variants);
        let chosen = chosen
            .filter(|(known, _)| Some(**known) == encoding)
            .find_map(|(_, variant)| variant);
        let (file, length) = match chosen {
            Some((file, metadata)) => (file, metadata.len()),
            None => (file, metadata.len()),
        };
        let version = version(&file, encoding, metadata.modified().ok(), length)?;
        let outcome = wanted.conditions.outcome(&version);
        Some(Found {
            kind: kind(&path),
            encoding,
            varies,
            is_kept,
            outcome,
            content: Content::of(file, outcome, length).ok()?,
            version,
        })
    }

    fn response(self) -> Response {
        let status = self.outcome.status();
        let mut response = match self.content {
            Content::None => Response::new(status),
            Content::Read(bytes) => Response::with_body(status, BoxBody::new(bytes)),
            Content::Open(file, length) => {
                let body = SizedStream::new(length, Chunks::new(file, length));
                Response::with_body(status, BoxBody::new(body))
            }
        };
        let headers = response.headers_mut();
        let keeping = match self.is_kept {
            true => "public, max-age=31536000, immutable",
            false => "public, no-cache",
        };
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.kind));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(keeping));
        if let Some(encoding) = self.encoding {
            let name = HeaderValue::from_static(encoding.name());
            headers.insert(CONTENT_ENCODING, name);
        }
        if self.varies {
            headers.append(VARY, HeaderValue::from_static("accept-encoding"));
        }
        describe(headers, &self.version, self.outcome);
        response
    }
}

/// Opens a file, unless it lies outside of `root` or is none.
fn open_below(root: &Path, path: &Path) -> Option<(File, Metadata)> {
    // Opening a pipe would wait for somebody to write to it.
    if !path.starts_with(root) || !path.metadata().ok()?.is_file() {
        return None;
    }
    let file = File::open(path).ok()?;
    let metadata = file.metadata().ok()?;
    metadata.is_file().then_some((file, metadata))
}

/// What `path` is in an encoding, if somebody has put it beside it since the file was changed.
fn variant(
    root: &Path,
    path: &Path,
    original: &Metadata,
    encoding: Encoding,
) -> Option<(File, Metadata)> {
    let mut name = path.file_name()?.to_owned();
    name.push(".");
    name.push(encoding.suffix());
    let path = path.with_file_name(name);
    // Nearly always there is none, which is quickly said.
    path.symlink_metadata().ok()?;
    let path = path.canonicalize().ok()?;
    let (file, metadata) = open_below(root, &path)?;
    let is_current = match (metadata.modified(), original.modified()) {
        (Ok(own), Ok(original)) => own >= original,
        _ => false,
    };
    is_current.then_some((file, metadata))
}

/// The version of a file: the time of the file itself, the length and the tag of the encoding at hand.
fn version(
    file: &File,
    encoding: Option<Encoding>,
    modified: Option<SystemTime>,
    length: u64,
) -> Option<Version> {
    let own = file.metadata().ok()?.modified().ok();
    let mut etag = etag(own, length);
    if let Some(encoding) = encoding {
        etag.insert_str(etag.len() - 1, &format!("-{}", encoding.name()));
    }
    Some(Version {
        etag,
        modified,
        length,
    })
}

/// The tag of a file that was last changed at a time, with a length.
pub(crate) fn etag(modified: Option<SystemTime>, length: u64) -> String {
    let age = modified.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    let age = age.map_or(0, |age| age.as_nanos());
    format!("\"{age:x}-{length:x}\"")
}

/// The headers that say which version an answer is of, and which part.
pub(crate) fn describe(headers: &mut HeaderMap, version: &Version, outcome: Outcome) {
    let length = version.length;
    let range = match outcome {
        Outcome::Part(start, end) => Some(format!("bytes {start}-{end}/{length}")),
        Outcome::Unsatisfiable => Some(format!("bytes */{length}")),
        _ => None,
    };
    let modified = version
        .modified
        .map(|time| HttpDate::from(time).to_string());
    let lines: [(HeaderName, Option<String>); 4] = [
        (ACCEPT_RANGES, Some("bytes".into())),
        (CONTENT_RANGE, range),
        (ETAG, Some(version.etag.clone())),
        (LAST_MODIFIED, modified),
    ];
    for (name, value) in lines {
        if let Some(Ok(value)) = value.map(HeaderValue::try_from) {
            headers.insert(name, value);
        }
    }
}

impl Outcome {
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Outcome::Failed => StatusCode::PRECONDITION_FAILED,
            Outcome::Current => StatusCode::NOT_MODIFIED,
            Outcome::Unsatisfiable => StatusCode::RANGE_NOT_SATISFIABLE,
            Outcome::Whole => StatusCode::OK,
            Outcome::Part(..) => StatusCode::PARTIAL_CONTENT,
        }
    }
}

impl Content {
    fn of(mut file: File, outcome: Outcome, length: u64) -> io::Result<Content> {
        let length = match outcome {
            Outcome::Whole => length,
            Outcome::Part(start, end) => {
                file.seek(SeekFrom::Start(start))?;
                end - start + 1
            }
            _ => return Ok(Content::None),
        };
        if length > SMALL {
            return Ok(Content::Open(file, length));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        file.take(length).read_to_end(&mut bytes)?;
        Ok(Content::Read(bytes))
    }
}

/// A file in pieces, each read on a thread where waiting for the disk holds up nobody.
pub(crate) struct Chunks {
    rest: u64,
    reading: Option<LocalBoxFuture<'static, io::Result<(File, Bytes)>>>,
}

impl Chunks {
    /// `length` bytes of `file`, from where it stands.
    pub(crate) fn new(file: File, length: u64) -> Self {
        Chunks {
            rest: length,
            reading: Some(Box::pin(read_chunk(file, length))),
        }
    }
}

async fn read_chunk(mut file: File, rest: u64) -> io::Result<(File, Bytes)> {
    let length = usize::try_from(rest).unwrap_or(CHUNK).min(CHUNK);
    let read = block(move || {
        let mut bytes = vec![0; length];
        file.read_exact(&mut bytes)?;
        Ok((file, Bytes::from(bytes)))
    });
    read.await.map_err(io::Error::other)?
}

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(reading) = self.reading.as_mut() else {
            return Poll::Ready(None);
        };
        let Poll::Ready(read) = reading.as_mut().poll(cx) else {
            return Poll::Pending;
        };
        self.reading = None;
        let (file, bytes) = match read {
            Ok(read) => read,
            Err(error) => return Poll::Ready(Some(Err(error))),
        };
        self.rest = self.rest.saturating_sub(bytes.len() as u64);
        if self.rest > 0 {
            self.reading = Some(Box::pin(read_chunk(file, self.rest)));
        }
        Poll::Ready(Some(Ok(bytes)))
    }
}

/// The content type of a file, by the end of its name.
pub(crate) fn kind(path: &Path) -> &'static str {
    let extension = path.extension().and_then(|extension| extension.to_str());
    match extension.unwrap_or_default().to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "atom" => "application/atom+xml; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "wav" => "audio/wav",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "gz" => "application/gzip",
        "zst" => "application/zstd",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mutation;

    #[test]
    fn a_path_withstands_any_bytes() {
        let examples = [
            "/a/b.txt",
            "/%2e%2e/%2E./..%2f",
            "/a//./b%00",
            "/C:/x",
            "/\\..\\x",
        ];
        let words = [
            "/", "..", ".", "%2e", "%2F", "%5c", "%00", "\\", ":", "%c0%ae", "%", "~",
        ];
        let parse = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes);
            if let Some(path) = relative_path(&text) {
                let is_below = path
                    .components()
                    .all(|part| matches!(part, std::path::Component::Normal(_)));
                assert!(is_below, "{} leads out", path.display());
            }
        };
        mutation::withstands(&examples, &words, parse);
        for worst in ["/", "a/", "%41", "/a", "%"] {
            mutation::is_linear(
                |length| worst.repeat(length / worst.len()).into_bytes(),
                parse,
            );
        }
    }
}
