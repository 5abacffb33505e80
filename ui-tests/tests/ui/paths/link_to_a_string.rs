fn main() {
    let id = 7;
    let _ = velocious::view::link_to("Task", format!("/tsks/{id}"));
}
