//! Descriptions over HTTP: named by their URLs, and where references lead to other machines.

use std::{
    env, fs,
    io::Write,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::Command,
    sync::Arc,
    thread,
};

use mynah::cli::Exit;
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};

use crate::{
    in_process::run,
    origin::{Origin, answer},
    process::Serving,
};

const ALLOW: &str = "--allow-remote=loopback";

const PETS: &str = include_str!("descriptions/pets.yaml");

/// A description with what it refers to in three other documents, and one with faults in itself, in
/// another document, and in what is none.
const DOCUMENTS: &[(&str, &str)] = &[
    ("/pets.yaml", PETS),
    (
        "/apis/zoo.yaml?v=1",
        "openapi: 3.1.0\ninfo: {title: Zoo, version: '1'}\npaths:\n  /animals: {$ref: parts/animals.yaml}\n",
    ),
    (
        "/apis/parts/animals.yaml",
        "get:\n  summary: List animals\n  responses:\n    '200':\n      description: All\n      \
         content: {application/json: {schema: {$ref: '../../../../shared.yaml#/Animals'}}}\n",
    ),
    ("/shared.yaml", "Animals: {type: array, const: [cat]}\n"),
    (
        "/faulty.yaml",
        "openapi: 3.1.0\ninfo: {title: Faulty, version: '1'}\npaths:\n  /a:\n    get: {responses: \
         {'204': {$ref: 'http://ORIGIN/parts.yaml#/None'}}}\n  /b:\n    post:\n      requestBody:\n        \
         content:\n          application/json:\n            schema: {$ref: 'parts.yaml#/Bad'}\n      \
         responses: {'204': {$ref: 'page.html#/x'}}\n  /c:\n    get: {responses: {'204': {$ref: \
         'file:///etc/passwd'}, '404': {$ref: 'http://10.0.0.1/x'}}}\n",
    ),
    (
        "/parts.yaml",
        "None: {description: None}\nBad:\n  type: obj\n",
    ),
    ("/page.html", "<!DOCTYPE html>\n<title>Sign in</title>\n"),
];

/// All that a command line says, with the address of the server as `ORIGIN`.
fn said(origin: &Origin, args: &[&str]) -> (Exit, String) {
    let (exit, out, err) = run(args);
    (
        exit,
        (out + &err).replace(&origin.addr.to_string(), "ORIGIN"),
    )
}

#[test]
fn each_command_takes_a_url() {
    let origin = Origin::of(DOCUMENTS);
    let pets = origin.url("/pets.yaml#/paths");
    for (args, want) in [
        (
            vec!["list", &pets, ALLOW],
            "pets: Pets\n  GET /pets  List pets\n",
        ),
        (vec!["lint", &pets, ALLOW], "no problems\n"),
        (
            vec!["explain", "GET", "/pets", "--spec", &pets, ALLOW],
            "\n  described at http://ORIGIN/pets.yaml:6:7\n",
        ),
        (
            vec!["send-webhook", &pets, "paid", "http://127.0.0.1:1/", ALLOW],
            "has no webhook `paid`, nor any other\n",
        ),
    ] {
        let (_, said) = said(&origin, &args);
        assert!(said.contains(want), "{args:?}: {said}");
    }
    for command in ["serve", "mock"] {
        let serving = Serving::start(&[command, &pets, ALLOW]);
        assert!(
            serving.get("/pets").starts_with("HTTP/1.1 200 "),
            "{command}"
        );
    }
    assert_eq!(origin.asked(), ["/pets.yaml"; 6]);
}

#[test]
fn references_are_followed_on_other_machines_each_document_once() {
    let origin = Origin::of(DOCUMENTS);
    let zoo = origin.url("/apis/zoo.yaml?v=1");
    let (exit, said) = said(
        &origin,
        &["explain", "GET", "/animals", "--spec", &zoo, ALLOW],
    );
    assert_eq!(exit, Exit::Done, "{said}");
    assert!(
        said.contains("described at http://ORIGIN/apis/parts/animals.yaml:2:3\n"),
        "{said}"
    );
    assert!(said.ends_with("\n\n[\"cat\"]\n"), "{said}");
    assert_eq!(
        origin.asked(),
        [
            "/apis/zoo.yaml?v=1",
            "/apis/parts/animals.yaml",
            "/shared.yaml"
        ]
    );
}

