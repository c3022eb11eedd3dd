//! Identities of ProConnect and FranceConnect: one was attached to an account; a link joins one.

use super::cadre::{absolue, equipe};
use super::echec::EchecEnvoi;
use super::gabarit::{Gabarit, Lettre};
use super::pied::Pourquoi;
use crate::acces::identites::rattachement::{self, DELAI_MINUTES, Envoi};
use crate::contexte::Contexte;
use crate::socle::outils::Reglages;
use crate::tables::{compte, identite};
use domain::chemin::Chemin;
use domain::identite::Fournisseur;
use domain::ids::{CompteId, IdentiteId, RattachementIdentiteId};
use sea_orm::EntityTrait;

/// « Une identité a été rattachée à votre compte ». `None` once it is no longer.
///
/// # Errors
/// The database failed.
pub(super) async fn attachee(
    contexte: &Contexte,
    id: IdentiteId,
    compte: CompteId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let db = contexte.base.lire();
    let identite = identite::Entity::find_by_id(id).one(db).await?;
    let Some(identite) = identite.filter(|i| i.compte == compte) else { return Ok(None) };
    let compte = compte::Entity::find_by_id(compte).one(db).await?;
    let reglages = &contexte.outils.reglages;
    Ok(compte.map(|compte| dire_attachee(reglages, identite.fournisseur, compte.email)))
}

/// The link that proves an address. `None` once it serves no more.
///
/// # Errors
/// The database failed, or the link can't be read.
pub(super) async fn rattachement(
    contexte: &Contexte,
    id: RattachementIdentiteId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let envoi = rattachement::envoi(contexte, id).await?;
    Ok(envoi.map(|envoi| donner_le_lien(&contexte.outils.reglages, envoi)))
}

pub(super) fn dire_attachee(reglages: &Reglages, fournisseur: Fournisseur, a: String) -> Lettre {
    let (site, plateforme) = (&reglages.nom, fournisseur.libelle());
    Gabarit::new(format!("Une identité {plateforme} est rattachée à votre compte"))
        .dit(format!(
            "Quelqu'un vient de se connecter à votre compte {a} sur {site} avec {plateforme}, après avoir prouvé que ce compte est à lui. Cette identité y est maintenant rattachée\u{a0}: elle ouvre le compte sans mot de passe."
        ))
        .dit("Si c'est vous, vous n'avez rien à faire.")
        .dit(
            "Si ce n'est pas vous, choisissez tout de suite un nouveau mot de passe\u{a0}: toutes les sessions du compte seront fermées. Puis connectez-vous et détachez cette identité dans «\u{a0}Mon compte\u{a0}».",
        )
        .bouton(
            &absolue(&reglages.app_url, Chemin::MotDePasseOublie.patron()),
            "Choisir un nouveau mot de passe",
        )
        .signe(&equipe(site))
        .pour(a, site, &Pourquoi::AUnCompte { site })
}

pub(super) fn donner_le_lien(reglages: &Reglages, envoi: Envoi) -> Lettre {
    let Envoi { fournisseur, email, jeton, existe } = envoi;
    let (site, plateforme) = (&reglages.nom, fournisseur.libelle());
    let (sujet, phrase, action) = if existe {
        (
            format!("Rattachez {plateforme} à votre compte {site}"),
            format!(
                "Quelqu'un s'est identifié avec {plateforme} sur {site} et dit que le compte {email} est le sien. Si c'est vous, ouvrez ce lien dans le même navigateur pour rattacher votre identité à ce compte."
            ),
            "Rattacher mon identité",
        )
    } else {
        (
            format!("Confirmez votre adresse pour {site}"),
            format!(
                "Quelqu'un s'est identifié avec {plateforme} sur {site} et a choisi l'adresse {email} pour être contacté. Si c'est vous, ouvrez ce lien dans le même navigateur pour confirmer cette adresse."
            ),
            "Confirmer mon adresse",
        )
    };
    let page = Chemin::LienDeRattachement(&jeton).to_string();
    Gabarit::new(sujet)
        .dit(phrase)
        .bouton(&absolue(&reglages.app_url, &page), action)
        .dit(format!("Ce lien sert une seule fois et reste valable {DELAI_MINUTES} minutes."))
        .dit(
            "Si ce n'est pas vous, ne l'ouvrez pas et ne tenez pas compte de ce message\u{a0}: rien ne changera.",
        )
        .signe(&equipe(site))
        .pour(email, site, &Pourquoi::ADonneSonAdresse { site })
}
