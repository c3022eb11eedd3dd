//! « Demande »: what a dossier says.

use crate::acces::autorisations;
use crate::dossier::pieces;
use crate::socle::erreur::Echec;
use crate::tables::{compte, dossier};
use domain::Erreur;
use domain::champs::TypeChamp;
use domain::ids::DossierNumero;
use domain::role::Acteur;
use domain::vues::Demande;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QuerySelect, Select,
};

/// « Demande », for the person who filed it.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn de_l_usager(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<Demande, Echec> {
    avec_son_usager(db, autorisations::partage(acteur, numero)).await
}

/// « Demande », for an instructeur.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn de_l_instructeur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<Demande, Echec> {
    avec_son_usager(db, autorisations::examine(acteur, numero)).await
}

#[derive(FromQueryResult)]
struct AvecSonUsager {
    #[sea_orm(nested)]
    dossier: dossier::Model,
    adresse: Option<String>,
}

async fn avec_son_usager(
    db: &impl ConnectionTrait,
    mut dossier: Select<dossier::Entity>,
) -> Result<Demande, Echec> {
    let l_usager = Expr::col(compte::Column::Id.as_column_ref())
        .equals(dossier::Column::Usager.as_column_ref());
    QuerySelect::query(&mut dossier).join(JoinType::LeftJoin, compte::Entity, l_usager);
    let lu = dossier.column_as(compte::Column::Email, "adresse").into_model::<AvecSonUsager>();
    let AvecSonUsager { dossier, adresse } = lu.one(db).await?.ok_or(Erreur::Introuvable)?;
    composer(db, dossier, adresse).await
}

pub(crate) async fn lire(
    db: &impl ConnectionTrait,
    dossier: dossier::Model,
) -> Result<Demande, Echec> {
    let compte = compte::Entity::find_by_id(dossier.usager).one(db).await?;
    composer(db, dossier, compte.map(|c| c.email)).await
}

async fn composer(
    db: &impl ConnectionTrait,
    dossier: dossier::Model,
    adresse: Option<String>,
) -> Result<Demande, Echec> {
    let reponses = dossier::reponses(&dossier)?;
    let fichiers = pieces::du_formulaire(db, dossier.numero).await?;
    let (avec_fichiers, ecrites): (Vec<_>, Vec<_>) =
        reponses.into_iter().partition(|r| r.genre == TypeChamp::PieceJustificative);
    let siens = |champ| fichiers.iter().filter(|f| f.champ == champ).cloned().collect();
    Ok(Demande {
        demandeur: dossier::demandeur(&dossier),
        email: adresse.unwrap_or_default(),
        champs: ecrites.into_iter().map(|r| (r.libelle, r.genre.montrer(&r.valeur))).collect(),
        pieces: avec_fichiers.into_iter().map(|r| (r.libelle, siens(r.champ))).collect(),
    })
}
