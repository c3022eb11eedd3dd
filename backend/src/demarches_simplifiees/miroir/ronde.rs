//! A round: all that changed there since the one before, page by page. It stops and goes on where it was; each page is written
//! with the place where the next one begins.

use super::pages::{self, Entourage, Page, Place};
use super::requetes::CompterDossiers;
use super::{dossiers, ecarts, groupes, relecture, suppressions};
use crate::contexte::Contexte;
use crate::demarches_simplifiees::client::Distante;
use crate::demarches_simplifiees::raccordement::ouvrir;
use crate::socle::bail;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::lent;
use crate::socle::verrous;
use crate::tables::{miroir, raccordement};
use chrono::{DateTime, Duration, Utc};
use domain::ids::RaccordementId;
use domain::raccordement::EtatRaccordement;
use domain::sujet::Sujet;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tokio_util::sync::CancellationToken;

/// How long after a round the next one is made, in minutes.
pub const PERIODE_MINUTES: i64 = 3;

/// How long a process may take for a page before another one takes over, in minutes.
pub(crate) const PRISE_MINUTES: i64 = 5;

/// How many dossiers of whom more may be known are read again in one round.
const INCOMPLETS: u64 = 5;

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bilan {
    /// How many pages were read.
    pub pages: u32,
    /// How many dossiers they held.
    pub lus: u64,
    /// How many of them were new, or changed.
    pub changes: u64,
    /// Whether the round is done: nothing is left to be read for now.
    pub finie: bool,
}

/// Makes a round of a raccordement, to its end. Nothing when it is stopped or broken.
///
/// # Errors
/// The platform can't be asked, which [`domain::Erreur::Distante`] says; the database failed. What was read before is kept.
pub async fn faire_une_ronde(contexte: &Contexte, id: RaccordementId) -> Result<Bilan, Echec> {
    faire_un_tour(contexte, id, u32::MAX, &CancellationToken::new()).await
}

/// Makes a round, or a part of it: `pages` at most, and none that is begun after `arret`.
///
/// # Errors
/// As [`faire_une_ronde`].
pub async fn faire_un_tour(
    contexte: &Contexte,
    id: RaccordementId,
    pages: u32,
    arret: &CancellationToken,
) -> Result<Bilan, Echec> {
    let mut bilan = Bilan::default();
    let lu = raccordement::Entity::find_by_id(id).one(contexte.base.lire()).await?;
    let Some(raccordement) = lu.filter(|r| r.etat == EtatRaccordement::Actif) else {
        return Ok(bilan);
    };
    let distante = ouvrir(contexte, &raccordement).await?;
    compter(contexte, &raccordement, &distante).await?;
    let numero = raccordement.numero_distant;
    let mut place = Place::de(&raccordement, contexte.horloge.maintenant());
    // What is only read is left there when one must stop.
    let premiere = arret.run_until_cancelled(pages::lire(&distante, numero, &place, true)).await;
    let Some(premiere) = premiere else { return Ok(bilan) };
    let mut page = premiere?;
    loop {
        bilan.pages += 1;
        bilan.lus += page.dossiers.len() as u64;
        let encore = page.encore;
        let ensuite = page.ensuite.clone();
        let continuer = encore && bilan.pages < pages && !arret.is_cancelled();
        // What follows is read while this is written.
        let lire = async {
            let lire = pages::lire(&distante, numero, &ensuite, false);
            if continuer { arret.run_until_cancelled(lire).await } else { None }
        };
        let ecrire = garder(contexte, &raccordement, &place, &page);
        let (suivante, garde) = tokio::join!(lent::a_part(lire), ecrire);
        let Some(changes) = garde? else { return Ok(bilan) };
        bilan.changes += changes;
        if let Some(entourage) = page.entourage.take() {
            let maintenant = contexte.horloge.maintenant();
            let base = &contexte.base;
            suppressions::suivre(base, &raccordement, &entourage.suppressions, maintenant).await?;
        }
        place = ensuite;
        match suivante {
            Some(suivante) => page = suivante?,
            None if encore => {
                annoncer(contexte, &raccordement).await?;
                return Ok(bilan);
            }
            None => break,
        }
    }
    finir(contexte, &raccordement, &place).await?;
    bilan.finie = true;
    reprendre(contexte, &raccordement).await?;
    Ok(bilan)
}

