use velocious::prelude::*;

fn main() {
    println!("{}", t!("One task", "%{n} tasks", m = 1, tasks = 2));
}
