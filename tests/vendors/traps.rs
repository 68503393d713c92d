//! Traps that show in the descriptions alone: what the vendors' own documents say, odd as it is, must
//! not be tidied away, and those written by hand say no more than their pages. `README.md` has the list.

use serde_json::{Value, json};

use crate::{
    fixture::{APIS, api},
    pages,
};

/// Holds values of the descriptions, as written, against what each trap is about.
fn assert_written(facts: &[(u8, &str, &str, Value)]) {
    for (trap, name, pointer, want) in facts {
        let api = api(name);
        let root = api.description().root();
        // What is not there has to have a place where it could be.
        let (parent, _) = pointer.rsplit_once('/').expect("a pointer");
        assert!(
            root.pointer(parent).is_some(),
            "trap {trap}: {name} {parent}"
        );
        let found = root.pointer(pointer).unwrap_or(&Value::Null);
        assert_eq!(found, want, "trap {trap}: {name} {pointer}");
    }
}

/// The value at a pointer of a description, as written.
fn written(name: &str, pointer: &str) -> Value {
    let api = api(name);
    let found = api.description().root().pointer(pointer);
    found.unwrap_or_else(|| panic!("{name} {pointer}")).clone()
}

const LIBREDESK: &str = "/components/schemas/Conversation/properties";

#[test]
fn all_five_are_of_an_edition_that_has_nullable() {
    for name in APIS {
        let version = written(name, "/openapi");
        let is_30 = version.as_str().is_some_and(|it| it.starts_with("3.0."));
        assert!(is_30, "trap 2: {name} {version}");
    }
}

#[test]
fn the_documents_of_two_vendors_keep_their_oddities() {
    let path = "/paths/~1v1~1messaging~1conversations/post";
    let respondent = |rest: &str| format!("{path}{rest}");
    let schemas = "/components/schemas";
    #[rustfmt::skip]
    assert_written(&[
        (35, "respondent", &respondent("/responses/201/description"), json!("")),
        (35, "respondent", &format!("{schemas}/Conversation/properties/createdAt"), json!({"type": "string"})),
        (36, "respondent", "/security", json!([])),
        (36, "respondent", "/components/securitySchemes", json!(null)),
        (36, "respondent", &respondent("/parameters/0/required"), json!(true)),
        (36, "respondent", &respondent("/parameters/1/name"), json!("x-api-secret")),
        (37, "respondent", &format!("{schemas}/CreateConversationDto/properties/projectId/format"), json!("ObjectId")),
        (38, "respondent", &format!("{schemas}/Conversation/properties/latestMessage/allOf"), json!([{"$ref": "#/components/schemas/LatestMessage"}])),
        (38, "respondent", &format!("{schemas}/Conversation/properties/read/deprecated"), json!(true)),
        (38, "respondent", &format!("{schemas}/CreateConversationDto/properties/externalTeamId/deprecated"), json!(true)),
        (40, "respondent", &format!("{schemas}/CreateConversationDto/properties/participantUserIds/minItems"), json!(null)),
        (40, "respondent", &format!("{schemas}/Conversation/properties/messagesCount/type"), json!("number")),
        (41, "respondent", &format!("{schemas}/MessagingUser/required"), json!(["uid", "firstName", "lastName"])),
        (42, "respondent", "/servers", json!([{"url": "https://api-staging.respondent.io"}])),
        (42, "respondent", "/info/contact", json!({})),
        (42, "respondent", "/tags", json!([])),
        (43, "libredesk", "/security", json!([{"basicAuth": []}, {"tokenAuth": []}])),
        (43, "libredesk", "/paths/~1api~1v1~1conversations/post/security", json!([{"basicAuth": []}, {"tokenAuth": []}])),
        (43, "libredesk", "/components/securitySchemes/tokenAuth/name", json!("Authorization")),
        (44, "libredesk", "/paths/~1api~1v1~1conversations/post/responses/401", json!({"description": "Unauthorized"})),
        (44, "libredesk", "/paths/~1api~1v1~1conversations/post/responses/201", json!(null)),
        (45, "libredesk", &format!("{LIBREDESK}/id/example"), json!(51)),
        (45, "libredesk", &format!("{LIBREDESK}/reference_number/example"), json!("150")),
        (46, "libredesk", &format!("{LIBREDESK}/priority/nullable"), json!(true)),
        (46, "libredesk", &format!("{LIBREDESK}/subject/nullable"), json!(null)),
        (46, "libredesk", &format!("{LIBREDESK}/last_message/nullable"), json!(null)),
        (47, "libredesk", &format!("{LIBREDESK}/meta"), json!({"type": "array", "items": {"type": "object"}})),
        (47, "libredesk", &format!("{LIBREDESK}/tags/items"), json!({"type": "string"})),
        (47, "libredesk", &format!("{LIBREDESK}/custom_attributes"), json!({"type": "object"})),
        (48, "libredesk", &format!("{LIBREDESK}/last_message_sender/enum"), json!(["contact", "agent"])),
        (48, "libredesk", &format!("{LIBREDESK}/inbox_channel/description"), json!("Channel type of the inbox (email, web, api)")),
        (49, "libredesk", "/servers/0/url", json!("http://localhost:8080")),
        (50, "libredesk", &format!("{schemas}/CreateConversationRequest/required"), json!(["content", "inbox_id", "contact_email", "first_name", "initiator"])),
        (51, "libredesk", &format!("{LIBREDESK}/subject/example"), json!("[GitHub] A third-party GitHub Application has been added")),
    ]);
}

