impl EmptyController {}
const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    impl __private::Controller for EmptyController {
        const NAME: &'static str = "EmptyController";
    }
};
