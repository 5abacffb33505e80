velocious::routes! {
    concern commentable {
        resources comments(id: i64) only(index, show);
        post "comments/clear" => comments::clear on member;
    }
    resource profile {
        get settings;
    }
    resources posts(slug) only(show) {
        concerns commentable;
    }
    match [get, post] search => searches::run;
    get "/reports/{year: i32}" => reports::year as report;
    get "/files/{*rest}" => files::show as file;
    redirect "/articles/{slug}" => "/posts/{slug}";
    redirect about => "https://example.org/" status = 302;
    mount "/api" => crate::api::services;
}
