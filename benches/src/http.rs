//! A keep-alive HTTP client that costs next to nothing, because it shares the machine with what it measures.

use anyhow::{Context, Result, bail};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

/// What to ask.
#[derive(Clone, Debug)]
pub struct Request {
    /// The method.
    pub method: &'static str,
    /// Path and query.
    pub path: String,
    /// Further headers, each line ended with CRLF.
    pub headers: String,
    /// A JSON body; empty for none.
    pub body: String,
}

impl Request {
    /// Posts JSON.
    pub fn post(path: impl Into<String>, body: impl Into<String>) -> Self {
        let headers = "content-type: application/json\r\n".to_owned();
        Self { method: "POST", path: path.into(), headers, body: body.into() }
    }

    /// Gets something with an access token.
    pub fn get(path: impl Into<String>, token: &str) -> Self {
        let headers = format!("authorization: Bearer {token}\r\n");
        Self { method: "GET", path: path.into(), headers, body: String::new() }
    }
}

/// What was answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The JSON of a success.
    ///
    /// # Errors
    /// It was no success, or is not JSON.
    pub fn json(&self) -> Result<serde_json::Value> {
        if !(200..300).contains(&self.status) {
            bail!("status {}: {}", self.status, String::from_utf8_lossy(&self.body));
        }
        serde_json::from_slice(&self.body).context("the answer is not JSON")
    }
}

/// One connection, used again and again.
#[derive(Debug)]
pub struct Connection {
    stream: BufReader<TcpStream>,
    host: String,
}

impl Connection {
    /// Connects to a server such as `http://127.0.0.1:8080`.
    ///
    /// # Errors
    /// The address is not understood, or nobody listens there.
    pub async fn open(url: &str) -> Result<Self> {
        let host = url.strip_prefix("http://").context("the address begins with http://")?.trim_end_matches('/');
        let stream = TcpStream::connect(host).await.with_context(|| format!("nobody listens on {host}"))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), host: host.to_owned() })
    }

    /// Asks, and waits for the whole answer.
    ///
    /// # Errors
    /// The connection broke, or the answer is not one that this client reads.
    pub async fn ask(&mut self, request: &Request) -> Result<Answer> {
        let Request { method, path, headers, body } = request;
        let (host, length) = (&self.host, body.len());
        let text =
            format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\n{headers}content-length: {length}\r\n\r\n{body}");
        self.stream.write_all(text.as_bytes()).await?;
        self.stream.flush().await?;
        let mut line = String::new();
        self.stream.read_line(&mut line).await?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no HTTP answer")?;
        let mut length = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line).await?;
            let header = line.trim_end();
            match header.split_once(':') {
                _ if header.is_empty() => break,
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => length = value.trim().parse()?,
                Some((name, _)) if name.eq_ignore_ascii_case("transfer-encoding") => bail!("an answer in chunks"),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        Ok(Answer { status, body })
    }
}
