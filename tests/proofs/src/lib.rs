//! Programs that show that the data layer keeps what it promises. Each is one command with a seed:
//!
//! ```bash
//! eval "$(tests/databases.sh start /tmp/databases)"
//! cargo run -p velocious-proofs -- chains --seed 1 --count 100000 --on sqlite
//! cargo run -p velocious-proofs -- chains --seed 1 --count 10000 --on postgres,mysql
//! tests/databases.sh stop /tmp/databases
//! ```
//!
//! * [`chains`]: random chains of the query builder mean the same as their evaluation in memory.
//! * [`database`]: where they run; [`random`]: their numbers; [`log`]: the statements that were run.

pub mod chains;
pub mod database;
pub mod log;
pub mod random;
