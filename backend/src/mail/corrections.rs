//! The mail that asks the usager to correct their dossier.

use super::textes::{Cadre, bouton, page, pied, signature};
use super::traitements::vers_l_usager;
use super::{Courriel, EchecEnvoi};
use crate::contexte::Contexte;
use crate::tables::correction;
use domain::correction::EtatCorrection;
use maud::html;
use sea_orm::EntityTrait;

/// Composes the mail of a request. `None` once it was withdrawn or answered.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(super) async fn composer(contexte: &Contexte, id: i64) -> Result<Option<Courriel>, EchecEnvoi> {
    let correction = correction::Entity::find_by_id(id).one(contexte.base.lire()).await?;
    let correction = correction.ok_or(EchecEnvoi::Illisible)?;
    if correction.etat != EtatCorrection::Demandee.code() {
        return Ok(None);
    }
    let vers = vers_l_usager(contexte, correction.dossier).await?;
    Ok(vers.map(|(cadre, a)| rediger(&cadre, a)))
}

fn rediger(cadre: &Cadre, a: String) -> Courriel {
    let Cadre { dossier, titre, service, .. } = cadre;
    let sujet = format!("Vous devez corriger votre dossier n°{dossier} «\u{a0}{titre}\u{a0}»");
    let lien = cadre.messagerie_usager();
    let pied = pied(cadre, &lien, &a);
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
