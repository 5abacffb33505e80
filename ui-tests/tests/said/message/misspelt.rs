use velocious::prelude::*;

fn main() {
    println!("{}", t!("Helo %{user_name}", user_name = "Ada"));
}
