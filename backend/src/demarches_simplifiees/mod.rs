//! The démarches of a platform that runs Démarches Simplifiées, mirrored here.

pub(crate) mod reconnaissance;
