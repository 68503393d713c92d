//! The time that a server's thread was on a processor.

use std::{fs, time::Duration};

/// The processor time of this process's threads of a name so far; none where the system does not
/// tell (it is Linux that does).
pub fn of_thread(name: &str) -> Option<Duration> {
    let mut total = None;
    for task in fs::read_dir("/proc/self/task").ok()?.flatten() {
        let read = |file| fs::read_to_string(task.path().join(file)).ok();
        if read("comm")?.trim_end() == name {
            let nanoseconds = read("schedstat")?.split(' ').next()?.parse().ok()?;
            *total.get_or_insert(Duration::ZERO) += Duration::from_nanos(nanoseconds);
        }
    }
    total
}
