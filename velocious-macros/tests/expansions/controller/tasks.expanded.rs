#[allow(clippy::new_ret_no_self)]
/// Tasks, over HTTP.
impl TasksController {
    const PER_PAGE: u64 = 20;
    /// All of them.
    pub async fn index(ctx: Context) -> Result<Response> {
        ctx.render(Task::page(ctx.page()).per_page(Self::PER_PAGE).load(ctx.db()).await?)
    }
    pub async fn new(ctx: Context) -> Result<Response> {
        ctx.render(())
    }
    pub async fn show(ctx: Context, Path(id): Path<i64>) -> Result<Json<Task>> {
        Ok(Json(Task::find(ctx.db(), id).await?))
    }
    #[cfg(feature = "editing")]
    pub async fn edit(ctx: Context) -> Result<Response> {
        ctx.render(())
    }
    async fn authenticate(ctx: &Context) -> Result<()> {
        Ok(())
    }
    pub(crate) async fn load(ctx: &Context) -> Result<Option<Response>> {
        Ok(None)
    }
    fn helper(&self) {}
}
const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    impl __private::Controller for TasksController {
        const NAME: &'static str = "TasksController";
        const FILTERS: &'static __private::Filters = &__private::Filters {
            base: ::core::option::Option::None,
            skips: &[],
            steps: &[
                __private::Step {
                    name: "authenticate",
                    kind: __private::StepKind::Before(|ctx| ::std::boxed::Box::pin(async move {
                        __private::before(TasksController::authenticate(&ctx).await)
                    })),
                    actions: __private::ActionNames::Except(&["index"]),
                },
                __private::Step {
                    name: "log",
                    kind: __private::StepKind::Before(|ctx| ::std::boxed::Box::pin(async move {
                        __private::before(ApplicationController::log(&ctx).await)
                    })),
                    actions: __private::ActionNames::All,
                },
                __private::Step {
                    name: "load",
                    kind: __private::StepKind::Before(|ctx| ::std::boxed::Box::pin(async move {
                        __private::before(TasksController::load(&ctx).await)
                    })),
                    actions: __private::ActionNames::Only(&["show", "edit"]),
                },
            ],
        };
    }
    #[automatically_derived]
    impl<__Name> __private::HasAction<9497966886403524235, __Name> for TasksController {
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
    #[automatically_derived]
    impl<__Name> __private::HasAction<2393897505926526769, __Name> for TasksController {
        fn action() -> __private::Action {
            __private::action::<
                _,
                (Context,),
            >(
                <Self as __private::Controller>::NAME,
                "new",
                <Self as __private::Controller>::FILTERS,
                Self::new,
            )
        }
    }
    #[automatically_derived]
    impl<__Name> __private::HasAction<5106060638016120252, __Name> for TasksController {
        fn action() -> __private::Action {
            __private::action::<
                _,
                (Context, Path<i64>),
            >(
                <Self as __private::Controller>::NAME,
                "show",
                <Self as __private::Controller>::FILTERS,
                Self::show,
            )
        }
    }
    #[cfg(feature = "editing")]
    #[automatically_derived]
    impl<__Name> __private::HasAction<4206689019978932209, __Name> for TasksController {
        fn action() -> __private::Action {
            __private::action::<
                _,
                (Context,),
            >(
                <Self as __private::Controller>::NAME,
                "edit",
                <Self as __private::Controller>::FILTERS,
                Self::edit,
            )
        }
    }
};
