//! The mails about a proposition: it waits for the usager, or no longer does.

use super::composition::{cadre, email, texte};
use super::textes::{self, bouton, page, pied, signature};
use super::{Courriel, EchecEnvoi};
use crate::contexte::Contexte;
use crate::rendez_vous::tag;
use crate::tables::{dossier, proposition};
use crate::taches::{self, Sort, Tache};
use domain::dossier::Tag;
use domain::ids::{DossierNumero, PropositionId};
use domain::modele::Modele;
use domain::proposition::EtatProposition;
use maud::html;
use sea_orm::EntityTrait;

/// « Vous devez prendre un rendez-vous ». `None` as soon as it is no longer so: booked, withdrawn, the dossier
/// deleted.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(super) async fn proposee(
    contexte: &Contexte,
    id: PropositionId,
) -> Result<Option<Courriel>, EchecEnvoi> {
    let Some((proposition, cadre, dossier)) = lire(contexte, id).await? else { return Ok(None) };
    if proposition.etat != EtatProposition::Proposee.code() {
        return Ok(None);
    }
    let a = email(contexte, dossier.usager).await?;
    let texte = texte(contexte, &dossier, Modele::PropositionRdv).await?;
    let message = proposition::message(contexte.base.lire(), &proposition).await?;
    Ok(Some(textes::proposition(&cadre, &texte, message, a)))
}

/// « La proposition de rendez-vous est retirée ». `None` when the mail that it takes back never left, or when
/// something else replaces what was withdrawn.
///
/// # Errors
/// The database failed, or what the task speaks of is gone.
pub(super) async fn retiree(
    contexte: &Contexte,
    id: PropositionId,
) -> Result<Option<Courriel>, EchecEnvoi> {
    let db = contexte.base.lire();
    let Some((proposition, cadre, dossier)) = lire(contexte, id).await? else { return Ok(None) };
    let premier = Tache::CourrielProposition { proposition: id };
    let jamais_dit = taches::sort(db, &premier, None).await? == Some(Sort::PasEnvoye);
    let maintenant = contexte.horloge.maintenant();
    // Another proposition, or a rendez-vous taken otherwise: they have their own mail.
    let synthese = tag::synthese(db, DossierNumero(dossier.numero), maintenant).await?;
    let remplacee = matches!(synthese.tag, Some(Tag::RdvPropose | Tag::RdvPris));
    if jamais_dit || remplacee || proposition.etat != EtatProposition::Retiree.code() {
        return Ok(None);
    }
    Ok(Some(rediger_retrait(&cadre, email(contexte, dossier.usager).await?)))
}

/// A proposition and its dossier, unless the usager deleted it.
async fn lire(
    contexte: &Contexte,
    id: PropositionId,
) -> Result<Option<(proposition::Model, textes::Cadre, dossier::Model)>, EchecEnvoi> {
    let proposition = proposition::Entity::find_by_id(id.0).one(contexte.base.lire()).await?;
    let proposition = proposition.ok_or(EchecEnvoi::Illisible)?;
    let cadre = cadre(contexte, proposition.dossier).await?;
    Ok(cadre.map(|(cadre, dossier)| (proposition, cadre, dossier)))
}

fn rediger_retrait(cadre: &textes::Cadre, a: String) -> Courriel {
    let textes::Cadre { dossier, titre, service, .. } = cadre;
    let sujet = format!(
        "La proposition de rendez-vous est retirée pour votre dossier n°{dossier} «\u{a0}{titre}\u{a0}»"
    );
    let suite = "Vous n'avez plus à choisir de créneau\u{a0}: ne tenez pas compte de notre courriel précédent.";
    let lien = cadre.messagerie_usager();
    let pied = pied(cadre, &lien, &a);
    let texte = format!(
        "Bonjour,\n\nL'administration a retiré la proposition de rendez-vous qui vous avait été faite pour votre dossier n°{dossier} concernant la démarche «\u{a0}{titre}\u{a0}».\n\n{suite}\n\nOuvrir la messagerie\u{a0}:\n{lien}\n\nCordialement,\n{service}\n\n{}\n",
        pied.texte
    );
    let corps = html! {
        p { "Bonjour," }
        p {
            "L'administration a retiré la proposition de rendez-vous qui vous avait été faite pour votre dossier n°" (dossier)
            " concernant la démarche «\u{a0}" strong { (titre) } "\u{a0}»."
        }
        p { (suite) }
        (bouton(&lien, "Ouvrir la messagerie"))
        (signature(service))
        (pied.html)
    };
    Courriel { a, html: page(&cadre.site, &sujet, &corps), sujet, texte }
}
