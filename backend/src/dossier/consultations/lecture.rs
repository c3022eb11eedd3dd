//! « Consultations »: who looked at the dossiers of a démarche, for its administrateurs.

use crate::acces::autorisations;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::{compte, consultation};
use domain::consultation::Acte;
use domain::francais;
use domain::ids::{CompteId, DemarcheNumero, DossierNumero};
use domain::role::Acteur;
use domain::tableur;
use domain::vues::{ConsultationVue, Consultations, FiltresConsultations, Page};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use std::collections::HashMap;

/// How many a page shows.
const PAR_PAGE: u64 = 50;

/// How many lines of the table are read at once.
const PAR_TRANCHE: u64 = 1_000;

/// A page, the latest first. `page` from 1.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    filtres: FiltresConsultations,
    page: u64,
) -> Result<Consultations, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let pagination = choix(db, numero, &filtres).await?.paginate(db, PAR_PAGE);
    let total = pagination.num_items_and_pages().await?;
    let pages = total.number_of_pages.max(1);
    let page = page.clamp(1, pages);
    let lues = pagination.fetch_page(page - 1).await?;
    let elements = montrer(db, lues).await?;
    let lignes = Page { elements, numero: page, pages, total: total.number_of_items };
    Ok(Consultations { numero, titre: demarche.titre, filtres, lignes })
}

/// Those of a démarche that filters leave. What is no number and nobody's address leaves nothing.
async fn choix(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
    filtres: &FiltresConsultations,
) -> Result<Select<consultation::Entity>, Echec> {
    let mut choix = consultation::Entity::find()
        .filter(consultation::Column::Demarche.eq(numero))
        .order_by_desc(consultation::Column::Id);
    let dossier = filtres.dossier.trim();
    if !dossier.is_empty() {
        let dossier = dossier.parse().unwrap_or(DossierNumero(0));
        choix = choix.filter(consultation::Column::Dossier.eq(dossier));
    }
    let personne = filtres.personne.trim();
    if !personne.is_empty() {
        let compte = compte::par_email(db, personne).await?;
        let compte = compte.map_or(CompteId(0), |compte| compte.id);
        choix = choix.filter(consultation::Column::Compte.eq(compte));
    }
    Ok(choix)
}

async fn montrer(
    db: &impl ConnectionTrait,
    lignes: Vec<consultation::Model>,
) -> Result<Vec<ConsultationVue>, Echec> {
    let comptes = lignes.iter().filter_map(|ligne| ligne.compte);
    let emails: HashMap<CompteId, String> = compte::Entity::find()
        .filter(compte::Column::Id.is_in(comptes))
        .all(db)
        .await?
        .into_iter()
        .map(|compte| (compte.id, compte::montree(&compte.email)))
        .collect();
    let qui = |compte: CompteId| {
        emails.get(&compte).cloned().unwrap_or_else(|| "Compte supprimé".to_owned())
    };
    Ok(lignes
        .into_iter()
        .map(|ligne| ConsultationVue {
            id: ligne.id,
            le: temps::a_paris(ligne.le),
            qui: ligne.compte.map(qui).unwrap_or_default(),
            dossier: ligne.dossier,
            acte: Acte::from_code(&ligne.quoi).map_or(ligne.quoi, |acte| acte.libelle().to_owned()),
        })
        .collect())
}

/// The titles of the table.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn entete(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<String, Echec> {
    autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let titres = ["Rang", "Date", "Heure", "Personne", "Dossier", "Consultation"];
    // So that office software reads accents.
    Ok(format!("\u{feff}{}", tableur::ligne(&titres.map(ToOwned::to_owned))))
}

/// The next lines of the table, those before the row `avant`; and where those after them begin.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn tranche(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    filtres: &FiltresConsultations,
    avant: i64,
) -> Result<(String, Option<i64>), Echec> {
    autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let lues = choix(db, numero, filtres)
        .await?
        .filter(consultation::Column::Id.lt(avant))
        .limit(PAR_TRANCHE)
        .all(db)
        .await?;
    let suite = lues.last().map(|ligne| ligne.id);
    let texte = montrer(db, lues).await?.into_iter().map(|vue| {
        tableur::ligne(&[
            vue.id.to_string(),
            francais::date_courte(vue.le.date()),
            francais::heure(vue.le),
            vue.qui,
            vue.dossier.map(|dossier| dossier.to_string()).unwrap_or_default(),
            vue.acte,
        ])
    });
    Ok((texte.collect(), suite))
}
