//! What is asked of both servers: one request of each kind that matters.

use std::fmt::Write;

use bytes::Bytes;
use http::{Request, header::CONTENT_TYPE};
use mynah::{Api, Description, Source, vendors};

use crate::call::{Call, Fault};

/// The ids in a body of one megabyte.
const IDS: usize = 37_030;

/// One request, and the API that it is sent to.
pub struct Workload {
    /// What it is called.
    pub name: String,
    pub api: Api,
    pub call: Call,
}

/// Makes a workload.
type Make = Box<dyn Fn() -> Result<Workload, String>>;

impl Workload {
    /// Each of them, made when its turn comes: some take memory.
    pub fn all() -> Vec<Make> {
        let mut all: Vec<Make> = Vec::new();
        for built_in in vendors::catalogue() {
            all.push(Box::new(|| valid(built_in.name)));
        }
        all.push(Box::new(|| refused("libredesk")));
        all.push(Box::new(|| refused("respondent")));
        all.push(Box::new(large));
        all.push(Box::new(|| among(10)));
        all.push(Box::new(|| among(5_000)));
        all
    }
}

/// The documented `POST` of a built-in API.
fn valid(name: &str) -> Result<Workload, String> {
    let api = built_in(name)?;
    Ok(Workload {
        call: Call::documented(&api, "")?,
        name: name.to_owned(),
        api,
    })
}

/// The same without anything that is required, so that the refusal tells of many faults.
fn refused(name: &str) -> Result<Workload, String> {
    let api = built_in(name)?;
    Ok(Workload {
        call: Call::broken(&api, Fault::EmptyObject, "")?,
        name: format!("{name} refused"),
        api,
    })
}

/// A `POST` of a megabyte of JSON.
fn large() -> Result<Workload, String> {
    let api = compiled(
        "
openapi: 3.1.0
info: {title: Large, version: '1'}
paths:
  /ids:
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [ids]
              properties: {ids: {type: array, items: {type: string, minLength: 24, maxLength: 24}}}
      responses: {'200': {description: All, content: {application/json: {example: {known: true}}}}}
",
    )?;
    let ids: Vec<String> = (0..IDS).map(|id| format!("\"{id:024x}\"")).collect();
    let body = format!("{{\"ids\":[{}]}}", ids.join(","));
    let head = Request::post("/ids").header(CONTENT_TYPE, "application/json");
    let request = head.body(Bytes::from(body));
    let request = request.map_err(|error| error.to_string())?;
    Ok(Workload {
        call: Call::valid(&api, request, "")?,
        name: "1 MB of JSON".to_owned(),
        api,
    })
}

/// A `GET` among so many paths.
fn among(paths: usize) -> Result<Workload, String> {
    let group = |path: usize| path % 50;
    let mut text = "openapi: 3.1.0\ninfo: {title: Paths, version: '1'}\npaths:\n".to_owned();
    for path in 0..paths {
        let parameters = "[{name: id, in: path, required: true, schema: {type: integer}}]";
        let content = "{application/json: {example: {id: 1}}}";
        let item = format!(
            "{{get: {{parameters: {parameters}, responses: {{'200': {{description: One, content: {content}}}}}}}}}"
        );
        // A string takes all that is written to it.
        let _ = writeln!(text, "  /group{}/item{path}/{{id}}: {item}", group(path));
    }
    let api = compiled(&text)?;
    let path = paths / 2;
    let request = Request::get(format!("/group{}/item{path}/7", group(path))).body(Bytes::new());
    let request = request.map_err(|error| error.to_string())?;
    Ok(Workload {
        call: Call::valid(&api, request, "")?,
        name: format!("GET among {paths}"),
        api,
    })
}

/// A built-in API.
pub fn built_in(name: &str) -> Result<Api, String> {
    match vendors::load(name) {
        Some(Ok(api)) => Ok(api),
        faulty => Err(format!("{name} cannot be loaded: {faulty:?}")),
    }
}

fn compiled(text: &str) -> Result<Api, String> {
    let description = Description::load(Source::new("bench.yaml", text));
    let description = description.map_err(|findings| format!("{findings:?}"))?;
    Api::compile(description).map_err(|findings| format!("{findings:?}"))
}
