//! Answers made shorter on their way.
//!
//! What is there as a whole is compressed as a whole and keeps a length; what is made while it is sent is compressed
//! part by part, and whatever is there is sent before the next part is waited for. Events, pictures and everything else
//! that is compressed already stay as they are, and so does what says `Cache-Control: no-transform`.
//!
//! A page that holds a secret beside something that a stranger has chosen gives the secret away by its length (BREACH),
//! if the stranger can have the page asked for again and again. Tokens of forms are other ones each time. Beyond that,
//! what another site's page asks for with the visitor's cookies is sent as it is.

use std::error::Error as StdError;
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::HttpRequest;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE,
    COOKIE, ETAG, HeaderMap, HeaderName, HeaderValue, VARY,
};
use actix_web::web::{Bytes, block};
use flate2::write::GzEncoder;

use super::encoding::{Accepted, Encoding};
use super::worker::Worker;
use crate::controller::Response;

/// What is shorter than this is not worth it.
const WORTHWHILE: u64 = 1024;
/// What is longer than this is compressed where it holds up nobody.
const QUICK: usize = 32 * 1024;
/// How much is compressed at a time of what is made while it is sent.
const PART: usize = 64 * 1024;
/// How far back brotli looks, as a power of two. More would cost each answer more memory than it saves bytes.
const BROTLI_WINDOW: u32 = 19;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Compresses an answer if its request takes that and it is worth it.
pub(super) async fn compress(
    worker: &Worker,
    request: &HttpRequest,
    mut response: Response,
) -> Response {
    let accepted = Accepted::of(request.headers());
    let size = response.body().size();
    let worthwhile = match size {
        _ if response.status() == StatusCode::NOT_MODIFIED => true,
        BodySize::None => false,
        BodySize::Sized(length) => length >= WORTHWHILE || (length > 0 && accepted.refuses_plain()),
        BodySize::Stream => true,
    };
    if !worthwhile || !is_compressible(response.status(), response.headers()) {
        return response;
    }
    vary(response.headers_mut());
    let encoding = accepted.best(|_| true);
    let Some(encoding) = encoding.filter(|_| !is_spied_on(worker, request, &response)) else {
        return response;
    };
    let level = worker.app().config().server.compression_level;
    let (head, body) = response.into_parts();
    let shorter = match body.try_into_bytes() {
        Ok(bytes) if bytes.is_empty() => return head.set_body(BoxBody::new(bytes)),
        Ok(bytes) => match whole(encoding, level, bytes.clone()).await {
            Some(shorter) if shorter.len() < bytes.len() || accepted.refuses_plain() => {
                BoxBody::new(shorter)
            }
            _ => return head.set_body(BoxBody::new(bytes)),
        },
        Err(body) => match Encoder::new(encoding, level) {
            Ok(encoder) => BoxBody::new(Shorter::new(body, encoder)),
            Err(_) => return head.set_body(body),
        },
    };
    let mut response = head.set_body(shorter);
    describe(response.headers_mut(), encoding);
    response
}

/// Whether the header says something that can become shorter, and may.
fn is_compressible(status: StatusCode, headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| {
        let value = headers.get(name)?;
        value.to_str().ok()
    };
    let is_part = status == StatusCode::PARTIAL_CONTENT || headers.contains_key(CONTENT_RANGE);
    let is_fixed = text(&CACHE_CONTROL).is_some_and(|text| {
        let mut directives = text.split(',');
        directives.any(|directive| directive.trim().eq_ignore_ascii_case("no-transform"))
    });
    !status.is_informational()
        && !is_part
        && !is_fixed
        && !headers.contains_key(CONTENT_ENCODING)
        && text(&CONTENT_TYPE).is_some_and(is_wordy)
}

/// Whether content of a type is written as text, or as wastefully.
fn is_wordy(kind: &str) -> bool {
    const WORDY: &[&str] = &[
        "application/javascript",
        "application/json",
        "application/rtf",
        "application/vnd.ms-fontobject",
        "application/wasm",
        "application/x-javascript",
        "application/x-ndjson",
        "application/x-www-form-urlencoded",
        "application/xml",
        "font/otf",
        "font/ttf",
        "image/bmp",
        "image/x-icon",
    ];
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let kind = kind.to_ascii_lowercase();
    let is_text = kind.starts_with("text/") && kind != "text/event-stream";
    is_text || kind.ends_with("+json") || kind.ends_with("+xml") || WORDY.contains(&kind.as_str())
}

