//! Forms with files: their fields become an ordinary form, their files are kept beside.

use super::attente;
use crate::routes::Etat;
use app::ssr::FichiersRecus;
use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use backend::acces::limites;
use backend::acces::tentatives::{Regle, Reseau};
use backend::dossier::examen::avis::expert;
use backend::dossier::pieces::{Fichier, contenus};
use backend::socle::lent;
use backend::{Contexte, Echec};
use domain::ids::CompteId;
use domain::{Erreur, fichier};
use futures_util::{Stream, StreamExt, stream};
use multer::{Constraints, Field, Multipart, SizeLimit};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use url::form_urlencoded::Serializer;

/// What a form without files is.
pub const SANS_FICHIERS: HeaderValue =
    HeaderValue::from_static("application/x-www-form-urlencoded");

/// Beyond it we stop listening, whatever the form says.
const RECU_MAX: u64 = 250_000_000;

/// How much of the files of one form is kept at the same time, in octets.
const GARDE_MAX: usize = 60_000_000;

/// How much is heard at once of somebody who may send nothing yet: a form is read some pieces ahead.
const MORCEAU: usize = 16 * 1024;

/// How many files of one form are looked at.
const FICHIERS_MAX: usize = 100;

/// What separates the parts of the form, when it is one with files.
pub fn limite(entetes: &HeaderMap) -> Option<String> {
    multer::parse_boundary(entetes.get(header::CONTENT_TYPE)?.to_str().ok()?).ok()
}

/// Who sends files.
#[derive(Clone, Copy)]
pub enum Emetteur<'a> {
    /// Somebody who is signed in.
    Compte(CompteId),
    /// The same, who sent too much in a short time: what they typed is shown again.
    Retenu,
    /// Whoever holds the personal link that the form has before its files.
    Lien(&'a Contexte),
    /// Somebody whose session is over: the form has, before its files, what says that it was shown to them.
    SansSession(&'a Etat),
}

/// Counts a form with files, before anything of it is read.
///
/// # Errors
/// [`Erreur::TropVite`].
pub fn compter(contexte: &Contexte, parts: &Parts, compte: Option<CompteId>) -> Result<(), Erreur> {
    let reseau = parts.extensions.get::<Reseau>().map(Reseau::to_string).unwrap_or_default();
    let (tentatives, maintenant) = (&contexte.acces.tentatives, contexte.horloge.maintenant());
    let Some(compte) = compte.map(|compte| compte.to_string()) else {
        return tentatives.compter(limites::ENVOIS_SANS_COMPTE, &[&reseau], maintenant);
    };
    let regles: [(Regle, &[&str]); 2] =
        [(limites::ENVOIS_PAR_RESEAU, &[&reseau]), (limites::ENVOIS_PAR_COMPTE, &[&compte])];
    // It counts, whatever comes of it.
    tentatives.faire(&regles, maintenant).map(drop)
}

impl Emetteur<'_> {
    /// Whether their files are worth keeping, from what was typed before. Those for an opinion that was closed
    /// meanwhile are not, and are read to their end all the same: their sender has a sentence to hear.
    async fn attendu(self, textes: &[(String, String)]) -> Result<bool, StatusCode> {
        let contexte = match self {
            Self::Compte(_) => return Ok(true),
            Self::Retenu => return Ok(false),
            Self::Lien(contexte) => contexte,
            Self::SansSession(etat) => {
                let champs = textes.iter().map(|(nom, valeur)| (nom.as_str(), valeur.as_str()));
                let sien = attente::auteur(etat, champs).is_some();
                return if sien { Ok(true) } else { Err(StatusCode::UNAUTHORIZED) };
            }
        };
        let jeton = textes.iter().find(|(nom, _)| nom == "jeton");
        let jeton = jeton.map_or("", |(_, jeton)| jeton.as_str());
        let maintenant = contexte.horloge.maintenant();
        expert::peut_repondre(contexte.base.lire(), jeton, maintenant).await.map_err(|echec| {
            match echec {
                Echec::Metier(Erreur::Introuvable) => StatusCode::NOT_FOUND,
                _ => StatusCode::SERVICE_UNAVAILABLE,
            }
        })
    }
}

