//! To an instructeur: an expert answered.

use super::avis;
use crate::contexte::Contexte;
use crate::courriels::cadre::Cadre;
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Gabarit, Lettre};
use crate::courriels::gestion;
use domain::avertissement::Avertissement;
use domain::ids::{AvisId, CompteId};

/// Composes the mail. `None` once its reader may no longer see the dossier.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    id: AvisId,
    vers: CompteId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let avis = avis::lire(contexte, id).await?;
    let quoi = Avertissement::AvisRecu;
    let lettre = gestion::a_un_instructeur(contexte, avis.dossier, vers, quoi).await?;
    Ok(lettre.map(|(cadre, a)| rediger(&cadre, &avis.email, a)))
}

/// `expert`: the address of whoever answered.
pub(in crate::courriels) fn rediger(cadre: &Cadre, expert: &str, a: String) -> Lettre {
    let Cadre { dossier, titre, .. } = cadre;
    Gabarit::new(format!("Un avis a été rendu sur le dossier n°{dossier} «\u{a0}{titre}\u{a0}»"))
        .du_dossier(cadre, &format!("{expert} a rendu son avis sur le dossier"), ".")
        .bouton(&cadre.lien(&format!("/instructeur/dossiers/{dossier}/avis")), "Lire l'avis")
        .signe(&cadre.equipe())
        .pour(a, &cadre.site, &cadre.instruit())
}
