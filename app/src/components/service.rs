//! How the service is called.

/// The name of the service, in the header, the footer and the titles.
pub const NOM: &str = "demarches-simplifiees.fr";

/// What a message ends with: « Les champs suivis d'un astérisque… ».
pub const OBLIGATOIRES: &str = "Les champs suivis d'un astérisque\u{a0}(*) sont obligatoires.";
