//! What first use costs: the command-line tool, an application fresh from `init`, a change to one of its controllers.

use crate::report::median;
use crate::{Result, cpu, server};
use std::fs;
use std::path::Path;
use std::process::Command;

const REBUILDS: usize = 5;

/// Measures and prints.
pub(crate) fn measure() -> Result<()> {
    let folder = server::target().join("first-use");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let workspace = server::workspace().canonicalize()?;
    println!("CPU seconds, debug builds, nothing compiled before");

    let tool_target = folder.join("tool-target");
    let mut build_tool = cargo(&workspace, &tool_target);
    build_tool.args([
        "build",
        "--quiet",
        "--offline",
        "--package",
        "velocious-cli",
    ]);
    println!(
        "the `velocious` command: {:.1}",
        cpu::seconds_of(|| run(&mut build_tool))?
    );

    let tool = tool_target.join("debug/velocious");
    run(Command::new(&tool)
        .args(["init", "shop", "--path"])
        .arg(&workspace)
        .current_dir(&folder))?;
    let shop = folder.join("shop");
    fs::copy(workspace.join("Cargo.lock"), shop.join("Cargo.lock"))?;
    let target = folder.join("target");
    println!(
        "a fresh application: {:.1}",
        cpu::seconds_of(|| build(&shop, &target))?
    );
    let lock = fs::read_to_string(shop.join("Cargo.lock"))?;
    println!(
        "packages in its lock file: {}",
        lock.lines().filter(|line| *line == "[[package]]").count()
    );

    run(Command::new(&tool)
        .args(["g:scaffold", "Post", "title:string", "body:text"])
        .current_dir(&shop))?;
    build(&shop, &target)?;
    let controller = shop.join("src/controllers/posts.rs");
    let source = fs::read_to_string(&controller)?;
    let mut times = Vec::new();
    for number in 0..REBUILDS {
        let change = format!(
            "impl PostsController {{\n    pub async fn other{number}() -> &'static str {{ \"{number}\" }}\n"
        );
        fs::write(
            &controller,
            source.replacen("impl PostsController {\n", &change, 1),
        )?;
        times.push(cpu::seconds_of(|| build(&shop, &target))?);
    }
    println!(
        "after a change to one controller, median of {REBUILDS}: {:.2}",
        median(times.into_iter())
    );
    fs::remove_dir_all(&folder)?;
    Ok(())
}

fn build(application: &Path, target: &Path) -> Result<()> {
    run(cargo(application, target).args(["build", "--quiet", "--offline"]))
}

fn cargo(folder: &Path, target: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder).env("CARGO_TARGET_DIR", target);
    command
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!(
        "{command:?} failed:\n{}",
        String::from_utf8_lossy(&output.stderr)
    )
    .into())
}
