//! What instructeurs see, on a dossier, of what is written on the platform that it belongs to.
