//! The SQL of queries, letter by letter: what must not change without somebody noticing.

use velocious::database::Dialect;
use velocious::prelude::*;
use velocious::query::{Condition, Direction, Order, Query};

use crate::models::{Account, Project, Task};

const COLUMNS: &str = r#""tasks"."id", "tasks"."name", "tasks"."project_id", "tasks"."parent_id", "tasks"."is_done", "tasks"."priority", "tasks"."due_on", "tasks"."estimate""#;

/// The query's SQL, the same on every database but for the quotes around names, with the list of the model's own
/// columns as `*`.
fn sql(query: Query<Task>) -> String {
    let [sqlite, postgres, mysql] = dialects(query);
    assert_eq!(sqlite, postgres);
    assert_eq!(sqlite.replace('"', "`"), mysql);
    sqlite
}

/// The same on SQLite, PostgreSQL and MySQL.
fn dialects(query: Query<Task>) -> [String; 3] {
    [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql].map(|dialect| {
        let quote = if dialect == Dialect::Mysql { "`" } else { "\"" };
        let sql = query.to_sql(dialect);
        sql.replace(&COLUMNS.replace('"', quote), "*")
    })
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
}

#[test]
fn patterns_mean_the_same_everywhere() {
    assert_eq!(
        dialects(Task::filter(|t| t.name().contains("50%"))),
        [
            r#"SELECT * FROM "tasks" WHERE "tasks"."name" GLOB ?"#,
            r#"SELECT * FROM "tasks" WHERE "tasks"."name" LIKE ? ESCAPE '\'"#,
            r#"SELECT * FROM `tasks` WHERE `tasks`.`name` LIKE ? ESCAPE '\'"#,
        ]
    );
    assert_eq!(
        dialects(Task::filter(|t| t.name().ilike("a%"))),
        [
            r#"SELECT * FROM "tasks" WHERE velocious_lower("tasks"."name") LIKE velocious_lower(?) ESCAPE '\'"#,
            r#"SELECT * FROM "tasks" WHERE "tasks"."name" ILIKE ? ESCAPE '\'"#,
            r#"SELECT * FROM `tasks` WHERE LOWER(`tasks`.`name`) LIKE LOWER(?) ESCAPE '\'"#,
        ]
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
        dialects(Task::filter(|t| t.parent_id().is_in([Some(1), None]))),
        [
            r#"SELECT * FROM "tasks" WHERE ("tasks"."parent_id" IN (?) OR "tasks"."parent_id" IS NULL)"#,
            r#"SELECT * FROM "tasks" WHERE ("tasks"."parent_id" = ANY(?) OR "tasks"."parent_id" IS NULL)"#,
            r#"SELECT * FROM `tasks` WHERE (`tasks`.`parent_id` IN (?) OR `tasks`.`parent_id` IS NULL)"#,
        ]
    );
}

