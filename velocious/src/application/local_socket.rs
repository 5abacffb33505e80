//! A unix socket that connections come in by: a file, for a proxy on the same machine.
//!
//! The file appears when the socket is listened on and its permissions are right, takes the place of one that a dead
//! server has left behind, and goes when the server stops. While it is made its folder is locked, so that of two servers
//! that start at once one is refused.

use std::cell::Cell;
use std::fs::{self, File, Permissions, TryLockError};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use socket2::{Domain, SockAddr, Socket, Type};

use super::door::BACKLOG;
use crate::{Error, Result};

/// How long another server that is starting is waited for.
const PATIENCE: Duration = Duration::from_secs(if cfg!(test) { 60 } else { 2 });

/// How many this process has opened.
static OPENED: AtomicUsize = AtomicUsize::new(0);

/// A socket that is listened on, and its file.
pub(super) struct LocalSocket {
    listener: UnixListener,
    path: PathBuf,
    /// Device and number of the file: another server may have put its own in its place.
    file: (u64, u64),
    is_gone: Cell<bool>,
}

impl LocalSocket {
    /// Listens at `path`, which those may connect to whom `mode` lets write.
    ///
    /// # Errors
    /// When another server listens there, when something else is there, or when the file cannot be made.
    pub(super) fn open(path: &Path, mode: u32) -> Result<Self> {
        let unavailable = |error: io::Error| unavailable(path, &error);
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(unavailable(ErrorKind::InvalidInput.into()));
        };
        let _lock = locked(folder).map_err(unavailable)?;
        make_room(path)?;
        // Under another name first: the file is complete when it appears, and nothing that actix does to the name
        // that its handle knows touches it.
        let number = OPENED.fetch_add(1, Ordering::Relaxed);
        let hidden = format!(
            ".{}.{}.{number}",
            name.to_string_lossy(),
            std::process::id()
        );
        let hidden = folder.join(hidden);
        // What a process of the same number has left behind.
        let _ = fs::remove_file(&hidden);
        let opened = listen(&hidden, mode).and_then(|(listener, file)| {
            fs::rename(&hidden, path)?;
            Ok((listener, file))
        });
        let (listener, file) = opened.map_err(|error| {
            let _ = fs::remove_file(&hidden);
            unavailable(error)
        })?;
        Ok(LocalSocket {
            listener,
            path: path.to_owned(),
            file,
            is_gone: Cell::new(false),
        })
    }

    /// Another handle of the socket.
    ///
    /// # Errors
    /// When the process has no handles left.
    pub(super) fn listener(&self) -> io::Result<UnixListener> {
        self.listener.try_clone()
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Removes the file, so that nobody else comes in, while those who have connected still are.
    pub(super) fn remove(&self) {
        if self.is_gone.replace(true) {
            return;
        }
        let found = fs::symlink_metadata(&self.path);
        if found.is_ok_and(|found| identity(&found) == self.file)
            && let Err(error) = fs::remove_file(&self.path)
        {
            tracing::warn!(
                "the socket `{}` was left behind: {error}",
                self.path.display()
            );
        }
    }
}

impl Drop for LocalSocket {
    fn drop(&mut self) {
        self.remove();
    }
}

fn identity(metadata: &fs::Metadata) -> (u64, u64) {
    (metadata.dev(), metadata.ino())
}

fn listen(path: &Path, mode: u32) -> io::Result<(UnixListener, (u64, u64))> {
    let socket = Socket::new(Domain::UNIX, Type::STREAM, None)?;
    socket.bind(&SockAddr::unix(path)?)?;
    // Until it is listened on, nobody can connect.
    fs::set_permissions(path, Permissions::from_mode(mode))?;
    socket.listen(BACKLOG)?;
    let file = identity(&fs::symlink_metadata(path)?);
    Ok((socket.into(), file))
}

/// Sees that `path` is free, or what a server has left behind that is no more.
fn make_room(path: &Path) -> Result<()> {
    let found = match fs::symlink_metadata(path) {
        Ok(found) => found,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(unavailable(path, &error)),
    };
    if !found.file_type().is_socket() {
        return Err(Error::message(format!(
            "`{}` is there already and is no socket: remove it, or choose another path with `--socket`",
            path.display()
        )));
    }
    match connect(path) {
        Err(error) if error.kind() == ErrorKind::ConnectionRefused => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Err(unavailable(path, &error)),
        // A server whose queue is full has no time, but it is there.
        Ok(()) | Err(_) => Err(Error::message(format!(
            "a server listens at `{}` already: stop it, or choose another path with `--socket`",
            path.display()
        ))),
    }
}

fn connect(path: &Path) -> io::Result<()> {
    let socket = Socket::new(Domain::UNIX, Type::STREAM, None)?;
    socket.set_nonblocking(true)?;
    socket.connect(&SockAddr::unix(path)?)
}

/// The folder, which another server that starts has to wait for. Whoever else has locked it is not waited for long.
fn locked(folder: &Path) -> io::Result<File> {
    let folder = match folder.as_os_str().is_empty() {
        true => File::open("."),
        false => File::open(folder),
    }?;
    let patience = Instant::now() + PATIENCE;
    while let Err(TryLockError::WouldBlock) = folder.try_lock() {
        if Instant::now() > patience {
            break;
        }
        sleep(Duration::from_millis(10));
    }
    Ok(folder)
}

