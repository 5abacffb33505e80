//! How large a request may be, and what it is answered with when it is larger.

use velocious::prelude::*;
use velocious::testing::TestApp;

pub mod routes {
    velocious::routes! {
        get limits => limits::show;
    }
}

pub mod controllers {
    use super::*;

    pub struct LimitsController;

    #[controller]
    impl LimitsController {
        pub async fn show(_: Context) -> &'static str {
            "within limits"
        }
    }
}

fn application() -> Application {
    Application::new("shop", "1.0.0", "/nowhere").routes(routes::routes())
}

#[test]
fn an_address_may_be_so_long_and_no_longer() {
    TestApp::run(application(), async |app| {
        let address = |length: usize| format!("/limits?{}", "a".repeat(length - "/limits?".len()));
        app.get(address(8192)).await.assert_status(200);
        let refused = app.get(address(8193)).accept_json().await;
        assert_eq!(
            refused.assert_status(414).json()["error"],
            "The address is longer than 8192 bytes."
        );
    });
    let settings = [("server.address_limit_bytes", "256")];
    TestApp::run_with(application(), &settings, async |app| {
        let long = format!("/limits?{}", "a".repeat(256));
        app.get(&long).await.assert_status(414);
    });
}

#[test]
fn headers_may_be_so_long_all_together_and_no_longer() {
    TestApp::run(application(), async |app| {
        let long = "a".repeat(16_000);
        let one = app.get("/limits").header("x-one", &long);
        one.await.assert_status(200);
        let three = app.get("/limits").accept_json();
        let three = three.header("x-one", &long).header("x-two", &long);
        let refused = three.header("x-three", &long).await;
        assert_eq!(
            refused.assert_status(431).json()["error"],
            "The headers are longer than 32768 bytes."
        );
        let cookies = app
            .get("/limits")
            .header("cookie", format!("a={}", "b".repeat(33_000)));
        cookies.await.assert_status(431);
    });
}
