impl NotesController {
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render_json("notes")
    }
    async fn timed(_: &Context, next: Next<'_>) -> Result<Response> {
        next.run().await
    }
    async fn log(_: &Context, response: &mut Response) -> Result<()> {
        Ok(())
    }
    async fn missing(ctx: &Context, error: &NotFound) -> Result<Response> {
        ctx.render_json(&error.to_string())
    }
}
const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    impl __private::Controller for NotesController {
        const NAME: &'static str = "NotesController";
        const FILTERS: &'static __private::Filters = &__private::Filters {
            base: ::core::option::Option::Some(
                <ApplicationController as __private::Controller>::FILTERS,
            ),
            skips: &[
                __private::Skip {
                    name: "authenticate",
                    actions: __private::ActionNames::Only(&["index"]),
                },
            ],
            steps: &[
                __private::Step {
                    name: "timed",
                    kind: __private::StepKind::Around(|ctx, next| ::std::boxed::Box::pin(async move {
                        __private::around(NotesController::timed(ctx, next).await)
                    })),
                    actions: __private::ActionNames::All,
                },
                __private::Step {
                    name: "log",
                    kind: __private::StepKind::After(|ctx, response| ::std::boxed::Box::pin(async move {
                        __private::after(NotesController::log(ctx, response).await)
                    })),
                    actions: __private::ActionNames::Except(&["index"]),
                },
                __private::Step {
                    name: "missing",
                    kind: __private::StepKind::Rescue(|ctx, error| __private::rescue(
                        ctx,
                        error,
                        NotesController::missing,
                    )),
                    actions: __private::ActionNames::All,
                },
            ],
        };
    }
    const _: () = ::core::assert!(
        < ApplicationController as __private::Controller > ::FILTERS.has("authenticate"),
        "`ApplicationController` runs no function called `authenticate`, so there is nothing to skip; correct the name or remove it"
    );
    #[automatically_derived]
    impl<__Name> __private::HasAction<9497966886403524235, __Name> for NotesController {
        fn action() -> __private::Action {
            __private::action::<
                _,
                (Context,),
            >(
                <Self as __private::Controller>::NAME,
                "index",
                <Self as __private::Controller>::FILTERS,
                Self::index,
            )
        }
    }
};
