mod authorization;
mod problems;
mod references;
mod schema;
mod tenants;
mod who;