/// Whether a page of another site has this asked for as its visitor, and may not read it.
fn is_spied_on(worker: &Worker, request: &HttpRequest, response: &Response) -> bool {
    let headers = request.headers();
    let site = headers.get(SEC_FETCH_SITE).map(HeaderValue::as_bytes);
    let is_foreign = site.is_some_and(|site| site != b"same-origin" && site != b"none");
    if !is_foreign || !headers.contains_key(COOKIE) {
        return false;
    }
    let keeping = response.headers().get(CACHE_CONTROL);
    let is_public = keeping.is_some_and(|text| text.as_bytes().starts_with(b"public"));
    let may_read = worker
        .cors
        .as_ref()
        .is_some_and(|cors| cors.has_credentials() && cors.knows(request));
    !is_public && !may_read
}

fn vary(headers: &mut HeaderMap) {
    let known = headers.get_all(VARY).any(|names| {
        let names = names.to_str().unwrap_or_default();
        let mut names = names.split(',').map(str::trim);
        names.any(|name| name == "*" || name.eq_ignore_ascii_case("accept-encoding"))
    });
    if !known {
        headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    }
}

/// Says how the answer is encoded. Its tag then stands for all encodings, and its parts are no longer those of the file.
fn describe(headers: &mut HeaderMap, encoding: Encoding) {
    let name = HeaderValue::from_static(encoding.name());
    headers.insert(CONTENT_ENCODING, name);
    headers.remove(CONTENT_LENGTH);
    headers.remove(ACCEPT_RANGES);
    let weak = headers.get(ETAG).and_then(|etag| {
        let etag = etag.to_str().ok()?;
        let is_strong = !etag.starts_with("W/");
        is_strong.then(|| HeaderValue::try_from(format!("W/{etag}")))
    });
    if let Some(Ok(weak)) = weak {
        headers.insert(ETAG, weak);
    }
}

/// All of an answer at once; `None` when it cannot be compressed.
async fn whole(encoding: Encoding, level: Option<u32>, bytes: Bytes) -> Option<Bytes> {
    let is_quick = bytes.len() <= QUICK;
    let compressed = move || {
        let mut encoder = Encoder::new(encoding, level)?;
        encoder.write(&bytes)?;
        encoder.finish()
    };
    let compressed: io::Result<Bytes> = match is_quick {
        true => compressed(),
        false => block(compressed).await.ok()?,
    };
    compressed.ok()
}

/// Compresses what it is given.
enum Encoder {
    Brotli(Box<brotli::CompressorWriter<Vec<u8>>>),
    Zstd(zstd::stream::write::Encoder<'static, Vec<u8>>),
    Gzip(GzEncoder<Vec<u8>>),
}

impl Encoder {
    fn new(encoding: Encoding, level: Option<u32>) -> io::Result<Self> {
        // What each does well in the time that it takes to make the answer.
        let level = |usual| level.unwrap_or(usual);
        Ok(match encoding {
            Encoding::Brotli => Encoder::Brotli(Box::new(brotli::CompressorWriter::new(
                Vec::new(),
                4096,
                level(4),
                BROTLI_WINDOW,
            ))),
            Encoding::Zstd => {
                let level = i32::try_from(level(3)).unwrap_or(3);
                Encoder::Zstd(zstd::stream::write::Encoder::new(Vec::new(), level)?)
            }
            Encoding::Gzip => {
                let level = flate2::Compression::new(level(6));
                Encoder::Gzip(GzEncoder::new(Vec::new(), level))
            }
        })
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Encoder::Brotli(encoder) => encoder.write_all(bytes),
            Encoder::Zstd(encoder) => encoder.write_all(bytes),
            Encoder::Gzip(encoder) => encoder.write_all(bytes),
        }
    }

