//! Where clients come in, and how the server stops. Each connection is served by hyper, which gives up on one whose
//! header does not come, as the [`Patient`] below it does on a client that does not read. That a client has said all is no
//! reason to leave it without its answer.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
#[cfg(unix)]
use tokio::net::UnixListener;
use tokio::signal;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tracing::{info, warn};

use super::errors::Failure;
use super::patient::{Patient, Stream};
use super::state::State;
use crate::host::plain;
#[cfg(unix)]
use crate::host::{NoSocket, SocketFile};

/// Where to listen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listen {
    /// At an address of the network; port 0 is any that is free.
    Tcp(SocketAddr),
    /// At a file, for programs of this machine.
    #[cfg(unix)]
    Unix(PathBuf),
}

impl Listen {
    /// Whether other machines can ask.
    pub(super) fn is_open(&self) -> bool {
        match self {
            Self::Tcp(address) => !address.ip().to_canonical().is_loopback(),
            #[cfg(unix)]
            Self::Unix(_) => false,
        }
    }
}

/// What listens.
#[derive(Debug)]
pub(super) enum Listener {
    Tcp(TcpListener, SocketAddr),
    #[cfg(unix)]
    Unix(UnixListener, SocketFile),
}

/// Connections for each request that is answered at a time: most of them wait for the next thing to ask.
const CONNECTIONS: usize = 2;

/// How long to wait when no more connections can be had.
const PAUSE: Duration = Duration::from_millis(50);

impl Listener {
    pub(super) async fn bind(listen: &Listen) -> Result<Self, Failure> {
        match listen {
            Listen::Tcp(wanted) => {
                let failure = |error: io::Error| Failure::Other {
                    message: format!("cannot listen at {wanted}: {}", plain(&error)),
                    help: "name another address or port with --listen; port 0 is any that is free",
                };
                let socket = TcpListener::bind(wanted).await.map_err(failure)?;
                let address = socket.local_addr().map_err(failure)?;
                Ok(Self::Tcp(socket, address))
            }
            #[cfg(unix)]
            Listen::Unix(path) => {
                let failure = |why: NoSocket| {
                    let (why, help) = match why {
                        NoSocket::NotASocket => {
                            ("it is a file of another kind".to_owned(), "name another file with --listen unix:PATH")
                        }
                        NoSocket::Taken => (
                            "another program listens there".to_owned(),
                            "stop it, or name another file with --listen unix:PATH",
                        ),
                        NoSocket::Refused(error) => {
                            (plain(&error), "check that its folder is there, and who may write to it")
                        }
                    };
                    Failure::Other { message: format!("cannot listen at {}: {why}", path.display()), help }
                };
                let (socket, file) = SocketFile::listen(path).map_err(failure)?;
                let socket = UnixListener::from_std(socket).map_err(|error| failure(NoSocket::Refused(error)))?;
                Ok(Self::Unix(socket, file))
            }
        }
    }

    /// The address for clients.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Tcp(_, address) => format!("http://{address}"),
            #[cfg(unix)]
            Self::Unix(_, file) => format!("unix:{} (its owner and group may ask)", file.path().display()),
        }
    }

    /// Serves until the process is told to stop, and then lets what is being answered come to its end.
    pub(super) async fn serve(self, routes: Router, state: &Arc<State>) {
        let connections = GracefulShutdown::new();
        let room = Arc::new(Semaphore::new(state.limits.requests.saturating_mul(CONNECTIONS)));
        let mut stopped = pin!(stop());
        loop {
            let accepted = tokio::select! {
                accepted = self.accept(&room) => accepted,
                () = &mut stopped => break,
            };
            match accepted {
                Ok((stream, place)) => answer(stream, place, routes.clone(), &connections, state.limits.patience),
                // Too many files are open, or a client is gone already.
                Err(_) => sleep(PAUSE).await,
            }
        }
        state.stop();
        drop(self);
        let grace = state.limits.grace;
        info!(requests = state.in_flight(), "stopping");
        if timeout(grace, connections.shutdown()).await.is_err() {
            warn!(requests = state.in_flight(), "stopped before all was answered");
        }
    }

    /// The next connection, as soon as there is room for it.
    async fn accept(&self, room: &Arc<Semaphore>) -> io::Result<(Box<dyn Stream>, OwnedSemaphorePermit)> {
        let place = Arc::clone(room).acquire_owned().await.map_err(io::Error::other)?;
        let stream: Box<dyn Stream> = match self {
            Self::Tcp(socket, _) => {
                let (stream, _) = socket.accept().await?;
                // Answers are short, and waiting for more would be in vain.
                let _ = stream.set_nodelay(true);
                Box::new(stream)
            }
            #[cfg(unix)]
            Self::Unix(socket, ..) => Box::new(socket.accept().await?.0),
        };
        Ok((stream, place))
    }
}

fn answer(
    stream: Box<dyn Stream>,
    place: OwnedSemaphorePermit,
    routes: Router,
    connections: &GracefulShutdown,
    patience: Duration,
) {
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .half_close(true)
        .serve_connection(TokioIo::new(Patient::new(stream, patience)), TowerToHyperService::new(routes));
    let watched = connections.watch(connection);
    tokio::spawn(async move {
        // What goes wrong with a connection is the end of it, and of nothing else.
        let _ = watched.await;
        drop(place);
    });
}

/// When somebody asks the process to end.
async fn stop() {
    #[cfg(unix)]
    {
        let terminate = signal::unix::signal(signal::unix::SignalKind::terminate());
        if let Ok(mut terminate) = terminate {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = signal::ctrl_c().await;
}
