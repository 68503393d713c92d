use mynah::{Api, Description, answer, description::Access};
use serde_json::{Value, json};
use std::{fs, path::Path};

const ROOT: &str = "/tmp/suite/jsonschema-4.26.0/json";

fn fetch(url: &str) -> Result<String, String> {
    if let Some(path) = url.strip_prefix("http://localhost:1234/") {
        return fs::read_to_string(format!("{ROOT}/remotes/{path}")).map_err(|e| e.to_string());
    }
    Err("no".into())
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (draft, only) = (args[0].as_str(), args.get(1));
    let uri = match draft {
        "draft4" => "http://json-schema.org/draft-04/schema#",
        "draft6" => "http://json-schema.org/draft-06/schema#",
        "draft7" => "http://json-schema.org/draft-07/schema#",
        "draft2019-09" => "https://json-schema.org/draft/2019-09/schema",
        _ => "https://json-schema.org/draft/2020-12/schema",
    };
    let mut files: Vec<_> = fs::read_dir(format!("{ROOT}/tests/{draft}"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_file())
        .collect();
    files.sort();
    let dir = Path::new("/tmp/suite/work").join(format!("{}", std::process::id()));
    fs::create_dir_all(&dir).unwrap();
    let (mut good, mut open, mut closed, mut refused) = (0, 0, 0, 0);
    for file in files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        if only.is_some_and(|only| *only != name) {
            continue;
        }
        let groups: Vec<Value> = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        for group in groups {
            let mut schema = group["schema"].clone();
            if let Value::Object(o) = &mut schema {
                if !o.contains_key("$schema") {
                    o.insert("$schema".into(), uri.into());
                }
            }
            let inline = std::env::var("INLINE").is_ok();
            fs::write(dir.join("schema.json"), schema.to_string()).unwrap();
            let body = if inline {
                schema.clone()
            } else {
                json!({"$ref": "schema.json"})
            };
            let api = json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/a": {"post": {"requestBody": {"required": true, "content": {"application/json": {"schema": body}}}, "responses": {"204": {"description": "Ok"}}}}}});
            fs::write(dir.join("api.json"), api.to_string()).unwrap();
            let label = format!("{name}: {}", group["description"].as_str().unwrap());
            if std::env::var("TRACE").is_ok() {
                eprintln!("{label}");
            }
            let access = Access {
                outside: false,
                fetch: Some(fetch),
            };
            let api = Description::open(&dir.join("api.json"), access)
                .map_err(|f| vec![f])
                .and_then(Api::compile);
            let api = match api {
                Ok(api) => api,
                Err(findings) => {
                    refused += 1;
                    println!("REFUSED {label}\n    {}", findings[0]);
                    continue;
                }
            };
            for test in group["tests"].as_array().unwrap() {
                let request = http::Request::post("/a")
                    .header("content-type", "application/json")
                    .body(test["data"].to_string().into())
                    .unwrap();
                let status = answer(&api, request.into()).reply.status.as_u16();
                let want = if test["valid"] == json!(true) {
                    204
                } else {
                    422
                };
                if status == want {
                    good += 1;
                    continue;
                }
                if want == 422 && status == 204 {
                    open += 1;
                    println!("OPEN {label} / {}", test["description"].as_str().unwrap());
                } else {
                    closed += 1;
                    println!(
                        "CLOSED {status} {label} / {}",
                        test["description"].as_str().unwrap()
                    );
                }
            }
        }
    }
    println!("{draft}: good {good} open {open} closed {closed} refused groups {refused}");
}
