//! « Vous avez un nouveau message ».

use super::avis::membre;
use super::composition::{cadre, email};
use super::textes::{Cadre, bouton, equipe, page, pied, signature};
use super::{Courriel, EchecEnvoi};
use crate::contexte::Contexte;
use crate::messagerie::avertir;
use domain::ids::{CompteId, DossierNumero};
use maud::html;

/// Composes the mail of the task whose row is `id`. `None` once everything was read. What the messages say is personal,
/// and read in the dossier.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(super) async fn composer(
    contexte: &Contexte,
    numero: DossierNumero,
    instructeur: Option<CompteId>,
    id: i64,
) -> Result<Option<Courriel>, EchecEnvoi> {
    let Some((cadre, dossier)) = cadre(contexte, numero.0).await? else { return Ok(None) };
    let combien = avertir::a_dire(contexte.base.lire(), &dossier, instructeur, id).await?;
    if combien == 0 {
        return Ok(None);
    }
    let Some(compte) = instructeur else {
        return Ok(Some(a_l_usager(&cadre, combien, email(contexte, dossier.usager).await?)));
    };
    let a = membre(contexte, &dossier, compte).await?;
    Ok(a.map(|a| a_l_instructeur(&cadre, combien, a)))
}

/// « un nouveau message », « 3 nouveaux messages ».
fn messages(combien: u64) -> String {
    match combien {
        1 => "un nouveau message".to_owned(),
        n => format!("{n} nouveaux messages"),
    }
}

fn a_l_usager(cadre: &Cadre, combien: u64, a: String) -> Courriel {
    let Cadre { dossier, titre, service, .. } = cadre;
    let quoi = messages(combien);
    let sujet = format!("Vous avez {quoi} pour votre dossier n°{dossier} «\u{a0}{titre}\u{a0}»");
    let lien = cadre.messagerie_usager();
    let pied = pied(cadre, &lien, &a);
    let texte = format!(
        "Bonjour,\n\nL'administration vous a écrit\u{a0}: vous avez {quoi} pour votre dossier n°{dossier} concernant la démarche «\u{a0}{titre}\u{a0}».\n\nOuvrir la messagerie\u{a0}:\n{lien}\n\nCordialement,\n{service}\n\n{}\n",
        pied.texte
    );
    let corps = html! {
        p { "Bonjour," }
        p {
            "L'administration vous a écrit\u{a0}: vous avez " (quoi) " pour votre dossier n°" (dossier)
            " concernant la démarche «\u{a0}" strong { (titre) } "\u{a0}»."
        }
        (bouton(&lien, "Ouvrir la messagerie"))
        (signature(service))
        (pied.html)
    };
    Courriel { a, html: page(&cadre.site, &sujet, &corps), sujet, texte }
}

fn a_l_instructeur(cadre: &Cadre, combien: u64, a: String) -> Courriel {
    let Cadre { dossier, titre, .. } = cadre;
    let quoi = messages(combien);
    let sujet = format!("Vous avez {quoi} sur le dossier n°{dossier} «\u{a0}{titre}\u{a0}»");
    let lien = cadre.messagerie_instructeur();
    let intitule = format!("Messagerie du dossier n°{dossier}");
    let equipe = equipe(&cadre.site);
    let texte = format!(
        "Bonjour,\n\nL'usager a écrit\u{a0}: vous avez {quoi} sur le dossier n°{dossier} concernant la démarche «\u{a0}{titre}\u{a0}».\n\n{intitule}\u{a0}:\n{lien}\n\nCordialement,\n{equipe}\n"
    );
    let corps = html! {
        p { "Bonjour," }
        p {
            "L'usager a écrit\u{a0}: vous avez " (quoi) " sur le dossier n°" (dossier)
            " concernant la démarche «\u{a0}" strong { (titre) } "\u{a0}»."
        }
        (bouton(&lien, &intitule))
        (signature(&equipe))
    };
    Courriel { a, html: page(&cadre.site, &sujet, &corps), sujet, texte }
}
