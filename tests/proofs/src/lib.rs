//! Programs that show that the data layer and the server keep what they promise. Each is one command with a seed:
//!
//! ```bash
//! eval "$(tests/databases.sh start /tmp/databases)"
//! cargo build -p velocious-proofs
//! proof=target/debug/velocious-proofs
//! $proof chains --seed 1 --count 100000 --on sqlite
//! $proof chains --seed 1 --count 10000 --on postgres,mysql
//! $proof injection --seed 1 --count 500
//! $proof pool --count 10
//! $proof heal --count 50
//! $proof restarts --count 5
//! $proof deadlocks --seed 1 --count 400
//! $proof processes --seed 1 --count 5000
//! $proof migrators --count 50
//! $proof killed --seed 1 --count 100
//! $proof uniqueness --count 50
//! tests/databases.sh stop /tmp/databases
//! $proof slow --count 150
//! $proof sizes --count 20
//! $proof framing --seed 1 --count 1000
//! $proof panics --count 1000
//! $proof noise --seed 1 --count 10000
//! $proof stops --seed 1 --count 10
//! $proof uploads --count 10
//! ```
//!
//! `tests/proofs.rs` runs each of them for a few seconds, and holds none of them to times: that is for a machine which
//! does nothing else. Without `--on` they run on SQLite and on the servers that
//! `VELOCIOUS_TEST_POSTGRES_URL` and `VELOCIOUS_TEST_MYSQL_URL` name.
//!
//! * [`chains`]: random chains of the query builder mean the same as their evaluation in memory.
//! * [`injection`]: no text that the library is given becomes SQL.
//! * [`pool`], [`heal`], [`deadlocks`]: connections run out, are lost, wait for each other.
//! * [`processes`], [`migrations`]: several programs on one database, and some that are killed.
//! * [`uniqueness`]: many want the same row.
//! * [`web`]: the server, whatever it is sent; [`controllers`]: what answers there.
//! * [`database`]: where they run; [`proxy`]: what can be put in between; [`random`]: their numbers; [`log`]: the
//!   statements that were run; [`tasks`], [`claim`]: what they are made of.

pub mod chains;
pub mod claim;
pub mod controllers;
pub mod database;
pub mod deadlocks;
pub mod heal;
pub mod injection;
pub mod log;
pub mod migrations;
pub mod pool;
pub mod processes;
pub mod proxy;
pub mod random;
pub mod tasks;
pub mod uniqueness;
pub mod web;
