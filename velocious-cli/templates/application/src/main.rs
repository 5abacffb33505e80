fn main() -> std::process::ExitCode {
    velocious::run({{crate}}::application())
}
