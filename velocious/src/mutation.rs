//! Changed bytes for whatever reads the bytes of strangers: it may refuse them, and nothing else.
//!
//! `VELOCIOUS_PROOF_COUNT` says how many there are for each, and `VELOCIOUS_PROOF_SEED` which ones:
//!
//! ```bash
//! VELOCIOUS_PROOF_COUNT=1000000 cargo nextest run -p velocious --all-features withstand
//! ```
//!
//! Where it is set, they also say how long a mebibyte of the worst takes (`--no-capture` shows it; with `--release`, or it
//! is the time of a build that was not made fast).

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use crate::random::Random;

/// Gives `parse` examples that were changed here and there, with `words` that mean something to it put in. Whatever it
/// claims about what it has read, it asserts by itself.
pub(crate) fn withstands(examples: &[&str], words: &[&str], parse: impl Fn(&[u8])) {
    let count = variable("VELOCIOUS_PROOF_COUNT").unwrap_or(500);
    let mut random = Random(variable("VELOCIOUS_PROOF_SEED").unwrap_or(1));
    for example in examples {
        parse(example.as_bytes());
    }
    for _ in 0..count {
        let input = Shown(changed(&mut random, examples, words));
        let start = Instant::now();
        parse(&input.0);
        // Thousands of times what it takes: the machine may be busy, a loop without an end is never done.
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "this took too long"
        );
    }
}

fn variable(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Asserts that twice as much takes about twice as long, for the longest inputs that `worst` makes of a length.
pub(crate) fn is_linear(worst: impl Fn(usize) -> Vec<u8>, parse: impl Fn(&[u8])) {
    let fastest = |length: usize| {
        let input = worst(length);
        let times = (0..3).map(|_| {
            let start = at_work();
            parse(&input);
            at_work().saturating_sub(start)
        });
        times.min().unwrap_or_default()
    };
    let (half, whole) = (fastest(128 * 1024), fastest(256 * 1024));
    if variable("VELOCIOUS_PROOF_COUNT").is_some() {
        eprintln!("1 MiB takes {:?}", fastest(1024 * 1024));
    }
    // Four times would be quadratic; the rest is for how seldom the system counts.
    assert!(
        whole <= half * 7 / 2 + Duration::from_millis(10),
        "128 KiB take {half:?}, 256 KiB {whole:?}"
    );
}

/// For how long this thread has been at work: others may be, too, and do not count. Where the system does not say, the
/// time.
fn at_work() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let counted = counted.and_then(|text| text.split(' ').next()?.parse().ok());
    counted.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// Printed when reading it panics.
struct Shown(Vec<u8>);

impl Drop for Shown {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the input was \"{}\"", self.0.escape_ascii());
        }
    }
}

fn changed(random: &mut Random, examples: &[&str], words: &[&str]) -> Vec<u8> {
    let pick =
        |random: &mut Random, among: &[&str]| among[random.below(among.len())].as_bytes().to_vec();
    let mut bytes = pick(random, examples);
    for _ in 0..=random.below(8) {
        let at = random.below(bytes.len() + 1);
        let until = (at + random.below(12)).min(bytes.len());
        let new = match random.below(7) {
            0 => Vec::new(),
            1 => vec![random.next().to_le_bytes()[0]],
            2 => bytes[at..until].repeat(2),
            3 => bytes[at..until].iter().map(|byte| byte ^ 0x20).collect(),
            4 => bytes[at..until].iter().rev().copied().collect(),
            5 => pick(random, examples),
            _ => pick(random, words).repeat(1 + random.below(3)),
        };
        bytes.splice(at..until, new);
    }
    bytes
}
