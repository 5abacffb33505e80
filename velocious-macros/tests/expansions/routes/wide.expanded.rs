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
    use __Missing as ProfilesController;
    use __Missing as PostsController;
    use __Missing as CommentsController;
    use __Missing as SearchesController;
    use __Missing as ReportsController;
    use __Missing as FilesController;
    let mut __routes = ::std::vec::Vec::new();
    {
        use crate::controllers::*;
        const _: () = ::std::assert!(
            ! < ProfilesController as __private::Controller > ::NAME.is_empty(),
            "there is no `ProfilesController` in `crate::controllers`; write it or re-export it there, or correct the name"
        );
        const _: () = ::std::assert!(
            ! < PostsController as __private::Controller > ::NAME.is_empty(),
            "there is no `PostsController` in `crate::controllers`; write it or re-export it there, or correct the name"
        );
        const _: () = ::std::assert!(
            ! < CommentsController as __private::Controller > ::NAME.is_empty(),
            "there is no `CommentsController` in `crate::controllers`; write it or re-export it there, or correct the name"
        );
        const _: () = ::std::assert!(
            ! < SearchesController as __private::Controller > ::NAME.is_empty(),
            "there is no `SearchesController` in `crate::controllers`; write it or re-export it there, or correct the name"
        );
        const _: () = ::std::assert!(
            ! < ReportsController as __private::Controller > ::NAME.is_empty(),
            "there is no `ReportsController` in `crate::controllers`; write it or re-export it there, or correct the name"
        );
        const _: () = ::std::assert!(
            ! < FilesController as __private::Controller > ::NAME.is_empty(),
            "there is no `FilesController` in `crate::controllers`; write it or re-export it there, or correct the name"
        );
        ::std::iter::Extend::extend(
            &mut __routes,
            [
                __private::Route::new(
                    __private::Method::GET,
                    "/profile/new",
                    "new_profile",
                    {
                        fn __endpoint<new>() -> __private::Action {
                            __private::endpoint::<
                                ProfilesController,
                                2393897505926526769,
                                new,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::POST,
                    "/profile",
                    "profile",
                    {
                        fn __endpoint<create>() -> __private::Action {
                            __private::endpoint::<
                                ProfilesController,
                                17820286237914133501,
                                create,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/profile",
                    "profile",
                    {
                        fn __endpoint<show>() -> __private::Action {
                            __private::endpoint::<
                                ProfilesController,
                                5106060638016120252,
                                show,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/profile/edit",
                    "edit_profile",
                    {
                        fn __endpoint<edit>() -> __private::Action {
                            __private::endpoint::<
                                ProfilesController,
                                4206689019978932209,
                                edit,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::PATCH,
                    "/profile",
                    "profile",
                    {
                        fn __endpoint<update>() -> __private::Action {
                            __private::endpoint::<
                                ProfilesController,
                                11578024777410741332,
                                update,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::PUT,
                    "/profile",
                    "profile",
                    {
                        fn __endpoint<update>() -> __private::Action {
                            __private::endpoint::<
                                ProfilesController,
                                11578024777410741332,
                                update,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::DELETE,
                    "/profile",
                    "profile",
                    {
                        fn __endpoint<destroy>() -> __private::Action {
                            __private::endpoint::<
                                ProfilesController,
                                3444744415807832453,
                                destroy,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/profile/settings",
                    "settings_profile",
                    {
                        fn __endpoint<settings>() -> __private::Action {
                            __private::endpoint::<
                                ProfilesController,
                                17176567880082542056,
                                settings,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/posts/{slug}",
                    "post",
                    {
                        fn __endpoint<show>() -> __private::Action {
                            __private::endpoint::<
                                PostsController,
                                5106060638016120252,
                                show,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/posts/{post_slug}/comments",
                    "post_comments",
                    {
                        fn __endpoint<index>() -> __private::Action {
                            __private::endpoint::<
                                CommentsController,
                                9497966886403524235,
                                index,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                        __private::Method::GET,
                        "/posts/{post_slug}/comments/{id}",
                        "post_comment",
                        {
                            fn __endpoint<show>() -> __private::Action {
                                __private::endpoint::<
                                    CommentsController,
                                    5106060638016120252,
                                    show,
                                >()
                            }
                            __endpoint::<()>
                        },
                    )
                    .typed(const { &[__private::SegmentCheck::of::<i64>("id", "i64")] }),
                __private::Route::new(
                    __private::Method::POST,
                    "/posts/{post_slug}/comments/clear",
                    "comments_clear_post",
                    {
                        fn __endpoint<clear>() -> __private::Action {
                            __private::endpoint::<
                                CommentsController,
                                17668176133136912546,
                                clear,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/search",
                    "search",
                    {
                        fn __endpoint<run>() -> __private::Action {
                            __private::endpoint::<
                                SearchesController,
                                9922177756001819210,
                                run,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                    __private::Method::POST,
                    "/search",
                    "search",
                    {
                        fn __endpoint<run>() -> __private::Action {
                            __private::endpoint::<
                                SearchesController,
                                9922177756001819210,
                                run,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
                __private::Route::new(
                        __private::Method::GET,
                        "/reports/{year}",
                        "report",
                        {
                            fn __endpoint<year>() -> __private::Action {
                                __private::endpoint::<
                                    ReportsController,
                                    8963398325558730460,
                                    year,
                                >()
                            }
                            __endpoint::<()>
                        },
                    )
                    .typed(const {
                        &[__private::SegmentCheck::of::<i32>("year", "i32")]
                    }),
                __private::Route::new(
                    __private::Method::GET,
                    "/files/{*rest}",
                    "file",
                    {
                        fn __endpoint<show>() -> __private::Action {
                            __private::endpoint::<
                                FilesController,
                                5106060638016120252,
                                show,
                            >()
                        }
                        __endpoint::<()>
                    },
                ),
            ],
        );
    }
    {
        ::std::iter::Extend::extend(
            &mut __routes,
            [
                __private::Route::new(
                    __private::Method::GET,
                    "/articles/{slug}",
                    "",
                    || __private::redirect("/posts/{slug}", 301u16),
                ),
                __private::Route::new(
                    __private::Method::GET,
                    "/about",
                    "",
                    || __private::redirect("https://example.org/", 302u16),
                ),
            ],
        );
    }
    __private::RouteTable::new(__routes).mount("/api", crate::api::services)
}
/// Functions for the paths of the application's routes.
#[allow(dead_code)]
pub mod paths {
    #[allow(unused_imports)]
    use super::*;
    /// The path `/profile/new`.
    #[must_use]
    pub fn new_profile_path() -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/profile/new", &[])
    }
    /// The address of `/profile/new`.
    #[must_use]
    pub fn new_profile_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
    ) -> ::velocious::__private::RouteUrl {
        new_profile_path().url(origin)
    }
    /// The path `/profile`.
    #[must_use]
    pub fn profile_path() -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/profile", &[])
    }
    /// The address of `/profile`.
    #[must_use]
    pub fn profile_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
    ) -> ::velocious::__private::RouteUrl {
        profile_path().url(origin)
    }
    /// The path `/profile/edit`.
    #[must_use]
    pub fn edit_profile_path() -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/profile/edit", &[])
    }
    /// The address of `/profile/edit`.
    #[must_use]
    pub fn edit_profile_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
    ) -> ::velocious::__private::RouteUrl {
        edit_profile_path().url(origin)
    }
    /// The path `/profile/settings`.
    #[must_use]
    pub fn settings_profile_path() -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/profile/settings", &[])
    }
    /// The address of `/profile/settings`.
    #[must_use]
    pub fn settings_profile_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
    ) -> ::velocious::__private::RouteUrl {
        settings_profile_path().url(origin)
    }
    /// The path `/posts/{slug}`.
    #[must_use]
    pub fn post_path(
        slug: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/posts/{slug}", &[&slug])
    }
    /// The address of `/posts/{slug}`.
    #[must_use]
    pub fn post_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
        slug: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RouteUrl {
        post_path(slug).url(origin)
    }
    /// The path `/posts/{post_slug}/comments`.
    #[must_use]
    pub fn post_comments_path(
        post_slug: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/posts/{post_slug}/comments", &[&post_slug])
    }
    /// The address of `/posts/{post_slug}/comments`.
    #[must_use]
    pub fn post_comments_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
        post_slug: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RouteUrl {
        post_comments_path(post_slug).url(origin)
    }
    /// The path `/posts/{post_slug}/comments/{id}`.
    #[must_use]
    pub fn post_comment_path(
        post_slug: impl ::velocious::__private::PathSegment,
        id: i64,
    ) -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path(
            "/posts/{post_slug}/comments/{id}",
            &[&post_slug, &id],
        )
    }
    /// The address of `/posts/{post_slug}/comments/{id}`.
    #[must_use]
    pub fn post_comment_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
        post_slug: impl ::velocious::__private::PathSegment,
        id: i64,
    ) -> ::velocious::__private::RouteUrl {
        post_comment_path(post_slug, id).url(origin)
    }
    /// The path `/posts/{post_slug}/comments/clear`.
    #[must_use]
    pub fn comments_clear_post_path(
        post_slug: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path(
            "/posts/{post_slug}/comments/clear",
            &[&post_slug],
        )
    }
    /// The address of `/posts/{post_slug}/comments/clear`.
    #[must_use]
    pub fn comments_clear_post_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
        post_slug: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RouteUrl {
        comments_clear_post_path(post_slug).url(origin)
    }
    /// The path `/search`.
    #[must_use]
    pub fn search_path() -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/search", &[])
    }
    /// The address of `/search`.
    #[must_use]
    pub fn search_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
    ) -> ::velocious::__private::RouteUrl {
        search_path().url(origin)
    }
    /// The path `/reports/{year}`.
    #[must_use]
    pub fn report_path(year: i32) -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/reports/{year}", &[&year])
    }
    /// The address of `/reports/{year}`.
    #[must_use]
    pub fn report_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
        year: i32,
    ) -> ::velocious::__private::RouteUrl {
        report_path(year).url(origin)
    }
    /// The path `/files/{*rest}`.
    #[must_use]
    pub fn file_path(
        rest: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RoutePath {
        ::velocious::__private::route_path("/files/{*rest}", &[&rest])
    }
    /// The address of `/files/{*rest}`.
    #[must_use]
    pub fn file_url(
        origin: &(impl ::velocious::__private::Origin + ?::core::marker::Sized),
        rest: impl ::velocious::__private::PathSegment,
    ) -> ::velocious::__private::RouteUrl {
        file_path(rest).url(origin)
    }
}
