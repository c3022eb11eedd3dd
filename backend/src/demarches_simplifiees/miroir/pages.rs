//! Reading a page of dossiers there: less at once when the platform can't make it, and past the one that it can't give at all.

use super::lecture::{self, DossierLu};
use super::requetes::{GroupeDistant, LireMiroir, Liste, Numero, SituerDossier, attendu};
use super::suppressions::Suppressions;
use crate::demarches_simplifiees::client::Distante;
use crate::tables::raccordement;
use chrono::{DateTime, Duration, Utc};
use domain::raccordement::ErreurDistante;
use domain::raccordement::miroir::{PAGE_MAX, agrandir, recul, reduire};

/// By how much deletions are asked for further back than the round before: the platform's clock is not ours, in minutes.
const MARGE_MINUTES: i64 = 60;

/// Where the reading of a raccordement is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// From which change on: the same during a round.
    pub(super) depuis: DateTime<Utc>,
    /// After which dossier.
    pub(super) apres: Option<String>,
    /// How many are asked for at once.
    pub(super) taille: u32,
    /// When the round began.
    pub(super) ronde_le: DateTime<Utc>,
    /// When the last dossier that was read was changed.
    pub(super) lu_jusqu_a: Option<DateTime<Utc>>,
    /// Since when deletions are asked for.
    pub(super) supprimes_depuis: DateTime<Utc>,
}

impl Place {
    /// Where it goes on, or begins another round.
    pub(super) fn de(raccordement: &raccordement::Model, maintenant: DateTime<Utc>) -> Self {
        let origine = raccordement.depuis.unwrap_or(DateTime::UNIX_EPOCH);
        let commence = raccordement.ronde_le.is_none();
        let dernier = raccordement.lu_jusqu_a.filter(|_| commence);
        let (depuis, apres) = match dernier.and_then(|dernier| recul(dernier, maintenant)) {
            Some(depuis) => (depuis, None),
            None => (origine, raccordement.curseur.clone()),
        };
        let supprimes = raccordement.suppressions_depuis.unwrap_or(raccordement.commence_le);
        let taille = u32::try_from(raccordement.taille_page).unwrap_or(PAGE_MAX);
        Self {
            depuis,
            apres,
            taille: taille.clamp(1, PAGE_MAX),
            ronde_le: raccordement.ronde_le.unwrap_or(maintenant),
            lu_jusqu_a: raccordement.lu_jusqu_a,
            supprimes_depuis: supprimes - Duration::minutes(MARGE_MINUTES),
        }
    }
}

/// What surrounds the dossiers of a démarche.
#[derive(Debug)]
pub(super) struct Entourage {
    pub(super) groupes: Vec<GroupeDistant>,
    pub(super) suppressions: Suppressions,
}

/// A page of dossiers.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) dossiers: Vec<DossierLu>,
    /// The numbers there of those that could not be read, and why.
    pub(super) ecartes: Vec<(i64, ErreurDistante)>,
    /// Where the next one begins.
    pub(super) ensuite: Place,
    /// Whether there is a next one.
    pub(super) encore: bool,
    /// What surrounds them, when it was asked for with them.
    pub(super) entourage: Option<Entourage>,
}

/// The page that begins at `place`; with `entourage`, all that surrounds the dossiers too.
///
/// # Errors
/// [`ErreurDistante`], unless asking for less helps.
pub(super) async fn lire(
    distante: &Distante,
    numero: i64,
    place: &Place,
    mut entourage: bool,
) -> Result<Page, ErreurDistante> {
    let mut seul = None;
    let mut taille = place.taille;
    loop {
        let demande = Demande { dossiers: Some(taille), entourage, ..Demande::en(place) };
        match demande.faire(distante, numero).await {
            Ok((liste, lu)) => {
                let page = page(attendu(liste)?, place, taille);
                return Ok(Page { entourage: lu.or(seul), ..page });
            }
            // Is it the dossiers, or what surrounds them?
            Err(erreur) if erreur.trop_a_la_fois() && entourage => {
                let demande = Demande { entourage: true, ..Demande::en(place) };
                seul = demande.faire(distante, numero).await?.1;
                entourage = false;
            }
            Err(erreur) if erreur.trop_a_la_fois() => match reduire(taille) {
                Some(moitie) => taille = moitie,
                None => {
                    let page = passer(distante, numero, place, erreur).await?;
                    return Ok(Page { entourage: seul, ..page });
                }
            },
            Err(erreur) => return Err(erreur),
        }
    }
}

