//! A test that `#[velocious::test]` declares, as it runs: tries, limits, functions around it.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use super::TestApp;
use crate::Application;
use crate::controller::LocalBoxFuture;
use crate::http::said;

/// How long a test may take where nothing is said.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The variable that says otherwise, as in `30s`.
const TIMEOUT_VARIABLE: &str = "VELOCIOUS_TEST_TIMEOUT";

/// What the attribute of a test says.
pub struct TestCase {
    /// Where the function is: `requests::tasks::creates_a_task`.
    pub name: &'static str,
    /// Where its source is: `tests/requests/tasks.rs:7`.
    pub place: &'static str,
    /// How often it is run again when it fails.
    pub retry: usize,
    /// How long it may take, in milliseconds; 0 is without limit.
    pub timeout: Option<u64>,
    /// Is told before it runs again.
    pub on_retry: Option<fn(&TestRetry) -> Told<'_>>,
}

/// A function around a test.
pub(crate) type Hook = for<'a> fn(&'a TestApp) -> Told<'a>;

/// What such a function answers: nothing, or what it says is wrong.
pub(crate) type Told<'a> = LocalBoxFuture<'a, Result<(), String>>;

/// A test that has failed and is about to run again.
#[derive(Clone, Debug)]
pub struct TestRetry {
    /// The test, as in `requests::tasks::creates_a_task`.
    pub test: &'static str,
    /// Which try comes now; the first one again is 2.
    pub next_attempt: usize,
    /// How often it is run again at most.
    pub retries: usize,
    /// What the last failure said.
    pub error: String,
}

/// What a test and the functions around it may return: nothing, or a `Result`.
#[diagnostic::on_unimplemented(
    message = "a test returns nothing or a `Result`, not `{Self}`",
    label = "is called for a test"
)]
pub trait TestOutcome {
    /// The failure in words.
    fn into_result(self) -> Result<(), String>;
}

impl TestOutcome for () {
    fn into_result(self) -> Result<(), String> {
        Ok(())
    }
}

impl<T: TestOutcome, E: fmt::Debug> TestOutcome for Result<T, E> {
    fn into_result(self) -> Result<(), String> {
        match self {
            Ok(outcome) => outcome.into_result(),
            Err(error) => Err(format!("{error:?}")),
        }
    }
}

/// The answer of a function around a test, once it has come.
pub fn told<'a, T: TestOutcome>(answer: impl Future<Output = T> + 'a) -> Told<'a> {
    Box::pin(async { answer.await.into_result() })
}

/// Runs a test that has an application of its own.
///
/// # Panics
/// When the test fails at its last try, which is how a test harness learns of it.
pub fn run_test_with_application<T: TestOutcome, F: Future<Output = T>>(
    case: TestCase,
    application: fn() -> Application,
    before: &[Hook],
    after: &[Hook],
    test: impl Fn(TestApp) -> F,
) {
    run(&case, || {
        TestApp::run(application(), async |app| {
            let outcome = Caught(Box::pin(async {
                for hook in before {
                    hook(&app).await?;
                }
                case.in_time(test(app.clone())).await
            }));
            let mut outcome = outcome.await;
            for hook in after.iter().rev() {
                let answer = Caught(hook(&app)).await;
                // The first failure is the one to know.
                if matches!(outcome, Ok(Ok(()))) {
                    outcome = answer;
                }
            }
            outcome
        })
    });
}

/// Runs a test that needs no application.
///
/// # Panics
/// As [`run_test_with_application`].
pub fn run_test<T: TestOutcome, F: Future<Output = T>>(case: TestCase, test: impl Fn() -> F) {
    run(&case, || {
        let outcome = async { Caught(Box::pin(case.in_time(test()))).await };
        actix_web::rt::System::new().block_on(outcome)
    });
}

/// What became of one try: it panicked, or said what is wrong, or neither.
type Attempt = Result<Result<(), String>, Box<dyn Any + Send>>;

/// Tries until it succeeds or has been tried often enough.
fn run(case: &TestCase, attempt: impl Fn() -> Attempt) {
    let mut retries = 0;
    loop {
        let outcome = catch_unwind(AssertUnwindSafe(&attempt)).and_then(|outcome| outcome);
        let error = match &outcome {
            Ok(Ok(())) => return,
            Ok(Err(error)) => error.clone(),
            Err(panic) => said(&**panic).unwrap_or_else(|| "a panic without words".into()),
        };
        if retries == case.retry {
            eprintln!("Run it again: velocious test {}", case.place);
            match outcome {
                Err(panic) => resume_unwind(panic),
                _ => panic!("{error}"),
            }
        }
        retries += 1;
        eprintln!("Retrying ({retries}/{}) after error: {error}", case.retry);
        case.tell(retries, error);
    }
}

impl TestCase {
    /// Runs `test`, as long as it may.
    async fn in_time<T: TestOutcome>(&self, test: impl Future<Output = T>) -> Result<(), String> {
        let limit = match self.timeout {
            Some(milliseconds) => Duration::from_millis(milliseconds),
            None => usual_limit()?,
        };
        if limit.is_zero() {
            return test.await.into_result();
        }
        match tokio::time::timeout(limit, test).await {
            Ok(outcome) => outcome.into_result(),
            Err(_) => Err(format!("timed out after {limit:?}: {}", self.name)),
        }
    }

    fn tell(&self, retries: usize, error: String) {
        let Some(listener) = self.on_retry else {
            return;
        };
        let retry = TestRetry {
            test: self.name,
            next_attempt: retries + 1,
            retries: self.retry,
            error,
        };
        let told = actix_web::rt::System::new().block_on(listener(&retry));
        if let Err(error) = told {
            panic!("before `{}` could run again: {error}", self.name);
        }
    }
}

/// The limit for tests that do not say.
fn usual_limit() -> Result<Duration, String> {
    let Ok(text) = std::env::var(TIMEOUT_VARIABLE) else {
        return Ok(TIMEOUT);
    };
    limit(&text).ok_or_else(|| {
        format!("{TIMEOUT_VARIABLE} is `{text}`, which is no time; write it as in `30s`, `500ms` or `2m`")
    })
}

fn limit(text: &str) -> Option<Duration> {
    let (number, unit) = text.split_at(text.find(|letter: char| !letter.is_ascii_digit())?);
    let number: u64 = number.parse().ok()?;
    match unit {
        "ms" => Some(Duration::from_millis(number)),
        "s" => Some(Duration::from_secs(number)),
        "m" => Some(Duration::from_secs(number.checked_mul(60)?)),
        _ => None,
    }
}

/// A future whose panic is a value.
struct Caught<'a, T>(LocalBoxFuture<'a, T>);

impl<T> Future for Caught<'_, T> {
    type Output = Result<T, Box<dyn Any + Send>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // After a panic the future is only dropped, so nobody sees what it left half done.
        match catch_unwind(AssertUnwindSafe(|| self.0.as_mut().poll(cx))) {
            Ok(poll) => poll.map(Ok),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::limit;

    #[test]
    fn limits_have_a_unit() {
        assert_eq!(limit("30s"), Some(Duration::from_secs(30)));
        assert_eq!(limit("500ms"), Some(Duration::from_millis(500)));
        assert_eq!(limit("2m"), Some(Duration::from_secs(120)));
        for text in [
            "",
            "s",
            "30",
            "30 s",
            "-1s",
            "1h",
            "99999999999999999999s",
            "18446744073709551615m",
        ] {
            assert_eq!(limit(text), None, "{text}");
        }
    }
}
