//! The `replylint` command; see [`replylint::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    replylint::cli::main()
}
