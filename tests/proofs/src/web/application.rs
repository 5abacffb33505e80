//! The application that the server proofs send requests to. Its controller is in [`crate::controllers`], where routes
//! look for it.

use velocious::Application;

/// Its routes.
pub mod routes {
    velocious::routes! {
        get ping => proofs::ping;
        get marker => proofs::marker;
        get markers => proofs::markers;
        get listen => proofs::listen;
        get crash => proofs::crash;
        get events => proofs::events;
        get connections => proofs::connections;
        get slow => proofs::slow;
        post upload => proofs::upload;
        get endless => proofs::endless;
        match [get, post, put, patch, delete] params => proofs::params;
    }
}

/// The application.
pub fn application() -> Application {
    Application::new("proofs", "1.0.0", "/nowhere").routes(routes::routes())
}
