//! Values of cookies that were taken back before their time. A cookie says itself until when it counts, so whoever has
//! copied one could use it after its owner has signed out; what is noted here counts no longer.
//!
//! Only this process knows of it, and until it stops. Sessions in the database need none of it.

use std::collections::{HashSet, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sha2::{Digest, Sha256};

/// How many are kept; the oldest are forgotten first.
const MOST: usize = 100_000;

/// The ids that were ended and would still count.
#[derive(Default)]
pub(crate) struct Ended {
    /// Whether there is any, so that nobody has to wait to find that there is none.
    is_some: AtomicBool,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// Until when each would count, in seconds since 1970; the oldest first.
    order: VecDeque<(u64, Key)>,
    keys: HashSet<Key>,
}

/// The beginning of an id's hash: nobody who could look at the memory has the id.
type Key = [u8; 16];

impl Ended {
    /// Takes back what goes by `id`, and would have counted as long as `lifetime` from now.
    pub(crate) fn add(&self, id: &str, lifetime: Duration) {
        let key = key(id);
        let mut kept = self.kept();
        if !kept.keys.insert(key) {
            return;
        }
        kept.order
            .push_back((now().saturating_add(lifetime.as_secs()), key));
        kept.shrink(MOST);
        self.is_some.store(true, Ordering::Release);
    }

    /// Whether it was taken back.
    pub(crate) fn contains(&self, id: &str) -> bool {
        self.is_some.load(Ordering::Acquire) && self.kept().keys.contains(&key(id))
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Nothing in here is ever half done.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// Forgets what has expired, and then the oldest, once there are more than `most`.
    fn shrink(&mut self, most: usize) {
        if self.order.len() <= most {
            return;
        }
        let now = now();
        let keys = &mut self.keys;
        self.order.retain(|(expires, key)| {
            let counts = *expires > now;
            if !counts {
                keys.remove(key);
            }
            counts
        });
        while self.order.len() > most {
            if let Some((_, key)) = self.order.pop_front() {
                self.keys.remove(&key);
            }
        }
    }
}

fn key(id: &str) -> Key {
    let hash = Sha256::digest(id.as_bytes());
    let mut key = Key::default();
    key.copy_from_slice(&hash[..16]);
    key
}

fn now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |now| now.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_back_is_known() {
        let ended = Ended::default();
        assert!(!ended.contains("a"));
        ended.add("a", Duration::from_secs(60));
        ended.add("a", Duration::from_secs(60));
        assert!(ended.contains("a") && !ended.contains("b"));
        assert_eq!(ended.kept().order.len(), 1);
    }

    #[test]
    fn no_more_are_kept_than_there_is_room_for() {
        let ended = Ended::default();
        ended.add("over", Duration::ZERO);
        for id in ["a", "b", "c"] {
            ended.add(id, Duration::from_secs(60));
        }
        ended.kept().shrink(3);
        assert!(
            !ended.contains("over") && ended.contains("a"),
            "what has expired goes first"
        );
        ended.kept().shrink(2);
        assert!(!ended.contains("a") && ended.contains("b") && ended.contains("c"));
        assert_eq!(ended.kept().keys.len(), 2);
    }
}
