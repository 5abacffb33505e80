//! How a database would run a query.

use super::{Query, render};
use crate::Result;
use crate::database::row::Rows;
use crate::database::{Db, Dialect, RowRead};
use crate::model::Model;

/// Asking how a query runs.
impl<M: Model> Query<M> {
    /// How the database would run the query, in its own words, one step a line: whether it uses an index, above all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn explain(self, db: &Db) -> Result<String> {
        let statement = render::explain(db.dialect(), self.select);
        let lines = match db.dialect() {
            Dialect::Sqlite => {
                let sink = db.fetch(statement, Rows::new(step)).await?;
                indented(Rows::<Step>::collected(sink))
            }
            Dialect::Postgres | Dialect::Mysql => {
                let sink = db
                    .fetch(statement, Rows::<String>::new(|row| row.get(0)))
                    .await?;
                Rows::<String>::collected(sink)
            }
        };
        Ok(lines.join("\n"))
    }
}

/// A row of SQLite's EXPLAIN QUERY PLAN.
struct Step {
    id: i32,
    /// The step it is a part of.
    parent: i32,
    text: String,
}

fn step(row: &dyn RowRead) -> Result<Step, crate::BoxError> {
    Ok(Step {
        id: row.get(0)?,
        parent: row.get(1)?,
        text: row.get(3)?,
    })
}

/// The parts of a step stand below it, one level further in.
fn indented(steps: Vec<Step>) -> Vec<String> {
    let mut depths: Vec<(i32, usize)> = Vec::with_capacity(steps.len());
    let mut lines = Vec::with_capacity(steps.len());
    for step in steps {
        let above = depths.iter().find(|(id, _)| *id == step.parent);
        let depth = above.map_or(0, |(_, depth)| depth + 1);
        lines.push(format!("{}{}", "  ".repeat(depth), step.text));
        depths.push((step.id, depth));
    }
    lines
}
