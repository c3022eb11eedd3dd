//! To the usager: « Vous devez corriger votre dossier », and that nothing is to be corrected any more.

use crate::contexte::Contexte;
use crate::courriels::cadre::{Cadre, vers_l_usager};
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Gabarit, Lettre};
use crate::courriels::pied::{Pied, Pourquoi};
use crate::tables::correction;
use crate::taches::{self, Courriel, Sort};
use domain::chemin::au_message;
use domain::correction::EtatCorrection;
use domain::ids::{CorrectionId, MessageId};
use sea_orm::EntityTrait;

/// Composes the mail of a request. `None` once it was withdrawn or answered.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    id: CorrectionId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let db = contexte.base.lire();
    let correction = correction::Entity::find_by_id(id).one(db).await?;
    let correction = correction.ok_or(EchecEnvoi::Illisible)?;
    if correction.etat != EtatCorrection::Demandee {
        return Ok(None);
    }
    let vers = vers_l_usager(contexte, correction.dossier).await?;
    let message = correction::message(db, id).await?;
    Ok(vers.map(|(cadre, a)| rediger(&cadre, message, a)))
}

/// « La demande de correction est retirée ». `None` when the mail that it takes back never left, or when something else
/// is to be corrected meanwhile.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn retiree(
    contexte: &Contexte,
    id: CorrectionId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let db = contexte.base.lire();
    let correction = correction::Entity::find_by_id(id).one(db).await?;
    let correction = correction.ok_or(EchecEnvoi::Illisible)?;
    let premier = Courriel::Correction { correction: id };
    let jamais_dit = taches::sort(db, &premier, None).await? == Some(Sort::PasEnvoye);
    if jamais_dit || correction::attendue(db, correction.dossier).await? {
        return Ok(None);
    }
    let vers = vers_l_usager(contexte, correction.dossier).await?;
    Ok(vers.map(|(cadre, a)| rediger_retrait(&cadre, a)))
}

/// `message`: the one that asks, which the link leads to.
pub(in crate::courriels) fn rediger(
    cadre: &Cadre,
    message: Option<MessageId>,
    a: String,
) -> Lettre {
    let Cadre { dossier, titre, service, .. } = cadre;
    let messagerie = cadre.messagerie_usager();
    let lien = message.map_or(messagerie.clone(), |id| au_message(&messagerie, id));
    Gabarit::new(format!("Vous devez corriger votre dossier n°{dossier} «\u{a0}{titre}\u{a0}»"))
        .du_dossier(
            cadre,
            "Afin de poursuivre son instruction, un instructeur vous demande de corriger votre dossier",
            ".",
        )
        .dit("Consultez la messagerie de votre dossier pour savoir quelles corrections sont attendues.")
        .bouton(&lien, "Ouvrir la messagerie")
        .signe(service)
        .pied(Pied::de(cadre, &a))
        .pour(a, &cadre.site, &Pourquoi::ADepose(*dossier))
}

pub(in crate::courriels) fn rediger_retrait(cadre: &Cadre, a: String) -> Lettre {
    let Cadre { dossier, titre, service, .. } = cadre;
    let sujet = format!(
        "La demande de correction est retirée pour votre dossier n°{dossier} «\u{a0}{titre}\u{a0}»"
    );
    Gabarit::new(sujet)
        .du_dossier(
            cadre,
            "L'administration a retiré la demande de correction qui vous avait été faite pour votre dossier",
            ".",
        )
        .dit("Vous n'avez plus à corriger votre dossier\u{a0}: ne tenez pas compte de notre courriel précédent.")
        .bouton(&cadre.messagerie_usager(), "Ouvrir la messagerie")
        .signe(service)
        .pied(Pied::de(cadre, &a))
        .pour(a, &cadre.site, &Pourquoi::ADepose(*dossier))
}
