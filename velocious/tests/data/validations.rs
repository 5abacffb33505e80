//! What keeps a record from being saved.

use velocious::database::Dialect;
use velocious::prelude::*;

use crate::databases::{seed, with_db};
use crate::models::{Account, Project, Task};

fn messages<M: velocious::model::Record>(record: &M) -> Vec<String> {
    record.errors().full_messages()
}

#[test]
fn every_rule_is_heard_at_once() {
    with_db(async |db| {
        let mut project = Project {
            name: " ".into(),
            ..Project::new()
        };
        let error = project.save(&db).await.expect_err("invalid");
        assert!(error.is_invalid());
        assert_eq!(error.status(), 422);
        let expected = [
            "Name can't be blank",
            "Name is too short (minimum is 2 characters)",
        ];
        assert_eq!(messages(&project), expected);
        assert_eq!(error.to_string(), expected.join(". "));
        project.name = "ü".repeat(21);
        assert!(!project.validate(&db).await?);
        assert_eq!(
            messages(&project),
            ["Name is too long (maximum is 20 characters)"]
        );
        project.name = "ü".repeat(20);
        project.save(&db).await?;
        assert!(project.errors().is_empty());
        Ok(())
    });
}

#[test]
fn a_unique_value_is_unique_within_its_scope_and_may_stay() {
    with_db(async |db| {
        seed(&db).await?;
        let mut task = Task {
            name: "Write".into(),
            project_id: 1,
            ..Task::new()
        };
        assert!(task.save(&db).await.expect_err("taken").is_invalid());
        assert_eq!(
            task.errors().on("name").collect::<Vec<_>>(),
            ["has already been taken"]
        );
        task.project_id = 2;
        task.save(&db).await?;
        task.priority = 2;
        task.save(&db).await?;
        Ok(())
    });
}

#[test]
fn a_lost_race_is_the_same_error() {
    with_db(async |db| {
        seed(&db).await?;
        let mut task = Task {
            name: "Fresh".into(),
            project_id: 1,
            ..Task::new()
        };
        assert!(task.validate(&db).await?);
        if db.dialect() != Dialect::Sqlite {
            // `races` has one on the others.
            return Ok(());
        }
        // Somebody else is quicker: a trigger stands for another process between the lookup and the INSERT.
        db.batch(
            "CREATE TRIGGER quicker BEFORE INSERT ON tasks WHEN NEW.priority = 0 BEGIN
                 INSERT INTO tasks (name, project_id, priority) VALUES (NEW.name, NEW.project_id, 1);
             END;",
        )
        .await?;
        let error = task.save(&db).await.expect_err("taken in between");
        assert!(error.is_invalid(), "{error:?}");
        assert_eq!(messages(&task), ["Name has already been taken"]);
        assert!(task.is_new_record());
        let mut account = Account {
            name: "Acme".into(),
            ..Account::new()
        };
        assert!(account.save(&db).await.expect_err("taken").is_invalid());
        Ok(())
    });
}

#[test]
fn the_record_it_belongs_to_must_exist() {
    with_db(async |db| {
        seed(&db).await?;
        let mut task = Task {
            name: "Astray".into(),
            project_id: 77,
            parent_id: Some(88),
            ..Task::new()
        };
        let error = task.save(&db).await.expect_err("there is neither");
        assert!(error.is_invalid(), "{error:?}");
        assert_eq!(messages(&task), ["Project must exist", "Parent must exist"]);
        assert!(task.is_new_record());
        (task.project_id, task.parent_id) = (1, None);
        task.save(&db).await?;
        task.project_id = 77;
        assert!(task.save(&db).await.expect_err("gone").is_invalid());
        assert_eq!(messages(&task), ["Project must exist"]);
        // Being referred to is another matter: the record is not at fault.
        let mut account = Account::find(&db, 1).await?;
        let error = account.destroy(&db).await.expect_err("it has a project");
        assert!(error.is_database(), "{error:?}");
        Ok(())
    });
}
