//! Tells of tokens that will end, thirty, seven and one day before.

use super::dire;
use crate::contexte::Contexte;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::raccordement;
use crate::taches::Courriel;
use chrono::NaiveDate;
use domain::raccordement::{EtatRaccordement, rappel};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// Plans the mails that are due; gives of how many tokens. Each reminder is told of once, however often one looks.
///
/// # Errors
/// The database failed.
pub async fn annoncer(contexte: &Contexte) -> Result<usize, Echec> {
    let aujourd_hui = temps::a_paris(contexte.horloge.maintenant()).date();
    let suivis = raccordement::Entity::find()
        .filter(raccordement::Column::JetonExpireLe.is_not_null())
        .filter(raccordement::Column::Etat.ne(EtatRaccordement::Arrete))
        .all(contexte.base.lire())
        .await?;
    let mut annonces = 0;
    for raccordement in suivis {
        let Some(fin) = raccordement.jeton_expire_le else { continue };
        let Some(jours) = rappel(fin, aujourd_hui, raccordement.expiration_annoncee) else {
            continue;
        };
        annonces += usize::from(annoncer_une(contexte, &raccordement, fin, jours).await?);
    }
    Ok(annonces)
}

async fn annoncer_une(
    contexte: &Contexte,
    raccordement: &raccordement::Model,
    fin: NaiveDate,
    jours: i32,
) -> Result<bool, Echec> {
    let (id, demarche) = (raccordement.id, raccordement.demarche);
    let tx = contexte.base.ecrire().await?;
    let change =
        raccordement::ActiveModel { expiration_annoncee: Set(Some(jours)), ..Default::default() };
    let pas_encore = raccordement::Column::ExpirationAnnoncee
        .is_null()
        .or(raccordement::Column::ExpirationAnnoncee.gt(jours));
    let fait = raccordement::Entity::update_many()
        .set(change)
        .filter(raccordement::Column::Id.eq(id))
        // Renewed, or told of by another process meanwhile.
        .filter(raccordement::Column::JetonExpireLe.eq(fin))
        .filter(pas_encore)
        .exec(&tx)
        .await?;
    if fait.rows_affected == 0 {
        return Ok(false);
    }
    let maintenant = contexte.horloge.maintenant();
    dire(&tx, demarche, maintenant, |compte| Courriel::JetonExpire {
        raccordement: id,
        compte,
        jours,
    })
    .await?;
    tx.valider().await?;
    Ok(true)
}
