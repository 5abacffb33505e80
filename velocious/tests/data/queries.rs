//! What queries find.

use velocious::prelude::*;
use velocious::query::{Condition, Query};
use velocious::value::Value;

use crate::databases::{seed, with_db};
use crate::models::{Account, Project, Task, TaskName};

fn names(tasks: &[Task]) -> Vec<&str> {
    tasks.iter().map(|task| task.name.as_str()).collect()
}

#[test]
fn records_are_decoded_as_the_row_has_them() {
    with_db(async |db| {
        seed(&db).await?;
        let task = Task::find(&db, 1).await?;
        assert_eq!(
            (task.name.as_str(), task.done, task.priority, task.estimate),
            ("Write", false, 3, Some(1.5))
        );
        assert_eq!(task.due_on, NaiveDate::from_ymd_opt(2026, 2, 1));
        assert_eq!(Task::find(&db, 2).await?.due_on, None);
        let project = Project::find(&db, 1).await?;
        assert_eq!(project.created_at.to_rfc3339(), "2026-01-01T10:00:00+00:00");
        assert_eq!(
            TaskName::find(&db, 3).await?,
            TaskName {
                id: 3,
                name: "Sing".into()
            }
        );
        Ok(())
    });
}

#[test]
fn find_says_what_it_did_not_find() {
    with_db(async |db| {
        let error = Task::find(&db, 123).await.expect_err("no such row");
        assert!(error.is_not_found());
        assert_eq!(error.to_string(), "Couldn't find Task with id = 123");
        assert_eq!(Task::find_by(&db, |t| t.name().eq("x")).await?, None);
        assert!(
            Task::find_by_or_fail(&db, |t| t.name().eq("x"))
                .await
                .expect_err("no such row")
                .is_not_found()
        );
        assert_eq!(Task::first(&db).await?, None);
        Ok(())
    });
}

#[test]
fn conditions_reach_along_relationships() {
    with_db(async |db| {
        seed(&db).await?;
        let acme =
            Task::filter(|t| t.project().account().name().eq("Acme")).order(|t| t.id().asc());
        assert_eq!(names(&acme.load(&db).await?), ["Write", "Read"]);
        let either = Task::filter(|t| {
            t.name()
                .eq("Rest")
                .or(t.project().account().name().eq("Globex"))
        })
        .order(|t| t.id().asc());
        assert_eq!(
            names(&either.load(&db).await?),
            ["Sing", "Dance", "Rest"],
            "no account is no reason to drop Rest"
        );
        let busy = Account::filter(|a| a.projects().any(|p| p.tasks().any(|t| t.priority().gt(2))));
        assert_eq!(busy.count(&db).await?, 1);
        let idle = Account::filter(|a| a.projects().is_absent())
            .count(&db)
            .await?;
        assert_eq!(idle, 0);
        assert_eq!(
            names(
                &Task::filter(|t| t.parent().name().eq("Sing"))
                    .load(&db)
                    .await?
            ),
            ["Dance"]
        );
        Ok(())
    });
}

#[test]
fn text_is_matched_as_it_stands() {
    with_db(async |db| {
        seed(&db).await?;
        db.batch("UPDATE tasks SET name = '50% _off_' WHERE id = 1")
            .await?;
        assert_eq!(
            Task::filter(|t| t.name().contains("% _"))
                .count(&db)
                .await?,
            1
        );
        assert_eq!(
            Task::filter(|t| t.name().contains("a_e"))
                .count(&db)
                .await?,
            0
        );
        assert_eq!(
            Task::filter(|t| t.name().starts_with("Re"))
                .count(&db)
                .await?,
            2
        );
        assert_eq!(Task::filter(|t| t.name().ilike("rE%")).count(&db).await?, 2);
        Ok(())
    });
}

#[test]
fn letters_differ_in_case_everywhere_unless_said_otherwise() {
    with_db(async |db| {
        seed(&db).await?;
        db.batch("UPDATE tasks SET name = 'Äpfel*[x]?' WHERE id = 1")
            .await?;
        let count = async |condition: fn(<Task as Model>::Handle<Task>) -> Condition<Task>| {
            Task::filter(condition).count(&db).await
        };
        assert_eq!(count(|t| t.name().eq("read")).await?, 0);
        assert_eq!(count(|t| t.name().like("r%")).await?, 0);
        assert_eq!(count(|t| t.name().like("R%")).await?, 2);
        assert_eq!(count(|t| t.name().contains("EA")).await?, 0);
        assert_eq!(count(|t| t.name().ends_with("AD")).await?, 0);
        assert_eq!(count(|t| t.name().ilike("äPF%")).await?, 1);
        assert_eq!(count(|t| t.name().contains("*[x]?")).await?, 1);
        assert_eq!(count(|t| t.name().like("_pfel%")).await?, 1);
        assert_eq!(count(|t| t.name().like("no end\\")).await?, 0);
        // Spaces at the end count, too.
        assert_eq!(count(|t| t.name().like("Read ")).await?, 0);
        Ok(())
    });
}

