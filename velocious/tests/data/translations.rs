//! Attributes in several languages: read with fallbacks, saved with their record, and queried.

use velocious::database::Dialect;
use velocious::locale::{Locales, in_locale};
use velocious::migration::Migrator;
use velocious::prelude::*;
use velocious::value::Value;
use velocious::with_locale;

use crate::databases::with_db;

#[derive(Debug, Clone, PartialEq, Model)]
#[model(translates(name(presence), locales(en, de), timestamps))]
pub(crate) struct Exhibition {
    pub id: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    #[has_many]
    pub works: HasMany<Work>,
    pub record: RecordState,
}

#[derive(Debug, Clone, PartialEq, Model)]
#[model(translates(
    title(length(max = 20), uniqueness(scope = exhibition_id)),
    note,
    locales(en, de, "pt-BR")
))]
pub(crate) struct Work {
    pub id: i64,
    pub number: i32,
    pub exhibition_id: i64,
    #[belongs_to]
    pub exhibition: BelongsTo<Exhibition>,
    pub record: RecordState,
}

struct CreateExhibitions;

#[migration(version = 20260301120000)]
impl Migration for CreateExhibitions {
    async fn up(&self, m: &mut Schema) -> Result<()> {
        m.create_table("exhibitions", |t| t.timestamps()).await?;
        m.create_table("exhibition_translations", |t| {
            t.references("exhibition").foreign_key().null(false);
            t.string("locale").null(false);
            t.string("name");
            t.timestamps();
        })
        .await?;
        let unique = ["exhibition_id", "locale"];
        m.add_index("exhibition_translations", &unique)
            .unique()
            .await?;
        m.create_table("works", |t| {
            t.integer("number").null(false);
            t.references("exhibition").foreign_key().null(false);
        })
        .await?;
        m.create_translations("works", |t| {
            t.string("title");
            t.text("note");
        })
        .await
    }
}

/// Runs a test on a database with these tables, in a program whose language is English, with German behind it.
fn with_exhibitions(test: impl AsyncFn(Db) -> Result<()>) {
    Locales::new("en")
        .fallbacks("en", ["en", "de"])
        .fallbacks("de", ["de", "en"])
        .install();
    with_db(async |db| {
        let migrations: Vec<Box<dyn Migration>> = vec![Box::new(CreateExhibitions)];
        Migrator::new(&db, &migrations).migrate().await?;
        test(db).await
    });
}

async fn exhibition(db: &Db) -> Result<Exhibition> {
    let mut exhibition = Exhibition::new();
    exhibition.set_name_en("Light");
    exhibition.set_name_de("Licht");
    exhibition.save(db).await?;
    Ok(exhibition)
}

async fn work(db: &Db, exhibition: &Exhibition, title: WorkChanges) -> Result<Work> {
    let mut work = Work {
        exhibition_id: exhibition.id,
        ..Work::new()
    };
    work.assign(title);
    work.save(db).await?;
    Ok(work)
}

fn in_english(title: &str) -> WorkChanges {
    WorkChanges {
        title_en: Some(title.into()),
        ..Default::default()
    }
}

fn in_german(title: &str) -> WorkChanges {
    WorkChanges {
        title_de: Some(title.into()),
        ..Default::default()
    }
}

#[test]
fn a_new_record_has_no_text_until_it_is_given_one() {
    with_exhibitions(async |db| {
        let mut work = Work::new();
        assert_eq!(work.title()?, None);
        assert_eq!(work.title_en()?, None);
        assert!(work.translations()?.is_empty());
        work.set_title("Lamp");
        assert_eq!(work.title_en()?, Some("Lamp"));
        work.set_title_in("pt-BR", "Lâmpada");
        assert_eq!(work.title_pt_br()?, Some("Lâmpada"));
        work.set_title_en("  ");
        assert_eq!(work.title()?, None, "a blank text is none");
        work.exhibition_id = exhibition(&db).await?.id;
        work.save(&db).await?;
        let rows = WorkTranslation::all().load(&db).await?;
        assert_eq!(rows.len(), 1, "what is empty is not stored");
        assert_eq!(
            (rows[0].locale.as_str(), rows[0].work_id),
            ("pt-BR", work.id)
        );
        assert_eq!(work.title_pt_br()?, Some("Lâmpada"));

        let mut silent = Work::new();
        silent.exhibition_id = work.exhibition_id;
        silent.save(&db).await?;
        assert_eq!(
            silent.title()?,
            None,
            "a record that was just made has none"
        );
        Ok(())
    });
}

