//! Where a server listens, and where its log goes.

use std::net::{TcpListener, TcpStream};
use std::process::Command;
use velocious_tests::{
    HttpClient, Process, Server, TemporaryFolder, eventually, program, workspace,
};

/// The example's program in a folder of its own, which has the file that every page names.
fn example(folder: &TemporaryFolder) -> Command {
    let style = "public/application.css";
    std::fs::create_dir(folder.path().join("public")).expect("a folder can be made");
    let from = workspace().join("tests/example").join(style);
    std::fs::copy(from, folder.path().join(style)).expect("a file can be copied");
    let mut command = Command::new(program("example", "example"));
    command
        .env("VELOCIOUS_ROOT", folder.path())
        .env("DATABASE_URL", "sqlite:example.sqlite3")
        .env("VELOCIOUS_DATABASE_PREPARE", "true");
    command
}

/// A port that nobody listens on.
fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port can be had");
    let address = listener.local_addr();
    address.expect("a bound socket has an address").port()
}

#[test]
fn a_server_listens_where_it_is_told_to() {
    let folder = TemporaryFolder::new("host-and-port");
    let mut command = example(&folder);
    command.args(["server", "--host", "0.0.0.0"]);
    command.stdout(std::process::Stdio::null());
    command.stderr(std::process::Stdio::null());
    let (port, _server) = eventually("the server listens", || {
        let port = free_port();
        let mut server = Process::start(command.env("PORT", port.to_string()));
        let listens = eventually("the server listens or ends", || {
            match TcpStream::connect(("127.0.0.1", port)) {
                Ok(_) => Some(server.ended().is_none()),
                // Somebody else may have taken the port meanwhile, and is gone again.
                Err(_) => server.ended().map(|_| false),
            }
        });
        listens.then_some((port, server))
    });
    let client = HttpClient::new(&format!("http://127.0.0.1:{port}"));
    assert_eq!(client.get("/tasks").status, 200);
    assert_eq!(client.get("/up").body, "up\n");
}

#[test]
fn tests_log_to_their_file_and_not_to_the_console() {
    let folder = TemporaryFolder::new("log-of-tests");
    let log = folder.path().join("log/test.log");
    let mut command = example(&folder);
    command.env("VELOCIOUS_ENV", "test");
    let server = Server::start(command, folder);
    assert_eq!(server.client.get("/tasks").status, 200);
    eventually("the request is in the file", || {
        let text = std::fs::read_to_string(&log).ok()?;
        text.contains("Started GET \"/tasks\"").then_some(())
    });
    assert!(!server.output().contains("Started"), "{}", server.output());
}

#[test]
fn the_log_goes_where_the_settings_say() {
    let folder = TemporaryFolder::new("log-elsewhere");
    let log = folder.path().join("custom/logs/development.log");
    let mut command = example(&folder);
    command
        .env("VELOCIOUS_ENV", "development")
        .env("VELOCIOUS_LOG_DIRECTORY", "custom/logs")
        .env("VELOCIOUS_LOG_CONSOLE", "false");
    let server = Server::start(command, folder);
    assert_eq!(server.client.get("/tasks").status, 200);
    eventually("the request is in the file", || {
        let text = std::fs::read_to_string(&log).ok()?;
        text.contains("Started GET \"/tasks\"").then_some(())
    });
    assert!(!server.output().contains("Started"), "{}", server.output());
}
