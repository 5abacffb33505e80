//! Who signs in.

use velocious::PasswordDigest;
use velocious::prelude::*;

/// Somebody who works with the tasks.
#[derive(Clone, Debug, Model)]
#[model(callbacks)]
pub struct User {
    pub id: i64,
    #[validate(presence, length(max = 100))]
    pub name: String,
    #[validate(presence)]
    #[validate(
        length(max = 254),
        format(with = r"^[^@\s]+@[^@\s]+$", message = "is no address"),
        uniqueness,
        allow_blank
    )]
    pub email: String,
    #[model(password)]
    pub encrypted_password: PasswordDigest,
    /// The name of the file with the user's picture.
    pub picture: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,

    pub record: RecordState,
}

impl User {
    /// An address as it is stored and looked for, however it was typed in.
    #[must_use]
    pub fn normalized(email: &str) -> String {
        email.trim().to_lowercase()
    }
}

impl Callbacks for User {
    async fn before_validation(&mut self, _: &Db) -> Result<()> {
        self.email = User::normalized(&self.email);
        Ok(())
    }
}
