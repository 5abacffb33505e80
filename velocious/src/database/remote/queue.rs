//! Who gets which connection, when there are no more than so many: the rules, without the connections.
//!
//! To open a connection costs a hundred times what a statement does, so connections stay where they are used: one that
//! comes back goes to the oldest waiter of its own runtime. Another runtime gets its place when it has fewer connections,
//! so that all have the same when all want more, or when it has rested unused for a while.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// So long a connection has to be idle before it makes room for one of another runtime.
pub(super) const RESTING: Duration = Duration::from_millis(10);

/// Connections `C` of runtimes `R`, and waiters `W` for them.
pub(super) struct Queue<R, C, W> {
    max: usize,
    /// Oldest first.
    idle: Vec<Idle<R, C>>,
    /// How many each runtime has in use.
    used: Vec<(R, usize)>,
    /// Oldest first.
    waiting: VecDeque<Waiting<R, W>>,
    last_turn: u64,
}

struct Idle<R, C> {
    runtime: R,
    connection: C,
    since: Instant,
}

struct Waiting<R, W> {
    turn: u64,
    runtime: R,
    waiter: W,
}

/// What there is for a runtime that asks. It counts as in use from then on.
pub(super) enum Taken<C> {
    Idle(C),
    /// Room for a new connection, provided that this one is closed.
    Room(Option<C>),
    Nothing,
}

/// What becomes of a connection that has come back.
pub(super) enum Next<R, C, W> {
    /// It is kept for later.
    Kept,
    /// A waiter of its own runtime gets it, and what counted it as in use.
    Same(W, C),
    /// It has to be closed, because a waiter of that other runtime may open one instead.
    Other(W, R, C),
}

impl<R: Copy + Eq, C, W> Queue<R, C, W> {
    pub(super) fn new(max: usize) -> Self {
        Queue {
            max,
            idle: Vec::new(),
            used: Vec::new(),
            waiting: VecDeque::new(),
            last_turn: 0,
        }
    }

    /// Takes the newest idle connection of `runtime`, or room for another one.
    pub(super) fn take(&mut self, runtime: R, now: Instant) -> Taken<C> {
        let own = self.idle.iter().rposition(|idle| idle.runtime == runtime);
        let taken = if let Some(at) = own {
            Taken::Idle(self.idle.remove(at).connection)
        } else if self.in_use() + self.idle.len() < self.max {
            Taken::Room(None)
        } else if let Some(rested) = self.idle.iter().position(|idle| idle.has_rested(now)) {
            Taken::Room(Some(self.idle.remove(rested).connection))
        } else {
            return Taken::Nothing;
        };
        *self.used_by(runtime) += 1;
        taken
    }

    /// Queues up; the answer is for [`Queue::again`] and [`Queue::forget`].
    pub(super) fn wait(&mut self, runtime: R, waiter: W) -> u64 {
        self.last_turn += 1;
        self.waiting.push_back(Waiting {
            turn: self.last_turn,
            runtime,
            waiter,
        });
        self.last_turn
    }

    /// Looks again whether there is something for a waiter, who then waits no more.
    pub(super) fn again(&mut self, turn: u64, runtime: R, now: Instant) -> Taken<C> {
        let Some(at) = self.place_of(turn) else {
            return Taken::Nothing;
        };
        let taken = self.take(runtime, now);
        if !matches!(taken, Taken::Nothing) {
            self.waiting.remove(at);
        }
        taken
    }

    /// Removes a waiter who has gone.
    pub(super) fn forget(&mut self, turn: u64) -> Option<W> {
        let at = self.place_of(turn)?;
        self.waiting.remove(at).map(|gone| gone.waiter)
    }

    /// Takes back a connection of `runtime` that was in use.
    pub(super) fn give_back(&mut self, runtime: R, connection: C, now: Instant) -> Next<R, C, W> {
        let own = self.has(runtime);
        // After the move, the other one has no more than this one.
        let poorer = self
            .waiting
            .iter()
            .position(|waiting| waiting.runtime != runtime && self.has(waiting.runtime) + 1 < own);
        let next = poorer.or_else(|| {
            self.waiting
                .iter()
                .position(|waiting| waiting.runtime == runtime)
        });
        let Some(next) = next.and_then(|at| self.waiting.remove(at)) else {
            *self.used_by(runtime) -= 1;
            self.idle.push(Idle {
                runtime,
                connection,
                since: now,
            });
            return Next::Kept;
        };
        if next.runtime == runtime {
            return Next::Same(next.waiter, connection);
        }
        *self.used_by(runtime) -= 1;
        *self.used_by(next.runtime) += 1;
        Next::Other(next.waiter, next.runtime, connection)
    }

    /// A connection of `runtime` that was in use is no more: the oldest waiter gets its place.
    pub(super) fn leave(&mut self, runtime: R) -> Option<(W, R)> {
        *self.used_by(runtime) -= 1;
        let next = self.waiting.pop_front()?;
        *self.used_by(next.runtime) += 1;
        Some((next.waiter, next.runtime))
    }

    /// Takes out the idle connections of which `is_over` says so, with the time since when they are idle.
    pub(super) fn remove_idle(&mut self, is_over: impl Fn(&C, Instant) -> bool) -> Vec<C> {
        let (over, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut self.idle)
            .into_iter()
            .partition(|idle| is_over(&idle.connection, idle.since));
        self.idle = rest;
        over.into_iter().map(|idle| idle.connection).collect()
    }

    pub(super) fn idle_mut(&mut self) -> impl Iterator<Item = &mut C> {
        self.idle.iter_mut().map(|idle| &mut idle.connection)
    }

