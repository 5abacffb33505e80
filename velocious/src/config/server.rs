//! `[server]`: where an application listens, and what it takes from a client.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Network;
use super::fault::Origin;
use super::reader::Reader;

/// How the application is served.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ServerConfig {
    /// The address to listen on; `127.0.0.1` unless set.
    pub host: String,
    /// The port to listen on; 3006 unless set, 0 for any free one.
    pub port: u16,
    /// The path of a unix socket to listen at, and at no address then; none unless set.
    pub socket: Option<PathBuf>,
    /// Who may connect to the socket, as the permissions of its file; `660`, its owner and its group, unless set.
    pub socket_mode: u32,
    /// How many threads answer requests; one for each core unless set.
    pub workers: usize,
    /// How long a stop waits for requests that are being answered; 30 seconds unless set.
    pub shutdown_timeout: Duration,
    /// The longest body of a request, in bytes; 2 MiB unless set.
    pub body_limit: usize,
    /// How long a body may take to arrive; 30 seconds unless set.
    pub body_timeout: Duration,
    /// The longest address of a request, path and query, in bytes; 8 KiB unless set.
    pub address_limit: usize,
    /// The longest headers of a request, all together, in bytes; 32 KiB unless set.
    pub header_limit: usize,
    /// How long the head of a request, all but its body, may take to arrive; 5 seconds unless set.
    pub header_timeout: Duration,
    /// How long a client may take in nothing of what it is sent; 45 seconds unless set. On Linux.
    pub write_timeout: Duration,
    /// How long a request may take to be answered; 60 seconds unless set, `None` for ever.
    pub request_timeout: Option<Duration>,
    /// Who may say, in `X-Forwarded-For` and `X-Forwarded-Proto`, whom a request is from: addresses, and `unix` for
    /// whoever may connect to the socket; nobody unless set.
    pub trusted_proxies: Vec<Network>,
    /// Whether answers are compressed; unless set they are, with the feature `compression`.
    pub compression: bool,
    /// How hard, from 1 to 9; unless set as each encoding does it best.
    pub compression_level: Option<u32>,
    /// The longest form with files, in bytes; as much as any body unless set.
    pub upload_limit: usize,
}

/// Reads the section.
pub(super) fn server(reader: &mut Reader, root: &Path) -> ServerConfig {
    let socket = socket(reader).map(|path| root.join(path));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let host = reader.text("server.host").map(|(host, _)| host);
    let body_limit = reader.integer("server.body_limit_bytes", 1..=i64::MAX, 2 * 1024 * 1024);
    ServerConfig {
        host: host.unwrap_or_else(|| "127.0.0.1".into()),
        port: reader.integer("server.port", 0..=65_535, 3006) as u16,
        socket,
        socket_mode: socket_mode(reader),
        workers: reader.integer("server.workers", 1..=512, cores.min(512) as i64) as usize,
        shutdown_timeout: reader.seconds("server.shutdown_timeout_seconds", 0..=3600, 30),
        body_limit: body_limit as usize,
        upload_limit: reader.integer("server.upload_limit_bytes", 1..=i64::MAX, body_limit)
            as usize,
        body_timeout: reader.seconds("server.body_timeout_seconds", 1..=3600, 30),
        // What is longer than the greatest of these is refused by actix.
        address_limit: reader.integer("server.address_limit_bytes", 256..=60_000, 8 * 1024)
            as usize,
        header_limit: reader.integer("server.header_limit_bytes", 1024..=120_000, 32 * 1024)
            as usize,
        header_timeout: reader.milliseconds("server.header_timeout_ms", 1..=3_600_000, 5_000),
        write_timeout: reader.milliseconds("server.write_timeout_ms", 1..=3_600_000, 45_000),
        request_timeout: reader.duration("server.request_timeout", Duration::from_secs(60)),
        trusted_proxies: trusted_proxies(reader),
        compression: compression(reader),
        compression_level: reader
            .optional_integer("server.compression_level", 1..=9)
            .map(|level| level as u32),
    }
}

/// The path of the socket, unless the command line names an address and something else the socket.
fn socket(reader: &mut Reader) -> Option<String> {
    let is_argument =
        |reader: &Reader, key| matches!(reader.origin(key), Some(Origin::Argument(_)));
    let address = is_argument(reader, "server.host") || is_argument(reader, "server.port");
    let socket = is_argument(reader, "server.socket");
    let (path, _) = reader.text("server.socket")?;
    (socket || !address).then_some(path)
}

fn socket_mode(reader: &mut Reader) -> u32 {
    const USUAL: u32 = 0o660;
    let Some((text, origin)) = reader.text("server.socket_mode") else {
        return USUAL;
    };
    match u32::from_str_radix(&text, 8) {
        Ok(mode) if mode <= 0o777 && mode & 0o200 != 0 => mode,
        _ => {
            let reason = format!(
                "has to be permissions like \"660\" that let the owner write, not \"{text}\""
            );
            reader.fault("server.socket_mode", origin, reason);
            USUAL
        }
    }
}

fn compression(reader: &mut Reader) -> bool {
    const KNOWN: bool = cfg!(feature = "compression");
    let place = reader.origin("server.compression").cloned();
    let wanted = reader.boolean("server.compression", KNOWN);
    if let (true, false, Some(place)) = (wanted, KNOWN, place) {
        let cure = "add `compression` to the features of `velocious` in `Cargo.toml`";
        reader.fault(
            "server.compression",
            place,
            format!("is not part of this build: {cure}"),
        );
    }
    wanted
}

fn trusted_proxies(reader: &mut Reader) -> Vec<Network> {
    let mut networks = Vec::new();
    for (text, origin) in reader.list("server.trusted_proxies") {
        match text.parse() {
            Ok(network) => networks.push(network),
            Err(()) => reader.fault(
                "server.trusted_proxies",
                origin,
                format!("has to hold addresses like `127.0.0.1` or `10.0.0.0/8`, or `unix` for the socket, not \"{text}\""),
            ),
        }
    }
    networks
}
