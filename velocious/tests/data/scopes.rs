//! Relationships that hold only some records.

use velocious::database::Dialect;
use velocious::prelude::*;

use crate::forum::{Group, Post, PostChanges, ReactionChanges, Topic, bodies, seed, with_forum};

#[test]
fn a_scope_holds_when_one_record_loads_its_relationship() {
    with_forum(async |db| {
        seed(&db).await?;
        let mut topic = Topic::find(&db, 1).await?;
        topic.load_accepted_posts(&db).await?;
        assert_eq!(
            bodies(topic.accepted_posts.get()?),
            ["A promise.", "An interface."]
        );
        topic.load_best_post(&db).await?;
        assert_eq!(topic.best_post.get()?.map(|post| post.id), Some(2));
        let mut post = Post::find(&db, 4).await?;
        post.load_open_topic(&db).await?;
        assert_eq!(post.open_topic.optional()?, None, "it is closed");
        Ok(())
    });
}

#[test]
fn a_scope_holds_in_a_preload_and_below_one() {
    with_forum(async |db| {
        seed(&db).await?;
        let groups =
            Group::preload(|g| g.topics().accepted_posts()).preload(|g| g.topics().posts());
        let groups = groups.order(|g| g.id()).load(&db).await?;
        let topics = groups[0].topics.get()?;
        assert_eq!(topics[0].posts.get()?.len(), 3);
        assert_eq!(topics[0].accepted_posts.get()?.len(), 2);
        assert_eq!(bodies(topics[1].accepted_posts.get()?), [""; 0]);
        let posts = Post::preload(|p| p.open_topic())
            .order(|p| p.id())
            .load(&db)
            .await?;
        assert_eq!(posts[0].open_topic.get()?.title, "Traits");
        assert_eq!(posts[3].open_topic.optional()?, None);
        Ok(())
    });
}

#[test]
fn a_scope_may_reach_along_relationships() {
    with_forum(async |db| {
        seed(&db).await?;
        let topics = Topic::preload(|t| t.posts_of_ann()).order(|t| t.id());
        let topics = topics.load(&db).await?;
        assert_eq!(bodies(topics[0].posts_of_ann.get()?), ["A promise."]);
        assert_eq!(bodies(topics[2].posts_of_ann.get()?), [""; 0]);
        let joined =
            Topic::joins(|t| t.posts_of_ann()).pluck(|t| (t.title(), t.posts_of_ann().body()));
        assert_eq!(
            joined.load(&db).await?,
            [("Traits".to_owned(), "A promise.".to_owned())]
        );
        let found = Topic::filter(|t| t.posts_of_ann().is_present());
        assert_eq!(found.count(&db).await?, 1);
        Ok(())
    });
}

#[test]
fn a_scope_holds_in_a_join_and_in_exists() {
    with_forum(async |db| {
        seed(&db).await?;
        let all = Topic::left_joins(|t| t.accepted_posts());
        assert_eq!(all.count(&db).await?, 4, "the topic without one stays");
        let titles = Topic::filter(|t| t.accepted_posts().is_absent()).pluck(|t| t.title());
        assert_eq!(titles.load(&db).await?, ["Macros"]);
        let accepted = Topic::filter(|t| t.accepted_posts().any(|p| p.user().name().eq("Bob")));
        assert_eq!(accepted.pluck(|t| t.title()).load(&db).await?, ["Gems"]);
        let joined = Topic::joins(|t| t.accepted_posts()).distinct();
        assert_eq!(joined.count(&db).await?, 2);
        Ok(())
    });
}

#[test]
fn the_condition_stands_in_the_on_of_the_join_and_names_its_alias() {
    let sql = Topic::left_joins(|t| t.accepted_posts())
        .pluck(|t| t.id())
        .to_sql(Dialect::Sqlite);
    assert_eq!(
        sql,
        concat!(
            r#"SELECT "topics"."id" FROM "topics" LEFT JOIN "posts" AS "accepted_posts""#,
            r#" ON "accepted_posts"."topic_id" = "topics"."id" AND "accepted_posts"."accepted" = ?"#,
        )
    );
    let sql = Topic::joins(|t| t.posts_of_ann().aliased("hers"))
        .pluck(|t| t.id())
        .to_sql(Dialect::Sqlite);
    assert_eq!(
        sql,
        concat!(
            r#"SELECT "topics"."id" FROM "topics" INNER JOIN "posts" AS "hers" ON "hers"."topic_id" = "topics"."id""#,
            r#" AND EXISTS (SELECT 1 FROM "posts" AS "posts" LEFT JOIN "users" AS "user" ON "user"."id" = "posts"."user_id""#,
            r#" WHERE "posts"."id" = "hers"."id" AND "user"."name" = ?)"#,
        )
    );
    let sql = Topic::filter(|t| t.accepted_posts().any(|p| p.body().eq("x")))
        .pluck(|t| t.id())
        .to_sql(Dialect::Sqlite);
    assert_eq!(
        sql,
        concat!(
            r#"SELECT "topics"."id" FROM "topics" WHERE EXISTS (SELECT 1 FROM "posts" AS "accepted_posts""#,
            r#" WHERE "accepted_posts"."topic_id" = "topics"."id" AND "accepted_posts"."accepted" = ?"#,
            r#" AND "accepted_posts"."body" = ?)"#,
        )
    );
}

#[test]
fn what_is_built_meets_the_scope_as_far_as_it_asks_for_values() {
    let mut topic = Topic::new();
    assert!(topic.accepted_posts.build(PostChanges::default()).accepted);
    let refused = PostChanges {
        accepted: Some(false),
        ..Default::default()
    };
    assert!(
        !topic.accepted_posts.build(refused).accepted,
        "what is given wins"
    );
    assert_eq!(topic.pin.build(ReactionChanges::default()).kind, "pin");
    assert!(!topic.posts_of_ann.build(PostChanges::default()).accepted);
}
