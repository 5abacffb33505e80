//! The examples of the guide about models, relationships and records, one after the other.

use velocious::prelude::*;

use crate::databases::with_tables;

#[derive(Debug, Clone, PartialEq, Model)]
struct Account {
    pub id: i64,
    pub name: String,

    #[has_many]
    pub projects: HasMany<Project>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
struct Project {
    pub id: i64,
    pub name: String,
    pub account_id: i64,

    #[belongs_to]
    pub account: BelongsTo<Account>,
    #[has_many]
    pub tasks: HasMany<Task>,
    #[has_many(scope = |task| task.state().eq("accepted"))]
    pub accepted_tasks: HasMany<Task>,
    #[has_many(scope = |task| task.sql("{table}.state = 'accepted'", []))]
    pub tasks_accepted_by_hand: HasMany<Task>,
    #[has_one(scope = |detail| detail.is_active().eq(true))]
    pub active_detail: HasOne<ProjectDetail>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
struct ProjectDetail {
    pub id: i64,
    pub project_id: i64,
    pub is_active: bool,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
struct Task {
    pub id: i64,
    #[validate(presence, uniqueness)]
    pub name: String,
    pub identifier: Option<String>,
    pub description: Option<String>,
    pub state: String,
    pub project_id: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,

    #[belongs_to]
    pub project: BelongsTo<Project>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
struct Comment {
    pub id: i64,
    pub task_id: i64,

