//! The one door by which a message is written: what is written in the messagerie of a dossier that belongs to another platform
//! is to be written there too.

use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::message::{self, Nouveau, RoleAuteur};
use crate::tables::{dossier, message_distant, miroir, proposition, rendez_vous};
use crate::taches::{self, EnvoiDistant};
use chrono::{DateTime, Utc};
use domain::dossier::Origine;
use domain::ids::{DossierNumero, MessageId, PropositionId, RaccordementId, RendezVousId};
use domain::message::GenreMessage;
use domain::proposition::EtatProposition;
use domain::raccordement::{EtatMessage, texte};
use sea_orm::sea_query::Query;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QuerySelect,
};

/// Writes a message, about a rendez-vous when it is; gives its id. In the change under way on `db`.
pub(crate) async fn ecrire(
    db: &impl ConnectionTrait,
    nouveau: Nouveau<'_>,
    rendez_vous: Option<RendezVousId>,
    maintenant: DateTime<Utc>,
) -> Result<MessageId, Echec> {
    let dossier = nouveau.dossier;
    let message = message::inserer_sur(db, nouveau, rendez_vous, maintenant).await?;
    if let Some(miroir) = miroir::Entity::find_by_id(dossier).one(db).await? {
        prevoir(db, &miroir, message, maintenant).await?;
    }
    Ok(message)
}

async fn prevoir(
    db: &impl ConnectionTrait,
    miroir: &miroir::Model,
    message: MessageId,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let ligne = message_distant::ActiveModel {
        message: Set(message),
        raccordement: Set(miroir.raccordement),
        etat: Set(EtatMessage::AEnvoyer),
        ..Default::default()
    };
    message_distant::Entity::insert(ligne).exec_without_returning(db).await?;
    taches::ajouter(db, &EnvoiDistant::Message { message }, maintenant).await
}

/// Has the label and the annotation of a dossier follow its tag, which may have just changed. Nothing for one of ours.
pub(crate) async fn suivre(
    db: &impl ConnectionTrait,
    dossier: &dossier::Model,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    if dossier.origine != Origine::DemarchesSimplifiees {
        return Ok(());
    }
    let numero = dossier.numero;
    taches::ajouter(db, &EnvoiDistant::Etiquette { dossier: numero }, maintenant).await?;
    taches::ajouter(db, &EnvoiDistant::Annotation { dossier: numero }, maintenant).await
}

/// The messages of a proposition are about to be taken back, as it is withdrawn: those that have not left yet never will.
/// Gives whether one may be there: it is to be told then. Under the lock of the dossier.
pub(crate) async fn retenir(
    db: &impl ConnectionTrait,
    proposition: PropositionId,
) -> Result<bool, Echec> {
    use message_distant::Column;
    let siens = || {
        let siens = Query::select()
            .column(message::Column::Id)
            .from(message::Entity)
            .and_where(message::Column::Proposition.eq(proposition))
            .and_where(
                message::Column::Genre.is_in([GenreMessage::Proposition, GenreMessage::Relance]),
            )
            .to_owned();
        Column::Message.in_subquery(siens)
    };
    let retire =
        message_distant::ActiveModel { etat: Set(EtatMessage::Retire), ..Default::default() };
    message_distant::Entity::update_many()
        .set(retire)
        .filter(siens())
        .filter(Column::Etat.eq(EtatMessage::AEnvoyer))
        .exec(db)
        .await?;
    let partis = [EtatMessage::SansReponse, EtatMessage::Remis];
    let parti = message_distant::Entity::find().filter(siens()).filter(Column::Etat.is_in(partis));
    Ok(parti.one(db).await?.is_some())
}

/// A message is about to be deleted here: gives whether it has not left, in which case it never will. Under the lock of the
/// dossier.
pub(crate) async fn retenir_un(
    db: &impl ConnectionTrait,
    message: MessageId,
) -> Result<bool, Echec> {
    use message_distant::Column;
    let retire =
        message_distant::ActiveModel { etat: Set(EtatMessage::Retire), ..Default::default() };
    let retires = message_distant::Entity::update_many()
        .set(retire)
        .filter(Column::Message.eq(message))
        .filter(Column::Etat.eq(EtatMessage::AEnvoyer))
        .exec(db)
        .await?;
    Ok(retires.rows_affected > 0)
}

/// Writes, in the messagerie of a dossier that belongs to another platform, that a proposition is withdrawn: where it was
/// proposed, nobody can take back what was said, and no mail of ours says it.
pub(crate) async fn dire_le_retrait(
    db: &impl ConnectionTrait,
    retiree: &proposition::Model,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let nouveau = Nouveau {
        dossier: retiree.dossier,
        role: RoleAuteur::Systeme,
        auteur: retiree.instructeur,
        genre: GenreMessage::Libre,
        corps: texte::retrait(temps::a_paris(retiree.proposee_le).date()),
        lien: None,
        proposition: None,
        cle: None,
    };
    ecrire(db, nouveau, None, maintenant).await.map(|_| ())
}

/// As [`suivre`], of all the dossiers of a raccordement whose tag may call for something: its labels or its annotation were just
/// found.
pub(crate) async fn suivre_tous(
    db: &impl ConnectionTrait,
    raccordement: RaccordementId,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let proposes = Query::select()
        .column(proposition::Column::Dossier)
        .from(proposition::Entity)
        .and_where(proposition::Column::Etat.ne(EtatProposition::Retiree))
        .to_owned();
    let avec_rdv = Query::select()
        .column(rendez_vous::Column::Dossier)
        .from(rendez_vous::Entity)
        .and_where(rendez_vous::Column::Dossier.is_not_null())
        .to_owned();
    let concernes = miroir::Entity::find()
        .filter(miroir::Column::Raccordement.eq(raccordement))
        .filter(
            Condition::any()
                .add(miroir::Column::Dossier.in_subquery(proposes))
                .add(miroir::Column::Dossier.in_subquery(avec_rdv)),
        )
        .select_only()
        .column(miroir::Column::Dossier)
        .into_tuple::<DossierNumero>()
        .all(db)
        .await?;
    for dossier in concernes {
        taches::ajouter(db, &EnvoiDistant::Etiquette { dossier }, maintenant).await?;
        taches::ajouter(db, &EnvoiDistant::Annotation { dossier }, maintenant).await?;
    }
    Ok(())
}
