//! A web server for the files of a folder, on a free port of this machine.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The server, which ends with the program.
#[derive(Debug)]
pub(crate) struct Site {
    port: u16,
}

impl Site {
    /// Starts it.
    ///
    /// # Panics
    /// When there is no free port.
    pub(crate) fn open(folder: &Path) -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its own address").port();
        let folder: Arc<Path> = folder.into();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let folder = folder.clone();
                // A browser that goes away in the middle is no mistake.
                std::thread::spawn(move || drop(answer(&folder, stream)));
            }
        });
        Site { port }
    }

    /// The address of a page. Browsers trust `localhost` as they trust HTTPS.
    pub(crate) fn url(&self, page: &str) -> String {
        format!("http://localhost:{}/{page}", self.port)
    }
}

fn answer(folder: &Path, mut stream: TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    while lines
        .next()
        .transpose()?
        .is_some_and(|line| !line.is_empty())
    {}
    let found = file(folder, &request).and_then(|path| {
        let content = std::fs::read(&path).ok()?;
        Some((kind(&path), content))
    });
    let (status, kind, content) = match found {
        Some((kind, content)) => ("200 OK", kind, content),
        None => ("404 Not Found", "text/plain", Vec::new()),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        content.len()
    )?;
    stream.write_all(&content)
}

/// The file that `GET /path?query HTTP/1.1` asks for.
fn file(folder: &Path, request: &str) -> Option<PathBuf> {
    let target = request.strip_prefix("GET /")?.split_once(' ')?.0;
    let path = target.split('?').next()?;
    let is_inside = path.split('/').all(|part| part != "..");
    is_inside.then(|| folder.join(path))
}

fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}
