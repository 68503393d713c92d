//! `mynah mock`: scripts that start Prism start Mynah in its place.

use mynah::cli::Exit;

use crate::{
    in_process::{assert_snapshot, run},
    process::Serving,
};

const PETS: &str = "tests/cli/descriptions/pets.yaml";
const WARNED: &str = "tests/cli/descriptions/warned.yaml";

#[test]
fn help() {
    assert_snapshot("cli_mock_help", &["mock", "--help"]);
}

#[test]
fn flags_are_taken_as_prism_takes_them() {
    for flags in [
        "-p 0",
        "--port=0 -h 127.0.0.1",
        "-p 0 --host localhost -d -m",
        "-dmp 0",
        "-p 0 -d true --cors false",
        "-p 0 --dynamic=false --no-errors",
        "-p 0 --errors --no-cors --seed word",
        "-p 0 --cors --seed 42 -v debug --multiprocess=false",
        "-p 0 --verboseLevel silent --json-schema-faker-fillProperties=false --ignoreExamples",
    ] {
        let mut args = vec!["mock"];
        args.extend(flags.split(' '));
        args.push(PETS);
        let serving = Serving::start(&args);
        assert!(serving.get("/pets").starts_with("HTTP/1.1 200 "), "{flags}");
        let ready = format!("# Prism is listening on http://{}\n", serving.address);
        assert!(
            serving.printed.ends_with(&ready),
            "{flags}: {}",
            serving.printed
        );
    }
}

#[test]
fn a_flag_that_does_nothing_is_named() {
    let args = [
        "mock",
        "nowhere.yaml",
        "-m",
        "-v",
        "info",
        "--json-schema-faker-fillProperties",
    ];
    let (exit, _, err) = run(&args);
    assert_eq!(exit, Exit::Usage);
    assert_eq!(
        err,
        "mynah: --multiprocess has no effect\n\
         mynah: --verboseLevel has no effect\n\
         mynah: --json-schema-faker-fillProperties has no effect\n\
         mynah: cannot read `nowhere.yaml`: No such file or directory (os error 2)\n"
    );
}

#[test]
fn pages_of_other_origins_may_call_unless_told_otherwise() {
    for (flag, want) in [
        (None, true),
        (Some("--no-cors"), false),
        (Some("--cors=true"), true),
    ] {
        let mut args = vec!["mock", PETS];
        args.extend(flag);
        let answer = Serving::start(&args).send("GET /pets", "Origin: http://x\r\n", "");
        let allows = answer.contains("access-control-allow-origin");
        assert_eq!(allows, want, "{flag:?}: {answer}");
    }
}

#[test]
fn requests_are_refused_by_prisms_precedence() {
    let json = "Content-Type: application/json\r\n";
    let mock = Serving::start(&["mock", PETS]);
    let serve = Serving::start(&["serve", PETS]);
    for (line, fields, body, mocked, served) in [
        ("GET /nowhere", "", "", 404, 404),
        ("PUT /pets", "", "", 405, 405),
        ("POST /pets", "Content-Type: text/plain\r\n", "{", 415, 415),
        ("POST /pets", json, "{", 422, 400),
        ("POST /pets", json, r#"{"id":1}"#, 422, 422),
        ("GET /pets?limit=many", "", "", 422, 422),
        ("GET /pets?limit=many", "Prefer: code=418\r\n", "", 422, 400),
        ("GET /pets", "Prefer: code=418\r\n", "", 404, 400),
        ("GET /pets", "Accept: text/html\r\n", "", 406, 406),
        ("GET /pets", "", "", 200, 200),
    ] {
        for (server, want) in [(&mock, mocked), (&serve, served)] {
            let answer = server.send(line, fields, body);
            assert!(
                answer.starts_with(&format!("HTTP/1.1 {want} ")),
                "{line} {fields}: {answer}"
            );
        }
    }
}

#[test]
fn replies_are_made_when_asked_for() {
    let example = r#"[{"id":1,"name":"Bello"}]"#;
    for (flags, fields, is_example) in [
        (&[][..], "", true),
        (&["-d"], "", false),
        (&["-d", "false"], "", true),
        (&["--ignoreExamples"], "", false),
        (&["-d"], "Prefer: dynamic=false\r\n", true),
        (&[], "Prefer: dynamic=true\r\n", false),
    ] {
        let args: Vec<&str> = ["mock", PETS].iter().chain(flags).copied().collect();
        let answer = Serving::start(&args).send("GET /pets", fields, "");
        assert!(answer.starts_with("HTTP/1.1 200 "), "{flags:?}: {answer}");
        assert_eq!(
            answer.ends_with(example),
            is_example,
            "{flags:?} {fields}: {answer}"
        );
    }
}

#[test]
fn a_documented_reply_that_breaks_its_schema_is_an_error_when_asked_for() {
    for (flags, wrong) in [(&[][..], 200), (&["--errors"], 500)] {
        let args: Vec<&str> = ["mock", WARNED].iter().chain(flags).copied().collect();
        let serving = Serving::start(&args);
        for (fields, want) in [("", 200), ("Prefer: example=wrong\r\n", wrong)] {
            let answer = serving.send("GET /count", fields, "");
            assert!(
                answer.starts_with(&format!("HTTP/1.1 {want} ")),
                "{flags:?} {fields}: {answer}"
            );
        }
    }
}
