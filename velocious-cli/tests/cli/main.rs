//! The `velocious` command as its users run it: the real binary in folders of its own.

mod commands;
mod destroy;
mod folder;
mod generate;
mod init;
mod refusals;
mod test;
