//! Relationships to records of several models.

use velocious::database::Dialect;
use velocious::prelude::*;

use crate::forum::{Post, Reaction, Subject, Topic, User, bodies, seed, with_forum};

fn ids(reactions: &[Reaction]) -> Vec<i64> {
    reactions.iter().map(|reaction| reaction.id).collect()
}

#[test]
fn a_preload_finds_each_record_in_its_own_table() {
    with_forum(async |db| {
        seed(&db).await?;
        let reactions = Reaction::preload(|r| r.subject()).order(|r| r.id());
        let reactions = reactions.load(&db).await?;
        match reactions[0].subject.get()? {
            Subject::Topic(topic) => assert_eq!(topic.title, "Traits"),
            Subject::Post(post) => panic!("{post:?} is of another model"),
        }
        let post = reactions[1].subject.get_as::<Post>()?;
        assert_eq!(
            post.map(|post| post.body.as_str()),
            Some("What is a trait?")
        );
        assert!(reactions[1].subject.get_as::<Topic>()?.is_none());
        for nothing in &reactions[4..] {
            let subject = &nothing.subject;
            assert_eq!(
                subject.optional()?,
                None,
                "a key that dangles, no key, no such model"
            );
            assert!(subject.get().expect_err("there is none").is_not_found());
        }
        Ok(())
    });
}

#[test]
fn a_preload_goes_on_below_some_of_the_models() {
    with_forum(async |db| {
        seed(&db).await?;
        let reactions = Reaction::preload(|r| r.subject().post().user())
            .preload(|r| r.subject().topic().group())
            .order(|r| r.id());
        let reactions = reactions.load(&db).await?;
        let topic = reactions[0].subject.get_as::<Topic>()?.expect("a topic");
        assert_eq!(topic.group.get()?.name, "rust");
        let post = reactions[1].subject.get_as::<Post>()?.expect("a post");
        assert_eq!(post.user.get()?.name, "Bob");
        assert!(post.topic.is_unloaded());
        Ok(())
    });
}

#[test]
fn one_record_loads_it_and_says_when_it_has_not() {
    with_forum(async |db| {
        seed(&db).await?;
        let mut reaction = Reaction::find(&db, 4).await?;
        let error = reaction.subject.get().expect_err("not loaded");
        assert!(error.is_not_loaded());
        reaction.load_subject(&db).await?;
        let post = reaction.subject.get_as::<Post>()?;
        assert_eq!(post.map(|post| post.id), Some(2));
        Ok(())
    });
}

#[test]
fn the_other_side_has_only_what_belongs_to_its_model() {
    with_forum(async |db| {
        seed(&db).await?;
        let topics = Topic::preload(|t| t.reactions().user())
            .preload(|t| t.pin())
            .preload(|t| t.reactions_to_posts())
            .order(|t| t.id());
        let topics = topics.load(&db).await?;
        assert_eq!(ids(topics[0].reactions.get()?), [1, 3]);
        assert_eq!(topics[0].reactions.get()?[1].user.get()?.name, "Bob");
        assert_eq!(topics[0].pin.get()?.map(|pin| pin.id), Some(3));
        assert_eq!(ids(topics[0].reactions_to_posts.get()?), [2, 4]);
        assert_eq!(ids(topics[1].reactions.get()?), [0; 0]);
        let mut post = Post::find(&db, 1).await?;
        post.load_reactions(&db).await?;
        assert_eq!(ids(post.reactions.get()?), [2]);
        Ok(())
    });
}

#[test]
fn conditions_joins_and_exists_respect_the_model() {
    with_forum(async |db| {
        seed(&db).await?;
        let found = Reaction::filter(|r| r.subject().post().body().starts_with("What"));
        assert_eq!(ids(&found.load(&db).await?), [2]);
        let either = Reaction::filter(|r| {
            r.subject().topic().title().eq("Traits") | r.subject().post().accepted().eq(true)
        });
        assert_eq!(ids(&either.order(|r| r.id()).load(&db).await?), [1, 3, 4]);
        let topics = Topic::filter(|t| t.reactions().any(|r| r.kind().eq("like")));
        assert_eq!(topics.pluck(|t| t.id()).load(&db).await?, [1]);
        let posts = Post::joins(|p| p.reactions())
            .order(|p| p.id())
            .pluck(|p| p.id());
        assert_eq!(posts.load(&db).await?, [1, 2]);
        let on_posts = Reaction::filter(|r| r.subject().post().is_present());
        assert_eq!(ids(&on_posts.order(|r| r.id()).load(&db).await?), [2, 4]);
        Ok(())
    });
}

#[test]
fn a_way_may_lead_to_the_records_of_one_model() {
    with_forum(async |db| {
        seed(&db).await?;
        let users = User::preload(|u| u.posts_reacted_to()).order(|u| u.id());
        let users = users.load(&db).await?;
        assert_eq!(bodies(users[0].posts_reacted_to.get()?), ["A promise."]);
        assert_eq!(
            bodies(users[1].posts_reacted_to.get()?),
            ["What is a trait?"]
        );
        assert_eq!(bodies(users[2].posts_reacted_to.get()?), [""; 0]);
        let fans = User::filter(|u| u.posts_reacted_to().any(|p| p.id().eq(2)));
        assert_eq!(fans.pluck(|u| u.name()).load(&db).await?, ["Ann"]);
        Ok(())
    });
}

#[test]
fn the_model_stands_in_the_on_of_the_join() {
    let sql = Reaction::filter(|r| r.subject().post().body().eq("x"))
        .pluck(|r| r.id())
        .to_sql(Dialect::Sqlite);
    assert_eq!(
        sql,
        concat!(
            r#"SELECT "reactions"."id" FROM "reactions" LEFT JOIN "posts" AS "subject_post""#,
            r#" ON "subject_post"."id" = "reactions"."subject_id" AND "reactions"."subject_type" = ?"#,
            r#" WHERE "subject_post"."body" = ?"#,
        )
    );
    let sql = Topic::filter(|t| t.pin().is_present())
        .pluck(|t| t.id())
        .to_sql(Dialect::Sqlite);
    assert_eq!(
        sql,
        concat!(
            r#"SELECT "topics"."id" FROM "topics" WHERE EXISTS (SELECT 1 FROM "reactions" AS "pin""#,
            r#" WHERE "pin"."subject_id" = "topics"."id" AND "pin"."subject_type" = ? AND "pin"."kind" = ?)"#,
        )
    );
    let sql = User::joins(|u| u.posts_reacted_to())
        .pluck(|u| u.id())
        .to_sql(Dialect::Sqlite);
    assert_eq!(
        sql,
        concat!(
            r#"SELECT "users"."id" FROM "users" INNER JOIN "reactions" AS "posts_reacted_to_reactions""#,
            r#" ON "posts_reacted_to_reactions"."user_id" = "users"."id" INNER JOIN "posts" AS "posts_reacted_to""#,
            r#" ON "posts_reacted_to"."id" = "posts_reacted_to_reactions"."subject_id""#,
            r#" AND "posts_reacted_to_reactions"."subject_type" = ?"#,
        )
    );
}
