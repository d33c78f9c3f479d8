//! The one binary of Leadwright.

#![allow(clippy::print_stdout)]

fn main() -> anyhow::Result<()> {
    print!("{}", leadwright_api::openapi::rendered()?);
    Ok(())
}
