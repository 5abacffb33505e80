
/// What the form for {{a_human}} starts with.
fn blank() -> {{Model}} {
    {{Model}} {
{{fields}}
        ..{{Model}}::new()
    }
}
