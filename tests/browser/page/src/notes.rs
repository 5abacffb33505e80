//! What the page's JavaScript can do with the notes.

use std::time::Duration;

use velocious::Db;
use velocious::database::DatabaseOptions;
use velocious::migration::Migrator;
use velocious::model::Model;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::note::{Note, NoteChanges, migrations};

/// An open database of notes.
#[wasm_bindgen]
pub struct Notes {
    db: Db,
}

#[wasm_bindgen]
impl Notes {
    /// Opens `opfs:notes.sqlite3` or `sqlite::memory:`, and applies the migrations that are missing. Who else has the
    /// database open may keep it for `patience` milliseconds.
    pub async fn open(url: String, patience: u32) -> Result<Notes, JsError> {
        let patience = Duration::from_millis(patience.into());
        let options = DatabaseOptions::from_url(&url).map_err(told)?;
        let db = Db::open(options.busy_timeout(patience))
            .await
            .map_err(told)?;
        Migrator::new(&db, &migrations())
            .migrate()
            .await
            .map_err(told)?;
        Ok(Notes { db })
    }

    /// Deletes a database; answers whether there was one.
    pub async fn remove(url: String) -> Result<bool, JsError> {
        let options = DatabaseOptions::from_url(&url).map_err(told)?;
        Db::drop_database(options).await.map_err(told)
    }

    /// Keeps a note.
    pub async fn add(&self, text: String) -> Result<(), JsError> {
        let note = NoteChanges {
            text: Some(text),
            ..NoteChanges::default()
        };
        Note::create(&self.db, note).await.map_err(told)?;
        Ok(())
    }

    /// Keeps two notes, or none if one of them cannot be kept.
    pub async fn add_both(&self, one: String, other: String) -> Result<(), JsError> {
        let both = self.db.transaction(async |tx| {
            for text in [one, other] {
                let note = NoteChanges {
                    text: Some(text),
                    ..NoteChanges::default()
                };
                Note::create(&tx, note).await?;
            }
            Ok(())
        });
        both.await.map_err(told)
    }

    /// All notes, by the alphabet.
    pub async fn texts(&self) -> Result<Vec<String>, JsError> {
        let texts = Note::order(|note| note.text().asc()).pluck(|note| note.text());
        texts.load(&self.db).await.map_err(told)
    }

    /// What happens to a write that waits for a transaction which waits for that write.
    pub async fn wait_for_oneself(&self) -> Result<(), JsError> {
        let waited = self.db.transaction(async |_| {
            let delete = "DELETE FROM notes";
            self.db.execute_sql(delete, []).await
        });
        waited.await.map_err(told)?;
        Ok(())
    }

    /// Closes the database, so that another tab can have it.
    pub async fn close(self) {
        self.db.close().await;
    }
}

fn told(error: velocious::Error) -> JsError {
    JsError::new(&error.to_string())
}