#[test]
fn findings_name_the_url_and_show_the_lines() {
    let origin = Origin::of(DOCUMENTS);
    let (exit, said) = said(&origin, &["lint", &origin.url("/faulty.yaml"), ALLOW]);
    assert_eq!(exit, Exit::ContractBroken);
    insta::with_settings!({
        snapshot_path => "../../snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
        description => "mynah lint http://ORIGIN/faulty.yaml --allow-remote=loopback",
    }, {
        insta::assert_snapshot!("cli_lint_remote", said);
    });
    let asked = origin.asked();
    assert_eq!(asked, ["/faulty.yaml", "/parts.yaml", "/page.html"]);
    let (_, sarif, _) = run(&[
        "lint",
        &origin.url("/faulty.yaml"),
        ALLOW,
        "--format",
        "sarif",
    ]);
    let uri = format!("\"uri\": \"http://{}/parts.yaml\"", origin.addr);
    assert!(sarif.contains(&uri), "{sarif}");
}

#[test]
fn nothing_is_read_from_where_it_is_not_allowed() {
    let origin = Origin::of(DOCUMENTS);
    let pets = origin.url("/pets.yaml");
    let only_public = "mynah: cannot read `http://ORIGIN/pets.yaml`: `127.0.0.1` is 127.0.0.1, and only \
                       public addresses are allowed; `--allow-remote=loopback` allows this machine, and \
                       `--allow-remote=anywhere` allows every address\n";
    for (allowed, want) in [
        (None, only_public),
        (Some("--allow-remote"), only_public),
        (Some("--allow-remote=public"), only_public),
        (
            Some("--allow-remote=off"),
            "mynah: cannot read `http://ORIGIN/pets.yaml`: `127.0.0.1` is 127.0.0.1, and none is allowed; \
             `--allow-remote=loopback` allows this machine, and `--allow-remote=anywhere` allows every \
             address\n",
        ),
    ] {
        let mut args = vec!["serve", &*pets];
        args.extend(allowed);
        assert_eq!(
            said(&origin, &args),
            (Exit::Usage, want.to_owned()),
            "{args:?}"
        );
    }
    assert_eq!(origin.asked(), [""; 0]);
}

#[test]
fn a_file_leads_to_other_machines_only_when_it_is_allowed() {
    let origin = Origin::of(DOCUMENTS);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("remote");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("api.yaml");
    let text = "openapi: 3.1.0\ninfo: {title: Zoo, version: '1'}\npaths:\n  /animals: {$ref: \
                'http://ORIGIN/apis/parts/animals.yaml'}\n";
    fs::write(&file, text.replace("ORIGIN", &origin.addr.to_string())).unwrap();
    let file = file.to_str().unwrap();
    for (allowed, want) in [
        (
            None,
            "` is on another machine; that has to be allowed (`--allow-remote`)",
        ),
        (
            Some("--allow-remote=off"),
            "` is on another machine; that has to be allowed (`--allow-remote`)",
        ),
        (
            Some("--allow-remote"),
            "and only public addresses are allowed; `--allow-remote=loopback` allows",
        ),
    ] {
        let mut args = vec!["list", file];
        args.extend(allowed);
        let (exit, said) = said(&origin, &args);
        assert_eq!(exit, Exit::BadDescription, "{allowed:?}");
        assert!(
            said.contains("error[reference-forbidden]: `http://ORIGIN/apis/parts/animals.yaml`"),
            "{said}"
        );
        assert!(said.contains(want), "{said}");
    }
    assert_eq!(origin.asked(), [""; 0]);
    assert_eq!(
        run(&["list", file, ALLOW]).1,
        "api: Zoo\n  GET /animals  List animals\n"
    );
    assert_eq!(
        run(&["list", file, "--allow-remote=anywhere"]).0,
        Exit::Done
    );
    let mut command = Command::new(env!("CARGO_BIN_EXE_mynah"));
    let input = fs::File::open(file).unwrap();
    let output = command.args(["list", "-", ALLOW]).stdin(input).output();
    let listed = String::from_utf8(output.unwrap().stdout).unwrap();
    assert_eq!(listed, "stdin: Zoo\n  GET /animals  List animals\n");
}

#[test]
fn all_that_cannot_be_read_is_told_at_once() {
    let origin = Origin::of(DOCUMENTS);
    let (gone, page) = (origin.url("/gone.yaml"), origin.url("/page.html"));
    let args = [
        "nobody",
        "gone.yaml",
        &gone,
        &page,
        "ftp://example.com/a.yaml",
    ];
    let told = "mynah: no built-in API is called `nobody`; there are: echosistema, libredesk, qoolife, \
                respondent, socialboards. A file is named with its ending, or as ./nobody\n\
                mynah: cannot read `gone.yaml`: No such file or directory (os error 2)\n\
                mynah: cannot read `http://ORIGIN/gone.yaml`: the server answers 404 Not Found; check the \
                address\n\
                mynah: cannot read `ftp://example.com/a.yaml`: `ftp:` is not read, only `http:` and \
                `https:` are\n";
    for command in ["serve", "list", "lint"] {
        let (exit, said) = said(&origin, &[&[command, ALLOW], &args[..]].concat());
        assert_eq!(exit, Exit::Usage, "{said}");
        // What stands at the address is no error of the command line.
        let faulty =
            said.contains("mynah: cannot serve http://ORIGIN/page.html: change what the errors");
        assert_eq!(faulty, command != "lint", "{said}");
        assert_eq!(
            said.contains("error[syntax]: this is HTML or XML"),
            command != "lint",
            "{said}"
        );
        for line in told.lines() {
            assert!(said.contains(&format!("{line}\n")), "{line}\n{said}");
        }
    }
}

