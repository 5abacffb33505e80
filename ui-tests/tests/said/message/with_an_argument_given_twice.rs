use velocious::prelude::*;

fn main() {
    let user_name = "Ada";
    println!("{}", t!("Hello %{user_name}", user_name, user_name = "Eva"));
}