    /// Since when the oldest idle connection is idle.
    pub(super) fn idle_since(&self) -> Option<Instant> {
        self.idle.iter().map(|idle| idle.since).min()
    }

    /// Takes out everybody who waits.
    pub(super) fn clear_waiting(&mut self) -> Vec<W> {
        self.waiting
            .drain(..)
            .map(|waiting| waiting.waiter)
            .collect()
    }

    pub(super) fn in_use(&self) -> usize {
        self.used.iter().map(|(_, used)| used).sum()
    }

    /// In use and idle.
    fn has(&self, runtime: R) -> usize {
        let used = self.used.iter().find(|(of, _)| *of == runtime);
        let idle = self.idle.iter().filter(|idle| idle.runtime == runtime);
        used.map_or(0, |(_, used)| *used) + idle.count()
    }

    fn used_by(&mut self, runtime: R) -> &mut usize {
        let at = match self.used.iter().position(|(of, _)| *of == runtime) {
            Some(at) => at,
            None => {
                // Runtimes come and go, in tests by the hundred.
                self.used.retain(|(_, used)| *used > 0);
                self.used.push((runtime, 0));
                self.used.len() - 1
            }
        };
        &mut self.used[at].1
    }

    fn place_of(&self, turn: u64) -> Option<usize> {
        self.waiting.iter().position(|waiting| waiting.turn == turn)
    }
}

impl<R, C> Idle<R, C> {
    fn has_rested(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.since) >= RESTING
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full(max: usize, runtimes: &[char]) -> (Queue<char, u32, &'static str>, Instant) {
        let (mut queue, now) = (Queue::new(max), Instant::now());
        for runtime in runtimes {
            assert!(matches!(queue.take(*runtime, now), Taken::Room(None)));
        }
        (queue, now)
    }

    #[test]
    fn an_idle_connection_goes_to_its_own_runtime_and_the_newest_first() {
        let (mut queue, now) = full(3, &['a', 'a', 'b']);
        queue.give_back('a', 1, now);
        queue.give_back('a', 2, now);
        queue.give_back('b', 3, now);
        assert!(matches!(queue.take('a', now), Taken::Idle(2)));
        assert!(matches!(queue.take('b', now), Taken::Idle(3)));
        assert!(matches!(queue.take('a', now), Taken::Idle(1)));
    }

    #[test]
    fn there_are_never_more_than_the_maximum() {
        let (mut queue, now) = full(2, &['a', 'b']);
        assert!(matches!(queue.take('a', now), Taken::Nothing));
        queue.give_back('b', 1, now);
        assert!(matches!(queue.take('a', now), Taken::Nothing));
        assert!(matches!(
            queue.take('a', now + RESTING),
            Taken::Room(Some(1))
        ));
        assert_eq!(queue.in_use(), 2);
    }

    #[test]
    fn what_comes_back_stays_with_its_runtime_when_all_want_more() {
        let (mut queue, now) = full(4, &['a', 'a', 'b', 'b']);
        queue.wait('b', "first");
        queue.wait('a', "second");
        assert!(matches!(
            queue.give_back('a', 1, now),
            Next::Same("second", 1)
        ));
        assert!(matches!(
            queue.give_back('b', 2, now),
            Next::Same("first", 2)
        ));
        assert_eq!(queue.in_use(), 4);
    }

    #[test]
    fn a_runtime_with_fewer_gets_the_place_until_both_have_the_same() {
        let (mut queue, now) = full(4, &['a', 'a', 'a', 'a']);
        for _ in 0..2 {
            queue.wait('a', "rich");
            queue.wait('b', "poor");
        }
        for connection in [1, 2] {
            let next = queue.give_back('a', connection, now);
            assert!(matches!(next, Next::Other("poor", 'b', _)));
        }
        queue.wait('b', "no longer poor");
        assert!(matches!(
            queue.give_back('a', 3, now),
            Next::Same("rich", 3)
        ));
        assert_eq!(queue.in_use(), 4);
    }

    #[test]
    fn whoever_waits_gets_what_has_rested_elsewhere() {
        let (mut queue, now) = full(2, &['a', 'b']);
        let turn = queue.wait('b', "waits");
        assert!(matches!(queue.give_back('a', 1, now), Next::Kept));
        assert!(matches!(queue.again(turn, 'b', now), Taken::Nothing));
        let later = now + RESTING;
        assert!(matches!(
            queue.again(turn, 'b', later),
            Taken::Room(Some(1))
        ));
        assert_eq!(queue.forget(turn), None, "it waits no more");
    }

    #[test]
    fn a_place_that_becomes_free_goes_to_the_oldest_who_has_not_gone() {
        let (mut queue, _) = full(1, &['a']);
        let gone = queue.wait('a', "gone");
        queue.wait('b', "oldest");
        queue.wait('a', "newest");
        assert_eq!(queue.forget(gone), Some("gone"));
        assert_eq!(queue.leave('a'), Some(("oldest", 'b')));
        assert_eq!(queue.leave('b'), Some(("newest", 'a')));
        assert_eq!(queue.leave('a'), None);
        assert_eq!(queue.in_use(), 0);
    }

    #[test]
    fn idle_connections_are_taken_out_by_their_age() {
        let (mut queue, now) = full(2, &['a', 'a']);
        let later = now + Duration::from_secs(1);
        queue.give_back('a', 1, now);
        queue.give_back('a', 2, later);
        assert_eq!(queue.idle_since(), Some(now));
        assert_eq!(queue.remove_idle(|_, since| since < later), [1]);
        assert_eq!(queue.idle_since(), Some(later));
    }
}