/// Tells how far it is, at the end of a turn.
async fn annoncer(contexte: &Contexte, raccordement: &raccordement::Model) -> Result<(), Echec> {
    let tx = contexte.base.ecrire().await?;
    let sujets = [Sujet::Demarche(raccordement.demarche)];
    direct::annoncer(&tx, &sujets, contexte.horloge.maintenant()).await?;
    tx.valider().await
}

/// How many dossiers there are to read, asked once: not all platforms say it.
async fn compter(
    contexte: &Contexte,
    raccordement: &raccordement::Model,
    distante: &Distante,
) -> Result<(), Echec> {
    if raccordement.ronde_le.is_some()
        || raccordement.premiere_finie_le.is_some()
        || raccordement.total.is_some()
    {
        return Ok(());
    }
    let requete = CompterDossiers { numero: raccordement.numero_distant };
    let Ok(comptee) = distante.demander(&requete).await else { return Ok(()) };
    let total = comptee.demarche_descriptor.dossiers_count;
    let tx = contexte.base.ecrire().await?;
    raccordement::Entity::update_many()
        .col_expr(raccordement::Column::Total, Expr::value(total))
        .filter(raccordement::Column::Id.eq(raccordement.id))
        .exec(&tx)
        .await?;
    tx.valider().await
}

/// Writes a page, and where the next one begins; gives how many dossiers are new or changed. `None` when it is no longer for this
/// round to do: somebody stopped it, or another process is at it.
async fn garder(
    contexte: &Contexte,
    raccordement: &raccordement::Model,
    place: &Place,
    page: &Page,
) -> Result<Option<u64>, Echec> {
    let maintenant = contexte.horloge.maintenant();
    if !a_ecrire(contexte, raccordement, place, page).await? {
        return Ok(Some(0));
    }
    let tx = contexte.base.ecrire().await?;
    let Some(actuel) = verrous::raccordement(&tx, raccordement.id).await? else { return Ok(None) };
    if actuel.etat != EtatRaccordement::Actif || !suit(&actuel, place) {
        return Ok(None);
    }
    if let Some(Entourage { groupes, .. }) = &page.entourage
        && !groupes::a_jour(&tx, &actuel, groupes).await?
    {
        groupes::suivre(&tx, &actuel, groupes, maintenant).await?;
    }
    if actuel.premiere_finie_le.is_some() {
        groupes::inviter(&tx, &contexte.outils, &actuel, maintenant).await?;
    }
    let changes = dossiers::ranger(&tx, &actuel, &page.dossiers, maintenant).await?;
    let mut news =
        ecarts::reprendre(&tx, &actuel, page.dossiers.iter().map(|lu| lu.numero)).await?;
    for (numero, erreur) in &page.ecartes {
        news |= ecarts::ecarter(&tx, &actuel, *numero, erreur, maintenant).await?;
    }
    if news {
        direct::annoncer(&tx, &[Sujet::Demarche(actuel.demarche)], maintenant).await?;
    }
    let ensuite = &page.ensuite;
    let mut change = raccordement::ActiveModel {
        curseur: Set(ensuite.apres.clone()),
        depuis: Set(Some(ensuite.depuis).filter(|depuis| *depuis != DateTime::UNIX_EPOCH)),
        taille_page: Set(i32::try_from(ensuite.taille).unwrap_or(1)),
        ronde_le: Set(Some(ensuite.ronde_le)),
        lu_jusqu_a: Set(ensuite.lu_jusqu_a),
        ..Default::default()
    };
    if actuel.premiere_finie_le.is_none() {
        let lus = page.dossiers.len() + page.ecartes.len();
        change.lus = Set(actuel.lus + i64::try_from(lus).unwrap_or(0));
    }
    raccordement::Entity::update_many()
        .set(change)
        .col_expr(
            raccordement::Column::PrisJusquA,
            bail::jusqu_a(&tx, &contexte.horloge, Duration::minutes(PRISE_MINUTES)),
        )
        .filter(raccordement::Column::Id.eq(actuel.id))
        .exec(&tx)
        .await?;
    tx.valider().await?;
    Ok(Some(changes))
}

