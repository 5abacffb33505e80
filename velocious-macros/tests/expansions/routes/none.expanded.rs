/// The application's routes.
#[allow(dead_code, non_camel_case_types, unused_imports, unused_mut)]
#[must_use]
pub fn routes() -> ::velocious::__private::RouteTable {
    use ::velocious::__private;
    struct __Missing;
    impl __private::Controller for __Missing {
        const NAME: &'static str = "";
    }
    impl<const HASH: u64, Name> __private::HasAction<HASH, Name> for __Missing {
        fn action() -> __private::Action {
            ::std::unreachable!()
        }
    }
    let mut __routes = ::std::vec::Vec::new();
    __private::RouteTable::new(__routes)
}
/// Functions for the paths of the application's routes.
#[allow(dead_code)]
pub mod paths {}
