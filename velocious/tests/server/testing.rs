//! `#[velocious::test]`: what it runs, how often, and with what around it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use velocious::prelude::*;
use velocious::testing::{TestApp, TestRetry};

pub(crate) mod controllers {
    use velocious::prelude::*;

    pub struct GreetingsController;

    #[controller]
    impl GreetingsController {
        pub async fn index(ctx: Context) -> Result<Response> {
            ctx.render_json("hello")
        }
    }
}

mod routes {
    velocious::routes! { resources greetings only(index); }
}

fn application() -> Application {
    Application::new("greetings", "1.0.0", "/nowhere").routes(routes::routes())
}

#[velocious::test]
async fn a_test_is_called_with_the_application(app: TestApp) {
    app.get("/greetings").await.assert_json(&"hello".into());
}

#[velocious::test]
async fn a_test_may_answer_with_an_error(app: TestApp) -> Result<()> {
    app.db().batch("CREATE TABLE greetings (id INTEGER)").await
}

#[velocious::test(tags("alone"))]
async fn a_test_without_an_argument_has_no_application() {
    assert!(Db::current().is_err());
}

mod elsewhere {
    use velocious::testing::TestApp;

    #[velocious::test(application = super::application)]
    async fn the_application_can_be_named(app: TestApp) {
        app.get("/greetings").await.assert_status(200);
    }
}

#[velocious::test]
#[should_panic(expected = "nobody")]
async fn an_error_fails_the_test(app: TestApp) -> Result<()> {
    app.db().batch("DELETE FROM nobody").await
}

#[velocious::test(timeout = "20ms")]
#[should_panic(expected = "timed out after 20ms: server::testing::what_takes_too_long_fails")]
async fn what_takes_too_long_fails() {
    std::future::pending::<()>().await;
}

static TRIES: AtomicUsize = AtomicUsize::new(0);
static TOLD: Mutex<Vec<String>> = Mutex::new(Vec::new());

async fn note(retry: &TestRetry) {
    let line = format!(
        "{} of {}: {}",
        retry.next_attempt,
        retry.retries + 1,
        retry.error
    );
    TOLD.lock().expect("the lines").push(line);
}

#[velocious::test(retry = 2, on_retry = note)]
async fn what_fails_is_tried_again(app: TestApp) -> Result<(), String> {
    // Each try has a database of its own.
    let made = app.db().batch("CREATE TABLE greetings (id INTEGER)").await;
    made.map_err(|error| error.to_string())?;
    match TRIES.fetch_add(1, Ordering::SeqCst) {
        0 => Err("it said so".into()),
        1 => panic!("it panicked"),
        _ => {
            let told = TOLD.lock().expect("the lines");
            assert_eq!(*told, ["2 of 3: \"it said so\"", "3 of 3: it panicked"]);
            Ok(())
        }
    }
}

static FAILURES: AtomicUsize = AtomicUsize::new(0);

mod failing {
    use super::*;

    #[velocious::test(retry = 1)]
    #[should_panic(expected = "try 2")]
    async fn the_last_failure_is_the_one_that_counts() {
        panic!("try {}", FAILURES.fetch_add(1, Ordering::SeqCst) + 1);
    }
}

/// What happened around the tests of a module, in its order.
static STEPS: Mutex<Vec<&str>> = Mutex::new(Vec::new());

fn step(what: &'static str) {
    STEPS.lock().expect("the steps").push(what);
}

async fn outer_before(_: &TestApp) {
    step("outer before");
}

async fn outer_after(_: &TestApp) {
    step("outer after");
}

async fn inner_before(app: &TestApp) -> Result<()> {
    step("inner before");
    app.db().batch("CREATE TABLE greetings (id INTEGER)").await
}

async fn inner_after(app: &TestApp) -> Result<()> {
    step("inner after");
    app.db().batch("DROP TABLE greetings").await
}

#[velocious::tests(before(outer_before), after(outer_after), retry = 1)]
mod around {
    use super::*;

    #[velocious::tests(before(inner_before))]
    mod inner {
        use super::*;

        #[velocious::test(after(inner_after), retry = 0)]
        async fn functions_run_around_a_test_from_the_outside_in_and_back(app: TestApp) {
            step("test");
            let rows = app.db().batch("INSERT INTO greetings VALUES (1)").await;
            assert!(rows.is_ok());
        }
    }

    #[velocious::test]
    async fn what_the_module_says_holds_for_its_tests(app: TestApp) {
        static TRIES: AtomicUsize = AtomicUsize::new(0);
        app.get("/greetings").await.assert_status(200);
        assert_eq!(TRIES.fetch_add(1, Ordering::SeqCst), 1, "the second try");
    }
}

#[test]
fn after_functions_run_whatever_comes_of_the_test() {
    use velocious::__private::{TestCase, run_test_with_application, told};

    fn case() -> TestCase {
        TestCase {
            name: "it",
            place: "here",
            retry: 0,
            timeout: None,
            on_retry: None,
        }
    }
    static SWEPT: AtomicUsize = AtomicUsize::new(0);
    async fn sweep(_: &TestApp) {
        SWEPT.fetch_add(1, Ordering::SeqCst);
    }
    async fn panics(_: TestApp) {
        panic!("at once");
    }
    async fn refuse(_: &TestApp) -> Result<(), &'static str> {
        Err("refused")
    }
    let said = |run: &dyn Fn()| {
        let panic = catch_unwind(AssertUnwindSafe(run)).expect_err("it fails");
        let text = panic.downcast_ref::<String>().cloned();
        text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).into()))
    };
    let panicked = said(&|| {
        run_test_with_application(case(), application, &[], &[|app| told(sweep(app))], panics);
    });
    assert_eq!(
        (panicked.as_deref(), SWEPT.load(Ordering::SeqCst)),
        (Some("at once"), 1)
    );
    let refused = said(&|| {
        run_test_with_application(
            case(),
            application,
            &[|app| told(refuse(app))],
            &[|app| told(sweep(app))],
            panics,
        );
    });
    assert_eq!(
        (refused.as_deref(), SWEPT.load(Ordering::SeqCst)),
        (Some("\"refused\""), 2)
    );
    let at_the_end = said(&|| {
        run_test_with_application(
            case(),
            application,
            &[],
            &[|app| told(refuse(app))],
            |_| async {},
        );
    });
    assert_eq!(at_the_end.as_deref(), Some("\"refused\""));
    // The first failure is the one to know.
    let both = said(&|| {
        run_test_with_application(
            case(),
            application,
            &[],
            &[|app| told(refuse(app))],
            |_| async { Err::<(), _>("first") },
        );
    });
    assert_eq!(both.as_deref(), Some("\"first\""));
}
