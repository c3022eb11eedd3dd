//! Forms with files: their fields become an ordinary form, their files are kept beside.

use app::ssr::FichiersRecus;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use backend::pieces::Fichier;
use domain::fichier;
use multer::{Constraints, Field, Multipart, SizeLimit};
use url::form_urlencoded::Serializer;

/// What a form without files is.
pub const SANS_FICHIERS: HeaderValue =
    HeaderValue::from_static("application/x-www-form-urlencoded");

/// Beyond it we stop listening, whatever the form says.
const RECU_MAX: u64 = 250_000_000;

/// How much of the files of one form is kept at the same time, in octets.
const GARDE_MAX: usize = 60_000_000;

/// How many files of one form are looked at.
const FICHIERS_MAX: usize = 100;

/// What separates the parts of the form, when it is one with files.
pub fn limite(entetes: &HeaderMap) -> Option<String> {
    multer::parse_boundary(entetes.get(header::CONTENT_TYPE)?.to_str().ok()?).ok()
}

/// Reads all of it. Files that are too large are read to their end and not kept, so that the browser hears
/// our answer. `textes_max`: the most octets for all that was typed.
///
/// # Errors
/// Too much of it, or it was cut.
pub async fn lire(
    limite: &str,
    corps: Body,
    textes_max: usize,
) -> Result<(Bytes, FichiersRecus), StatusCode> {
    let contraintes = Constraints::new().size_limit(SizeLimit::new().whole_stream(RECU_MAX));
    let mut parties = Multipart::with_constraints(corps.into_data_stream(), limite, contraintes);
    let mut textes = Vec::new();
    let (mut tape, mut garde) = (0, 0);
    let mut fichiers = Vec::new();
    while let Some(partie) = parties.next_field().await.map_err(|erreur| statut(&erreur))? {
        let nom = partie.name().unwrap_or_default().to_owned();
        match partie.file_name().map(ToOwned::to_owned) {
            Some(fichier) => {
                let contenu = contenu(partie, GARDE_MAX.saturating_sub(garde)).await?;
                garde += contenu.as_ref().map_or(0, Vec::len);
                let choisi = !fichier.is_empty() || contenu.as_ref().is_none_or(|c| !c.is_empty());
                if choisi && fichiers.len() < FICHIERS_MAX {
                    fichiers.push((nom, Fichier { nom: fichier, contenu }));
                }
            }
            None => {
                let texte = partie.text().await.map_err(|erreur| statut(&erreur))?;
                tape += nom.len() + texte.len();
                if tape > textes_max {
                    return Err(StatusCode::PAYLOAD_TOO_LARGE);
                }
                textes.push((nom, texte));
            }
        }
    }
    let formulaire = Serializer::new(String::new()).extend_pairs(textes).finish();
    Ok((formulaire.into(), FichiersRecus::new(fichiers)))
}

/// The content of a file; `None` when it is too large.
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
        _ => StatusCode::BAD_REQUEST,
    }
}
