//! « Lu », « Non lu »: whether the other side has opened the messagerie since a message was written, and the orange
//! dots that say so.

use crate::acces::autorisations::{self, Qualite};
use crate::liste::criteres;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::regards::{self, Rubrique};
use crate::tables::message::RoleAuteur;
use crate::tables::{dossier, message, regard, suivi};
use chrono::{DateTime, Utc};
use domain::ids::{CompteId, DossierNumero, MessageId};
use domain::message::GenreMessage;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::MessageVue;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::collections::{HashMap, HashSet};

/// Says of each message of the instructeurs whether the usager has read it.
pub(super) async fn completer(
    db: &impl ConnectionTrait,
    dossier: &dossier::Model,
    messages: &mut [MessageVue],
) -> Result<(), Echec> {
    let vu = vu_par_l_usager(db, dossier).await?;
    let ecrits: HashMap<MessageId, DateTime<Utc>> = des_instructeurs(dossier.numero)
        .select_only()
        .columns([message::Column::Id, message::Column::EcritLe])
        .into_tuple::<(MessageId, DateTime<Utc>)>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    for message in messages {
        let ecrit_le = ecrits.get(&message.id);
        message.lu = ecrit_le.map(|ecrit_le| vu.is_some_and(|vu| vu >= *ecrit_le));
    }
    Ok(())
}

/// When the one who filed a dossier last opened its messagerie.
pub(super) async fn vu_par_l_usager(
    db: &impl ConnectionTrait,
    dossier: &dossier::Model,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    let sujet = Sujet::Dossier(dossier.numero);
    regards::vu_le(db, dossier.usager, sujet, Rubrique::Messagerie).await
}

/// When an instructeur last opened the messagerie. Of one who does not follow the dossier, what the instructeurs have
/// answered counts as seen.
pub(super) async fn vu_par(
    db: &impl ConnectionTrait,
    compte: CompteId,
    numero: DossierNumero,
) -> Result<Option<DateTime<Utc>>, Echec> {
    if let Some(suivi) = suivi::de(db, compte, numero).await? {
        return Ok(Some(suivi.vu_le));
    }
    let vu = regards::vu_le(db, compte, Sujet::Dossier(numero), Rubrique::Messagerie).await?;
    let ecrits = derniers(db, &[numero], RoleAuteur::Instructeur, &DES_PERSONNES).await?;
    Ok(std::cmp::max(vu, ecrits.get(&numero).copied()))
}

/// The dossiers that nobody follows and where an usager's message waits for an answer, unless `compte` has read it.
pub(crate) fn sans_reponse(compte: CompteId) -> Condition {
    let de = |table: &'static str, colonne: &'static str| {
        Expr::col((Alias::new(table), Alias::new(colonne)))
    };
    let ecrits_par = |table: &'static str, role: RoleAuteur| {
        Query::select()
            .expr(Expr::val(1))
            .from_as(message::Entity, Alias::new(table))
            .and_where(de(table, "dossier").equals((Alias::new("dossiers"), Alias::new("numero"))))
            .and_where(de(table, "role_auteur").eq(role.code()))
            .and_where(de(table, "genre").is_in(DES_PERSONNES.map(GenreMessage::code)))
            .and_where(de(table, "supprime_le").is_null())
            .to_owned()
    };
    let reponse = ecrits_par("reponses", RoleAuteur::Instructeur)
        .and_where(de("reponses", "ecrit_le").gte(de("questions", "ecrit_le")))
        .to_owned();
    let lecture = Query::select()
        .expr(Expr::val(1))
        .from(regard::Entity)
        .and_where(de("vues", "compte").eq(compte))
        .and_where(de("vues", "sujet").eq(regards::cle_du_dossier(Rubrique::Messagerie)))
        .and_where(de("vues", "vu_le").gte(de("questions", "ecrit_le")))
        .to_owned();
    let question = ecrits_par("questions", RoleAuteur::Usager)
        .and_where(Expr::not_exists(reponse))
        .and_where(Expr::not_exists(lecture))
        .to_owned();
    Condition::all().add(Expr::not_exists(criteres::suivis())).add(Expr::exists(question))
}

/// Those of `numeros` that are so.
pub(crate) async fn parmi_les_sans_reponse(
    db: &impl ConnectionTrait,
    compte: CompteId,
    numeros: &[DossierNumero],
) -> Result<HashSet<DossierNumero>, Echec> {
    let choisis: Vec<DossierNumero> = dossier::Entity::find()
        .filter(dossier::Column::Numero.is_in(numeros.iter().copied()))
        .filter(sans_reponse(compte))
        .select_only()
        .column(dossier::Column::Numero)
        .into_tuple()
        .all(db)
        .await?;
    Ok(choisis.into_iter().collect())
}

