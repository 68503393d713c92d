//! The command line: in process where it ends by itself, as a process where it serves.

mod descriptions;
mod explain;
mod in_process;
mod mock;
mod process;
mod proxy;
mod run;
mod send_webhook;
mod watch;
