mod add;
mod list;
mod remove;
