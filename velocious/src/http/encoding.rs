//! The encodings that an answer can be sent in, and which of them a request takes.

use actix_web::http::header::{ACCEPT_ENCODING, HeaderMap};

use super::accept::quality;

/// A way to make an answer shorter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Brotli,
    Zstd,
    Gzip,
}

impl Encoding {
    /// All of them; of two that are equally welcome the first is taken.
    pub(crate) const ALL: [Encoding; 3] = [Encoding::Brotli, Encoding::Zstd, Encoding::Gzip];

    /// The name that headers have for it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Encoding::Brotli => "br",
            Encoding::Zstd => "zstd",
            Encoding::Gzip => "gzip",
        }
    }

    /// What follows the name of a file that is encoded.
    pub(crate) fn suffix(self) -> &'static str {
        match self {
            Encoding::Brotli => "br",
            Encoding::Zstd => "zst",
            Encoding::Gzip => "gz",
        }
    }
}

/// Which encodings a request takes, by its header `Accept-Encoding`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Accepted {
    /// In thousandths, in the order of [`Encoding::ALL`].
    qualities: [u16; 3],
    /// How welcome an answer as it is would be, if the request says so.
    plain: Option<u16>,
}

impl Accepted {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let values = headers.get_all(ACCEPT_ENCODING);
        let values = values.filter_map(|value| value.to_str().ok());
        let (mut named, mut plain, mut rest) = ([None; 3], None, None);
        for range in values.flat_map(|value| value.split(',')) {
            let name = range.split(';').next().unwrap_or_default().trim();
            let is = |known: &str| name.eq_ignore_ascii_case(known);
            let known = Encoding::ALL.iter().position(|known| is(known.name()));
            match known {
                Some(index) => named[index] = Some(quality(range)),
                // The name it had long ago.
                None if is("x-gzip") => named[2] = Some(quality(range)),
                None if is("identity") => plain = Some(quality(range)),
                None if is("*") => rest = Some(quality(range)),
                None => {}
            }
        }
        Accepted {
            qualities: named.map(|quality| quality.or(rest).unwrap_or(0)),
            // `*` has to refuse it to count: nobody who takes everything would rather have it plain.
            plain: plain.or(rest.filter(|quality| *quality == 0)),
        }
    }

    /// The most welcome of the encodings that are `offered`; `None` when an answer as it is is more welcome, or none of
    /// them is.
    pub(crate) fn best(&self, offered: impl Fn(Encoding) -> bool) -> Option<Encoding> {
        let both = Encoding::ALL.into_iter().zip(self.qualities);
        let mut best: Option<(Encoding, u16)> = None;
        for (encoding, quality) in both.filter(|(encoding, _)| offered(*encoding)) {
            if quality > best.map_or(0, |(_, quality)| quality) {
                best = Some((encoding, quality));
            }
        }
        let (encoding, quality) = best?;
        (quality >= self.plain.unwrap_or(0)).then_some(encoding)
    }

    /// Whether an answer as it is is refused.
    #[cfg(any(test, feature = "compression"))]
    pub(crate) fn refuses_plain(&self) -> bool {
        self.plain == Some(0)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;
    use crate::mutation;

    fn accepted(text: &'static str) -> Accepted {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(text));
        Accepted::of(&headers)
    }

    #[test]
    fn the_most_welcome_encoding_is_chosen() {
        use Encoding::{Brotli, Gzip, Zstd};

        for (text, best) in [
            ("gzip, deflate, br, zstd", Some(Brotli)),
            ("gzip, zstd", Some(Zstd)),
            ("GZIP", Some(Gzip)),
            ("x-gzip", Some(Gzip)),
            ("br;q=0.5, gzip;q=0.8", Some(Gzip)),
            ("br;q=0, gzip;q=0.001", Some(Gzip)),
            ("br; q=0.1 , gzip ;q=0.2", Some(Gzip)),
            ("*", Some(Brotli)),
            ("*;q=0.5, br;q=0", Some(Zstd)),
            ("*;q=0", None),
            ("identity", None),
            ("identity;q=1, *;q=0", None),
            ("identity;q=0.5, br;q=0.4", None),
            ("identity;q=0.5, br;q=0.5", Some(Brotli)),
            ("identity;q=0, gzip", Some(Gzip)),
            ("deflate, compress", None),
            ("br;q=nonsense", None),
            ("", None),
        ] {
            assert_eq!(accepted(text).best(|_| true), best, "{text}");
        }
        let only_gzip = |encoding| encoding == Gzip;
        assert_eq!(accepted("br, gzip;q=0.1").best(only_gzip), Some(Gzip));
        assert_eq!(accepted("br").best(only_gzip), None);
        assert_eq!(Accepted::of(&HeaderMap::new()).best(|_| true), None);
    }

    #[test]
    fn a_plain_answer_is_refused_by_name_or_with_all() {
        for (text, refused) in [
            ("identity;q=0", true),
            ("*;q=0", true),
            ("*;q=0, identity;q=0.1", false),
            ("br", false),
            ("*", false),
            ("", false),
        ] {
            assert_eq!(accepted(text).refuses_plain(), refused, "{text}");
        }
    }

    #[test]
    fn the_header_accept_encoding_withstands_any_bytes() {
        let parse = |bytes: &[u8]| {
            let Ok(value) = HeaderValue::from_bytes(bytes) else {
                return;
            };
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, value);
            let accepted = Accepted::of(&headers);
            let best = accepted.best(|encoding| encoding != Encoding::Brotli);
            assert!(best != Some(Encoding::Brotli), "it was not offered");
            assert!(accepted.qualities.iter().all(|quality| *quality <= 1000));
        };
        let examples = ["gzip, deflate, br, zstd", "br;q=1.0, *;q=0.5, identity;q=0"];
        let words = [
            ",", ";", "q=", "q=NaN", "q=-1", "q=1e9", "*", "identity", "x-gzip", " ", "=",
        ];
        mutation::withstands(&examples, &words, parse);
        for worst in ["br,", ",", ";q=0.1", ";", "*;q=0.5,", "q="] {
            mutation::is_linear(
                |length| worst.repeat(length / worst.len()).into_bytes(),
                parse,
            );
        }
    }
}
