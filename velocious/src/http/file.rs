//! Files of `public/`.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::SystemTime;

use actix_web::HttpRequest;
use actix_web::body::{BoxBody, SizedStream};
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderValue, HttpDate, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    LAST_MODIFIED,
};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, block};
use futures_core::Stream;
use percent_encoding::percent_decode_str;

use crate::controller::{LocalBoxFuture, Response};

/// Files up to this size are read at once.
const SMALL: u64 = 256 * 1024;
/// How much of a larger one is read at a time.
const CHUNK: usize = 64 * 1024;

/// The answer to a request for a file below `public`; `None` when there is no such file.
///
/// Nothing outside of the folder is served, not even through a link inside of it, and nothing whose name starts with
/// a dot. A folder is answered by its `index.html`. Browsers keep files, and ask each time whether they are still
/// current.
pub(crate) async fn public_file(public: &Path, request: &HttpRequest) -> Option<Response> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return None;
    }
    let relative = relative_path(request.path())?;
    let public = public.to_owned();
    let validators = Validators::of(request);
    let found = block(move || Found::open(&public, &relative, &validators)).await;
    Some(found.ok()??.response())
}

/// The path below the folder; `None` for one that could lead out of it, or to something hidden.
fn relative_path(path: &str) -> Option<PathBuf> {
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let mut relative = PathBuf::new();
    for part in decoded.split('/').filter(|part| !part.is_empty()) {
        if part.starts_with('.') || part.contains(['\\', ':', '\0']) {
            return None;
        }
        relative.push(part);
    }
    Some(relative)
}

/// What the browser has already.
pub(crate) struct Validators {
    if_none_match: Option<String>,
    if_modified_since: Option<SystemTime>,
}

impl Validators {
    pub(crate) fn of(request: &HttpRequest) -> Self {
        let text = |name| {
            let value = request.headers().get(name)?;
            value.to_str().ok()
        };
        let date = text(IF_MODIFIED_SINCE).and_then(|date| date.parse::<HttpDate>().ok());
        Validators {
            if_none_match: text(IF_NONE_MATCH).map(str::to_owned),
            if_modified_since: date.map(SystemTime::from),
        }
    }

    pub(crate) fn are_current(&self, etag: &str, modified: Option<SystemTime>) -> bool {
        match (&self.if_none_match, self.if_modified_since, modified) {
            (Some(tags), ..) => tags
                .split(',')
                .map(|tag| tag.trim().trim_start_matches("W/"))
                .any(|tag| tag == "*" || tag == etag),
            // The header knows whole seconds only.
            (None, Some(since), Some(modified)) => {
                modified
                    .duration_since(since)
                    .is_ok_and(|age| age.as_secs() == 0)
                    || modified <= since
            }
            _ => false,
        }
    }
}

/// A file that was found, opened and looked at.
struct Found {
    kind: &'static str,
    etag: String,
    modified: Option<SystemTime>,
    content: Content,
}

enum Content {
    /// The browser has it.
    Current,
    Whole(Vec<u8>),
    Open(File, u64),
}

impl Found {
    fn open(public: &Path, relative: &Path, validators: &Validators) -> Option<Found> {
        let root = public.canonicalize().ok()?;
        let mut path = root.join(relative).canonicalize().ok()?;
        if path.is_dir() {
            path = path.join("index.html").canonicalize().ok()?;
        }
        if !path.starts_with(&root) {
            return None;
        }
        let file = File::open(&path).ok()?;
        let metadata = file.metadata().ok()?;
        if !metadata.is_file() {
            return None;
        }
        let modified = metadata.modified().ok();
        let age = modified.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        let etag = format!(
            "\"{:x}-{:x}\"",
            age.map_or(0, |age| age.as_nanos()),
            metadata.len()
        );
        let content = match validators.are_current(&etag, modified) {
            true => Content::Current,
            false => Content::of(file, metadata.len()).ok()?,
        };
        Some(Found {
            kind: kind(&path),
            etag,
            modified,
            content,
        })
    }

