//! HTTP/1.1 by hand, over blocking sockets: what is written is what a test says, be it HTTP or not.

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::Arc,
    thread,
    time::Duration,
};

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Received {
    pub method: String,
    pub path: String,
    pub query: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Received {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter();
        all.find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// What is answered.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    /// Content that is sent though there must be none.
    pub stray: Vec<u8>,
    /// What `Content-Length` says, where it lies.
    pub length: Option<usize>,
    /// Bytes in the place of all of it.
    pub raw: Option<Vec<u8>>,
    pub delay: Duration,
}

impl Answer {
    pub fn set(&mut self, name: &'static str, value: &str) {
        self.unset(name);
        self.headers.push((name, value.to_owned()));
    }

    pub fn unset(&mut self, name: &str) {
        self.headers.retain(|(other, _)| *other != name);
    }
}

/// Answers every request by a function, on threads that end with the process.
pub fn serve(answer: impl Fn(&Received) -> Answer + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let answer: Arc<dyn Fn(&Received) -> Answer + Send + Sync> = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = Arc::clone(&answer);
            thread::spawn(move || converse(stream, &*answer));
        }
    });
    addr
}

fn converse(stream: TcpStream, answer: &dyn Fn(&Received) -> Answer) {
    stream.set_nodelay(true).unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut writer = stream;
    while let Some(request) = read(&mut reader) {
        let answer = answer(&request);
        thread::sleep(answer.delay);
        let is_broken = answer.raw.is_some() || answer.length.is_some();
        let bytes = answer
            .raw
            .clone()
            .unwrap_or_else(|| written(&request, &answer));
        if writer.write_all(&bytes).is_err() || is_broken {
            return;
        }
    }
}

fn read(reader: &mut impl BufRead) -> Option<Received> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let mut request = Received {
        method,
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body: Vec::new(),
    };
    let length = request
        .header("content-length")
        .and_then(|it| it.parse().ok());
    request.body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut request.body).ok()?;
    Some(request)
}

fn written(request: &Received, answer: &Answer) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {} X\r\n", answer.status);
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let has_length = answer
        .headers
        .iter()
        .any(|(name, _)| *name == "Content-Length");
    if ![204, 304].contains(&answer.status) && !has_length {
        let length = answer.length.unwrap_or(answer.body.len());
        head.push_str(&format!("Content-Length: {length}\r\n"));
    }
    let mut bytes = format!("{head}\r\n").into_bytes();
    if request.method != "HEAD" && answer.status != 204 {
        bytes.extend(&answer.body);
    }
    bytes.extend(&answer.stray);
    bytes
}