fn unavailable(path: &Path, error: &io::Error) -> Error {
    let shown = path.display();
    Error::message(match error.kind() {
        ErrorKind::NotFound => {
            format!(
                "there is no folder for the socket `{shown}`: make it, or choose another path with `--socket`"
            )
        }
        ErrorKind::PermissionDenied => format!(
            "this process may not make the socket `{shown}`: let it write to the folder, or choose another path with `--socket`"
        ),
        ErrorKind::InvalidInput => format!(
            "`{shown}` cannot be the path of a socket: choose a shorter one with `--socket`, of less than 90 bytes"
        ),
        _ => format!("cannot listen at `{shown}`: {error}"),
    })
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::os::unix::net::UnixStream;
    use std::sync::Barrier;

    use super::*;

    /// An empty folder of the running test.
    fn folder() -> PathBuf {
        let thread = std::thread::current();
        let name = thread.name().unwrap_or("socket").rsplit("::").next();
        let name = format!("v-{}-{}", name.unwrap_or_default(), std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        folder
    }

    fn refusal(path: &Path) -> String {
        let opened = LocalSocket::open(path, 0o660);
        opened.err().expect("refused").to_string()
    }

    #[test]
    fn permissions_are_those_that_were_asked_for() {
        let folder = folder();
        for mode in [0o660, 0o600, 0o666] {
            let socket = LocalSocket::open(&folder.join("s"), mode).expect("a socket");
            let found = fs::metadata(socket.path()).expect("a file");
            assert_eq!(found.permissions().mode() & 0o777, mode);
        }
        assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 0);
        fs::remove_dir_all(folder).expect("a folder");
    }

    #[test]
    fn a_dead_servers_socket_is_replaced_and_a_living_ones_is_not() {
        let folder = folder();
        let path = folder.join("s");
        // Closed, and its file is still there.
        drop(UnixListener::bind(&path).expect("a socket"));
        let socket = LocalSocket::open(&path, 0o660).expect("replaced");
        let shown = path.display();
        assert_eq!(
            refusal(&path),
            format!(
                "a server listens at `{shown}` already: stop it, or choose another path with `--socket`"
            )
        );
        let mut client = UnixStream::connect(&path).expect("still there");
        // The first connection is that of the server that was refused.
        let listener = socket.listener().expect("a handle");
        drop(listener.accept().expect("the other server"));
        let (mut server, _) = listener.accept().expect("a client");
        client.write_all(b"x").expect("sent");
        server.read_exact(&mut [0]).expect("read");
        socket.remove();
        assert!(!path.exists());
        fs::remove_dir_all(folder).expect("a folder");
    }

    #[test]
    fn a_server_whose_queue_is_full_lives() {
        let folder = folder();
        let path = folder.join("s");
        let socket = Socket::new(Domain::UNIX, Type::STREAM, None).expect("a socket");
        socket
            .bind(&SockAddr::unix(&path).expect("an address"))
            .expect("bound");
        socket.listen(0).expect("listening");
        let mut waiting = Vec::new();
        while let Ok(client) = {
            let client = Socket::new(Domain::UNIX, Type::STREAM, None).expect("a socket");
            client.set_nonblocking(true).expect("nonblocking");
            let address = SockAddr::unix(&path).expect("an address");
            client.connect(&address).map(|()| client)
        } {
            waiting.push(client);
        }
        assert!(refusal(&path).starts_with("a server listens at"));
        fs::remove_dir_all(folder).expect("a folder");
    }

    #[test]
    fn the_socket_of_a_server_that_came_after_is_not_removed() {
        let folder = folder();
        let path = folder.join("s");
        let first = LocalSocket::open(&path, 0o660).expect("a socket");
        fs::remove_file(&path).expect("a file");
        let second = LocalSocket::open(&path, 0o660).expect("another socket");
        drop(first);
        assert!(path.exists());
        drop(second);
        assert!(!path.exists());
        fs::remove_dir_all(folder).expect("a folder");
    }

    #[test]
    fn of_two_servers_that_start_at_once_one_is_refused() {
        let folder = folder();
        let path = folder.join("s");
        for _ in 0..20 {
            drop(UnixListener::bind(&path).expect("left behind"));
            let start = Barrier::new(4);
            let open = || {
                start.wait();
                LocalSocket::open(&path, 0o660)
            };
            let opened: Vec<_> = std::thread::scope(|scope| {
                let threads: Vec<_> = (0..4).map(|_| scope.spawn(open)).collect();
                let joined = threads.into_iter().map(|thread| thread.join());
                joined.map(|opened| opened.expect("no panic")).collect()
            });
            let open = opened.iter().filter(|opened| opened.is_ok()).count();
            assert_eq!(open, 1);
        }
        fs::remove_dir_all(folder).expect("a folder");
    }

    #[test]
    fn what_is_no_socket_stays() {
        let folder = folder();
        let path = folder.join("notes.txt");
        fs::write(&path, "mine").expect("a file");
        assert!(refusal(&path).contains("is there already and is no socket"));
        assert_eq!(fs::read_to_string(&path).expect("a file"), "mine");
        let link = folder.join("link");
        std::os::unix::fs::symlink(&path, &link).expect("a link");
        assert!(refusal(&link).contains("is no socket"));
        assert!(refusal(&folder.join("none/s")).starts_with("there is no folder for the socket"));
        let long = folder.join("x".repeat(120));
        assert!(refusal(&long).contains("choose a shorter one"));
        fs::remove_dir_all(folder).expect("a folder");
    }
}