#[test]
fn a_text_is_looked_for_in_the_fallbacks_in_their_order() {
    with_exhibitions(async |db| {
        let exhibition = exhibition(&db).await?;
        let work = work(&db, &exhibition, in_german("Lampe")).await?;
        assert_eq!(work.title()?, Some("Lampe"), "there is none in English");
        assert_eq!(work.title_en()?, None, "one language has no fallbacks");
        assert_eq!(exhibition.name()?, Some("Light"));
        assert_eq!(
            in_locale("de", || exhibition.name().map(|it| it.map(str::len)))?,
            Some(5)
        );
        assert_eq!(in_locale("de", || exhibition.name())?, Some("Licht"));
        assert_eq!(in_locale("fr", || exhibition.name())?, None);
        assert_eq!(exhibition.name_in("de")?, Some("Licht"));
        with_locale("de", async {
            let found = Exhibition::preload(|e| e.translations()).load(&db).await?;
            assert_eq!(found[0].name()?, Some("Licht"));
            Ok::<_, Error>(())
        })
        .await
    });
}

#[test]
fn a_text_that_is_not_loaded_says_so() {
    with_exhibitions(async |db| {
        exhibition(&db).await?;
        let mut found = Exhibition::first(&db).await?.expect("it is there");
        let error = found.name().expect_err("nothing was loaded");
        assert!(error.is_not_loaded());
        assert_eq!(
            error.to_string(),
            "`translations` of `Exhibition` is not loaded: add `.preload(|record| record.translations())` to the query, or call `record.load_translations(&db).await?` first"
        );
        found.load_translations(&db).await?;
        assert_eq!(found.name()?, Some("Light"));
        assert_eq!(found.translations()?.len(), 2);
        Ok(())
    });
}

#[test]
fn translations_are_preloaded_along_relationships() {
    with_exhibitions(async |db| {
        let exhibition = exhibition(&db).await?;
        work(&db, &exhibition, in_english("Lamp")).await?;
        work(&db, &exhibition, in_english("Candle")).await?;
        let works = Work::preload(|w| w.translations())
            .preload(|w| w.exhibition().translations())
            .load(&db)
            .await?;
        let names: Result<Vec<_>> = works
            .iter()
            .map(|work| Ok((work.title()?, work.exhibition.get()?.name_de()?)))
            .collect();
        assert_eq!(
            names?,
            [
                (Some("Lamp"), Some("Licht")),
                (Some("Candle"), Some("Licht"))
            ]
        );
        Ok(())
    });
}

#[test]
fn only_what_changed_is_written() {
    with_exhibitions(async |db| {
        let exhibition = exhibition(&db).await?;
        let id = work(&db, &exhibition, in_english("Lamp")).await?.id;
        let mut work = Work::preload(|w| w.translations()).find(&db, id).await?;
        work.set_title_en("Lamp");
        assert!(!work.is_changed(), "it says the same as before");
        work.set_title_en("Candle");
        work.set_note_de("Aus Wachs");
        assert!(work.is_changed());
        let text = |text: &str| Value::Text(text.into());
        let null = || Value::Null(velocious::value::ValueKind::Text);
        assert_eq!(
            work.changes(),
            [
                ("title_en", text("Lamp"), text("Candle")),
                ("note_de", null(), text("Aus Wachs"))
            ]
        );
        work.save(&db).await?;
        assert!(!work.is_changed());
        assert!(work.changes().is_empty());
        let rows = WorkTranslation::order(|t| t.locale().asc())
            .load(&db)
            .await?;
        let texts: Vec<_> = rows
            .iter()
            .map(|row| {
                (
                    row.locale.as_str(),
                    row.title.as_deref(),
                    row.note.as_deref(),
                )
            })
            .collect();
        assert_eq!(
            texts,
            [
                ("de", None, Some("Aus Wachs")),
                ("en", Some("Candle"), None)
            ]
        );

        work.set_note_de("");
        work.save(&db).await?;
        assert_eq!(
            WorkTranslation::pluck(|t| t.locale()).load(&db).await?,
            ["en"]
        );
        assert_eq!(work.translations()?.len(), 1);
        assert!(!work.is_changed());
        work.set_note_de("Aus Öl");
        work.save(&db).await?;
        assert_eq!(WorkTranslation::count(&db).await?, 2);
        Ok(())
    });
}

