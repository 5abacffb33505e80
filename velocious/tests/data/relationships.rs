//! Loading along relationships.

use velocious::prelude::*;

use crate::databases::{seed, with_db};
use crate::forum::{Nickname, User, with_forum};
use crate::models::{Account, Project, Task};

#[test]
fn a_preload_fills_every_level() {
    with_db(async |db| {
        seed(&db).await?;
        let tasks = Task::preload(|t| t.project().account()).preload(|t| t.children());
        let tasks = tasks.order(|t| t.id().asc()).load(&db).await?;
        assert_eq!(tasks[0].project.get()?.account.get()?.name, "Acme");
        assert_eq!(tasks[0].children.get()?.len(), 1);
        assert_eq!(tasks[1].children.get()?.len(), 0, "loaded, and empty");
        let rest = &tasks[4];
        assert_eq!(rest.project.get()?.account.optional()?, None);
        assert!(
            rest.project
                .get()?
                .account
                .get()
                .expect_err("there is none")
                .is_not_found()
        );
        Ok(())
    });
}

#[test]
fn owners_with_one_parent_share_it() {
    with_db(async |db| {
        seed(&db).await?;
        let tasks = Task::preload(|t| t.project())
            .order(|t| t.id().asc())
            .load(&db)
            .await?;
        assert!(std::ptr::eq(
            tasks[0].project.get()?,
            tasks[1].project.get()?
        ));
        Ok(())
    });
}

#[test]
fn has_one_and_has_many_are_loaded_from_the_other_side() {
    with_db(async |db| {
        seed(&db).await?;
        let projects = Project::preload(|p| p.detail())
            .preload(|p| p.tasks().parent())
            .order(|p| p.id().asc());
        let projects = projects.load(&db).await?;
        assert_eq!(
            projects[0]
                .detail
                .get()?
                .and_then(|detail| detail.note.clone())
                .as_deref(),
            Some("first")
        );
        assert!(projects[1].detail.get()?.is_none());
        let tasks = projects[1].tasks.get()?;
        assert_eq!(
            tasks
                .iter()
                .map(|task| task.name.as_str())
                .collect::<Vec<_>>(),
            ["Sing", "Dance"]
        );
        assert_eq!(tasks[1].parent.get()?.name, "Sing");
        Ok(())
    });
}

#[test]
fn what_was_not_loaded_says_how_to_load_it() {
    with_db(async |db| {
        seed(&db).await?;
        let mut task = Task::find(&db, 1).await?;
        let error = task.project.get().expect_err("not loaded").to_string();
        assert!(
            error.starts_with("`project` of `Task` is not loaded"),
            "{error}"
        );
        assert!(error.contains("record.load_project(&db)"), "{error}");
        task.load_project(&db).await?;
        assert_eq!(task.project.get()?.name, "Alpha");
        let mut account = Account::find(&db, 1).await?;
        account.load_projects(&db).await?;
        assert_eq!(account.projects.get()?[0].name, "Alpha");
        Ok(())
    });
}

#[test]
fn a_key_may_refer_to_another_column_than_the_primary_key() {
    with_forum(async |db| {
        crate::forum::seed(&db).await?;
        let users = User::preload(|u| u.nickname()).order(|u| u.id());
        let users = users.load(&db).await?;
        let text = users[0]
            .nickname
            .get()?
            .map(|nickname| nickname.text.as_str());
        assert_eq!(text, Some("Annie"));
        assert!(users[1].nickname.get()?.is_none());
        let nicknames = Nickname::preload(|n| n.user()).order(|n| n.id());
        let nicknames = nicknames.load(&db).await?;
        assert_eq!(nicknames[0].user.get()?.id, 1);
        assert!(nicknames[1].user.optional()?.is_none());
        let joined = Nickname::filter(|n| n.user().id().eq(1)).pluck(|n| n.text());
        assert_eq!(joined.load(&db).await?, ["Annie"]);
        Ok(())
    });
}

#[test]
fn records_that_are_there_already_load_a_relationship_together() {
    with_db(async |db| {
        seed(&db).await?;
        let mut tasks = Task::order(|t| t.id()).load(&db).await?;
        velocious::preload(&db, &mut tasks, |t| t.project().account()).await?;
        assert_eq!(tasks[2].project.get()?.account.get()?.name, "Globex");
        db.batch("UPDATE projects SET name = 'New' WHERE id = 1")
            .await?;
        Task::preload_into(&db, &mut tasks[..1], |t| t.project()).await?;
        assert_eq!(tasks[0].project.get()?.name, "New");
        assert_eq!(
            tasks[1].project.get()?.name,
            "Alpha",
            "it was not asked for"
        );
        velocious::preload(&db, &mut Vec::<Task>::new(), |t| t.project()).await?;
        Ok(())
    });
}
