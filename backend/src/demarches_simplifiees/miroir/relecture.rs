//! « This dossier changed »: it is read again, alone.

use super::lecture::DossierLu;
use super::requetes::RelireDossier;
use super::{dossiers, ecarts, suppressions};
use crate::contexte::Contexte;
use crate::demarches_simplifiees::raccordement::ouvrir;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::{miroir, raccordement};
use domain::raccordement::{ErreurDistante, EtatRaccordement, Suppression};
use domain::sujet::Sujet;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Reads again the dossier that has this number there, whatever changed of it. Harmless when nothing did, or twice. One that is no
/// longer there is suspended, until the lists of deletions say what became of it; one that the platform can't give is set
/// aside.
///
/// # Errors
/// The platform can't be asked, which [`domain::Erreur::Distante`] says; the database failed.
pub(crate) async fn relire(
    contexte: &Contexte,
    raccordement: &raccordement::Model,
    numero: i64,
) -> Result<(), Echec> {
    let distante = ouvrir(contexte, raccordement).await?;
    match distante.demander(&RelireDossier { numero }).await {
        // The token may give other démarches.
        Ok(lu) if lu.dossier.demarche.number == raccordement.numero_distant => {
            ranger(contexte, raccordement, lu.dossier.dossier.into()).await
        }
        Ok(_) => Ok(()),
        Err(ErreurDistante::Introuvable) => disparu(contexte, raccordement, numero).await,
        Err(erreur) if erreur.trop_a_la_fois() || erreur == ErreurDistante::Illisible => {
            ecarter(contexte, raccordement, numero, &erreur).await
        }
        Err(erreur) => Err(erreur.into()),
    }
}

async fn ranger(
    contexte: &Contexte,
    raccordement: &raccordement::Model,
    lu: DossierLu,
) -> Result<(), Echec> {
    let maintenant = contexte.horloge.maintenant();
    let tx = contexte.base.ecrire().await?;
    let Some(raccordement) = verrous::raccordement(&tx, raccordement.id).await? else {
        return Ok(());
    };
    if raccordement.etat != EtatRaccordement::Actif {
        return Ok(());
    }
    let numero = lu.numero;
    dossiers::ranger(&tx, &raccordement, &[lu], maintenant).await?;
    if ecarts::reprendre(&tx, &raccordement, [numero]).await? {
        direct::annoncer(&tx, &[Sujet::Demarche(raccordement.demarche)], maintenant).await?;
    }
    tx.valider().await
}

async fn disparu(
    contexte: &Contexte,
    raccordement: &raccordement::Model,
    numero: i64,
) -> Result<(), Echec> {
    let maintenant = contexte.horloge.maintenant();
    let tx = contexte.base.ecrire().await?;
    let connu = miroir::Entity::find()
        .filter(miroir::Column::Raccordement.eq(raccordement.id))
        .filter(miroir::Column::NumeroDistant.eq(numero))
        .filter(miroir::Column::Suppression.eq(Suppression::Aucune))
        .one(&tx)
        .await?;
    ecarts::reprendre(&tx, raccordement, [numero]).await?;
    if let Some(connu) = connu {
        suppressions::suspendre(&tx, raccordement, &[connu], maintenant).await?;
    }
    tx.valider().await
}

async fn ecarter(
    contexte: &Contexte,
    raccordement: &raccordement::Model,
    numero: i64,
    erreur: &ErreurDistante,
) -> Result<(), Echec> {
    let maintenant = contexte.horloge.maintenant();
    let tx = contexte.base.ecrire().await?;
    if ecarts::ecarter(&tx, raccordement, numero, erreur, maintenant).await? {
        direct::annoncer(&tx, &[Sujet::Demarche(raccordement.demarche)], maintenant).await?;
    }
    tx.valider().await
}
