//! The request at hand, and the ways to answer it.

use std::fmt;
use std::future::{Ready, ready};
use std::net::IpAddr;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use actix_web::body::BoxBody;
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_core::Stream;
use maud::Markup;
use serde::Serialize;

use super::event::{self, Events};
use super::flash::Flash;
use super::redirect::is_local;
use super::session::Session;
use super::stream::{self, Writer};
use super::{Formats, Response, SendFile};
use crate::application::App;
use crate::http::accept;
use crate::http::cookie::Cookie;
use crate::http::state::{RequestState, cookie_value, cookie_values};
use crate::http::worker::Worker;
use crate::http::{client, csrf, session};
use crate::model::Errors;
use crate::routing::RedirectTarget;
use crate::{Db, Error, Locale, Result, locale};

/// The request at hand: its application, its parameters and the ways to answer it. Cheap to clone.
///
/// Every action may take one as an argument.
///
/// ```
/// use velocious::{Context, Response, Result};
///
/// async fn index(ctx: Context) -> Result<Response> {
///     let greeting = format!("{} page {}", ctx.app().name(), ctx.page());
///     ctx.render_json(&greeting)
/// }
/// # let _ = index;
/// ```
#[derive(Clone)]
pub struct Context {
    request: HttpRequest,
    worker: Rc<Worker>,
}

/// A value that was kept with a request, apart from what actix and others keep there.
struct Assigned<T>(Rc<T>);

impl Context {
    /// The context of a request to an application.
    ///
    /// # Errors
    /// When the request belongs to an actix application that is not run by Velocious.
    pub(crate) fn of(request: &HttpRequest) -> Result<Self> {
        match request.app_data::<Rc<Worker>>() {
            Some(worker) => Ok(Context {
                request: request.clone(),
                worker: worker.clone(),
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
        self.worker.app()
    }

    /// The application's database.
    pub fn db(&self) -> &Db {
        self.worker.app().database()
    }

    /// The number of the page that the query asks for, as in `?page=2`; 1 when it asks for none.
    pub fn page(&self) -> u64 {
        let query = self.request.query_string();
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let wanted = pairs.rfind(|(name, _)| *name == "page");
        let number = wanted.and_then(|(_, number)| number.parse().ok());
        number.unwrap_or(1).max(1)
    }

    /// Whether the request asks for JSON more than for HTML, by its header `Accept`.
    pub fn wants_json(&self) -> bool {
        self.state().varies.set(true);
        accept::wants_json(&self.request)
    }

    /// Answers in the format that the request's header `Accept` asks for most, else with 406.
    pub fn respond_to(&self) -> Formats<'_> {
        Formats::of(self)
    }

    /// Notes that the answer depends on the header `Accept`.
    pub(super) fn varies_by_accept(&self) {
        self.state().varies.set(true);
    }

    /// Keeps a value for the rest of this request, as a function before the actions does for actions and the layout. It
    /// is found by its type, and takes the place of one of the same type.
    ///
    /// ```
    /// use velocious::prelude::*;
    ///
    /// struct Visitor {
    ///     name: String,
    /// }
    ///
    /// async fn load_visitor(ctx: &Context) -> Result<()> {
    ///     if let Some(name) = ctx.session().get("name") {
    ///         ctx.assign(Visitor { name });
    ///     }
    ///     Ok(())
    /// }
    ///
    /// async fn greet(ctx: Context) -> Result<Response> {
    ///     let name = ctx.assigned::<Visitor>().map(|visitor| visitor.name.clone());
    ///     ctx.render_json(&name)
    /// }
    /// # let _ = (load_visitor, greet);
    /// ```
    pub fn assign<T: 'static>(&self, value: T) {
        let value = Assigned(Rc::new(value));
        self.request.extensions_mut().insert(value);
    }

    /// The value of this type that was kept with [`assign`](Self::assign); `None` when none was.
    pub fn assigned<T: 'static>(&self) -> Option<Rc<T>> {
        let extensions = self.request.extensions();
        let value = extensions.get::<Assigned<T>>();
        value.map(|Assigned(value)| value.clone())
    }

