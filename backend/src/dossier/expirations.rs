//! Dossiers en construction expire ([`domain::conservation`]): their usager and their instructeurs are told two weeks
//! before, either may have them kept a month more, then they go where usagers' deleted dossiers go.

use crate::acces::autorisations;
use crate::rendez_vous::propositions::{self, Retrait};
use crate::rendez_vous::tag::{self, Synthese};
use crate::socle::base::{Base, Ecriture};
use crate::socle::changement::Changement;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::socle::temps;
use crate::socle::verrous;
use crate::tables::{demarche, dossier, groupe, rendez_vous, suivi};
use crate::taches::{self, Courriel};
use chrono::{DateTime, Days, Duration, Months, NaiveDate, Utc};
use domain::Erreur;
use domain::conservation::{Conservation, Expiration, PREAVIS_JOURS};
use domain::dossier::{EtatDossier, Tag};
use domain::ids::{CompteId, DossierNumero};
use domain::journal::Action;
use domain::role::Role;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::BTreeSet;

/// How many dossiers are looked at together.
const LOT: u64 = 500;

/// Months have not all as many days: what is looked for in the database is a little more than what is due.
const MARGE_JOURS: i64 = 4;

/// Instructeurs get one mail for all the dossiers told of within that time, in minutes.
const RASSEMBLER_MINUTES: i64 = 10;

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bilan {
    /// People were told of these.
    pub annonces: usize,
    /// These have expired.
    pub expires: usize,
}

/// When a dossier expires; `None` unless it is en construction. `mois`: what its démarche is set to.
///
/// # Errors
/// Its row holds what this version does not know.
pub(crate) fn de(
    dossier: &dossier::Model,
    mois: i32,
    synthese: Option<&Synthese>,
    maintenant: DateTime<Utc>,
) -> Result<Option<Expiration>, Echec> {
    let aujourdhui = temps::a_paris(maintenant).date();
    Ok(conservation(dossier, mois, synthese)?.map(|c| c.expiration(aujourdhui)))
}

fn conservation(
    dossier: &dossier::Model,
    mois: i32,
    synthese: Option<&Synthese>,
) -> Result<Option<Conservation>, Echec> {
    if dossier.etat != EtatDossier::EnConstruction {
        return Ok(None);
    }
    let mois = u32::try_from(mois)
        .map_err(|_| Echec::illisible("demarches", "conservation_mois", dossier.demarche))?;
    let pris = synthese.filter(|synthese| synthese.tag == Some(Tag::RdvPris));
    Ok(Some(Conservation {
        depose_le: temps::a_paris(dossier.depose_le).date(),
        mois,
        garde_jusqu_au: dossier.garde_jusqu_au,
        annoncee: dossier.expiration_annoncee_le.is_some(),
        rendez_vous: pris.and_then(|s| s.a_montrer.as_ref()).map(|rdv| rdv.horaire.local.date()),
    }))
}

/// « Conserver un mois de plus », from either side. Once it is kept, asking again changes nothing.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::EtatChange`] when it is no longer en construction.
pub async fn prolonger(c: &Changement<'_>, numero: DossierNumero, cote: Role) -> Result<(), Echec> {
    verrous::dossier(&c.tx, numero).await?;
    let dossier = match cote {
        Role::Usager => autorisations::dossier_de_l_usager(&c.tx, c.acteur, numero).await?,
        Role::Instructeur => {
            autorisations::dossier_de_l_instructeur(&c.tx, c.acteur, numero).await?
        }
        Role::Administrateur => return Err(Erreur::Introuvable.into()),
    };
    let Some(conservation) = lire(&c.tx, &dossier, c.maintenant).await? else {
        return Err(Erreur::EtatChange(dossier.etat).into());
    };
    let aujourdhui = temps::a_paris(c.maintenant).date();
    if !conservation.expiration(aujourdhui).bientot {
        return Ok(());
    }
    let sujets = dossier::sujets(&dossier);
    garder(&c.tx, dossier, conservation.prolongation(aujourdhui)).await?;
    c.noter(Action::ConservationProlongee, numero).await?;
    c.annoncer(&sujets).await
}

/// What was restored, or goes back en construction, is not about to expire again at once.
pub(crate) async fn laisser_un_mois(
    c: &Changement<'_>,
    numero: DossierNumero,
) -> Result<(), Echec> {
    let Some(dossier) = dossier::Entity::find_by_id(numero).one(&c.tx).await? else {
        return Ok(());
    };
    let aujourdhui = temps::a_paris(c.maintenant).date();
    let annonce = dossier.expiration_annoncee_le.is_some();
    match lire(&c.tx, &dossier, c.maintenant).await? {
        Some(conservation) if annonce || conservation.expiration(aujourdhui).bientot => {
            let prolongation = conservation.prolongation(aujourdhui);
            garder(&c.tx, dossier, prolongation).await
        }
        _ => Ok(()),
    }
}