    /// Makes everything that was written readable for whoever gets what is there so far.
    fn flush(&mut self) -> io::Result<()> {
        match self {
            Encoder::Brotli(encoder) => encoder.flush(),
            Encoder::Zstd(encoder) => encoder.flush(),
            Encoder::Gzip(encoder) => encoder.flush(),
        }
    }

    /// What there is so far.
    fn take(&mut self) -> Bytes {
        let made = match self {
            Encoder::Brotli(encoder) => encoder.get_mut(),
            Encoder::Zstd(encoder) => encoder.get_mut(),
            Encoder::Gzip(encoder) => encoder.get_mut(),
        };
        std::mem::take(made).into()
    }

    fn finish(self) -> io::Result<Bytes> {
        let made = match self {
            Encoder::Brotli(encoder) => encoder.into_inner(),
            Encoder::Zstd(encoder) => encoder.finish()?,
            Encoder::Gzip(encoder) => encoder.finish()?,
        };
        Ok(made.into())
    }
}

/// A body that is compressed while it is sent.
struct Shorter {
    body: BoxBody,
    /// What the body has given and the encoder has not taken yet.
    waiting: Bytes,
    /// `None` once everything is sent.
    encoder: Option<Encoder>,
    /// Whether the encoder holds back what it was given.
    is_holding: bool,
}

impl Shorter {
    fn new(body: BoxBody, encoder: Encoder) -> Self {
        Shorter {
            body,
            waiting: Bytes::new(),
            encoder: Some(encoder),
            is_holding: false,
        }
    }
}

