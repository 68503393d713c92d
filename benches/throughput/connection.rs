//! One keep-alive connection of the load generator.

use std::{
    io::{self, ErrorKind, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// A server that takes longer for a reply has failed.
const PATIENCE: Duration = Duration::from_secs(10);

/// The longest reply, head and body.
const LONGEST_REPLY: usize = 256 << 10;

/// A connection with one request in flight at most.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub fn open(addr: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect_timeout(&addr, PATIENCE)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(Self {
            stream,
            buffer: vec![0; LONGEST_REPLY],
        })
    }

    pub fn send(&mut self, request: &[u8]) -> io::Result<()> {
        self.stream.write_all(request)
    }

    /// The status and the body of the reply.
    pub fn receive(&mut self) -> io::Result<(u16, &[u8])> {
        let mut filled = 0;
        let mut head = None;
        loop {
            if let Some(Head { status, end, body }) = head
                && filled >= end + body
            {
                // With one request in flight, nothing can stand behind its reply.
                if filled > end + body {
                    return Err(io::Error::other("more than one reply to a request"));
                }
                return Ok((status, &self.buffer[end..filled]));
            }
            let read = self.stream.read(&mut self.buffer[filled..])?;
            if read == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            filled += read;
            if head.is_none() {
                head = Head::read(&self.buffer[..filled])?;
            }
        }
    }
}

/// What has to be known of the head of a reply.
#[derive(Clone, Copy)]
struct Head {
    status: u16,
    end: usize,
    body: usize,
}

impl Head {
    /// The head of a reply; none while it is not complete.
    fn read(bytes: &[u8]) -> io::Result<Option<Self>> {
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            return Ok(None);
        };
        let head = std::str::from_utf8(&bytes[..end]).map_err(io::Error::other)?;
        let status = head
            .strip_prefix("HTTP/1.1 ")
            .and_then(|rest| rest.get(..3));
        let length = head.split("\r\n").find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("content-length").then_some(value)
        });
        let number = |text: Option<&str>| text.and_then(|text| text.parse().ok());
        match (number(status), number(length)) {
            (Some(status), Some(body)) => Ok(Some(Self {
                status: u16::try_from(status).unwrap_or_default(),
                end: end + 4,
                body,
            })),
            _ => Err(io::Error::other(format!("no reply with a length: {head}"))),
        }
    }
}
