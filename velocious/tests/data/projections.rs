//! Structs of some columns.

use velocious::database::Dialect;
use velocious::prelude::*;

use crate::databases::{seed, with_db};
use crate::models::{Project, Task};

#[derive(Debug, PartialEq, Projection)]
#[projection(model = Task)]
struct Line {
    id: i64,
    name: String,
    #[projection(from = project.name)]
    project_name: Option<String>,
    #[projection(from = project.account.name)]
    account: Option<String>,
}

#[derive(Debug, PartialEq, Projection)]
#[projection(model = Project)]
struct Count {
    name: String,
    #[projection(from = tasks.id.count())]
    tasks: i64,
}

#[test]
fn a_projection_reads_its_columns_and_no_others() {
    with_db(async |db| {
        seed(&db).await?;
        let query = Task::order(|t| t.id()).filter(|t| t.id().is_in([1, 5]));
        let lines = query.select::<Line>().load(&db).await?;
        let line = |id, name: &str, project: &str, account: Option<&str>| Line {
            id,
            name: name.into(),
            project_name: Some(project.into()),
            account: account.map(str::to_owned),
        };
        assert_eq!(
            lines,
            [
                line(1, "Write", "Alpha", Some("Acme")),
                line(5, "Rest", "Gamma", None)
            ]
        );
        let first = Task::select::<Line>().first(&db).await?;
        assert_eq!(first.map(|line| line.id), Some(1));
        Ok(())
    });
}

#[test]
fn a_projection_is_a_select_list() {
    assert_eq!(
        Project::group(|p| p.id())
            .select::<Count>()
            .to_sql(Dialect::Sqlite),
        concat!(
            r#"SELECT "projects"."name", COUNT("tasks"."id") FROM "projects" LEFT JOIN "tasks" AS "tasks""#,
            r#" ON "tasks"."project_id" = "projects"."id" GROUP BY "projects"."id""#,
        )
    );
}

#[test]
fn aggregates_can_be_projected() {
    with_db(async |db| {
        seed(&db).await?;
        let counts = Project::group(|p| p.id())
            .order(|p| p.id())
            .select::<Count>();
        let counts: Vec<_> = counts
            .load(&db)
            .await?
            .into_iter()
            .map(|count| (count.name, count.tasks))
            .collect();
        assert_eq!(
            counts,
            [
                ("Alpha".to_owned(), 2),
                ("Beta".to_owned(), 2),
                ("Gamma".to_owned(), 1)
            ]
        );
        Ok(())
    });
}