/// What is asked at once.
struct Demande<'a> {
    place: &'a Place,
    dossiers: Option<u32>,
    entourage: bool,
}

impl<'a> Demande<'a> {
    const fn en(place: &'a Place) -> Self {
        Self { place, dossiers: None, entourage: false }
    }

    async fn faire(
        &self,
        distante: &Distante,
        numero: i64,
    ) -> Result<(Option<Liste<serde_json::Value>>, Option<Entourage>), ErreurDistante> {
        let mut requete = LireMiroir {
            numero,
            combien: self.dossiers.unwrap_or(PAGE_MAX),
            depuis: self.place.depuis,
            apres: self.place.apres.as_deref(),
            dossiers: self.dossiers.is_some(),
            entourage: self.entourage,
            supprimes_depuis: self.place.supprimes_depuis,
            attente_apres: None,
            supprimes_apres: None,
        };
        let mut lue = distante.demander(&requete).await?.demarche;
        let dossiers = lue.dossiers.take();
        if !self.entourage {
            return Ok((dossiers, None));
        }
        let groupes = attendu(lue.groupe_instructeurs.take())?;
        let mut suppressions = Suppressions::default();
        requete.dossiers = false;
        let (mut attente, mut supprimes);
        loop {
            let en_attente = attendu(lue.pending_deleted_dossiers.take())?;
            let definitives = attendu(lue.deleted_dossiers.take())?;
            attente = en_attente.suite().map(ToOwned::to_owned);
            supprimes = definitives.suite().map(ToOwned::to_owned);
            // An end that is reached is kept: what is asked for after it is nothing.
            let fin = |liste: &Liste<Numero>| liste.fin().map(ToOwned::to_owned);
            let (fin_attente, fin_supprimes) = (fin(&en_attente), fin(&definitives));
            suppressions.en_attente.extend(en_attente.contenu().map(|n| n.number));
            suppressions.definitives.extend(definitives.contenu().map(|n| n.number));
            if attente.is_none() && supprimes.is_none() {
                return Ok((dossiers, Some(Entourage { groupes, suppressions })));
            }
            let suite = LireMiroir {
                attente_apres: fin_attente.as_deref(),
                supprimes_apres: fin_supprimes.as_deref(),
                ..requete
            };
            lue = distante.demander(&suite).await?.demarche;
        }
    }
}

fn page(liste: Liste<serde_json::Value>, place: &Place, taille: u32) -> Page {
    let encore = liste.suite().is_some();
    // An empty page has no end: one goes on from where one was.
    let apres = liste.fin().map(ToOwned::to_owned).or_else(|| place.apres.clone());
    let mut dossiers = Vec::new();
    let mut ecartes = Vec::new();
    for brut in liste.contenu() {
        match lecture::lire(brut) {
            Ok(lu) => dossiers.push(lu),
            Err(Some(numero)) => ecartes.push((numero, ErreurDistante::Illisible)),
            Err(None) => tracing::warn!("a dossier without a number, in a page of a platform"),
        }
    }
    let dernier = dossiers.iter().map(|lu| lu.modifie_le).max();
    let ensuite = Place {
        apres,
        taille: agrandir(taille),
        lu_jusqu_a: dernier.max(place.lu_jusqu_a),
        ..place.clone()
    };
    Page { dossiers, ecartes, ensuite, encore, entourage: None }
}

/// A page without the dossier that comes first in it, which the platform can't give.
async fn passer(
    distante: &Distante,
    numero: i64,
    place: &Place,
    erreur: ErreurDistante,
) -> Result<Page, ErreurDistante> {
    let requete = SituerDossier { numero, depuis: place.depuis, apres: place.apres.as_deref() };
    let liste = distante.demander(&requete).await?.demarche.dossiers;
    let encore = liste.suite().is_some();
    let apres = liste.fin().map(ToOwned::to_owned).or_else(|| place.apres.clone());
    let ecartes = liste.contenu().map(|dossier| (dossier.number, erreur.clone())).collect();
    let ensuite = Place { apres, taille: 1, ..place.clone() };
    Ok(Page { dossiers: Vec::new(), ecartes, ensuite, encore, entourage: None })
}
