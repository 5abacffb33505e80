/// A task belongs to a project.
#[should_panic]
#[::core::prelude::v1::test]
fn creates_a_task() {
    async fn creates_a_task(app: TestApp) -> Result<()> {
        app.get("/tasks").await.assert_status(200);
        Ok(())
    }
    ::velocious::__private::run_test_with_application(
        ::velocious::__private::TestCase {
            name: ::core::concat!(
                ::core::module_path!(), "::", ::core::stringify!(creates_a_task)
            ),
            place: ::core::concat!(::core::file!(), ":", ::core::line!()),
            retry: 2,
            timeout: ::core::option::Option::Some(5000),
            on_retry: ::core::option::Option::Some(|retry| ::velocious::__private::told(
                restart(retry),
            )),
        },
        application,
        &[|app| ::velocious::__private::told(sign_in(app))],
        &[
            |app| ::velocious::__private::told(sweep(app)),
            |app| ::velocious::__private::told(crate::close(app)),
        ],
        creates_a_task,
    )
}
