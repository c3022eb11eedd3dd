//! The instructeur's list of dossiers: tabs, search, filters, order, pages, and what is done to several.
//!
//! A page is read by its place in an index (« after this dossier »), never by counting what comes before: it
//! takes the same time at the millionth dossier as at the first.

pub(crate) mod criteres;
pub mod effectifs;
pub mod export;
pub(crate) mod lecteur;
pub mod lots;
mod onglets;
mod page;
pub mod rangements;
pub mod recherche;

use self::criteres::Choix;
use crate::acces::autorisations;
use crate::liste::lecteur::Lecteur;
use crate::rendez_vous::nouveautes;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::tables::{colonnes, demarche, dossier, groupe, suivi};
use chrono::{DateTime, Utc};
use domain::cle::CleDeFormulaire;
use domain::ids::{AgendaId, DemarcheNumero, DossierNumero, GroupeId};
use domain::liste::{Borne, Colonne, Filtres, Onglet};
use domain::role::Acteur;
use domain::vues::DemarcheInstructeur;
use sea_orm::sea_query::{Expr, OnConflict, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

/// A démarche and the page of its dossiers that `filtres` says.
///
/// # Errors
/// [`domain::Erreur::Introuvable`] for those who examine none of its dossiers.
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    filtres: Filtres,
    maintenant: DateTime<Utc>,
) -> Result<DemarcheInstructeur, Echec> {
    let Ouverte { demarche, noms, colonnes, agenda, rdv_visible, rdv_non_vus } =
        Ouverte::lire(db, acteur, numero).await?;
    let groupes: Vec<GroupeId> = noms.iter().map(|(id, _)| *id).collect();
    let conservation_mois = demarche.conservation_mois;
    let lecteur = Lecteur { acteur, groupes: &groupes, conservation_mois, maintenant };
    let onglets::Comptes { onglets: comptes, a_rattacher } =
        onglets::compter(db, &lecteur, agenda).await?;
    let choix = Choix::lire(db, &lecteur, &filtres).await?;
    // What a tab holds is known without counting it.
    let total = if filtres.choisissent() {
        page::compter(db, &choix).await?
    } else {
        comptes.iter().find(|(onglet, _)| *onglet == filtres.onglet).map(|(_, combien)| *combien)
    };
    Ok(DemarcheInstructeur {
        numero,
        titre: demarche.titre,
        rdv_visible,
        rdv_non_vus,
        a_rattacher,
        rdv_active: demarche.rdv_active,
        comptes,
        colonnes,
        dossiers: page::lire(db, &lecteur, &filtres, &choix, &noms, total).await?,
        groupes: noms,
        filtres,
        cle: CleDeFormulaire::default(),
    })
}

/// What is read of a démarche before her dossiers.
struct Ouverte {
    demarche: demarche::Model,
    noms: Vec<(GroupeId, String)>,
    colonnes: Vec<Colonne>,
    agenda: Option<AgendaId>,
    rdv_visible: bool,
    rdv_non_vus: bool,
}

/// The same, of one groupe.
#[derive(FromQueryResult)]
struct GroupeLu {
    id: GroupeId,
    nom: String,
    #[sea_orm(nested(prefix = "demarche_"))]
    demarche: demarche::Model,
    choix: Option<String>,
    agenda_permis: bool,
    #[sea_orm(nested)]
    rendez_vous: nouveautes::DuGroupe,
}

impl Ouverte {
    async fn lire(
        db: &impl ConnectionTrait,
        acteur: &Acteur,
        numero: DemarcheNumero,
    ) -> Result<Self, Echec> {
        let choix = Query::select()
            .column(colonnes::Column::Choix)
            .from(colonnes::Entity)
            .and_where(colonnes::Column::Demarche.eq(numero))
            .and_where(colonnes::Column::Compte.eq(acteur.compte))
            .to_owned();
        let le_sien = Expr::col(demarche::Column::Organisation.as_column_ref());
        let permis = Expr::from(autorisations::est_permis(&le_sien));
        let groupes = autorisations::groupes_de_la_demarche(acteur, numero)
            .expr_as(choix, "choix")
            .expr_as(permis, "agenda_permis");
        let groupes = nouveautes::DuGroupe::avec(groupes, acteur.compte, numero);
        let lus = groupes.into_model::<GroupeLu>().all(db).await?;
        let un = |de: fn(&nouveautes::DuGroupe) -> bool| lus.iter().any(|lu| de(&lu.rendez_vous));
        let (ont, non_vus) =
            (un(nouveautes::DuGroupe::a_des_rendez_vous), un(nouveautes::DuGroupe::non_vu));
        let noms = lus.iter().map(|lu| (lu.id, lu.nom.clone())).collect();
        let Some(premier) = lus.into_iter().next() else {
            return Err(autorisations::pas_suivie(db, acteur, numero).await);
        };
        let GroupeLu { demarche, choix, agenda_permis, .. } = premier;
        Ok(Self {
            rdv_visible: demarche.rdv_active || ont,
            rdv_non_vus: non_vus,
            agenda: autorisations::agenda_lu(&demarche, agenda_permis),
            colonnes: montrees(choix.as_deref()),
            noms,
            demarche,
        })
    }
}

