//! Respondent: no error is documented, so every refusal is a problem (RFC 9457).

use super::{
    encode::Form,
    protocol::{not_json, protocol},
    row::{Break::*, Row, row},
    table::{Table, is_problem},
};

pub fn table() -> Table {
    Table {
        api: "respondent",
        path: "/v1/messaging/conversations",
        headers: &[("x-api-key", "id"), ("x-api-secret", "secret")],
        form: Form::Json,
        body: r#"{"projectId":"69603934cd7d6158385a2001","participantUserIds":["69603934cd7d6158385a2002"],"externalResearcherId":"r","externalTeamId":"t","externalCompanyId":"c"}"#,
        success: 201,
        shape: is_problem,
        rows: [FIELDS, OTHERS]
            .concat()
            .into_iter()
            .chain(protocol("is not documented here"))
            .chain(not_json(400, "not JSON"))
            .collect(),
    }
}

const PROJECT: &str = "body /projectId";
const USERS: &str = "body /participantUserIds";
const FIRST: &str = "body /participantUserIds/0";

#[rustfmt::skip]
const FIELDS: &[Row] = &[
    row(Without("/projectId"), 422, "required", PROJECT, r##""pointer":"#/projectId","rule":"required""##),
    row(Without("/participantUserIds"), 422, "required", USERS, r##""pointer":"#/participantUserIds","rule":"required""##),
    row(Set("/projectId", "null"), 422, "type", PROJECT, r##""pointer":"#/projectId","rule":"type""##),
    row(Set("/projectId", "1"), 422, "type", PROJECT, r##""pointer":"#/projectId""##),
    row(Set("/projectId", "{}"), 422, "type", PROJECT, r##""pointer":"#/projectId""##),
    row(Set("/projectId", r#""""#), 422, "format", PROJECT, r##""pointer":"#/projectId","rule":"format""##),
    row(Set("/projectId", r#""PROJECT_ID""#), 422, "format", PROJECT, r##""pointer":"#/projectId""##),
    row(Set("/projectId", r#""69603934cd7d6158385a200""#), 422, "format", PROJECT, r##""pointer":"#/projectId""##),
    row(Set("/projectId", r#""69603934cd7d6158385a20011""#), 422, "format", PROJECT, r##""pointer":"#/projectId""##),
    row(Set("/projectId", r#""69603934cd7d6158385a200g""#), 422, "format", PROJECT, r##""pointer":"#/projectId""##),
    row(Set("/participantUserIds", "null"), 422, "type", USERS, r##""pointer":"#/participantUserIds""##),
    row(Set("/participantUserIds", "{}"), 422, "type", USERS, r##""pointer":"#/participantUserIds""##),
    row(Set("/participantUserIds", r#""69603934cd7d6158385a2002""#), 422, "type", USERS, r##""pointer":"#/participantUserIds""##),
    row(Set("/participantUserIds", "[1]"), 422, "type", FIRST, r##""pointer":"#/participantUserIds/0""##),
    row(Set("/participantUserIds", "[null]"), 422, "type", FIRST, r##""pointer":"#/participantUserIds/0""##),
    row(Set("/participantUserIds", r#"["PARTICIPANT_ID_1"]"#), 422, "format", FIRST, r##""pointer":"#/participantUserIds/0","rule":"format""##),
    row(Set("/participantUserIds", r#"["69603934cd7d6158385a2002","x"]"#), 422, "format", "body /participantUserIds/1", r##""pointer":"#/participantUserIds/1""##),
    row(Set("/externalResearcherId", "1"), 422, "type", "body /externalResearcherId", r##""pointer":"#/externalResearcherId""##),
    row(Set("/externalResearcherId", "null"), 422, "type", "body /externalResearcherId", r##""pointer":"#/externalResearcherId""##),
    row(Set("/externalTeamId", "1"), 422, "type", "body /externalTeamId", r##""pointer":"#/externalTeamId""##),
    row(Set("/externalTeamId", "null"), 422, "type", "body /externalTeamId", r##""pointer":"#/externalTeamId""##),
    row(Set("/externalCompanyId", "[]"), 422, "type", "body /externalCompanyId", r##""pointer":"#/externalCompanyId""##),
    row(Set("/externalCompanyId", "null"), 422, "type", "body /externalCompanyId", r##""pointer":"#/externalCompanyId""##),
    row(Body("{}"), 422, "required", PROJECT, r##""pointer":"#/participantUserIds""##),
    row(Body(""), 422, "required", "body", r##""pointer":"#","rule":"required""##),
    row(Body("[]"), 422, "type", "body", r##""pointer":"#","rule":"type""##),
    row(Body("null"), 422, "type", "body", r##""pointer":"#""##),
    row(Body("true"), 422, "type", "body", r##""pointer":"#""##),
];

const KEY: &str = "header x-api-key";
const SECRET: &str = "header x-api-secret";

#[rustfmt::skip]
const OTHERS: &[Row] = &[
    row(NoHeader("x-api-key"), 401, "credential-missing", KEY, r#""header":"x-api-key""#),
    row(Header("x-api-key", ""), 401, "credential-malformed", KEY, r#""header":"x-api-key""#),
    row(NoHeader("x-api-secret"), 401, "credential-missing", SECRET, r#""header":"x-api-secret""#),
    row(Header("x-api-secret", ""), 401, "credential-malformed", SECRET, r#""header":"x-api-secret""#),
    row(Path("/messaging/conversations"), 404, "unknown-path", "path", "/messaging/conversations` is not documented"),
    row(Path("/v1/v1/messaging/conversations"), 404, "unknown-path", "path", "/v1/v1/messaging/conversations` is not documented"),
    row(Path("/v1/messaging/conversations/1"), 404, "unknown-path", "path", "/v1/messaging/conversations/1` is not documented"),
    row(Path("/v1/messaging"), 404, "unknown-path", "path", "`/v1/messaging` is not documented"),
];
