fn main() {
    let _ = velocious::view::link_to("Tasks", "/tsks");
}
