//! The command line: in process where it ends by itself, as a process where it serves.

mod in_process;
mod process;
mod send_webhook;
