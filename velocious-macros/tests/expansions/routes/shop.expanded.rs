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
                __private::Route::new(
                    __private::Method::GET,
                    "/",
                    "root",
                    {
                        fn __endpoint<index>() -> __private::Action {
                            __private::endpoint::<
                                HomeController,
                                9497966886403524235,
                                index,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/ping",
                    "ping",
                    {
                        fn __endpoint<ping>() -> __private::Action {
                            __private::endpoint::<
                                RootController,
                                13776757609873999785,
                                ping,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/about/team",
                    "about_team",
                    {
                        fn __endpoint<team>() -> __private::Action {
                            __private::endpoint::<
                                PagesController,
                                18024489754618217260,
                                team,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/reports/{year}/{month}",
                    "monthly_report",
                    {
                        fn __endpoint<month>() -> __private::Action {
                            __private::endpoint::<
                                ReportsController,
                                17635466753854101157,
                                month,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/projects",
                    "projects",
                    {
                        fn __endpoint<index>() -> __private::Action {
                            __private::endpoint::<
                                ProjectsController,
                                9497966886403524235,
                                index,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/projects/new",
                    "new_project",
                    {
                        fn __endpoint<new>() -> __private::Action {
                            __private::endpoint::<
                                ProjectsController,
                                2393897505926526769,
                                new,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::POST,
                    "/projects",
                    "projects",
                    {
                        fn __endpoint<create>() -> __private::Action {
                            __private::endpoint::<
                                ProjectsController,
                                17820286237914133501,
                                create,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/projects/{id}",
                    "project",
                    {
                        fn __endpoint<show>() -> __private::Action {
                            __private::endpoint::<
                                ProjectsController,
                                5106060638016120252,
                                show,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/projects/{id}/edit",
                    "edit_project",
                    {
                        fn __endpoint<edit>() -> __private::Action {
                            __private::endpoint::<
                                ProjectsController,
                                4206689019978932209,
                                edit,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::PATCH,
                    "/projects/{id}",
                    "project",
                    {
                        fn __endpoint<update>() -> __private::Action {
                            __private::endpoint::<
                                ProjectsController,
                                11578024777410741332,
                                update,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::PUT,
                    "/projects/{id}",
                    "project",
                    {
                        fn __endpoint<update>() -> __private::Action {
                            __private::endpoint::<
                                ProjectsController,
                                11578024777410741332,
                                update,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/projects/{project_id}/tasks",
                    "project_tasks",
                    {
                        fn __endpoint<index>() -> __private::Action {
                            __private::endpoint::<
                                TasksController,
                                9497966886403524235,
                                index,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/projects/{project_id}/tasks/{id}",
                    "project_task",
                    {
                        fn __endpoint<show>() -> __private::Action {
                            __private::endpoint::<
                                TasksController,
                                5106060638016120252,
                                show,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/tasks",
                    "tasks",
                    {
                        fn __endpoint<index>() -> __private::Action {
                            __private::endpoint::<
                                JobsController,
                                9497966886403524235,
                                index,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/tasks/new",
                    "new_task",
                    {
                        fn __endpoint<new>() -> __private::Action {
                            __private::endpoint::<
                                JobsController,
                                2393897505926526769,
                                new,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::POST,
                    "/tasks",
                    "tasks",
                    {
                        fn __endpoint<create>() -> __private::Action {
                            __private::endpoint::<
                                JobsController,
                                17820286237914133501,
                                create,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/tasks/{id}",
                    "task",
                    {
                        fn __endpoint<show>() -> __private::Action {
                            __private::endpoint::<
                                JobsController,
                                5106060638016120252,
                                show,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/tasks/{id}/edit",
                    "edit_task",
                    {
                        fn __endpoint<edit>() -> __private::Action {
                            __private::endpoint::<
                                JobsController,
                                4206689019978932209,
                                edit,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::PATCH,
                    "/tasks/{id}",
                    "task",
                    {
                        fn __endpoint<update>() -> __private::Action {
                            __private::endpoint::<
                                JobsController,
                                11578024777410741332,
                                update,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::PUT,
                    "/tasks/{id}",
                    "task",
                    {
                        fn __endpoint<update>() -> __private::Action {
                            __private::endpoint::<
                                JobsController,
                                11578024777410741332,
                                update,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::DELETE,
                    "/tasks/{id}",
                    "task",
                    {
                        fn __endpoint<destroy>() -> __private::Action {
                            __private::endpoint::<
                                JobsController,
                                3444744415807832453,
                                destroy,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/tasks/{task_id}/users",
                    "users_task",
                    {
                        fn __endpoint<users>() -> __private::Action {
                            __private::endpoint::<
                                JobsController,
                                4767205828091196211,
                                users,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/tasks/overdue",
                    "overdue_tasks",
                    {
                        fn __endpoint<overdue>() -> __private::Action {
                            __private::endpoint::<
                                JobsController,
                                11600346929455057771,
                                overdue,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::POST,
                    "/tasks/mark-all",
                    "mark_all_tasks",
                    {
                        fn __endpoint<mark_all>() -> __private::Action {
                            __private::endpoint::<
                                JobsController,
                                7114901423775028060,
                                mark_all,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
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
                __private::Route::new(
                    __private::Method::GET,
                    "/admin",
                    "admin_root",
                    {
                        fn __endpoint<index>() -> __private::Action {
                            __private::endpoint::<
                                DashboardController,
                                9497966886403524235,
                                index,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/admin/news",
                    "admin_news_index",
                    {
                        fn __endpoint<index>() -> __private::Action {
                            __private::endpoint::<
                                NewsController,
                                9497966886403524235,
                                index,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/admin/news/new",
                    "new_admin_news",
                    {
                        fn __endpoint<new>() -> __private::Action {
                            __private::endpoint::<
                                NewsController,
                                2393897505926526769,
                                new,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::POST,
                    "/admin/news",
                    "admin_news_index",
                    {
                        fn __endpoint<create>() -> __private::Action {
                            __private::endpoint::<
                                NewsController,
                                17820286237914133501,
                                create,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/admin/news/{id}",
                    "admin_news",
                    {
                        fn __endpoint<show>() -> __private::Action {
                            __private::endpoint::<
                                NewsController,
                                5106060638016120252,
                                show,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/admin/news/{id}/edit",
                    "edit_admin_news",
                    {
                        fn __endpoint<edit>() -> __private::Action {
                            __private::endpoint::<
                                NewsController,
                                4206689019978932209,
                                edit,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::PATCH,
                    "/admin/news/{id}",
                    "admin_news",
                    {
                        fn __endpoint<update>() -> __private::Action {
                            __private::endpoint::<
                                NewsController,
                                11578024777410741332,
                                update,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::PUT,
                    "/admin/news/{id}",
                    "admin_news",
                    {
                        fn __endpoint<update>() -> __private::Action {
                            __private::endpoint::<
                                NewsController,
                                11578024777410741332,
                                update,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::DELETE,
                    "/admin/news/{id}",
                    "admin_news",
                    {
                        fn __endpoint<destroy>() -> __private::Action {
                            __private::endpoint::<
                                NewsController,
                                3444744415807832453,
                                destroy,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
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
                __private::Route::new(
                    __private::Method::POST,
                    "/admin/reindex",
                    "admin_reindex",
                    {
                        fn __endpoint<reindex>() -> __private::Action {
                            __private::endpoint::<
                                AdminController,
                                6575771227089691628,
                                reindex,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::DELETE,
                    "/session",
                    "session",
                    {
                        fn __endpoint<destroy>() -> __private::Action {
                            __private::endpoint::<
                                SessionsController,
                                3444744415807832453,
                                destroy,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
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
    pub fn root_path() -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/", &[])
    }
    /// The address of `/`.
    #[must_use]
    pub fn root_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
    ) -> ::velocious::__private::RouteUrl {
        root_path().url(origin)
    }
    /// The path `/ping`.
    #[must_use]
    pub fn ping_path() -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/ping", &[])
    }
    /// The address of `/ping`.
    #[must_use]
    pub fn ping_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
    ) -> ::velocious::__private::RouteUrl {
        ping_path().url(origin)
    }
    /// The path `/about/team`.
    #[must_use]
    pub fn about_team_path() -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/about/team", &[])
    }
    /// The address of `/about/team`.
    #[must_use]
    pub fn about_team_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
    ) -> ::velocious::__private::RouteUrl {
        about_team_path().url(origin)
    }
    /// The path `/reports/{year}/{month}`.
    #[must_use]
    pub fn monthly_report_path(
        year: impl ::velocious::__private::PathSegment,
        month: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/reports/{year}/{month}", &[&year, &month])
    }
    /// The address of `/reports/{year}/{month}`.
    #[must_use]
    pub fn monthly_report_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
        year: impl ::velocious::__private::PathSegment,
        month: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RouteUrl {
        monthly_report_path(year, month).url(origin)
    }
    /// The path `/projects`.
    #[must_use]
    pub fn projects_path() -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/projects", &[])
    }
    /// The address of `/projects`.
    #[must_use]
    pub fn projects_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
    ) -> ::velocious::__private::RouteUrl {
        projects_path().url(origin)
    }
    /// The path `/projects/new`.
    #[must_use]
    pub fn new_project_path() -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/projects/new", &[])
    }
    /// The address of `/projects/new`.
    #[must_use]
    pub fn new_project_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
    ) -> ::velocious::__private::RouteUrl {
        new_project_path().url(origin)
    }
    /// The path `/projects/{id}`.
    #[must_use]
    pub fn project_path(
        id: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/projects/{id}", &[&id])
    }
    /// The address of `/projects/{id}`.
    #[must_use]
    pub fn project_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
        id: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RouteUrl {
        project_path(id).url(origin)
    }
    /// The path `/projects/{id}/edit`.
    #[must_use]
    pub fn edit_project_path(
        id: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/projects/{id}/edit", &[&id])
    }
    /// The address of `/projects/{id}/edit`.
    #[must_use]
    pub fn edit_project_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
        id: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RouteUrl {
        edit_project_path(id).url(origin)
    }
    /// The path `/projects/{project_id}/tasks`.
    #[must_use]
    pub fn project_tasks_path(
        project_id: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path(
            "/projects/{project_id}/tasks",
            &[&project_id],
        )
    }
    /// The address of `/projects/{project_id}/tasks`.
    #[must_use]
    pub fn project_tasks_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
        project_id: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RouteUrl {
        project_tasks_path(project_id).url(origin)
    }
    /// The path `/projects/{project_id}/tasks/{id}`.
    #[must_use]
    pub fn project_task_path(
        project_id: impl ::velocious::__private::PathSegment,
        id: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path(
            "/projects/{project_id}/tasks/{id}",
            &[&project_id, &id],
        )
    }
    /// The address of `/projects/{project_id}/tasks/{id}`.
    #[must_use]
    pub fn project_task_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
        project_id: impl ::velocious::__private::PathSegment,
        id: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RouteUrl {
        project_task_path(project_id, id).url(origin)
    }
    /// The path `/tasks`.
    #[must_use]
    pub fn tasks_path() -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/tasks", &[])
    }
    /// The address of `/tasks`.
    #[must_use]
    pub fn tasks_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
    ) -> ::velocious::__private::RouteUrl {
        tasks_path().url(origin)
    }
    /// The path `/tasks/new`.
    #[must_use]
    pub fn new_task_path() -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/tasks/new", &[])
    }
    /// The address of `/tasks/new`.
    #[must_use]
    pub fn new_task_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
    ) -> ::velocious::__private::RouteUrl {
        new_task_path().url(origin)
    }
    /// The path `/tasks/{id}`.
    #[must_use]
    pub fn task_path(
        id: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/tasks/{id}", &[&id])
    }
    /// The address of `/tasks/{id}`.
    #[must_use]
    pub fn task_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
        id: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RouteUrl {
        task_path(id).url(origin)
    }
    /// The path `/tasks/{id}/edit`.
    #[must_use]
    pub fn edit_task_path(
        id: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/tasks/{id}/edit", &[&id])
    }
    /// The address of `/tasks/{id}/edit`.
    #[must_use]
    pub fn edit_task_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
        id: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RouteUrl {
        edit_task_path(id).url(origin)
    }
    /// The path `/tasks/{task_id}/users`.
    #[must_use]
    pub fn users_task_path(
        task_id: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/tasks/{task_id}/users", &[&task_id])
    }
    /// The address of `/tasks/{task_id}/users`.
    #[must_use]
    pub fn users_task_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
        task_id: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RouteUrl {
        users_task_path(task_id).url(origin)
    }
    /// The path `/tasks/overdue`.
    #[must_use]
    pub fn overdue_tasks_path() -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/tasks/overdue", &[])
    }
    /// The address of `/tasks/overdue`.
    #[must_use]
    pub fn overdue_tasks_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
    ) -> ::velocious::__private::RouteUrl {
        overdue_tasks_path().url(origin)
    }
    /// The path `/tasks/mark-all`.
    #[must_use]
    pub fn mark_all_tasks_path() -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/tasks/mark-all", &[])
    }
    /// The address of `/tasks/mark-all`.
    #[must_use]
    pub fn mark_all_tasks_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
    ) -> ::velocious::__private::RouteUrl {
        mark_all_tasks_path().url(origin)
    }
    /// The path `/admin`.
    #[must_use]
    pub fn admin_root_path() -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/admin", &[])
    }
    /// The address of `/admin`.
    #[must_use]
    pub fn admin_root_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
    ) -> ::velocious::__private::RouteUrl {
        admin_root_path().url(origin)
    }
    /// The path `/admin/news`.
    #[must_use]
    pub fn admin_news_index_path() -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/admin/news", &[])
    }
    /// The address of `/admin/news`.
    #[must_use]
    pub fn admin_news_index_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
    ) -> ::velocious::__private::RouteUrl {
        admin_news_index_path().url(origin)
    }
    /// The path `/admin/news/new`.
    #[must_use]
    pub fn new_admin_news_path() -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/admin/news/new", &[])
    }
    /// The address of `/admin/news/new`.
    #[must_use]
    pub fn new_admin_news_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
    ) -> ::velocious::__private::RouteUrl {
        new_admin_news_path().url(origin)
    }
    /// The path `/admin/news/{id}`.
    #[must_use]
    pub fn admin_news_path(
        id: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/admin/news/{id}", &[&id])
    }
    /// The address of `/admin/news/{id}`.
    #[must_use]
    pub fn admin_news_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
        id: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RouteUrl {
        admin_news_path(id).url(origin)
    }
    /// The path `/admin/news/{id}/edit`.
    #[must_use]
    pub fn edit_admin_news_path(
        id: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/admin/news/{id}/edit", &[&id])
    }
    /// The address of `/admin/news/{id}/edit`.
    #[must_use]
    pub fn edit_admin_news_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
        id: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RouteUrl {
        edit_admin_news_path(id).url(origin)
    }
    /// The path `/admin/reindex`.
    #[must_use]
    pub fn admin_reindex_path() -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/admin/reindex", &[])
    }
    /// The address of `/admin/reindex`.
    #[must_use]
    pub fn admin_reindex_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
    ) -> ::velocious::__private::RouteUrl {
        admin_reindex_path().url(origin)
    }
    /// The path `/session`.
    #[must_use]
    pub fn session_path() -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/session", &[])
    }
    /// The address of `/session`.
    #[must_use]
    pub fn session_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
    ) -> ::velocious::__private::RouteUrl {
        session_path().url(origin)
    }
}
