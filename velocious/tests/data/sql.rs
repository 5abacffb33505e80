//! The SQL of queries, letter by letter: what must not change without somebody noticing.

use velocious::database::Dialect;
use velocious::prelude::*;
use velocious::query::{Condition, Direction, Order, Query};

use crate::models::{Account, Project, Task};

const COLUMNS: &str = r#""tasks"."id", "tasks"."name", "tasks"."project_id", "tasks"."parent_id", "tasks"."is_done", "tasks"."priority", "tasks"."due_on", "tasks"."estimate""#;

/// The query's SQL with the list of the model's own columns as `*`.
fn sql(query: Query<Task>) -> String {
    query.to_sql(Dialect::Sqlite).replace(COLUMNS, "*")
}

#[test]
fn a_condition_becomes_one_comparison_with_a_bind() {
    assert_eq!(sql(Task::all()), r#"SELECT * FROM "tasks""#);
    assert_eq!(
        sql(Task::filter(|t| t.name().eq("x"))),
        r#"SELECT * FROM "tasks" WHERE "tasks"."name" = ?"#
    );
    assert_eq!(
        sql(Task::filter(|t| t.done().ne(true))),
        r#"SELECT * FROM "tasks" WHERE "tasks"."is_done" <> ?"#
    );
    assert_eq!(
        sql(Task::filter(|t| t.priority().between(1, 3))),
        r#"SELECT * FROM "tasks" WHERE ("tasks"."priority" >= ? AND "tasks"."priority" <= ?)"#
    );
    assert_eq!(
        sql(Task::filter(|t| t.name().contains("50%"))),
        r#"SELECT * FROM "tasks" WHERE "tasks"."name" LIKE ? ESCAPE '\'"#
    );
}

#[test]
fn none_asks_for_null() {
    assert_eq!(
        sql(Task::filter(|t| t.parent_id().eq(None))),
        r#"SELECT * FROM "tasks" WHERE "tasks"."parent_id" IS NULL"#
    );
    assert_eq!(
        sql(Task::filter(|t| t.due_on().ne(None))),
        r#"SELECT * FROM "tasks" WHERE "tasks"."due_on" IS NOT NULL"#
    );
    assert_eq!(
        sql(Task::filter(|t| t.parent_id().is_in([Some(1), None]))),
        r#"SELECT * FROM "tasks" WHERE ("tasks"."parent_id" IN (?) OR "tasks"."parent_id" IS NULL)"#
    );
}

#[test]
fn lists_are_padded_so_that_few_texts_are_distinct() {
    assert_eq!(
        sql(Task::filter(|t| t.id().is_in([1, 2, 3]))),
        r#"SELECT * FROM "tasks" WHERE "tasks"."id" IN (?, ?, ?, ?)"#
    );
    assert_eq!(
        sql(Task::filter(|t| t.id().is_in(Vec::<i64>::new()))),
        r#"SELECT * FROM "tasks" WHERE 1 = 0"#
    );
    assert_eq!(
        sql(Task::filter(|t| t.id().not_in(Vec::<i64>::new()))),
        r#"SELECT * FROM "tasks" WHERE 1 = 1"#
    );
    assert_eq!(
        sql(Task::filter(|t| t.id().is_in(0..1000))),
        r#"SELECT * FROM "tasks" WHERE "tasks"."id" IN (SELECT value FROM json_each(?))"#
    );
}

#[test]
fn and_or_and_not_keep_their_precedence() {
    assert_eq!(
        sql(Task::filter(|t| t
            .id()
            .eq(1)
            .or(t.id().eq(2))
            .and(t.done().eq(true).not()))),
        r#"SELECT * FROM "tasks" WHERE (("tasks"."id" = ? OR "tasks"."id" = ?) AND NOT ("tasks"."is_done" = ?))"#
    );
    assert_eq!(
        sql(Task::filter(
            |t| !(t.id().eq(1) | t.id().eq(2)) & t.done().eq(true)
        )),
        r#"SELECT * FROM "tasks" WHERE (NOT (("tasks"."id" = ? OR "tasks"."id" = ?)) AND "tasks"."is_done" = ?)"#
    );
    assert_eq!(
        sql(Task::filter(|_| Condition::any([]))),
        r#"SELECT * FROM "tasks" WHERE 1 = 0"#
    );
}

#[test]
fn a_nested_condition_makes_the_joins_it_needs_once() {
    let query = Task::filter(|t| t.project().account().name().eq("Acme"))
        .filter(|t| t.project().archived().eq(false))
        .order(|t| t.project().name().asc());
    assert_eq!(
        sql(query),
        concat!(
            r#"SELECT * FROM "tasks" LEFT JOIN "projects" AS "project" ON "project"."id" = "tasks"."project_id""#,
            r#" LEFT JOIN "accounts" AS "project_account" ON "project_account"."id" = "project"."account_id""#,
            r#" WHERE "project_account"."name" = ? AND "project"."archived" = ? ORDER BY "project"."name""#,
        )
    );
}

#[test]
fn an_explicit_join_is_an_inner_one_with_all_that_leads_to_it() {
    assert_eq!(
        sql(Task::filter(|t| t.project().name().eq("x")).joins(|t| t.project().account())),
        concat!(
            r#"SELECT * FROM "tasks" INNER JOIN "projects" AS "project" ON "project"."id" = "tasks"."project_id""#,
            r#" INNER JOIN "accounts" AS "project_account" ON "project_account"."id" = "project"."account_id""#,
            r#" WHERE "project"."name" = ?"#,
        )
    );
}

#[test]
fn a_self_join_and_a_second_join_of_one_path_have_names_of_their_own() {
    assert_eq!(
        sql(Task::filter(|t| t
            .parent()
            .name()
            .eq("a")
            .and(t.parent().aliased("other").name().eq("b")))),
        concat!(
            r#"SELECT * FROM "tasks" LEFT JOIN "tasks" AS "parent" ON "parent"."id" = "tasks"."parent_id""#,
            r#" LEFT JOIN "tasks" AS "other" ON "other"."id" = "tasks"."parent_id""#,
            r#" WHERE ("parent"."name" = ? AND "other"."name" = ?)"#,
        )
    );
    let same_table = Project::filter(|p| p.tasks().name().eq("x")).to_sql(Dialect::Sqlite);
    assert!(
        same_table.contains(r#"LEFT JOIN "tasks" AS "tasks" ON"#),
        "{same_table}"
    );
}

#[test]
fn a_condition_through_many_becomes_exists() {
    let query = Account::filter(|a| {
        a.projects()
            .any(|p| p.tasks().none(|t| t.project().archived().eq(true)))
    });
    assert_eq!(
        query.to_sql(Dialect::Sqlite),
        concat!(
            r#"SELECT "accounts"."id", "accounts"."name" FROM "accounts" WHERE EXISTS (SELECT 1 FROM "projects""#,
            r#" AS "projects" WHERE "projects"."account_id" = "accounts"."id" AND NOT (EXISTS (SELECT 1 FROM "tasks""#,
            r#" AS "tasks" LEFT JOIN "projects" AS "project" ON "project"."id" = "tasks"."project_id""#,
            r#" WHERE "tasks"."project_id" = "projects"."id" AND "project"."archived" = ?)))"#,
        )
    );
    assert_eq!(
        sql(Task::filter(|t| t.children().is_absent())),
        r#"SELECT * FROM "tasks" WHERE NOT (EXISTS (SELECT 1 FROM "tasks" AS "children" WHERE "children"."parent_id" = "tasks"."id"))"#
    );
}

#[test]
fn orders_add_up_and_can_be_replaced_and_reversed() {
    let query = Task::order(|t| t.name().asc()).order(|t| t.due_on().desc().nulls_last());
    assert_eq!(
        sql(query.clone()),
        r#"SELECT * FROM "tasks" ORDER BY "tasks"."name", "tasks"."due_on" DESC NULLS LAST"#
    );
    assert_eq!(
        sql(query.clone().reverse_order()),
        r#"SELECT * FROM "tasks" ORDER BY "tasks"."name" DESC, "tasks"."due_on" NULLS FIRST"#
    );
    assert_eq!(
        sql(query.reorder(|t| t.id().desc())),
        r#"SELECT * FROM "tasks" ORDER BY "tasks"."id" DESC"#
    );
    assert_eq!(
        sql(Task::all().reverse_order()),
        r#"SELECT * FROM "tasks" ORDER BY "tasks"."id" DESC"#
    );
    let raw =
        Task::order(|_| Order::sql("length(tasks.name)", [], Direction::Ascending)).reverse_order();
    assert_eq!(
        sql(raw),
        r#"SELECT * FROM "tasks" ORDER BY length(tasks.name) DESC"#
    );
}

#[test]
fn pages_may_be_given_in_either_order() {
    let first = r#"SELECT * FROM "tasks" LIMIT ?"#;
    let other = r#"SELECT * FROM "tasks" LIMIT ? OFFSET ?"#;
    assert_eq!(sql(Task::page(1)), first);
    assert_eq!(sql(Task::page(2).per_page(25)), other);
    assert_eq!(sql(Task::per_page(25).page(2)), other);
    assert_eq!(
        sql(Task::offset(5)),
        r#"SELECT * FROM "tasks" LIMIT -1 OFFSET ?"#
    );
}

#[test]
fn a_select_of_columns_can_be_grouped() {
    assert_eq!(
        Task::group(|t| t.project_id())
            .pluck(|t| (t.project_id(), t.project().name()))
            .to_sql(Dialect::Sqlite),
        concat!(
            r#"SELECT "tasks"."project_id", "project"."name" FROM "tasks" LEFT JOIN "projects" AS "project""#,
            r#" ON "project"."id" = "tasks"."project_id" GROUP BY "tasks"."project_id""#,
        )
    );
}

#[test]
fn a_column_alone_orders_from_small_to_great_and_a_tuple_by_several() {
    assert_eq!(
        sql(Task::order(|t| (t.name(), t.id().desc()))),
        r#"SELECT * FROM "tasks" ORDER BY "tasks"."name", "tasks"."id" DESC"#
    );
}
