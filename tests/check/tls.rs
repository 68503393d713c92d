//! A provider over TLS, by the program itself: whom to trust is named in its environment.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::Arc,
    thread,
};

use tokio_rustls::rustls::{
    ServerConfig, ServerConnection, StreamOwned, crypto::ring, pki_types::PrivateKeyDer,
};

/// Answers every request with an empty list, one a connection, with a certificate of its own; and the
/// certificate.
fn serve() -> (SocketAddr, String) {
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(certified.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    thread::spawn(move || {
        for tcp in listener.incoming().flatten() {
            let tls = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = BufReader::new(StreamOwned::new(tls, tcp));
            let mut line = String::new();
            while stream.read_line(&mut line).is_ok_and(|read| read > 2) {
                line.clear();
            }
            let reply = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\
                         Connection: close\r\n\r\n[]";
            let _ = stream.get_mut().write_all(reply.as_bytes());
            stream.get_mut().conn.send_close_notify();
            let _ = stream.get_mut().flush();
        }
    });
    (addr, certified.cert.pem())
}

fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn check(url: &str, trusted: &str) -> Output {
    let spec = scratch(&format!("{}.yaml", url.rsplit(':').next().unwrap()));
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {get: {responses: {'200': {description: Ok, \
                content: {application/json: {schema: {type: array}}}}}}}}\n";
    fs::write(&spec, text).unwrap();
    Command::new(env!("CARGO_BIN_EXE_mynah"))
        .arg("check")
        .arg(spec)
        .args(["--against", url, "--skip", "methods"])
        .env("SSL_CERT_FILE", trusted)
        .output()
        .unwrap()
}

#[test]
fn a_provider_over_tls_is_checked_where_it_is_trusted() {
    let (addr, certificate) = serve();
    let url = format!("https://localhost:{}", addr.port());
    let trusted = scratch("trusted.pem");
    fs::write(&trusted, certificate).unwrap();
    let checked = check(&url, trusted.to_str().unwrap());
    let said = String::from_utf8_lossy(&checked.stderr);
    assert_eq!(checked.status.code(), Some(0), "{said}");
    let checked = check(&url, "");
    let said = String::from_utf8_lossy(&checked.stderr);
    assert_eq!(checked.status.code(), Some(4), "{said}");
    assert!(
        said.contains("TLS fails: invalid peer certificate: UnknownIssuer"),
        "{said}"
    );
    let checked = check(&url, "/none.pem");
    let said = String::from_utf8_lossy(&checked.stderr);
    assert_eq!(checked.status.code(), Some(4), "{said}");
    assert!(said.contains("TLS fails: SSL_CERT_FILE: "), "{said}");
}

#[test]
fn one_that_speaks_no_tls_is_an_error() {
    let addr = super::server::serve(|_| super::provider::refused(404, ""));
    let checked = check(&format!("https://{addr}"), "");
    let said = String::from_utf8_lossy(&checked.stderr);
    assert_eq!(checked.status.code(), Some(4), "{said}");
    assert!(said.contains("TLS fails: "), "{said}");
}
