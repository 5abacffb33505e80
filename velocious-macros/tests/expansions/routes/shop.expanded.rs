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
    use __Missing as HomeController;
    use __Missing as RootController;
    use __Missing as PagesController;
    use __Missing as ReportsController;
    use __Missing as ProjectsController;
    use __Missing as TasksController;
    use __Missing as JobsController;
    use __Missing as DashboardController;
    use __Missing as NewsController;
    use __Missing as AdminController;
    use __Missing as SessionsController;
    mod __actions {
        pub struct index;
        pub struct ping;
        pub struct team;
        pub struct month;
        pub struct new;
        pub struct create;
        pub struct show;
        pub struct edit;
        pub struct update;
        pub struct destroy;
        pub struct users;
        pub struct overdue;
        pub struct mark_all;
        pub struct reindex;
    }
    let mut __routes = ::std::vec::Vec::new();
    {
        use crate::controllers::*;
        const _: () = ::std::assert!(
            ! < HomeController as __private::Controller > ::NAME.is_empty(),
            "there is no `HomeController` in `crate::controllers`; write it or re-export it there, or correct the name"
        );
        const _: () = ::std::assert!(
            ! < RootController as __private::Controller > ::NAME.is_empty(),
            "there is no `RootController` in `crate::controllers`; write it or re-export it there, or correct the name"
        );
        const _: () = ::std::assert!(
            ! < PagesController as __private::Controller > ::NAME.is_empty(),
            "there is no `PagesController` in `crate::controllers`; write it or re-export it there, or correct the name"
        );
        const _: () = ::std::assert!(
            ! < ReportsController as __private::Controller > ::NAME.is_empty(),
            "there is no `ReportsController` in `crate::controllers`; write it or re-export it there, or correct the name"
        );
        const _: () = ::std::assert!(
            ! < ProjectsController as __private::Controller > ::NAME.is_empty(),
            "there is no `ProjectsController` in `crate::controllers`; write it or re-export it there, or correct the name"
        );
        const _: () = ::std::assert!(
            ! < TasksController as __private::Controller > ::NAME.is_empty(),
            "there is no `TasksController` in `crate::controllers`; write it or re-export it there, or correct the name"
        );
        const _: () = ::std::assert!(
            ! < JobsController as __private::Controller > ::NAME.is_empty(),
            "there is no `JobsController` in `crate::controllers`; write it or re-export it there, or correct the name"
        );
        ::std::iter::Extend::extend(
            &mut __routes,
            [
                __private::Route {
                    method: __private::Method::GET,
                    path: "/",
                    name: "root",
                    action: __private::endpoint::<
                        HomeController,
                        9497966886403524235,
                        __actions::index,
                    >,
                },
                __private::Route {
                    method: __private::Method::GET,
                    path: "/ping",
                    name: "ping",
                    action: __private::endpoint::<
                        RootController,
                        13776757609873999785,
                        __actions::ping,
                    >,
                },
                __private::Route {
                    method: __private::Method::GET,
                    path: "/about/team",
                    name: "about_team",
                    action: __private::endpoint::<
                        PagesController,
                        18024489754618217260,
                        __actions::team,
                    >,
                },
                __private::Route {
                    method: __private::Method::GET,
                    path: "/reports/{year}/{month}",
                    name: "monthly_report",
                    action: __private::endpoint::<
                        ReportsController,
                        17635466753854101157,
                        __actions::month,
                    >,
                },
                __private::Route {
                    method: __private::Method::GET,
                    path: "/projects",
                    name: "projects",
                    action: __private::endpoint::<
                        ProjectsController,
                        9497966886403524235,
                        __actions::index,
                    >,
                },
                __private::Route {
                    method: __private::Method::GET,
                    path: "/projects/new",
                    name: "new_project",
                    action: __private::endpoint::<
                        ProjectsController,
                        2393897505926526769,
                        __actions::new,
                    >,
                },
                __private::Route {
                    method: __private::Method::POST,
                    path: "/projects",
                    name: "projects",
                    action: __private::endpoint::<
                        ProjectsController,
                        17820286237914133501,
                        __actions::create,
                    >,
                },
                __private::Route {
                    method: __private::Method::GET,
                    path: "/projects/{id}",
                    name: "project",
                    action: __private::endpoint::<
                        ProjectsController,
                        5106060638016120252,
                        __actions::show,
                    >,
                },
                __private::Route {
                    method: __private::Method::GET,
                    path: "/projects/{id}/edit",
                    name: "edit_project",
                    action: __private::endpoint::<
                        ProjectsController,
                        4206689019978932209,
                        __actions::edit,
                    >,
                },
                __private::Route {
                    method: __private::Method::PATCH,
                    path: "/projects/{id}",
                    name: "project",
                    action: __private::endpoint::<
                        ProjectsController,
                        11578024777410741332,
                        __actions::update,
                    >,
                },
                __private::Route {
                    method: __private::Method::PUT,
                    path: "/projects/{id}",
                    name: "project",
                    action: __private::endpoint::<
                        ProjectsController,
                        11578024777410741332,
                        __actions::update,
                    >,
                },
                __private::Route {
                    method: __private::Method::GET,
                    path: "/projects/{project_id}/tasks",
                    name: "project_tasks",
                    action: __private::endpoint::<
                        TasksController,
                        9497966886403524235,
                        __actions::index,
                    >,
                },
                __private::Route {
                    method: __private::Method::GET,
                    path: "/projects/{project_id}/tasks/{id}",
                    name: "project_task",
                    action: __private::endpoint::<
                        TasksController,
                        5106060638016120252,
                        __actions::show,
                    >,
                },
                __private::Route {
                    method: __private::Method::GET,
                    path: "/tasks",
                    name: "tasks",
                    action: __private::endpoint::<
                        JobsController,
                        9497966886403524235,
                        __actions::index,
                    >,
                },
                __private::Route {
                    method: __private::Method::GET,
                    path: "/tasks/new",
                    name: "new_task",
                    action: __private::endpoint::<
                        JobsController,
                        2393897505926526769,
                        __actions::new,
                    >,
                },
                __private::Route {
                    method: __private::Method::POST,
                    path: "/tasks",
                    name: "tasks",
                    action: __private::endpoint::<
                        JobsController,
                        17820286237914133501,
                        __actions::create,
                    >,
                },
                __private::Route {
                    method: __private::Method::GET,
                    path: "/tasks/{id}",
                    name: "task",
                    action: __private::endpoint::<
                        JobsController,
                        5106060638016120252,
                        __actions::show,
                    >,
                },
                __private::Route {
                    method: __private::Method::GET,
                    path: "/tasks/{id}/edit",
                    name: "edit_task",
                    action: __private::endpoint::<
                        JobsController,
                        4206689019978932209,
                        __actions::edit,
                    >,
                },
                __private::Route {
                    method: __private::Method::PATCH,
                    path: "/tasks/{id}",
                    name: "task",
                    action: __private::endpoint::<
                        JobsController,
                        11578024777410741332,
                        __actions::update,
                    >,
                },
                __private::Route {
                    method: __private::Method::PUT,
                    path: "/tasks/{id}",
                    name: "task",
                    action: __private::endpoint::<
                        JobsController,
                        11578024777410741332,
                        __actions::update,
                    >,
                },
                __private::Route {
                    method: __private::Method::DELETE,
                    path: "/tasks/{id}",
                    name: "task",
                    action: __private::endpoint::<
                        JobsController,
                        3444744415807832453,
                        __actions::destroy,
                    >,
                },
                __private::Route {
                    method: __private::Method::GET,
                    path: "/tasks/{task_id}/users",
                    name: "users_task",
                    action: __private::endpoint::<
                        JobsController,
                        4767205828091196211,
                        __actions::users,
                    >,
                },
                __private::Route {
                    method: __private::Method::GET,
                    path: "/tasks/overdue",
                    name: "overdue_tasks",
                    action: __private::endpoint::<
                        JobsController,
                        11600346929455057771,
                        __actions::overdue,
                    >,
                },
                __private::Route {
                    method: __private::Method::POST,
                    path: "/tasks/mark-all",
                    name: "mark_all_tasks",
                    action: __private::endpoint::<
                        JobsController,
                        7114901423775028060,
                        __actions::mark_all,
                    >,
                },
            ],
        );
    }
    {
        use crate::controllers::admin::*;
        const _: () = ::std::assert!(
            ! < DashboardController as __private::Controller > ::NAME.is_empty(),
            "there is no `DashboardController` in `crate::controllers::admin`; write it or re-export it there, or correct the name"
        );
        const _: () = ::std::assert!(
            ! < NewsController as __private::Controller > ::NAME.is_empty(),
            "there is no `NewsController` in `crate::controllers::admin`; write it or re-export it there, or correct the name"
        );
        ::std::iter::Extend::extend(
            &mut __routes,
            [
                __private::Route {
                    method: __private::Method::GET,
                    path: "/admin",
                    name: "admin_root",
                    action: __private::endpoint::<
                        DashboardController,
                        9497966886403524235,
                        __actions::index,
                    >,
                },
                __private::Route {
                    method: __private::Method::GET,
                    path: "/admin/news",
                    name: "admin_news_index",
                    action: __private::endpoint::<
                        NewsController,
                        9497966886403524235,
                        __actions::index,
                    >,
                },
                __private::Route {
                    method: __private::Method::GET,
                    path: "/admin/news/new",
                    name: "new_admin_news",
                    action: __private::endpoint::<
                        NewsController,
                        2393897505926526769,
                        __actions::new,
                    >,
                },
                __private::Route {
                    method: __private::Method::POST,
                    path: "/admin/news",
                    name: "admin_news_index",
                    action: __private::endpoint::<
                        NewsController,
                        17820286237914133501,
                        __actions::create,
                    >,
                },
                __private::Route {
                    method: __private::Method::GET,
                    path: "/admin/news/{id}",
                    name: "admin_news",
                    action: __private::endpoint::<
                        NewsController,
                        5106060638016120252,
                        __actions::show,
                    >,
                },
                __private::Route {
                    method: __private::Method::GET,
                    path: "/admin/news/{id}/edit",
                    name: "edit_admin_news",
                    action: __private::endpoint::<
                        NewsController,
                        4206689019978932209,
                        __actions::edit,
                    >,
                },
                __private::Route {
                    method: __private::Method::PATCH,
                    path: "/admin/news/{id}",
                    name: "admin_news",
                    action: __private::endpoint::<
                        NewsController,
                        11578024777410741332,
                        __actions::update,
                    >,
                },
                __private::Route {
                    method: __private::Method::PUT,
                    path: "/admin/news/{id}",
                    name: "admin_news",
                    action: __private::endpoint::<
                        NewsController,
                        11578024777410741332,
                        __actions::update,
                    >,
                },
                __private::Route {
                    method: __private::Method::DELETE,
                    path: "/admin/news/{id}",
                    name: "admin_news",
                    action: __private::endpoint::<
                        NewsController,
                        3444744415807832453,
                        __actions::destroy,
                    >,
                },
            ],
        );
    }
    {
        use crate::controllers::*;
        const _: () = ::std::assert!(
            ! < AdminController as __private::Controller > ::NAME.is_empty(),
            "there is no `AdminController` in `crate::controllers`; write it or re-export it there, or correct the name"
        );
        const _: () = ::std::assert!(
            ! < SessionsController as __private::Controller > ::NAME.is_empty(),
            "there is no `SessionsController` in `crate::controllers`; write it or re-export it there, or correct the name"
        );
        ::std::iter::Extend::extend(
            &mut __routes,
            [
                __private::Route {
                    method: __private::Method::POST,
                    path: "/admin/reindex",
                    name: "admin_reindex",
                    action: __private::endpoint::<
                        AdminController,
                        6575771227089691628,
                        __actions::reindex,
                    >,
                },
                __private::Route {
                    method: __private::Method::DELETE,
                    path: "/session",
                    name: "session",
                    action: __private::endpoint::<
                        SessionsController,
                        3444744415807832453,
                        __actions::destroy,
                    >,
                },
            ],
        );
    }
    __private::RouteTable::new(__routes)
}
/// Functions for the paths of the application's routes.
#[allow(dead_code)]
pub mod paths {
    /// The path `/`.
    #[must_use]
    pub fn root_path() -> ::std::string::String {
        ::std::borrow::ToOwned::to_owned("/")
    }
    /// The path `/ping`.
    #[must_use]
    pub fn ping_path() -> ::std::string::String {
        ::std::borrow::ToOwned::to_owned("/ping")
    }
    /// The path `/about/team`.
    #[must_use]
    pub fn about_team_path() -> ::std::string::String {
        ::std::borrow::ToOwned::to_owned("/about/team")
    }
    /// The path `/reports/{year}/{month}`.
    #[must_use]
    pub fn monthly_report_path(
        year: impl ::velocious::__private::PathSegment,
        month: impl ::velocious::__private::PathSegment,
    ) -> ::std::string::String {
        let mut path = ::std::borrow::ToOwned::to_owned("/reports/");
        ::velocious::__private::PathSegment::push_to(&year, &mut path);
        path.push_str("/");
        ::velocious::__private::PathSegment::push_to(&month, &mut path);
        path
    }
    /// The path `/projects`.
    #[must_use]
    pub fn projects_path() -> ::std::string::String {
        ::std::borrow::ToOwned::to_owned("/projects")
    }
    /// The path `/projects/new`.
    #[must_use]
    pub fn new_project_path() -> ::std::string::String {
        ::std::borrow::ToOwned::to_owned("/projects/new")
    }
    /// The path `/projects/{id}`.
    #[must_use]
    pub fn project_path(
        id: impl ::velocious::__private::PathSegment,
    ) -> ::std::string::String {
        let mut path = ::std::borrow::ToOwned::to_owned("/projects/");
        ::velocious::__private::PathSegment::push_to(&id, &mut path);
        path
    }
    /// The path `/projects/{id}/edit`.
    #[must_use]
    pub fn edit_project_path(
        id: impl ::velocious::__private::PathSegment,
    ) -> ::std::string::String {
        let mut path = ::std::borrow::ToOwned::to_owned("/projects/");
        ::velocious::__private::PathSegment::push_to(&id, &mut path);
        path.push_str("/edit");
        path
    }
    /// The path `/projects/{project_id}/tasks`.
    #[must_use]
    pub fn project_tasks_path(
        project_id: impl ::velocious::__private::PathSegment,
    ) -> ::std::string::String {
        let mut path = ::std::borrow::ToOwned::to_owned("/projects/");
        ::velocious::__private::PathSegment::push_to(&project_id, &mut path);
        path.push_str("/tasks");
        path
    }
    /// The path `/projects/{project_id}/tasks/{id}`.
    #[must_use]
    pub fn project_task_path(
        project_id: impl ::velocious::__private::PathSegment,
        id: impl ::velocious::__private::PathSegment,
    ) -> ::std::string::String {
        let mut path = ::std::borrow::ToOwned::to_owned("/projects/");
        ::velocious::__private::PathSegment::push_to(&project_id, &mut path);
        path.push_str("/tasks/");
        ::velocious::__private::PathSegment::push_to(&id, &mut path);
        path
    }
    /// The path `/tasks`.
    #[must_use]
    pub fn tasks_path() -> ::std::string::String {
        ::std::borrow::ToOwned::to_owned("/tasks")
    }
    /// The path `/tasks/new`.
    #[must_use]
    pub fn new_task_path() -> ::std::string::String {
        ::std::borrow::ToOwned::to_owned("/tasks/new")
    }
    /// The path `/tasks/{id}`.
    #[must_use]
    pub fn task_path(
        id: impl ::velocious::__private::PathSegment,
    ) -> ::std::string::String {
        let mut path = ::std::borrow::ToOwned::to_owned("/tasks/");
        ::velocious::__private::PathSegment::push_to(&id, &mut path);
        path
    }
    /// The path `/tasks/{id}/edit`.
    #[must_use]
    pub fn edit_task_path(
        id: impl ::velocious::__private::PathSegment,
    ) -> ::std::string::String {
        let mut path = ::std::borrow::ToOwned::to_owned("/tasks/");
        ::velocious::__private::PathSegment::push_to(&id, &mut path);
        path.push_str("/edit");
        path
    }
    /// The path `/tasks/{task_id}/users`.
    #[must_use]
    pub fn users_task_path(
        task_id: impl ::velocious::__private::PathSegment,
    ) -> ::std::string::String {
        let mut path = ::std::borrow::ToOwned::to_owned("/tasks/");
        ::velocious::__private::PathSegment::push_to(&task_id, &mut path);
        path.push_str("/users");
        path
    }
    /// The path `/tasks/overdue`.
    #[must_use]
    pub fn overdue_tasks_path() -> ::std::string::String {
        ::std::borrow::ToOwned::to_owned("/tasks/overdue")
    }
    /// The path `/tasks/mark-all`.
    #[must_use]
    pub fn mark_all_tasks_path() -> ::std::string::String {
        ::std::borrow::ToOwned::to_owned("/tasks/mark-all")
    }
    /// The path `/admin`.
    #[must_use]
    pub fn admin_root_path() -> ::std::string::String {
        ::std::borrow::ToOwned::to_owned("/admin")
    }
    /// The path `/admin/news`.
    #[must_use]
    pub fn admin_news_index_path() -> ::std::string::String {
        ::std::borrow::ToOwned::to_owned("/admin/news")
    }
    /// The path `/admin/news/new`.
    #[must_use]
    pub fn new_admin_news_path() -> ::std::string::String {
        ::std::borrow::ToOwned::to_owned("/admin/news/new")
    }
    /// The path `/admin/news/{id}`.
    #[must_use]
    pub fn admin_news_path(
        id: impl ::velocious::__private::PathSegment,
    ) -> ::std::string::String {
        let mut path = ::std::borrow::ToOwned::to_owned("/admin/news/");
        ::velocious::__private::PathSegment::push_to(&id, &mut path);
        path
    }
    /// The path `/admin/news/{id}/edit`.
    #[must_use]
    pub fn edit_admin_news_path(
        id: impl ::velocious::__private::PathSegment,
    ) -> ::std::string::String {
        let mut path = ::std::borrow::ToOwned::to_owned("/admin/news/");
        ::velocious::__private::PathSegment::push_to(&id, &mut path);
        path.push_str("/edit");
        path
    }
    /// The path `/admin/reindex`.
    #[must_use]
    pub fn admin_reindex_path() -> ::std::string::String {
        ::std::borrow::ToOwned::to_owned("/admin/reindex")
    }
    /// The path `/session`.
    #[must_use]
    pub fn session_path() -> ::std::string::String {
        ::std::borrow::ToOwned::to_owned("/session")
    }
}
