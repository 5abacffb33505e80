//! Passwords: what is known of one is a digest, from which nobody can tell it.
//!
//! * [`PasswordRecord`]: what records with a password can do; a model has one by `#[model(password)]` above a field.
//! * [`PasswordDigest`]: that field; [`Password`]: a password as somebody typed it in, which shows itself to nobody.
//! * [`Cost`]: how much work a digest is; [`hash`], [`verify`] and [`verify_dummy`]: that work without a record.
//! * `algorithm`: argon2id, and bcrypt for digests of others; `workers`: the threads that do it.
//!
//! The work takes tens of milliseconds on purpose. It is done by a few threads of its own, so that neither a server's
//! workers nor an executor wait for it; a future that is dropped leaves nothing behind but the work just begun. In the
//! browser, it is done where it is asked for.

mod algorithm;
mod digest;
mod field;
mod record;
mod secret;
#[cfg(not(target_family = "wasm"))]
mod workers;

pub use algorithm::Cost;
pub use digest::{PasswordColumn, PasswordDigest};
pub use field::PasswordField;
pub(crate) use field::{check, hash_given, is_acceptable};
pub use record::PasswordRecord;
#[doc(hidden)]
pub use record::assign_password;
pub(crate) use record::{copy, filtered};
pub use secret::Password;

use crate::Result;

/// The longest password that is taken, in bytes.
pub const LONGEST: usize = 4096;

/// The digest of a password, for rows that are written past a model, as seeds and imports are.
///
/// ```
/// use velocious::password;
///
/// # async fn example() -> velocious::Result<()> {
/// let digest = password::hash("correct horse battery staple").await?;
/// assert!(password::verify("correct horse battery staple", &digest).await?);
/// # Ok(()) }
/// ```
///
/// # Errors
/// When the password is longer than [`LONGEST`]; of status 503, when more people wait for it already than can be served
/// soon.
pub async fn hash(password: impl Into<Password>) -> Result<PasswordDigest> {
    let digest = work(algorithm::hash, password.into()).await??;
    Ok(PasswordDigest::new(digest))
}

/// Whether a password is the one of a digest. An empty digest has none.
///
/// # Errors
/// Of status 503, when more people wait for it already than can be served soon.
pub async fn verify(password: impl Into<Password>, digest: &PasswordDigest) -> Result<bool> {
    let verdict = check_digest(password.into(), digest.expose().to_owned());
    Ok(verdict.await?.is_right)
}

/// Takes the time that [`verify`] takes, and says no: for somebody who is not known, so that nobody can tell by the time
/// who is.
///
/// # Errors
/// As for [`verify`].
pub async fn verify_dummy(password: impl Into<Password>) -> Result<bool> {
    verify(password, &PasswordDigest::default()).await
}

async fn check_digest(password: Password, digest: String) -> Result<algorithm::Verdict> {
    work(
        move |password| algorithm::verify(password, &digest),
        password,
    )
    .await
}

/// Does something with a password where nobody else has to wait.
#[cfg(not(target_family = "wasm"))]
async fn work<T: Send + 'static>(
    work: impl FnOnce(&Password) -> T + Send + 'static,
    password: Password,
) -> Result<T> {
    workers::run(move || work(&password)).await
}

#[cfg(target_family = "wasm")]
async fn work<T>(work: impl FnOnce(&Password) -> T, password: Password) -> Result<T> {
    Ok(work(&password))
}
