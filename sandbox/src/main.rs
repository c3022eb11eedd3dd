//! The program. What it does is in the library, which tests start within themselves.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    sandbox::process::run().await
}
