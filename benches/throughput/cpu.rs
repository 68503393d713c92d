//! Which processor core a thread is on, and for how long.

use std::{
    fs,
    process::{self, Command, Stdio},
    time::Duration,
};

/// The core of the servers' threads.
pub const SERVERS: &str = "0";

/// The core of the load.
pub const LOAD: &str = "1";

/// Ties the main thread, and those that it starts from now on, to a core; whether that worked.
///
/// Left alone, a scheduler likes to put two threads that wake each other on one core, and then
/// neither is ever busy.
pub fn tie_main_thread(core: &str) -> bool {
    // The main thread's id is the process's. `taskset` is a part of util-linux.
    let status = Command::new("taskset")
        .args(["-c", "-p", core, &process::id().to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}

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
