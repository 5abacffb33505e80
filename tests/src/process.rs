//! A child process that never outlives its test.

use std::process::{Child, Command, ExitStatus};

use crate::eventually;

/// A running child. Dropping it kills it by its process id.
#[derive(Debug)]
pub struct Process(Child);

impl Process {
    /// Starts `command`.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> Process {
        Process(
            command
                .spawn()
                .unwrap_or_else(|error| panic!("cannot start {command:?}: {error}")),
        )
    }

    /// Its process id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// How it ended, if it has.
    ///
    /// # Panics
    /// When the kernel does not tell.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.0.try_wait().expect("the child is ours")
    }

    /// Sends a signal by its name without `SIG`, such as `TERM`.
    ///
    /// # Panics
    /// When the process has been waited for already, or the signal cannot be sent.
    pub fn signal(&mut self, name: &str) {
        assert!(self.ended().is_none(), "the process has ended already");
        // The shell's built-in `kill`: there is no safe function for it in std, and `/bin/kill` is not on every machine.
        let status = Command::new("sh")
            .args(["-c", &format!("kill -{name} {}", self.id())])
            .status();
        assert!(
            status.expect("sh starts").success(),
            "cannot send SIG{name}"
        );
    }

    /// Waits until it has ended by itself.
    ///
    /// # Panics
    /// When it has not within [`PATIENCE`](crate::PATIENCE).
    pub fn wait(&mut self) -> ExitStatus {
        eventually("the process ends", || self.ended())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