async fn garder(
    db: &impl ConnectionTrait,
    dossier: dossier::Model,
    jusqu_au: NaiveDate,
) -> Result<(), Echec> {
    let mut change = dossier.into_active_model();
    change.garde_jusqu_au = Set(Some(jusqu_au));
    change.expiration_annoncee_le = Set(None);
    change.update(db).await?;
    Ok(())
}

/// Does what is due: takes back what was said and is no longer so, lets expire, tells of what will. Each dossier in a
/// change of its own; one that can't be treated does not keep the others.
///
/// # Errors
/// The database failed.
pub async fn passer(base: &Base, maintenant: DateTime<Utc>) -> Result<Bilan, Echec> {
    let mut bilan = Bilan::default();
    for numero in annonces(base.lire()).await? {
        if bien(numero, echeance(base, numero, maintenant).await) == Some(true) {
            bilan.expires += 1;
        }
    }
    for mois in durees(base.lire()).await? {
        loop {
            let a_voir = bientot(base.lire(), mois, maintenant).await?;
            let mut dits = 0;
            for numero in &a_voir {
                if bien(*numero, annoncer(base, *numero, maintenant).await) == Some(true) {
                    dits += 1;
                }
            }
            bilan.annonces += dits;
            // What is left is not due yet, or can't be treated: it waits for the next time.
            if dits == 0 || a_voir.len() < usize::try_from(LOT).unwrap_or(usize::MAX) {
                break;
            }
        }
    }
    Ok(bilan)
}

fn bien(numero: DossierNumero, resultat: Result<bool, Echec>) -> Option<bool> {
    resultat
        .inspect_err(|erreur| tracing::error!(dossier = %numero, %erreur, "an expiry failed"))
        .ok()
}

/// The dossiers whose people were told.
async fn annonces(db: &impl ConnectionTrait) -> Result<Vec<DossierNumero>, Echec> {
    Ok(en_construction()
        .filter(dossier::Column::ExpirationAnnonceeLe.is_not_null())
        .select_only()
        .column(dossier::Column::Numero)
        .into_tuple()
        .all(db)
        .await?)
}

fn en_construction() -> sea_orm::Select<dossier::Entity> {
    dossier::visibles().filter(dossier::Column::Etat.eq(EtatDossier::EnConstruction))
}

/// The durations that démarches are set to.
async fn durees(db: &impl ConnectionTrait) -> Result<Vec<i32>, Echec> {
    Ok(demarche::Entity::find()
        .select_only()
        .column(demarche::Column::ConservationMois)
        .distinct()
        .into_tuple()
        .all(db)
        .await?)
}

/// Dossiers kept `mois` months that may have to be told of, the oldest first.
async fn bientot(
    db: &impl ConnectionTrait,
    mois: i32,
    maintenant: DateTime<Utc>,
) -> Result<Vec<DossierNumero>, Echec> {
    let preavis = temps::a_paris(maintenant).date() + Days::new(PREAVIS_JOURS);
    let mois_u32 =
        u32::try_from(mois).map_err(|_| Echec::Inutilisable("duration of a démarche"))?;
    let fin = maintenant + Duration::days(i64::try_from(PREAVIS_JOURS).unwrap_or(0) + MARGE_JOURS);
    let Some(avant) = fin.checked_sub_months(Months::new(mois_u32)) else { return Ok(vec![]) };
    let demarches = Query::select()
        .column(demarche::Column::Numero)
        .from(demarche::Entity)
        .and_where(demarche::Column::ConservationMois.eq(mois))
        .to_owned();
    let pas_garde = Condition::any()
        .add(dossier::Column::GardeJusquAu.is_null())
        .add(dossier::Column::GardeJusquAu.lte(preavis));
    let attendu = Query::select()
        .expr(Expr::val(1))
        .from_subquery(rendez_vous::a_venir(maintenant), Alias::new("attendus"))
        .and_where(
            Expr::col((Alias::new("attendus"), Alias::new("dossier")))
                .equals((Alias::new("dossiers"), Alias::new("numero"))),
        )
        .to_owned();
    Ok(en_construction()
        .filter(dossier::Column::DeposeLe.lt(avant))
        .filter(dossier::Column::ExpirationAnnonceeLe.is_null())
        .filter(dossier::Column::Demarche.in_subquery(demarches))
        .filter(pas_garde)
        .filter(Expr::not_exists(attendu))
        .order_by_asc(dossier::Column::DeposeLe)
        .limit(LOT)
        .select_only()
        .column(dossier::Column::Numero)
        .into_tuple()
        .all(db)
        .await?)
}

