//! Requests for documented replies, in the forms that they are sent by.

mod fetch;
mod http;
mod json;

use super::curl;
use crate::cookbook::{Obtained, Recipe};

/// A form that requests are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecipeFormat {
    /// A line for bash.
    Curl,
    /// An expression of JavaScript.
    Fetch,
    /// The message, as HTTP/1.1 has it.
    Http,
    /// One JSON object with all of these, for programs.
    Json,
}

/// Requests in a form, to the server at a URL. The text ends with a line break.
pub fn render_recipes(recipes: &[Recipe], format: RecipeFormat, url: &str) -> String {
    let (comment, write): (_, fn(&Obtained, &str) -> String) = match format {
        RecipeFormat::Curl => ("#", curl_line),
        RecipeFormat::Fetch => ("//", fetch::expression),
        RecipeFormat::Http => ("###", http::message),
        RecipeFormat::Json => return json::render(recipes, url),
    };
    let mut text = String::new();
    for recipe in recipes {
        // A name may be of several lines.
        let title = recipe.title().replace(char::is_control, " ");
        text.push_str(&format!("{comment} {title}\n"));
        match &recipe.obtained {
            Ok(obtained) => {
                if let Some(needs) = &obtained.needs {
                    text.push_str(&format!("{comment} only by {needs}\n"));
                }
                text.push_str(&format!("{}\n\n", write(obtained, url)));
            }
            Err(why) => {
                let why = why.replace(char::is_control, " ");
                text.push_str(&format!("{comment} nothing obtains it: {why}\n\n"));
            }
        }
    }
    text.pop();
    text
}

/// A request as a line for bash, to the server at a URL.
pub fn curl_line(obtained: &Obtained, url: &str) -> String {
    let parts = obtained.parts.as_deref();
    curl::exactly(&obtained.exchange.request, parts, url)
}
