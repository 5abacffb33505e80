//! What a model and an action cost the compiler: two applications that differ only in how many they hold, checked
//! without incremental compilation; the difference over the difference in number is the price of one.

use crate::Result;
use crate::cpu;
use crate::report::median;
use crate::server;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

const FEW: usize = 3;
const MANY: usize = 30;
const REPEATS: usize = 3;

/// Measures and prints.
pub(crate) fn measure() -> Result<()> {
    let folder = server::target().join("compile-cost");
    println!("CPU seconds of `cargo check` for the generated crate alone, median of {REPEATS}");
    for (what, source) in [
        ("model of 10 fields", models as fn(usize) -> String),
        ("action", actions),
    ] {
        let few = check(&folder, &source(FEW))?;
        let many = check(&folder, &source(MANY))?;
        let each = (many - few) / (MANY - FEW) as f64;
        println!(
            "{what}: {FEW} take {few:.2} s, {MANY} take {many:.2} s, one takes {:.0} ms",
            each * 1e3
        );
    }
    Ok(())
}

fn models(count: usize) -> String {
    let mut source = String::from("#![allow(missing_docs)]\nuse velocious::prelude::*;\n");
    for n in 0..count {
        let _ = write!(
            source,
            "#[derive(Model)]\n\
             pub struct Task{n} {{\n\
                 pub id: i64,\n\
                 #[validate(presence, length(max = 200))]\n\
                 pub name: String,\n\
                 pub description: String,\n\
                 pub is_done: bool,\n\
                 pub position: i32,\n\
                 pub weight: f64,\n\
                 pub due_on: Option<NaiveDate>,\n\
                 pub parent_id: i64,\n\
                 pub created_at: DateTime<Utc>,\n\
                 pub updated_at: DateTime<Utc>,\n\
                 #[belongs_to(key = parent_id)]\n\
                 pub parent: BelongsTo<Task{n}>,\n\
                 pub record: RecordState,\n\
             }}\n"
        );
    }
    source
}

/// Each with its route, as no action is without one.
fn actions(count: usize) -> String {
    let mut source = String::from("#![allow(missing_docs)]\nvelocious::routes! {\n");
    for n in 0..count {
        let _ = writeln!(
            source,
            "get \"/tasks/{{id}}/action{n}\" => tasks::action{n};"
        );
    }
    source += "}\npub mod controllers {\nuse velocious::prelude::*;\npub struct TasksController;\n#[controller]\nimpl TasksController {\n";
    for n in 0..count {
        let _ = write!(
            source,
            "pub async fn action{n}(ctx: Context, Path(id): Path<i64>) -> Result<Response> {{\n\
                 ctx.render_json(&id)\n\
             }}\n"
        );
    }
    source + "}\n}\n"
}

/// CPU seconds that one check of `source` as a crate takes, its dependencies already checked.
fn check(folder: &Path, source: &str) -> Result<f64> {
    fs::create_dir_all(folder.join("src"))?;
    fs::copy(
        server::workspace().join("Cargo.lock"),
        folder.join("Cargo.lock"),
    )?;
    fs::write(
        folder.join("Cargo.toml"),
        format!(
            "[package]\nname = \"compile-cost\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\nvelocious = {{ path = {:?} }}\n",
            server::workspace().join("velocious").canonicalize()?
        ),
    )?;
    fs::write(folder.join("src/lib.rs"), "")?;
    cargo_check(folder)?;
    let mut times = Vec::new();
    for _ in 0..REPEATS {
        fs::write(folder.join("src/lib.rs"), source)?;
        times.push(cpu::seconds_of(|| cargo_check(folder))?);
        fs::write(folder.join("src/lib.rs"), "")?;
        cargo_check(folder)?;
    }
    Ok(median(times.into_iter()))
}

fn cargo_check(folder: &Path) -> Result<()> {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--quiet", "--offline"])
        .current_dir(folder)
        .env("CARGO_INCREMENTAL", "0")
        .env(
            "CARGO_TARGET_DIR",
            server::target().join("compile-cost-target"),
        )
        .output()?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    Err(format!("the generated crate does not compile:\n{text}").into())
}
