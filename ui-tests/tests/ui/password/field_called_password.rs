use velocious::PasswordDigest;
use velocious::prelude::*;

#[derive(Model)]
struct User {
    id: i64,
    #[model(password)]
    password: PasswordDigest,
    record: RecordState,
}

fn main() {}
