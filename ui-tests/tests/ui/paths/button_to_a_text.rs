fn main() {
    let _ = velocious::view::button_to("Delete", "/tsks/7", "delete");
}
