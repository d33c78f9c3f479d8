//! What the load and comparison programs share. A figure says little by itself; these programs print ratios to what the database
//! can do on the same machine in the same minute.

pub mod account;
pub mod bulk;
pub mod figures;
pub mod http;
pub mod load;
pub mod pgbench;
pub mod sample;
