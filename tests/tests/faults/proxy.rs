//! A way to a database server that a test can cut, while other tests use the same server.

use std::{path::PathBuf, str::FromStr, sync::Arc};

use reqwest::Url;
use sqlx::postgres::PgConnectOptions;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream, UnixStream},
    sync::watch,
};

/// What becomes of what is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It is passed on.
    Open,
    /// Connections break, and no new ones are to be had: the server has stopped.
    Closed,
    /// It is taken and goes nowhere, and nothing comes back: the network is gone.
    Silent,
}

/// The server behind it.
enum Server {
    Socket(PathBuf),
    Port(String, u16),
}

/// A way that can be cut.
pub struct Proxy {
    /// The database, by this way.
    pub url: String,
    way: watch::Sender<Way>,
}

impl Proxy {
    /// Opens a way to the database of this URL.
    pub async fn before(url: &str) -> Self {
        let options = PgConnectOptions::from_str(url).unwrap();
        let server = Arc::new(match options.get_socket() {
            Some(folder) => Server::Socket(folder.join(format!(".s.PGSQL.{}", options.get_port()))),
            None => Server::Port(options.get_host().to_owned(), options.get_port()),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut url = Url::parse(url).unwrap();
        let others: Vec<(String, String)> =
            url.query_pairs().into_owned().filter(|(name, _)| name != "host" && name != "port").collect();
        url.set_query(None);
        if !others.is_empty() {
            url.query_pairs_mut().extend_pairs(others);
        }
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
        let (way, seen) = watch::channel(Way::Open);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass(client, Arc::clone(&server), seen.clone()));
            }
        });
        Self { url: url.into(), way }
    }

    /// Cuts the way, or opens it again.
    pub fn turn(&self, way: Way) {
        self.way.send_replace(way);
    }
}

/// Passes one connection on until it breaks. What was swallowed by silence is gone, and its connection with it.
async fn pass(client: TcpStream, server: Arc<Server>, mut way: watch::Receiver<Way>) {
    let passing = async {
        match &*server {
            Server::Socket(path) => both_ways(client, UnixStream::connect(path).await.ok()?).await,
            Server::Port(host, port) => both_ways(client, TcpStream::connect((host.as_str(), *port)).await.ok()?).await,
        }
        Some(())
    };
    tokio::pin!(passing);
    let at_first = *way.borrow_and_update();
    if at_first == Way::Open {
        tokio::select! {
            _ = &mut passing => return,
            _ = way.wait_for(|way| *way != Way::Open) => {}
        }
    }
    // Neither end hears of it while it is silent; then the connection breaks.
    drop(way.wait_for(|way| *way != Way::Silent).await);
}

async fn both_ways(client: TcpStream, server: impl AsyncRead + AsyncWrite) {
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = tokio::io::split(server);
    tokio::select! {
        () = one_way(from_client, to_server) => {}
        () = one_way(from_server, to_client) => {}
    }
}

async fn one_way(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin) {
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        if to.write_all(&buffer[..length]).await.is_err() {
            break;
        }
    }
}
