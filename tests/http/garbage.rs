//! Bytes that are no HTTP.

use std::io::{Read, Write};

use crate::fixture::{assert_alive, config, connect, serve};

/// A generator of bytes that are the same in each run (xorshift64).
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn bytes(&mut self) -> Vec<u8> {
        let length = self.next() % 600;
        (0..length).map(|_| self.next().to_le_bytes()[0]).collect()
    }
}

#[test]
fn noise_alone_and_after_a_good_beginning_harms_nobody() {
    let beginnings: [&[u8]; 6] = [
        b"",
        b"GET /pets HTTP/1.1\r\nHost: x\r\n",
        b"GET /",
        b"POST /pets HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n",
        b"POST /pets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ];
    let server = serve(config());
    let mut noise = Noise(0x9e37_79b9_7f4a_7c15);
    for round in 0..300 {
        let mut stream = connect(server.addr());
        let mut bytes = beginnings[round % beginnings.len()].to_vec();
        bytes.extend(noise.bytes());
        // The server may have closed already, at any point.
        let _ = stream.write_all(&bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
    }
    assert_alive(&server);
}