    /// Names the page, for the layout.
    pub fn set_title(&self, title: impl Into<String>) {
        *self.state().title.borrow_mut() = Some(title.into());
    }

    /// A page: `content` inside of the application's layout, with status 200.
    ///
    /// # Errors
    /// When the page was made with a file that is not in `public/`, except in production.
    pub fn render(&self, content: Markup) -> Result<Response> {
        self.page_of(StatusCode::OK, content)
    }

    /// A page with another status, such as 422.
    ///
    /// # Errors
    /// When there is no such status, and those of [`render`](Self::render).
    pub fn render_with_status(&self, status: u16, content: Markup) -> Result<Response> {
        self.page_of(StatusCode::from_u16(status)?, content)
    }

    /// Sends the browser to a path of this application, as in `ctx.redirect(paths::tasks_path())`. A text is none: see
    /// [`local_path`](Self::local_path) and [`redirect_outside`](Self::redirect_outside).
    ///
    /// After a form was sent (any method but GET and HEAD) the status is 303, so that the browser asks for the path
    /// with GET; else it is 302.
    ///
    /// # Errors
    /// When the path has letters that no header can have.
    pub fn redirect(&self, path: impl RedirectTarget) -> Result<Response> {
        let path = path.path();
        if !is_local(path) {
            return Err(Error::message(format!(
                "`redirect` goes to paths of this application only, not to `{}`: use `redirect_outside` if that is meant",
                path.escape_debug()
            )));
        }
        self.redirect_outside(path)
    }

    /// `value` as JSON, with status 200.
    ///
    /// # Errors
    /// When the value cannot be JSON: a map with keys that are no text.
    pub fn render_json<T: Serialize + ?Sized>(&self, value: &T) -> Result<Response> {
        json(StatusCode::OK, value)
    }

    /// `value` as JSON with another status, such as 201.
    ///
    /// # Errors
    /// When there is no such status, or the value cannot be JSON.
    pub fn render_json_with_status<T: Serialize + ?Sized>(
        &self,
        status: u16,
        value: &T,
    ) -> Result<Response> {
        json(StatusCode::from_u16(status)?, value)
    }

