//! What instructeurs see, on a dossier, of what is written on the platform that it belongs to.

use crate::socle::erreur::Echec;
use crate::tables::{message, message_distant, tache};
use crate::taches::{EnvoiDistant, Tache};
use domain::courriel::RaisonEchec;
use domain::ids::{DossierNumero, MessageId};
use domain::raccordement::EtatMessage;
use domain::vues::EnvoiDistantVue;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;

/// What of a dossier is there, and what is not yet.
#[derive(Debug, Default)]
pub(crate) struct Envois {
    /// Of each message that was written here.
    pub(crate) messages: HashMap<MessageId, EnvoiDistantVue>,
    /// Why something else, its label or its annotation, is not there: as people read it.
    pub(crate) autres: Vec<String>,
}

/// Those of a mirrored dossier.
pub(crate) async fn du_dossier(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Envois, Echec> {
    let mut envois = Envois::default();
    let mut raisons: HashMap<MessageId, (bool, RaisonEchec)> = HashMap::new();
    for ligne in restees(db, numero).await? {
        let Some(raison) = ligne.raison.as_deref().map(RaisonEchec::from_code) else { continue };
        match EnvoiDistant::lire(&ligne) {
            Some(EnvoiDistant::Message { message }) => {
                raisons.insert(message, (ligne.abandonnee_le.is_some(), raison));
            }
            Some(autre) => {
                let phrase = format!("{}\u{a0}: {raison}", autre.nom());
                if !envois.autres.contains(&phrase) {
                    envois.autres.push(phrase);
                }
            }
            None => {}
        }
    }
    for (id, etat) in etats(db, numero).await? {
        let raison = raisons.remove(&id);
        let vue = match (etat, raison) {
            (EtatMessage::Remis, _) => EnvoiDistantVue::Remis,
            (EtatMessage::Recu | EtatMessage::Retire, _) => continue,
            (_, Some((true, raison))) => EnvoiDistantVue::Refuse(raison.to_string()),
            (_, raison) => EnvoiDistantVue::EnAttente(raison.map(|(_, raison)| raison.to_string())),
        };
        envois.messages.insert(id, vue);
    }
    Ok(envois)
}

/// The tasks that are still to be done, and those that were given up.
async fn restees(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Vec<tache::Model>, Echec> {
    Ok(tache::Entity::find()
        .filter(tache::Column::Dossier.eq(numero))
        .filter(EnvoiDistant::lignes())
        .filter(tache::Column::FaiteLe.is_null())
        .order_by_asc(tache::Column::Id)
        .all(db)
        .await?)
}

async fn etats(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Vec<(MessageId, EtatMessage)>, Echec> {
    let siens = Query::select()
        .column(message::Column::Id)
        .from(message::Entity)
        .and_where(message::Column::Dossier.eq(numero))
        .to_owned();
    let lignes = message_distant::Entity::find()
        .filter(message_distant::Column::Message.in_subquery(siens))
        .filter(message_distant::Column::Etat.ne(EtatMessage::Recu))
        .all(db)
        .await?;
    Ok(lignes.into_iter().map(|ligne| (ligne.message, ligne.etat)).collect())
}