/// What « Démarches » says of the list: how many dossiers each tab has, and whether one that the reader follows has
/// something new.
pub(crate) async fn en_bref(
    db: &impl ConnectionTrait,
    lecteur: &Lecteur<'_>,
) -> Result<(Vec<(Onglet, u64)>, bool), Echec> {
    let nouveau = dossier::visibles()
        .filter(dossier::Column::Groupe.is_in(lecteur.groupes.iter().copied()))
        .filter(dossier::Column::Numero.in_subquery(suivi::nouveaux(lecteur.acteur.compte)))
        .one(db)
        .await?;
    Ok((onglets::compter(db, lecteur, None).await?.onglets, nouveau.is_some()))
}

/// How many numbers are read at a time.
const NUMEROS: usize = 500;

/// The next dossiers that `filtres` leave in the list of a démarche, in its order, and where those after them begin;
/// `None` after the last one.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub(crate) async fn numeros(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    filtres: &Filtres,
    maintenant: DateTime<Utc>,
) -> Result<(Vec<DossierNumero>, Option<Filtres>), Echec> {
    let (demarche, groupes) = autorisations::demarche_de_l_instructeur(db, acteur, numero).await?;
    let conservation_mois = demarche.conservation_mois;
    let lecteur = Lecteur { acteur, groupes: &groupes, conservation_mois, maintenant };
    let choix = Choix::lire(db, &lecteur, filtres).await?;
    let (lus, _, encore) = page::dossiers(db, &lecteur, filtres, &choix, NUMEROS).await?;
    let numeros: Vec<DossierNumero> = lus.iter().map(|lu| lu.numero).collect();
    let suite = numeros
        .last()
        .filter(|_| encore)
        .map(|dernier| Filtres { borne: Some(Borne::Apres(*dernier)), ..filtres.clone() });
    Ok((numeros, suite))
}

/// How many dossiers each tab of a démarche has.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn comptes(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    maintenant: DateTime<Utc>,
) -> Result<Vec<(Onglet, u64)>, Echec> {
    let (demarche, groupes) = autorisations::demarche_de_l_instructeur(db, acteur, numero).await?;
    let conservation_mois = demarche.conservation_mois;
    let lecteur = Lecteur { acteur, groupes: &groupes, conservation_mois, maintenant };
    Ok(onglets::compter(db, &lecteur, None).await?.onglets)
}

async fn noms_des_groupes(
    db: &impl ConnectionTrait,
    groupes: &[GroupeId],
) -> Result<Vec<(GroupeId, String)>, Echec> {
    Ok(groupe::Entity::find()
        .filter(groupe::Column::Id.is_in(groupes.iter().copied()))
        .order_by_asc(groupe::Column::Nom)
        .order_by_asc(groupe::Column::Id)
        .all(db)
        .await?
        .into_iter()
        .map(|groupe| (groupe.id, groupe.nom))
        .collect())
}

/// The columns that one chose, in the order of the screen.
pub(crate) async fn colonnes_choisies(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<Vec<Colonne>, Echec> {
    let choix = colonnes::Entity::find_by_id((numero, acteur.compte)).one(db).await?;
    Ok(montrees(choix.as_ref().map(|choix| choix.choix.as_str())))
}

/// How many dossiers `filtres` leave in the list of a démarche, whatever their number.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub(crate) async fn combien(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    filtres: &Filtres,
    maintenant: DateTime<Utc>,
) -> Result<u64, Echec> {
    let (demarche, groupes) = autorisations::demarche_de_l_instructeur(db, acteur, numero).await?;
    let conservation_mois = demarche.conservation_mois;
    let lecteur = Lecteur { acteur, groupes: &groupes, conservation_mois, maintenant };
    let choix = Choix::lire(db, &lecteur, filtres).await?;
    Ok(dossier::Entity::find().filter(choix.tout()).count(db).await?)
}

/// Columns as they are stored.
pub(crate) fn codes(colonnes: &[Colonne]) -> String {
    let codes: Vec<&str> = colonnes.iter().map(|colonne| colonne.code()).collect();
    codes.join(" ")
}

/// Reads [`codes`] back, in the order of the screen.
pub(crate) fn colonnes(codes: &str) -> Vec<Colonne> {
    lire_colonnes(codes.split(' '))
}

fn montrees(choix: Option<&str>) -> Vec<Colonne> {
    choix.map_or_else(|| Colonne::DEPART.to_vec(), colonnes)
}

fn lire_colonnes<'a>(codes: impl Iterator<Item = &'a str>) -> Vec<Colonne> {
    let choisies: Vec<Colonne> = codes.filter_map(Colonne::from_code).collect();
    Colonne::TOUS.iter().copied().filter(|colonne| choisies.contains(colonne)).collect()
}

/// « Personnaliser » → « Enregistrer »: the columns that one sees from now on. Unknown ones are left out.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn personnaliser(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    choix: &[String],
) -> Result<(), Echec> {
    autorisations::demarche_de_l_instructeur(&c.tx, c.acteur, numero).await?;
    let choisies = lire_colonnes(choix.iter().map(String::as_str));
    let ligne = colonnes::ActiveModel {
        demarche: Set(numero),
        compte: Set(c.acteur.compte),
        choix: Set(codes(&choisies)),
    };
    colonnes::Entity::insert(ligne)
        .on_conflict(
            OnConflict::columns([colonnes::Column::Demarche, colonnes::Column::Compte])
                .update_column(colonnes::Column::Choix)
                .to_owned(),
        )
        .exec_without_returning(&c.tx)
        .await?;
    Ok(())
}
