//! How files are, as far as it shows without reading them.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, SystemTime},
};

/// The clock that files are stamped by may be behind by a tick of the system's.
const TICK: Duration = Duration::from_millis(10);

/// How some files are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamps(Vec<Stamp>);

/// How a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stamp {
    /// When it was written last, and how long it is.
    Is(SystemTime, u64),
    /// It is not there, or not to be looked at.
    Missing,
    /// It was written while it was read: what was read may be older.
    Unsure,
}

impl Stamps {
    /// How files are now.
    pub(super) fn of(files: &[PathBuf]) -> Self {
        let stamp = |file: &PathBuf| {
            let data = fs::metadata(file);
            let stamp = data.and_then(|data| Ok(Stamp::Is(data.modified()?, data.len())));
            stamp.unwrap_or(Stamp::Missing)
        };
        Self(files.iter().map(stamp).collect())
    }

    /// How files are that were read since a moment: one written after it counts as changed.
    pub(super) fn of_read(files: &[PathBuf], began: SystemTime) -> Self {
        let Self(mut stamps) = Self::of(files);
        for stamp in &mut stamps {
            if matches!(stamp, Stamp::Is(written, _) if *written + TICK >= began) {
                *stamp = Stamp::Unsure;
            }
        }
        Self(stamps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_written_while_it_was_read_counts_as_changed() {
        let folder = std::env::temp_dir().join(format!("mynah-stamps-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let files = [folder.join("a.yaml")];
        let missing = Stamps::of(&files);
        fs::write(&files[0], "a").unwrap();
        let written = Stamps::of(&files);
        assert_ne!(missing, written);
        let (before, after) = (
            SystemTime::now(),
            SystemTime::now() + Duration::from_secs(1),
        );
        assert_ne!(Stamps::of_read(&files, before), written);
        assert_eq!(Stamps::of_read(&files, after), written);
        fs::write(&files[0], "ab").unwrap();
        assert_ne!(Stamps::of(&files), written);
        fs::remove_dir_all(&folder).unwrap();
    }
}
