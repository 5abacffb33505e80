//! The routes.

velocious::routes! {
    get ping => tasks::ping;
    get greeting => tasks::greeting;
    resources tasks only(index, show, create);
}
