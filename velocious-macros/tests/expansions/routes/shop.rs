velocious::routes! {
    root home::index;
    get ping;
    get "/about/team" => pages::team;
    get "/reports/{year}/{month}" => reports::month as monthly_report;
    resources projects except(destroy) {
        resources tasks only(index, show);
    }
    resources tasks controller = jobs {
        get users on member;
        get overdue on collection;
        post "mark-all" on collection;
    }
    namespace admin {
        root dashboard::index;
        resources news;
        post reindex;
    }
    delete session => sessions::destroy;
}
