//! To the usager: « Vous devez corriger votre dossier ».

use crate::contexte::Contexte;
use crate::courriels::cadre::{Cadre, vers_l_usager};
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Gabarit, Lettre};
use crate::courriels::pied::Pied;
use crate::tables::correction;
use domain::correction::EtatCorrection;
use sea_orm::EntityTrait;

/// Composes the mail of a request. `None` once it was withdrawn or answered.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    id: i64,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let correction = correction::Entity::find_by_id(id).one(contexte.base.lire()).await?;
    let correction = correction.ok_or(EchecEnvoi::Illisible)?;
    if correction.etat != EtatCorrection::Demandee.code() {
        return Ok(None);
    }
    let vers = vers_l_usager(contexte, correction.dossier).await?;
    Ok(vers.map(|(cadre, a)| rediger(&cadre, a)))
}

pub(in crate::courriels) fn rediger(cadre: &Cadre, a: String) -> Lettre {
    let Cadre { dossier, titre, service, .. } = cadre;
    Gabarit::new(format!("Vous devez corriger votre dossier n°{dossier} «\u{a0}{titre}\u{a0}»"))
        .du_dossier(
            cadre,
            "Afin de poursuivre son instruction, un instructeur vous demande de corriger votre dossier",
            ".",
        )
        .dit("Consultez la messagerie de votre dossier pour savoir quelles corrections sont attendues.")
        .bouton(&cadre.messagerie_usager(), "Ouvrir la messagerie")
        .signe(service)
        .pied(Pied::de(cadre, &a))
        .pour(a, &cadre.site)
}