    /// The answer to parameters that a record cannot be saved with, status 422: the form again, or for JSON
    /// `{"errors": {"title": ["can't be blank"]}}`.
    ///
    /// # Errors
    /// Those of [`render`](Self::render).
    pub fn invalid(&self, errors: &Errors, form: impl FnOnce() -> Markup) -> Result<Response> {
        #[derive(Serialize)]
        struct Body<'a> {
            errors: &'a Errors,
        }
        match self.wants_json() {
            true => json(StatusCode::UNPROCESSABLE_ENTITY, &Body { errors }),
            false => self.page_of(StatusCode::UNPROCESSABLE_ENTITY, form()),
        }
    }

    /// Lets this request take another time than `server.request_timeout`, counted from its beginning; `None`, or no time
    /// at all, is for ever. A request that takes longer is given up and answered with 503.
    pub fn set_request_timeout(&self, limit: impl Into<Option<Duration>>) {
        let limit = limit.into().filter(|limit| !limit.is_zero());
        self.state().time_limit.set(Some(limit));
    }

    /// Answers with a file, which the browser saves: with ranges and conditions, as a file of `public/` is answered. A
    /// relative path is relative to the application's folder. The path is trusted; see [`SendFile::within`] for one that
    /// came with the request.
    pub fn send_file(&self, path: impl Into<PathBuf>) -> SendFile {
        SendFile::new(self.clone(), path.into())
    }

    /// Answers with what `produce` writes, while it writes it. When the client goes away, `produce` is dropped where it
    /// waits; when it fails, the connection is cut. Only the headers have to come within the request's time.
    ///
    /// ```
    /// use velocious::prelude::*;
    ///
    /// async fn export(ctx: Context) -> Result<Response> {
    ///     ctx.stream("text/csv; charset=utf-8", async move |out| {
    ///         for number in 1..=1_000 {
    ///             out.write(format!("{number}\n")).await?;
    ///         }
    ///         Ok(())
    ///     })
    /// }
    /// # let _ = export;
    /// ```
    ///
    /// # Errors
    /// When the content type has letters that no header can have.
    pub fn stream(
        &self,
        content_type: &str,
        produce: impl AsyncFnOnce(Writer) -> Result<()> + 'static,
    ) -> Result<Response> {
        stream::produced(self, content_type, None, produce)
    }

    /// Answers with the items of a stream. When the client goes away, the stream is dropped.
    ///
    /// # Errors
    /// When the content type has letters that no header can have.
    pub fn stream_of(
        &self,
        content_type: &str,
        stream: impl Stream<Item = std::io::Result<Bytes>> + 'static,
    ) -> Result<Response> {
        stream::streamed(content_type, stream)
    }

    /// Answers with events that a browser listens to with `EventSource`, for as long as `produce` runs, the browser stays
    /// and the server does.
    ///
    /// ```
    /// use velocious::controller::Event;
    /// use velocious::prelude::*;
    ///
    /// async fn news(ctx: Context) -> Result<Response> {
    ///     ctx.server_sent_events(async move |events| {
    ///         events.send("hello").await?;
    ///         events.send(Event::json(&[1, 2])?.named("numbers")).await
    ///     })
    /// }
    /// # let _ = news;
    /// ```
    ///
    /// # Errors
    /// None; the result is what actions return.
    pub fn server_sent_events(
        &self,
        produce: impl AsyncFnOnce(Events) -> Result<()> + 'static,
    ) -> Result<Response> {
        event::server_sent_events(self, produce)
    }

    /// The language that this request is answered in: the one that was [set](Self::set_locale), or that of a
    /// [`with_locale`](crate::with_locale) around, else the application's own.
    pub fn locale(&self) -> Locale {
        let chosen = || self.state().locale.borrow().clone();
        locale::entered()
            .or_else(chosen)
            .unwrap_or_else(locale::locale)
    }

    /// Answers this request in a language from now on: translated attributes of records are read, written and asked for in
    /// it, and the answer says so in its header `Content-Language`.
    ///
    /// ```
    /// use velocious::controller::Next;
    /// use velocious::prelude::*;
    ///
    /// /// For `#[controller(around(in_language))]`.
    /// async fn in_language(ctx: &Context, next: Next<'_>) -> Result<Response> {
    ///     match ctx.session().get::<String>("locale") {
    ///         Some(chosen) => ctx.set_locale(chosen)?,
    ///         None => ctx.set_locale(ctx.preferred_locale())?,
    ///     }
    ///     next.run().await
    /// }
    /// # let _ = in_language;
    /// ```
    ///
    /// # Errors
    /// 404 when `locale` is none of [`Locales::available`](crate::locale::Locales::available).
    pub fn set_locale(&self, locale: impl AsRef<str>) -> Result<()> {
        let Some(locale) = locale::find(locale.as_ref()) else {
            return Err(Error::http(404, "There is no such page in that language."));
        };
        *self.state().locale.borrow_mut() = Some(locale.clone());
        locale::change(locale);
        Ok(())
    }

    /// The language that the browser asks for most of those that are available, by its header `Accept-Language`; else the
    /// application's own.
    pub fn preferred_locale(&self) -> Locale {
        self.state().varies_by_language.set(true);
        accept::preferred_locale(&self.request)
    }

    /// The error that is answered with 404.
    pub fn not_found(&self) -> Error {
        Error::http(404, "There is no such page.")
    }

    /// Messages that outlive a redirect.
    pub fn flash(&self) -> Flash {
        Flash {
            state: self.state(),
            request: self.request.clone(),
            worker: self.worker.clone(),
        }
    }

    /// What is remembered of this browser from one request to the next.
    pub fn session(&self) -> Session {
        Session {
            state: self.state(),
            request: self.request.clone(),
            worker: self.worker.clone(),
        }
    }

    /// The value of a cookie that the request sent.
    pub fn cookie(&self, name: &str) -> Option<String> {
        cookie_value(&self.request, name)
    }

    /// Names and values of all cookies that the request sent, in their order. Encrypted and signed ones are as they were
    /// sent.
    pub fn cookies(&self) -> Vec<(String, String)> {
        cookie_values(&self.request)
    }

    /// The value of an encrypted cookie that the request sent. One that is plain, forged, of another name or expired
    /// counts as none.
    pub fn encrypted_cookie(&self, name: &str) -> Option<String> {
        let opened = self.worker.seal().open(name, &self.cookie(name)?)?;
        Some(opened.value)
    }

    /// The value of a signed cookie that the request sent. One that is plain, forged, of another name or expired counts
    /// as none.
    pub fn signed_cookie(&self, name: &str) -> Option<String> {
        let opened = self.worker.seal().verify(name, &self.cookie(name)?)?;
        Some(opened.value)
    }

    /// Sets a cookie with the answer.
    pub fn set_cookie(&self, cookie: Cookie) {
        self.state().set_cookie(cookie);
    }

    /// Makes the browser forget a cookie.
    pub fn delete_cookie(&self, name: impl Into<String>) {
        self.set_cookie(Cookie::forgotten(name));
    }

    /// The token that a request without `Sec-Fetch-Site` and `Origin` has to send with its session, in the header
    /// `X-CSRF-Token` or the field `csrf_token`. Forms of [`form_for`](crate::view::form_for) have it in them.
    ///
    /// `None` while there is no session, which is when no token is needed.
    pub fn csrf_token(&self) -> Option<String> {
        csrf::token(self)
    }

    /// What marks a script or style that stands in the page itself as the page's own, for its attribute `nonce`: the
    /// page's `Content-Security-Policy` then lets it run.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn csp_nonce(&self) -> Result<String> {
        let state = self.state();
        if let Some(nonce) = state.nonce.get() {
            return Ok(nonce.clone());
        }
        let nonce = session::random_text()?;
        Ok(state.nonce.get_or_init(|| nonce).clone())
    }

    /// The address of whoever sent the request: told by the connection, or by a proxy of `server.trusted_proxies`.
    /// `None` where there is none, as in a test.
    pub fn remote_ip(&self) -> Option<IpAddr> {
        client::address(&self.request, &self.app().config().server.trusted_proxies)
    }

    /// Whether the browser's connection is encrypted, as a proxy of `server.trusted_proxies` says.
    pub fn is_secure(&self) -> bool {
        client::is_secure(&self.request, &self.app().config().server.trusted_proxies)
    }

    /// The host and port that the request is meant for, as in `shop.example:8080`: one of `security.hosts`.
    pub fn host(&self) -> &str {
        let value = self.request.headers().get(HOST);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The address of the application, for links that leave it, as in a mail: `https://shop.example` followed by a
    /// path.
    pub fn url(&self, path: impl AsRef<str>) -> String {
        let scheme = if self.is_secure() { "https" } else { "http" };
        format!("{scheme}://{}{}", self.host(), path.as_ref())
    }

    pub(crate) fn worker(&self) -> &Worker {
        &self.worker
    }

    fn state(&self) -> Rc<RequestState> {
        RequestState::of(&self.request)
    }

    fn page_of(&self, status: StatusCode, content: Markup) -> Result<Response> {
        let page = match self.worker.app().layout() {
            Some(layout) => {
                let title = self.state().title.borrow().clone();
                let title = title.as_deref().unwrap_or(self.app().name());
                layout(self, title, content)
            }
            None => content,
        };
        let state = RequestState::existing(&self.request);
        if let Some(reason) = state.and_then(|state| state.missing_asset.take()) {
            return Err(Error::message(reason));
        }
        let mut response = Response::with_body(status, BoxBody::new(page.into_string()));
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        );
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        Ok(response)
    }
}

/// `value` as JSON.
pub(crate) fn json<T: Serialize + ?Sized>(status: StatusCode, value: &T) -> Result<Response> {
    let body = serde_json::to_vec(value)?;
    let mut response = Response::with_body(status, BoxBody::new(body));
    response.headers_mut().insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/json; charset=utf-8"),
    );
    Ok(response)
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("method", self.request.method())
            .field("path", &self.request.path())
            .finish_non_exhaustive()
    }
}

impl FromRequest for Context {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Context::of(request))
    }
}
