//! The link by which an agent who waits says that it is them.

use super::cadre::{absolue, equipe};
use super::echec::EchecEnvoi;
use super::gabarit::{Gabarit, Lettre};
use super::pied::Pourquoi;
use crate::acces::navigateurs::{self, CONFIANCE_JOURS, LIEN_MINUTES};
use crate::acces::preuves::MINUTES;
use crate::contexte::Contexte;
use crate::socle::outils::Reglages;
use crate::socle::temps;
use domain::chemin::Chemin;
use domain::francais;
use domain::ids::ConfirmationId;
use domain::rendez_vous::Horaire;

/// Composes the mail of a link. `None` once it has served or expired, or once nobody waits any more.
///
/// # Errors
/// The database failed, or the link can't be read.
pub(super) async fn composer(
    contexte: &Contexte,
    id: ConfirmationId,
) -> Result<Option<Lettre>, EchecEnvoi> {
    let Some(lu) = navigateurs::a_envoyer(contexte, id).await? else { return Ok(None) };
    let quand = Horaire { local: temps::a_paris(lu.session.cree_le), fuseau: None };
    let reglages = &contexte.outils.reglages;
    let attend = (lu.session.navigateur.as_str(), &quand);
    let rediger = if lu.preuve { demander_la_preuve } else { rediger };
    Ok(Some(rediger(reglages, attend, &lu.jeton, lu.email)))
}

fn avec(navigateur: &str) -> String {
    match navigateur {
        "" => String::new(),
        navigateur => format!(" avec {navigateur}"),
    }
}

/// `navigateur`, `quand`: what waits; `jeton`: what the link holds.
pub(super) fn rediger(
    reglages: &Reglages,
    (navigateur, quand): (&str, &Horaire),
    jeton: &str,
    a: String,
) -> Lettre {
    let site = &reglages.nom;
    let avec = avec(navigateur);
    let oubli = absolue(&reglages.app_url, Chemin::MotDePasseOublie.patron());
    let lien = Chemin::LienDeConfirmation(jeton).to_string();
    Gabarit::new("Confirmez que c'est bien vous".to_owned())
        .dit(format!(
            "Une session de votre compte {a} a été ouverte sur {site}{avec}, le {}. Avant d'ouvrir les dossiers, confirmez que c'est bien vous\u{a0}: ce navigateur n'aura plus à le faire pendant {CONFIANCE_JOURS}\u{a0}jours.",
            francais::date_heure(quand)
        ))
        .bouton(&absolue(&reglages.app_url, &lien), "Confirmer que c'est moi")
        .dit(format!("Ce lien sert une seule fois et reste valable {LIEN_MINUTES}\u{a0}minutes."))
        .dit(format!(
            "Si ce n'est pas vous, n'ouvrez pas ce lien et ne donnez aucun code à personne\u{a0}: quelqu'un connaît votre mot de passe. Choisissez-en un autre aussitôt\u{a0}: {oubli}"
        ))
        .signe(&equipe(site))
        .pour(a, site, &Pourquoi::ADonneSonAdresse { site })
}

/// The same, before what changes how an account is opened, or erases it.
pub(super) fn demander_la_preuve(
    reglages: &Reglages,
    (navigateur, quand): (&str, &Horaire),
    jeton: &str,
    a: String,
) -> Lettre {
    let (site, avec) = (&reglages.nom, avec(navigateur));
    let oubli = absolue(&reglages.app_url, Chemin::MotDePasseOublie.patron());
    let lien = Chemin::LienDeConfirmation(jeton).to_string();
    Gabarit::new("Confirmez que c'est bien vous".to_owned())
        .dit(format!(
            "Dans une session de votre compte {a} ouverte sur {site}{avec}, le {}, vous avez demandé à changer ce qui ouvre ce compte ou à l'effacer. Confirmez que c'est bien vous\u{a0}: vous aurez ensuite {MINUTES}\u{a0}minutes pour le faire.",
            francais::date_heure(quand)
        ))
        .bouton(&absolue(&reglages.app_url, &lien), "Confirmer que c'est moi")
        .dit(format!("Ce lien sert une seule fois et reste valable {LIEN_MINUTES}\u{a0}minutes."))
        .dit(format!(
            "Si ce n'est pas vous, n'ouvrez pas ce lien et ne donnez aucun code à personne\u{a0}: quelqu'un utilise votre session. Choisissez aussitôt un nouveau mot de passe, toutes les sessions seront fermées\u{a0}: {oubli}"
        ))
        .signe(&equipe(site))
        .pour(a, site, &Pourquoi::ADonneSonAdresse { site })
}
