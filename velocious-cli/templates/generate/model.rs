use serde::Serialize;
use velocious::prelude::*;
{{imports}}

/// {{A_model}}.
#[derive(Clone, Debug, Model, Serialize)]
pub struct {{Model}} {
    pub id: i64,
    {{columns}}
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
{{relations}}

    #[serde(skip)]
    pub record: RecordState,
}
