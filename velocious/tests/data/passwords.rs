//! Records with a password.

use velocious::migration::Migrator;
use velocious::password::{self, PasswordRecord};
use velocious::prelude::*;
use velocious::value::{Value, ValueKind};
use velocious::{Password, PasswordDigest};

use crate::databases::with_db;

#[derive(Debug, Clone, PartialEq, Model, serde::Serialize)]
pub(crate) struct Member {
    pub id: i64,
    #[validate(presence)]
    pub email: String,
    #[model(password)]
    pub encrypted_password: PasswordDigest,
    pub club_id: Option<i64>,
    #[belongs_to]
    pub club: BelongsTo<Club>,
    #[serde(skip)]
    pub record: RecordState,
}

/// Somebody who may have no password.
#[derive(Debug, Clone, PartialEq, Model)]
pub(crate) struct Guest {
    pub id: i64,
    #[model(password(min = 4))]
    pub encrypted_password: Option<PasswordDigest>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model, serde::Serialize)]
pub(crate) struct Club {
    pub id: i64,
    pub name: String,
    #[has_many]
    pub members: HasMany<Member>,
    #[serde(skip)]
    pub record: RecordState,
}

struct CreateMembers;

#[migration(version = 20260302120000)]
impl Migration for CreateMembers {
    async fn up(&self, m: &mut Schema) -> Result<()> {
        m.create_table("clubs", |t| {
            t.string("name").null(false);
        })
        .await?;
        m.create_table("members", |t| {
            t.string("email").null(false);
            t.string("encrypted_password").null(false);
            t.references("club").foreign_key();
        })
        .await?;
        m.create_table("guests", |t| {
            t.string("encrypted_password");
        })
        .await
    }
}

fn with_members(test: impl AsyncFn(Db) -> Result<()>) {
    with_db(async |db| {
        let migrations: Vec<Box<dyn Migration>> = vec![Box::new(CreateMembers)];
        Migrator::new(&db, &migrations).migrate().await?;
        test(db).await
    });
}

const RIGHT: &str = "correct horse battery staple";

async fn member(db: &Db) -> Result<Member> {
    let changes = MemberChanges {
        email: Some("ann@example.com".into()),
        password: Some(RIGHT.into()),
        password_confirmation: Some(RIGHT.into()),
        ..Default::default()
    };
    Member::create(db, changes).await
}

/// The digest that is in the database.
async fn stored(db: &Db) -> Result<String> {
    let rows = db
        .rows_sql(
            "SELECT encrypted_password FROM members",
            [],
            &[ValueKind::Text],
        )
        .await?;
    match rows.first().and_then(|row| row.first()) {
        Some(Value::Text(digest)) => Ok(digest.clone()),
        other => Err(Error::message(format!("no digest but {other:?}"))),
    }
}

#[test]
fn a_password_is_stored_as_a_digest_and_verified() {
    with_members(async |db| {
        let mut member = member(&db).await?;
        assert!(
            stored(&db)
                .await?
                .starts_with("$argon2id$v=19$m=19456,t=2,p=1$")
        );
        assert!(member.verify_password(&db, RIGHT).await?);
        assert!(!member.verify_password(&db, "wrong horse").await?);
        assert!(!member.verify_password(&db, "").await?);
        let before = stored(&db).await?;
        assert!(!member.is_changed());
        member.save(&db).await?;
        assert_eq!(stored(&db).await?, before);

        let mut found = Member::first(&db).await?.expect("it is there");
        assert!(found.has_password());
        assert!(found.verify_password(&db, RIGHT).await?);
        found.set_password("another horse");
        assert!(found.is_changed());
        assert!(
            found.verify_password(&db, RIGHT).await?,
            "it is not saved yet"
        );
        found.save(&db).await?;
        assert!(!found.verify_password(&db, RIGHT).await?);
        assert!(found.verify_password(&db, "another horse").await?);
        Ok(())
    });
}

#[test]
fn a_password_has_rules() {
    with_members(async |db| {
        let mut member = Member {
            email: "ann@example.com".into(),
            ..Member::new()
        };
        let messages = async |member: &mut Member| -> Result<Vec<String>> {
            assert!(!member.validate(&db).await?);
            Ok(member.errors().full_messages())
        };
        assert_eq!(messages(&mut member).await?, ["Password can't be blank"]);
        member.set_password("");
        assert_eq!(messages(&mut member).await?, ["Password can't be blank"]);
        member.set_password("1234567");
        assert_eq!(
            messages(&mut member).await?,
            ["Password is too short (minimum is 8 characters)"]
        );
        member.set_password("x".repeat(password::LONGEST + 1));
        assert_eq!(
            messages(&mut member).await?,
            ["Password is too long (maximum is 4096 bytes)"]
        );
        member.set_password("Pässwört");
        member.set_password_confirmation("Passwort");
        assert_eq!(
            messages(&mut member).await?,
            ["Password confirmation doesn't match Password"]
        );
        let error = member.save(&db).await.expect_err("they differ");
        assert_eq!(error.status(), 422);
        assert_eq!(Member::count(&db).await?, 0);
        member.set_password_confirmation("Pässwört");
        member.save(&db).await?;
        assert!(member.verify_password(&db, "Pässwört").await?);
        member.set_password("short");
        assert!(!member.validate(&db).await?);
        member
            .update(
                &db,
                MemberChanges {
                    password: Some("".into()),
                    ..Default::default()
                },
            )
            .await
            .expect_err("still short");
        Ok(())
    });
}

