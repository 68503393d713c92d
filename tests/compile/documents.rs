//! Where references of a description may lead: to files in its folder, unless more is allowed (prism
//! #390, #451, #1155, #2385; microcks #972, #986, #1034; mockserver #1154, #1474).

use std::{
    fs,
    path::{Path, PathBuf},
};

use mynah::{Api, Description, Finding, answer, description::Access};

/// Writes files into a folder of their own, and gives the first.
fn written(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("references-{name}"));
    for (file, text) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder.join(files[0].0)
}

fn opened(path: &Path, access: Access) -> Result<Api, Vec<Finding>> {
    Description::open(path, access)
        .map_err(|finding| vec![finding])
        .and_then(Api::compile)
}

/// A description whose body has this schema, in line 4.
fn with_schema(schema: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a: {{post: {{requestBody: {{content: {{application/json: \
         {{schema: {schema}}}}}}}, responses: {{'204': {{description: Ok}}}}}}}}\n"
    )
}

fn status(api: &Api, body: &'static str) -> u16 {
    let request = http::Request::post("/a").header("content-type", "application/json");
    let request = request.body(body.into()).unwrap();
    answer(api, request.into()).reply.status.as_u16()
}

#[test]
fn nothing_outside_of_the_folder_is_read_unless_that_is_allowed() {
    let outside = written("outside/out", &[("s.yaml", "A: {type: integer}\n")]);
    let absolute = format!("{}#/A", outside.display());
    for (reference, said) in [
        ("../out/s.yaml#/A", "is outside of the description's folder"),
        (
            "..%2Fout/s.yaml#/A",
            "is outside of the description's folder",
        ),
        (
            "./x/../../out/s.yaml#/A",
            "is outside of the description's folder",
        ),
        (&*absolute, "is outside of the description's folder"),
        #[cfg(unix)]
        ("link.yaml#/A", "is outside of the description's folder"),
    ] {
        let text = with_schema(&format!("{{$ref: '{reference}'}}"));
        let file = written("outside/in", &[("api.yaml", &text)]);
        #[cfg(unix)]
        if reference.starts_with("link") {
            let _ = std::os::unix::fs::symlink(&outside, file.with_file_name("link.yaml"));
        }
        let findings = opened(&file, Access::default()).expect_err(reference);
        let shown = findings[0].to_string();
        assert!(
            shown.contains(":4:")
                && shown.contains("error[reference-forbidden]")
                && shown.contains(said),
            "{reference}: {shown}"
        );
        let access = Access {
            outside: true,
            ..Access::default()
        };
        let api =
            opened(&file, access).unwrap_or_else(|findings| panic!("{reference}: {findings:?}"));
        assert_eq!((status(&api, "1"), status(&api, "\"a\"")), (204, 422));
    }
}

#[test]
fn nothing_on_another_machine_is_read() {
    for reference in [
        "https://example.com/s.yaml#/A",
        "http://127.0.0.1:9/s.yaml",
        "//example.com/s.yaml",
        "file://example.com/s.yaml",
    ] {
        let text = with_schema(&format!("{{$ref: '{reference}'}}"));
        let file = written("remote", &[("api.yaml", &text)]);
        let findings = opened(&file, Access::default()).expect_err(reference);
        assert!(findings[0].to_string().contains(":4:"), "{findings:?}");
    }
}

#[test]
fn a_reference_inside_of_an_example_is_data() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    post:\n      responses:\n        \
                '200': {description: Ok, content: {application/json: {example: {$ref: '#/nowhere', a: {$ref: x.yaml}}}}}\n";
    let api = opened(&written("data", &[("api.yaml", text)]), Access::default()).unwrap();
    let request = http::Request::post("/a").body("".into()).unwrap();
    let body = answer(&api, request.into()).reply.body.clone();
    assert_eq!(body, r##"{"$ref":"#/nowhere","a":{"$ref":"x.yaml"}}"##);
}

#[test]
fn identifiers_are_what_references_are_relative_to() {
    let schema = "{$ref: 'https://example.com/schemas/outer'}";
    let text = with_schema(schema)
        + "components:\n  schemas:\n    \
           Outer: {$id: 'https://example.com/schemas/outer', properties: {a: {$ref: inner}, b: {$ref: ../other}, \
           c: {$ref: '#/$defs/own'}}, $defs: {own: {type: boolean}}}\n    \
           Inner: {$id: 'https://example.com/schemas/inner', type: integer}\n    \
           Other: {$id: 'https://example.com/other', type: string}\n";
    let api = opened(
        &written("identifiers", &[("api.yaml", &text)]),
        Access::default(),
    )
    .unwrap();
    assert_eq!(status(&api, r#"{"a":1,"b":"x","c":true}"#), 204);
    for wrong in [r#"{"a":"x"}"#, r#"{"b":1}"#, r#"{"c":1}"#] {
        assert_eq!(status(&api, wrong), 422, "{wrong}");
    }
}
