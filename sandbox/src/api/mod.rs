//! What programs talk to. `control` is ours, for tests; the platform's own API v1 and OAuth come beside it.

pub mod control;
