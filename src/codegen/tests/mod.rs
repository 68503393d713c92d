//! Whole descriptions to whole files.

use std::path::Path;

use super::{Parts, Spec, generate, read_folder};

fn spec(name: &str, text: &str) -> Spec {
    Spec {
        file: format!("specs/{name}.yaml"),
        path: format!("/specs/{name}.yaml").into(),
        name: name.to_owned(),
        module: name.replace('-', "_"),
        text: text.to_owned(),
    }
}

#[test]
fn the_built_in_descriptions_generate_in_both_settings() {
    let specs = read_folder(Path::new("specs")).unwrap();
    for (parts, has_client) in [(Parts::Types, false), (Parts::TypesAndClient, true)] {
        let output = generate(&specs, parts).unwrap();
        assert_eq!(output.models.contains("pub struct Client"), has_client);
        for spec in &specs {
            assert!(
                output
                    .models
                    .contains(&format!("pub mod {} {{", spec.module)),
                "{}",
                spec.file
            );
            assert!(
                output
                    .catalogue
                    .contains(&format!("file: \"{}\"", spec.file)),
                "{}",
                spec.file
            );
        }
    }
}

#[test]
fn a_description_full_of_what_the_generator_refuses_is_lowered() {
    let specs = [spec("every-thing", include_str!("everything.yaml"))];
    let output = generate(&specs, Parts::TypesAndClient).unwrap();
    for want in [
        "pub mod every_thing {",
        "pub struct PostOrdersOrderLineRequest",
        "pub enum PostOrdersOrderLineError",
        "PostOrdersOrderLineResponse422(PostOrdersOrderLineResponse422),\n            PostOrdersOrderLineResponse400",
        "#[serde(rename = \"note[title]\")]",
        "impl crate::contract::TypedRequest for types::PostOrdersOrderLineRequest",
        "type Reply = types::PostOrdersOrderLineResponse201;",
        "impl crate::vendors::TypedClient for Client",
        "const API: &'static str = \"every-thing\";",
        "the cookie parameter `session` is a cookie; the client does not send it.",
        "the client sends application/json only, not application/x-www-form-urlencoded or multipart/form-data.",
        "the default \"many\" is no value of its type",
    ] {
        assert!(output.models.contains(want), "{want}\n{}", output.models);
    }
    for want in [
        "/paths/~1orders~1{order}~1{line}/post/requestBody/content/application~1x-www-form-urlencoded",
        "/components/responses/Refused/content/application~1json",
        "type_name: \"RefusedResponse\"",
    ] {
        assert!(
            output.catalogue.contains(want),
            "{want}\n{}",
            output.catalogue
        );
    }
}

#[test]
fn what_no_code_can_be_made_from_is_one_line_with_its_place() {
    let head = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\n";
    for (text, want) in [
        ("openapi: [".to_owned(), "specs/a.yaml:1:10: error[syntax]"),
        (
            "openapi: 4.0.0\n".to_owned(),
            "specs/a.yaml:1:10: error[version]",
        ),
        (
            format!("{head}components:\n  schemas:\n    A: {{$ref: '#/components/schemas/B'}}\n"),
            "specs/a.yaml:6:15: error[reference-unresolved]: `#/components/schemas/B` leads nowhere",
        ),
        (
            format!("{head}components:\n  schemas:\n    A: {{type: text}}\n"),
            "specs/a.yaml:6:8: error[unsupported]: no Rust types can be generated from this",
        ),
        (
            format!(
                "{head}components:\n  schemas:\n    a_b: {{type: object}}\n    aB: {{type: object}}\n"
            ),
            "specs/a.yaml:7:9: error[unsupported]: no Rust types can be generated from this (`a_b` and `aB` would both",
        ),
    ] {
        let findings = generate(&[spec("a", &text)], Parts::Types)
            .map(drop)
            .unwrap_err();
        let messages: Vec<_> = findings.iter().map(ToString::to_string).collect();
        assert_eq!(messages.len(), 1, "{messages:?}");
        assert!(
            messages[0].starts_with(want) && !messages[0].contains('\n'),
            "{want}: {messages:?}"
        );
    }
}
