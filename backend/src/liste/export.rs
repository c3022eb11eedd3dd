//! « Exporter »: the dossiers that the filters leave, with the columns shown, as a table that office software
//! opens.

use super::criteres::Choix;
use super::{colonnes_choisies, noms_des_groupes, page};
use crate::acces::autorisations;
use crate::liste::lecteur::Lecteur;
use crate::socle::erreur::Echec;
use chrono::{DateTime, NaiveDate, Utc};
use domain::dossier::SANS_REPONSE;
use domain::francais;
use domain::ids::{DemarcheNumero, GroupeId};
use domain::liste::{Borne, Colonne, Filtres};
use domain::role::Acteur;
use domain::tableur::ligne;
use domain::vues::LigneDossier;
use sea_orm::ConnectionTrait;

/// How many dossiers are read at a time.
const PAR_TRANCHE: usize = 500;

/// What a cell of the table holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cellule {
    /// A number.
    Nombre(i64),
    /// A day, when there is one.
    Jour(Option<NaiveDate>),
    /// Words.
    Texte(String),
}

impl Cellule {
    fn en_texte(&self) -> String {
        match self {
            Self::Nombre(nombre) => nombre.to_string(),
            Self::Jour(jour) => jour.map(francais::date_courte).unwrap_or_default(),
            Self::Texte(texte) => texte.clone(),
        }
    }
}

/// Some rows of the table.
pub(crate) struct Tranche {
    pub(crate) lignes: Vec<Vec<Cellule>>,
    /// Where those after them begin; `None` after the last one.
    pub(crate) suite: Option<Filtres>,
    /// The groupes of the reader, whose dossiers they are.
    pub(crate) groupes: Vec<GroupeId>,
}

/// The titles of the columns, in the order of the screen.
pub(crate) fn titres(colonnes: &[Colonne]) -> Vec<String> {
    let mut titres = vec!["N° dossier".to_owned()];
    titres.extend(colonnes.iter().map(|colonne| colonne.libelle().to_owned()));
    titres.extend(["Statut".to_owned(), "Rendez-vous".to_owned()]);
    titres
}

/// The head of the table as text.
pub(crate) fn tete(titres: &[String]) -> String {
    // Without this mark, office software takes UTF-8 for something else.
    format!("\u{feff}{}", ligne(titres))
}

/// Rows of the table as text.
pub(crate) fn texte(lignes: &[Vec<Cellule>]) -> String {
    let une = |cellules: &Vec<Cellule>| {
        let textes: Vec<String> = cellules.iter().map(Cellule::en_texte).collect();
        ligne(&textes)
    };
    lignes.iter().map(une).collect()
}

/// The head of the table: columns, in the order of the screen.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn entete(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<String, Echec> {
    autorisations::demarche_de_l_instructeur(db, acteur, numero).await?;
    Ok(tete(&titres(&colonnes_choisies(db, acteur, numero).await?)))
}

/// The next lines of the table, and where those after them begin; `None` after the last one. `filtres.borne`
/// says where they begin.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn tranche(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    filtres: &Filtres,
    maintenant: DateTime<Utc>,
) -> Result<(String, Option<Filtres>), Echec> {
    let colonnes = colonnes_choisies(db, acteur, numero).await?;
    let lue = lire(db, acteur, numero, filtres, &colonnes, maintenant).await?;
    Ok((texte(&lue.lignes), lue.suite))
}

/// The next rows of the table. `filtres.borne` says where they begin.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub(crate) async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    filtres: &Filtres,
    colonnes: &[Colonne],
    maintenant: DateTime<Utc>,
) -> Result<Tranche, Echec> {
    let (demarche, groupes) = autorisations::demarche_de_l_instructeur(db, acteur, numero).await?;
    let conservation_mois = demarche.conservation_mois;
    let lecteur = Lecteur { acteur, groupes: &groupes, conservation_mois, maintenant };
    let noms = noms_des_groupes(db, &groupes).await?;
    let choix = Choix::lire(db, &lecteur, filtres).await?;
    let (lus, _, encore) = page::dossiers(db, &lecteur, filtres, &choix, PAR_TRANCHE).await?;
    let dernier = lus.last().map(|dossier| dossier.numero);
    let lus = page::lignes(db, &lecteur, lus, &noms).await?;
    let suite = dernier
        .filter(|_| encore)
        .map(|dernier| Filtres { borne: Some(Borne::Apres(dernier)), ..filtres.clone() });
    let lignes = lus.iter().map(|dossier| cellules(dossier, colonnes)).collect();
    Ok(Tranche { lignes, suite, groupes })
}

fn cellules(dossier: &LigneDossier, colonnes: &[Colonne]) -> Vec<Cellule> {
    let mut cellules = vec![Cellule::Nombre(dossier.numero.0)];
    for colonne in colonnes {
        cellules.push(match colonne {
            Colonne::Demandeur => Cellule::Texte(dossier.demandeur.clone()),
            Colonne::Nom => Cellule::Texte(dossier.nom.clone()),
            Colonne::Depot => Cellule::Jour(Some(dossier.depose_le)),
            Colonne::Expiration => Cellule::Jour(dossier.expire_le),
            Colonne::Groupe => Cellule::Texte(dossier.groupe.clone()),
            Colonne::SuiviPar => Cellule::Texte(dossier.suivi_par.join(", ")),
        });
    }
    cellules.push(Cellule::Texte(dossier.etat.libelle().to_owned()));
    let tag = dossier.tag.map(domain::dossier::Tag::libelle);
    let sans_reponse = dossier.sans_reponse.then_some(SANS_REPONSE);
    let signes: Vec<&str> = tag.into_iter().chain(sans_reponse).collect();
    cellules.push(Cellule::Texte(signes.join(", ")));
    cellules
}
