//! A request that keeps to the contract, to show and to start from.

use http::Method;

/// A request that keeps to the contract of one operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The method.
    pub method: String,
    /// Path and query, percent-encoded.
    pub target: String,
    /// Header fields: credentials, required parameters and the content type.
    pub headers: Vec<(String, String)>,
    /// The content.
    pub body: Option<SampleBody>,
}

/// The content of a sample.
#[derive(Debug, Clone, PartialEq)]
pub enum SampleBody {
    /// Text that goes into the request as it stands.
    Text(String),
    /// Parts of `multipart/form-data`, by name.
    Parts(Vec<(String, String)>),
}

impl Sample {
    /// A request for a method and path, with nothing else.
    pub(super) fn to(method: &Method, path: &str) -> Self {
        Self {
            method: method.to_string(),
            target: path.to_owned(),
            headers: Vec::new(),
            body: None,
        }
    }

    /// A `curl` line that works when pasted into a shell, for a fake at a base URL.
    pub fn curl(&self, base_url: &str) -> String {
        let mut line = "curl".to_owned();
        let implied = match self.body {
            Some(_) => "POST",
            None => "GET",
        };
        if self.method != implied {
            line.push_str(&format!(" -X {}", self.method));
        }
        for (name, value) in &self.headers {
            line.push_str(&format!(" -H {}", shell_word(&format!("{name}: {value}"))));
        }
        match &self.body {
            Some(SampleBody::Text(text)) => line.push_str(&format!(" -d {}", shell_word(text))),
            Some(SampleBody::Parts(parts)) => {
                for (name, value) in parts {
                    line.push_str(&format!(
                        " --form-string {}",
                        shell_word(&format!("{name}={value}"))
                    ));
                }
            }
            None => {}
        }
        format!(
            "{line} {}",
            shell_word(&format!("{base_url}{}", self.target))
        )
    }
}

/// A word for a POSIX shell, whatever it has in it.
pub(crate) fn shell_word(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
