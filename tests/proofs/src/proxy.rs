//! A server between a program and its database that can fall silent without closing anything, as a network does.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Passes on what comes, until it is told not to.
pub struct Proxy {
    port: u16,
    /// Connections up to this number are silent.
    silent: Arc<AtomicU64>,
    opened: Arc<AtomicU64>,
}

impl Proxy {
    /// Listens on a free port of this machine, for a database on that one.
    ///
    /// # Errors
    /// When there is no port.
    pub async fn start(database: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let proxy = Proxy {
            port: listener.local_addr()?.port(),
            silent: Arc::default(),
            opened: Arc::default(),
        };
        let (silent, opened) = (proxy.silent.clone(), proxy.opened.clone());
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let number = opened.fetch_add(1, Ordering::SeqCst) + 1;
                let silent = silent.clone();
                tokio::spawn(async move {
                    // A connection that ends is none of the proxy's business.
                    let _ = pass(client, database, number, silent).await;
                });
            }
        });
        Ok(proxy)
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Lets every connection that there is fall silent. Later ones are passed on.
    pub fn fall_silent(&self) {
        let opened = self.opened.load(Ordering::SeqCst);
        self.silent.store(opened, Ordering::SeqCst);
    }
}

async fn pass(
    client: TcpStream,
    database: u16,
    number: u64,
    silent: Arc<AtomicU64>,
) -> io::Result<()> {
    let server = TcpStream::connect(("127.0.0.1", database)).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let back = tokio::spawn(copy(from_server, to_client, number, silent.clone()));
    copy(from_client, to_server, number, silent).await?;
    back.abort();
    Ok(())
}

async fn copy(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    number: u64,
    silent: Arc<AtomicU64>,
) -> io::Result<()> {
    let mut bytes = vec![0; 16 * 1024];
    loop {
        let read = from.read(&mut bytes).await?;
        let is_silent = number <= silent.load(Ordering::SeqCst);
        match (read, is_silent) {
            (0, true) => std::future::pending().await,
            (0, false) => return to.shutdown().await,
            (_, true) => {}
            (read, false) => to.write_all(&bytes[..read]).await?,
        }
    }
}
