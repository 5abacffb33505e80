//! Which hosts are served, and whose name stands in links: every combination of what a request can say about that.

use velocious::config::Environment;
use velocious::prelude::*;
use velocious::routing::RoutePath;
use velocious::testing::TestApp;

pub mod routes {
    velocious::routes! {
        get "/links" => links::show as links;
        get "/links/away" => links::away as links_away;
    }
}

pub mod controllers {
    use super::*;

    pub struct LinksController;

    #[controller]
    impl LinksController {
        pub async fn show(ctx: Context) -> Result<Response> {
            ctx.render_json(&(
                ctx.url("/tasks"),
                super::routes::paths::links_url(&ctx),
                ctx.host(),
                ctx.is_secure(),
                ctx.remote_ip(),
            ))
        }

        pub async fn away(ctx: Context) -> Result<Response> {
            ctx.redirect(RoutePath::raw("/links"))
        }
    }
}

const SECRET: &str = "c3e80b6f1a947d25b0f86ec21d3794a85c0e7fb92461ad38f5027c9e4b8d1a60";

fn application() -> Application {
    Application::new("shop", "1.0.0", "/nowhere").routes(routes::routes())
}

/// What a header `Host` says, and the status that it is answered with in production, which serves `shop.example` and
/// everything below `.shop.org`.
const HOSTS: &[(&str, u16)] = &[
    ("shop.example", 200),
    ("SHOP.example", 200),
    ("shop.example:443", 200),
    ("shop.example:8080", 200),
    ("shop.org", 200),
    ("www.shop.org", 200),
    ("a.b.shop.org", 200),
    ("evil.example", 403),
    ("www.shop.example", 403),
    ("shop.example.evil.example", 403),
    ("evilshop.org", 403),
    ("evil.example.shop.example", 403),
    ("shop.example.", 403),
    ("localhost", 403),
    ("127.0.0.1", 403),
    ("[::1]", 403),
    ("", 400),
    (" ", 400),
    ("shop.example@evil.example", 400),
    ("evil.example#shop.example", 400),
    ("evil.example/shop.example", 400),
    ("shop.example, evil.example", 400),
    ("shop.example evil.example", 400),
    ("shop.example:80:80", 400),
    ("shop.example:80x", 400),
    ("shop.example\\", 400),
];

/// What nobody is believed who is no trusted proxy.
const FORWARDED: &[(&str, &str)] = &[
    ("x-forwarded-host", "evil.example"),
    ("x-host", "evil.example"),
    ("x-original-host", "evil.example"),
    ("x-http-host-override", "evil.example"),
    ("x-forwarded-server", "evil.example"),
    ("forwarded", "for=203.0.113.7;host=evil.example;proto=https"),
    ("x-forwarded-proto", "https"),
    ("x-forwarded-for", "203.0.113.7"),
    ("x-real-ip", "203.0.113.7"),
    ("x-original-url", "https://evil.example/links"),
    ("x-rewrite-url", "https://evil.example/links"),
];

/// What the address of a request says, and whether it is the same host.
const ADDRESSES: &[(&str, Option<&str>)] = &[
    ("", None),
    ("http://shop.example", Some("shop.example")),
    ("http://evil.example", Some("evil.example")),
    (
        "http://shop.example@evil.example",
        Some("none that could be one"),
    ),
];

#[test]
fn no_request_gets_a_link_to_another_host() {
    let settings = [
        ("security.cookie_secret", SECRET),
        ("security.hosts", "shop.example,.shop.org"),
        ("log.file", "false"),
        ("log.console", "false"),
    ];
    TestApp::run_in(
        Environment::PRODUCTION,
        application(),
        &settings,
        async |app| {
            let mut cells = 0;
            for (host, expected) in HOSTS {
                for (address, authority) in ADDRESSES {
                    for forwarded in FORWARDED.iter().map(Some).chain([None]) {
                        for path in ["/links", "/links/away"] {
                            let mut request =
                                app.get(format!("{address}{path}")).header("host", *host);
                            if let Some((name, value)) = forwarded {
                                request = request.header(*name, *value);
                            }
                            let answer = request.await;
                            let expected = match authority {
                                Some(authority) if !authority.eq_ignore_ascii_case(host) => {
                                    [400, 403].contains(&answer.status())
                                }
                                _ if path == "/links/away" && *expected == 200 => {
                                    answer.status() == 302
                                }
                                _ => answer.status() == *expected,
                            };
                            let told = format!(
                                "{address}{path} for {host:?} with {forwarded:?}: {answer:?}"
                            );
                            assert!(expected, "{told}");
                            assert!(!answer.text().contains("evil"), "{told}");
                            assert!(
                                answer.header("location").is_none_or(|to| to == "/links"),
                                "{told}"
                            );
                            if answer.status() == 200 {
                                let link = format!("http://{host}/tasks");
                                assert_eq!(answer.json()[0], link, "{told}");
                                assert_eq!(
                                    answer.json()[1],
                                    format!("http://{host}/links"),
                                    "{told}"
                                );
                                assert_eq!(answer.json()[3], false, "{told}");
                            }
                            cells += 1;
                        }
                    }
                }
            }
            assert_eq!(
                cells,
                HOSTS.len() * ADDRESSES.len() * (FORWARDED.len() + 1) * 2
            );
            // A load balancer asks under any name, and learns no more.
            app.get("/up")
                .header("host", "10.0.0.7")
                .await
                .assert_status(200);
        },
    );
}

#[test]
fn two_hosts_are_none() {
    TestApp::run(application(), async |app| {
        app.get("/links")
            .without_header("host")
            .await
            .assert_status(400);
    });
}
