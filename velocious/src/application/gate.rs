//! What of a connection's bytes may pass to actix, so that it has one request at a time.
//!
//! actix reads ahead, and remembers of several requests only the last one's method, version and kind of connection: the
//! answer to a GET with a HEAD behind it would come without its body, that to a HEAD with one. So the head of a request
//! passes when the one before is being answered, and its body when its head was understood. What a request is remains for
//! actix to say: here nothing is refused.

use std::sync::LazyLock;

use memchr::memmem::Finder;

/// What may pass.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Pass {
    /// Empty lines, and the beginning of a head.
    Start,
    /// The rest of a head, of which so many bytes of its end have passed.
    Head(usize),
    /// So many bytes of a body.
    Length(u64),
    /// A body in chunks.
    Chunks(Chunk),
    /// Nothing until the request is answered.
    Nothing,
    /// Whatever comes.
    Everything,
}

/// Where in a body in chunks the next byte is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Chunk {
    Size(u64),
    /// Behind the size, up to the end of the line.
    Extension(u64),
    Data(u64),
    /// The line that ends the data.
    End,
    /// A line behind the last chunk, and whether it is empty so far.
    Trailer(bool),
}

/// What follows a head.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Body {
    Length(u64),
    Chunks,
    /// Something that is no longer HTTP.
    Endless,
}

/// The gate of one connection.
#[derive(Debug)]
pub(super) struct Gate {
    pass: Pass,
    /// Whether the answer to the request at hand is on its way.
    is_answered: bool,
}

const HEAD_END: &[u8; 4] = b"\r\n\r\n";

/// Made once, because that takes longer than to find the end of a head.
static END_FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(HEAD_END));

impl Default for Gate {
    fn default() -> Self {
        Gate {
            pass: Pass::Start,
            is_answered: true,
        }
    }
}

impl Gate {
    /// How many of these bytes, which are the next ones, may pass; they count as passed.
    pub(super) fn admit(&mut self, bytes: &[u8]) -> usize {
        let mut passed = 0;
        while passed < bytes.len() {
            let rest = &bytes[passed..];
            let more = match self.pass {
                Pass::Start => self.start(rest),
                Pass::Head(seen) => self.head(rest, seen),
                Pass::Length(length) => self.length(rest, length),
                Pass::Chunks(chunk) => self.chunk(rest, chunk),
                Pass::Nothing => 0,
                Pass::Everything => rest.len(),
            };
            if more == 0 {
                break;
            }
            passed += more;
        }
        passed
    }

    /// Whether nothing passes before what has passed is understood, or answered.
    pub(super) fn is_waiting(&self) -> bool {
        self.pass == Pass::Nothing
    }

    /// The head that has passed was understood.
    pub(super) fn understood(&mut self, body: Body) {
        self.is_answered = false;
        self.pass = match body {
            Body::Length(0) => Pass::Nothing,
            Body::Length(length) => Pass::Length(length),
            Body::Chunks => Pass::Chunks(Chunk::Size(0)),
            Body::Endless => Pass::Everything,
        };
    }

    /// The answer is on its way.
    pub(super) fn answered(&mut self) {
        self.is_answered = true;
        if self.pass == Pass::Nothing {
            self.pass = Pass::Start;
        }
    }

    fn start(&mut self, bytes: &[u8]) -> usize {
        let empty = bytes.iter().position(|byte| !b"\r\n".contains(byte));
        if empty.is_some() {
            self.pass = Pass::Head(0);
        }
        match empty {
            Some(0) => self.head(bytes, 0),
            Some(empty) => empty,
            None => bytes.len(),
        }
    }

    fn head(&mut self, bytes: &[u8], seen: usize) -> usize {
        // The end may have begun in what has passed before, with three bytes or with the last one of them.
        let begun: &[usize] = match seen {
            0 => &[],
            1 => &[1],
            2 => &[2],
            _ => &[3, 1],
        };
        for begun in begun {
            let end = &HEAD_END[*begun..];
            if bytes.starts_with(end) {
                self.pass = Pass::Nothing;
                return end.len();
            }
            if end.starts_with(bytes) {
                self.pass = Pass::Head(*begun + bytes.len());
                return bytes.len();
            }
        }
        if let Some(end) = END_FINDER.find(bytes) {
            self.pass = Pass::Nothing;
            return end + HEAD_END.len();
        }
        let begun = (1..HEAD_END.len()).rev();
        let seen = begun
            .into_iter()
            .find(|begun| bytes.ends_with(&HEAD_END[..*begun]));
        self.pass = Pass::Head(seen.unwrap_or(0));
        bytes.len()
    }

    fn length(&mut self, bytes: &[u8], length: u64) -> usize {
        let more = bytes
            .len()
            .min(usize::try_from(length).unwrap_or(usize::MAX));
        match length - more as u64 {
            0 => self.body_has_passed(),
            rest => self.pass = Pass::Length(rest),
        }
        more
    }

