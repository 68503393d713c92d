//! The command line: in process where it ends by itself, as a process where it serves.

mod descriptions;
mod explain;
mod in_process;
mod mock;
#[cfg(feature = "remote")]
#[path = "../http/origin.rs"]
mod origin;
mod process;
mod proxy;
mod reading;
#[cfg(feature = "remote")]
mod remote;
mod run;
mod send_webhook;
mod watch;