#[test]
fn lists_are_one_bind_or_padded_so_that_few_texts_are_distinct() {
    assert_eq!(
        dialects(Task::filter(|t| t.id().is_in([1, 2, 3]))),
        [
            r#"SELECT * FROM "tasks" WHERE "tasks"."id" IN (?, ?, ?, ?)"#,
            r#"SELECT * FROM "tasks" WHERE "tasks"."id" = ANY(?)"#,
            r#"SELECT * FROM `tasks` WHERE `tasks`.`id` IN (?, ?, ?, ?)"#,
        ]
    );
    assert_eq!(
        dialects(Task::filter(|t| t.name().not_in(["a"])))[1],
        r#"SELECT * FROM "tasks" WHERE "tasks"."name" <> ALL(?)"#
    );
    let day = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
    assert_eq!(
        sql(Task::filter(|t| t.due_on().is_in([day, day, day]))),
        r#"SELECT * FROM "tasks" WHERE "tasks"."due_on" IN (?, ?, ?, ?)"#,
        "there are no arrays of days"
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
        dialects(Task::filter(|t| t.id().is_in(0..1000))),
        [
            r#"SELECT * FROM "tasks" WHERE "tasks"."id" IN (SELECT value FROM json_each(?))"#,
            r#"SELECT * FROM "tasks" WHERE "tasks"."id" = ANY(?)"#,
            r#"SELECT * FROM `tasks` WHERE `tasks`.`id` IN (SELECT value FROM JSON_TABLE(?, '$[*]' COLUMNS (value BIGINT PATH '$')) AS listed)"#,
        ]
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
        .order(|t| t.project().id().asc().nulls_first());
    assert_eq!(
        dialects(query)[1],
        concat!(
            r#"SELECT * FROM "tasks" LEFT JOIN "projects" AS "project" ON "project"."id" = "tasks"."project_id""#,
            r#" LEFT JOIN "accounts" AS "project_account" ON "project_account"."id" = "project"."account_id""#,
            r#" WHERE "project_account"."name" = ? AND "project"."archived" = ? ORDER BY "project"."id" NULLS FIRST"#,
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
    let query = Task::order(|t| t.name().asc()).order(|t| t.id().desc());
    assert_eq!(
        sql(query.clone()),
        r#"SELECT * FROM "tasks" ORDER BY "tasks"."name", "tasks"."id" DESC"#
    );
    assert_eq!(
        sql(query.clone().reverse_order()),
        r#"SELECT * FROM "tasks" ORDER BY "tasks"."name" DESC, "tasks"."id""#
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
fn null_is_less_than_everything_unless_said_otherwise() {
    assert_eq!(
        dialects(Task::order(|t| (t.due_on().asc(), t.estimate().desc()))),
        [
            r#"SELECT * FROM "tasks" ORDER BY "tasks"."due_on", "tasks"."estimate" DESC"#,
            r#"SELECT * FROM "tasks" ORDER BY "tasks"."due_on" NULLS FIRST, "tasks"."estimate" DESC NULLS LAST"#,
            r#"SELECT * FROM `tasks` ORDER BY `tasks`.`due_on`, `tasks`.`estimate` DESC"#,
        ]
    );
    assert_eq!(
        dialects(Task::order(|t| t.due_on().asc().nulls_last())),
        [
            r#"SELECT * FROM "tasks" ORDER BY "tasks"."due_on" NULLS LAST"#,
            r#"SELECT * FROM "tasks" ORDER BY "tasks"."due_on" NULLS LAST"#,
            r#"SELECT * FROM `tasks` ORDER BY `tasks`.`due_on` IS NULL, `tasks`.`due_on`"#,
        ]
    );
    let reversed = Task::order(|t| t.due_on().asc().nulls_last()).reverse_order();
    assert_eq!(
        dialects(reversed),
        [
            r#"SELECT * FROM "tasks" ORDER BY "tasks"."due_on" DESC NULLS FIRST"#,
            r#"SELECT * FROM "tasks" ORDER BY "tasks"."due_on" DESC NULLS FIRST"#,
            r#"SELECT * FROM `tasks` ORDER BY `tasks`.`due_on` IS NULL DESC, `tasks`.`due_on` DESC"#,
        ]
    );
    let joined = Task::joins(|t| t.project()).order(|t| t.project().name().asc());
    assert!(
        dialects(joined)[1].ends_with(r#"ORDER BY "project"."name""#),
        "an inner join leaves no NULL"
    );
    let left = Task::order(|t| t.project().name().asc());
    assert!(dialects(left)[1].ends_with(r#"ORDER BY "project"."name" NULLS FIRST"#));
}

#[test]
fn aggregates_are_of_one_type_everywhere() {
    let pluck = |dialect| {
        Task::group(|t| t.project_id())
            .pluck(|t| (t.priority().sum(), t.priority().avg(), t.done().max()))
            .to_sql(dialect)
    };
    assert_eq!(
        [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql].map(pluck),
        [
            r#"SELECT CAST(COALESCE(SUM("tasks"."priority"), ?) AS INTEGER), CAST(AVG("tasks"."priority") AS REAL), MAX("tasks"."is_done") FROM "tasks" GROUP BY "tasks"."project_id""#,
            r#"SELECT CAST(COALESCE(SUM("tasks"."priority"), ?) AS BIGINT), CAST(AVG("tasks"."priority") AS DOUBLE PRECISION), BOOL_OR("tasks"."is_done") FROM "tasks" GROUP BY "tasks"."project_id""#,
            r#"SELECT CAST(COALESCE(SUM(`tasks`.`priority`), ?) AS SIGNED), CAST(AVG(CAST(`tasks`.`priority` AS DOUBLE)) AS DOUBLE), MAX(`tasks`.`is_done`) FROM `tasks` GROUP BY `tasks`.`project_id`"#,
        ]
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
        dialects(Task::offset(5)),
        [
            r#"SELECT * FROM "tasks" LIMIT -1 OFFSET ?"#,
            r#"SELECT * FROM "tasks" OFFSET ?"#,
            r#"SELECT * FROM `tasks` LIMIT 18446744073709551615 OFFSET ?"#,
        ]
    );
}

#[test]
fn one_row_is_asked_for_in_words() {
    assert_eq!(
        sql(Task::limit(1).offset(2)),
        r#"SELECT * FROM "tasks" LIMIT 1 OFFSET ?"#
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
