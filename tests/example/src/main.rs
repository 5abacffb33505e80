//! The application's program: its server and its command line.

fn main() -> std::process::ExitCode {
    velocious::run(example::application())
}
