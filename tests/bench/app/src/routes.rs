//! The routes.

velocious::routes! {
    get ping => tasks::ping;
    resources tasks only(index, show);
}
