mod get;
mod password;
mod revoke_session;
mod sessions;