impl MessageBody for Shorter {
    type Error = Box<dyn StdError>;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let this = self.get_mut();
        loop {
            let Some(encoder) = this.encoder.as_mut() else {
                return Poll::Ready(None);
            };
            if !this.waiting.is_empty() {
                let part = this.waiting.split_to(PART.min(this.waiting.len()));
                encoder.write(&part)?;
                this.is_holding = true;
                let made = encoder.take();
                if made.is_empty() {
                    continue;
                }
                return Poll::Ready(Some(Ok(made)));
            }
            match Pin::new(&mut this.body).poll_next(cx) {
                Poll::Ready(Some(Ok(bytes))) => this.waiting = bytes,
                Poll::Ready(Some(Err(error))) => {
                    this.encoder = None;
                    return Poll::Ready(Some(Err(error)));
                }
                Poll::Ready(None) => {
                    let made = this.encoder.take().map(Encoder::finish).transpose()?;
                    return Poll::Ready(made.filter(|made| !made.is_empty()).map(Ok));
                }
                Poll::Pending if this.is_holding => {
                    encoder.flush()?;
                    this.is_holding = false;
                    let made = encoder.take();
                    if !made.is_empty() {
                        return Poll::Ready(Some(Ok(made)));
                    }
                    return Poll::Pending;
                }
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::VecDeque;
    use std::rc::Rc;
    use std::task::Waker;

    use super::*;

    /// brotli's decoder keeps back what does not fit into its buffer.
    const ROOM: usize = 1024 * 1024;

    /// What a client makes of what it has got so far.
    enum Decoder {
        Brotli(Box<brotli::DecompressorWriter<Vec<u8>>>),
        Zstd(zstd::stream::write::Decoder<'static, Vec<u8>>),
        Gzip(flate2::write::GzDecoder<Vec<u8>>),
    }

    impl Decoder {
        fn new(encoding: Encoding) -> Self {
            match encoding {
                Encoding::Brotli => {
                    Decoder::Brotli(Box::new(brotli::DecompressorWriter::new(Vec::new(), ROOM)))
                }
                Encoding::Zstd => {
                    Decoder::Zstd(zstd::stream::write::Decoder::new(Vec::new()).expect("a decoder"))
                }
                Encoding::Gzip => Decoder::Gzip(flate2::write::GzDecoder::new(Vec::new())),
            }
        }

        fn read(&mut self, bytes: &[u8]) -> Vec<u8> {
            let read = match self {
                Decoder::Brotli(decoder) => {
                    decoder.write_all(bytes).expect("sound");
                    decoder.flush().expect("sound");
                    decoder.get_mut()
                }
                Decoder::Zstd(decoder) => {
                    decoder.write_all(bytes).expect("sound");
                    decoder.flush().expect("sound");
                    decoder.get_mut()
                }
                Decoder::Gzip(decoder) => {
                    decoder.write_all(bytes).expect("sound");
                    decoder.flush().expect("sound");
                    decoder.get_mut()
                }
            };
            std::mem::take(read)
        }
    }

    /// A body that is there as far as somebody has put it there; `None` is its end.
    #[derive(Clone, Default)]
    struct Source(Rc<RefCell<VecDeque<Option<Bytes>>>>);

    impl MessageBody for Source {
        type Error = io::Error;

        fn size(&self) -> BodySize {
            BodySize::Stream
        }

        fn poll_next(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Bytes, io::Error>>> {
            match self.0.borrow_mut().pop_front() {
                Some(part) => Poll::Ready(part.map(Ok)),
                None => Poll::Pending,
            }
        }
    }

    /// Everything that a body has now, and whether it is at its end.
    fn available(body: &mut Shorter) -> (Vec<u8>, bool) {
        let (mut all, mut cx) = (Vec::new(), Context::from_waker(Waker::noop()));
        loop {
            match Pin::new(&mut *body).poll_next(&mut cx) {
                Poll::Ready(Some(part)) => all.extend(part.expect("a part")),
                Poll::Ready(None) => return (all, true),
                Poll::Pending => return (all, false),
            }
        }
    }

    #[test]
    fn what_is_there_is_sent_before_the_rest_is_waited_for() {
        for encoding in Encoding::ALL {
            let source = Source::default();
            let encoder = Encoder::new(encoding, None).expect("an encoder");
            let mut body = Shorter::new(BoxBody::new(source.clone()), encoder);
            let mut client = Decoder::new(encoding);
            for text in ["tick\n", "tock\n", &"long ".repeat(50_000)] {
                source
                    .0
                    .borrow_mut()
                    .push_back(Some(Bytes::from(text.to_owned())));
                let (sent, over) = available(&mut body);
                assert!(!over);
                assert!(
                    client.read(&sent) == text.as_bytes(),
                    "{encoding:?}: {text:.9}"
                );
                // Nothing new, nothing sent: a flush costs some bytes each time.
                assert_eq!(available(&mut body), (Vec::new(), false));
            }
            source.0.borrow_mut().push_back(Some("end".into()));
            source.0.borrow_mut().push_back(None);
            let (sent, over) = available(&mut body);
            assert!(over);
            assert_eq!(client.read(&sent), b"end");
            assert_eq!(available(&mut body), (Vec::new(), true));
        }
    }

    #[test]
    fn words_become_shorter_and_the_rest_stays() {
        for kind in [
            "text/html; charset=utf-8",
            "TEXT/CSS",
            "application/json",
            "application/vnd.api+json; charset=utf-8",
            "image/svg+xml",
            "application/wasm",
        ] {
            assert!(is_wordy(kind), "{kind}");
        }
        for kind in [
            "text/event-stream",
            "text/event-stream; charset=utf-8",
            "image/png",
            "font/woff2",
            "video/mp4",
            "application/zip",
            "application/pdf",
            "application/octet-stream",
            "",
        ] {
            assert!(!is_wordy(kind), "{kind}");
        }
    }

    #[test]
    fn what_has_its_form_keeps_it() {
        let compressible = |status, lines: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
            for (name, value) in lines {
                let name = HeaderName::from_static(name);
                headers.insert(name, HeaderValue::from_static(value));
            }
            is_compressible(status, &headers)
        };
        assert!(compressible(StatusCode::OK, &[]));
        assert!(compressible(
            StatusCode::NOT_FOUND,
            &[("cache-control", "no-store")]
        ));
        assert!(!compressible(StatusCode::PARTIAL_CONTENT, &[]));
        assert!(!compressible(StatusCode::SWITCHING_PROTOCOLS, &[]));
        for line in [
            ("content-encoding", "gzip"),
            ("content-encoding", "identity"),
            ("content-range", "bytes */9"),
            ("cache-control", "private, No-Transform"),
        ] {
            assert!(!compressible(StatusCode::OK, &[line]), "{line:?}");
        }
    }
}
