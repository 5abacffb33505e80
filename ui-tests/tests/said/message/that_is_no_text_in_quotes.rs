use velocious::prelude::*;

fn main() {
    let greeting = "Hello";
    println!("{}", t!(greeting));
}
