//! Messages of an application in the languages of `velocious/locales`: in controllers, in views, in validations.

use maud::html;
use velocious::locale::{Locales, in_locale};
use velocious::prelude::*;
use velocious::testing::TestApp;
use velocious::{message, with_locale};

#[derive(Model)]
#[model(unchecked, table = "message_dishes")]
struct Dish {
    id: i64,
    #[validate(presence, length(max = 1))]
    name: String,
    record: RecordState,
}

pub mod routes {
    velocious::routes! {
        get greeting => messages::greeting;
        get errors => messages::errors;
        get count => messages::count;
    }
}

pub mod controllers {
    use super::*;

    pub struct MessagesController;

    #[controller(before(in_language))]
    impl MessagesController {
        async fn in_language(ctx: &Context) -> Result<velocious::Flow> {
            ctx.set_locale(ctx.preferred_locale())?;
            Ok(velocious::Flow::Continue)
        }

        /// A view: what is filled in is escaped there.
        pub async fn greeting(ctx: Context) -> Result<Response> {
            let user_name = "<Ada>";
            ctx.render(html! { h1 { (t!("Hello %{user_name}", user_name)) } })
        }

        pub async fn errors(ctx: Context) -> Result<Response> {
            let mut dish = Dish::new();
            let blank = dish.save(ctx.db()).await.err();
            dish.name = "Soup".into();
            let long = dish.save(ctx.db()).await.err();
            let said = [blank, long].map(|error| error.map(|error| error.to_string()));
            ctx.render_json(&said)
        }

        pub async fn count(ctx: Context) -> Result<Response> {
            let counts = [0, 1, 2, 5, 22].map(|n| t!("One task", "%{n} tasks", n = n));
            ctx.render_json(&counts)
        }
    }
}

struct CreateDishes;

#[migration(version = 20260101120000)]
impl Migration for CreateDishes {
    async fn change(&self, m: &mut Schema) -> Result<()> {
        m.create_table("message_dishes", |t| {
            t.string("name");
        })
        .await
    }
}

fn in_english(test: impl AsyncFnOnce(TestApp)) {
    Locales::new("en")
        .available(["pl", "it"])
        .fallbacks("de", ["en"])
        .install();
    let application = Application::new("bistro", "1.0.0", "/nowhere")
        .routes(routes::routes())
        .messages(velocious::messages!())
        .migrations(velocious::migrations![CreateDishes]);
    TestApp::run(application, test);
}

#[test]
fn pages_are_in_the_language_of_the_request() {
    in_english(async |app| {
        for (language, greeting) in [
            ("de", "<h1>Hallo &lt;Ada&gt;</h1>"),
            ("en", "<h1>Hello &lt;Ada&gt;</h1>"),
            ("pl", "<h1>Hello &lt;Ada&gt;</h1>"),
        ] {
            let page = app.get("/greeting").header("accept-language", language);
            let page = page.await;
            page.assert_status(200);
            assert!(page.text().contains(greeting), "{}", page.text());
        }
        let counts = app.get("/count").header("accept-language", "pl").await;
        assert_eq!(
            counts.text(),
            r#"["0 zadań","1 zadanie","2 zadania","5 zadań","22 zadania"]"#
        );
    });
}

#[test]
fn validations_are_in_the_language_of_the_request() {
    in_english(async |app| {
        let errors = app.get("/errors").header("accept-language", "de").await;
        assert_eq!(
            errors.text(),
            r#"["Gericht muss ausgefüllt werden","Gericht ist zu lang (höchstens ein Zeichen)"]"#
        );
        let errors = app.get("/errors").header("accept-language", "en").await;
        assert_eq!(
            errors.text(),
            r#"["Name can't be blank","Name is too long (maximum is 1 character)"]"#
        );
    });
}

#[test]
fn what_is_missing_is_looked_for_in_fallbacks_and_then_in_the_applications_own_language() {
    Locales::new("en")
        .available(["pl", "it"])
        .fallbacks("de", ["en"])
        .install();
    let english = || t!("Only in English so far");
    // Its own text, a fallback's, the application's own.
    assert_eq!(in_locale("en", english), "So far only in English");
    assert_eq!(in_locale("de", english), "So far only in English");
    assert_eq!(in_locale("pl", english), "So far only in English");
    // A language without a catalogue is that of the code.
    assert_eq!(in_locale("it", english), "Only in English so far");
    let german = || t!("Only in German so far");
    assert_eq!(in_locale("de", german), "Bisher nur auf Deutsch");
    assert_eq!(in_locale("pl", german), "Only in German so far");
    // What a machine has guessed does not count yet.
    assert_eq!(in_locale("de", || t!("New task")), "New task");
}

#[test]
fn a_word_has_a_text_for_each_of_its_contexts() {
    in_locale("de", || {
        assert_eq!(t!(context = "menu", "Open"), "Öffnen");
        assert_eq!(t!(context = "status", "Open"), "Offen");
    });
}

#[test]
fn a_future_is_in_its_language_and_values_are_what_can_be_shown() {
    let app = actix_rt();
    let said = app.block_on(with_locale("de", async {
        let name = String::from("Ada");
        let owned = t!("Hello %{user_name}", user_name = &name[..2]);
        let number = t!("Hello %{user_name}", user_name = 1 + 1,);
        [owned, number, t!("Hello %{user_name}", user_name = name)]
    }));
    assert_eq!(said, ["Hallo Ad", "Hallo 2", "Hallo Ada"]);
}

fn actix_rt() -> velocious::actix_web::rt::SystemRunner {
    velocious::actix_web::rt::System::new()
}

#[test]
fn a_text_that_is_known_only_now_can_be_found() {
    message::install(velocious::messages!());
    assert_eq!(in_locale("de", || message::find("Draft")), "Entwurf");
    assert_eq!(in_locale("en", || message::find("Draft")), "Draft");
}
