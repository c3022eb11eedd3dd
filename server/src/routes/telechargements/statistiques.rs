//! « statistiques » of a démarche as a table.

use super::fichier;
use crate::routes::Etat;
use crate::routes::acces::connecte::Connecte;
use crate::routes::erreurs::EchecHttp;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use backend::demarche::statistiques;
use domain::Erreur;
use domain::ids::DemarcheNumero;

/// The numbers of the page whose query is that of the address.
pub async fn tableau(
    State(etat): State<Etat>,
    Connecte { acteur, .. }: Connecte,
    Path(numero): Path<String>,
    RawQuery(question): RawQuery,
) -> Result<Response, EchecHttp> {
    let numero: DemarcheNumero = numero.parse().map_err(|_| Erreur::Introuvable)?;
    let (db, maintenant) = (etat.contexte.base.lire(), etat.contexte.horloge.maintenant());
    let question = question.unwrap_or_default();
    let lues = statistiques::lire(db, &acteur, numero, &question, maintenant).await?;
    let genre = "text/csv; charset=utf-8; header=present";
    Ok(fichier(lues.tableau(), genre, &format!("statistiques-{numero}.csv")))
}
