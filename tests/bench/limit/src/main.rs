//! The benchmark's endpoints by hand: diesel's query builder on a connection that each worker thread owns, no hop to
//! another thread, serde for JSON, maud for HTML. `bench-limit seed FILE` makes the database, `bench-limit server FILE
//! PORT` serves it.
//!
//! `models` holds the tables and rows, `view` the two representations of the list.

mod models;
mod view;

use actix_web::http::header::{ACCEPT, ContentType};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, error, web};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::Error::NotFound;
use models::{Task, TaskWithProject};
use serde::Deserialize;
use std::cell::RefCell;
use std::process::ExitCode;

thread_local! {
    static CONNECTION: RefCell<Option<SqliteConnection>> = const { RefCell::new(None) };
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["seed", file] => seed(file),
        ["server", file, port] => serve(file, port),
        _ => Err("usage: bench-limit seed FILE | bench-limit server FILE PORT".into()),
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

fn seed(file: &str) -> Done {
    let mut connection = SqliteConnection::establish(file)?;
    connection.batch_execute("PRAGMA journal_mode = WAL")?;
    connection
        .transaction(|connection| connection.batch_execute(include_str!("../../seed.sql")))?;
    Ok(connection.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")?)
}

fn serve(file: &str, port: &str) -> Done {
    let (file, port) = (file.to_owned(), port.parse::<u16>()?);
    actix_web::rt::System::new().block_on(async move {
        HttpServer::new(move || {
            open(&file);
            App::new()
                .route("/ping", web::get().to(ping))
                .route("/tasks/{id}", web::get().to(show))
                .route("/tasks", web::get().to(index))
        })
        .workers(2)
        .bind(("127.0.0.1", port))?
        .run()
        .await
    })?;
    Ok(())
}

/// Opens the calling worker's own connection; the factory of an actix application runs once on each worker.
fn open(file: &str) {
    let connection = SqliteConnection::establish(file).and_then(|mut connection| {
        let settings =
            "PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000; PRAGMA synchronous = NORMAL";
        connection
            .batch_execute(settings)
            .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
        Ok(connection)
    });
    match connection {
        Ok(connection) => CONNECTION.set(Some(connection)),
        Err(error) => eprintln!("bench-limit: cannot open `{file}`: {error}"),
    }
}

fn with_connection<T>(
    work: impl FnOnce(&mut SqliteConnection) -> QueryResult<T>,
) -> actix_web::Result<T> {
    CONNECTION.with_borrow_mut(|connection| match connection {
        Some(connection) => work(connection).map_err(|error| match error {
            NotFound => error::ErrorNotFound("not found"),
            other => error::ErrorInternalServerError(other),
        }),
        None => Err(error::ErrorInternalServerError("no connection")),
    })
}

async fn ping() -> HttpResponse {
    HttpResponse::Ok()
        .content_type(ContentType::plaintext())
        .body("pong")
}

async fn show(id: web::Path<i64>) -> actix_web::Result<web::Json<Task>> {
    with_connection(|connection| Task::find(connection, *id)).map(web::Json)
}

#[derive(Deserialize)]
struct Page {
    #[serde(default = "first_page")]
    page: i64,
}

fn first_page() -> i64 {
    1
}

async fn index(request: HttpRequest, page: web::Query<Page>) -> actix_web::Result<HttpResponse> {
    let tasks = with_connection(|connection| TaskWithProject::page(connection, page.page))?;
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