#[test]
fn a_text_can_be_set_before_the_others_are_loaded() {
    with_exhibitions(async |db| {
        let exhibition = exhibition(&db).await?;
        let id = work(&db, &exhibition, in_english("Lamp")).await?.id;
        let mut work = Work::find(&db, id).await?;
        work.set_title_de("Lampe");
        work.set_title_en("Old lamp");
        assert!(work.is_changed());
        assert_eq!(work.title_de()?, Some("Lampe"));
        assert!(
            work.title_pt_br()
                .expect_err("nothing is known of it")
                .is_not_loaded()
        );
        work.save(&db).await?;
        assert_eq!(work.title_en()?, Some("Old lamp"));
        assert_eq!(work.translations()?.len(), 2);
        let found = Work::preload(|w| w.translations()).find(&db, id).await?;
        assert_eq!(
            (found.title_en()?, found.title_de()?),
            (Some("Old lamp"), Some("Lampe"))
        );
        Ok(())
    });
}

#[test]
fn one_that_cannot_be_saved_leaves_no_text() {
    with_exhibitions(async |db| {
        let mut exhibition = exhibition(&db).await?;
        exhibition.set_name_en("Night");
        let work = exhibition.works.build(in_english("Lamp"));
        work.set_title_en("much longer than twenty letters");
        let error = exhibition
            .save(&db)
            .await
            .expect_err("the title is too long");
        assert_eq!(error.status(), 422);
        assert_eq!(
            error.to_string(),
            "Works.title is too long (maximum is 20 characters)"
        );
        let stored = Exhibition::preload(|e| e.translations())
            .first(&db)
            .await?
            .expect("it");
        assert_eq!(stored.name_en()?, Some("Light"));

        let failed = db
            .transaction(async |tx| {
                exhibition.works.unload();
                exhibition.save(&tx).await?;
                Err::<(), _>(Error::message("on purpose"))
            })
            .await;
        assert!(failed.is_err());
        let stored = Exhibition::preload(|e| e.translations())
            .first(&db)
            .await?
            .expect("it");
        assert_eq!(stored.name_en()?, Some("Light"));
        Ok(())
    });
}

#[test]
fn rules_are_about_the_text_in_the_current_language() {
    with_exhibitions(async |db| {
        let mut nameless = Exhibition::new();
        assert!(!nameless.validate(&db).await?);
        assert_eq!(nameless.errors().full_messages(), ["Name can't be blank"]);
        nameless.set_name_de("Schatten");
        assert!(
            nameless.validate(&db).await?,
            "German stands in for English"
        );
        nameless.save(&db).await?;

        let mut found = Exhibition::find(&db, nameless.id).await?;
        found.save(&db).await?;
        found.set_name_de("");
        let error = found.save(&db).await.expect_err("nothing is left");
        assert_eq!(error.to_string(), "Name can't be blank");

        let exhibition = exhibition(&db).await?;
        work(&db, &exhibition, in_english("Lamp")).await?;
        let again = work(&db, &exhibition, in_english("Lamp")).await;
        let error = again.expect_err("the title is taken");
        assert_eq!(error.to_string(), "Title has already been taken");
        work(&db, &nameless, in_english("Lamp")).await?;
        work(&db, &exhibition, in_german("Lamp")).await?;
        Ok(())
    });
}

#[test]
fn a_language_that_the_model_does_not_have_is_refused() {
    with_exhibitions(async |db| {
        let mut work = work(&db, &exhibition(&db).await?, in_english("Lamp")).await?;
        in_locale("fr", || work.set_title("Lampe"));
        let error = work.save(&db).await.expect_err("there is no French");
        assert_eq!(
            error.to_string(),
            "`Work` is translated into `en`, `de`, `pt-BR`, but a text was set in `fr`: add it to `locales(…)` of `Work`"
        );
        assert_eq!(error.status(), 500);
        Ok(())
    });
}

#[test]
fn translations_are_deleted_with_their_record() {
    with_exhibitions(async |db| {
        let mut first = exhibition(&db).await?;
        exhibition(&db).await?;
        first.destroy(&db).await?;
        assert_eq!(ExhibitionTranslation::count(&db).await?, 2);
        Exhibition::all().destroy_all(&db).await?;
        assert_eq!(ExhibitionTranslation::count(&db).await?, 0);
        Ok(())
    });
}

