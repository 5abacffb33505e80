use velocious::prelude::*;

fn main() {
    println!("{}", t!("One task", "%{n} tasks", n = 1.5));
}
