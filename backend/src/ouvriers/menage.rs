//! Forgets what is no longer of use, lets dossiers expire, indexes dossiers again.

use crate::acces::comptes;
use crate::acces::formulaires_en_attente;
use crate::acces::identites;
use crate::acces::navigateurs;
use crate::acces::sessions;
use crate::contexte::Contexte;
use crate::demarche::avertissements::recapitulatifs;
use crate::demarche::contacts;
use crate::dossier::consultations::ecriture;
use crate::dossier::expirations::{self, Bilan};
use crate::dossier::mots;
use crate::dossier::purge;
use crate::dossier::telechargement::{exports, mes_donnees};
use crate::rendez_vous::arrivee::inbox;
use crate::rendez_vous::calendriers::abonnements;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::adresse_refusee;
use crate::tables::tache;
use chrono::Duration as Delai;
use domain::retention;
use sea_orm::{ColumnTrait, Condition};
use std::time::Duration;

/// Forgets done tasks, expired sessions, old events, dossiers deleted long ago; lets dossiers expire; indexes dossiers
/// again after a migration. Once an hour, for ever.
pub(super) async fn travailler(contexte: Contexte) {
    loop {
        contexte.base.attendre().await;
        if let Err(erreur) = nettoyer(&contexte).await {
            tracing::warn!(%erreur, "clean-up interrupted");
        }
        match expirations::passer(&contexte.base, contexte.horloge.maintenant()).await {
            Ok(Bilan { annonces: 0, expires: 0 }) => {}
            Ok(Bilan { annonces, expires }) => {
                tracing::info!(annonces, expires, "expiry of dossiers");
            }
            Err(erreur) => tracing::warn!(%erreur, "expiry interrupted"),
        }
        match purge::purger(&contexte.base, contexte.horloge.maintenant()).await {
            Ok(0) => {}
            Ok(combien) => tracing::info!(combien, "deleted dossiers purged"),
            Err(erreur) => tracing::warn!(%erreur, "purge interrupted"),
        }
        match ecriture::purger(&contexte.base, contexte.horloge.maintenant()).await {
            Ok(0) => {}
            Ok(combien) => tracing::info!(combien, "old readings of dossiers erased"),
            Err(erreur) => tracing::warn!(%erreur, "old readings of dossiers not erased"),
        }
        match mots::rattraper(&contexte.base).await {
            Ok(0) => {}
            Ok(combien) => tracing::info!(combien, "dossiers indexed again"),
            Err(erreur) => tracing::warn!(%erreur, "dossiers not all indexed again"),
        }
        tokio::time::sleep(Duration::from_secs(3_600)).await;
    }
}

async fn nettoyer(contexte: &Contexte) -> Result<(), Echec> {
    let maintenant = contexte.horloge.maintenant();
    let tx = contexte.base.ecrire().await?;
    sessions::purger(&tx, maintenant).await?;
    comptes::purger(&tx, maintenant).await?;
    navigateurs::purger(&tx, maintenant).await?;
    formulaires_en_attente::purger(&tx, maintenant).await?;
    identites::purger(&tx, maintenant).await?;
    direct::purger(&tx, maintenant).await?;
    inbox::purger(&tx, maintenant).await?;
    let anciennes = tache::Column::FaiteLe.lt(maintenant - Delai::days(retention::COURRIELS_JOURS));
    verrous::purger::<tache::Entity>(&tx, Condition::all().add(anciennes)).await?;
    let abandonnees = tache::Column::AbandonneeLe
        .lt(maintenant - Delai::days(retention::COURRIELS_ABANDONNES_JOURS));
    verrous::purger::<tache::Entity>(&tx, Condition::all().add(abandonnees)).await?;
    adresse_refusee::purger(&tx, maintenant).await?;
    abonnements::purger(&tx, maintenant).await?;
    contacts::purger(&tx, maintenant).await?;
    exports::expirer(&tx, maintenant).await?;
    mes_donnees::expirer(&tx, maintenant).await?;
    recapitulatifs::purger(&tx, maintenant).await?;
    tx.valider().await
}