/// Of `numeros`, the dossiers of one's own where the instructeurs wrote something that was not read. A proposition and a
/// request for corrections have a sentence of their own.
pub(crate) async fn non_lus(
    db: &impl ConnectionTrait,
    compte: CompteId,
    numeros: &[DossierNumero],
) -> Result<HashSet<DossierNumero>, Echec> {
    let ecrits = derniers(db, numeros, RoleAuteur::Instructeur, &[GenreMessage::Libre]).await?;
    let dossiers = ecrits.keys().map(|numero| Sujet::Dossier(*numero));
    let vus = regards::vus_le(db, compte, dossiers, Rubrique::Messagerie).await?;
    let non_lu = |(numero, ecrit_le): (DossierNumero, DateTime<Utc>)| {
        let vu = vus.get(&Sujet::Dossier(numero));
        vu.is_none_or(|vu| *vu < ecrit_le).then_some(numero)
    };
    Ok(ecrits.into_iter().filter_map(non_lu).collect())
}

/// What people write, as opposed to what a rendez-vous writes in their name.
const DES_PERSONNES: [GenreMessage; 3] =
    [GenreMessage::Libre, GenreMessage::Proposition, GenreMessage::Correction];

/// When each of `numeros` was last written in by somebody on that side.
async fn derniers(
    db: &impl ConnectionTrait,
    numeros: &[DossierNumero],
    role: RoleAuteur,
    genres: &[GenreMessage],
) -> Result<HashMap<DossierNumero, DateTime<Utc>>, DbErr> {
    let lignes: Vec<(DossierNumero, DateTime<Utc>)> = message::Entity::find()
        .filter(message::Column::Dossier.is_in(numeros.iter().copied()))
        .filter(message::Column::RoleAuteur.eq(role))
        .filter(message::Column::Genre.is_in(genres.iter().copied()))
        .filter(message::Column::SupprimeLe.is_null())
        .select_only()
        .column(message::Column::Dossier)
        .column_as(message::Column::EcritLe.max(), "ecrit_le")
        .group_by(message::Column::Dossier)
        .into_tuple()
        .all(db)
        .await?;
    Ok(lignes.into_iter().collect())
}

/// An instructeur who does not follow the dossier looked at its messagerie, at `t`.
pub(crate) async fn voir(
    c: &Changement<'_>,
    numero: DossierNumero,
    t: DateTime<Utc>,
) -> Result<(), Echec> {
    let ecrits = derniers(&c.tx, &[numero], RoleAuteur::Usager, &DES_PERSONNES).await?;
    let (sujet, ecrit_le) = (Sujet::Dossier(numero), ecrits.get(&numero).copied());
    regards::voir(c, sujet, Rubrique::Messagerie, ecrit_le, t).await?;
    Ok(())
}

/// Whether an instructeur who does not follow the dossier would see something new in its messagerie.
pub(crate) async fn a_voir(
    db: &impl ConnectionTrait,
    compte: CompteId,
    numero: DossierNumero,
) -> Result<bool, Echec> {
    let ecrits = derniers(db, &[numero], RoleAuteur::Usager, &DES_PERSONNES).await?;
    let Some(ecrit_le) = ecrits.get(&numero) else { return Ok(false) };
    let vu = regards::vu_le(db, compte, Sujet::Dossier(numero), Rubrique::Messagerie).await?;
    Ok(vu.is_none_or(|vu| vu < *ecrit_le))
}

pub(super) fn des_instructeurs(dossier: DossierNumero) -> sea_orm::Select<message::Entity> {
    message::Entity::find()
        .filter(message::Column::Dossier.eq(dossier))
        .filter(message::Column::RoleAuteur.eq(RoleAuteur::Instructeur))
        .filter(message::Column::SupprimeLe.is_null())
}

/// When the latest message of the instructeurs until `vers` was written: one that comes after the page was read is
/// not read with it.
async fn dernier(
    db: &impl ConnectionTrait,
    dossier: DossierNumero,
    vers: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    let dernier = des_instructeurs(dossier)
        .filter(message::Column::EcritLe.lte(vers))
        .order_by_desc(message::Column::Id)
        .limit(1)
        .one(db)
        .await?;
    Ok(dernier.map(|message| message.ecrit_le))
}

/// Whether the instructeurs had written something, at `maintenant`, that the usager has not opened yet.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn a_lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<bool, Echec> {
    // What somebody invited reads, the one who filed the dossier may not have read.
    if autorisations::dossier_partage(db, acteur, numero).await?.1 == Qualite::Invite {
        return Ok(false);
    }
    let Some(ecrit_le) = dernier(db, numero, maintenant).await? else { return Ok(false) };
    let vu =
        regards::vu_le(db, acteur.compte, Sujet::Dossier(numero), Rubrique::Messagerie).await?;
    Ok(vu.is_none_or(|vu| vu < ecrit_le))
}

/// Notes that the usager opened the messagerie at `t`, before the change: the instructeurs see « Lu ».
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn lire(
    c: &Changement<'_>,
    numero: DossierNumero,
    t: DateTime<Utc>,
) -> Result<(), Echec> {
    autorisations::dossier_de_l_usager(&c.tx, c.acteur, numero).await?;
    let (sujet, dernier) = (Sujet::Dossier(numero), dernier(&c.tx, numero, t).await?);
    if regards::voir(c, sujet, Rubrique::Messagerie, dernier, t).await? {
        c.annoncer(&[sujet]).await?;
    }
    Ok(())
}