    fn chunk(&mut self, bytes: &[u8], chunk: Chunk) -> usize {
        if let Chunk::Data(length) = chunk {
            let more = bytes
                .len()
                .min(usize::try_from(length).unwrap_or(usize::MAX));
            self.pass = Pass::Chunks(match length - more as u64 {
                0 => Chunk::End,
                rest => Chunk::Data(rest),
            });
            return more;
        }
        let byte = bytes[0];
        let after_size = |size| match size {
            0 => Chunk::Trailer(true),
            size => Chunk::Data(size),
        };
        let next = match (chunk, byte) {
            (Chunk::Size(size) | Chunk::Extension(size), b'\n') => after_size(size),
            (Chunk::Size(size), b';') => Chunk::Extension(size),
            (Chunk::Size(size), byte) => match char::from(byte).to_digit(16) {
                Some(digit) => Chunk::Size(size.saturating_mul(16).saturating_add(digit.into())),
                None => chunk,
            },
            (Chunk::End, b'\n') => Chunk::Size(0),
            (Chunk::Trailer(true), b'\n') => {
                self.body_has_passed();
                return 1;
            }
            (Chunk::Trailer(false), b'\n') => Chunk::Trailer(true),
            (Chunk::Trailer(is_empty), byte) => Chunk::Trailer(is_empty && byte == b'\r'),
            (chunk, _) => chunk,
        };
        self.pass = Pass::Chunks(next);
        1
    }

    fn body_has_passed(&mut self) {
        self.pass = match self.is_answered {
            true => Pass::Start,
            false => Pass::Nothing,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What passes of `bytes`, in pieces of every length; `bodies` are understood one after the other.
    fn passed(bytes: &str, bodies: &[Body]) -> usize {
        let all = bytes.as_bytes();
        let whole = passed_in_pieces(all, all.len(), bodies);
        for length in 1..all.len() {
            assert_eq!(
                passed_in_pieces(all, length, bodies),
                whole,
                "{length} at a time: {bytes:?}"
            );
        }
        whole
    }

    fn passed_in_pieces(bytes: &[u8], length: usize, bodies: &[Body]) -> usize {
        let mut gate = Gate::default();
        let (mut passed, mut available) = (0, 0);
        let mut bodies = bodies.iter();
        loop {
            let more = gate.admit(&bytes[passed..available]);
            passed += more;
            if passed < available {
                // The gate is shut: a head has passed, or a request has.
                match bodies.next() {
                    Some(body) => {
                        gate.answered();
                        gate.understood(*body);
                    }
                    None => return passed,
                }
            } else if available == bytes.len() {
                return passed;
            } else {
                available = (available + length).min(bytes.len());
            }
        }
    }

    #[test]
    fn a_head_passes_and_nothing_behind_it() {
        let head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        assert_eq!(passed(&format!("{head}{head}"), &[]), head.len());
        assert_eq!(
            passed(&format!("\r\n\r\n\r\n{head}{head}"), &[]),
            head.len() + 6
        );
        assert_eq!(passed("GET / HTTP/1.1\r\nHost: \r\r\n\r", &[]), 26);
        assert_eq!(passed("GET / HTTP/1.1\r\n\r\r\n\r\nGET", &[]), 21);
    }

    #[test]
    fn a_body_passes_as_far_as_it_goes() {
        let head = "POST / HTTP/1.1\r\n\r\n";
        let next = "GET / HTTP/1.1\r\n\r\n";
        let five = format!("{head}hello{next}");
        assert_eq!(passed(&five, &[Body::Length(5)]), head.len() + 5);
        for chunks in [
            "5\r\nhello\r\n0\r\n\r\n",
            "5;a=b\r\nhello\r\nA\r\n0123456789\r\n000;x\r\n\r\n",
            "1\r\n\n\r\n0\r\nTrailer: a\r\nOther: b\r\n\r\n",
        ] {
            let all = format!("{head}{chunks}{next}");
            assert_eq!(
                passed(&all, &[Body::Chunks]),
                head.len() + chunks.len(),
                "{chunks:?}"
            );
        }
        let all = format!("{head}whatever\r\n\r\n{next}");
        assert_eq!(passed(&all, &[Body::Endless]), all.len());
    }

    #[test]
    fn the_next_head_passes_when_the_answer_is_on_its_way() {
        let mut gate = Gate::default();
        let head = b"GET / HTTP/1.1\r\n\r\n";
        assert_eq!(gate.admit(head), head.len());
        assert_eq!(gate.admit(head), 0, "the first one is not understood yet");
        gate.understood(Body::Length(0));
        assert_eq!(gate.admit(head), 0, "it is not answered yet");
        gate.answered();
        assert_eq!(gate.admit(head), head.len());
        // An answer may come before the end of the body.
        gate.understood(Body::Length(3));
        gate.answered();
        assert_eq!(gate.admit(b"abcGET"), 6);
    }
}
