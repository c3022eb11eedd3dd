//! Tests of the stand-in for Démarches Simplifiées.
