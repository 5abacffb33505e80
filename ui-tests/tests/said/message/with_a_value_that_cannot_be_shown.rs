use velocious::prelude::*;

struct User;

fn main() {
    println!("{}", t!("Hello %{user_name}", user_name = User));
}
