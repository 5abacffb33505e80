#[derive(Model)]
/// Has a password.
pub struct User {
    pub id: i64,
    #[model(password(min = 12))]
    pub encrypted_password: PasswordDigest,

    pub record: RecordState,
}
