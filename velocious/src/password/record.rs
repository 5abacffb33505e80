//! [`PasswordRecord`].

use super::{Password, algorithm, check_digest, hash, verify_dummy};
use crate::database::Db;
use crate::model::erased::AnyModel;
use crate::model::{AnyRecord, Record};
use crate::query::select::Select;
use crate::query::{Condition, Expression, render};
use crate::value::Value;
use crate::{BoxFuture, Result};

/// A record with a password: what `#[model(password)]` above a field makes of its model.
///
/// ```
/// use velocious::prelude::*;
/// use velocious::PasswordDigest;
///
/// #[derive(Model)]
/// pub struct User {
///     pub id: i64,
///     pub email: String,
///     #[model(password(min = 12))]
///     pub encrypted_password: PasswordDigest,
///     pub record: RecordState,
/// }
///
/// # async fn example(db: &Db) -> Result<()> {
/// let mut user = User { email: "ann@example.com".into(), ..User::new() };
/// user.set_password("correct horse battery staple");
/// user.set_password_confirmation("correct horse battery staple");
/// user.save(db).await?;
/// assert!(user.verify_password(db, "correct horse battery staple").await?);
/// # Ok(()) }
/// # fn main() {}
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no password",
    note = "put `#[model(password)]` above a field `encrypted_password: PasswordDigest` of `{Self}`"
)]
pub trait PasswordRecord: Record {
    /// Sets the password. It is checked and becomes a digest when the record is saved; an empty one changes nothing, so
    /// that a form may leave it out.
    fn set_password(&mut self, password: impl Into<Password>) {
        let password = password.into();
        if let Some(known) = self.known_password_mut()
            && !password.is_empty()
        {
            known.given = Some(password);
        }
    }

    /// Sets what was typed in once more; if it differs from the password, the record is not valid.
    fn set_password_confirmation(&mut self, password: impl Into<Password>) {
        if let Some(known) = self.known_password_mut() {
            known.confirmation = Some(password.into());
        }
    }

    /// Whether the record has a password, or was given one.
    fn has_password(&self) -> bool {
        self.known_password().is_some_and(|known| !known.is_empty())
    }

    /// Whether this is the password that is stored. If it is, and its digest is of bcrypt or was made with less work
    /// than is usual now, a new digest is stored.
    ///
    /// # Errors
    /// Of status 503, when more people wait for it already than can be served soon.
    fn verify_password<'a>(
        &'a mut self,
        db: &'a Db,
        password: impl Into<Password>,
    ) -> BoxFuture<'a, Result<bool>> {
        let password = password.into();
        Box::pin(verify(self, db, password))
    }

    /// The record that meets a condition, if this is its password. It takes as long when there is no such record.
    ///
    /// ```
    /// # use velocious::prelude::*;
    /// # #[derive(Model)]
    /// # pub struct User { pub id: i64, pub email: String, #[model(password)] pub encrypted_password: velocious::PasswordDigest, pub record: RecordState }
    /// # async fn example(db: &Db, email: String, password: velocious::Password) -> Result<()> {
    /// match User::authenticate(db, |user| user.email().eq(email), password).await? {
    ///     Some(user) => println!("welcome, {}", user.email),
    ///     None => println!("wrong address or password"),
    /// }
    /// # Ok(()) }
    /// # fn main() {}
    /// ```
    ///
    /// # Errors
    /// As for [`verify_password`](PasswordRecord::verify_password).
    fn authenticate<'a>(
        db: &'a Db,
        condition: impl FnOnce(Self::Handle<Self>) -> Condition<Self>,
        password: impl Into<Password>,
    ) -> BoxFuture<'a, Result<Option<Self>>> {
        let found = Self::filter(condition);
        let password = password.into();
        Box::pin(async move {
            let Some(mut record) = found.first(db).await? else {
                verify_dummy(password).await?;
                return Ok(None);
            };
            let is_right = verify(&mut record, db, password).await?;
            Ok(is_right.then_some(record))
        })
    }
}

/// Sets a password and its confirmation, if they are there; the derive writes this.
pub fn assign_password<M: PasswordRecord>(
    record: &mut M,
    password: Option<Password>,
    confirmation: Option<Password>,
) {
    if let Some(password) = password {
        record.set_password(password);
    }
    if let Some(confirmation) = confirmation {
        record.set_password_confirmation(confirmation);
    }
}

async fn verify(record: &mut dyn AnyRecord, db: &Db, password: Password) -> Result<bool> {
    let known = record
        .known_password()
        .map(|known| known.expose().to_owned());
    let digest = known.unwrap_or_default();
    let algorithm::Verdict {
        is_right,
        is_outdated,
    } = check_digest(password.clone(), digest.clone()).await?;
    if is_right && is_outdated {
        // Who knows the password is in, whether or not it can be kept better.
        if let Err(error) = upgrade(record, db, password, digest).await {
            tracing::warn!(%error, "the digest of a password could not be made anew");
        }
    }
    Ok(is_right)
}

/// Stores a new digest of the password, unless somebody else has set another one meanwhile.
async fn upgrade(
    record: &mut dyn AnyRecord,
    db: &Db,
    password: Password,
    old: String,
) -> Result<()> {
    let Some(column) = record.password_field().map(|field| field.column) else {
        return Ok(());
    };
    let definition = record.definition();
    let stored = record.state().columns();
    let Some(key) = stored.get(definition.primary_key).cloned() else {
        return Ok(());
    };
    let new = hash(password).await?;
    let value = Value::Text(new.expose().to_owned());
    let name = definition.column_name(column);
    let mut select = Select::new(definition);
    for (column, value) in [(definition.key_name(), key), (name, Value::Text(old))] {
        let condition = Expression::equal(Expression::own(column), value);
        select.conditions.push(condition);
    }
    let statement = render::update_all(db.dialect(), vec![(name, value.clone())], select);
    if db.execute(statement).await? > 0
        && let Some(known) = record.known_password_mut()
    {
        let given = known.given.take();
        *known = new;
        known.given = given;
        record.state_mut().set_stored(column, value);
    }
    Ok(())
}

/// Copies what is set but not stored from one record of a model to another.
pub(crate) fn copy(from: &dyn AnyModel, to: &mut dyn AnyModel) {
    let password = from
        .as_record()
        .and_then(AnyRecord::known_password)
        .cloned();
    let to = to.as_record_mut().and_then(AnyRecord::known_password_mut);
    if let (Some(password), Some(to)) = (password, to) {
        *to = password;
    }
}

/// A change of a record, without the digest if it is one of a password.
pub(crate) fn filtered<M: Record>(
    record: &M,
    change: (&'static str, Value, Value),
) -> (&'static str, Value, Value) {
    let definition = M::definition();
    let field = Record::password_field(record);
    let (column, before, after) = change;
    if field.is_none_or(|field| definition.column_name(field.column) != column) {
        return (column, before, after);
    }
    let filter = |value: Value| match value {
        Value::Text(_) => Value::Text("[FILTERED]".to_owned()),
        other => other,
    };
    (column, filter(before), filter(after))
}
