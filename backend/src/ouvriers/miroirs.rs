//! Mirrors the démarches of other platforms: rounds, each in its turn, and the dossiers that are said to have changed.

use super::execution;
use crate::contexte::Contexte;
use crate::demarches_simplifiees::miroir::{self, Bilan};
use crate::demarches_simplifiees::raccordement::noter_echec;
use crate::demarches_simplifiees::signalements;
use crate::socle::bail;
use crate::socle::erreur::Echec;
use crate::socle::lent;
use crate::tables::raccordement;
use chrono::{DateTime, Duration as Delai, Utc};
use domain::Erreur;
use domain::ids::RaccordementId;
use domain::raccordement::EtatRaccordement;
use domain::raccordement::miroir::apres_echec;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How many raccordements are read at the same time.
const ENSEMBLE: usize = 4;

/// How many pages are read of one in its turn: the others have theirs before it goes on.
const PAGES: u32 = 20;

/// How long it is tried to give one back: as long as its lease lasts.
const INSISTANCE: Duration = Duration::from_mins(miroir::PRISE_MINUTES.unsigned_abs());

/// How long after the failure of a machine a round is tried again, in minutes.
const REESSAI_MINUTES: i64 = 1;

/// Mirrors until `arret`; the page that is being written then is.
pub async fn travailler(contexte: Contexte, arret: CancellationToken) {
    let rondes = async {
        let mut reveil = contexte.base.reveil();
        while !arret.is_cancelled() {
            arret.run_until_cancelled(contexte.base.attendre()).await;
            if let Err(erreur) = un_tour(&contexte, PAGES, &arret).await {
                tracing::warn!(%erreur, "rounds interrupted");
            }
            execution::attendre(&mut reveil, &arret).await;
        }
    };
    let signales = async {
        let mut reveil = contexte.base.reveil();
        while !arret.is_cancelled() {
            arret.run_until_cancelled(contexte.base.attendre()).await;
            if let Err(erreur) = tout_relire(&contexte).await {
                tracing::warn!(%erreur, "reading again interrupted");
            }
            execution::attendre(&mut reveil, &arret).await;
        }
    };
    tokio::join!(lent::a_part(rondes), lent::a_part(signales));
}

/// Makes all the rounds that are due, each to its end; gives how many turns that took.
///
/// # Errors
/// The database failed.
pub async fn tout_synchroniser(contexte: &Contexte) -> Result<usize, Echec> {
    un_tour(contexte, u32::MAX, &CancellationToken::new()).await
}

/// Reads again the dossiers that are said to have changed; gives how many were.
///
/// # Errors
/// The database failed.
pub async fn tout_relire(contexte: &Contexte) -> Result<usize, Echec> {
    signalements::traiter(contexte, miroir::relire).await
}

/// Takes raccordements as long as some are due, several at the same time.
async fn un_tour(
    contexte: &Contexte,
    pages: u32,
    arret: &CancellationToken,
) -> Result<usize, Echec> {
    let mut en_cours = FuturesUnordered::new();
    let mut tours = 0;
    let mut echec = None;
    loop {
        while echec.is_none() && en_cours.len() < ENSEMBLE && !arret.is_cancelled() {
            let id = match prendre(contexte).await {
                Ok(Some(id)) => id,
                Ok(None) => break,
                Err(erreur) => {
                    echec = Some(erreur);
                    break;
                }
            };
            tours += 1;
            en_cours.push(lent::a_part(lire(contexte, id, pages, arret)));
        }
        // Those that are being read are read to their end, whatever became of another: each holds a lease.
        match en_cours.next().await {
            Some(Ok(())) => {}
            Some(Err(erreur)) => echec = Some(erreur),
            None => return echec.map_or(Ok(tours), Err),
        }
    }
}

/// Takes the raccordement that has waited longest, for this process alone.
async fn prendre(contexte: &Contexte) -> Result<Option<RaccordementId>, Echec> {
    use raccordement::Column;
    let maintenant = contexte.horloge.maintenant();
    let db = contexte.base.lire();
    let libre = || {
        Condition::all()
            .add(Column::Etat.eq(EtatRaccordement::Actif))
            .add(Column::ProchaineLe.lte(maintenant))
            .add(bail::libre(Column::PrisJusquA, db, &contexte.horloge))
    };
    let due: Option<RaccordementId> = raccordement::Entity::find()
        .filter(libre())
        .order_by_asc(Column::ProchaineLe)
        .select_only()
        .column(Column::Id)
        .into_tuple()
        .one(db)
        .await?;
    let Some(due) = due else { return Ok(None) };
    let tx = contexte.base.ecrire().await?;
    let fin = bail::jusqu_a(&tx, &contexte.horloge, Delai::minutes(miroir::PRISE_MINUTES));
    let prises = raccordement::Entity::update_many()
        .col_expr(Column::PrisJusquA, fin)
        .filter(Column::Id.eq(due))
        .filter(libre())
        .exec(&tx)
        .await?;
    tx.valider().await?;
    Ok((prises.rows_affected > 0).then_some(due))
}

/// Reads one for a while, and says when it is to be read again.
async fn lire(
    contexte: &Contexte,
    id: RaccordementId,
    pages: u32,
    arret: &CancellationToken,
) -> Result<(), Echec> {
    let fait = miroir::faire_un_tour(contexte, id, pages, arret).await;
    let maintenant = contexte.horloge.maintenant();
    match fait {
        // The round said it itself.
        Ok(Bilan { finie: true, .. }) => rendre(contexte, id, None).await,
        Ok(Bilan { finie: false, .. }) => rendre(contexte, id, Some(maintenant)).await,
        Err(Echec::Metier(Erreur::Distante(erreur))) => {
            tracing::warn!(raccordement = id.0, raison = erreur.code(), "a round failed");
            let notee = noter_echec(contexte, id, &erreur).await;
            rendre(contexte, id, Some(apres_echec(&erreur, maintenant))).await.and(notee)
        }
        Err(autre) => {
            let encore = maintenant + Delai::minutes(REESSAI_MINUTES);
            rendre(contexte, id, Some(encore)).await.and(Err(autre))
        }
    }
}

/// Gives one back, to be read again at `prochaine`, unless it was stopped or broken. As soon as the database answers: held by
/// nobody, it would be read by nobody until its lease ends.
async fn rendre(
    contexte: &Contexte,
    id: RaccordementId,
    prochaine: Option<DateTime<Utc>>,
) -> Result<(), Echec> {
    contexte.base.insister(INSISTANCE, || liberer(contexte, id, prochaine)).await
}

async fn liberer(
    contexte: &Contexte,
    id: RaccordementId,
    prochaine: Option<DateTime<Utc>>,
) -> Result<(), Echec> {
    use raccordement::Column;
    let tx = contexte.base.ecrire().await?;
    raccordement::Entity::update_many()
        .col_expr(Column::PrisJusquA, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::Id.eq(id))
        .exec(&tx)
        .await?;
    if let Some(prochaine) = prochaine {
        raccordement::Entity::update_many()
            .col_expr(Column::ProchaineLe, Expr::value(prochaine))
            .filter(Column::Id.eq(id))
            .filter(Column::Etat.eq(EtatRaccordement::Actif))
            .exec(&tx)
            .await?;
    }
    tx.valider().await
}
