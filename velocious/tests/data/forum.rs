//! Models with every kind of relationship, their tables, and a database that holds them.

use velocious::prelude::*;
use velocious::query::Condition;

use crate::databases::{count_on, with_tables};

#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct User {
    pub id: i64,
    pub name: String,

    #[has_many]
    pub memberships: HasMany<Membership>,
    #[has_many(through = memberships)]
    pub groups: HasMany<Group>,
    #[has_many(through = groups, source = topics)]
    pub group_topics: HasMany<Topic>,
    #[has_many(through = groups, source = posts)]
    pub group_posts: HasMany<Post>,
    #[has_many]
    pub posts: HasMany<Post>,
    #[has_many(through = posts, source = topic)]
    pub topics_once_a_post: HasMany<Topic>,
    #[has_many(through = posts, source = topic, distinct)]
    pub topics: HasMany<Topic>,
    #[has_one(key = user_name, primary_key = name)]
    pub nickname: HasOne<Nickname>,
    #[has_many]
    pub reactions: HasMany<Reaction>,
    #[has_many(through = reactions, source = subject, source_type = Post)]
    pub posts_reacted_to: HasMany<Post>,
    pub record: RecordState,
}

/// Refers to a user by name.
#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Nickname {
    pub id: i64,
    pub text: String,
    pub user_name: Option<String>,

    #[belongs_to(key = user_name, primary_key = name)]
    pub user: BelongsTo<User>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Group {
    pub id: i64,
    pub name: String,

    #[has_many]
    pub memberships: HasMany<Membership>,
    #[has_many(through = memberships)]
    pub users: HasMany<User>,
    #[has_many(scope = Membership::of_admins)]
    pub admin_memberships: HasMany<Membership>,
    #[has_many(through = admin_memberships, source = user, scope = |user| user.name().ne("Root"))]
    pub admins: HasMany<User>,
    #[has_many]
    pub topics: HasMany<Topic>,
    #[has_many(through = topics)]
    pub posts: HasMany<Post>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Membership {
    pub id: i64,
    pub user_id: i64,
    pub group_id: i64,
    pub admin: bool,

    #[belongs_to]
    pub user: BelongsTo<User>,
    #[belongs_to]
    pub group: BelongsTo<Group>,
    pub record: RecordState,
}

impl Membership {
    fn of_admins(membership: MembershipHandle<Membership>) -> Condition<Membership> {
        membership.admin().eq(true)
    }
}

#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Topic {
    pub id: i64,
    pub title: String,
    pub group_id: i64,
    pub closed: bool,

    #[belongs_to]
    pub group: BelongsTo<Group>,
    #[has_many]
    pub posts: HasMany<Post>,
    #[has_many(scope = |post| post.accepted().eq(true))]
    pub accepted_posts: HasMany<Post>,
    #[has_one(scope = |post| post.accepted().eq(true))]
    pub best_post: HasOne<Post>,
    #[has_many(scope = |post| post.user().name().eq("Ann"))]
    pub posts_of_ann: HasMany<Post>,
    #[has_many(as = subject)]
    pub reactions: HasMany<Reaction>,
    #[has_one(as = subject, scope = |reaction| reaction.kind().eq("pin"))]
    pub pin: HasOne<Reaction>,
    #[has_many(through = posts, source = reactions)]
    pub reactions_to_posts: HasMany<Reaction>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Post {
    pub id: i64,
    pub body: String,
    pub topic_id: i64,
    pub user_id: Option<i64>,
    pub accepted: bool,

    #[belongs_to]
    pub topic: BelongsTo<Topic>,
    #[belongs_to(key = topic_id, scope = |topic| topic.closed().eq(false))]
    pub open_topic: BelongsTo<Topic>,
    #[belongs_to]
    pub user: BelongsTo<User>,
    #[has_one(through = topic)]
    pub group: HasOne<Group>,
    #[has_many(through = topic, source = posts)]
    pub siblings: HasMany<Post>,
    #[has_many(as = subject)]
    pub reactions: HasMany<Reaction>,
    pub record: RecordState,
}

/// What people can react to.
#[derive(Debug, Clone, PartialEq, Polymorphic)]
pub(crate) enum Subject {
    Topic(Topic),
    Post(Post),
}

#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Reaction {
    pub id: i64,
    pub kind: String,
    pub user_id: i64,
    pub subject_id: Option<i64>,
    pub subject_type: Option<String>,

    #[belongs_to]
    pub user: BelongsTo<User>,
    #[belongs_to(polymorphic)]
    pub subject: BelongsToAny<Subject>,
    pub record: RecordState,
}

