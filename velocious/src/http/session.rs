//! Sessions: what is remembered of a browser from one request to the next.
//!
//! A session has an id that nobody can guess, made when something is first kept in it, and values by name. Where
//! `session.store` is `cookie` all of it travels in an encrypted cookie; where it is `database` the cookie holds the
//! id, and the values are a row of the table `velocious_sessions`, which a session that was ended no longer has. The
//! row's key is the hash of the id, so that nobody who reads the table can take over a session.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use actix_web::HttpRequest;
use aes_gcm::aead::{OsRng, rand_core::RngCore};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::base64;
use super::cookie::Cookie;
use super::state::{RequestState, cookie_value};
use super::worker::Worker;
use crate::config::{SessionConfig, SessionStore};
use crate::value::{Value, ValueKind};
use crate::{Db, Error, Result};

/// Values by name.
pub(crate) type Values = serde_json::Map<String, serde_json::Value>;

/// The most that a session in the database holds, in bytes: what a column `TEXT` of MySQL does.
const LONGEST: usize = 65_535;

/// A session as it is stored.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Session {
    id: String,
    /// When it was last stored, in seconds since 1970.
    at: u64,
    #[serde(default, skip_serializing_if = "Values::is_empty")]
    values: Values,
    #[serde(skip)]
    fate: Fate,
    /// The id that it arrived with, when it has another one now.
    #[serde(skip)]
    replaces: Option<String>,
    /// Whether it came with the request.
    #[serde(skip)]
    arrived: bool,
}

/// What becomes of a session at the end of its request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Fate {
    #[default]
    Unchanged,
    Stored,
    Ended,
}

impl Session {
    /// The id, unless the session is empty and new.
    pub(crate) fn id(&self) -> Option<&str> {
        (!self.id.is_empty()).then_some(self.id.as_str())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&serde_json::Value> {
        self.values.get(name)
    }

    /// What it holds is called.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// # Errors
    /// When the system has no random numbers to make an id of.
    pub(crate) fn set(&mut self, name: String, value: serde_json::Value) -> Result<()> {
        if self.id.is_empty() {
            self.id = random_text()?;
        }
        self.values.insert(name, value);
        self.fate = Fate::Stored;
        Ok(())
    }

    pub(crate) fn remove(&mut self, name: &str) {
        if self.values.remove(name).is_some() {
            self.fate = Fate::Stored;
        }
    }

    /// Gives the session another id.
    ///
    /// # Errors
    /// When the system has no random numbers to make an id of.
    pub(crate) fn renew(&mut self) -> Result<()> {
        let old = std::mem::replace(&mut self.id, random_text()?);
        if self.arrived && self.replaces.is_none() {
            self.replaces = Some(old);
        }
        self.fate = Fate::Stored;
        Ok(())
    }

    /// Forgets everything.
    pub(crate) fn end(&mut self) {
        let old = std::mem::take(&mut self.id);
        if self.arrived && self.replaces.is_none() {
            self.replaces = Some(old);
        }
        self.values.clear();
        self.fate = Fate::Ended;
    }
}

/// A text of 256 random bits.
pub(crate) fn random_text() -> Result<String> {
    let mut id = [0; 32];
    OsRng
        .try_fill_bytes(&mut id)
        .map_err(|_| Error::message("the system has no random numbers"))?;
    Ok(base64::encode(&id))
}

/// The session that came with a request, as far as its cookie tells it; an empty one when there is none.
pub(crate) fn arrived(request: &HttpRequest, worker: &Worker) -> Session {
    let name = worker.session_cookie();
    let opened = cookie_value(request, name).and_then(|text| worker.seal().open(name, &text));
    let Some(opened) = opened else {
        return Session::default();
    };
    let Ok(mut session) = serde_json::from_str::<Session>(&opened.value) else {
        return Session::default();
    };
    if !is_in_database(worker) && worker.app().ended().contains(&session.id) {
        return Session::default();
    }
    session.arrived = true;
    let age = Duration::from_secs(now().saturating_sub(session.at));
    if opened.by_an_old_secret || age > worker.app().config().session.lifetime / 2 {
        session.fate = Fate::Stored;
    }
    session
}

/// Whether sessions have to be read before an action.
pub(crate) fn is_in_database(worker: &Worker) -> bool {
    worker.app().config().session.store == SessionStore::Database
}

/// Whether there is something to store.
pub(crate) fn is_changed(request: &HttpRequest) -> bool {
    RequestState::existing(request).is_some_and(|state| {
        let session = state.session.borrow();
        session
            .as_ref()
            .is_some_and(|session| session.fate != Fate::Unchanged)
    })
}

/// Reads the values of a session that the database holds, before the action asks for them.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn load(request: &HttpRequest, worker: &Worker) -> Result<()> {
    if cookie_value(request, worker.session_cookie()).is_none() {
        return Ok(());
    }
    let mut session = arrived(request, worker);
    let Some(id) = session.id() else {
        return Ok(());
    };
    let values = Table(worker.app().database()).find(id).await?;
    session = match values {
        Some(values) => Session { values, ..session },
        None => Session::default(),
    };
    RequestState::of(request).session.replace(Some(session));
    Ok(())
}

