//! The load generator: one thread, several connections, each with one request in flight.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use crate::{call::Call, connection::Connection};

/// Connections that take turns. Every reply is held against what it must be.
pub struct Load<'a> {
    addr: SocketAddr,
    slots: Vec<Slot<'a>>,
    turn: usize,
}

struct Slot<'a> {
    connection: Connection,
    /// What was sent last, and when.
    in_flight: Option<(&'a Call, Instant)>,
}

impl<'a> Load<'a> {
    pub fn new(addr: SocketAddr, connections: usize) -> Result<Self, String> {
        let slots = (0..connections)
            .map(|_| Slot::open(addr))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            addr,
            slots,
            turn: 0,
        })
    }

    /// Sends on the connection whose turn it is, once the reply to what it sent before is there; how long that
    /// took.
    ///
    /// # Errors
    /// That reply is not the expected one, or the connection broke.
    pub fn send(&mut self, call: &'a Call) -> Result<Option<Duration>, String> {
        let next = (self.turn + 1) % self.slots.len();
        let slot = &mut self.slots[self.turn];
        self.turn = next;
        let received = slot.receive();
        if received.is_err() {
            // What it will say next is anybody's guess.
            *slot = Slot::open(self.addr)?;
        }
        let sent = slot.send(call);
        received.and_then(|took| sent.map(|()| took))
    }

    /// Waits for all replies, and gives back what was wrong with them.
    pub fn finish(&mut self) -> Vec<String> {
        let received = self.slots.iter_mut().map(Slot::receive);
        received.filter_map(Result::err).collect()
    }
}

impl<'a> Slot<'a> {
    fn open(addr: SocketAddr) -> Result<Self, String> {
        let connection =
            Connection::open(addr).map_err(|error| format!("cannot connect to {addr}: {error}"))?;
        Ok(Self {
            connection,
            in_flight: None,
        })
    }

    fn send(&mut self, call: &'a Call) -> Result<(), String> {
        self.connection
            .send(&call.bytes)
            .map_err(|error| format!("cannot send: {error}"))?;
        self.in_flight = Some((call, Instant::now()));
        Ok(())
    }

    fn receive(&mut self) -> Result<Option<Duration>, String> {
        let Some((call, sent)) = self.in_flight.take() else {
            return Ok(None);
        };
        let (status, body) = self
            .connection
            .receive()
            .map_err(|error| format!("no reply: {error}"))?;
        if call.is_answered_by(status, body) {
            return Ok(Some(sent.elapsed()));
        }
        let request = String::from_utf8_lossy(&call.bytes);
        let line = request.lines().next().unwrap_or_default();
        Err(format!(
            "{line} was answered with {status} {}",
            String::from_utf8_lossy(body)
        ))
    }
}
