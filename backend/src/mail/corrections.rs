//! The mails that ask the usager to correct their dossier, and that say that nothing is to be corrected any more.

use super::textes::{Cadre, bouton, page, pied, signature};
use super::traitements::vers_l_usager;
use super::{Courriel, EchecEnvoi};
use crate::contexte::Contexte;
use crate::dossier::examen::corrections;
use crate::tables::correction;
use crate::taches::{self, Sort, Tache};
use domain::correction::EtatCorrection;
use domain::ids::MessageId;
use domain::message::au_message;
use maud::html;
use sea_orm::EntityTrait;

/// Composes the mail of a request. `None` once it was withdrawn or answered.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(super) async fn composer(contexte: &Contexte, id: i64) -> Result<Option<Courriel>, EchecEnvoi> {
    let db = contexte.base.lire();
    let correction = correction::Entity::find_by_id(id).one(db).await?;
    let correction = correction.ok_or(EchecEnvoi::Illisible)?;
    if correction.etat != EtatCorrection::Demandee.code() {
        return Ok(None);
    }
    let vers = vers_l_usager(contexte, correction.dossier).await?;
    let message = corrections::message_de(db, id).await?;
    Ok(vers.map(|(cadre, a)| rediger(&cadre, message, a)))
}

/// « La demande de correction est retirée ». `None` when the mail that it takes back never left, or when something else
/// is to be corrected meanwhile.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(super) async fn retiree(contexte: &Contexte, id: i64) -> Result<Option<Courriel>, EchecEnvoi> {
    let db = contexte.base.lire();
    let correction = correction::Entity::find_by_id(id).one(db).await?;
    let correction = correction.ok_or(EchecEnvoi::Illisible)?;
    let premier = Tache::CourrielCorrection { correction: id };
    let jamais_dit = taches::sort(db, &premier, None).await? == Some(Sort::PasEnvoye);
    if jamais_dit || corrections::attendue(db, correction.dossier).await? {
        return Ok(None);
    }
    let vers = vers_l_usager(contexte, correction.dossier).await?;
    Ok(vers.map(|(cadre, a)| rediger_retrait(&cadre, a)))
}

fn rediger_retrait(cadre: &Cadre, a: String) -> Courriel {
    let Cadre { dossier, titre, service, .. } = cadre;
    let sujet = format!(
        "La demande de correction est retirée pour votre dossier n°{dossier} «\u{a0}{titre}\u{a0}»"
    );
    let suite = "Vous n'avez plus à corriger votre dossier\u{a0}: ne tenez pas compte de notre courriel précédent.";
    let lien = cadre.messagerie_usager();
    let pied = pied(cadre, &lien, &a);
    let texte = format!(
        "Bonjour,\n\nL'administration a retiré la demande de correction qui vous avait été faite pour votre dossier n°{dossier} concernant la démarche «\u{a0}{titre}\u{a0}».\n\n{suite}\n\nOuvrir la messagerie\u{a0}:\n{lien}\n\nCordialement,\n{service}\n\n{}\n",
        pied.texte
    );
    let corps = html! {
        p { "Bonjour," }
        p {
            "L'administration a retiré la demande de correction qui vous avait été faite pour votre dossier n°" (dossier)
            " concernant la démarche «\u{a0}" strong { (titre) } "\u{a0}»."
        }
        p { (suite) }
        (bouton(&lien, "Ouvrir la messagerie"))
        (signature(service))
        (pied.html)
    };
    Courriel { a, html: page(&cadre.site, &sujet, &corps), sujet, texte }
}

/// `message`: the one that asks, which the link leads to.
fn rediger(cadre: &Cadre, message: Option<MessageId>, a: String) -> Courriel {
    let Cadre { dossier, titre, service, .. } = cadre;
    let sujet = format!("Vous devez corriger votre dossier n°{dossier} «\u{a0}{titre}\u{a0}»");
    let messagerie = cadre.messagerie_usager();
    let lien = message.map_or(messagerie.clone(), |id| au_message(&messagerie, id));
    let pied = pied(cadre, &messagerie, &a);
    let texte = format!(
        "Bonjour,\n\nAfin de poursuivre son instruction, un instructeur vous demande de corriger votre dossier n°{dossier} concernant la démarche «\u{a0}{titre}\u{a0}».\n\nConsultez la messagerie de votre dossier pour savoir quelles corrections sont attendues\u{a0}:\n{lien}\n\nCordialement,\n{service}\n\n{}\n",
        pied.texte
    );
    let corps = html! {
        p { "Bonjour," }
        p {
            "Afin de poursuivre son instruction, un instructeur vous demande de corriger votre dossier n°" (dossier)
            " concernant la démarche «\u{a0}" strong { (titre) } "\u{a0}»."
        }
        p { "Consultez la messagerie de votre dossier pour savoir quelles corrections sont attendues\u{a0}:" }
        (bouton(&lien, "Ouvrir la messagerie"))
        (signature(service))
        (pied.html)
    };
    Courriel { a, html: page(&cadre.site, &sujet, &corps), sujet, texte }
}