/// Reads all of it. Files that are too large are read to their end and not kept, so that the browser hears
/// our answer. `textes_max`: the most octets for all that was typed, and for all that is heard before it is known
/// that its sender may send files.
///
/// # Errors
/// Too much of it, it was cut, or its sender may send no files.
pub async fn lire(
    limite: &str,
    corps: Body,
    textes_max: usize,
    (recu_par, emetteur): (&Contexte, Emetteur<'_>),
) -> Result<(Bytes, FichiersRecus), StatusCode> {
    lent::hors_ecriture();
    let connu =
        Arc::new(AtomicBool::new(matches!(emetteur, Emetteur::Compte(_) | Emetteur::Retenu)));
    let corps = jusqu_a_savoir(corps, textes_max, Arc::clone(&connu));
    let contraintes = Constraints::new().size_limit(SizeLimit::new().whole_stream(RECU_MAX));
    let mut parties = Multipart::with_constraints(corps, limite, contraintes);
    let mut textes = Vec::new();
    let (mut tape, mut garde) = (0, 0);
    let (mut fichiers, mut attendus) = (Vec::new(), None);
    while let Some(partie) = parties.next_field().await.map_err(|erreur| statut(&erreur))? {
        let nom = partie.name().unwrap_or_default().to_owned();
        match partie.file_name().map(fichier::nom_du_formulaire) {
            Some(fichier) => {
                let attendu = match attendus {
                    Some(attendu) => attendu,
                    None => emetteur.attendu(&textes).await?,
                };
                attendus = Some(attendu);
                connu.store(true, Ordering::Relaxed);
                let place = if attendu { GARDE_MAX.saturating_sub(garde) } else { 0 };
                let contenu = contenu(partie, place).await?;
                garde += contenu.as_ref().map_or(0, Vec::len);
                let choisi = !fichier.is_empty() || contenu.as_ref().is_none_or(|c| !c.is_empty());
                if choisi && fichiers.len() < FICHIERS_MAX {
                    fichiers.push((nom, sceller(recu_par, fichier, contenu).await?));
                }
            }
            None => {
                let place = textes_max.saturating_sub(tape);
                let texte = contenu(partie, place).await?.ok_or(StatusCode::PAYLOAD_TOO_LARGE)?;
                tape += nom.len() + texte.len();
                if tape > textes_max {
                    return Err(StatusCode::PAYLOAD_TOO_LARGE);
                }
                textes.push((nom, String::from_utf8_lossy(&texte).into_owned()));
            }
        }
    }
    let formulaire = Serializer::new(String::new()).extend_pairs(textes).finish();
    Ok((formulaire.into(), FichiersRecus::new(fichiers)))
}

/// As soon as it is there: nobody waits for it to be sealed but who sends it, and it is in memory sealed only.
async fn sceller(
    contexte: &Contexte,
    nom: String,
    contenu: Option<Vec<u8>>,
) -> Result<Fichier, StatusCode> {
    let (coffre, hasard) = (contexte.outils.coffre.clone(), contexte.outils.hasard.clone());
    let scelle = move || Fichier::sceller(&nom, contenu.as_deref(), &coffre, &hasard);
    let scelle = tokio::task::spawn_blocking(scelle).await;
    let scelle = scelle.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    contenus::deposer(contexte, scelle).await.map_err(|echec| {
        tracing::error!(%echec, "a file could not be put in its store");
        StatusCode::SERVICE_UNAVAILABLE
    })
}

/// A body of which about `max` octets are heard, little by little, until it is known that its sender may send files.
fn jusqu_a_savoir(
    corps: Body,
    max: usize,
    connu: Arc<AtomicBool>,
) -> impl Stream<Item = Result<Bytes, Box<dyn std::error::Error + Send + Sync>>> {
    let depart = (corps.into_data_stream(), Bytes::new(), 0_usize);
    stream::unfold(depart, move |(mut corps, mut reste, mut entendu)| {
        let connu = Arc::clone(&connu);
        async move {
            let suite = if reste.is_empty() {
                corps.next().await?.map(|morceau| reste = morceau)
            } else {
                Ok(())
            };
            let morceau = match suite {
                Err(coupe) => Err(coupe.into()),
                Ok(()) if connu.load(Ordering::Relaxed) => Ok(std::mem::take(&mut reste)),
                Ok(()) if entendu > max => Err(Inconnu.into()),
                Ok(()) => {
                    // What was heard is looked at before more is; there is nothing to look at yet at the beginning.
                    if entendu > 0 {
                        tokio::task::yield_now().await;
                    }
                    let morceau = reste.split_to(reste.len().min(MORCEAU));
                    entendu += morceau.len();
                    Ok(morceau)
                }
            };
            Some((morceau, (corps, reste, entendu)))
        }
    })
}

/// Too much was sent by we don't know whom.
#[derive(Debug, thiserror::Error)]
#[error("too much before the files of the form")]
struct Inconnu;

/// What a part holds; `None` when it is too large.
async fn contenu(mut partie: Field<'_>, place: usize) -> Result<Option<Vec<u8>>, StatusCode> {
    let max = place.min(fichier::TAILLE_MAX);
    let mut contenu = Some(Vec::new());
    while let Some(morceau) = partie.chunk().await.map_err(|erreur| statut(&erreur))? {
        contenu = contenu.filter(|c: &Vec<u8>| c.len() + morceau.len() <= max).map(|mut c| {
            c.extend_from_slice(&morceau);
            c
        });
    }
    Ok(contenu)
}

fn statut(erreur: &multer::Error) -> StatusCode {
    match erreur {
        multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => {
            StatusCode::PAYLOAD_TOO_LARGE
        }
        multer::Error::StreamReadFailed(raison) if raison.is::<Inconnu>() => {
            StatusCode::PAYLOAD_TOO_LARGE
        }
        _ => StatusCode::BAD_REQUEST,
    }
}
