use velocious::prelude::*;

fn main() {
    println!("{}", t!("The shop is closed"));
}
