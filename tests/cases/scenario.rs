//! A scenario's text, taken apart and put together again with the answers that there really are.

use std::{fs, path::Path};

use mynah::{
    Api, Description, Exchange, Reply, Request, Source, answer,
    answer::judge,
    contract::{Manner, Precedence, Strictness},
    description::Access,
    vendors,
};

/// One file.
pub struct Scenario {
    /// Everything before the first exchange.
    head: String,
    api: Api,
    /// What its files' names begin with, which differs from machine to machine.
    folder: String,
    /// The head line and the request of each exchange.
    exchanges: Vec<(String, String)>,
}

impl Scenario {
    /// Takes a file apart.
    pub fn parse(name: &str, text: &str) -> Self {
        let (head, rest) = text.split_once("\n=== ").expect("a case has an exchange");
        let exchanges = rest.split("\n=== ").map(|exchange| {
            let (line, rest) = exchange.split_once('\n').expect("a request follows");
            let request = rest.split("\n---").next().unwrap_or(rest);
            (line.to_owned(), request.trim_end_matches('\n').to_owned())
        });
        let folder = format!("{}/{name}/", env!("CARGO_TARGET_TMPDIR"));
        Self {
            head: head.to_owned(),
            api: api(name, head, &folder),
            folder,
            exchanges: exchanges.collect(),
        }
    }

    /// The file as it would have to be, and how many exchanges it has.
    pub fn answered(&self) -> (String, usize) {
        let mut text = self.head.clone();
        for (line, request) in &self.exchanges {
            let written = match request.split_once("\n<<<\n") {
                Some((request, reply)) => {
                    judged(&judge(&self.api, read(request), read_reply(reply)))
                }
                None => written(&answer(&self.api, read(request))),
            };
            text.push_str(&format!(
                "\n=== {line}\n{request}\n---\n{}",
                written.replace(&self.folder, "")
            ));
        }
        (text, self.exchanges.len())
    }
}

fn api(name: &str, head: &str, folder: &str) -> Api {
    let plain: Vec<&str> = head.lines().filter(|line| !line.starts_with('#')).collect();
    let text = plain.join("\n");
    if let Some(name) = text.trim().strip_prefix("api: ") {
        return vendors::load(name)
            .expect("a built-in API")
            .expect("it compiles");
    }
    // Comment lines stay, so that places have the line numbers of the case itself.
    let mut manner = Manner::default();
    if head.lines().any(|line| line == "# precedence: prism") {
        manner.precedence = Precedence::PRISM;
    }
    let description = match head.split_once("\n+++ ") {
        None => Description::load(Source::new(name, head)),
        Some((first, others)) => {
            write(&format!("{folder}api.yaml"), first);
            let mut overlays = Vec::new();
            for other in others.split("\n+++ ") {
                let (name, text) = other.split_once('\n').expect("a file follows");
                match name.contains(".overlay.") {
                    true => overlays.push(Source::new(name, text)),
                    false => write(&format!("{folder}{name}"), text),
                }
            }
            let first = format!("{folder}api.yaml");
            Description::open_with(Path::new(&first), Access::default(), &overlays)
        }
    };
    let api = description
        .map_err(|finding| vec![finding])
        .and_then(|description| Api::compile_with(description, manner, &[]));
    let api = api.unwrap_or_else(|findings| panic!("{name}: {findings:#?}"));
    let said = |line: &str| head.lines().any(|other| other == line);
    let mut settings = *api.settings();
    if said("# strict") {
        settings.strictness = Strictness::Strict;
    }
    let policy = head
        .lines()
        .find_map(|line| line.strip_prefix("# read-only: "));
    if let Some(policy) = policy {
        settings.read_only = policy.parse().expect("a policy");
    }
    settings.tells_choice = said("# tell-choice");
    api.with_settings(settings)
}

fn write(path: &str, text: &str) {
    let path = Path::new(path);
    fs::create_dir_all(path.parent().expect("a folder")).unwrap();
    fs::write(path, text).unwrap();
}

/// Reads a request: a request line, header fields, an empty line, the body. The lines of multipart
/// bodies end in CRLF, and `\x` with two digits is a byte.
fn read(text: &str) -> Request {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let mut request = http::Request::builder();
    let (method, target) = lines
        .next()
        .and_then(|line| line.split_once(' '))
        .expect("METHOD target");
    request = request.method(method).uri(target);
    let mut is_multipart = false;
    for line in lines {
        let (name, value) = line
            .split_once(": ")
            .unwrap_or_else(|| panic!("no field: {line}"));
        is_multipart |= value.starts_with("multipart/");
        request = request.header(name, value);
    }
    let body = match is_multipart {
        true => body.replace('\n', "\r\n"),
        false => body.to_owned(),
    };
    request.body(unescaped(&body).into()).unwrap().into()
}

/// Reads a provider's reply: a status line, header fields, an empty line, the body.
fn read_reply(text: &str) -> Reply {
    let (status, rest) = text.split_once('\n').unwrap_or((text, ""));
    let message = read(&format!("GET /\n{rest}"));
    Reply {
        status: status[..3].parse().expect("a status"),
        headers: message.headers,
        body: message.body,
    }
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut pieces = text.split("\\x");
    let mut bytes = pieces.next().unwrap_or("").as_bytes().to_vec();
    for piece in pieces {
        bytes.push(u8::from_str_radix(&piece[..2], 16).expect("two hexadecimal digits"));
        bytes.extend_from_slice(&piece.as_bytes()[2..]);
    }
    bytes
}

/// What was found in an exchange with a real provider, on both sides.
fn judged(exchange: &Exchange) -> String {
    let request = exchange.violations.iter();
    let reply = exchange.reply_violations.iter();
    let lines = request
        .map(|violation| format!("! request: {violation}\n"))
        .chain(reply.map(|violation| format!("! reply: {violation}\n")));
    match lines.collect::<String>() {
        none if none.is_empty() => "both keep to the contract\n".to_owned(),
        lines => lines,
    }
}

/// An answer as HTTP has it, then the violations.
fn written(exchange: &Exchange) -> String {
    let reply = &exchange.reply;
    let mut text = format!("{}\n", reply.status);
    for (name, value) in &reply.headers {
        if name != "mynah-violations" {
            text.push_str(&format!(
                "{name}: {}\n",
                String::from_utf8_lossy(value.as_bytes())
            ));
        }
    }
    if !reply.body.is_empty() {
        text.push_str(&format!("\n{}\n", String::from_utf8_lossy(&reply.body)));
    }
    for violation in &exchange.violations {
        text.push_str(&format!("! {violation}\n"));
    }
    for callback in &exchange.callbacks {
        text.push_str(&format!("> {callback}\n"));
        if let Ok(request) = &callback.request {
            for (name, value) in &request.headers {
                let value = String::from_utf8_lossy(value.as_bytes());
                text.push_str(&format!(">   {name}: {value}\n"));
            }
            let body = String::from_utf8_lossy(&request.body);
            body.lines()
                .for_each(|line| text.push_str(&format!(">   {line}\n")));
        }
    }
    text
}
