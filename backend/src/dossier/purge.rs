//! Dossiers that their usagers deleted, or that expired, once they can't be restored any more: all that was in them goes. What stays
//! is the journal, which says who did what and holds no personal data.

use crate::acces::autorisations;
use crate::socle::base::Base;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::socle::verrous;
use crate::tables::{
    annotation, avertissement, avis, compte, correction, dossier, geste_rdv, identite, invite,
    lien_personnel, message, mot_dossier, personne_rdv, piece_jointe, plan_rdv, proposition,
    reaffectation, recommandation, regard, rendez_vous as table, suivi, traitement, valeur_privee,
};
use chrono::{DateTime, Duration, Utc};
use domain::conservation::RESTAURABLE_JOURS;
use domain::dossier::Origine;
use domain::ids::{CompteId, DossierNumero};
use domain::journal::Action;
use domain::sujet::Sujet;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
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

/// Erases a mirrored dossier that is no more where it belongs. A rendez-vous to come is told of by nobody else: it waits for
/// somebody to say what becomes of it, among those without a dossier.
///
/// # Errors
/// The database failed.
pub(crate) async fn effacer_un_miroir(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let miroirs =
        dossier::Entity::find_by_id(numero).filter(dossier::Column::Origine.ne(Origine::Ici));
    let Some(dossier) = verrous::dossier_a_effacer(db, miroirs).await? else { return Ok(()) };
    let siens = Query::select()
        .column(table::Column::Id)
        .from(table::Entity)
        .and_where(table::Column::Dossier.eq(numero))
        .to_owned();
    geste_rdv::Entity::delete_many()
        .filter(geste_rdv::Column::RendezVous.in_subquery(siens))
        .exec(db)
        .await?;
    table::Entity::update_many()
        .set(table::ActiveModel {
            dossier: Set(None),
            proposition: Set(None),
            instructeur: Set(None),
            decision: Set(Some(table::Decision::Detache)),
            ..Default::default()
        })
        .filter(table::Column::Dossier.eq(numero))
        .filter(table::Column::Fin.gt(maintenant))
        .exec(db)
        .await?;
    detacher_les_rendez_vous(db, numero).await?;
    effacer(db, numero).await?;
    dossier::Entity::delete_by_id(numero).exec(db).await?;
    oublier_l_usager(db, dossier.usager).await?;
    journal::noter(db, None, Action::DossierPurge, numero, None, maintenant).await?;
    Ok(())
}

/// The account of a person whom only mirrored dossiers named, and that nobody opened, keeps no address once the last of them
/// is gone.
async fn oublier_l_usager(db: &impl ConnectionTrait, id: CompteId) -> Result<(), Echec> {
    let Some(compte) = compte::Entity::find_by_id(id).one(db).await? else { return Ok(()) };
    let sert = dossier::Entity::find().filter(dossier::Column::Usager.eq(id)).one(db).await?;
    let invite = invite::Entity::find().filter(invite::Column::Email.eq(&compte.email));
    let identite = identite::Entity::find().filter(identite::Column::Compte.eq(id));
    if sert.is_some()
        || !compte::en_attente(&compte)
        || autorisations::un_agent(db, id).await?
        || invite.one(db).await?.is_some()
        || identite.one(db).await?.is_some()
    {
        return Ok(());
    }
    let mut vide = compte.into_active_model();
    // As an account that its holder erased.
    vide.email = Set(format!("compte-efface-{id}@efface.invalid"));
    vide.prenom = Set(String::new());
    vide.nom = Set(String::new());
    vide.update(db).await?;
    Ok(())
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
