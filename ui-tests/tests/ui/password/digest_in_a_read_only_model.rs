use velocious::PasswordDigest;
use velocious::prelude::*;

#[derive(Model)]
struct User {
    id: i64,
    #[model(password)]
    encrypted_password: PasswordDigest,
}

fn main() {}