#[test]
fn somebody_may_have_no_password() {
    with_members(async |db| {
        let mut guest = Guest::create(&db, GuestChanges::default()).await?;
        assert!(!guest.has_password());
        assert!(!guest.verify_password(&db, "").await?);
        assert!(!guest.is_changed());
        guest.set_password_confirmation("");
        assert!(!guest.is_changed());
        guest.set_password("1234");
        guest.set_password_confirmation("1234");
        assert!(guest.is_changed());
        guest.save(&db).await?;
        let mut guest = Guest::first(&db).await?.expect("it is there");
        assert!(guest.verify_password(&db, "1234").await?);
        guest.encrypted_password = None;
        guest.save(&db).await?;
        assert!(!guest.verify_password(&db, "1234").await?);
        Ok(())
    });
}

#[test]
fn nobody_sees_a_password_or_a_digest() {
    with_members(async |db| {
        let mut member = member(&db).await?;
        member.set_password("another horse");
        let changes = MemberChanges {
            password: Some("another horse".into()),
            ..Default::default()
        };
        let shown = [
            format!("{member:?} {member:#?}"),
            format!("{changes:?}"),
            format!("{:?}", member.changes()),
            serde_json::to_string(&member)?,
            format!(
                "{:?}",
                Member::pluck(|m| m.encrypted_password()).load(&db).await?
            ),
        ];
        for shown in shown {
            assert!(
                !shown.contains("horse") && !shown.contains("argon2"),
                "{shown}"
            );
        }
        let filtered = || Value::Text("[FILTERED]".into());
        assert_eq!(
            member.changes(),
            [("encrypted_password", filtered(), filtered())]
        );
        member.set_password("short");
        let error = member.save(&db).await.expect_err("it is too short");
        assert!(!format!("{error:?} {error}").contains("\"short\""));
        Ok(())
    });
}

#[test]
fn digests_of_bcrypt_are_read_and_replaced() {
    with_members(async |db| {
        // Made by the C library, as Node, Rails and Devise write theirs.
        let old = "$2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e";
        db.execute_sql(
            "INSERT INTO members (email, encrypted_password) VALUES ('ann@example.com', ?)",
            [Value::Text(old.into())],
        )
        .await?;
        let mut member = Member::first(&db).await?.expect("it is there");
        assert!(!member.verify_password(&db, "wrong horse").await?);
        assert_eq!(stored(&db).await?, old);
        assert!(member.verify_password(&db, "correct horse").await?);
        assert!(stored(&db).await?.starts_with("$argon2id$"));
        assert!(!member.is_changed());
        assert!(member.verify_password(&db, "correct horse").await?);

        // Somebody else has set another password since this one was read.
        let mut late = member.clone();
        late.encrypted_password = PasswordDigest::new(old);
        late.record = RecordState::stored(vec![Value::BigInt(member.id)]);
        assert!(late.verify_password(&db, "correct horse").await?);
        assert_eq!(stored(&db).await?, member.encrypted_password.expose());
        Ok(())
    });
}

#[test]
fn a_member_is_found_by_address_and_password() {
    with_members(async |db| {
        let ann = member(&db).await?.id;
        let by = async |email: &str, password: &str| {
            let found = Member::authenticate(&db, |m| m.email().eq(email), password).await?;
            Ok::<_, Error>(found.map(|member| member.id))
        };
        assert_eq!(by("ann@example.com", RIGHT).await?, Some(ann));
        assert_eq!(by("ann@example.com", "wrong horse").await?, None);
        assert_eq!(by("bob@example.com", RIGHT).await?, None);
        Ok(())
    });
}

#[test]
fn a_password_survives_a_save_that_fails() {
    with_members(async |db| {
        let mut club = Club {
            name: "Riders".into(),
            ..Club::new()
        };
        let built = club.members.build(MemberChanges {
            password: Some(RIGHT.into()),
            ..Default::default()
        });
        built.set_password_confirmation(RIGHT);
        club.save(&db).await.expect_err("there is no address");
        assert_eq!(Club::count(&db).await?, 0);
        let mut copy = club.clone();
        copy.members.get_mut()?[0].email = "ann@example.com".into();
        copy.save(&db).await?;
        let mut member = Member::first(&db).await?.expect("it is there");
        assert!(member.verify_password(&db, RIGHT).await?);

        member.set_password("another horse");
        let outcome = db
            .transaction(async |tx| {
                member.save(&tx).await?;
                Err::<(), _>(Error::message("on purpose"))
            })
            .await;
        assert!(outcome.is_err());
        let mut found = Member::first(&db).await?.expect("it is there");
        assert!(found.verify_password(&db, RIGHT).await?);
        Ok(())
    });
}

#[test]
fn rows_that_are_written_past_the_model_take_digests() {
    with_members(async |db| {
        let digest = password::hash(RIGHT).await?;
        let row = ("ann@example.com", digest.clone());
        Member::insert_multiple(&db, |m| (m.email(), m.encrypted_password()), [row]).await?;
        assert_eq!(stored(&db).await?, digest.expose());
        let changes = MemberChanges {
            email: Some("ann@example.com".into()),
            password: Some(Password::from(RIGHT)),
            ..Default::default()
        };
        let error = Member::upsert(&db, changes, |m| m.email()).await;
        assert_eq!(
            error.expect_err("it has no digest").to_string(),
            "a password becomes a digest when its record is saved: upsert the digest of a `Member` that `velocious::password::hash` makes"
        );
        assert!(!password::verify_dummy(RIGHT).await?);
        Ok(())
    });
}

#[test]
fn a_member_is_created_with_what_it_needs() {
    with_members(async |db| {
        let mut member = create!(
            &db,
            Member {
                email: "ann@example.com".into(),
                encrypted_password: Password::from(RIGHT).into(),
            }
        )
        .await?;
        assert!(member.verify_password(&db, RIGHT).await?);
        Ok(())
    });
}
