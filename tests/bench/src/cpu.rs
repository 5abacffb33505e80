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

/// What all running processes called `name` have spent so far.
pub(crate) fn of_all_named(name: &str) -> Result<f64> {
    let mut seconds = 0.0;
    for entry in fs::read_dir("/proc")? {
        let pid = entry?.file_name();
        // A process can end while we look; other entries are no processes.
        if let Some(stat) = pid.to_str().and_then(|pid| Stat::read(pid).ok())
            && stat.name == name
        {
            seconds += stat.own;
        }
    }
    Ok(seconds)
}

/// A process's own time and that of the children it has waited for, in seconds.
struct Stat {
    name: String,
    own: f64,
    children: f64,
}

impl Stat {
    fn read(process: &str) -> Result<Stat> {
        let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
        // The second field is the program's name in parentheses and may hold spaces.
        let parts = stat.rsplit_once(')').and_then(|(start, rest)| {
            let (_, name) = start.split_once('(')?;
            Some((name.to_owned(), rest))
        });
        let (name, rest) = parts.ok_or("`/proc/<pid>/stat` has no name")?;
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
            name,
            own: (user + system) / TICKS_PER_SECOND,
            children: (of_children + system_of_children) / TICKS_PER_SECOND,
        })
    }
}
