//! Applications that let strangers in, one way at a time.

use std::path::{Path, PathBuf};
use std::process::Command;

use actix_web::http::Method;

use super::{Report, report};
use crate::Application;
use crate::application::Given;
use crate::config::Environment;
use crate::controller::{Action, Filters, Response, action};
use crate::routing::{Route, RouteTable};

const STRONG: &str = "9d41c7f2b80e5a36d1f4872c0b9e63a57f18d2c4e0b7963a5d8f41c27e0ab693";

/// A folder of the running test that goes away with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let root =
            std::env::temp_dir().join(format!("velocious-security-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&root);
        std::fs::create_dir_all(root.join("config")).expect("a folder");
        Folder(root)
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.0.join(file);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    fn is_a_repository(&self) {
        let made = Command::new("git")
            .arg("-C")
            .arg(&self.0)
            .args(["init", "--quiet"])
            .status();
        assert!(
            made.is_ok_and(|status| status.success()),
            "git makes no repository"
        );
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn look(root: &Path, application: &Application, variables: &[(&str, &str)]) -> Report {
    let variable = |name: &str| {
        let found = variables.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    };
    let given = Given {
        environment: None,
        variable: &variable,
        overrides: Vec::new(),
    };
    report(application, &Environment::PRODUCTION, root, &given)
}

/// Each finding as its rule and its fault.
fn faults(report: &Report) -> Vec<String> {
    let findings = report.findings.iter();
    findings
        .map(|finding| format!("{}: {}", finding.rule, finding.fault))
        .collect()
}

fn application() -> Application {
    Application::new("shop", "1.0.0", "/nowhere")
}

const SOUND: &[(&str, &str)] = &[
    ("VELOCIOUS_COOKIE_SECRET", STRONG),
    ("VELOCIOUS_HOSTS", "shop.example,.shop.example"),
    ("VELOCIOUS_TRUSTED_PROXIES", "127.0.0.1,10.0.0.0/8"),
];

#[test]
fn an_application_as_it_should_be_has_nothing_to_mend() {
    let folder = Folder::new("sound");
    folder.is_a_repository();
    folder.write(".gitignore", "/db/*.sqlite3\n/log/\n.env\n");
    folder.write(".env", "VELOCIOUS_COOKIE_SECRET=…");
    folder.write("db/production.sqlite3", "");
    folder.write("log/production.log", "");
    folder.write("public/application.css", "");
    folder.write(
        "config/production.toml",
        "[database]\nurl = \"postgres://shop@db.example/shop\"\n",
    );
    folder.write(
        "config/development.toml",
        "[security]\ncookie_secret = \"for this machine\"\n",
    );
    let report = look(&folder.0, &application(), SOUND);
    assert_eq!(faults(&report), [""; 0]);
    let text = report.text();
    assert!(
        text.starts_with("Environment `production`: nothing to mend.\n\nNotes:\n"),
        "{text}"
    );
    assert!(
        text.contains("none is exempt") && text.contains("cargo"),
        "{text}"
    );
}

#[test]
fn other_origins_and_the_socket_let_in_those_who_are_named() {
    let folder = Folder::new("shared");
    let check = |socket_mode: &str, credentials: &str, origins: &str| {
        folder.write(
            "config/production.toml",
            &format!(
                "[server]\nsocket = \"/run/shop.sock\"\nsocket_mode = \"{socket_mode}\"\ntrusted_proxies = [\"unix\"]\n\
                 [cors]\norigins = [\"{origins}\"]\ncredentials = {credentials}\n",
            ),
        );
        let variables = &SOUND[..2];
        faults(&look(&folder.0, &application(), variables))
    };
    assert_eq!(check("660", "true", "https://a.example"), [""; 0]);
    assert_eq!(check("660", "false", "http://a.example"), [""; 0]);
    assert_eq!(
        check("666", "true", "http://a.example"),
        [
            "shared-origins: `cors.origins` holds \"http://a.example\", whose pages anybody on the way can change, and `cors.credentials` lets them act as their visitors",
            "socket: `server.socket_mode` is \"666\", so everybody on this machine is a proxy that `unix` in `server.trusted_proxies` trusts",
        ]
    );
}

#[test]
fn settings_that_let_strangers_in_are_found() {
    let folder = Folder::new("settings");
    folder.write(
        "config/production.toml",
        "[server]\nrequest_timeout = 0\nbody_timeout_seconds = 3600\nbody_limit_bytes = 10000000000\ntrusted_proxies = [\"0.0.0.0/0\", \"10.0.0.1\"]\n\
         [log]\nlevel = \"debug\"\n\
         [session]\nlifetime_hours = 9600\n\
         [security]\nhosts = [\"*\", \".example\"]\nhsts_seconds = 0\ntrusted_origins = [\"http://shop.example\"]\nprevious_cookie_secrets = [\"old\"]\n",
    );
    let secret = [("VELOCIOUS_COOKIE_SECRET", STRONG)];
    let report = look(&folder.0, &application(), &secret);
    assert_eq!(
        faults(&report),
        [
            "old-secrets: one of `security.previous_cookie_secrets` is shorter than 32 random bytes, and cookies made with it are accepted",
            "hosts: `security.hosts` holds \"*\", which stands for names that are not yours",
            "hosts: `security.hosts` holds \".example\", which stands for names that are not yours",
            "origins: `security.trusted_origins` holds \"http://shop.example\", whose pages anybody on the way can change",
            "proxies: `server.trusted_proxies` holds 0.0.0.0/0, among which are strangers who can then pretend to be any client",
            "hsts: `security.hsts_seconds` is 0, so browsers may come without TLS",
            "log: `log.level` is \"debug\", which writes down every statement",
            "sessions: a session that was copied works for 400 days, and other processes do not know when it is ended",
            "sizes: `server.body_limit_bytes` is 10000000000, of which a few requests fill the machine",
            "sizes: `server.upload_limit_bytes` is 10000000000, of which a few requests fill the machine",
            "times: `server.request_timeout` is off, or more than an hour: slow requests pile up",
            "times: `server.body_timeout_seconds` is more than five minutes: slow senders pile up",
        ]
    );
}

#[test]
fn what_keeps_production_from_starting_hides_nothing_else() {
    let folder = Folder::new("faults");
    let report = look(
        &folder.0,
        &application(),
        &[("VELOCIOUS_LOG_LEVEL", "trace")],
    );
    assert_eq!(
        faults(&report),
        [
            "configuration: `security.cookie_secret` is not set",
            "configuration: `security.hosts` is not set",
            "log: `log.level` is \"trace\", which writes down every statement",
        ]
    );
    let cures: Vec<_> = report
        .findings
        .iter()
        .map(|finding| &finding.cure)
        .collect();
    assert!(cures[0].contains("`velocious secret`"), "{cures:?}");
    let weak = [(
        "VELOCIOUS_COOKIE_SECRET",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    )];
    let report = look(&folder.0, &application(), &weak);
    assert!(
        faults(&report)[0].ends_with("`security.cookie_secret` is not random"),
        "{report:?}"
    );
    let unusable = look(
        &folder.0,
        &application(),
        &[("VELOCIOUS_SERVER_PORT", "eighty")],
    );
    assert!(
        unusable.text().contains("the configuration cannot be used"),
        "{unusable:?}"
    );
}

#[test]
fn secrets_in_the_repository_are_found() {
    let folder = Folder::new("repository");
    folder.write(".env", "A=b");
    folder.write(".env.example", "A=");
    folder.write("config/tls.key", "");
    folder.write("db/production.sqlite3", "");
    folder.write("public/dump.sql", "");
    folder.write(
        "config/production.toml",
        &format!("[security]\ncookie_secret = \"{STRONG}\"\n[database]\nurl = \"postgres://shop:hunter2@db.example/shop\"\n[databases.reporting]\nurl = \"mysql://shop:hunter2@db.example/shop\"\n"),
    );
    let published = "public: anybody can fetch `public/dump.sql`";
    let report = look(&folder.0, &application(), SOUND);
    assert_eq!(faults(&report), [published]);
    assert!(report.text().contains("no git repository"), "{report:?}");
    folder.is_a_repository();
    let report = look(&folder.0, &application(), SOUND);
    assert_eq!(
        faults(&report),
        [
            "repository: `.env` is in the git repository, or will be with the next `git add`",
            "repository: `config/tls.key` is in the git repository, or will be with the next `git add`",
            "repository: `config/production.toml` has `security.cookie_secret` in it, and is in the git repository",
            "repository: `config/production.toml` has the URL of a database with its password in it, and is in the git repository",
            "repository: `config/production.toml` has the URL of a database with its password in it, and is in the git repository",
            "repository: `db/production.sqlite3` is in the git repository, or will be with the next `git add`",
            published,
        ]
    );
    let text = report.text();
    assert!(
        !text.contains("hunter2") && !text.contains(STRONG),
        "{text}"
    );
    assert!(
        text.contains("set `REPORTING_DATABASE_URL` where"),
        "{text}"
    );
}

#[test]
fn policies_that_let_scripts_in_are_found() {
    let folder = Folder::new("policies");
    for (policy, expected) in [
        (
            "default-src 'self'; base-uri 'self'; frame-ancestors 'none'",
            &[][..],
        ),
        (
            "",
            &["policy: the Content-Security-Policy is empty, or cannot be a header"],
        ),
        (
            "script-src 'self' 'unsafe-inline' *; base-uri 'self'; frame-ancestors 'self'",
            &[
                "policy: the Content-Security-Policy lets scripts run from 'unsafe-inline'",
                "policy: the Content-Security-Policy lets scripts run from *",
            ],
        ),
        (
            "img-src 'self'",
            &[
                "policy: the Content-Security-Policy lets scripts of every site run: it has neither `script-src` nor `default-src`",
                "policy: the Content-Security-Policy has no `frame-ancestors`, so that other sites can put the pages into a frame and borrow their visitors' clicks",
                "policy: the Content-Security-Policy has no `base-uri`, so that a `<base>` that somebody smuggles in sends every form elsewhere",
            ],
        ),
    ] {
        let application = application().content_security_policy(policy);
        assert_eq!(
            faults(&look(&folder.0, &application, SOUND)),
            expected,
            "{policy}"
        );
    }
}

fn destroy() -> Action {
    async fn destroy() -> Response {
        Response::Ok().finish()
    }
    action("TasksController", "destroy", Filters::NONE, destroy)
}

#[test]
fn links_that_change_something_are_found() {
    let folder = Folder::new("links");
    let routes = RouteTable::new(vec![
        Route::new(Method::DELETE, "/tasks/{id}", "task", destroy),
        Route::new(Method::GET, "/tasks/{id}/destroy", "destroy_task", destroy),
    ]);
    let application = application().routes(routes);
    let report = look(&folder.0, &application, SOUND);
    assert_eq!(
        faults(&report),
        [
            "links: GET /tasks/{id}/destroy leads to `TasksController#destroy`, which other sites can then let their visitors do"
        ]
    );
    let text = report.text();
    assert!(text.contains("refused on all 1 routes"), "{text}");
}

#[test]
fn whose_pages_are_let_in_is_said() {
    let folder = Folder::new("exempt");
    let shared = [
        SOUND[0],
        SOUND[1],
        ("VELOCIOUS_TRUSTED_ORIGINS", "https://admin.example"),
        ("VELOCIOUS_CORS_ORIGINS", "*"),
    ];
    let report = look(&folder.0, &application(), &shared);
    assert_eq!(faults(&report), [""; 0]);
    let text = report.text();
    assert!(
        text.contains("do not answer GET; pages of `https://admin.example`, `*` are let in"),
        "{text}"
    );
    assert!(
        text.contains("`cors.origins` holds \"*\": pages of every site read"),
        "{text}"
    );
}

#[test]
fn programs_can_read_it() {
    let folder = Folder::new("json");
    let report = look(&folder.0, &application(), &[SOUND[1], SOUND[2]]);
    let json: serde_json::Value =
        serde_json::from_str(&report.json().expect("JSON")).expect("JSON");
    assert_eq!(json["environment"], "production");
    assert_eq!(
        json["findings"],
        serde_json::json!([{
            "rule": "configuration",
            "fault": "`security.cookie_secret` is not set",
            "cure": "set `VELOCIOUS_COOKIE_SECRET` to what `velocious secret` prints, at least 32 random bytes",
        }])
    );
    assert!(
        json["notes"]
            .as_array()
            .is_some_and(|notes| notes.len() >= 3),
        "{json}"
    );
}
