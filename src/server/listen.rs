//! Listening sockets: one a thread, all on the same port.

use std::{
    io::{self, ErrorKind},
    net::{SocketAddr, TcpListener},
};

use socket2::{Domain, Protocol, Socket, Type};

use super::StartError;

/// How many connections the system may hold back before they are accepted.
const BACKLOG: i32 = 1024;

/// Opens `count` sockets that listen on the same address, and tells which address that is.
///
/// # Errors
/// [`StartError::PortInUse`] or [`StartError::CannotBind`].
pub(super) fn listen(
    addr: SocketAddr,
    count: usize,
) -> Result<(SocketAddr, Vec<TcpListener>), StartError> {
    let refused = |source: io::Error| match source.kind() {
        ErrorKind::AddrInUse => StartError::PortInUse { addr },
        _ => StartError::CannotBind { addr, source },
    };
    // With SO_REUSEPORT a second server of the same user could listen beside the first, each with a
    // part of the requests. The first socket takes the port without it, so that this fails; only
    // then is the port opened to the other sockets.
    let first = bound(addr, false).map_err(refused)?;
    share(&first).map_err(refused)?;
    let first = TcpListener::from(first);
    let addr = first.local_addr().map_err(refused)?;
    let mut listeners = vec![first];
    while listeners.len() < count {
        listeners.push(another(&listeners[0], addr).map_err(refused)?);
    }
    Ok((addr, listeners))
}

/// A socket that listens.
fn bound(addr: SocketAddr, shared: bool) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(addr), Type::STREAM, Some(Protocol::TCP))?;
    // On Unix this lets a restarted server take its port back from connections in TIME_WAIT; on
    // Windows it would let two servers share a port.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    if shared {
        share(&socket)?;
    }
    socket.set_nonblocking(true)?;
    socket.bind(&addr.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket)
}

#[cfg(unix)]
fn share(socket: &Socket) -> io::Result<()> {
    socket.set_reuse_port(true)
}

#[cfg(unix)]
fn another(_first: &TcpListener, addr: SocketAddr) -> io::Result<TcpListener> {
    bound(addr, true).map(TcpListener::from)
}

#[cfg(not(unix))]
fn share(_socket: &Socket) -> io::Result<()> {
    Ok(())
}

/// Without SO_REUSEPORT the threads accept from one socket.
#[cfg(not(unix))]
fn another(first: &TcpListener, _addr: SocketAddr) -> io::Result<TcpListener> {
    first.try_clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANY: &str = "127.0.0.1:0";

    #[test]
    fn all_sockets_listen_on_the_picked_port() {
        let (addr, listeners) = listen(ANY.parse().unwrap(), 3).unwrap();
        assert_ne!(addr.port(), 0);
        assert_eq!(listeners.len(), 3);
        for listener in listeners {
            assert_eq!(listener.local_addr().unwrap(), addr);
        }
    }

    #[test]
    fn a_port_in_use_is_refused() {
        for count in [1, 2] {
            let (addr, _listeners) = listen(ANY.parse().unwrap(), count).unwrap();
            let second = listen(addr, 2);
            assert!(matches!(second, Err(StartError::PortInUse { addr: at }) if at == addr));
        }
    }

    #[test]
    fn an_address_of_another_machine_is_refused() {
        let refused = listen("192.0.2.1:0".parse().unwrap(), 1);
        assert!(matches!(refused, Err(StartError::CannotBind { .. })));
    }
}
