//! The language of a request.

use velocious::controller::Next;
use velocious::locale::Locales;
use velocious::prelude::*;
use velocious::testing::TestApp;
use velocious::with_locale;

#[derive(Model)]
#[model(translates(name, locales(en, de, fr)))]
struct Dish {
    id: i64,
    record: RecordState,
}

pub mod routes {
    velocious::routes! {
        resources dishes only(index, show);
        get plain => dishes::plain;
        get inner => dishes::inner;
    }
}

pub mod controllers {
    use super::*;

    pub struct DishesController;

    #[controller(around(in_language, except(plain)))]
    impl DishesController {
        async fn in_language(ctx: &Context, next: Next<'_>) -> Result<Response> {
            match ctx.request().query_string().strip_prefix("locale=") {
                Some(locale) => ctx.set_locale(locale)?,
                None => ctx.set_locale(ctx.preferred_locale())?,
            }
            next.run().await
        }

        /// Names in the language of the request, found and ordered in it.
        pub async fn index(ctx: Context) -> Result<Response> {
            let dishes = Dish::order(|dish| dish.name().asc())
                .preload(|dish| dish.translations())
                .load(ctx.db())
                .await?;
            let names: Result<Vec<_>> = dishes.iter().map(Dish::name).collect();
            ctx.render_json(&(ctx.locale().as_str(), names?))
        }

        pub async fn show(ctx: Context, Path(name): Path<String>) -> Result<Response> {
            let found = Dish::filter(|dish| dish.name().eq(name))
                .count(ctx.db())
                .await?;
            ctx.render_json(&found)
        }

        pub async fn plain(ctx: Context) -> Result<Response> {
            ctx.render_json(&(ctx.locale().as_str(), ctx.preferred_locale().as_str()))
        }

        pub async fn inner(ctx: Context) -> Result<Response> {
            let inside = with_locale("fr", async { ctx.locale() }).await;
            ctx.render_json(&(inside.as_str(), ctx.locale().as_str()))
        }
    }
}

struct CreateDishes;

#[migration(version = 20260101120000)]
impl Migration for CreateDishes {
    async fn change(&self, m: &mut Schema) -> Result<()> {
        m.create_table("dishes", |_| {}).await?;
        m.create_translations("dishes", |t| {
            t.string("name");
        })
        .await
    }
}

fn on(test: impl AsyncFnOnce(TestApp) -> Result<()>) {
    Locales::new("en")
        .available(["fr"])
        .fallbacks("de", ["de", "en"])
        .install();
    let application = Application::new("bistro", "1.0.0", "/nowhere")
        .routes(routes::routes())
        .migrations(velocious::migrations![CreateDishes]);
    TestApp::run(application, async |app| {
        for (en, de) in [("Soup", "Auflauf"), ("Apple pie", "Zwetschgenkuchen")] {
            let mut dish = Dish::new();
            dish.set_name_en(en);
            dish.set_name_de(de);
            dish.save(app.db()).await?;
        }
        test(app).await
    })
    .expect("no error");
}

#[test]
fn what_the_browser_asks_for_decides() {
    on(async |app| {
        for (accept, answer) in [
            ("de", r#"["de",["Auflauf","Zwetschgenkuchen"]]"#),
            (
                "de-AT, en;q=0.8",
                r#"["de",["Auflauf","Zwetschgenkuchen"]]"#,
            ),
            (
                "en;q=0.5, DE;q=0.6",
                r#"["de",["Auflauf","Zwetschgenkuchen"]]"#,
            ),
            ("es, *;q=0.1", r#"["en",["Apple pie","Soup"]]"#),
            ("de;q=0, en", r#"["en",["Apple pie","Soup"]]"#),
            ("es", r#"["en",["Apple pie","Soup"]]"#),
            ("", r#"["en",["Apple pie","Soup"]]"#),
            (";;q=,,", r#"["en",["Apple pie","Soup"]]"#),
            ("fr", r#"["fr",[null,null]]"#),
        ] {
            let list = app.get("/dishes").header("accept-language", accept).await;
            assert_eq!(list.text(), answer, "{accept}");
            let varies: Vec<_> = list.headers("vary").collect();
            assert!(varies.contains(&"accept-language"), "{varies:?}");
        }
        let list = app.get("/dishes").header("accept-language", "de-CH").await;
        assert_eq!(list.header("content-language"), Some("de"));
        Ok(())
    });
}

#[test]
fn queries_of_a_request_are_in_its_language() {
    on(async |app| {
        let found = app
            .get("/dishes/Auflauf")
            .header("accept-language", "de")
            .await;
        found.assert_json(&1.into());
        let found = app
            .get("/dishes/Auflauf")
            .header("accept-language", "en")
            .await;
        found.assert_json(&0.into());
        Ok(())
    });
}

#[test]
fn a_language_is_chosen_among_those_that_are_available() {
    on(async |app| {
        let list = app
            .get("/dishes?locale=DE")
            .header("accept-language", "en")
            .await;
        assert_eq!(list.header("content-language"), Some("de"));
        app.get("/dishes?locale=es").await.assert_status(404);
        app.get("/dishes?locale=").await.assert_status(404);
        app.get("/dishes?locale=de%0d%0aX:y")
            .await
            .assert_status(404);
        Ok(())
    });
}

#[test]
fn a_language_ends_with_its_request_and_with_its_block() {
    on(async |app| {
        app.get("/dishes?locale=de").await.assert_status(200);
        let plain = app.get("/plain").header("accept-language", "fr").await;
        assert_eq!(plain.text(), r#"["en","fr"]"#);
        assert_eq!(plain.header("content-language"), None);
        let inner = app.get("/inner").header("accept-language", "de").await;
        assert_eq!(inner.text(), r#"["fr","de"]"#);
        let around = with_locale("fr", app.get("/plain").into_future()).await;
        assert_eq!(around.text(), r#"["en","en"]"#);
        Ok(())
    });
}