#[test]
fn records_are_found_ordered_and_plucked_by_their_texts() {
    with_exhibitions(async |db| {
        let light = exhibition(&db).await?;
        let lamp = work(&db, &light, in_english("Lamp")).await?.id;
        let candle = work(&db, &light, in_german("Kerze")).await?.id;
        let silent = work(&db, &light, WorkChanges::default()).await?.id;
        let ids =
            async |query: velocious::query::Query<Work>| query.pluck(|w| w.id()).load(&db).await;
        assert_eq!(
            ids(Work::filter(|w| w.title_en().eq("Lamp"))).await?,
            [lamp]
        );
        assert_eq!(
            ids(Work::filter(|w| w.title_en().eq("Kerze"))).await?,
            [0; 0]
        );
        assert_eq!(
            ids(Work::filter(|w| w.title().eq("Kerze"))).await?,
            [candle]
        );
        assert_eq!(ids(Work::filter(|w| w.title().is_null())).await?, [silent]);
        assert_eq!(
            ids(Work::filter(|w| w.title_in("de").like("K%"))).await?,
            [candle]
        );
        assert_eq!(
            ids(Work::order(|w| w.title().asc())).await?,
            [silent, candle, lamp]
        );
        assert_eq!(
            ids(Work::order(|w| w.title().desc())).await?,
            [lamp, candle, silent]
        );
        assert_eq!(
            ids(Work::filter(|w| w.exhibition().name_de().eq("Licht")).order(|w| w.id().asc()))
                .await?,
            [lamp, candle, silent]
        );
        assert_eq!(
            Exhibition::filter(|e| e.works().any(|w| w.title().eq("Kerze")))
                .count(&db)
                .await?,
            1
        );
        let titles = Work::order(|w| w.id().asc()).pluck(|w| (w.id(), w.title()));
        assert_eq!(
            titles.load(&db).await?,
            [
                (lamp, Some("Lamp".into())),
                (candle, Some("Kerze".into())),
                (silent, None)
            ]
        );
        let german = in_locale("de", || Work::filter(|w| w.exhibition().name().eq("Licht")));
        assert_eq!(german.count(&db).await?, 3);
        let grouped = Exhibition::group(|e| e.name()).pluck(|e| (e.name(), e.id().count()));
        assert_eq!(grouped.load(&db).await?, [(Some("Light".into()), 1)]);
        Work::filter(|w| w.title().eq("Lamp"))
            .delete_all(&db)
            .await?;
        assert_eq!(Work::count(&db).await?, 2);
        assert_eq!(
            WorkTranslation::pluck(|t| t.work_id()).load(&db).await?,
            [candle]
        );
        Ok(())
    });
}

#[test]
fn records_are_found_or_made_by_their_texts() {
    with_exhibitions(async |db| {
        let light = exhibition(&db).await?;
        let lamp = work(&db, &light, in_english("Lamp")).await?;
        let wanted = |title: &str| WorkChanges {
            exhibition_id: Some(light.id),
            title: Some(title.into()),
            ..Default::default()
        };
        let found = Work::find_or_create_by(&db, wanted("Lamp"), |_| {}).await?;
        assert_eq!(found.id, lamp.id);
        let made = Work::find_or_create_by(&db, wanted("Candle"), |_| {}).await?;
        assert_ne!(made.id, lamp.id);
        assert_eq!(made.title_en()?, Some("Candle"));
        let error = Work::upsert(&db, wanted("Torch"), |w| w.exhibition_id()).await;
        assert_eq!(
            error.expect_err("two tables").to_string(),
            "one statement does not write to two tables: save the translations of `Work` after the upsert"
        );
        Ok(())
    });
}

#[test]
fn a_copy_of_a_record_has_texts_of_its_own() {
    with_exhibitions(async |db| {
        let light = exhibition(&db).await?;
        let mut copy = light.clone();
        copy.set_name_en("Shade");
        assert_eq!(
            (light.name_en()?, copy.name_en()?),
            (Some("Light"), Some("Shade"))
        );
        assert!(!light.is_changed() && copy.is_changed());
        copy.reload(&db).await?;
        assert!(copy.name().is_err(), "nothing is loaded any more");
        Ok(())
    });
}