#[test]
fn null_is_less_than_everything() {
    with_db(async |db| {
        seed(&db).await?;
        let ids = async |query: Query<Task>| query.pluck(|t| t.id()).load(&db).await;
        let by_day = Task::order(|t| (t.due_on(), t.id()));
        assert_eq!(ids(by_day.clone()).await?, [2, 4, 5, 1, 3]);
        assert_eq!(ids(by_day.reverse_order()).await?, [3, 1, 5, 4, 2]);
        let last = Task::order(|t| (t.due_on().asc().nulls_last(), t.id()));
        assert_eq!(ids(last.clone()).await?, [5, 1, 3, 2, 4]);
        assert_eq!(ids(last.reverse_order()).await?, [4, 2, 3, 1, 5]);
        let by_account = Task::order(|t| (t.project().account().name().desc(), t.id()));
        assert_eq!(ids(by_account).await?, [3, 4, 1, 2, 5]);
        Ok(())
    });
}

#[test]
fn first_and_last_respect_an_order() {
    with_db(async |db| {
        seed(&db).await?;
        assert_eq!(Task::first(&db).await?.map(|task| task.id), Some(1));
        assert_eq!(Task::last(&db).await?.map(|task| task.id), Some(5));
        let by_name = Task::order(|t| t.name().asc());
        assert_eq!(
            by_name.clone().first(&db).await?.map(|task| task.name),
            Some("Dance".into())
        );
        assert_eq!(
            by_name.last(&db).await?.map(|task| task.name),
            Some("Write".into())
        );
        Ok(())
    });
}

#[test]
fn counting_respects_limits_and_repeats() {
    with_db(async |db| {
        seed(&db).await?;
        assert_eq!(Task::count(&db).await?, 5);
        assert_eq!(Task::limit(2).count(&db).await?, 2);
        assert_eq!(Task::offset(4).count(&db).await?, 1);
        let joined = Project::joins(|p| p.tasks());
        assert_eq!(
            joined.clone().count(&db).await?,
            5,
            "a project for each of its tasks"
        );
        assert_eq!(joined.distinct().count(&db).await?, 3);
        assert!(Task::filter(|t| t.done().eq(true)).exists(&db).await?);
        assert!(!Task::filter(|t| t.priority().gt(9)).exists(&db).await?);
        Ok(())
    });
}

#[test]
fn pluck_gives_typed_columns() {
    with_db(async |db| {
        seed(&db).await?;
        let names: Vec<String> = Task::order(|t| t.name().asc())
            .limit(2)
            .pluck(|t| t.name())
            .load(&db)
            .await?;
        assert_eq!(names, ["Dance", "Read"]);
        let pairs = Task::filter(|t| t.project_id().eq(1)).order(|t| t.id().asc());
        let pairs = pairs
            .pluck(|t| (t.id(), t.project().name(), t.due_on()))
            .load(&db)
            .await?;
        assert_eq!(pairs[1], (2, "Alpha".to_owned(), None));
        let projects = Task::group(|t| t.project_id())
            .order(|t| t.project_id())
            .pluck(|t| t.project_id())
            .load(&db)
            .await?;
        assert_eq!(projects, [1, 2, 3]);
        Ok(())
    });
}

#[test]
fn a_page_knows_the_number_of_all() {
    with_db(async |db| {
        seed(&db).await?;
        let page = Task::order(|t| t.id().asc())
            .per_page(2)
            .paginate(&db, 2)
            .await?;
        assert_eq!(
            (names(&page.records), page.total, page.pages()),
            (vec!["Sing", "Dance"], 5, 3)
        );
        let all = Task::paginate(&db, 1).await?;
        assert_eq!((all.records.len(), all.total, all.pages()), (5, 5, 1));
        Ok(())
    });
}

