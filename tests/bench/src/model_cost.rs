//! What a hundred linked models cost the compiler, in three libraries: the same tables, each as a crate of its own,
//! checked in turns without incremental compilation.
//!
//! A model has ten fields, belongs to the next one and to the one after that, and has many of the one before it.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::Result;
use crate::cpu;
use crate::report::median;
use crate::server;

const MODELS: usize = 100;
const ROUNDS: usize = 3;

/// A library and how the models are written for it.
struct Side {
    name: &'static str,
    dependencies: String,
    source: fn(usize) -> String,
}

/// Measures and prints.
pub(crate) fn measure() -> Result<()> {
    let velocious = server::workspace().join("velocious").canonicalize()?;
    let sides = [
        Side {
            name: "velocious",
            dependencies: format!(
                "velocious = {{ path = {velocious:?}, default-features = false, features = [\"sqlite\"] }}"
            ),
            source: velocious_models,
        },
        Side {
            name: "diesel",
            dependencies: "diesel = { version = \"2.3.14\", default-features = false, features = [\"chrono\", \"sqlite\"] }\n\
                 chrono = { version = \"0.4\", default-features = false, features = [\"std\", \"clock\"] }\n\
                 libsqlite3-sys = { version = \"0.38\", features = [\"bundled\"] }"
                .into(),
            source: diesel_models,
        },
        Side {
            name: "sea-orm",
            dependencies: "sea-orm = { version = \"=2.0.4\", default-features = false, features = [\"macros\", \"with-chrono\"] }"
                .into(),
            source: sea_orm_models,
        },
    ];
    println!(
        "`cargo check` of a crate of {MODELS} models (10 fields, 3 relationships) alone, median of {ROUNDS} rounds in turns"
    );
    let mut seen = Vec::new();
    for side in &sides {
        let folder = prepare(side)?;
        seen.push((folder, Vec::new(), Vec::new()));
    }
    for _ in 0..ROUNDS {
        for (side, (folder, seconds, peaks)) in sides.iter().zip(&mut seen) {
            fs::write(folder.join("src/lib.rs"), (side.source)(MODELS))?;
            let mut peak = 0;
            seconds.push(cpu::seconds_of(|| {
                peak = check(folder)?;
                Ok(())
            })?);
            peaks.push(peak as f64 / 1024.0);
            let (seconds, peak) = (&seconds[seconds.len() - 1], &peaks[peaks.len() - 1]);
            eprintln!("    {}: {seconds:.1} CPU s, {peak:.0} MB", side.name);
            fs::write(folder.join("src/lib.rs"), "")?;
            check(folder)?;
        }
    }
    for (side, (_, seconds, peaks)) in sides.iter().zip(seen) {
        println!(
            "{:9}  {:5.1} CPU s, {:5.0} MB at most",
            side.name,
            median(seconds.into_iter()),
            median(peaks.into_iter())
        );
    }
    Ok(())
}

/// Makes the crate and checks what it depends on.
fn prepare(side: &Side) -> Result<PathBuf> {
    let folder = server::target().join("model-cost").join(side.name);
    fs::create_dir_all(folder.join("src"))?;
    fs::write(
        folder.join("Cargo.toml"),
        format!(
            "[package]\nname = \"models\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{}\n",
            side.dependencies
        ),
    )?;
    if side.name != "sea-orm" {
        fs::copy(
            server::workspace().join("Cargo.lock"),
            folder.join("Cargo.lock"),
        )?;
    }
    fs::write(folder.join("src/lib.rs"), "")?;
    check(&folder)?;
    Ok(folder)
}

/// Checks a crate; answers the most memory that one run of the compiler has taken, in kilobytes.
fn check(folder: &Path) -> Result<u64> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--quiet"])
        .current_dir(folder)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .stderr(Stdio::piped())
        .spawn()?;
    let mut peak = 0;
    while cargo.try_wait()?.is_none() {
        peak = peak.max(most_memory_of_children(&cargo));
        thread::sleep(Duration::from_millis(50));
    }
    let output = cargo.wait_with_output()?;
    match output.status.success() {
        true => Ok(peak),
        false => {
            let text = String::from_utf8_lossy(&output.stderr);
            let start: String = text.chars().take(3_000).collect();
            Err(format!("{} does not compile:\n{start}", folder.display()).into())
        }
    }
}

