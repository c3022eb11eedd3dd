//! Dossiers that their usagers deleted, or that expired, once they can't be restored any more: all that was in them goes. What stays
//! is the journal, which says who did what and holds no personal data.

use crate::socle::base::Base;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::socle::verrous;
use crate::tables::{
    annotation, avertissement, avis, correction, dossier, geste_rdv, invite, lien_personnel,
    message, mot_dossier, personne_rdv, piece_jointe, plan_rdv, proposition, reaffectation,
    recommandation, regard, rendez_vous as table, suivi, traitement, valeur_privee,
};
use chrono::{DateTime, Duration, Utc};
use domain::conservation::RESTAURABLE_JOURS;
use domain::ids::DossierNumero;
use domain::journal::Action;
use domain::sujet::Sujet;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

/// How many dossiers are purged at one time: the next ones wait for the next time.
const LOT: u64 = 500;

/// Purges the dossiers deleted too long ago, each in a change of its own; gives how many. One that can't be purged
/// does not keep the others.
///
/// # Errors
/// The database failed.
pub async fn purger(base: &Base, maintenant: DateTime<Utc>) -> Result<usize, Echec> {
    let avant = maintenant - Duration::days(RESTAURABLE_JOURS);
    let numeros: Vec<DossierNumero> = dossier::Entity::find()
        .filter(dossier::Column::SupprimeLe.lte(avant))
        .order_by_asc(dossier::Column::SupprimeLe)
        .limit(LOT)
        .select_only()
        .column(dossier::Column::Numero)
        .into_tuple()
        .all(base.lire())
        .await?;
    let mut purges = 0;
    for numero in numeros {
        match un(base, numero, avant, maintenant).await {
            Ok(true) => purges += 1,
            Ok(false) => {}
            Err(erreur) => {
                tracing::error!(dossier = numero.0, %erreur, "a dossier can't be purged");
            }
        }
    }
    Ok(purges)
}

/// Purges a dossier, unless it was restored at this very moment.
async fn un(
    base: &Base,
    numero: DossierNumero,
    avant: DateTime<Utc>,
    maintenant: DateTime<Utc>,
) -> Result<bool, Echec> {
    let tx = base.ecrire().await?;
    let encore = dossier::Entity::find_by_id(numero).filter(dossier::Column::SupprimeLe.lte(avant));
    if verrous::dossier_a_effacer(&tx, encore).await?.is_none() {
        return Ok(false);
    }
    detacher_les_rendez_vous(&tx, numero).await?;
    effacer(&tx, numero).await?;
    dossier::Entity::delete_by_id(numero).exec(&tx).await?;
    journal::noter(&tx, None, Action::DossierPurge, numero, None, maintenant).await?;
    tx.valider().await?;
    Ok(true)
}

/// The platform's rendez-vous are known as long as the platform may speak of them, without the person.
async fn detacher_les_rendez_vous(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<(), Echec> {
    let lignes = table::Entity::find().filter(table::Column::Dossier.eq(numero)).all(db).await?;
    for ligne in lignes {
        geste_rdv::Entity::delete_many()
            .filter(geste_rdv::Column::RendezVous.eq(ligne.id))
            .exec(db)
            .await?;
        table::sans_personne(ligne)?.update(db).await?;
    }
    Ok(())
}

/// What refers to a row goes before it.
async fn effacer(db: &impl ConnectionTrait, numero: DossierNumero) -> Result<(), Echec> {
    let siennes = propositions(numero);
    lien_personnel::Entity::delete_many()
        .filter(lien_personnel::Column::Proposition.in_subquery(siennes))
        .exec(db)
        .await?;
    let n = numero;
    piece_jointe::Entity::delete_many()
        .filter(piece_jointe::Column::Dossier.eq(n))
        .exec(db)
        .await?;
    message::Entity::delete_many().filter(message::Column::Dossier.eq(n)).exec(db).await?;
    plan_rdv::Entity::delete_many().filter(plan_rdv::Column::Dossier.eq(n)).exec(db).await?;
    proposition::Entity::delete_many().filter(proposition::Column::Dossier.eq(n)).exec(db).await?;
    personne_rdv::Entity::delete_many()
        .filter(personne_rdv::Column::Dossier.eq(n))
        .exec(db)
        .await?;
    correction::Entity::delete_many().filter(correction::Column::Dossier.eq(n)).exec(db).await?;
    traitement::Entity::delete_many().filter(traitement::Column::Dossier.eq(n)).exec(db).await?;
    annotation::Entity::delete_many().filter(annotation::Column::Dossier.eq(n)).exec(db).await?;
    valeur_privee::Entity::delete_many()
        .filter(valeur_privee::Column::Dossier.eq(n))
        .exec(db)
        .await?;
    recommandation::Entity::delete_many()
        .filter(recommandation::Column::Dossier.eq(n))
        .exec(db)
        .await?;
    // The links of experts go with what they were asked.
    avis::Entity::delete_many().filter(avis::Column::Dossier.eq(n)).exec(db).await?;
    reaffectation::Entity::delete_many()
        .filter(reaffectation::Column::Dossier.eq(n))
        .exec(db)
        .await?;
    mot_dossier::Entity::delete_many().filter(mot_dossier::Column::Dossier.eq(n)).exec(db).await?;
    avertissement::Entity::delete_many()
        .filter(avertissement::Column::Dossier.eq(n))
        .exec(db)
        .await?;
    suivi::Entity::delete_many().filter(suivi::Column::Dossier.eq(n)).exec(db).await?;
    invite::Entity::delete_many().filter(invite::Column::Dossier.eq(n)).exec(db).await?;
    let vues = format!("{}:", Sujet::Dossier(numero));
    regard::Entity::delete_many().filter(regard::Column::Sujet.starts_with(vues)).exec(db).await?;
    Ok(())
}

fn propositions(numero: DossierNumero) -> SelectStatement {
    Query::select()
        .column(proposition::Column::Id)
        .from(proposition::Entity)
        .and_where(proposition::Column::Dossier.eq(numero))
        .to_owned()
}
