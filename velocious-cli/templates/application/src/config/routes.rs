//! The routes: which action answers which request. `velocious routes` lists them.

velocious::routes! {
    // root home::index;        GET / → HomeController::index
    // resources posts;         the seven actions of PostsController
}
