//! « Exporter »: the dossiers that the filters leave, with the columns shown, as a table that office software
//! opens.

use super::criteres::Choix;
use super::{colonnes_choisies, noms_des_groupes, page};
use crate::acces::autorisations;
use crate::liste::lecteur::Lecteur;
use crate::socle::erreur::Echec;
use chrono::{DateTime, Utc};
use domain::dossier::SANS_REPONSE;
use domain::francais;
use domain::ids::DemarcheNumero;
use domain::liste::{Borne, Colonne, Filtres};
use domain::role::Acteur;
use domain::tableur::ligne;
use domain::vues::LigneDossier;
use sea_orm::ConnectionTrait;

/// How many dossiers are read at a time.
const PAR_TRANCHE: usize = 500;

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
    let mut titres = vec!["N° dossier".to_owned()];
    for colonne in colonnes_choisies(db, acteur, numero).await? {
        titres.push(colonne.libelle().to_owned());
    }
    titres.extend(["Statut".to_owned(), "Rendez-vous".to_owned()]);
    // Without this mark, office software takes UTF-8 for something else.
    Ok(format!("\u{feff}{}", ligne(&titres)))
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
    let (demarche, groupes) = autorisations::demarche_de_l_instructeur(db, acteur, numero).await?;
    let conservation_mois = demarche.conservation_mois;
    let lecteur = Lecteur { acteur, groupes: &groupes, conservation_mois, maintenant };
    let noms = noms_des_groupes(db, &groupes).await?;
    let colonnes = colonnes_choisies(db, acteur, numero).await?;
    let choix = Choix::lire(db, &lecteur, filtres).await?;
    let (lus, _, encore) = page::dossiers(db, &lecteur, filtres, &choix, PAR_TRANCHE).await?;
    let dernier = lus.last().map(|dossier| dossier.numero);
    let mut texte = String::new();
    for dossier in page::lignes(db, &lecteur, lus, &noms).await? {
        texte.push_str(&ligne(&cellules(&dossier, &colonnes)));
    }
    let suite = dernier
        .filter(|_| encore)
        .map(|dernier| Filtres { borne: Some(Borne::Apres(dernier)), ..filtres.clone() });
    Ok((texte, suite))
}

fn cellules(dossier: &LigneDossier, colonnes: &[Colonne]) -> Vec<String> {
    let mut cellules = vec![dossier.numero.to_string()];
    for colonne in colonnes {
        cellules.push(match colonne {
            Colonne::Demandeur => dossier.demandeur.clone(),
            Colonne::Nom => dossier.nom.clone(),
            Colonne::Depot => francais::date_courte(dossier.depose_le),
            Colonne::Expiration => dossier.expire_le.map(francais::date_courte).unwrap_or_default(),
            Colonne::Groupe => dossier.groupe.clone(),
            Colonne::SuiviPar => dossier.suivi_par.join(", "),
        });
    }
    cellules.push(dossier.etat.libelle().to_owned());
    let tag = dossier.tag.map(domain::dossier::Tag::libelle);
    let sans_reponse = dossier.sans_reponse.then_some(SANS_REPONSE);
    let signes: Vec<&str> = tag.into_iter().chain(sans_reponse).collect();
    cellules.push(signes.join(", "));
    cellules
}
