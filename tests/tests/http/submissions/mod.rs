mod get;
mod list;
mod replay;
