//! To the usager: « Votre dossier a bien été déposé ».

use crate::contexte::Contexte;
use crate::courriels::cadre::{Cadre, vers_l_usager};
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Gabarit, Lettre};
use crate::courriels::pied::{Pied, Pourquoi};
use domain::ids::DossierNumero;

/// Composes the mail. `None` once the usager deleted the dossier.
///
/// # Errors
/// The database failed, or the dossier is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    dossier: DossierNumero,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let vers = vers_l_usager(contexte, dossier).await?;
    Ok(vers.map(|(cadre, a)| rediger(&cadre, a)))
}

pub(in crate::courriels) fn rediger(cadre: &Cadre, a: String) -> Lettre {
    let Cadre { dossier, titre, service, .. } = cadre;
    Gabarit::new(format!(
        "Votre dossier n°{dossier} a bien été déposé («\u{a0}{titre}\u{a0}»)"
    ))
    .du_dossier(cadre, "Votre dossier", " a bien été déposé.")
    .dit("Tant qu'il est en construction, vous pouvez encore le modifier. Un instructeur vous répondra par la messagerie du dossier.")
    .bouton(&cadre.lien(&format!("/dossiers/{dossier}/resume")), "Suivre votre dossier")
    .signe(service)
    .pied(Pied::de(cadre, &a))
    .pour(a, &cadre.site, &Pourquoi::ADepose(*dossier))
}
