//! Documents on other machines, by a table in the place of the network.

use std::{
    collections::HashMap,
    fs,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use mynah::{
    Description, Source,
    description::{Access, Fetch, FetchFault},
};

/// Where the first document is.
const ROOT: &str = "https://example.com/apis/pets/openapi.yaml";

/// What other machines have, and what was asked for.
#[derive(Default)]
struct Network {
    texts: HashMap<&'static str, (&'static str, &'static str)>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Network {
    fn new() -> Self {
        Self::default()
    }

    fn with(self, url: &'static str, text: &'static str) -> Self {
        self.with_redirection(url, url, text)
    }

    fn with_redirection(mut self, url: &'static str, to: &'static str, text: &'static str) -> Self {
        self.texts.insert(url, (to, text));
        self
    }

    fn access(&self) -> Access {
        let (texts, asked) = (self.texts.clone(), Arc::clone(&self.asked));
        let fetch = Fetch::new(move |url| {
            asked.lock().unwrap().push(url.to_owned());
            let found = texts.get(url).map(|(name, text)| Source::new(*name, *text));
            found.ok_or(FetchFault::Failed("nothing is there".to_owned()))
        });
        Access {
            fetch: Some(fetch),
            ..Access::default()
        }
    }

    /// A description at [`ROOT`] with schemas.
    fn load(&self, schemas: &str) -> Description {
        Description::load_from(Source::new(ROOT, api(schemas)), self.access(), &[]).unwrap()
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn api(schemas: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    )
}

/// The schema that one of a name leads to.
fn schema(description: &Description, name: &str) -> serde_json::Value {
    let pointer = description
        .resolve(&format!("/components/schemas/{name}"))
        .unwrap();
    description.at(&pointer).unwrap().clone()
}

fn findings(description: &Description) -> Vec<String> {
    description
        .findings()
        .iter()
        .map(ToString::to_string)
        .collect()
}

/// A folder of its own with files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("remote-{name}"));
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    folder.canonicalize().unwrap()
}

#[test]
fn relative_references_are_relative_to_the_url() {
    let network = Network::new()
        .with(
            "https://example.com/apis/pets/pet.yaml",
            "$ref: ../toy.yaml#/Toy",
        )
        .with("https://example.com/apis/toy.yaml", "Toy: {type: integer}")
        .with("https://example.com/x", "type: string");
    let description = network.load("    Pet: {$ref: pet.yaml}\n    X: {$ref: ../../../../x}\n");
    assert_eq!(findings(&description), [""; 0]);
    assert_eq!(schema(&description, "Pet")["type"], "integer");
    assert_eq!(schema(&description, "X")["type"], "string");
}

#[test]
fn a_document_is_fetched_once_whether_there_is_one_or_not() {
    let network = Network::new()
        .with(
            "https://example.com/apis/pets/pet.yaml",
            "{a: {type: string}, b: {$ref: '#/a'}}",
        )
        .with("https://example.com/apis/pets/text", "as it is");
    let description = network.load(
        "    A: {$ref: 'pet.yaml#/a'}\n    B: {$ref: 'pet.yaml#/b'}\n    C: {$ref: 'pet.yaml#/a'}\n    \
         D: {$ref: gone.yaml}\n    E: {$ref: 'gone.yaml#/x'}\n  examples:\n    \
         F: {externalValue: text}\n    G: {externalValue: text}\n    H: {externalValue: gone.txt}\n    \
         I: {externalValue: gone.txt}\n",
    );
    let gone = |line, column, file| {
        format!(
            "{ROOT}:{line}:{column}: error[reference-unresolved]: `https://example.com/apis/pets/{file}` \
             cannot be read: nothing is there"
        )
    };
    let want = [
        gone(9, 15, "gone.yaml"),
        gone(10, 15, "gone.yaml"),
        gone(14, 24, "gone.txt"),
        gone(15, 24, "gone.txt"),
    ];
    assert_eq!(findings(&description), want);
    let value = description.at("/components/examples/G/value").unwrap();
    assert_eq!(value, "as it is");
    let mut asked = network.asked();
    asked.sort();
    let want = ["gone.txt", "gone.yaml", "pet.yaml", "text"];
    assert_eq!(
        asked,
        want.map(|file| format!("https://example.com/apis/pets/{file}"))
    );
}

#[test]
fn a_document_is_where_redirections_end() {
    let network = Network::new()
        .with_redirection(
            "https://example.com/apis/pets/latest.yaml",
            "https://cdn.example.com/v2/pet.yaml",
            "{Pet: {$ref: toy.yaml}, Bad: {$ref: '#/nowhere'}}",
        )
        .with_redirection(
            "https://example.com/apis/pets/same.yaml",
            "https://cdn.example.com/v2/pet.yaml",
            "{}",
        )
        .with("https://cdn.example.com/v2/toy.yaml", "type: integer");
    let description = network.load(
        "    A: {$ref: 'latest.yaml#/Pet'}\n    B: {$ref: 'same.yaml#/Pet'}\n    C: {$ref: 'latest.yaml#/Bad'}\n",
    );
    assert_eq!(schema(&description, "B")["type"], "integer");
    let names: Vec<&str> = description.sources().iter().map(|it| &*it.name).collect();
    let want = [
        ROOT,
        "https://cdn.example.com/v2/pet.yaml",
        "https://cdn.example.com/v2/toy.yaml",
    ];
    assert_eq!(names, want);
    assert_eq!(
        findings(&description),
        [
            "https://cdn.example.com/v2/pet.yaml:1:37: error[reference-unresolved]: `#/nowhere` leads nowhere"
        ]
    );
}

#[test]
fn without_leave_nothing_is_fetched() {
    let text = api("    A: {$ref: 'https://example.com/a.yaml'}\n");
    let want = "6:15: error[reference-forbidden]: `https://example.com/a.yaml` is on another machine; \
                that has to be allowed (`--allow-remote`)";
    for name in ["stdin", ROOT] {
        let description = Description::load(Source::new(name, &*text)).unwrap();
        assert_eq!(findings(&description)[0], format!("{name}:{want}"));
    }
}

/// What is said of a reference that leads from another machine to this one.
const FORBIDDEN: &str = "` is on this machine, and a document on another one does not lead there";

/// How a reference to a file begins once it is followed.
const FOLLOWED: &str = "#/x-mynah-documents/~1";

#[test]
fn no_document_on_another_machine_leads_to_a_file_of_this_one() {
    let schemas = "    Own: {$ref: secret.yaml}\n    A: {$ref: 'https://evil.example/a.yaml'}\n  examples:\n    \
                   E: {$ref: 'https://evil.example/b.yaml'}\n";
    let folder = folder(
        "files",
        &[
            ("secret.yaml", "{type: string, const: secret}"),
            ("api.yaml", &api(schemas)),
        ],
    );
    let secret = format!("file://{}/secret.yaml", folder.display());
    for file in [
        &*secret,
        &secret.replace("file://", "FILE:"),
        "file:///etc/passwd",
        "memory:///api.yaml",
    ] {
        for text in [
            format!("properties: {{x: {{$ref: '{file}'}}}}"),
            format!("{{$id: '{file}', properties: {{x: {{$ref: '{file}#/const'}}}}}}"),
            format!("{{$id: '{file}', properties: {{x: {{$ref: '#/const'}}}}}}"),
            format!("{{$id: '{file}', properties: {{x: {{$ref: secret.yaml}}}}}}"),
            format!("{{$id: '{file}', $defs: {{s: {{$anchor: s}}}}, $ref: '{file}#s'}}"),
            format!("properties: {{x: {{$dynamicRef: '{file}'}}}}"),
            format!("{{discriminator: {{propertyName: a, mapping: {{b: '{file}'}}}}}}"),
            format!("externalValue: '{file}'"),
            format!("externalValue: '{file}.txt'"),
        ] {
            let example = match text.starts_with("externalValue") {
                true => text.clone(),
                false => "summary: None".to_owned(),
            };
            let network = Network::new()
                .with("https://evil.example/a.yaml", text.clone().leak())
                .with("https://evil.example/b.yaml", example.clone().leak());
            let access = Access {
                outside: true,
                ..network.access()
            };
            let description = Description::open(&folder.join("api.yaml"), access).unwrap();
            for name in ["a", "b"] {
                let remote = format!("/x-mynah-documents/https:~1~1evil.example~1{name}.yaml");
                let remote = description.json_text(&remote).unwrap();
                assert!(!remote.contains(FOLLOWED), "{text}: {remote}");
                assert!(!remote.contains("\"value\""), "{text}: {remote}");
            }
            // What calls itself so may mean itself.
            let found = findings(&description);
            let is_told = |it: &String| it.contains(FORBIDDEN) || it.ends_with("leads nowhere");
            assert!(found.iter().all(is_told), "{text}: {found:?}");
            assert!(!found.is_empty() || text.starts_with("{$id"), "{text}");
            // The description itself may.
            assert!(description.json_text("").unwrap().contains(FOLLOWED));
            assert_eq!(schema(&description, "Own")["const"], "secret");
        }
    }
}

#[test]
fn an_overlay_from_another_machine_leads_to_no_file_either() {
    let folder = folder(
        "overlay",
        &[
            ("secret.yaml", "{type: string, const: secret}"),
            ("api.yaml", &api("    Own: {type: string}\n")),
        ],
    );
    let overlay = format!(
        "overlay: 1.0.0\ninfo: {{title: O, version: '1'}}\nactions:\n- target: $.components.schemas\n  \
         update:\n    A: {{$ref: secret.yaml}}\n    B: {{$ref: 'file://{}/secret.yaml'}}\n    \
         C: {{$ref: '#/components/schemas/Own'}}\n    D: {{$ref: '#/nowhere'}}\n",
        folder.display()
    );
    let load = |name: &str| {
        let overlays = [Source::new(name, &*overlay)];
        Description::open_with(&folder.join("api.yaml"), Access::default(), &overlays).unwrap()
    };
    let description = load("https://evil.example/overlay.yaml");
    let found = findings(&description);
    let place = |line| format!("https://evil.example/overlay.yaml:{line}:15: error[reference-");
    for (finding, line) in found[..2].iter().zip(6..) {
        assert!(finding.starts_with(&place(line)), "{found:?}");
        assert!(finding.ends_with(FORBIDDEN), "{found:?}");
    }
    assert!(found[2].starts_with(&place(9)), "{found:?}");
    assert_eq!(found.len(), 3);
    assert_eq!(schema(&description, "C")["type"], "string");
    // One of this machine may.
    let description = load("overlay.yaml");
    assert_eq!(findings(&description).len(), 1);
    assert_eq!(schema(&description, "B")["const"], "secret");
}

#[test]
fn no_document_on_another_machine_says_what_a_file_is() {
    let folder = folder("claims", &[("pet.yaml", "type: integer")]);
    let claim = format!("file://{}/pet.yaml", folder.display());
    let text = format!("{{$id: '{claim}', $anchor: here, type: string}}");
    let network = Network::new().with("https://evil.example/a.yaml", text.leak());
    let text = api(
        "    A: {$ref: 'https://evil.example/a.yaml'}\n    B: {$ref: pet.yaml}\n    C: {$ref: 'pet.yaml#here'}\n",
    );
    fs::write(folder.join("api.yaml"), text).unwrap();
    let description = Description::open(&folder.join("api.yaml"), network.access()).unwrap();
    assert_eq!(schema(&description, "A")["type"], "string");
    assert_eq!(schema(&description, "B")["type"], "integer");
    let found = findings(&description);
    assert!(
        found[0].ends_with("`pet.yaml#here` leads nowhere"),
        "{found:?}"
    );
}

#[test]
fn what_is_no_description_is_told_once_with_its_url_and_its_text() {
    let page = "\n<!DOCTYPE html>\n<html><body>Sign in</body></html>";
    let network = Network::new()
        .with("https://example.com/apis/pets/pet.yaml", page)
        .with("https://example.com/apis/pets/toy.yaml", "a: [");
    let description = network
        .load("    A: {$ref: pet.yaml}\n    B: {$ref: 'pet.yaml#/x'}\n    C: {$ref: toy.yaml}\n");
    let found = findings(&description);
    assert_eq!(
        found[0],
        "https://example.com/apis/pets/pet.yaml:1:1: error[syntax]: this is HTML or XML, and a \
         description is YAML or JSON; of a page that shows a file, take the address of the file itself"
    );
    let here = |line, column, file| {
        format!(
            "{ROOT}:{line}:{column}: error[reference-unresolved]: what is wrong in \
             `https://example.com/apis/pets/{file}` keeps this from being followed"
        )
    };
    assert_eq!(
        found[1..3],
        [here(6, 15, "pet.yaml"), here(7, 15, "pet.yaml")]
    );
    assert!(
        found[3].starts_with("https://example.com/apis/pets/toy.yaml:1:"),
        "{found:?}"
    );
    assert_eq!(found[4..], [here(8, 15, "toy.yaml")]);
    let texts: Vec<&str> = description.sources()[1..]
        .iter()
        .map(|it| &*it.text)
        .collect();
    assert_eq!(texts, [page, "a: ["]);
}

#[test]
fn a_name_without_a_place_is_told_from_an_address() {
    let network = Network::new();
    let description = network.load("    A: {$ref: 'urn:pets:pet'}\n");
    let found = findings(&description);
    assert!(
        found[0]
            .ends_with("`urn:pets:pet` is the name of nothing here, and no address where to look"),
        "{found:?}"
    );
    assert_eq!(network.asked(), [""; 0]);
}
