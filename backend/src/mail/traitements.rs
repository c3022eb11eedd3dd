//! The mails that tell the usager of a change of état.

use super::composition::{cadre, email};
use super::textes::{Cadre, bouton, page, pied, signature};
use super::{Courriel, EchecEnvoi};
use crate::contexte::Contexte;
use crate::tables::traitement;
use domain::instruction::Geste;
use maud::html;
use sea_orm::EntityTrait;

/// Composes the mail of a change of état. `None` once another change has replaced it.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(super) async fn composer(contexte: &Contexte, id: i64) -> Result<Option<Courriel>, EchecEnvoi> {
    let db = contexte.base.lire();
    let traitement = traitement::Entity::find_by_id(id).one(db).await?;
    let traitement = traitement.ok_or(EchecEnvoi::Illisible)?;
    let dernier = traitement::dernier(db, traitement.dossier).await?;
    if dernier.is_some_and(|dernier| dernier.id != traitement.id) {
        return Ok(None);
    }
    let geste = Geste::from_code(&traitement.geste).ok_or(EchecEnvoi::Illisible)?;
    let vers = vers_l_usager(contexte, traitement.dossier).await?;
    Ok(vers.map(|(cadre, a)| rediger(&cadre, geste, a)))
}

/// The dossier that a mail to its usager is about, and the usager's address. `None` once they deleted it.
pub(super) async fn vers_l_usager(
    contexte: &Contexte,
    numero: i64,
) -> Result<Option<(Cadre, String)>, EchecEnvoi> {
    let Some((cadre, dossier)) = cadre(contexte, numero).await? else { return Ok(None) };
    Ok(Some((cadre, email(contexte, dossier.usager).await?)))
}

/// The motivation is not in the mail: it is personal, and read in the dossier.
fn rediger(cadre: &Cadre, geste: Geste, a: String) -> Courriel {
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
    let sujet = format!("Votre dossier n°{dossier} {quoi} «\u{a0}{titre}\u{a0}»");
    let lien = cadre.lien(&format!("/dossiers/{dossier}/resume"));
    let pied = pied(cadre, &cadre.messagerie_usager(), &a);
    let texte = format!(
        "Bonjour,\n\nVotre dossier n°{dossier} concernant la démarche «\u{a0}{titre}\u{a0}» {quoi}.\n\n{suite}\n\nOuvrir le dossier\u{a0}:\n{lien}\n\nCordialement,\n{service}\n\n{}\n",
        pied.texte
    );
    let corps = html! {
        p { "Bonjour," }
        p {
            "Votre dossier n°" (dossier) " concernant la démarche «\u{a0}" strong { (titre) }
            "\u{a0}» " (quoi) "."
        }
        p { (suite) }
        (bouton(&lien, "Ouvrir le dossier"))
        (signature(service))
        (pied.html)
    };
    Courriel { a, html: page(&cadre.site, &sujet, &corps), sujet, texte }
}