const TABLES: &str = "
    CREATE TABLE users ({id}, name VARCHAR(255) NOT NULL);
    CREATE TABLE nicknames ({id}, text VARCHAR(255) NOT NULL, user_name VARCHAR(255));
    CREATE TABLE groups ({id}, name VARCHAR(255) NOT NULL);
    CREATE TABLE memberships (
        {id}, user_id BIGINT NOT NULL, group_id BIGINT NOT NULL, admin BOOLEAN NOT NULL DEFAULT FALSE,
        FOREIGN KEY (user_id) REFERENCES users (id), FOREIGN KEY (group_id) REFERENCES groups (id)
    );
    CREATE TABLE topics (
        {id}, title VARCHAR(255) NOT NULL, group_id BIGINT NOT NULL, closed BOOLEAN NOT NULL DEFAULT FALSE,
        FOREIGN KEY (group_id) REFERENCES groups (id)
    );
    CREATE TABLE posts (
        {id}, body VARCHAR(255) NOT NULL, topic_id BIGINT NOT NULL, user_id BIGINT,
        accepted BOOLEAN NOT NULL DEFAULT FALSE,
        FOREIGN KEY (topic_id) REFERENCES topics (id), FOREIGN KEY (user_id) REFERENCES users (id)
    );
    CREATE TABLE reactions (
        {id}, kind VARCHAR(255) NOT NULL, user_id BIGINT NOT NULL, subject_id BIGINT, subject_type VARCHAR(255),
        FOREIGN KEY (user_id) REFERENCES users (id)
    );
";

/// Runs a test on an empty forum of its own, on every database.
pub(crate) fn with_forum(test: impl AsyncFn(Db) -> Result<()>) {
    with_tables(TABLES, test);
}

/// Ann and Bob in a group of rust, Bob and Cid in one of ruby; three topics with six posts.
pub(crate) async fn seed(db: &Db) -> Result<()> {
    db.batch(
        "INSERT INTO users (id, name) VALUES (1, 'Ann'), (2, 'Bob'), (3, 'Cid');
         INSERT INTO nicknames (id, text, user_name) VALUES (1, 'Annie', 'Ann'), (2, 'Nobody', NULL);
         INSERT INTO groups (id, name) VALUES (1, 'rust'), (2, 'ruby'), (3, 'nobody');
         INSERT INTO memberships (id, user_id, group_id, admin) VALUES
             (1, 1, 1, TRUE), (2, 2, 1, FALSE), (3, 2, 2, TRUE), (4, 3, 2, FALSE);
         INSERT INTO topics (id, title, group_id, closed) VALUES
             (1, 'Traits', 1, FALSE), (2, 'Macros', 1, TRUE), (3, 'Gems', 2, FALSE);
         INSERT INTO posts (id, body, topic_id, user_id, accepted) VALUES
             (1, 'What is a trait?', 1, 2, FALSE), (2, 'A promise.', 1, 1, TRUE), (3, 'An interface.', 1, NULL, TRUE),
             (4, 'How?', 2, 2, FALSE), (5, 'Which?', 3, 3, FALSE), (6, 'This one.', 3, 2, TRUE);
         INSERT INTO reactions (id, kind, user_id, subject_id, subject_type) VALUES
             (1, 'like', 1, 1, 'Topic'), (2, 'like', 2, 1, 'Post'), (3, 'pin', 2, 1, 'Topic'), (4, 'pin', 1, 2, 'Post'),
             (5, 'like', 3, 99, 'Post'), (6, 'like', 3, NULL, NULL), (7, 'like', 3, 1, 'Planet');",
    )
    .await?;
    let tables = [
        "users",
        "nicknames",
        "groups",
        "memberships",
        "topics",
        "posts",
        "reactions",
    ];
    count_on(db, &tables).await
}

/// The bodies of posts.
pub(crate) fn bodies(posts: &[Post]) -> Vec<&str> {
    posts.iter().map(|post| post.body.as_str()).collect()
}

/// The names of users.
pub(crate) fn names(users: &[User]) -> Vec<&str> {
    users.iter().map(|user| user.name.as_str()).collect()
}
