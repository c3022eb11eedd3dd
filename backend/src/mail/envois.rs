//! The mail that recommends a dossier to another instructeur.

use super::textes::{Cadre, bouton, equipe, page, signature};
use super::{Courriel, EchecEnvoi};
use crate::contexte::Contexte;
use crate::socle::erreur::Echec;
use crate::tables::{compte, dossier, instructeur, recommandation};
use maud::html;
use sea_orm::EntityTrait;

/// Composes the mail of a sending. `None` once its reader could not open the dossier.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(super) async fn composer(contexte: &Contexte, id: i64) -> Result<Option<Courriel>, EchecEnvoi> {
    let db = contexte.base.lire();
    let envoi =
        recommandation::Entity::find_by_id(id).one(db).await?.ok_or(EchecEnvoi::Illisible)?;
    let dossier = dossier::Entity::find_by_id(envoi.dossier).one(db).await?;
    let dossier = dossier.ok_or(EchecEnvoi::Illisible)?;
    let membre = instructeur::Entity::find_by_id((dossier.groupe, envoi.destinataire));
    if dossier.supprime_le.is_some() || membre.one(db).await?.is_none() {
        return Ok(None);
    }
    let qui = async |compte| -> Result<compte::Model, EchecEnvoi> {
        let compte = compte::Entity::find_by_id(compte).one(db).await?;
        Ok(compte.ok_or(Echec::Illisible("account of a mail"))?)
    };
    let expediteur = compte::nom(&qui(envoi.expediteur).await?);
    let a = qui(envoi.destinataire).await?.email;
    let demarche = dossier::demarche(db, &dossier).await?;
    let cadre = Cadre::de(dossier.numero, demarche, &contexte.outils.reglages);
    Ok(Some(rediger(&cadre, &expediteur, a)))
}

fn rediger(cadre: &Cadre, expediteur: &str, a: String) -> Courriel {
    let Cadre { dossier, titre, .. } = cadre;
    let sujet = format!("{expediteur} vous envoie le dossier n°{dossier} «\u{a0}{titre}\u{a0}»");
    let lien = cadre.lien(&format!("/instructeur/dossiers/{dossier}"));
    let suite = "Ce dossier est désormais dans vos dossiers suivis. Vous pouvez cesser de le suivre depuis sa page.";
    let texte = format!(
        "Bonjour,\n\n{expediteur} vous envoie le dossier n°{dossier} concernant la démarche «\u{a0}{titre}\u{a0}».\n\nOuvrir le dossier\u{a0}:\n{lien}\n\n{suite}\n\nCordialement,\n{}\n",
        equipe(&cadre.site)
    );
    let corps = html! {
        p { "Bonjour," }
        p {
            (expediteur) " vous envoie le dossier n°" (dossier) " concernant la démarche «\u{a0}"
            strong { (titre) } "\u{a0}»."
        }
        (bouton(&lien, "Ouvrir le dossier"))
        p { (suite) }
        (signature(&equipe(&cadre.site)))
    };
    Courriel { a, html: page(&cadre.site, &sujet, &corps), sujet, texte }
}
