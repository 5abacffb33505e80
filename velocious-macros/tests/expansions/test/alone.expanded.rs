#[::core::prelude::v1::test]
fn adds() {
    async fn adds() {
        assert_eq!(1 + 1, 2);
    }
    ::velocious::__private::run_test(
        ::velocious::__private::TestCase {
            name: ::core::concat!(
                ::core::module_path!(), "::", ::core::stringify!(adds)
            ),
            place: ::core::concat!(::core::file!(), ":", ::core::line!()),
            retry: 0,
            timeout: ::core::option::Option::None,
            on_retry: ::core::option::Option::None,
        },
        adds,
    )
}
