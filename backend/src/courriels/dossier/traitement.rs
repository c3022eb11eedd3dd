//! To the usager: a change of état.

use crate::contexte::Contexte;
use crate::courriels::cadre::{Cadre, vers_l_usager};
use crate::courriels::echec::EchecEnvoi;
use crate::courriels::gabarit::{Gabarit, Lettre};
use crate::courriels::pied::{Pied, Pourquoi};
use crate::tables::traitement;
use domain::ids::TraitementId;
use domain::instruction::Geste;
use sea_orm::EntityTrait;

/// Composes the mail of a change of état. `None` once another change has replaced it.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(in crate::courriels) async fn composer(
    contexte: &Contexte,
    id: TraitementId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let db = contexte.base.lire();
    let traitement = traitement::Entity::find_by_id(id).one(db).await?;
    let traitement = traitement.ok_or(EchecEnvoi::Illisible)?;
    let dernier = traitement::dernier(db, traitement.dossier).await?;
    if dernier.is_some_and(|dernier| dernier.id != traitement.id) {
        return Ok(None);
    }
    let geste = traitement.geste;
    let vers = vers_l_usager(contexte, traitement.dossier).await?;
    Ok(vers.map(|(cadre, a)| rediger(&cadre, geste, a)))
}

/// The motivation is not in the mail: it is personal, and read in the dossier.
pub(in crate::courriels) fn rediger(cadre: &Cadre, geste: Geste, a: String) -> Lettre {
    let Cadre { dossier, titre, service, .. } = cadre;
    let quoi = match geste {
        Geste::PasserEnInstruction => "est passé en instruction",
        Geste::Accepter => "a été accepté",
        Geste::ClasserSansSuite => "a été classé sans suite",
        Geste::Refuser => "a été refusé",
        Geste::RepasserEnConstruction => "est repassé en construction",
        Geste::RepasserEnInstruction => "est repassé en instruction",
    };
    let suite = match geste {
        Geste::PasserEnInstruction | Geste::RepasserEnInstruction => {
            "L'administration l'examine. Vous ne pouvez plus le modifier."
        }
        Geste::RepasserEnConstruction => "Vous pouvez à nouveau le modifier.",
        Geste::Accepter | Geste::ClasserSansSuite | Geste::Refuser => {
            "Ouvrez votre dossier pour lire la décision et, s'il y en a une, sa motivation."
        }
    };
    Gabarit::new(format!("Votre dossier n°{dossier} {quoi} «\u{a0}{titre}\u{a0}»"))
        .du_dossier(cadre, "Votre dossier", &format!(" {quoi}."))
        .dit(suite)
        .bouton(&cadre.lien(&format!("/dossiers/{dossier}/resume")), "Ouvrir le dossier")
        .signe(service)
        .pied(Pied::de(cadre, &a))
        .pour(a, &cadre.site, &Pourquoi::ADepose(*dossier))
}
