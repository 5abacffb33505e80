//! The routes.

velocious::routes! {
    root home::index;
    resource session only(new, create, destroy);
    resource profile {
        resource picture only(show, update, destroy);
    }
    resources accounts only(index, new, create, show);
    resources projects {
        resources tasks only(index, new, create);
    }
    resources tasks {
        get overdue on collection;
        patch toggle on member;
    }
    namespace testing {
        get panic;
        get error;
        get slow;
    }
}
