//! To an instructeur: the usager changed their dossier.

use crate::contexte::Contexte;
use crate::courriels::cadre::Cadre;
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Gabarit, Lettre};
use crate::courriels::gestion;
use domain::avertissement::Avertissement;
use domain::chemin::{Chemin, Onglet};
use domain::ids::{CompteId, DossierNumero};

/// Composes the mail. `None` once its reader may no longer see the dossier, or chose not to be told.
///
/// # Errors
/// The database failed, or the dossier is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    numero: DossierNumero,
    vers: CompteId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let quoi = Avertissement::DossierModifie;
    let lettre = gestion::a_un_instructeur(contexte, numero, vers, quoi).await?;
    Ok(lettre.map(|(cadre, a)| rediger(&cadre, a)))
}

/// What was changed is personal, and read in the dossier.
pub(in crate::courriels) fn rediger(cadre: &Cadre, a: String) -> Lettre {
    let Cadre { dossier, titre, .. } = cadre;
    let lien = cadre.lien(&Chemin::Onglet(*dossier, Onglet::Demande).to_string());
    Gabarit::new(format!("Le dossier n°{dossier} a été modifié «\u{a0}{titre}\u{a0}»"))
        .du_dossier(cadre, "L'usager a modifié son dossier", ".")
        .bouton(&lien, "Ouvrir le dossier")
        .signe(&cadre.equipe())
        .pour(a, &cadre.site, &cadre.instruit())
}
