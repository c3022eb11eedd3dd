//! What programs talk to: the platform's own API, OAuth, and the control API that tests use.

pub mod control;
pub mod oauth;
pub mod v1;
