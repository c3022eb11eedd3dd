//! Telling the other side, by a mail, that somebody wrote: one mail for several messages of a few minutes, none for
//! what was read meanwhile.

use super::lus;
use crate::demarche::avertissements::decision::{self, Cause};
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::tables::message::RoleAuteur;
use crate::tables::{dossier, groupe, message, suivi};
use crate::taches::{self, Courriel, Sort};
use chrono::{DateTime, Duration, Utc};
use domain::ids::{CompteId, DossierNumero, MessageId, TacheId};
use domain::message::GenreMessage;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

/// How long one mail stands for what is written after it, in minutes.
const FENETRE_MINUTES: i64 = 5;

/// Adds the mails that a message causes to the change under way. `role`: who wrote it; `id`: its own.
pub(super) async fn prevoir(
    c: &Changement<'_>,
    dossier: &dossier::Model,
    (role, id): (RoleAuteur, MessageId),
) -> Result<(), Echec> {
    let destinataires = match role {
        RoleAuteur::Instructeur => vec![None],
        RoleAuteur::Usager => {
            let concernes = instructeurs(&c.tx, dossier).await?;
            let cause = Cause::Message(id);
            let prevenus =
                decision::avertir(&c.tx, dossier, cause, &concernes, c.maintenant).await?;
            prevenus.into_iter().map(Some).collect()
        }
        RoleAuteur::Systeme => vec![],
    };
    for instructeur in destinataires {
        // The one that waits will count this one too.
        let tache = Courriel::Message { dossier: dossier.numero, instructeur };
        let fenetre = Duration::minutes(FENETRE_MINUTES);
        taches::rassembler(&c.tx, &tache, fenetre, c.maintenant).await?;
    }
    Ok(())
}

/// Adds the mails that a change of the dossier by its usager causes to the change under way: to the instructeurs who
/// would hear of a message.
pub(crate) async fn prevoir_la_modification(
    c: &Changement<'_>,
    dossier: &dossier::Model,
) -> Result<(), Echec> {
    let concernes = instructeurs(&c.tx, dossier).await?;
    let cause = Cause::Modification;
    for compte in decision::avertir(&c.tx, dossier, cause, &concernes, c.maintenant).await? {
        let tache = Courriel::Modification { dossier: dossier.numero, compte };
        let fenetre = Duration::minutes(FENETRE_MINUTES);
        taches::rassembler(&c.tx, &tache, fenetre, c.maintenant).await?;
    }
    Ok(())
}

/// Who hears of what an usager writes: the instructeurs who follow the dossier; without any, those who wrote in it;
/// otherwise all those of its groupe, lest nobody does.
async fn instructeurs(
    db: &impl ConnectionTrait,
    dossier: &dossier::Model,
) -> Result<Vec<CompteId>, Echec> {
    let membres = groupe::membres(db, dossier.groupe).await?;
    let suiveurs = suivi::suiveurs(db, dossier.numero).await?;
    let auteurs: Vec<CompteId> = lus::des_instructeurs(dossier.numero)
        .select_only()
        .column(message::Column::Auteur)
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    let parmi = |comptes: Vec<CompteId>| -> Vec<CompteId> {
        membres.iter().copied().filter(|membre| comptes.contains(membre)).collect()
    };
    let choisis = [parmi(suiveurs), parmi(auteurs)].into_iter().find(|choix| !choix.is_empty());
    Ok(choisis.unwrap_or(membres))
}

/// How many messages the mail of the task whose row is `id` tells of. `instructeur`: to whom it goes, `None` for the
/// usager. Zero when they were read meanwhile, or when the mail before still stands for them.
pub(crate) async fn a_dire(
    db: &impl ConnectionTrait,
    dossier: &dossier::Model,
    instructeur: Option<CompteId>,
    id: TacheId,
) -> Result<u64, Echec> {
    let numero = dossier.numero;
    let (role, vu) = match instructeur {
        None => (RoleAuteur::Instructeur, lus::vu_par_l_usager(db, dossier).await?),
        Some(compte) => (RoleAuteur::Usager, lus::vu_par(db, compte, numero).await?),
    };
    let tache = Courriel::Message { dossier: numero, instructeur };
    let non_lus = ecrits_depuis(numero, role, vu);
    // The mail before stands as long as they have not come because of it.
    let couverts = match taches::sort(db, &tache, Some(id)).await? {
        Some(Sort::Envoye(le)) if vu.is_none_or(|vu| vu < le) => {
            Some(le + Duration::minutes(FENETRE_MINUTES))
        }
        _ => None,
    };
    if couverts.is_some() && ecrits_depuis(numero, role, couverts).count(db).await? == 0 {
        return Ok(0);
    }
    Ok(non_lus.count(db).await?)
}

fn ecrits_depuis(
    numero: DossierNumero,
    role: RoleAuteur,
    depuis: Option<DateTime<Utc>>,
) -> Select<message::Entity> {
    let mut ecrits = message::Entity::find()
        .filter(message::Column::Dossier.eq(numero))
        .filter(message::Column::RoleAuteur.eq(role))
        .filter(message::Column::Genre.eq(GenreMessage::Libre))
        .filter(message::Column::SupprimeLe.is_null());
    if let Some(depuis) = depuis {
        ecrits = ecrits.filter(message::Column::EcritLe.gt(depuis));
    }
    ecrits.order_by_asc(message::Column::Id)
}
