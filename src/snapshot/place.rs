//! What a description is called in the files: the same on every machine.

use std::path::{Component, Path, PathBuf};

/// The path of a description as seen from the folder that the folder of snapshots is in; its name alone
/// where it is outside of that.
pub fn source_of(description: &Path, snapshots: &Path) -> String {
    let description = plain(description);
    let beside = plain(snapshots);
    let beside = beside.parent().map(Path::to_owned).unwrap_or_default();
    let name = || description.file_name().map(PathBuf::from);
    let path = match description.strip_prefix(&beside) {
        Ok(path) => path.to_owned(),
        Err(_) => name().unwrap_or_default(),
    };
    let parts = path.iter().map(|part| part.to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

/// A whole path without `.` and `..`, by its letters: links are not followed.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    let whole = std::path::absolute(path);
    for component in whole.as_deref().unwrap_or(path).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_called_as_it_is_seen_from_beside_the_folder() {
        for (description, folder, want) in [
            ("/a/api/pets.yaml", "/a/snapshots", "api/pets.yaml"),
            ("/a/./api/../pets.yaml", "/a/b/../snapshots/", "pets.yaml"),
            ("/a/pets.yaml", "/a/b/snapshots", "pets.yaml"),
            ("specs/pets.yaml", "snapshots", "specs/pets.yaml"),
        ] {
            let source = source_of(description.as_ref(), folder.as_ref());
            assert_eq!(source, want, "{description}");
        }
    }
}
