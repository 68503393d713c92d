//! `mynah proxy` as a process: its exit code, its memory, and servers that speak TLS.

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    thread,
};

use mynah::cli::Exit;

use crate::{
    in_process::{assert_snapshot, run},
    process::Serving,
};

const PETS: &str = "tests/cli/descriptions/pets.yaml";

/// The body that the description documents.
const LIST: &str = r#"[{"id":1,"name":"Bello"}]"#;

#[test]
fn help() {
    assert_snapshot("cli_proxy_help", &["proxy", "--help"]);
}

#[test]
fn an_address_that_is_none_is_told() {
    for url in ["nowhere", "ftp://h/", "http://h/?a=b"] {
        let (exit, _, err) = run(&["proxy", PETS, url]);
        assert_eq!(exit, Exit::Usage);
        assert!(err.contains(url), "{err}");
    }
}

/// A server that answers each connection with the same bytes.
fn upstream(answer: String) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]).unwrap();
            stream.write_all(answer.as_bytes()).unwrap();
        }
    });
    addr
}

fn json(body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

#[cfg(unix)]
#[test]
fn the_exit_code_says_whether_anything_left_the_contract() {
    for (body, code, said) in [
        (LIST, 0, "1 exchange, all within the contract"),
        ("[{}]", 1, "1 of 1 exchange left the contract"),
    ] {
        let url = format!("http://{}", upstream(json(body)));
        let mut proxy = Serving::start(&["proxy", PETS, &url]);
        assert!(proxy.get("/pets").ends_with(body));
        assert_eq!(proxy.ended_by("TERM"), Some(code));
        proxy.wait_for_error(said);
    }
}

#[cfg(unix)]
#[test]
fn what_is_recorded_is_replayed() {
    let file = scratch("recorded.json");
    let seen = r#"[{"id":2,"name":"Rex"}]"#;
    let url = format!("http://{}", upstream(json(seen)));
    let mut proxy = Serving::start(&["proxy", PETS, &url, "--record", file.to_str().unwrap()]);
    proxy.get("/pets");
    assert_eq!(proxy.ended_by("INT"), Some(0));
    let fake = Serving::start(&["serve", PETS, "--overlay", file.to_str().unwrap()]);
    assert!(fake.get("/pets").ends_with(seen));
    fs::remove_file(file).unwrap();
}

#[cfg(unix)]
#[test]
fn what_was_seen_is_reported_and_written_to_a_journal() {
    let (report, journal) = (scratch("seen.md"), scratch("seen.jsonl"));
    let wanted = format!("markdown={}", report.display());
    let url = format!("http://{}", upstream(json("[{}]")));
    let mut proxy = Serving::start(&[
        "proxy",
        PETS,
        &url,
        "--report",
        &wanted,
        "--journal",
        journal.to_str().unwrap(),
    ]);
    proxy.get("/pets");
    // Before the client has its reply, so without an end of the proxy.
    let line = fs::read_to_string(&journal).unwrap();
    assert!(
        line.ends_with('\n') && line.contains("\"required\""),
        "{line}"
    );
    assert_eq!(proxy.ended_by("TERM"), Some(1));
    let text = fs::read_to_string(&report).unwrap();
    assert!(
        text.contains("GET /pets") && text.contains("required"),
        "{text}"
    );
    let (exit, out, _) = run(&["judge", PETS, "--journal", journal.to_str().unwrap()]);
    assert_eq!(exit, Exit::ContractBroken, "{out}");
    fs::remove_file(report).unwrap();
    fs::remove_file(journal).unwrap();
}

fn scratch(name: &str) -> PathBuf {
    let process = std::process::id();
    std::env::temp_dir().join(format!("mynah-{process}-{name}"))
}

/// How long the bodies are that memory must not grow with.
const LONG: usize = 100 << 20;

/// What stands at a place of them.
fn pattern(at: usize) -> u8 {
    (at ^ (at >> 8) ^ (at >> 16)) as u8
}

fn write_pattern(to: &mut TcpStream) {
    let mut piece = vec![0; 1 << 16];
    for start in (0..LONG).step_by(piece.len()) {
        piece
            .iter_mut()
            .enumerate()
            .for_each(|(index, byte)| *byte = pattern(start + index));
        to.write_all(&piece).unwrap();
    }
}

/// Reads as many bytes and compares each.
fn assert_pattern(from: &mut impl Read) {
    let mut piece = vec![0; 1 << 16];
    for start in (0..LONG).step_by(piece.len()) {
        from.read_exact(&mut piece).unwrap();
        let wrong = piece
            .iter()
            .enumerate()
            .find(|(index, byte)| **byte != pattern(start + index));
        assert_eq!(wrong, None, "after {start}");
    }
}

fn read_head(from: &mut TcpStream) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        from.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn long_bodies_pass_unchanged_in_bounded_memory() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {LONG}\r\n\r\n"
    );
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        read_head(&mut stream);
        assert_pattern(&mut stream);
        stream.write_all(head.as_bytes()).unwrap();
        write_pattern(&mut stream);
    });
    let proxy = Serving::start(&["proxy", PETS, &url, "--max-judged", "1MiB"]);
    let before = proxy.peak_kib();
    let mut client = TcpStream::connect(&proxy.address).unwrap();
    let head = format!("POST /pets HTTP/1.1\r\nHost: x\r\nContent-Length: {LONG}\r\n\r\n");
    client.write_all(head.as_bytes()).unwrap();
    write_pattern(&mut client);
    read_head(&mut client);
    assert_pattern(&mut client);
    server.join().unwrap();
    let grown = proxy.peak_kib() - before;
    assert!(grown < 16 << 10, "{grown} KiB more for {} KiB", LONG >> 10);
}

