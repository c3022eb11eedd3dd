//! Rendez-vous, as the screens show them.

use crate::socle::erreur::Echec;
use crate::socle::telephone;
use crate::tables::{agenda, rendez_vous};
use chrono::{DateTime, Utc};
use domain::adresse;
use domain::ids::{AgendaId, DossierNumero};
use domain::rendez_vous::Genre;
use domain::vues::RendezVousVue;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::collections::HashMap;

pub(crate) fn montrer(
    ligne: &rendez_vous::Model,
    hote: &str,
    maintenant: DateTime<Utc>,
) -> Result<RendezVousVue, Echec> {
    let etat = rendez_vous::lire(ligne)?;
    let (situation, a_venir) = (etat.situation(), etat.a_venir(maintenant));
    let contenu = etat.contenu;
    let mut lignes = Vec::new();
    if matches!(contenu.genre, Genre::SurPlace | Genre::Domicile) {
        lignes.extend(contenu.lieu);
        lignes.extend(adresse::lignes(&contenu.adresse));
    }
    Ok(RendezVousVue {
        id: ligne.id,
        genre: contenu.genre,
        horaire: contenu.horaire,
        duree_minutes: contenu.duree_minutes,
        situation,
        a_venir,
        telephone: contenu
            .personnes
            .iter()
            .find_map(|personne| personne.telephone.as_deref())
            .filter(|_| contenu.genre == Genre::Telephone && a_venir)
            .map(telephone::insecable),
        visio: contenu.visio.filter(|_| contenu.genre == Genre::Visio && a_venir),
        adresse: lignes,
        instruction: contenu.instruction,
        fichier: contenu.fiche.uuid.is_some(),
        infos: format!("{hote}/users/rdvs/{}", ligne.rdv),
    })
}

/// The rendez-vous of `dossiers`, the earliest first.
pub(crate) async fn vues(
    db: &impl ConnectionTrait,
    dossiers: &[DossierNumero],
    maintenant: DateTime<Utc>,
) -> Result<Vec<(rendez_vous::Model, RendezVousVue)>, Echec> {
    let mut lignes = rendez_vous::Entity::find()
        .column_as(agenda::Column::Hote, "hote")
        .filter(rendez_vous::Column::Dossier.is_in(dossiers.iter().copied()))
        .order_by_asc(rendez_vous::Column::Debut)
        .order_by_asc(rendez_vous::Column::Id);
    let le_sien = Expr::col(agenda::Column::Id.as_column_ref())
        .equals(rendez_vous::Column::Organisation.as_column_ref());
    QuerySelect::query(&mut lignes).join(JoinType::LeftJoin, agenda::Entity, le_sien);
    lignes
        .into_model::<AvecSonSite>()
        .all(db)
        .await?
        .into_iter()
        .map(|AvecSonSite { ligne, hote }| {
            let vue = montrer(&ligne, hote.as_deref().unwrap_or_default(), maintenant)?;
            Ok((ligne, vue))
        })
        .collect()
}

#[derive(FromQueryResult)]
struct AvecSonSite {
    #[sea_orm(nested)]
    ligne: rendez_vous::Model,
    hote: Option<String>,
}

/// Rows, each with how it is shown.
pub(crate) async fn montrer_tous(
    db: &impl ConnectionTrait,
    lignes: Vec<rendez_vous::Model>,
    maintenant: DateTime<Utc>,
) -> Result<Vec<(rendez_vous::Model, RendezVousVue)>, Echec> {
    let hotes: HashMap<AgendaId, String> = agenda::Entity::find()
        .filter(agenda::Column::Id.is_in(lignes.iter().map(|l| l.organisation)))
        .all(db)
        .await?
        .into_iter()
        .map(|organisation| (organisation.id, organisation.hote))
        .collect();
    lignes
        .into_iter()
        .map(|ligne| {
            let hote = hotes.get(&ligne.organisation).map_or("", String::as_str);
            let vue = montrer(&ligne, hote, maintenant)?;
            Ok((ligne, vue))
        })
        .collect()
}
