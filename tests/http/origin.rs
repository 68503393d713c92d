//! A server that has documents, and does with requests what a test says.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// A server on this machine, until the tests end.
pub struct Origin {
    pub addr: SocketAddr,
    /// The targets of the requests so far.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Origin {
    /// A server that writes on the connection of each request what it has for its target.
    pub fn start(answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (seen, answer) = (Arc::clone(&asked), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
                thread::spawn(move || serve(stream, &seen, &*answer));
            }
        });
        Self { addr, asked }
    }

    /// A server of these documents, by their paths; it has no others. `ORIGIN` in them is its address.
    #[allow(dead_code, reason = "not all that share this file need it")]
    pub fn of(documents: &'static [(&'static str, &'static str)]) -> Self {
        Self::start(move |target, stream| {
            let host = stream.local_addr().unwrap().to_string();
            let found = documents.iter().find(|(path, _)| *path == target);
            match found {
                Some((_, text)) => answer(stream, "200 OK", "", &text.replace("ORIGIN", &host)),
                None => answer(stream, "404 Not Found", "", "nothing is here"),
            }
        })
    }

    pub fn url(&self, target: &str) -> String {
        format!("http://{}{target}", self.addr)
    }

    /// The targets of the requests so far.
    #[allow(dead_code, reason = "not all that share this file need it")]
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// Writes an answer and ends the connection.
pub fn answer(stream: &mut impl Write, status: &str, fields: &str, body: &str) {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{fields}\r\n"
    );
    // A client that has seen enough goes.
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(body.as_bytes());
}

fn serve(mut stream: TcpStream, asked: &Mutex<Vec<String>>, answer: &dyn Fn(&str, &mut TcpStream)) {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => request.push(byte[0]),
            _ => return,
        }
    }
    let request = String::from_utf8_lossy(&request);
    let target = request.split(' ').nth(1).unwrap_or_default().to_owned();
    asked.lock().unwrap().push(target.clone());
    answer(&target, &mut stream);
}
