//! Bodies that are small to send and large to read, each with what is answered, within a bound on the processor time
//! of the thread that answers: a busy machine changes nothing.

use std::{io::Write, time::Duration};

use mynah::{
    Api, Description, Source, answer,
    contract::{ReadOnly, Settings},
};

use crate::hostile::EVERYTHING;

/// What unoptimised code takes for the longest of these, and some.
const BOUND: Duration = Duration::from_secs(10);

const JSON: &str = "application/json";
const XML: &str = "application/xml";
const FORM: &str = "application/x-www-form-urlencoded";
const PARTS: &str = "multipart/form-data; boundary=b";

#[cfg(unix)]
fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    use rustix::time::{ClockId, clock_gettime};

    let now = || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap();
    let before = now();
    let value = run();
    (value, now() - before)
}

#[cfg(not(unix))]
fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let begun = std::time::Instant::now();
    let value = run();
    (value, begun.elapsed())
}

/// Answers each body (its path, media type, content codings and bytes) with the status of the table, in time.
fn assert_answers(table: &[(&str, &str, &str, Vec<u8>, u16)]) {
    let description = Description::load(Source::new("hostile.yaml", EVERYTHING)).unwrap();
    let api = Api::compile(description).unwrap();
    let settings = Settings {
        read_only: ReadOnly::Strip,
        ..*api.settings()
    };
    let api = api.with_settings(settings);
    for (path, media_type, codings, body, want) in table {
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]);
        let request = http::Request::post(*path).header("content-type", *media_type);
        let request = match *codings {
            "" => request,
            codings => request.header("content-encoding", codings),
        };
        let request = request.body(body.clone().into()).unwrap();
        let (exchange, took) = timed(|| answer(&api, request.into()));
        let found = exchange.reply.status.as_u16();
        let violations = &exchange.violations[..exchange.violations.len().min(2)];
        assert_eq!(found, *want, "{path} {shown}: {violations:?}");
        assert!(took < BOUND, "{path} {shown}: {took:?}");
    }
}

/// `before`, `part` as often as it takes for 256 KiB, and `after`.
fn filled(before: &str, part: &str, after: &str) -> Vec<u8> {
    let parts = part.repeat((256 << 10) / part.len());
    format!("{before}{parts}{after}").into_bytes()
}

fn numbered(count: usize, between: &str, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect::<Vec<_>>().join(between)
}

/// An object in an object, so many deep.
fn nested(levels: usize, inner: &str) -> Vec<u8> {
    format!("{}{inner}{}", "{\"a\":".repeat(levels), "}".repeat(levels)).into_bytes()
}