#[test]
fn overlays_are_read_over_http_and_all_that_are_missing_are_told() {
    let origin = Origin::start(|target, stream| match target {
        "/pets.yaml" => answer(stream, "200 OK", "", PETS),
        "/cats.yaml" => answer(
            stream,
            "200 OK",
            "",
            "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions: [{target: $.info, update: {title: Cats}}, \
             {target: $.nothing, remove: true}]\n",
        ),
        _ => answer(stream, "503 Service Unavailable", "", ""),
    });
    let (pets, cats, gone) = (
        origin.url("/pets.yaml"),
        origin.url("/cats.yaml"),
        origin.url("/gone.yaml"),
    );
    let (exit, told) = said(&origin, &["list", &pets, "--overlay", &cats, ALLOW]);
    assert_eq!(exit, Exit::Done);
    assert!(told.starts_with("pets: Cats\n"), "{told}");
    assert!(told.contains("--> http://ORIGIN/cats.yaml:3:"), "{told}");
    let overlays = ["--overlay", &gone, "--overlay", "nowhere.yaml"];
    for command in ["list", "lint"] {
        let (exit, told) = said(&origin, &[&[command, &pets, ALLOW], &overlays[..]].concat());
        assert_eq!(exit, Exit::Usage);
        assert_eq!(
            told,
            "mynah: cannot read `http://ORIGIN/gone.yaml`: the server answers 503 Service Unavailable; try \
             again later\n\
             mynah: cannot read `nowhere.yaml`: No such file or directory (os error 2)\n"
        );
    }
}

#[test]
fn what_is_read_over_http_is_read_anew_with_a_file_only() {
    let origin = Origin::of(DOCUMENTS);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("remote-watched");
    fs::create_dir_all(&folder).unwrap();
    let overlay = folder.join("overlay.yaml");
    let write = |summary: &str| {
        let text = format!(
            "overlay: 1.0.0\ninfo: {{title: O, version: '1'}}\nactions: [{{target: \"$.paths['/pets'].get\", \
             update: {{summary: {summary}}}}}]\n"
        );
        fs::write(&overlay, text).unwrap();
    };
    write("One");
    let pets = origin.url("/pets.yaml");
    let file = overlay.to_str().unwrap();
    let mut serving = Serving::start(&["serve", &pets, ALLOW, "--watch", "--overlay", file]);
    write("Another");
    let anew = "is served anew: operations 1 changed\n  ~ GET /pets\n";
    serving.wait_for_error(anew);
    // More often where the overlay was younger than the clock could tell.
    assert!(origin.asked().len() >= 2);
}

/// A server that speaks TLS, with a certificate that the authority of the tests has signed.
fn secure_origin() -> SocketAddr {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cli/tls");
    let certificate = CertificateDer::from_pem_file(folder.join("server.pem")).unwrap();
    // It secures nothing but these tests.
    let key = PrivateKeyDer::from_pem_file(folder.join("server.key")).unwrap();
    let config =
        ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = StreamOwned::new(connection, stream);
            answer(&mut stream, "200 OK", "", PETS);
            stream.conn.send_close_notify();
            // Who does not trust it is gone.
            let _ = stream.flush();
        }
    });
    addr
}

#[test]
fn a_secure_server_is_trusted_when_its_authority_is() {
    let addr = secure_origin();
    let url = format!("https://{addr}/pets.yaml");
    let authority = "tests/cli/tls/authority.pem";
    for (file, is_trusted, want) in [
        (Some(authority), true, "pets: Pets\n"),
        (
            None,
            false,
            "; authorities of your own are trusted when `SSL_CERT_FILE` names a file of them\n",
        ),
        (
            Some("tests/cli/tls/server.key"),
            false,
            "the certificate authorities in `tests/cli/tls/server.key`, which `SSL_CERT_FILE` names, cannot \
             be read: no certificate is in it\n",
        ),
        (
            Some("nowhere.pem"),
            false,
            "cannot be read: No such file or directory (os error 2)\n",
        ),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mynah"));
        command
            .args(["list", &url, ALLOW])
            .env_remove("SSL_CERT_FILE");
        command.envs(file.map(|file| ("SSL_CERT_FILE", file)));
        let output = command.output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert_eq!(output.status.success(), is_trusted, "{file:?}: {said}");
        assert!(said.contains(want), "{file:?}: {said}");
    }
}
