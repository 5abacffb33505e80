//! The request at hand, and the ways to answer it.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::application::App;
use crate::{Error, Result};

/// The request at hand: its application, its parameters and the ways to answer it. Cheap to clone.
///
/// Every action may take one as an argument.
#[derive(Clone, Debug)]
pub struct Context {
    request: HttpRequest,
    app: App,
}

impl Context {
    /// The context of a request to an application.
    ///
    /// # Errors
    /// When the request belongs to an actix application that is not run by Velocious.
    pub(crate) fn of(request: &HttpRequest) -> Result<Self> {
        match request.app_data::<App>() {
            Some(app) => Ok(Context {
                request: request.clone(),
                app: app.clone(),
            }),
            None => Err(Error::message(
                "`Context` was asked for outside of an application: let `velocious::run` serve this actix application",
            )),
        }
    }

    /// The request, as actix gives it.
    pub fn request(&self) -> &HttpRequest {
        &self.request
    }

    /// The application.
    pub fn app(&self) -> &App {
        &self.app
    }
}

impl FromRequest for Context {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Context::of(request))
    }
}
