//! The benchmark's endpoints by hand: diesel's query builder, serde for JSON, maud for HTML. `bench-limit seed DATABASE`
//! fills a database, `bench-limit server DATABASE PORT` serves it; a database is a file of SQLite or a
//! `postgres://` URL.
//!
//! `store` asks the database, `models` holds the tables and rows, `view` the two representations of the list.

mod models;
mod store;
mod view;

use actix_web::http::header::{ACCEPT, ContentType};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use models::{NewTask, Task};
use serde::{Deserialize, Serialize};
use std::process::ExitCode;
use store::{Created, Store};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["seed", database] => actix_web::rt::System::new().block_on(store::seed(database)),
        ["server", database, port] => serve(database, port),
        _ => Err("usage: bench-limit seed DATABASE | bench-limit server DATABASE PORT".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench-limit: {error}");
            ExitCode::FAILURE
        }
    }
}

type Done = Result<(), Box<dyn std::error::Error>>;

fn serve(database: &str, port: &str) -> Done {
    let port = port.parse::<u16>()?;
    let store = Store::new(database)?;
    actix_web::rt::System::new().block_on(async move {
        HttpServer::new(move || {
            store.open_on_this_worker();
            App::new()
                .app_data(web::Data::new(store.clone()))
                .route("/ping", web::get().to(ping))
                .route("/greeting", web::get().to(greeting))
                .route("/tasks/{id}", web::get().to(show))
                .route("/tasks", web::get().to(index))
                .route("/tasks", web::post().to(create))
        })
        .workers(2)
        .bind(("127.0.0.1", port))?
        .run()
        .await
    })?;
    Ok(())
}

async fn ping() -> HttpResponse {
    HttpResponse::Ok()
        .content_type(ContentType::plaintext())
        .body("pong")
}

#[derive(Serialize)]
struct Greeting {
    message: &'static str,
    number: u32,
}

async fn greeting() -> web::Json<Greeting> {
    web::Json(Greeting {
        message: "Hello, world!",
        number: 42,
    })
}

async fn show(store: web::Data<Store>, id: web::Path<i64>) -> actix_web::Result<web::Json<Task>> {
    store.find(*id).await.map(web::Json)
}

#[derive(Deserialize)]
struct Page {
    #[serde(default = "first_page")]
    page: i64,
}

fn first_page() -> i64 {
    1
}

async fn index(
    request: HttpRequest,
    store: web::Data<Store>,
    page: web::Query<Page>,
) -> actix_web::Result<HttpResponse> {
    let tasks = store.page(page.page).await?;
    let accept = request
        .headers()
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .unwrap_or_default();
    Ok(if accept.contains("application/json") {
        HttpResponse::Ok().json(tasks)
    } else {
        HttpResponse::Ok()
            .content_type(ContentType::html())
            .body(view::index(&tasks).into_string())
    })
}

async fn create(
    store: web::Data<Store>,
    task: web::Json<NewTask>,
) -> actix_web::Result<HttpResponse> {
    Ok(match store.create(task.into_inner()).await? {
        Created::Task(task) => HttpResponse::Created().json(task),
        Created::Refused(message) => HttpResponse::UnprocessableEntity().body(message),
    })
}
