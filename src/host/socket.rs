//! A socket that is a file, for programs of the same machine. Who may write to the file may ask.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

/// Its owner and group may ask, and nobody else.
const MODE: u32 = 0o660;

/// A file at which somebody listens. It is gone when this is.
#[derive(Debug)]
pub struct SocketFile(PathBuf);

/// Why there is none.
#[derive(Debug)]
pub enum NoSocket {
    /// There is a file of another kind, which is left alone.
    NotASocket,
    /// Somebody else listens there.
    Taken,
    /// The system says no.
    Refused(io::Error),
}

impl SocketFile {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Listens at a file. One that is left of a server that is no more is replaced.
    ///
    /// # Errors
    ///
    /// When somebody listens there already, when it is no socket, or when the system does not let it be made.
    pub fn listen(path: &Path) -> Result<(UnixListener, Self), NoSocket> {
        match fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(NoSocket::Refused(error)),
            Ok(about) if !about.file_type().is_socket() => return Err(NoSocket::NotASocket),
            Ok(_) => match UnixStream::connect(path) {
                Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                    fs::remove_file(path).map_err(NoSocket::Refused)?;
                }
                Err(error) => return Err(NoSocket::Refused(error)),
                Ok(_) => return Err(NoSocket::Taken),
            },
        }
        let listening = UnixListener::bind(path).map_err(NoSocket::Refused)?;
        let file = Self(path.to_owned());
        let ready =
            fs::set_permissions(path, Permissions::from_mode(MODE)).and_then(|()| listening.set_nonblocking(true));
        ready.map_err(NoSocket::Refused)?;
        Ok((listening, file))
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
