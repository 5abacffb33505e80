//! The sockets that connections come in by.

use std::io::{self, ErrorKind};
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::path::Path;
use std::time::Duration;

use socket2::{Domain, Protocol, Socket, Type};

#[cfg(unix)]
use super::local_socket::LocalSocket;
use crate::config::ServerConfig;
use crate::{Error, Result};

/// How many connections may wait to be accepted.
pub(super) const BACKLOG: i32 = 1024;

/// How many bytes the kernel keeps of an answer that it cannot send yet.
#[cfg(any(target_os = "linux", target_os = "android"))]
const UNSENT: u32 = 128 * 1024;

/// The sockets that connections come in by, kept open beside actix's own handles of them.
pub(super) struct Door {
    listeners: Vec<TcpListener>,
    #[cfg(unix)]
    pub(super) local: Option<LocalSocket>,
}

impl Door {
    /// Listens where the configuration says: at the path of a socket, else on an address.
    ///
    /// # Errors
    /// When that is not possible.
    pub(super) fn of(config: &ServerConfig) -> Result<Self> {
        match &config.socket {
            Some(path) => Door::open_at(path, config.socket_mode),
            None => Door::open(&config.host, config.port, config.write_timeout),
        }
    }

    #[cfg(unix)]
    fn open_at(path: &Path, mode: u32) -> Result<Self> {
        Ok(Door {
            listeners: Vec::new(),
            local: Some(LocalSocket::open(path, mode)?),
        })
    }

    #[cfg(not(unix))]
    fn open_at(path: &Path, _: u32) -> Result<Self> {
        Err(Error::message(format!(
            "cannot listen at `{}`: this system has no unix sockets; use `--host` and `--port`",
            path.display()
        )))
    }

    /// Listens on every address that `host` stands for. Connections that take in nothing of what they are sent for
    /// `patience` are closed.
    ///
    /// # Errors
    /// When one of them cannot be listened on.
    pub(super) fn open(host: &str, port: u16, patience: Duration) -> Result<Self> {
        let addresses = (host, port).to_socket_addrs().map_err(|error| {
            Error::message(format!(
                "`{host}` is no address to listen on: {error}; use one like `127.0.0.1` or `0.0.0.0`"
            ))
        })?;
        let mut listeners = Vec::new();
        // Of a port that the system chooses there is one, on the first address.
        let addresses = addresses.take(if port == 0 { 1 } else { usize::MAX });
        for address in addresses {
            let listener =
                listen(address, patience).map_err(|error| unavailable(address, &error))?;
            listeners.push(listener);
        }
        Ok(Door {
            listeners,
            #[cfg(unix)]
            local: None,
        })
    }

    /// Another handle of each socket.
    ///
    /// # Errors
    /// When the process has no handles left.
    pub(super) fn listeners(&self) -> io::Result<Vec<TcpListener>> {
        self.listeners.iter().map(TcpListener::try_clone).collect()
    }

    /// The addresses that it listens on.
    pub(super) fn addresses(&self) -> impl Iterator<Item = SocketAddr> {
        self.listeners
            .iter()
            .filter_map(|listener| listener.local_addr().ok())
    }

    /// Where it is, for people.
    pub(super) fn names(&self) -> Vec<String> {
        let addresses = self.addresses();
        let names = addresses.map(|address| format!("http://{address}"));
        #[cfg(unix)]
        let names = {
            let local = self.local.iter();
            names.chain(local.map(|socket| format!("unix:{}", socket.path().display())))
        };
        names.collect()
    }

    /// Lets nobody else in, while those who wait at the door still are.
    ///
    /// Closing a socket would reset the connections that the system has completed and the server has not accepted.
    /// So on Linux the socket is told to drop the packets that open connections: whoever comes too late tries again,
    /// and finds the socket closed. Elsewhere the socket stays as it is until it is closed.
    pub(super) fn close(&self) {
        #[cfg(unix)]
        if let Some(socket) = &self.local {
            socket.remove();
        }
        #[cfg(target_os = "linux")]
        for listener in &self.listeners {
            if let Err(error) = socket2::SockRef::from(listener).attach_filter(&opening::DROPPED) {
                tracing::debug!("new connections come in until the socket is closed: {error}");
            }
        }
    }
}