#[test]
fn a_long_list_is_one_bind() {
    with_db(async |db| {
        seed(&db).await?;
        let ids: Vec<i64> = (2..40_000).collect();
        assert_eq!(
            Task::filter(|t| t.id().is_in(ids.clone()))
                .count(&db)
                .await?,
            4
        );
        assert_eq!(Task::filter(|t| t.id().not_in(ids)).count(&db).await?, 1);
        let texts: Vec<String> = (0..500)
            .map(|number| format!("\"{number}"))
            .chain(["Sing".to_owned()])
            .collect();
        assert_eq!(Task::filter(|t| t.name().is_in(texts)).count(&db).await?, 1);
        Ok(())
    });
}

#[test]
fn values_travel_only_as_binds() {
    with_db(async |db| {
        seed(&db).await?;
        let evil = "x' OR 1=1; DROP TABLE tasks; --";
        assert_eq!(Task::filter(|t| t.name().eq(evil)).count(&db).await?, 0);
        let raw = Task::filter_sql(
            "tasks.name = ? OR tasks.priority > ?",
            [Value::Text(evil.to_owned()), Value::Integer(9)],
        );
        assert_eq!(raw.count(&db).await?, 0);
        assert_eq!(Task::count(&db).await?, 5);
        Ok(())
    });
}

#[test]
fn many_rows_are_written_in_one_statement() {
    with_db(async |db| {
        seed(&db).await?;
        let raised = Task::filter(|t| t.project().account().name().eq("Globex"));
        assert_eq!(
            raised
                .update_all(&db, |t| [t.priority().set(9), t.done().set(true)])
                .await?,
            2
        );
        assert_eq!(Task::filter(|t| t.priority().eq(9)).count(&db).await?, 2);
        let childless = Task::filter(|t| t.children().is_absent());
        let lazy = childless.filter(|t| t.priority().eq(1));
        assert_eq!(lazy.update_all(&db, |t| [t.priority().set(0)]).await?, 1);
        assert_eq!(
            Task::filter(|t| t.parent_id().ne(None))
                .delete_all(&db)
                .await?,
            2
        );
        let lowest = Task::order(|t| t.priority().asc()).limit(1);
        assert_eq!(lowest.delete_all(&db).await?, 1);
        assert_eq!(
            Task::filter(|t| t.priority().gt(0))
                .destroy_all(&db)
                .await?,
            2
        );
        assert_eq!(Task::count(&db).await?, 0);
        Ok(())
    });
}

#[test]
fn aggregates_are_typed_and_know_nothing_from_null() {
    with_db(async |db| {
        assert_eq!(Task::all().sum(&db, |t| t.priority()).await?, 0);
        assert_eq!(Task::all().average(&db, |t| t.priority()).await?, None);
        assert_eq!(Task::all().maximum(&db, |t| t.name()).await?, None);
        seed(&db).await?;
        assert_eq!(Task::all().sum(&db, |t| t.priority()).await?, 13);
        assert_eq!(Task::all().sum(&db, |t| t.estimate()).await?, 10.0);
        assert_eq!(Task::all().average(&db, |t| t.priority()).await?, Some(2.6));
        let thirds = Task::filter(|t| t.priority().gt(1)).filter(|t| t.id().ne(5));
        assert_eq!(
            thirds.average(&db, |t| t.priority()).await?,
            Some(7.0 / 3.0)
        );
        assert!(
            Task::all()
                .maximum(&db, |t| t.done())
                .await?
                .is_some_and(|done| done)
        );
        assert!(
            Task::all()
                .minimum(&db, |t| t.done())
                .await?
                .is_some_and(|done| !done)
        );
        assert_eq!(
            Task::filter(|t| t.done().eq(false))
                .minimum(&db, |t| t.priority())
                .await?,
            Some(2)
        );
        assert_eq!(
            Task::all().maximum(&db, |t| t.due_on()).await?,
            NaiveDate::from_ymd_opt(2026, 3, 1)
        );
        Ok(())
    });
}

#[test]
fn groups_can_be_counted_ordered_and_chosen_by_their_aggregates() {
    with_db(async |db| {
        seed(&db).await?;
        let by_project = Task::group(|t| t.project().name())
            .having(|t| t.id().count().gt(1))
            .order(|t| (t.priority().sum().desc(), t.project().name()))
            .pluck(|t| {
                (
                    t.project().name(),
                    t.id().count(),
                    t.priority().sum(),
                    t.due_on().count_distinct(),
                )
            });
        let rows = by_project.load(&db).await?;
        assert_eq!(
            rows,
            [("Alpha".to_owned(), 2, 4, 1), ("Beta".to_owned(), 2, 4, 1)]
        );
        Ok(())
    });
}
