mod cleansing;
mod get;
mod list;
mod reject;
mod release;
mod replay;
mod replay_all;
mod replay_job;