/// A filter for packets in the language of the kernel.
#[cfg(target_os = "linux")]
mod opening {
    use socket2::SockFilter;

    /// Where TCP's flags are, and which of them matter.
    const FLAGS: u32 = 13;
    const SYN: u32 = 0x02;
    const SYN_AND_ACK: u32 = 0x12;

    const LOAD_BYTE: u16 = 0x30;
    const AND: u16 = 0x54;
    const JUMP_IF_EQUAL: u16 = 0x15;
    const RETURN: u16 = 0x06;

    /// Drops what opens a connection, and keeps everything else.
    pub(super) const DROPPED: [SockFilter; 5] = [
        SockFilter::new(LOAD_BYTE, 0, 0, FLAGS),
        SockFilter::new(AND, 0, 0, SYN_AND_ACK),
        SockFilter::new(JUMP_IF_EQUAL, 0, 1, SYN),
        SockFilter::new(RETURN, 0, 0, 0),
        SockFilter::new(RETURN, 0, 0, u32::MAX),
    ];
}

fn listen(address: SocketAddr, patience: Duration) -> io::Result<TcpListener> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    // On Windows this would let two programs listen on one port.
    #[cfg(not(windows))]
    socket.set_reuse_address(true)?;
    if address.is_ipv6() && !address.ip().is_unspecified() {
        socket.set_only_v6(true)?;
    }
    // Connections have these from the socket that they come in by. The kernel knows what has arrived at the other end,
    // which the server does not; and it would take megabytes of an answer that nobody reads.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        socket.set_tcp_user_timeout(Some(patience))?;
        socket.set_tcp_notsent_lowat(UNSENT)?;
    }
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    let _ = patience;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

fn unavailable(address: SocketAddr, error: &io::Error) -> Error {
    let port = address.port();
    Error::message(match error.kind() {
        ErrorKind::AddrInUse => format!(
            "port {port} of {} is in use: stop the program that has it, or choose another port with `--port`",
            address.ip()
        ),
        ErrorKind::PermissionDenied => format!(
            "port {port} needs privileges that this process does not have: choose one from 1024 on with `--port`"
        ),
        ErrorKind::AddrNotAvailable => format!(
            "{} is no address of this machine: choose one with `--host`, such as 127.0.0.1 or 0.0.0.0",
            address.ip()
        ),
        _ => format!("cannot listen on {address}: {error}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_secs(45);

    #[test]
    fn a_port_in_use_is_named() {
        let door = Door::open("127.0.0.1", 0, PATIENCE).expect("a free port");
        let address = door.addresses().next().expect("an address");
        let error = Door::open("127.0.0.1", address.port(), PATIENCE)
            .err()
            .expect("in use");
        assert_eq!(
            error.to_string(),
            format!(
                "port {} of 127.0.0.1 is in use: stop the program that has it, or choose another port with `--port`",
                address.port()
            )
        );
    }

    #[test]
    fn an_address_of_another_machine_is_named() {
        let error = Door::open("192.0.2.1", 0, PATIENCE)
            .err()
            .expect("not ours");
        assert!(
            error
                .to_string()
                .starts_with("192.0.2.1 is no address of this machine"),
            "{error}"
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_closed_door_lets_in_those_who_wait_and_nobody_else() {
        use std::net::TcpStream;

        let door = Door::open("127.0.0.1", 0, PATIENCE).expect("a free port");
        let address = door.addresses().next().expect("an address");
        let _waiting = TcpStream::connect(address).expect("let in");
        door.close();
        let late = TcpStream::connect_timeout(&address, Duration::from_millis(100));
        assert!(late.is_err(), "somebody came in through a closed door");
        door.listeners[0].accept().expect("the one who waits");
    }
}
