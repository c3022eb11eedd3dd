//! To the instructeur: the usager has booked. Its words may be those of an administrateur.

use super::fait::Fait;
use crate::courriels::cadre::Cadre;
use crate::courriels::gabarit::Lettre;
use crate::courriels::modele::{self, Lien};
use domain::modele::{Modele, Texte};

/// `texte`: what the administrateur has it say.
pub(in crate::courriels) fn rediger(
    cadre: &Cadre,
    texte: &Texte,
    fait: &Fait<'_>,
    a: String,
) -> Lettre {
    let lien = Lien {
        adresse: cadre.messagerie_instructeur(),
        intitule: format!("Messagerie du dossier n°{}", cadre.dossier),
    };
    modele::composer(Modele::ConfirmationRdv, texte, cadre, Some(fait), &lien).pour(
        a,
        &cadre.site,
        &cadre.instruit(),
    )
}
