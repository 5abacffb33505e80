//! Relationships that go through others.

use velocious::database::Dialect;
use velocious::prelude::*;

use crate::forum::{
    Group, GroupChanges, Membership, Post, Topic, TopicChanges, User, UserChanges, bodies, names,
    seed, with_forum,
};

#[test]
fn one_record_loads_what_is_behind_others() {
    with_forum(async |db| {
        seed(&db).await?;
        let mut group = Group::find(&db, 1).await?;
        group.load_posts(&db).await?;
        group.load_users(&db).await?;
        group.load_admins(&db).await?;
        assert_eq!(group.posts.get()?.len(), 4);
        assert_eq!(names(group.users.get()?), ["Ann", "Bob"]);
        assert_eq!(names(group.admins.get()?), ["Ann"]);
        let mut post = Post::find(&db, 5).await?;
        post.load_group(&db).await?;
        assert_eq!(
            post.group.get()?.map(|group| group.name.as_str()),
            Some("ruby")
        );
        Ok(())
    });
}

#[test]
fn a_preload_fills_every_owner_in_one_query() {
    with_forum(async |db| {
        seed(&db).await?;
        let groups = Group::preload(|g| g.users())
            .preload(|g| g.posts().user())
            .order(|g| g.id());
        let groups = groups.load(&db).await?;
        let users: Vec<_> = groups
            .iter()
            .map(|group| group.users.get().map(names))
            .collect();
        let users: Result<Vec<_>> = users.into_iter().collect();
        assert_eq!(users?, [vec!["Ann", "Bob"], vec!["Bob", "Cid"], vec![]]);
        let posts = groups[1].posts.get()?;
        assert_eq!(bodies(posts), ["Which?", "This one."]);
        assert_eq!(posts[0].user.get()?.name, "Cid");
        Ok(())
    });
}

#[test]
fn owners_behind_one_record_each_get_all_of_it() {
    with_forum(async |db| {
        seed(&db).await?;
        let posts = Post::preload(|p| p.siblings()).preload(|p| p.group());
        let posts = posts.order(|p| p.id()).load(&db).await?;
        assert_eq!(posts[0].siblings.get()?.len(), 3);
        assert_eq!(posts[1].siblings.get()?.len(), 3);
        assert_eq!(posts[5].siblings.get()?.len(), 2);
        let groups = posts.iter().map(|post| post.group.get());
        let groups: Result<Vec<_>> = groups.collect();
        let groups: Vec<_> = groups?
            .into_iter()
            .flatten()
            .map(|group| group.id)
            .collect();
        assert_eq!(groups, [1, 1, 1, 1, 2, 2]);
        Ok(())
    });
}

#[test]
fn a_way_may_go_through_ways() {
    with_forum(async |db| {
        seed(&db).await?;
        let users = User::preload(|u| u.group_topics()).preload(|u| u.group_posts());
        let users = users.order(|u| u.id()).load(&db).await?;
        let titles = |topics: &[Topic]| topics.iter().map(|topic| topic.id).collect::<Vec<_>>();
        assert_eq!(titles(users[0].group_topics.get()?), [1, 2]);
        assert_eq!(titles(users[1].group_topics.get()?), [1, 2, 3]);
        assert_eq!(users[1].group_posts.get()?.len(), 6);
        assert_eq!(users[2].group_posts.get()?.len(), 2);
        let found = User::filter(|u| u.group_posts().any(|p| p.body().eq("How?")));
        let found = found
            .order(|u| u.id())
            .pluck(|u| u.name())
            .load(&db)
            .await?;
        assert_eq!(found, ["Ann", "Bob"]);
        let joined = User::joins(|u| u.group_posts())
            .filter(|u| u.group_posts().body().eq("Which?"))
            .order(|u| u.id())
            .pluck(|u| u.name());
        assert_eq!(joined.load(&db).await?, ["Bob", "Cid"]);
        Ok(())
    });
}

#[test]
fn conditions_reach_through() {
    with_forum(async |db| {
        seed(&db).await?;
        let posts = Post::filter(|p| p.group().name().eq("ruby")).order(|p| p.id());
        assert_eq!(bodies(&posts.load(&db).await?), ["Which?", "This one."]);
        let groups = Group::filter(|g| g.users().any(|u| u.name().eq("Bob")))
            .filter(|g| g.admins().none(|u| u.name().eq("Bob")));
        assert_eq!(groups.pluck(|g| g.name()).load(&db).await?, ["rust"]);
        let without = Group::filter(|g| g.posts().is_absent());
        assert_eq!(without.pluck(|g| g.name()).load(&db).await?, ["nobody"]);
        Ok(())
    });
}

