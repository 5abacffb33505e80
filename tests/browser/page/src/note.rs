//! A note, and its table.

use velocious::prelude::*;

/// What somebody wrote down.
#[derive(Debug, Clone, Model)]
pub(crate) struct Note {
    pub id: i64,
    #[validate(presence, uniqueness)]
    pub text: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub record: RecordState,
}

struct CreateNotes;

#[migration(version = 20260101120000)]
impl Migration for CreateNotes {
    async fn up(&self, m: &mut Schema) -> Result<()> {
        m.create_table("notes", |t| {
            t.string("text").null(false);
            t.timestamps();
        })
        .await?;
        m.add_index("notes", &["text"]).unique().await
    }

    async fn down(&self, m: &mut Schema) -> Result<()> {
        m.drop_table("notes").await
    }
}

/// Every change of the database, oldest first.
pub(crate) fn migrations() -> Vec<Box<dyn Migration>> {
    velocious::migrations![CreateNotes]
}
