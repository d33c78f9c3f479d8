mod docs;
mod document;
mod liveness;
mod metrics;
mod problem_index;
mod problem_page;
mod readiness;
