//! The one binary of Leadwright.

use std::process::ExitCode;

fn main() -> ExitCode {
    leadwright_api::cli::main()
}