#[test]
fn json() {
    let text = |text: &str| text.as_bytes().to_vec();
    let many = format!("{{{}}}", numbered(20_000, ",", |n| format!("\"k{n}\":1")));
    assert_answers(&[
        ("/json", JSON, "", vec![b'['; 1 << 20], 400),
        ("/json", JSON, "", nested(127, "1"), 204),
        ("/json", JSON, "", nested(128, "1"), 400),
        ("/json", JSON, "", filled("[", "[],", "1]"), 204),
        ("/json", JSON, "", filled("[", "\"", "]"), 400),
        ("/json", JSON, "", filled("{", "\"a\":1,", "\"a\":1}"), 400),
        ("/json", JSON, "", text(r#"{"a":1,"\u0061":2}"#), 400),
        ("/json", JSON, "", text(r#""\ud800""#), 400),
        ("/json", JSON, "", text(r#""\udc00\ud800""#), 400),
        ("/json", JSON, "", b"\"\xff\xfe\"".to_vec(), 400),
        ("/json", JSON, "", b"\xef\xbb\xbf{}".to_vec(), 400),
        ("/json", JSON, "", b"{}\0".to_vec(), 400),
        ("/json", JSON, "", text("1e400"), 400),
        ("/json", JSON, "", text("1e999999999999999999999"), 400),
        ("/json", JSON, "", text("NaN"), 400),
        ("/json", JSON, "", text("[01]"), 400),
        (
            "/number",
            JSON,
            "",
            text("[1e-999999999, 1e308, 0.1e308]"),
            422,
        ),
        ("/number", JSON, "", filled("[", "9", "]"), 400),
        ("/number", JSON, "", filled("[0.", "9", "]"), 422),
        (
            "/unique",
            JSON,
            "",
            format!("[{}]", numbered(50_000, ",", |n| format!("{{\"a\":{n}}}"))).into(),
            204,
        ),
        ("/pattern", JSON, "", filled("\"", "a", "!\""), 422),
        (
            "/look",
            JSON,
            "",
            format!("\"{}!\"", "a".repeat(10_000)).into(),
            422,
        ),
        ("/strings", JSON, "", filled("[", "1,", "1]"), 422),
        ("/closed", JSON, "", many.clone().into(), 422),
        ("/names", JSON, "", many.into(), 422),
    ]);
}

#[test]
fn values_that_double_the_work_with_each_level_are_refused() {
    assert_answers(&[
        ("/all", JSON, "", nested(10, "{}"), 204),
        ("/all", JSON, "", nested(10, "1"), 422),
        ("/all", JSON, "", nested(100, "1"), 422),
        ("/any", JSON, "", nested(10, "{}"), 422),
        ("/any", JSON, "", nested(100, "{}"), 413),
        ("/one", JSON, "", nested(100, "{}"), 413),
        ("/own", JSON, "", nested(5, r#"{"id":1}"#), 204),
        ("/own", JSON, "", nested(100, r#"{"id":1}"#), 413),
    ]);
}

#[test]
fn xml() {
    let text = |text: &str| text.as_bytes().to_vec();
    let entities =
        "<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;\">";
    let bindings = numbered(5_000, " ", |n| format!("xmlns:a{n}=\"u\""));
    let attributes = numbered(20_000, " ", |n| format!("a{n}=\"\""));
    assert_answers(&[
        (
            "/json",
            XML,
            "",
            text(&format!("<!DOCTYPE r [{entities}]><r>&c;</r>")),
            400,
        ),
        (
            "/json",
            XML,
            "",
            text("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r>&x;</r>"),
            400,
        ),
        (
            "/json",
            XML,
            "",
            text("<!DOCTYPE r SYSTEM \"http://127.0.0.1:9/r.dtd\"><r/>"),
            400,
        ),
        (
            "/json",
            XML,
            "",
            text("<!DOCTYPE r [<!ENTITY % x SYSTEM \"http://127.0.0.1:9/\"> %x;]><r/>"),
            400,
        ),
        ("/json", XML, "", text("<r>&x;</r>"), 400),
        ("/json", XML, "", text("<r>&#0;</r>"), 400),
        ("/json", XML, "", filled("", "<a>", ""), 400),
        ("/json", XML, "", filled("<r>", "<a/>", "</r>"), 204),
        (
            "/json",
            XML,
            "",
            format!("<r>{}</r>", "<a/>".repeat(1_000_000)).into(),
            400,
        ),
        ("/json", XML, "", format!("<r {attributes}/>").into(), 204),
        (
            "/json",
            XML,
            "",
            format!("<r {bindings}><a1:b/></r>").into(),
            400,
        ),
        // Each element has the namespace: a thousand of them would have a gigabyte.
        (
            "/json",
            XML,
            "",
            format!(
                "<r xmlns='{}'>{}</r>",
                "u".repeat(1 << 20),
                "<b/>".repeat(1000)
            )
            .into(),
            400,
        ),
        (
            "/json",
            XML,
            "",
            text("<?xml version=\"1.0\" encoding=\"no-such\"?><r/>"),
            400,
        ),
    ]);
}

#[test]
fn forms() {
    let text = |text: &str| text.as_bytes().to_vec();
    let part = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n";
    let nested = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n";
    assert_answers(&[
        ("/json", FORM, "", filled("", "&", ""), 204),
        ("/json", FORM, "", filled("", "a=1&", ""), 204),
        (
            "/json",
            FORM,
            "",
            numbered(50_000, "&", |n| format!("n{n}=1")).into(),
            204,
        ),
        (
            "/json",
            FORM,
            "",
            numbered(50_000, "&", |n| format!("o[k{n}]=1")).into(),
            204,
        ),
        (
            "/json",
            FORM,
            "",
            text("o[999999999999]=1&p[4294967295]=1"),
            204,
        ),
        ("/json", FORM, "", filled("o", "[a]", "=1"), 204),
        ("/wide", FORM, "", text("n=1&a[n]=1&a[b][n]=1"), 204),
        ("/wide", FORM, "", text("a[b][n]=x"), 422),
        ("/json", FORM, "", text("a=%ff"), 400),
        ("/json", "multipart/form-data", "", text("--b--"), 400),
        (
            "/json",
            "multipart/form-data; boundary=",
            "",
            text("----"),
            400,
        ),
        (
            "/json",
            &format!("multipart/form-data; boundary={}", "b".repeat(71)),
            "",
            text("--b--"),
            400,
        ),
        ("/json", PARTS, "", text("--b"), 400),
        (
            "/json",
            PARTS,
            "",
            format!("{}--b--", part.repeat(9_999)).into(),
            204,
        ),
        (
            "/json",
            PARTS,
            "",
            format!("{}--b--", part.repeat(10_001)).into(),
            400,
        ),
        (
            "/json",
            PARTS,
            "",
            filled("--b\r\n", "X: y\r\n", "\r\n1\r\n--b--"),
            400,
        ),
        (
            "/json",
            PARTS,
            "",
            filled("--b\r\nX: ", "y", "\r\n\r\n1\r\n--b--"),
            400,
        ),
        (
            "/json",
            PARTS,
            "",
            format!("{}--b--", nested.repeat(10_001)).into(),
            400,
        ),
        ("/json", PARTS, "", filled("", "\r\n--", ""), 400),
    ]);
}

#[cfg(feature = "codings")]
#[test]
fn codings() {
    let gzip = |body: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(body).unwrap();
        encoder.finish().unwrap()
    };
    // 11 MiB of space, which is more than a body may have.
    let bomb = gzip(&vec![b' '; 11 << 20]);
    assert!(bomb.len() < 20_000);
    let fits = gzip(b"{}");
    // Blocks of one byte that repeats (RFC 8878, section 3.1.1.2.2): 128 KiB each.
    let block = [&[0x02, 0x00, 0x10][..], b" "].concat();
    let zstd = [
        &[0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58][..],
        &block.repeat(100),
    ]
    .concat();
    assert_answers(&[
        ("/json", JSON, "gzip", fits.clone(), 204),
        ("/json", JSON, "gzip", bomb.clone(), 413),
        ("/json", JSON, "gzip, gzip", gzip(&bomb), 413),
        ("/json", JSON, "gzip, gzip", gzip(&fits), 204),
        ("/json", JSON, "gzip", gzip(&fits), 400),
        ("/json", JSON, "gzip,gzip,gzip,gzip,gzip", fits.clone(), 415),
        ("/json", JSON, "zstd", zstd, 413),
        ("/json", JSON, "br", fits.clone(), 400),
        ("/json", JSON, "deflate", fits.clone(), 400),
        ("/json", JSON, "zstd", fits.clone(), 400),
        ("/json", JSON, "compress", fits.clone(), 415),
        ("/json", JSON, "gzip", fits[..fits.len() - 4].to_vec(), 400),
        ("/json", JSON, "gzip", b"{}".to_vec(), 400),
    ]);
}
