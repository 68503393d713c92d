//! Documents over HTTP, from a server that is not to be trusted.

use std::{
    io::Write,
    net::TcpListener,
    thread,
    time::{Duration, Instant},
};

use mynah::{
    fetch::{FetchErrorKind, Fetcher, Limits},
    reach::Reach,
};

use crate::origin::{Origin, answer};

/// A fetcher that reaches this machine, and is not patient.
fn fetcher() -> Fetcher {
    let limits = Limits {
        document_time: Duration::from_secs(5),
        bytes: 1000,
        ..Limits::default()
    };
    Fetcher::with_limits(Reach::Loopback, limits)
}

/// Why there is nothing at a URL.
fn refused(fetcher: &Fetcher, url: &str) -> String {
    fetcher.get(url).expect_err(url).to_string()
}

#[test]
fn a_document_is_read_with_the_url_that_it_has_in_the_end() {
    let origin = Origin::start(|target, stream| match target {
        "/old?x=1" => answer(stream, "301 Moved", "Location: /deep/er/new.yaml#x\r\n", ""),
        "/deep/er/new.yaml" => answer(stream, "302 Found", "Location: ../end\r\n", "not here"),
        _ => answer(stream, "200 OK", "", "\u{feff}openapi: 3.1.0"),
    });
    let source = fetcher().get(&origin.url("/old?x=1#part")).unwrap();
    assert_eq!(&*source.name, origin.url("/deep/end"));
    assert_eq!(&*source.text, "openapi: 3.1.0");
    assert_eq!(
        origin.asked(),
        ["/old?x=1", "/deep/er/new.yaml", "/deep/end"]
    );
}

#[test]
fn addresses_that_are_not_public_are_not_connected_to() {
    let origin = Origin::of(&[("/", "secret")]);
    let port = origin.addr.port();
    for (host, address) in [
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", ""),
        ("[::1]", "::1"),
        ("[::ffff:127.0.0.1]", "::ffff:127.0.0.1"),
        // As many look-ups read it.
        ("2130706433", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("0.0.0.0", "0.0.0.0"),
        ("[::]", "::"),
        ("10.0.0.1", "10.0.0.1"),
        ("169.254.169.254", "169.254.169.254"),
        ("[fd00::1]", "fd00::1"),
    ] {
        let url = format!("http://{host}:{port}/");
        let why = Fetcher::new(Reach::Public).get(&url).expect_err(host);
        assert!(
            matches!(why.kind, FetchErrorKind::NotAllowed { .. }),
            "{url}: {why}"
        );
        let want = format!("`{host}` is {address}");
        assert!(why.to_string().starts_with(&want), "{why}");
        assert!(
            why.to_string()
                .contains(", and only public addresses are allowed; "),
            "{why}"
        );
        assert!(
            why.to_string()
                .ends_with("`--allow-remote=anywhere` allows every address"),
            "{why}"
        );
    }
    assert_eq!(origin.asked(), [""; 0]);
    assert!(Fetcher::new(Reach::Off).get(&origin.url("/")).is_err());
    assert_eq!(
        &*Fetcher::new(Reach::Anywhere)
            .get(&origin.url("/"))
            .unwrap()
            .text,
        "secret"
    );
}

#[test]
fn where_a_redirection_leads_is_looked_at_before_it_is_followed() {
    let origin = Origin::start(|target, stream| {
        let location = format!("Location: {}\r\n", target.trim_start_matches('/'));
        answer(stream, "302 Found", &location, "");
    });
    for (location, why) in [
        (
            "http://169.254.169.254/latest/meta-data",
            "it redirects to `http://169.254.169.254/latest/meta-data`: `169.254.169.254` is \
             169.254.169.254, and only this machine is allowed; `--allow-remote=anywhere` allows every \
             address",
        ),
        (
            "https://10.0.0.1",
            "it redirects to `https://10.0.0.1`: `10.0.0.1` is 10.0.0.1, and only this machine is \
             allowed; `--allow-remote=anywhere` allows every address",
        ),
        (
            "file:///etc/passwd",
            "`file:` is not read, only `http:` and `https:` are",
        ),
        (
            "ftp://127.0.0.1/",
            "`ftp:` is not read, only `http:` and `https:` are",
        ),
        (
            "http://a:b@127.0.0.1/",
            "there is a user in the URL, and no credentials are sent; save the document as a file",
        ),
    ] {
        assert_eq!(
            refused(&fetcher(), &origin.url(&format!("/{location}"))),
            why,
            "{location}"
        );
    }
}

#[test]
fn redirections_end() {
    let origin = Origin::start(|target, stream| match target {
        "/a" => answer(stream, "307 Temporary", "Location: /b\r\n", ""),
        "/b" => answer(stream, "308 Permanent", "Location: /a\r\n", ""),
        "/5" => answer(stream, "200 OK", "", "there"),
        step => {
            let next: u32 = step[1..].parse().unwrap();
            answer(
                stream,
                "303 See Other",
                &format!("Location: /{}\r\n", next + 1),
                "",
            );
        }
    });
    assert_eq!(
        refused(&fetcher(), &origin.url("/a")),
        "it redirects more than 5 times; take the address where it ends, if it does"
    );
    assert_eq!(origin.asked().len(), 6);
    assert_eq!(&*fetcher().get(&origin.url("/0")).unwrap().text, "there");
}

#[test]
fn no_more_bytes_are_read_than_all_documents_may_have() {
    let origin = Origin::start(|target, stream| match target {
        "/told" => answer(stream, "200 OK", "", &"x".repeat(1001)),
        "/untold" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            while stream.write_all(&[b'x'; 4096]).is_ok() {}
        }
        "/chunked" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while stream.write_all(b"1\r\nx\r\n").is_ok() {}
        }
        "/head" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nX: ");
            while stream.write_all(&[b'x'; 4096]).is_ok() {}
        }
        "/most" => answer(stream, "200 OK", "", &"x".repeat(1000)),
        _ => answer(stream, "200 OK", "", &"x".repeat(600)),
    });
    let too_long =
        "the documents of a description have more than 1000 bytes together; save them as files";
    for target in ["/told", "/untold", "/chunked"] {
        assert_eq!(
            refused(&fetcher(), &origin.url(target)),
            too_long,
            "{target}"
        );
    }
    assert!(refused(&fetcher(), &origin.url("/head")).starts_with("no whole answer of HTTP came"));
    assert_eq!(
        fetcher().get(&origin.url("/most")).unwrap().text.len(),
        1000
    );
    let fetcher = fetcher();
    assert!(fetcher.get(&origin.url("/600")).is_ok());
    assert_eq!(refused(&fetcher, &origin.url("/600")), too_long);
}