/// Whether a page says something: a round of a démarche where nothing moves writes none.
async fn a_ecrire(
    contexte: &Contexte,
    raccordement: &raccordement::Model,
    place: &Place,
    page: &Page,
) -> Result<bool, Echec> {
    if !page.dossiers.is_empty()
        || !page.ecartes.is_empty()
        || page.encore
        || page.ensuite.apres != place.apres
    {
        return Ok(true);
    }
    match &page.entourage {
        Some(entourage) => {
            Ok(!groupes::a_jour(contexte.base.lire(), raccordement, &entourage.groupes).await?)
        }
        None => Ok(false),
    }
}

/// Whether the raccordement is where `place` was read from: at its cursor, or where a round that begins goes back to.
fn suit(actuel: &raccordement::Model, place: &Place) -> bool {
    let meme = actuel.curseur == place.apres && actuel.ronde_le == Some(place.ronde_le);
    let commence = actuel.ronde_le.is_none() && actuel.lu_jusqu_a == place.lu_jusqu_a;
    meme || commence
}

/// The round is done.
async fn finir(
    contexte: &Contexte,
    raccordement: &raccordement::Model,
    place: &Place,
) -> Result<(), Echec> {
    let maintenant = contexte.horloge.maintenant();
    let tx = contexte.base.ecrire().await?;
    let Some(actuel) = verrous::raccordement(&tx, raccordement.id).await? else { return Ok(()) };
    let premiere = actuel.premiere_finie_le.is_none();
    let change = raccordement::ActiveModel {
        ronde_le: Set(None),
        synchronise_le: Set(Some(maintenant)),
        suppressions_depuis: Set(Some(place.ronde_le)),
        premiere_finie_le: Set(actuel.premiere_finie_le.or(Some(maintenant))),
        raison: Set(None),
        prochaine_le: Set(Some(maintenant + Duration::minutes(PERIODE_MINUTES))),
        ..Default::default()
    };
    let fait = raccordement::Entity::update_many()
        .set(change)
        .filter(raccordement::Column::Id.eq(actuel.id))
        .filter(raccordement::Column::Etat.eq(EtatRaccordement::Actif))
        .exec(&tx)
        .await?;
    if fait.rows_affected > 0 && premiere {
        groupes::inviter(&tx, &contexte.outils, &actuel, maintenant).await?;
    }
    if premiere || actuel.raison.is_some() {
        direct::annoncer(&tx, &[Sujet::Demarche(actuel.demarche)], maintenant).await?;
    }
    tx.valider().await
}

/// Reads again, one by one, what could not be read, and those of whom more may be known since.
async fn reprendre(contexte: &Contexte, raccordement: &raccordement::Model) -> Result<(), Echec> {
    let maintenant = contexte.horloge.maintenant();
    let db = contexte.base.lire();
    let mut numeros = ecarts::a_reessayer(db, raccordement, maintenant).await?;
    numeros.extend(incomplets(contexte, raccordement, maintenant).await?);
    for numero in numeros {
        relecture::relire(contexte, raccordement, numero).await?;
    }
    Ok(())
}

async fn incomplets(
    contexte: &Contexte,
    raccordement: &raccordement::Model,
    maintenant: DateTime<Utc>,
) -> Result<Vec<i64>, Echec> {
    Ok(miroir::Entity::find()
        .filter(miroir::Column::Raccordement.eq(raccordement.id))
        .filter(miroir::Column::ARelireLe.lte(maintenant))
        .order_by_asc(miroir::Column::ARelireLe)
        .limit(INCOMPLETS)
        .select_only()
        .column(miroir::Column::NumeroDistant)
        .into_tuple()
        .all(contexte.base.lire())
        .await?)
}