/// Begins a change with the lock of a dossier, so that nobody prolongs what expires; `None` when nothing can expire.
async fn examiner(
    base: &Base,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<Option<(Ecriture, dossier::Model, Conservation)>, Echec> {
    let tx = base.ecrire().await?;
    let dossier = verrous::dossier(&tx, numero).await?;
    let Some(dossier) = dossier.filter(|dossier| dossier.supprime_le.is_none()) else {
        return Ok(None);
    };
    let conservation = lire(&tx, &dossier, maintenant).await?;
    Ok(conservation.map(|conservation| (tx, dossier, conservation)))
}

async fn lire(
    db: &impl ConnectionTrait,
    dossier: &dossier::Model,
    maintenant: DateTime<Utc>,
) -> Result<Option<Conservation>, Echec> {
    let demarche = dossier::demarche(db, dossier).await?;
    let synthese = tag::synthese(db, dossier.numero, maintenant).await?;
    conservation(dossier, demarche.conservation_mois, Some(&synthese))
}

/// Tells the people of a dossier that it will expire; gives whether it was due.
async fn annoncer(
    base: &Base,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<bool, Echec> {
    let Some((tx, dossier, conservation)) = examiner(base, numero, maintenant).await? else {
        return Ok(false);
    };
    let aujourdhui = temps::a_paris(maintenant).date();
    if !conservation.a_annoncer(aujourdhui) {
        return Ok(false);
    }
    let sujets = dossier::sujets(&dossier);
    let demarche = dossier.demarche;
    let instructeurs = instructeurs(&tx, &dossier).await?;
    let mut change = dossier.into_active_model();
    change.garde_jusqu_au = Set(Some(conservation.expiration(aujourdhui).le));
    change.expiration_annoncee_le = Set(Some(maintenant));
    change.update(&tx).await?;
    taches::ajouter(&tx, &Courriel::Expiration { dossier: numero }, maintenant).await?;
    let rassemble = maintenant + Duration::minutes(RASSEMBLER_MINUTES);
    for compte in instructeurs {
        let tache = Courriel::Expirants { demarche, compte };
        taches::ajouter_une_fois(&tx, &tache, rassemble).await?;
    }
    journal::noter(&tx, None, Action::ExpirationAnnoncee, numero, None, maintenant).await?;
    direct::annoncer(&tx, &sujets, maintenant).await?;
    tx.valider().await?;
    Ok(true)
}

/// Those who follow a dossier; its whole groupe when nobody does.
async fn instructeurs(
    db: &impl ConnectionTrait,
    dossier: &dossier::Model,
) -> Result<BTreeSet<CompteId>, Echec> {
    let suiveurs = suivi::suiveurs(db, dossier.numero).await?;
    let membres = groupe::membres(db, dossier.groupe).await?;
    let suivi = |compte: &CompteId| suiveurs.contains(compte);
    let personne = !membres.iter().any(suivi);
    Ok(membres.into_iter().filter(|compte| personne || suivi(compte)).collect())
}

/// What becomes of a dossier whose people were told: gives whether it has expired.
async fn echeance(
    base: &Base,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<bool, Echec> {
    let Some((tx, dossier, conservation)) = examiner(base, numero, maintenant).await? else {
        return Ok(false);
    };
    let aujourdhui = temps::a_paris(maintenant).date();
    let (expire, tue) = (conservation.expire(aujourdhui), conservation.a_taire(aujourdhui));
    if !expire && !tue {
        return Ok(false);
    }
    let sujets = dossier::sujets(&dossier);
    let mut change = dossier.clone().into_active_model();
    change.expiration_annoncee_le = Set(None);
    if expire {
        change.supprime_le = Set(Some(maintenant));
    }
    change.update(&tx).await?;
    if expire {
        propositions::retirer_l_ouverte(&tx, &dossier, Retrait::SansSuite, maintenant).await?;
        taches::ajouter(&tx, &Courriel::Expire { dossier: numero }, maintenant).await?;
        journal::noter(&tx, None, Action::DossierExpire, numero, None, maintenant).await?;
    }
    direct::annoncer(&tx, &sujets, maintenant).await?;
    tx.valider().await?;
    Ok(expire)
}
