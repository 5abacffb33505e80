use velocious::prelude::*;

fn main() {
    println!("{}", t!("Hello %{user_name}", user_name = "Ada", tasks = 3));
}
