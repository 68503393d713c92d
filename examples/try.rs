//! try FILE BODY...: compiles an API at a path and posts bodies to /a; prints findings and statuses
use mynah::{Api, Description, answer, description::Access};
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let d = match Description::open(std::path::Path::new(&args[0]), Access::default()) {
        Ok(d) => d,
        Err(f) => {
            println!("UNREAD {f}");
            return;
        }
    };
    if std::env::var("ROOT").is_ok() {
        println!("{}", serde_json::to_string_pretty(d.root()).unwrap());
    }
    match Api::compile(d) {
        Err(findings) => {
            for f in findings {
                println!("{f}")
            }
        }
        Ok(api) => {
            for w in api.warnings() {
                println!("{w}")
            }
            for body in &args[1..] {
                let request = http::Request::post("/a")
                    .header("content-type", "application/json")
                    .body(body.clone().into())
                    .unwrap();
                let e = answer(&api, request.into());
                println!(
                    "{} {} {}",
                    body,
                    e.reply.status,
                    String::from_utf8_lossy(&e.reply.body)
                        .chars()
                        .take(150)
                        .collect::<String>()
                );
            }
        }
    }
}