#[test]
fn the_three_written_by_hand_say_no_more_than_their_pages() {
    let schemas = "/components/schemas";
    let qoolife = "/paths/~1api~1v1~1conversations/post";
    #[rustfmt::skip]
    assert_written(&[
        (9, "qoolife", &format!("{schemas}/Conversation/properties/unread/type"), json!("string")),
        (9, "qoolife", &format!("{schemas}/NewConversation/properties/user_id/type"), json!("integer")),
        (12, "qoolife", &format!("{schemas}/Conversation/properties/status/enum"), json!(null)),
        (14, "qoolife", &format!("{schemas}/NewConversation/required"), json!(["title", "first_post_body", "user_id"])),
        (14, "qoolife", &format!("{qoolife}/responses/401/content"), json!(null)),
        (16, "socialboards", "/servers/0/url", json!("https://api.socialboards.com")),
        (17, "socialboards", &format!("{schemas}/ConversationResponse/required"), json!(["data", "errorCode", "errorText"])),
        (21, "socialboards", &format!("{schemas}/CreateConversationRequest/properties/categoryId/nullable"), json!(true)),
        (21, "socialboards", &format!("{schemas}/ConversationResponse/properties/errorText/nullable"), json!(true)),
        (22, "socialboards", &format!("{schemas}/CreateConversationRequest/properties/isBotEnabled/default"), json!(false)),
        (22, "socialboards", &format!("{schemas}/CreateConversationRequest/properties/sentiment/default"), json!("question")),
        (25, "socialboards", &format!("{schemas}/CreateConversationRequest/properties/sentiment/enum"), json!(null)),
        (25, "socialboards", &format!("{schemas}/CustomFieldValue/properties/value/type"), json!(null)),
        (26, "echosistema", "/security", json!([{"bearerAuth": [], "publicKey": []}])),
        (28, "echosistema", &format!("{schemas}/Uuid/format"), json!(null)),
        (30, "echosistema", &format!("{schemas}/Conversation/properties/last_message_at/nullable"), json!(true)),
        (30, "echosistema", &format!("{schemas}/Pivot/properties/last_read_at/nullable"), json!(true)),
        (32, "echosistema", &format!("{schemas}/Pivot/properties/user_id/type"), json!("integer")),
        (33, "echosistema", "/servers/0/url", json!("https://sandbox.your-domain.com")),
        (34, "echosistema", &format!("{schemas}/Participant/required"), json!(["uuid", "name", "email", "pivot"])),
    ]);
}

#[test]
fn what_is_assumed_is_marked_and_listed() {
    let readme = include_str!("../../specs/README.md");
    for name in ["echosistema", "qoolife", "socialboards"] {
        let api = api(name);
        let mut marked = Vec::new();
        find(api.description().root(), "", &mut marked);
        assert!(!marked.is_empty(), "{name} assumes something");
        for place in marked {
            let line = format!("- `{place}`:");
            assert!(
                readme.contains(&line),
                "{name}: no line {line} in specs/README.md"
            );
        }
    }
}

/// The places of `x-assumed`, their keys joined by points.
fn find(value: &Value, at: &str, marked: &mut Vec<String>) {
    let inner = |key: &str| match at {
        "" => key.to_owned(),
        at => format!("{at}.{key}"),
    };
    match value {
        Value::Object(members) => {
            if members.contains_key("x-assumed") {
                marked.push(at.to_owned());
            }
            members
                .iter()
                .for_each(|(key, member)| find(member, &inner(key), marked));
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                find(item, &format!("{at}[{index}]"), marked);
            }
        }
        _ => {}
    }
}

#[test]
fn the_printed_texts_have_the_faults_that_are_repaired() {
    let qoolife = include_str!("seeds/qoolife.response.txt");
    let socialboards = include_str!("seeds/socialboards.request.txt");
    for (trap, text, fault) in [
        (4, qoolife, "'conversation':"),
        (4, qoolife, "}]\n      'watchers'"),
        (10, qoolife, "M\u{c3}\u{a9}dico"),
        (15, socialboards, "\"categoryId\": 1505,\n}"),
        (16, socialboards, "POST chat/conversations"),
    ] {
        assert!(text.contains(fault), "trap {trap}: {fault}");
    }
}

#[test]
fn the_examples_of_the_pages_are_the_examples_of_the_descriptions() {
    for (name, body) in [
        ("echosistema", pages::echosistema()),
        ("socialboards", pages::socialboards()),
    ] {
        let api = api(name);
        let content = &api.operations()[0].body.as_ref().unwrap().content[0];
        let printed: Value = serde_json::from_slice(&body.body).unwrap();
        assert_eq!(content.sample(), Some(&printed), "{name}");
    }
}

#[test]
fn the_list_has_every_trap_once_and_names_cases_that_exist() {
    let list = include_str!("README.md");
    let rows = list.lines().filter_map(|line| line.strip_prefix("| "));
    let numbers: Vec<u8> = rows
        .filter_map(|row| row.split(' ').next()?.parse().ok())
        .collect();
    assert_eq!(numbers, (1..=56).collect::<Vec<u8>>());
    let quoted = list.split('`').skip(1).step_by(2);
    let is_case = |name: &&str| {
        let vendor = name.split('_').next().unwrap_or_default();
        name.contains('_') && APIS.contains(&vendor) && !name.ends_with("_documented")
    };
    let cases: Vec<&str> = quoted.filter(is_case).collect();
    assert!(cases.len() > 30, "{cases:?}");
    for case in cases {
        let path = format!("{}/tests/cases/{case}.txt", env!("CARGO_MANIFEST_DIR"));
        assert!(std::path::Path::new(&path).exists(), "{path}");
    }
}
