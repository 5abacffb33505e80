//! Which columns a request can write: those that the action's type names, and no others.

use serde_json::json;
use velocious::prelude::*;
use velocious::testing::{TestApp, TestRequest};

pub mod routes {
    velocious::routes! {
        resources wallets(id: i64) only(create, update);
        match [get, post, put, patch] "/precedence/{place}" => wallets::precedence as precedence;
    }
}

#[derive(Debug, Clone, Model, serde::Serialize)]
pub struct Wallet {
    pub id: i64,
    pub owner: String,
    pub admin: bool,
    pub balance: i64,
    pub note: Option<String>,
    #[serde(skip)]
    pub record: RecordState,
}

pub struct CreateWallets;

#[migration(version = 20260101120000)]
impl Migration for CreateWallets {
    async fn up(&self, m: &mut Schema) -> Result<()> {
        m.create_table("wallets", |t| {
            t.string("owner").null(false);
            t.boolean("admin").null(false);
            t.bigint("balance").null(false);
            t.string("note");
        })
        .await
    }
}

pub mod controllers {
    use super::*;

    pub struct WalletsController;

    #[controller]
    impl WalletsController {
        pub async fn create(ctx: Context, Params(sent): Params<Sent>) -> Result<Response> {
            let mut wallet = Wallet {
                owner: sent.wallet.owner,
                ..Wallet::new()
            };
            wallet.save(ctx.db()).await?;
            ctx.render_json(&wallet)
        }

        pub async fn update(
            ctx: Context,
            Path(id): Path<i64>,
            Params(sent): Params<Sent>,
        ) -> Result<Response> {
            let mut wallet = Wallet::find(ctx.db(), id).await?;
            let changes = WalletChanges {
                owner: Some(sent.wallet.owner),
                ..Default::default()
            };
            wallet.update(ctx.db(), changes).await?;
            ctx.render_json(&wallet)
        }

        pub async fn precedence(ctx: Context, Params(sent): Params<Places>) -> Result<Response> {
            ctx.render_json(&(sent.place, sent.other))
        }
    }

    #[derive(serde::Deserialize)]
    pub struct Sent {
        wallet: WalletFields,
    }

    #[derive(serde::Deserialize)]
    pub struct WalletFields {
        owner: String,
    }

    #[derive(serde::Deserialize)]
    pub struct Places {
        place: String,
        other: Option<String>,
    }
}

fn run(test: impl AsyncFnOnce(TestApp)) {
    let application = Application::new("shop", "1.0.0", "/nowhere")
        .routes(routes::routes())
        .migrations(velocious::migrations![CreateWallets]);
    TestApp::run(application, test);
}

/// Names that would write what is not permitted, as forms spell them.
const NAMES: &[&str] = &[
    "wallet[admin]",
    "wallet[balance]",
    "wallet[note]",
    "wallet[id]",
    "wallet[record]",
    "admin",
    "balance",
    "note",
    "id",
    "wallet[][admin]",
    "wallet[0][admin]",
    "wallet[wallet][admin]",
    "wallet[owner][admin]",
    "wallet[Admin]",
    "wallet[ admin]",
    "wallet[admin][]",
    "wallet[admin][0]",
    "wallet.admin",
    "wallet%5Badmin%5D",
    "wallet[__proto__][admin]",
    "wallet[record][new]",
    "changes[admin]",
    "wallets[admin]",
    "wallet[is_admin]",
    "wallet[admin]\0",
    "record[admin]",
    "_method",
];

/// A request with `name` in one of the places where parameters can stand.
fn smuggled(app: &TestApp, method: &str, place: &str, name: &str, value: &str) -> TestRequest {
    let encode = |text: &str| {
        text.bytes()
            .map(|byte| format!("%{byte:02X}"))
            .collect::<String>()
    };
    let (path, query) = match method {
        "create" => (
            "/wallets".to_owned(),
            format!("?{}={}", encode(name), encode(value)),
        ),
        _ => (
            "/wallets/1".to_owned(),
            format!("?{}={}", encode(name), encode(value)),
        ),
    };
    let request = |path: String| match method {
        "create" => app.post(path),
        _ => app.patch(path),
    };
    match place {
        "query" => request(path + &query).form(&[("wallet[owner]", "eve")]),
        "form" => request(path).form(&[("wallet[owner]", "eve"), (name, value)]),
        "files" => request(path).part("wallet[owner]", "eve").part(name, value),
        "json" => {
            let last = name.trim_end_matches([']', '[']).rsplit(['[', ']']).next().unwrap_or(name);
            let mut body = json!({"wallet": {"owner": "eve"}});
            body["wallet"][last] = json!(value);
            body[last] = json!({"admin": true});
            request(path).json(&body)
        }
        _ => request(path).json(&json!({"wallet": {"owner": "eve", "admin": true, "balance": 1000, "note": "x", "id": 7, "record": {"new": true}}, (name): value})),
    }
}

#[test]
fn nothing_is_written_that_the_type_does_not_name() {
    run(async |app| {
        let mut own = Wallet {
            owner: "ann".into(),
            balance: 5,
            ..Wallet::new()
        };
        own.save(app.db()).await.expect("a wallet");
        let (mut created, mut written, mut refused) = (0, 0, 0);
        for name in NAMES {
            for value in ["true", "1", "1000", "on", "null", "[]", "{\"admin\":true}"] {
                for place in ["query", "form", "files", "json", "several"] {
                    for method in ["create", "update"] {
                        let answer = smuggled(&app, method, place, name, value).await;
                        match answer.status() {
                            200 if method == "create" => created += 1,
                            200 => written += 1,
                            400 | 422 => refused += 1,
                            status => panic!("{method} {place} {name}={value}: {status}"),
                        }
                    }
                }
            }
        }
        let told = format!("{created} created, {written} written, {refused} refused");
        assert!(created + written > 1_000, "{told}");
        let wallets = Wallet::all()
            .order(|wallet| wallet.id().asc())
            .load(app.db())
            .await
            .expect("wallets");
        for (index, wallet) in wallets.iter().enumerate() {
            let balance = if index == 0 { 5 } else { 0 };
            assert_eq!(
                (
                    wallet.id,
                    wallet.owner.as_str(),
                    wallet.admin,
                    wallet.balance,
                    &wallet.note
                ),
                (index as i64 + 1, "eve", false, balance, &None)
            );
        }
        assert_eq!(wallets.len(), created + 1, "{told}");
    });
}

#[test]
fn the_path_beats_the_body_which_beats_the_query() {
    run(async |app| {
        let at = "/precedence/path?place=query&other=query";
        let answered = |answer: velocious::testing::TestResponse| answer.json();
        let by_path = json!(["path", "query"]);
        assert_eq!(answered(app.get(at).await), by_path);
        assert_eq!(answered(app.post(at).await), by_path);
        let by_body = json!(["path", "body"]);
        for request in [app.post(at), app.put(at), app.patch(at)] {
            let bodies = [
                request
                    .clone()
                    .form(&[("place", "body"), ("other", "body")]),
                request.clone().part("place", "body").part("other", "body"),
                request
                    .clone()
                    .json(&json!({"place": "body", "other": "body"})),
            ];
            for body in bodies {
                assert_eq!(answered(body.await), by_body);
            }
            let half = request.form(&[("place", "body")]);
            assert_eq!(answered(half.await), by_path);
        }
    });
}
