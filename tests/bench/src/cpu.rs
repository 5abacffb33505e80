//! CPU time of processes, from `/proc`.

use crate::Result;
use std::fs;

/// What the kernel counts in for `/proc/<pid>/stat`, in ticks a second; fixed on Linux.
const TICKS_PER_SECOND: f64 = 100.0;

/// User and system time in seconds of the processes that `work` starts and waits for, theirs included.
pub(crate) fn seconds_of(work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let before = Stat::read("self")?.children;
    work()?;
    Ok(Stat::read("self")?.children - before)
}

/// What the process `pid` has spent so far.
pub(crate) fn of(pid: u32) -> Result<f64> {
    Ok(Stat::read(&pid.to_string())?.own)
}

/// What the processes that `pid` has started have spent, those of them that have ended.
pub(crate) fn of_ended_children(pid: u32) -> Result<f64> {
    Ok(Stat::read(&pid.to_string())?.children)
}

/// What all running processes whose command line holds `text` have spent so far, each by itself.
pub(crate) fn of_all_with(text: &str) -> Result<f64> {
    let mut seconds = 0.0;
    for entry in fs::read_dir("/proc")? {
        let process = entry?.path();
        // A process can end while we look; other entries are no processes.
        let command = fs::read(process.join("cmdline")).unwrap_or_default();
        if String::from_utf8_lossy(&command).contains(text)
            && let Some(pid) = process.file_name().and_then(|pid| pid.to_str())
            && let Ok(stat) = Stat::read(pid)
        {
            seconds += stat.own;
        }
    }
    Ok(seconds)
}

/// A process's own time and that of the children it has waited for, in seconds.
struct Stat {
    own: f64,
    children: f64,
}

impl Stat {
    fn read(process: &str) -> Result<Stat> {
        let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
        // The second field is the program's name in parentheses and may hold spaces.
        let (_, rest) = stat
            .rsplit_once(')')
            .ok_or("`/proc/<pid>/stat` has no name")?;
        let ticks: Vec<f64> = rest
            .split_whitespace()
            .skip(11)
            .take(4)
            .map(str::parse)
            .collect::<std::result::Result<_, _>>()?;
        let [user, system, of_children, system_of_children] = ticks[..] else {
            return Err("`/proc/<pid>/stat` has too few fields".into());
        };
        Ok(Stat {
            own: (user + system) / TICKS_PER_SECOND,
            children: (of_children + system_of_children) / TICKS_PER_SECOND,
        })
    }
}
