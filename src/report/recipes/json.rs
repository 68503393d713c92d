//! Requests for programs.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use super::curl_line;
use crate::{
    Request,
    cookbook::{Obtained, Recipe, Shows},
};

/// One array, an object for each documented reply.
pub(super) fn render(recipes: &[Recipe], url: &str) -> String {
    let all: Vec<Value> = recipes.iter().map(|recipe| of(recipe, url)).collect();
    format!("{:#}\n", Value::Array(all))
}

fn of(recipe: &Recipe, url: &str) -> Value {
    let example = match &recipe.shows {
        Shows::Example(name) => Some(name),
        _ => None,
    };
    let mut all = json!({
        "operation": &*recipe.operation,
        "documented": recipe.key.to_string(),
        "mediaType": recipe.media_type.as_deref(),
        "example": example.map(|name| &**name),
        "refusal": recipe.shows == Shows::Refusal,
        "pointer": recipe.pointer,
    });
    match &recipe.obtained {
        Ok(obtained) => {
            all["status"] = obtained.exchange.reply.status.as_u16().into();
            all["needs"] = json!(obtained.needs);
            all["request"] = request(obtained, url);
            all["curl"] = curl_line(obtained, url).into();
        }
        Err(why) => all["unobtained"] = json!(why),
    }
    all
}

/// A body that is no text is in base64.
fn request(obtained: &Obtained, url: &str) -> Value {
    let request: &Request = &obtained.exchange.request;
    let headers = request.headers.iter();
    let headers: Vec<_> = headers
        .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes())))
        .collect();
    let mut all = json!({
        "method": request.method.as_str(),
        "url": format!("{url}{}", request.target()),
        "headers": headers,
    });
    match std::str::from_utf8(&request.body) {
        Ok("") => {}
        Ok(text) => all["body"] = text.into(),
        Err(_) => all["bodyBase64"] = BASE64_STANDARD.encode(&request.body).into(),
    }
    all
}
