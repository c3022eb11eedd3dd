//! The link under a mail that lets it stop, for whoever holds it, without an account: its token is sealed, and names a
//! person and what they would not be told of any more. It serves as long as it is kept, and stops nothing else.

use super::gestion::choisir;
use super::reglages;
use crate::contexte::Contexte;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::tables::{compte, demarche};
use domain::Erreur;
use domain::avertissement::{Avertissement, Rythme};
use domain::chemin::Chemin;
use domain::ids::{CompteId, DemarcheNumero};
use domain::sujet::Sujet;
use domain::vues::{DejaFait, Desabonnement, Portee};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde::{Deserialize, Serialize};

/// What a token says. Its name tells it from all else that is sealed.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Jeton {
    #[serde(rename = "desabonnement")]
    V1(CompteId, Portee),
}

/// The longest token that is read, in characters.
const JETON_MAX: usize = 1_000;

/// The address that lets `compte` stop the mails of `portee`.
///
/// # Errors
/// Never in fact: it holds numbers and words.
pub(crate) fn adresse(outils: &Outils, compte: CompteId, portee: Portee) -> Result<String, Echec> {
    let clair = serde_json::to_vec(&Jeton::V1(compte, portee))
        .map_err(|_| Echec::Inutilisable("unsubscription"))?;
    let jeton = hex::encode(outils.coffre.sceller(&clair, &outils.hasard));
    let base = outils.reglages.app_url.as_str().trim_end_matches('/');
    Ok(format!("{base}{}", Chemin::Desabonnement(&jeton)))
}

/// What a token lets stop.
fn ouvrir(outils: &Outils, jeton: &str) -> Result<(CompteId, Portee), Erreur> {
    if jeton.len() > JETON_MAX {
        return Err(Erreur::Introuvable);
    }
    let scelle = hex::decode(jeton).map_err(|_| Erreur::Introuvable)?;
    let clair = outils.coffre.ouvrir(&scelle).map_err(|_| Erreur::Introuvable)?;
    let Jeton::V1(compte, portee) =
        serde_json::from_slice(&clair).map_err(|_| Erreur::Introuvable)?;
    Ok((compte, portee))
}

/// « Ne plus recevoir ces emails »: what the link would stop. Reading changes nothing: mail programs open links.
///
/// # Errors
/// [`Erreur::Introuvable`] for a token that is not ours.
pub async fn lire(
    db: &impl ConnectionTrait,
    outils: &Outils,
    jeton: &str,
) -> Result<Desabonnement, Echec> {
    let (compte, portee) = ouvrir(outils, jeton)?;
    let email = compte::Entity::find_by_id(compte).one(db).await?.ok_or(Erreur::Introuvable)?.email;
    let arrets = arrets(db, compte, &portee).await?;
    let deja = if arrets.is_empty() { DejaFait::Oui } else { DejaFait::Non };
    let mut demarches: Vec<(DemarcheNumero, String, Vec<Avertissement>)> = Vec::new();
    for (numero, titre, quoi) in arrets {
        match demarches.iter_mut().find(|(autre, ..)| *autre == numero) {
            Some((.., siens)) => siens.push(quoi),
            None => demarches.push((numero, titre, vec![quoi])),
        }
    }
    Ok(Desabonnement { email, portee, demarches, deja })
}

/// What would be told no more: démarche, its title, kind of news. Nothing once it is done.
async fn arrets(
    db: &impl ConnectionTrait,
    compte: CompteId,
    portee: &Portee,
) -> Result<Vec<(DemarcheNumero, String, Avertissement)>, Echec> {
    match *portee {
        Portee::Avertissement(quoi, numero) => {
            // Also of a démarche that is theirs no more: should it be so again, they said no.
            let demarche = demarche::Entity::find_by_id(numero).one(db).await?;
            let titre = demarche.ok_or(Erreur::Introuvable)?.titre;
            let reglage = reglages::de(db, numero, quoi, compte).await?;
            let fait = reglage.rythme() == Rythme::Jamais;
            Ok(if fait { vec![] } else { vec![(numero, titre, quoi)] })
        }
        Portee::Recapitulatifs => {
            let mut arrets = Vec::new();
            for (numero, demarche) in reglages::de_la_personne(db, compte).await? {
                for quoi in Avertissement::TOUS {
                    if matches!(demarche.rythme(*quoi), Rythme::Jour | Rythme::Semaine) {
                        arrets.push((numero, demarche.titre.clone(), *quoi));
                    }
                }
            }
            Ok(arrets)
        }
    }
}

/// Stops the mails of a link. Done twice, it is done once.
///
/// # Errors
/// [`Erreur::Introuvable`] for a token that is not ours.
pub async fn arreter(contexte: &Contexte, jeton: &str) -> Result<(), Echec> {
    let (compte, portee) = ouvrir(&contexte.outils, jeton)?;
    let maintenant = contexte.horloge.maintenant();
    let tx = contexte.base.ecrire().await?;
    compte::Entity::find_by_id(compte).one(&tx).await?.ok_or(Erreur::Introuvable)?;
    let arrets = arrets(&tx, compte, &portee).await?;
    let jamais = arrets.into_iter().map(|(numero, _, quoi)| (numero, quoi, Rythme::Jamais));
    choisir(&tx, compte, jamais, maintenant).await?;
    direct::annoncer(&tx, &[Sujet::Compte(compte)], maintenant).await?;
    tx.valider().await
}