#[cfg(all(unix, feature = "tls"))]
mod tls {
    use std::{convert::Infallible, sync::Arc};

    use http::{Request, Response, Version};
    use http_body_util::Full;
    use hyper::{body::Incoming, service::service_fn};
    use hyper_util::{
        rt::{TokioExecutor, TokioIo},
        server::conn::auto,
    };
    use tokio_rustls::{
        TlsAcceptor,
        rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
    };

    use super::*;

    /// A server that speaks TLS with a certificate of its own, and answers with the version of HTTP that it was
    /// asked in; and the certificate.
    fn server(protocols: &[&str]) -> (SocketAddr, String) {
        let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(certified.signing_key.serialize_der()).unwrap();
        let mut config = ServerConfig::builder_with_provider(ring::default_provider().into())
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certified.cert.der().clone()], key)
            .unwrap();
        config.alpn_protocols = protocols.iter().map(|it| it.as_bytes().to_vec()).collect();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        listener.set_nonblocking(true).unwrap();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                while let Ok((tcp, _)) = listener.accept().await {
                    let Ok(stream) = acceptor.accept(tcp).await else {
                        continue;
                    };
                    let http = auto::Builder::new(TokioExecutor::new());
                    let service =
                        service_fn(|request| async move { Ok::<_, Infallible>(answer(&request)) });
                    let _ = http.serve_connection(TokioIo::new(stream), service).await;
                }
            });
        });
        (addr, certified.cert.pem())
    }

    fn answer(request: &Request<Incoming>) -> Response<Full<bytes::Bytes>> {
        let version = match request.version() {
            Version::HTTP_2 => "two",
            _ => "one",
        };
        let body = format!(r#"[{{"id":1,"name":"{version}"}}]"#);
        let response = Response::builder().header("content-type", "application/json");
        response.body(body.into()).unwrap()
    }

    #[test]
    fn a_server_that_speaks_tls_is_forwarded_to() {
        for (protocols, want) in [(&["h2", "http/1.1"][..], "two"), (&["http/1.1"], "one")] {
            let (addr, certificate) = server(protocols);
            let file = scratch(want);
            fs::write(&file, certificate).unwrap();
            let url = format!("https://localhost:{}", addr.port());
            let trusted = ("SSL_CERT_FILE", file.to_str().unwrap());
            let mut proxy = Serving::start_in(&["proxy", PETS, &url], &[trusted]);
            let answer = proxy.get("/pets");
            assert!(
                answer.ends_with(&format!(r#"[{{"id":1,"name":"{want}"}}]"#)),
                "{answer}"
            );
            assert_eq!(proxy.ended_by("TERM"), Some(0));
            fs::remove_file(file).unwrap();
        }
    }

    #[test]
    fn a_server_that_nobody_vouches_for_is_not() {
        let (addr, _) = server(&["http/1.1"]);
        let url = format!("https://localhost:{}", addr.port());
        let proxy = Serving::start(&["proxy", PETS, &url]);
        let answer = proxy.get("/pets");
        assert!(answer.starts_with("HTTP/1.1 502 "), "{answer}");
        assert!(answer.contains("certificate"), "{answer}");
    }
}
