//! The folder of descriptions: which files count, and what their modules are called.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::names;
use crate::description::{Finding, FindingCode, Location};

/// One file to generate code from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spec {
    /// What messages call it, such as `specs/libredesk.yaml`.
    pub file: String,
    /// Where it stands.
    pub path: PathBuf,
    /// The name of the built-in API, such as `libredesk`.
    pub name: String,
    /// The Rust module, such as `libredesk`.
    pub module: String,
    /// What it says.
    pub text: String,
}

/// Reads the descriptions of a folder in the order of their names.
///
/// Files with other endings are passed over, and so are overlays (`NAME.overlay.yaml`), which change a
/// description and are none themselves.
///
/// # Errors
/// A [`Finding`] for each file that cannot be read or has a name that no module can have.
pub fn read_folder(folder: &Path) -> Result<Vec<Spec>, Vec<Finding>> {
    let shown = folder
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let mut paths =
        list(folder).map_err(|error| vec![fault(&shown, format!("cannot be listed: {error}"))])?;
    paths.sort();
    let mut specs: Vec<Spec> = Vec::new();
    let mut findings = Vec::new();
    for path in paths {
        match read(&shown, &path).and_then(|spec| distinct(spec, &specs)) {
            Ok(spec) => specs.push(spec),
            Err(finding) => findings.push(finding),
        }
    }
    if findings.is_empty() {
        Ok(specs)
    } else {
        Err(findings)
    }
}

fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let paths: Vec<_> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    Ok(paths
        .into_iter()
        .filter(|path| is_description(path))
        .collect())
}

fn is_description(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default();
    let is_overlay = path.file_stem().is_some_and(|stem| {
        Path::new(stem)
            .extension()
            .is_some_and(|end| end == "overlay")
    });
    ["yaml", "yml", "json"].iter().any(|known| ending == *known) && !is_overlay
}

fn read(folder: &str, path: &Path) -> Result<Spec, Finding> {
    let name = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let file = format!(
        "{folder}/{}",
        path.file_name().unwrap_or_default().to_string_lossy()
    );
    let Some(module) = names::module_name(&name) else {
        let message = format!(
            "no Rust module can be called `{name}`: rename the file to letters, digits, `-` and `_`, not beginning with a digit and not a Rust keyword"
        );
        return Err(fault(&file, message));
    };
    let text = fs::read_to_string(path)
        .map_err(|error| fault(&file, format!("cannot be read: {error}")))?;
    Ok(Spec {
        file,
        path: path.to_owned(),
        name,
        module,
        text,
    })
}

fn distinct(spec: Spec, others: &[Spec]) -> Result<Spec, Finding> {
    match others.iter().find(|other| other.module == spec.module) {
        None => Ok(spec),
        Some(other) => {
            let message = format!(
                "this and `{}` would both become the module `{}`: rename one",
                other.file, spec.module
            );
            Err(fault(&spec.file, message))
        }
    }
}

fn fault(file: &str, message: String) -> Finding {
    let top = Location {
        file: file.into(),
        line: 1,
        column: 1,
    };
    Finding::error(FindingCode::Unsupported, top, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str, files: &[&str]) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("mynah-specs-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for file in files {
            fs::write(folder.join(file), "openapi: 3.0.3\n").unwrap();
        }
        folder
    }

    #[test]
    fn descriptions_come_in_the_order_of_their_names() {
        let folder = folder(
            "order",
            &["b-c.yml", "a.yaml", "c.json", "a.overlay.yaml", "README.md"],
        );
        let specs = read_folder(&folder).unwrap();
        let modules: Vec<_> = specs.iter().map(|spec| spec.module.as_str()).collect();
        assert_eq!(modules, ["a", "b_c", "c"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn names_must_be_names_in_rust_and_differ() {
        let folder = folder("names", &["a-b.yaml", "a_b.json", "2.yaml"]);
        let findings = read_folder(&folder).unwrap_err();
        let messages: Vec<_> = findings.iter().map(ToString::to_string).collect();
        assert!(
            messages[0].contains("no Rust module can be called `2`"),
            "{messages:?}"
        );
        assert!(
            messages[1].contains("both become the module `a_b`"),
            "{messages:?}"
        );
        fs::remove_dir_all(folder).unwrap();
    }
}