    fn response(self) -> Response {
        let mut response = match self.content {
            Content::Current => Response::new(StatusCode::NOT_MODIFIED),
            Content::Whole(bytes) => Response::with_body(StatusCode::OK, BoxBody::new(bytes)),
            Content::Open(file, length) => {
                let body = SizedStream::new(length, Chunks::new(file, length));
                Response::with_body(StatusCode::OK, BoxBody::new(body))
            }
        };
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.kind));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
        if let Ok(etag) = HeaderValue::from_str(&self.etag) {
            headers.insert(ETAG, etag);
        }
        let modified = self.modified.map(|time| HttpDate::from(time).to_string());
        if let Some(Ok(modified)) = modified.as_deref().map(HeaderValue::from_str) {
            headers.insert(LAST_MODIFIED, modified);
        }
        response
    }
}

impl Content {
    fn of(mut file: File, length: u64) -> io::Result<Content> {
        if length > SMALL {
            return Ok(Content::Open(file, length));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        file.read_to_end(&mut bytes)?;
        Ok(Content::Whole(bytes))
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
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(all(test, unix))]
mod tests {
    use actix_web::body::to_bytes;
    use actix_web::test::TestRequest;

    use super::*;

    /// A folder `public` beside a file that is none of anybody's business.
    fn folder() -> PathBuf {
        let thread = std::thread::current();
        let name = thread.name().unwrap_or("file").replace("::", "-");
        let root = std::env::temp_dir().join(format!("velocious-{name}-{}", std::process::id()));
        let public = root.join("public");
        std::fs::create_dir_all(public.join("docs")).expect("a folder");
        std::fs::write(root.join("secret.txt"), "secret").expect("a file");
        std::fs::write(public.join("a b.css"), "body {}").expect("a file");
        std::fs::write(public.join(".env"), "secret").expect("a file");
        std::fs::write(public.join("docs/index.html"), "<p>docs").expect("a file");
        std::fs::write(public.join("big.bin"), vec![7; 700_000]).expect("a file");
        std::os::unix::fs::symlink("../secret.txt", public.join("link.txt")).expect("a link");
        root
    }

    fn get(
        root: &Path,
        path: &str,
        headers: &[(&'static str, String)],
    ) -> Option<(Response, Bytes)> {
        let mut request = TestRequest::with_uri(path);
        for (name, value) in headers {
            request = request.insert_header((*name, value.as_str()));
        }
        let request = request.to_http_request();
        actix_web::rt::System::new().block_on(async {
            let response = public_file(&root.join("public"), &request).await?;
            let (response, body) = response.into_parts();
            Some((response.map_into_boxed_body(), to_bytes(body).await.ok()?))
        })
    }

    fn header(response: &Response, name: &str) -> String {
        let value = response.headers().get(name).expect("a header");
        value.to_str().expect("text").to_owned()
    }

    #[test]
    fn files_are_served_with_their_type_and_validators() {
        let root = folder();
        let (response, body) = get(&root, "/a%20b.css", &[]).expect("a file");
        assert_eq!(
            (response.status().as_u16(), &body[..]),
            (200, &b"body {}"[..])
        );
        assert_eq!(header(&response, "content-type"), "text/css; charset=utf-8");
        let (etag, modified) = (
            header(&response, "etag"),
            header(&response, "last-modified"),
        );
        let (response, body) =
            get(&root, "/a%20b.css", &[("if-none-match", etag)]).expect("a file");
        assert_eq!((response.status().as_u16(), body.len()), (304, 0));
        let since = ("if-modified-since", modified);
        assert_eq!(
            get(&root, "/a%20b.css", &[since])
                .expect("a file")
                .0
                .status(),
            304
        );
        let other = ("if-none-match", "\"other\"".to_owned());
        assert_eq!(
            get(&root, "/a%20b.css", &[other])
                .expect("a file")
                .0
                .status(),
            200
        );
        let (_, body) = get(&root, "/docs", &[]).expect("a folder with an index");
        assert_eq!(&body[..], b"<p>docs");
        let (_, body) = get(&root, "/big.bin", &[]).expect("a large file");
        assert_eq!(body.len(), 700_000);
        assert!(body.iter().all(|byte| *byte == 7));
        std::fs::remove_dir_all(root).expect("a folder");
    }

    #[test]
    fn nothing_outside_of_the_folder_is_served() {
        let root = folder();
        for path in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/docs/../../secret.txt",
            "/..%2fsecret.txt",
            "/link.txt",
            "/.env",
            "/%2Eenv",
            "/docs/..%5c..%5csecret.txt",
            "/missing.css",
            "/a%20b.css%00.html",
            "/",
        ] {
            assert!(get(&root, path, &[]).is_none(), "{path}");
        }
        std::fs::remove_dir_all(root).expect("a folder");
    }
}
