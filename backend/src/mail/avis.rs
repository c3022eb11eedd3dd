//! The mails of « Avis externes » and of « Réaffectation ».

use super::composition::cadre;
use super::textes::{Cadre, bouton, equipe, page, signature};
use super::{Courriel, EchecEnvoi};
use crate::contexte::Contexte;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::avis::etat;
use crate::tables::{avis, compte, dossier, groupe, jeton_avis, reaffectation};
use domain::avis::EtatAvis;
use domain::francais;
use domain::ids::{AvisId, CompteId};
use maud::html;
use sea_orm::EntityTrait;

/// Invites an expert, or reminds them (`relance` is not zero). `None` once they answered, or were no longer asked.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(super) async fn invitation(
    contexte: &Contexte,
    id: AvisId,
    relance: i32,
) -> Result<Option<Courriel>, EchecEnvoi> {
    let db = contexte.base.lire();
    let avis = trouver(contexte, id).await?;
    let maintenant = contexte.horloge.maintenant();
    if etat(&avis)? != EtatAvis::EnAttente || avis.expire_le <= maintenant {
        return Ok(None);
    }
    let Some((cadre, _)) = cadre(contexte, avis.dossier).await? else { return Ok(None) };
    let par = compte::Entity::find_by_id(avis.instructeur).one(db).await?;
    let par = par.map(|compte| compte::nom(&compte)).unwrap_or_default();
    let tx = contexte.base.ecrire().await?;
    let jeton = jeton_avis::nouveau(&tx, &contexte.outils.hasard, id, maintenant).await?;
    tx.valider().await?;
    Ok(Some(inviter(&cadre, &avis, &par, &jeton, relance > 0)))
}

fn inviter(cadre: &Cadre, avis: &avis::Model, par: &str, jeton: &str, rappel: bool) -> Courriel {
    let Cadre { dossier, titre, service, .. } = cadre;
    let debut = if rappel { "Rappel\u{a0}: votre" } else { "Votre" };
    let sujet =
        format!("{debut} avis est demandé sur le dossier n°{dossier} «\u{a0}{titre}\u{a0}»");
    let lien = cadre.lien(&format!("/avis/{jeton}"));
    let jour = francais::date(temps::a_paris(avis.expire_le).date());
    let suite = format!(
        "Ce lien vous est personnel\u{a0}: ne le transmettez à personne. Il permet de lire le dossier et de répondre, sans compte, jusqu'au {jour}."
    );
    let question = &avis.question;
    let texte = format!(
        "Bonjour,\n\n{par} vous demande votre avis sur le dossier n°{dossier} concernant la démarche «\u{a0}{titre}\u{a0}».\n\nQuestion posée\u{a0}:\n{question}\n\nLire le dossier et donner mon avis\u{a0}:\n{lien}\n\n{suite}\n\nCordialement,\n{service}\n"
    );
    let corps = html! {
        p { "Bonjour," }
        p {
            (par) " vous demande votre avis sur le dossier n°" (dossier) " concernant la démarche «\u{a0}"
            strong { (titre) } "\u{a0}»."
        }
        p { "Question posée\u{a0}:" }
        blockquote style="margin:0 0 16px;padding-left:16px;border-left:4px solid #dddddd;white-space:pre-line" {
            (question)
        }
        (bouton(&lien, "Lire le dossier et donner mon avis"))
        p { (suite) }
        (signature(service))
    };
    Courriel { a: avis.email.clone(), html: page(&cadre.site, &sujet, &corps), sujet, texte }
}

/// Tells an instructeur that an expert answered. `None` once they may no longer see the dossier.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(super) async fn rendu(
    contexte: &Contexte,
    id: AvisId,
    vers: CompteId,
) -> Result<Option<Courriel>, EchecEnvoi> {
    let avis = trouver(contexte, id).await?;
    let Some((cadre, dossier)) = cadre(contexte, avis.dossier).await? else { return Ok(None) };
    let Some(a) = membre(contexte, &dossier, vers).await? else { return Ok(None) };
    let Cadre { dossier, titre, .. } = &cadre;
    let sujet = format!("Un avis a été rendu sur le dossier n°{dossier} «\u{a0}{titre}\u{a0}»");
    let phrase = format!(
        "{} a rendu son avis sur le dossier n°{dossier} concernant la démarche «\u{a0}{titre}\u{a0}».",
        avis.email
    );
    Ok(Some(a_l_instructeur(&cadre, sujet, &[&phrase], ("avis", "Lire l'avis"), a)))
}

/// Tells an instructeur of the new groupe that a dossier is now theirs. `None` once it is no longer.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(super) async fn reaffectation(
    contexte: &Contexte,
    id: i64,
    vers: CompteId,
) -> Result<Option<Courriel>, EchecEnvoi> {
    let ligne = reaffectation::Entity::find_by_id(id).one(contexte.base.lire()).await?;
    let ligne = ligne.ok_or(EchecEnvoi::Illisible)?;
    let Some((cadre, dossier)) = cadre(contexte, ligne.dossier).await? else { return Ok(None) };
    if dossier.groupe != ligne.vers {
        return Ok(None);
    }
    let Some(a) = membre(contexte, &dossier, vers).await? else { return Ok(None) };
    let Cadre { dossier, titre, .. } = &cadre;
    let sujet = format!("Le dossier n°{dossier} «\u{a0}{titre}\u{a0}» est confié à votre groupe");
    let phrase = format!(
        "Le dossier n°{dossier} concernant la démarche «\u{a0}{titre}\u{a0}» est passé du groupe «\u{a0}{}\u{a0}» à votre groupe «\u{a0}{}\u{a0}».",
        ligne.nom_de, ligne.nom_vers
    );
    // Why is personal, and read in the dossier.
    let suite = "Ses messages, ses propositions et ses rendez-vous restent attachés au dossier.";
    Ok(Some(a_l_instructeur(&cadre, sujet, &[&phrase, suite], ("demande", "Ouvrir le dossier"), a)))
}

async fn trouver(contexte: &Contexte, id: AvisId) -> Result<avis::Model, EchecEnvoi> {
    let avis = avis::Entity::find_by_id(id.0).one(contexte.base.lire()).await?;
    avis.ok_or(EchecEnvoi::Illisible)
}

/// The address of somebody who may see the dossier.
pub(super) async fn membre(
    contexte: &Contexte,
    dossier: &dossier::Model,
    compte: CompteId,
) -> Result<Option<String>, EchecEnvoi> {
    let db = contexte.base.lire();
    if !groupe::membres(db, dossier.groupe).await?.contains(&compte) {
        return Ok(None);
    }
    let compte = compte::Entity::find_by_id(compte.0).one(db).await?;
    Ok(Some(compte.ok_or(Echec::Illisible("account of a mail"))?.email))
}

fn a_l_instructeur(
    cadre: &Cadre,
    sujet: String,
    phrases: &[&str],
    (onglet, intitule): (&str, &str),
    a: String,
) -> Courriel {
    let lien = cadre.lien(&format!("/instructeur/dossiers/{}/{onglet}", cadre.dossier));
    let equipe = equipe(&cadre.site);
    let texte = format!(
        "Bonjour,\n\n{}\n\n{intitule}\u{a0}:\n{lien}\n\nCordialement,\n{equipe}\n",
        phrases.join("\n\n")
    );
    let corps = html! {
        p { "Bonjour," }
        @for phrase in phrases { p { (phrase) } }
        (bouton(&lien, intitule))
        (signature(&equipe))
    };
    Courriel { a, html: page(&cadre.site, &sujet, &corps), sujet, texte }
}
