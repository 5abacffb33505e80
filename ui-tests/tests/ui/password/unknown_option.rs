use velocious::PasswordDigest;
use velocious::prelude::*;

#[derive(Model)]
struct User {
    id: i64,
    #[model(password(minimum = 12))]
    encrypted_password: PasswordDigest,
    record: RecordState,
}

fn main() {}
