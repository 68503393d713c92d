//! The command line: in process where it ends by itself, as a process where it serves.

mod check;
mod descriptions;
mod diff;
mod explain;
mod in_process;
mod journal;
mod judge;
mod mock;
#[cfg(feature = "remote")]
#[path = "../http/origin.rs"]
mod origin;
mod process;
mod proxy;
mod reading;
#[cfg(feature = "remote")]
mod remote;
mod requests;
#[cfg(unix)]
mod review;
mod run;
mod send_webhook;
mod snapshot;
mod watch;