    #[belongs_to(key = task_id, scope = |task| task.state().eq("accepted"))]
    pub accepted_task: BelongsTo<Task>,
    pub record: RecordState,
}

const TABLES: &str = "
    CREATE TABLE accounts ({id}, name VARCHAR(255) NOT NULL);
    CREATE TABLE projects (
        {id}, name VARCHAR(255) NOT NULL, account_id BIGINT NOT NULL,
        FOREIGN KEY (account_id) REFERENCES accounts (id)
    );
    CREATE TABLE project_details ({id}, project_id BIGINT NOT NULL, is_active BOOLEAN NOT NULL);
    CREATE TABLE tasks (
        {id}, name VARCHAR(255) NOT NULL UNIQUE, identifier VARCHAR(255), description VARCHAR(255),
        state VARCHAR(255) NOT NULL DEFAULT '', project_id BIGINT NOT NULL, created_at {time} NOT NULL,
        updated_at {time} NOT NULL, FOREIGN KEY (project_id) REFERENCES projects (id)
    );
    CREATE TABLE comments ({id}, task_id BIGINT NOT NULL, FOREIGN KEY (task_id) REFERENCES tasks (id));
";

/// An account with two projects; the first one has an accepted task and an open one, each with a comment.
fn with_examples(test: impl AsyncFn(Db) -> Result<()>) {
    with_tables(TABLES, async |db| {
        let mut account = Account {
            name: "Acme".into(),
            ..Account::new()
        };
        for name in ["Alpha", "Beta"] {
            let name = Some(name.into());
            account.projects.build(ProjectChanges {
                name,
                ..Default::default()
            });
        }
        for (name, state) in [("Task 1", "accepted"), ("Task 2", "open")] {
            account.projects.get_mut()?[0].tasks.build(TaskChanges {
                name: Some(name.into()),
                identifier: Some(Some(name.to_lowercase())),
                state: Some(state.into()),
                ..Default::default()
            });
        }
        account.save(&db).await?;
        for task_id in Task::order(|t| t.id()).ids(&db).await? {
            let task_id = Some(task_id);
            Comment::create(&db, CommentChanges { task_id }).await?;
        }
        for is_active in [false, true] {
            let (project_id, is_active) = (Some(1), Some(is_active));
            ProjectDetail::create(
                &db,
                ProjectDetailChanges {
                    project_id,
                    is_active,
                },
            )
            .await?;
        }
        test(db).await
    });
}

fn names(tasks: &[Task]) -> Vec<&str> {
    tasks.iter().map(|task| task.name.as_str()).collect()
}

#[test]
fn preloading_relationships() {
    with_examples(async |db| {
        let tasks = Task::preload(|t| t.project().account()).load(&db).await?;
        let names: Result<Vec<_>> = tasks
            .iter()
            .map(|task| Ok(task.project.get()?.account.get()?.name.as_str()))
            .collect();
        assert_eq!(names?, ["Acme", "Acme"]);
        Ok(())
    });
}

#[test]
fn loading_a_relationship_afterwards() {
    with_examples(async |db| {
        let mut task = Task::find(&db, 2).await?;
        let error = task.project.get().expect_err("not loaded yet");
        assert_eq!(
            error.to_string(),
            "`project` of `Task` is not loaded: add `.preload(|record| record.project())` to the query, or call `record.load_project(&db).await?` first"
        );
        task.load_project(&db).await?;
        assert_eq!(task.project.get()?.name, "Alpha");
        let mut project = Project::find(&db, 1).await?;
        project.load_tasks(&db).await?;
        assert_eq!(names(project.tasks.get()?), ["Task 1", "Task 2"]);
        Ok(())
    });
}

#[test]
fn relationship_scopes() {
    with_examples(async |db| {
        let projects = Project::preload(|p| p.accepted_tasks())
            .preload(|p| p.tasks_accepted_by_hand())
            .preload(|p| p.active_detail());
        let project = projects.find(&db, 1).await?;
        assert_eq!(names(project.accepted_tasks.get()?), ["Task 1"]);
        assert_eq!(names(project.tasks_accepted_by_hand.get()?), ["Task 1"]);
        assert_eq!(
            project.active_detail.get()?.map(|detail| detail.id),
            Some(2)
        );
        let comments = Comment::preload(|c| c.accepted_task()).order(|c| c.id());
        let comments = comments.load(&db).await?;
        assert_eq!(comments[0].accepted_task.get()?.name, "Task 1");
        assert_eq!(comments[1].accepted_task.optional()?, None);
        Ok(())
    });
}

#[test]
fn a_scope_by_hand_names_its_table_wherever_it_stands() {
    with_examples(async |db| {
        let joined = Project::joins(|p| p.tasks())
            .joins(|p| p.tasks_accepted_by_hand())
            .order(|p| p.tasks().name());
        let joined = joined.pluck(|p| (p.tasks().name(), p.tasks_accepted_by_hand().name()));
        let pairs = joined.load(&db).await?;
        let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
        assert_eq!(pairs, [pair("Task 1", "Task 1"), pair("Task 2", "Task 1")]);
        let found = Project::filter(|p| p.tasks_accepted_by_hand().is_present());
        assert_eq!(found.ids(&db).await?, [1]);
        let without = Project::filter(|p| p.tasks_accepted_by_hand().is_absent());
        assert_eq!(without.ids(&db).await?, [2]);
        let query = Project::find(&db, 1)
            .await?
            .tasks_accepted_by_hand
            .query()?;
        assert_eq!(query.count(&db).await?, 1);
        Ok(())
    });
}

#[test]
fn join_path_table_references() {
    with_examples(async |db| {
        let query = Task::joins(|t| t.project().account());
        let account = query.table_for_join(&db, |t| t.project().account())?;
        let error = query.table_for_join(&db, |t| t.project().tasks());
        assert_eq!(
            error.expect_err("it is not there").to_string(),
            "`project.tasks` is not joined in this query: add `.joins(|record| record.project().tasks())` before"
        );
        let found = query.filter_sql(format!("{account}.name = ?"), ["Acme".into()]);
        assert_eq!(found.count(&db).await?, 2);

        let found = Task::filter(|t| {
            let account = t.project().account();
            account.sql("{table}.name = ?", ["Globex".into()])
        });
        assert_eq!(found.count(&db).await?, 0, "joined by the condition itself");
        Ok(())
    });
}

#[test]
fn finding_records() {
    with_examples(async |db| {
        let error = Task::find(&db, 123).await.expect_err("there is none");
        assert_eq!(error.to_string(), "Couldn't find Task with id = 123");
        let by_name = |name: &'static str| Task::find_by(&db, move |t| t.name().eq(name));
        assert_eq!(by_name("Task 2").await?.map(|task| task.id), Some(2));
        assert_eq!(by_name("Task 9").await?, None);
        let error = Task::find_by_or_fail(&db, |t| t.name().eq("Task 9")).await;
        assert!(error.expect_err("there is none").is_not_found());
        Ok(())
    });
}

#[test]
fn creating_records() {
    with_examples(async |db| {
        let mut task = Task {
            identifier: Some("task-4".into()),
            project_id: 1,
            ..Task::new()
        };
        task.assign(TaskChanges {
            name: Some("New task".into()),
            ..Default::default()
        });
        task.save(&db).await?;
        assert_eq!(Task::find(&db, task.id).await?, task);
        let task = Task::create(
            &db,
            TaskChanges {
                name: Some("Task 4".into()),
                project_id: Some(2),
                ..Default::default()
            },
        )
        .await?;
        assert!(task.is_persisted());
        Ok(())
    });
}

#[test]
fn bulk_insert() {
    with_examples(async |db| {
        let project = Project::find(&db, 2).await?;
        let now = Utc::now();
        let rows = [
            (project.id, "Task 3", now, now),
            (project.id, "Task 4", now, now),
        ];
        let columns =
            |t: TaskHandle<Task>| (t.project_id(), t.name(), t.created_at(), t.updated_at());
        assert_eq!(Task::insert_multiple(&db, columns, rows).await?, 2);

        let rows = [(project.id, "Task A"), (project.id, "Task A")];
        let results = Task::insert_multiple(&db, |t| (t.project_id(), t.name()), rows)
            .retry_individually()
            .await?;
        assert_eq!(results.succeeded, [(project.id, "Task A")]);
        assert_eq!(results.failed.len(), 1);
        assert_eq!(results.failed[0].row, (project.id, "Task A"));
        assert!(results.failed[0].error.is_database());
        Ok(())
    });
}

#[test]
fn finding_or_creating_records() {
    with_examples(async |db| {
        let wanted = || TaskChanges {
            identifier: Some(Some("task-5".into())),
            ..Default::default()
        };
        let mut task = Task::find_or_initialize_by(&db, wanted()).await?;
        assert!(task.is_new_record());
        (task.name, task.project_id) = ("Task 5".into(), 1);
        task.save(&db).await?;
        let task = Task::find_or_initialize_by(&db, wanted()).await?;
        assert!(task.is_persisted());
        let only_new = |task: &mut Task| task.description = Some("Only a new one gets this".into());
        let task = Task::find_or_create_by(&db, wanted(), only_new).await?;
        assert_eq!(task.description, None);
        Ok(())
    });
}
