//! What is asked of a part of a query's rows: of a page, within a limit, of distinct ones.

use velocious::prelude::*;

use crate::databases::{seed, with_db};
use crate::models::{Account, Project, Task};

#[test]
fn first_and_last_are_those_within_the_limit_and_the_page() {
    with_db(async |db| {
        seed(&db).await?;
        let by_name = || Task::order(|t| t.name());
        let name = |task: Option<Task>| task.map(|task| task.name).unwrap_or_default();
        // Dance, Read, Rest, Sing, Write
        assert_eq!(name(by_name().limit(3).last(&db).await?), "Rest");
        assert_eq!(name(by_name().offset(3).last(&db).await?), "Write");
        assert_eq!(name(by_name().offset(5).last(&db).await?), "");
        let page = || by_name().page(2).per_page(2);
        assert_eq!(name(page().first(&db).await?), "Rest");
        assert_eq!(name(page().last(&db).await?), "Sing");
        assert_eq!(
            page().pluck(|t| t.name()).first(&db).await?,
            Some("Rest".into())
        );
        assert_eq!(name(by_name().limit(0).first(&db).await?), "");
        let last = by_name()
            .limit(4)
            .preload(|t| t.project())
            .last(&db)
            .await?;
        assert_eq!(last.expect("one").project.get()?.name, "Beta");
        Ok(())
    });
}

#[test]
fn there_is_no_record_where_the_window_has_none() {
    with_db(async |db| {
        seed(&db).await?;
        assert!(Task::all().exists(&db).await?);
        assert!(!Task::limit(0).exists(&db).await?);
        assert!(Task::page(3).per_page(2).exists(&db).await?);
        assert!(!Task::page(4).per_page(2).exists(&db).await?);
        assert!(!Task::offset(5).exists(&db).await?);
        Ok(())
    });
}

#[test]
fn aggregates_are_about_the_rows_that_are_wanted() {
    with_db(async |db| {
        seed(&db).await?;
        let page = || Task::order(|t| t.id()).page(2).per_page(2);
        assert_eq!(page().sum(&db, |t| t.priority()).await?, 4);
        assert_eq!(page().average(&db, |t| t.priority()).await?, Some(2.0));
        assert_eq!(
            page().maximum(&db, |t| t.name()).await?,
            Some("Sing".into())
        );
        assert_eq!(page().minimum(&db, |t| t.done()).await?, Some(false));
        let highest = Task::order(|t| t.priority().desc()).limit(2);
        assert_eq!(highest.sum(&db, |t| t.priority()).await?, 8);
        assert_eq!(Task::limit(0).sum(&db, |t| t.priority()).await?, 0);
        // Each project stands there once for each of its tasks.
        let repeated = || Project::joins(|p| p.tasks());
        assert_eq!(repeated().sum(&db, |p| p.id()).await?, 9);
        assert_eq!(repeated().distinct().sum(&db, |p| p.id()).await?, 6);
        Ok(())
    });
}

#[test]
fn an_order_that_repeats_records_does_so_when_they_are_counted() {
    with_db(async |db| {
        seed(&db).await?;
        let ordered = || Account::order(|a| a.projects().tasks().name());
        assert_eq!(ordered().load(&db).await?.len(), 4);
        assert_eq!(ordered().count(&db).await?, 4);
        assert_eq!(ordered().per_page(3).paginate(&db, 2).await?.total, 4);
        assert_eq!(Task::order(|t| t.project().name()).count(&db).await?, 5);
        Ok(())
    });
}

#[test]
fn distinct_rows_are_written_and_named_in_any_order_of_their_own() {
    with_db(async |db| {
        seed(&db).await?;
        let ordered = || Task::distinct().order(|t| (t.priority().desc(), t.id().asc()));
        assert_eq!(ordered().ids(&db).await?, [5, 1, 3, 4, 2]);
        let changed = ordered().limit(2).update_all(&db, |t| [t.done().set(true)]);
        assert_eq!(changed.await?, 2);
        let done = Task::filter(|t| t.done().eq(true)).order(|t| t.id());
        assert_eq!(done.ids(&db).await?, [1, 2, 5]);
        Ok(())
    });
}

#[test]
fn what_is_plucked_along_a_relationship_may_be_absent() {
    with_db(async |db| {
        seed(&db).await?;
        let plucked = Project::order(|p| p.id()).pluck(|p| (p.id(), p.account().name().optional()));
        assert_eq!(
            plucked.load(&db).await?,
            [
                (1, Some("Acme".to_owned())),
                (2, Some("Globex".to_owned())),
                (3, None)
            ]
        );
        let error = Project::pluck(|p| p.account().name()).load(&db).await;
        let error = error.expect_err("one of them has no account").to_string();
        assert!(
            error.contains("pluck a column along a relationship as `.optional()`"),
            "{error}"
        );
        Ok(())
    });
}