#[test]
fn no_more_time_is_spent_than_all_documents_may_take() {
    let pause = || thread::sleep(Duration::from_millis(50));
    let origin = Origin::start(move |target, stream| match target {
        "/silent" => thread::sleep(Duration::from_secs(5)),
        "/drip" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            while stream.write_all(b"x").is_ok() {
                pause();
            }
        }
        "/head" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nX: ");
            while stream.write_all(b"x").is_ok() {
                pause();
            }
        }
        _ => {
            thread::sleep(Duration::from_millis(150));
            answer(stream, "302 Found", "Location: /\r\n", "");
        }
    });
    let limits = |document_time, time| Limits {
        document_time: Duration::from_millis(document_time),
        time: Duration::from_millis(time),
        ..Limits::default()
    };
    for target in ["/silent", "/drip", "/head", "/"] {
        let fetcher = Fetcher::with_limits(Reach::Loopback, limits(400, 500));
        let began = Instant::now();
        let why = refused(&fetcher, &origin.url(target));
        assert!(
            why.ends_with(
                "it did not come whole within 0.4 seconds; try again, or save it as a file"
            ),
            "{target}: {why}"
        );
        let took = began.elapsed();
        assert!(took < Duration::from_secs(3), "{target}: {took:?}");
        for _ in 0..2 {
            let why = refused(&fetcher, &origin.url(target));
            assert!(
                why.ends_with(
                    "the documents of a description take more than 0.5 seconds together; save them as files"
                ),
                "{target}: {why}"
            );
        }
    }
}

#[test]
fn an_answer_that_is_no_document_is_told_with_what_to_do() {
    let origin = Origin::start(|target, stream| match target {
        "/401" => answer(stream, "401 Unauthorized", "", "who are you?"),
        "/404" => answer(stream, "404 Not Found", "", ""),
        "/503" => answer(stream, "503 Service Unavailable", "", ""),
        "/302" => answer(stream, "302 Found", "", ""),
        "/304" => answer(stream, "304 Not Modified", "Location: /ok\r\n", ""),
        "/gzip" => answer(stream, "200 OK", "Content-Encoding: gzip\r\n", "\u{1f}"),
        "/bytes" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na\xff\xfe");
        }
        "/short" => {
            let _ =
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\nopenapi: 3.1.0");
        }
        "/no-http" => {
            let _ = stream.write_all(b"220 mail.example.com ESMTP\r\n");
        }
        _ => {}
    });
    for (target, want) in [
        (
            "/401",
            "the server answers 401 Unauthorized; no credentials are sent: save the document as a file",
        ),
        (
            "/404",
            "the server answers 404 Not Found; check the address",
        ),
        (
            "/503",
            "the server answers 503 Service Unavailable; try again later",
        ),
        (
            "/302",
            "the server answers 302 Found; check the address, or save the document as a file",
        ),
        (
            "/304",
            "the server answers 304 Not Modified; check the address, or save the document as a file",
        ),
        (
            "/gzip",
            "it comes with the coding `gzip`, which was not asked for; save it as a file",
        ),
        ("/bytes", "it is no text: byte 2 is not UTF-8"),
        ("/short", "no whole answer of HTTP came ("),
        ("/no-http", "no whole answer of HTTP came ("),
        ("/gone", "no whole answer of HTTP came ("),
    ] {
        let why = refused(&fetcher(), &origin.url(target));
        assert!(why.starts_with(want), "{target}: {why}");
    }
}

#[test]
fn who_is_not_there_is_told_from_who_does_not_speak_tls() {
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let why = refused(&fetcher(), &format!("http://{closed}/"));
    assert!(
        why.starts_with("nobody accepts a connection (")
            && why.ends_with("; check host and port, and the network"),
        "{why}"
    );
    // A name that is too long is looked up by nobody.
    let host = "a".repeat(64);
    let why = refused(&fetcher(), &format!("http://{host}.invalid/"));
    assert!(
        why.starts_with(&format!("the host `{host}.invalid` has no address ("))
            && why.ends_with("; check its name, and the network"),
        "{why}"
    );
    let plain = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = plain.local_addr().unwrap();
    thread::spawn(move || {
        let (mut stream, _) = plain.accept().unwrap();
        answer(&mut stream, "400 Bad Request", "", "");
    });
    let why = refused(&fetcher(), &format!("https://{addr}/"));
    assert!(why.starts_with("no secure connection ("), "{why}");
}