#[test]
fn each_language_that_is_asked_is_one_join() {
    Locales::new("en")
        .fallbacks("en", ["en", "de"])
        .fallbacks("de", ["de", "en"])
        .install();
    let sql = |query: velocious::query::Query<Work>| {
        let dialects = [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql];
        let [sqlite, postgres, mysql] = dialects.map(|dialect| query.clone().to_sql(dialect));
        assert_eq!(sqlite.replace('"', "`"), mysql);
        assert_eq!(sqlite, postgres.replace(" NULLS FIRST", ""));
        let columns = r#""works"."id", "works"."number", "works"."exhibition_id""#;
        sqlite.replace(columns, "*")
    };
    let in_en = r#"LEFT JOIN "work_translations" AS "translations_en" ON "translations_en"."work_id" = "works"."id" AND "translations_en"."locale" = ?"#;
    let in_de = r#"LEFT JOIN "work_translations" AS "translations_de" ON "translations_de"."work_id" = "works"."id" AND "translations_de"."locale" = ?"#;
    let text =
        r#"COALESCE(NULLIF("translations_en"."title", ''), NULLIF("translations_de"."title", ''))"#;
    assert_eq!(
        sql(Work::filter(|w| w.title_en().eq("Lamp")).order(|w| w.title_en().asc())),
        format!(
            r#"SELECT * FROM "works" {in_en} WHERE "translations_en"."title" = ? ORDER BY "translations_en"."title""#
        )
    );
    assert_eq!(
        sql(Work::filter(|w| w.title().eq("Lamp")).order(|w| w.title().asc())),
        format!(r#"SELECT * FROM "works" {in_en} {in_de} WHERE {text} = ? ORDER BY {text}"#)
    );
    assert_eq!(
        sql(in_locale("fr", || Work::filter(|w| w
            .title_in("pt-BR")
            .eq(w.title())))),
        r#"SELECT * FROM "works" LEFT JOIN "work_translations" AS "translations_pt_br" ON "translations_pt_br"."work_id" = "works"."id" AND "translations_pt_br"."locale" = ? LEFT JOIN "work_translations" AS "translations_fr" ON "translations_fr"."work_id" = "works"."id" AND "translations_fr"."locale" = ? WHERE "translations_pt_br"."title" = "translations_fr"."title""#
    );
    assert_eq!(
        sql(Work::filter(|w| w.exhibition().name_en().eq("Light"))),
        r#"SELECT * FROM "works" LEFT JOIN "exhibitions" AS "exhibition" ON "exhibition"."id" = "works"."exhibition_id" LEFT JOIN "exhibition_translations" AS "exhibition_translations_en" ON "exhibition_translations_en"."exhibition_id" = "exhibition"."id" AND "exhibition_translations_en"."locale" = ? WHERE "exhibition_translations_en"."name" = ?"#
    );
    assert_eq!(
        Exhibition::filter(|e| e.works().any(|w| w.title_de().eq("Lampe"))).to_sql(Dialect::Sqlite),
        r#"SELECT "exhibitions"."id", "exhibitions"."created_at", "exhibitions"."updated_at" FROM "exhibitions" WHERE EXISTS (SELECT 1 FROM "works" AS "works" LEFT JOIN "work_translations" AS "translations_de" ON "translations_de"."work_id" = "works"."id" AND "translations_de"."locale" = ? WHERE "works"."exhibition_id" = "exhibitions"."id" AND "translations_de"."title" = ?)"#
    );
}

/// Some columns of a work, along its relationship too.
#[derive(Debug, PartialEq, Projection)]
#[projection(model = Work)]
struct Label {
    number: i32,
    #[projection(from = title_de)]
    german: Option<String>,
    #[projection(from = exhibition.name)]
    exhibition: Option<String>,
}

#[test]
fn texts_are_columns_of_projections() {
    with_exhibitions(async |db| {
        let light = exhibition(&db).await?;
        work(&db, &light, in_german("Lampe")).await?;
        let labels: Vec<Label> = Work::select().load(&db).await?;
        let label = Label {
            number: 0,
            german: Some("Lampe".into()),
            exhibition: Some("Light".into()),
        };
        assert_eq!(labels, [label]);
        Ok(())
    });
}

#[test]
fn a_text_that_others_have_left_blank_is_none() {
    with_exhibitions(async |db| {
        let light = exhibition(&db).await?;
        let id = work(&db, &light, in_german("Lampe")).await?.id;
        let row = WorkTranslationChanges {
            work_id: Some(id),
            locale: Some("en".into()),
            title: Some(Some(String::new())),
            ..Default::default()
        };
        WorkTranslation::create(&db, row).await?;
        let found = Work::preload(|w| w.translations()).find(&db, id).await?;
        assert_eq!((found.title()?, found.title_en()?), (Some("Lampe"), None));
        assert_eq!(Work::filter(|w| w.title().eq("Lampe")).count(&db).await?, 1);
        Ok(())
    });
}