/// Stores what the request changed, and sets the cookie.
///
/// # Errors
/// When the database does not answer, or the session has become too large.
pub(crate) async fn save(request: &HttpRequest, worker: &Worker) -> Result<()> {
    let Some(state) = RequestState::existing(request) else {
        return Ok(());
    };
    let Some(mut session) = state.session.borrow().clone() else {
        return Ok(());
    };
    let config = &worker.app().config().session;
    let name = worker.session_cookie();
    session.at = now();
    if is_in_database(worker) {
        let values = std::mem::take(&mut session.values);
        Table(worker.app().database())
            .store(&session, &values, config)
            .await?;
    }
    match session.fate {
        Fate::Ended if session.arrived => state.set_cookie(Cookie::forgotten(name)),
        Fate::Ended => {}
        _ => {
            let cookie = Cookie::new(name, serde_json::to_string(&session)?)
                .encrypted()
                .valid_for(config.lifetime);
            if !cookie.fits() {
                return Err(Error::message(
                    "the session is longer than browsers keep a cookie: keep less in it, or set `session.store` to \"database\"",
                ));
            }
            state.set_cookie(cookie);
        }
    }
    if let Some(old) = &session.replaces
        && !is_in_database(worker)
    {
        worker.app().ended().add(old, config.lifetime);
    }
    Ok(())
}

fn now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |now| now.as_secs())
}

/// The table of sessions.
pub(crate) struct Table<'a>(pub(crate) &'a Db);

impl Table<'_> {
    /// Makes the table unless it is there, and removes the sessions that have expired.
    ///
    /// # Errors
    /// When the database refuses.
    pub(crate) async fn prepare(&self) -> Result<()> {
        self.0
            .batch(
                "CREATE TABLE IF NOT EXISTS velocious_sessions (id VARCHAR(64) NOT NULL PRIMARY KEY, data TEXT NOT NULL, expires_at BIGINT NOT NULL)",
            )
            .await?;
        let sql = "DELETE FROM velocious_sessions WHERE expires_at < ?";
        self.0.execute_sql(sql, [seconds(now())]).await?;
        Ok(())
    }

    async fn find(&self, id: &str) -> Result<Option<Values>> {
        let sql = "SELECT data FROM velocious_sessions WHERE id = ? AND expires_at >= ?";
        let binds = [key(id), seconds(now())];
        let rows = self.0.rows_sql(sql, binds, &[ValueKind::Text]).await?;
        let text = match rows
            .into_iter()
            .next()
            .and_then(|row| row.into_iter().next())
        {
            Some(Value::Text(text)) => text,
            _ => return Ok(None),
        };
        // What cannot be read was not written by us.
        Ok(serde_json::from_str(&text).ok())
    }

    async fn store(
        &self,
        session: &Session,
        values: &Values,
        config: &SessionConfig,
    ) -> Result<()> {
        let (session, data) = (session.clone(), serde_json::to_string(values)?);
        if data.len() > LONGEST {
            return Err(Error::message(format!(
                "the session holds {} bytes, and {LONGEST} are the most: keep what is large in a table, and its key in the session",
                data.len()
            )));
        }
        let expires = seconds(now().saturating_add(config.lifetime.as_secs()));
        self.0
            .transaction(async |db| {
                if let Some(old) = &session.replaces {
                    let sql = "DELETE FROM velocious_sessions WHERE id = ?";
                    db.execute_sql(sql, [key(old)]).await?;
                }
                if session.fate == Fate::Ended {
                    return Ok(());
                }
                // One that somebody else has ended meanwhile is not brought back.
                if session.arrived && session.replaces.is_none() {
                    let sql = "UPDATE velocious_sessions SET data = ?, expires_at = ? WHERE id = ?";
                    let binds = [Value::Text(data), expires, key(&session.id)];
                    db.execute_sql(sql, binds).await?;
                    return Ok(());
                }
                let sql = "INSERT INTO velocious_sessions (id, data, expires_at) VALUES (?, ?, ?)";
                let binds = [key(&session.id), Value::Text(data), expires];
                db.execute_sql(sql, binds).await?;
                Ok(())
            })
            .await
    }
}

/// What the row of a session goes by.
fn key(id: &str) -> Value {
    Value::Text(hash_text(id))
}

/// A text that tells nothing of `text`, and is the same for the same one.
pub(crate) fn hash_text(text: &str) -> String {
    base64::encode(&Sha256::digest(text.as_bytes()))
}

fn seconds(number: u64) -> Value {
    Value::BigInt(i64::try_from(number).unwrap_or(i64::MAX))
}
