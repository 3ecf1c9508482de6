//! Where clients come in, and how the server stops. Each connection is served by hyper, which gives up on one whose
//! header does not come; a half of one that is closed is no reason to leave the other without its answer.

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal;
use tokio::time::{sleep, timeout};

use super::errors::Failure;
use super::state::State;
use crate::host::plain;

/// Where to listen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listen {
    /// At an address of the network; port 0 is any that is free.
    Tcp(SocketAddr),
}

/// What listens.
#[derive(Debug)]
pub(super) struct Listener {
    socket: TcpListener,
    address: SocketAddr,
}

impl Listener {
    pub(super) async fn bind(listen: &Listen) -> Result<Self, Failure> {
        let Listen::Tcp(wanted) = listen;
        let failure = |error: io::Error| Failure::Other {
            message: format!("cannot listen at {wanted}: {}", plain(&error)),
            help: "name another address or port with --listen; port 0 is any that is free",
        };
        let socket = TcpListener::bind(wanted).await.map_err(failure)?;
        let address = socket.local_addr().map_err(failure)?;
        Ok(Self { socket, address })
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Serves until the process is told to stop, and then lets what is being answered come to its end.
    pub(super) async fn serve(self, routes: Router, state: &Arc<State>) {
        let connections = GracefulShutdown::new();
        let mut stopped = pin!(stop());
        loop {
            let accepted = tokio::select! {
                accepted = self.socket.accept() => accepted,
                () = &mut stopped => break,
            };
            match accepted {
                Ok((stream, _)) => answer(stream, routes.clone(), &connections, state.limits.patience),
                // Too many files are open, or a client is gone already.
                Err(_) => sleep(Duration::from_millis(50)).await,
            }
        }
        drop(self.socket);
        let _ = timeout(state.limits.grace, connections.shutdown()).await;
    }
}

fn answer(stream: TcpStream, routes: Router, connections: &GracefulShutdown, patience: Duration) {
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .half_close(true)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes));
    let watched = connections.watch(connection);
    // What goes wrong with a connection is the end of it, and of nothing else.
    tokio::spawn(async move { drop(watched.await) });
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