/// What the operating system says of the processes that cargo has started.
fn most_memory_of_children(cargo: &Child) -> u64 {
    let parent = format!("PPid:\t{}", cargo.id());
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let peaks = processes.filter_map(|process| {
        let status = fs::read_to_string(process.path().join("status")).ok()?;
        if !status.lines().any(|line| line == parent) {
            return None;
        }
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().strip_suffix(" kB")?.trim().parse().ok()
    });
    peaks.max().unwrap_or(0)
}

/// The numbers of the models before, after and after that.
fn neighbours(of: usize, count: usize) -> (usize, usize, usize) {
    ((of + count - 1) % count, (of + 1) % count, (of + 2) % count)
}

fn velocious_models(count: usize) -> String {
    let mut source = String::from("use velocious::prelude::*;\n");
    for n in 0..count {
        let (before, next, other) = neighbours(n, count);
        let _ = write!(
            source,
            "#[derive(Model)]\n\
             pub struct Task{n} {{\n\
                 pub id: i64,\n\
                 pub name: String,\n\
                 pub description: String,\n\
                 pub done: bool,\n\
                 pub position: i32,\n\
                 pub weight: f64,\n\
                 pub due_on: Option<NaiveDate>,\n\
                 pub next_id: i64,\n\
                 pub other_id: Option<i64>,\n\
                 pub finished_at: DateTime<Utc>,\n\
                 #[belongs_to]\n\
                 pub next: BelongsTo<Task{next}>,\n\
                 #[belongs_to]\n\
                 pub other: BelongsTo<Task{other}>,\n\
                 #[has_many(key = next_id)]\n\
                 pub before: HasMany<Task{before}>,\n\
                 pub record: RecordState,\n\
             }}\n"
        );
    }
    source
}

fn diesel_models(count: usize) -> String {
    let mut source =
        String::from("use diesel::prelude::*;\nuse chrono::{NaiveDate, NaiveDateTime};\n");
    for n in 0..count {
        let (_, next, other) = neighbours(n, count);
        let _ = write!(
            source,
            "diesel::table! {{\n\
                 task{n}s (id) {{\n\
                     id -> BigInt, name -> Text, description -> Text, done -> Bool, position -> Integer, weight -> Double,\n\
                     due_on -> Nullable<Date>, next_id -> BigInt, other_id -> Nullable<BigInt>, finished_at -> Timestamp,\n\
                 }}\n\
             }}\n\
             #[derive(Queryable, Selectable, Identifiable, Insertable, AsChangeset, Associations)]\n\
             #[diesel(table_name = task{n}s)]\n\
             #[diesel(belongs_to(Task{next}, foreign_key = next_id))]\n\
             #[diesel(belongs_to(Task{other}, foreign_key = other_id))]\n\
             pub struct Task{n} {{\n\
                 pub id: i64,\n\
                 pub name: String,\n\
                 pub description: String,\n\
                 pub done: bool,\n\
                 pub position: i32,\n\
                 pub weight: f64,\n\
                 pub due_on: Option<NaiveDate>,\n\
                 pub next_id: i64,\n\
                 pub other_id: Option<i64>,\n\
                 pub finished_at: NaiveDateTime,\n\
             }}\n"
        );
    }
    source
}

fn sea_orm_models(count: usize) -> String {
    let mut source = String::from(
        // What is linked in a ring is too deep for the usual limit.
        "#![recursion_limit = \"2048\"]\n",
    );
    for n in 0..count {
        let (before, next, other) = neighbours(n, count);
        let _ = write!(
            source,
            "pub mod task{n} {{\n\
             use sea_orm::entity::prelude::*;\n\
             #[sea_orm::model]\n\
             #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]\n\
             #[sea_orm(table_name = \"task{n}s\")]\n\
             pub struct Model {{\n\
                 #[sea_orm(primary_key)]\n\
                 pub id: i64,\n\
                 pub name: String,\n\
                 pub description: String,\n\
                 pub done: bool,\n\
                 pub position: i32,\n\
                 pub weight: f64,\n\
                 pub due_on: Option<Date>,\n\
                 pub next_id: i64,\n\
                 pub other_id: Option<i64>,\n\
                 pub finished_at: DateTimeUtc,\n\
                 #[sea_orm(belongs_to, from = \"next_id\", to = \"id\")]\n\
                 pub next: HasOne<super::task{next}::Entity>,\n\
                 #[sea_orm(belongs_to, from = \"other_id\", to = \"id\")]\n\
                 pub other: HasOne<super::task{other}::Entity>,\n\
                 #[sea_orm(has_many)]\n\
                 pub before: HasMany<super::task{before}::Entity>,\n\
             }}\n\
             impl ActiveModelBehavior for ActiveModel {{}}\n\
             }}\n"
        );
    }
    source
}
