//! How the service is called.

use super::navigateur;

/// The name of the service, in the header, the footer and the titles: the one that the server is set to have. It is
/// written in the document, so that the browser knows it as soon as it has the page.
pub fn nom() -> String {
    navigateur::nom_du_service()
}

/// What a message ends with: « Les champs suivis d'un astérisque… ».
pub const OBLIGATOIRES: &str = "Les champs suivis d'un astérisque\u{a0}(*) sont obligatoires.";