#[test]
fn what_is_gone_through_is_joined() {
    let sql = Post::filter(|p| p.group().name().eq("x").and(p.topic().closed().eq(false)))
        .pluck(|p| p.id())
        .to_sql(Dialect::Sqlite);
    assert_eq!(
        sql,
        concat!(
            r#"SELECT "posts"."id" FROM "posts" LEFT JOIN "topics" AS "topic" ON "topic"."id" = "posts"."topic_id""#,
            r#" LEFT JOIN "groups" AS "group" ON "group"."id" = "topic"."group_id""#,
            r#" WHERE ("group"."name" = ? AND "topic"."closed" = ?)"#,
        ),
        "one topic is one table"
    );
    let sql = Group::joins(|g| g.admins())
        .joins(|g| g.memberships())
        .pluck(|g| g.id())
        .to_sql(Dialect::Sqlite);
    assert_eq!(
        sql,
        concat!(
            r#"SELECT "groups"."id" FROM "groups" INNER JOIN "memberships" AS "admins_admin_memberships""#,
            r#" ON "admins_admin_memberships"."group_id" = "groups"."id" AND "admins_admin_memberships"."admin" = ?"#,
            r#" INNER JOIN "users" AS "admins" ON "admins"."id" = "admins_admin_memberships"."user_id""#,
            r#" AND "admins"."name" <> ? INNER JOIN "memberships" AS "memberships""#,
            r#" ON "memberships"."group_id" = "groups"."id""#,
        ),
        "of many, each way has its own"
    );
    let sql = User::filter(|u| u.group_topics().any(|t| t.title().eq("x")))
        .pluck(|u| u.id())
        .to_sql(Dialect::Sqlite);
    assert_eq!(
        sql,
        concat!(
            r#"SELECT "users"."id" FROM "users" WHERE EXISTS (SELECT 1 FROM "memberships" AS "memberships""#,
            r#" INNER JOIN "groups" AS "group" ON "group"."id" = "memberships"."group_id""#,
            r#" INNER JOIN "topics" AS "group_topics" ON "group_topics"."group_id" = "group"."id""#,
            r#" WHERE "memberships"."user_id" = "users"."id" AND "group_topics"."title" = ?)"#,
        )
    );
}

#[test]
fn under_another_name_all_of_the_way_is_gone_once_more() {
    with_forum(async |db| {
        seed(&db).await?;
        // Users of a group, beside each other: two in either of two groups.
        let pairs = Group::joins(|g| g.users()).joins(|g| g.users().aliased("other"));
        let pairs = pairs.pluck(|g| (g.users().name(), g.users().aliased("other").name()));
        let pairs = pairs.load(&db).await?;
        assert_eq!(pairs.len(), 8);
        assert!(pairs.contains(&("Ann".to_owned(), "Bob".to_owned())));
        Ok(())
    });
    let sql = Group::joins(|g| g.users())
        .joins(|g| g.users().aliased("other"))
        .pluck(|g| g.id())
        .to_sql(Dialect::Sqlite);
    assert_eq!(
        sql,
        concat!(
            r#"SELECT "groups"."id" FROM "groups" INNER JOIN "memberships" AS "users_memberships""#,
            r#" ON "users_memberships"."group_id" = "groups"."id" INNER JOIN "users" AS "users""#,
            r#" ON "users"."id" = "users_memberships"."user_id" INNER JOIN "memberships" AS "other_memberships""#,
            r#" ON "other_memberships"."group_id" = "groups"."id" INNER JOIN "users" AS "other""#,
            r#" ON "other"."id" = "other_memberships"."user_id""#,
        )
    );
}

#[test]
fn a_record_to_which_several_ways_lead_is_there_once_if_asked() {
    with_forum(async |db| {
        seed(&db).await?;
        let mut bob = User::find(&db, 2).await?;
        bob.load_topics(&db).await?;
        bob.load_topics_once_a_post(&db).await?;
        db.batch("INSERT INTO posts (body, topic_id, user_id) VALUES ('Again?', 1, 2)")
            .await?;
        let ids = |topics: &[Topic]| topics.iter().map(|topic| topic.id).collect::<Vec<_>>();
        assert_eq!(ids(bob.topics.get()?), [1, 2, 3]);
        bob.load_topics(&db).await?;
        bob.load_topics_once_a_post(&db).await?;
        assert_eq!(ids(bob.topics.get()?), [1, 2, 3]);
        assert_eq!(ids(bob.topics_once_a_post.get()?), [1, 1, 2, 3]);
        Ok(())
    });
}

#[test]
fn what_is_added_gets_the_record_between() {
    with_forum(async |db| {
        let mut group = Group {
            name: "rust".into(),
            ..Group::new()
        };
        let name = |name: &str| UserChanges {
            name: Some(name.into()),
        };
        group.users.build(name("Ann"));
        group.save(&db).await?;
        let mut bob = User::create(&db, name("Bob")).await?;
        let mut group = Group::find(&db, group.id).await?;
        group.users.push(bob.clone());
        group.save(&db).await?;
        group.save(&db).await?;
        group.load_users(&db).await?;
        assert_eq!(names(group.users.get()?), ["Ann", "Bob"]);
        group.users.get_mut()?[0].name = "Anna".into();
        group.save(&db).await?;
        assert_eq!(Membership::count(&db).await?, 2);
        assert_eq!(
            names(&group.users.query()?.order(|u| u.id()).load(&db).await?),
            ["Anna", "Bob"]
        );
        bob.load_groups(&db).await?;
        bob.groups.build(GroupChanges {
            name: Some("ruby".into()),
        });
        bob.save(&db).await?;
        assert_eq!(
            Membership::filter(|m| m.user_id().eq(bob.id))
                .count(&db)
                .await?,
            2
        );
        let error = bob
            .groups
            .create(&db, GroupChanges::default())
            .await
            .expect_err("nothing between");
        assert!(
            error.to_string().contains("cannot be created alone"),
            "{error}"
        );
        bob.group_topics.build(TopicChanges::default());
        let error = bob.save(&db).await.expect_err("too far away");
        assert!(
            error
                .to_string()
                .starts_with("nobody knows what to make between"),
            "{error}"
        );
        Ok(())
    });
}
