//! CPU time of the commands that this program runs.

use crate::Result;

/// User and system time in seconds of the processes that `work` starts and waits for, theirs included.
pub(crate) fn seconds_of(work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let before = of_children()?;
    work()?;
    Ok(of_children()? - before)
}

fn of_children() -> Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    // The second field is the program's name in parentheses and may hold spaces.
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    match (fields.get(13), fields.get(14)) {
        (Some(user), Some(system)) => Ok((user.parse::<f64>()? + system.parse::<f64>()?) / 100.0),
        _ => Err("`/proc/self/stat` has too few fields".into()),
    }
}
