use velocious::Password;

#[derive(serde::Serialize)]
struct Session {
    password: Password,
}

fn main() {}
