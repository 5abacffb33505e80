use velocious::prelude::*;

fn main() {
    println!("{}", t!("One task"));
}
