//! « Lu », « Non lu »: whether the other side has opened the messagerie since a message was written, and the orange
//! dots that say so.

use crate::acces::autorisations;
use crate::liste::criteres;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::regards::{self, Rubrique};
use crate::tables::message::RoleAuteur;
use crate::tables::{dossier, message, regard, suivi};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::ids::{CompteId, DossierNumero};
use domain::message::GenreMessage;
use domain::role::Acteur;
use domain::sujet::Sujet;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use std::collections::HashMap;

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

/// That `compte`, an instructeur, has not read the message that is read around it, as [`vu_par`] says.
pub(crate) fn pas_lu_par(compte: CompteId) -> Expr {
    let compte = compte.0;
    let genres = DES_PERSONNES.map(|genre| format!("'{}'", genre.code())).join(", ");
    let suivi = format!(
        "EXISTS (SELECT 1 FROM suivis WHERE suivis.dossier = messages.dossier AND suivis.compte = {compte}"
    );
    let cle = format!("'dossier:' || messages.dossier || ':{}'", Rubrique::Messagerie.code());
    Expr::cust(format!(
        "NOT {suivi} AND suivis.vu_le >= messages.ecrit_le) AND ({suivi}) OR NOT EXISTS (\
         SELECT 1 FROM vues WHERE vues.compte = {compte} AND vues.sujet = {cle} \
         AND vues.vu_le >= messages.ecrit_le) AND NOT EXISTS (\
         SELECT 1 FROM messages AS reponses WHERE reponses.dossier = messages.dossier \
         AND reponses.role_auteur = '{}' AND reponses.genre IN ({genres}) \
         AND reponses.supprime_le IS NULL AND reponses.ecrit_le >= messages.ecrit_le))",
        RoleAuteur::Instructeur.code()
    ))
}

/// That no mail to `compte`, an instructeur, counted the message that is read around it.
pub(crate) fn pas_annonce_a(compte: CompteId) -> Expr {
    Expr::cust(format!(
        "NOT EXISTS (SELECT 1 FROM taches WHERE taches.suite = messages.dossier || ':{compte}:messages' \
         AND taches.faite_le >= messages.ecrit_le AND taches.raison IS NULL)"
    ))
}

/// When one side last wrote in a dossier, and when somebody last opened its messagerie, read with the row of the
/// dossier.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub(crate) struct Lecture {
    dernier_ecrit_le: Option<DateTime<Utc>>,
    messagerie_vue_le: Option<DateTime<Utc>>,
}

impl Lecture {
    /// Of what the instructeurs wrote until `vers`: one that comes after the page was read is not read with it.
    pub(crate) fn des_instructeurs(
        dossiers: Select<dossier::Entity>,
        compte: CompteId,
        vers: DateTime<Utc>,
    ) -> Select<dossier::Entity> {
        let mut ecrits = ecrits_ici(RoleAuteur::Instructeur);
        Self::de(dossiers, compte, ecrits.and_where(message::Column::EcritLe.lte(vers)).take())
    }

    /// Of what the instructeurs wrote of themselves: a proposition and a request for corrections have a sentence of their
    /// own.
    pub(crate) fn des_messages_libres(
        dossiers: Select<dossier::Entity>,
        compte: CompteId,
    ) -> Select<dossier::Entity> {
        let mut ecrits = ecrits_ici(RoleAuteur::Instructeur);
        let libre = message::Column::Genre.eq(GenreMessage::Libre);
        Self::de(dossiers, compte, ecrits.and_where(libre).take())
    }

    /// Of what the usager's side wrote.
    pub(crate) fn de_l_usager(
        dossiers: Select<dossier::Entity>,
        compte: CompteId,
    ) -> Select<dossier::Entity> {
        let mut ecrits = ecrits_ici(RoleAuteur::Usager);
        let des_personnes = message::Column::Genre.is_in(DES_PERSONNES);
        Self::de(dossiers, compte, ecrits.and_where(des_personnes).take())
    }

    fn de(
        dossiers: Select<dossier::Entity>,
        compte: CompteId,
        mut ecrits: SelectStatement,
    ) -> Select<dossier::Entity> {
        let dernier = ecrits.order_by(message::Column::Id, Order::Desc).limit(1).take();
        dossiers
            .expr_as(dernier, "dernier_ecrit_le")
            .expr_as(regards::du_dossier(compte, Rubrique::Messagerie), "messagerie_vue_le")
    }

    /// Whether something was not read.
    pub(crate) fn a_lire(self) -> bool {
        self.dernier_ecrit_le
            .is_some_and(|ecrit_le| self.messagerie_vue_le.is_none_or(|vu| vu < ecrit_le))
    }
}

/// When the messages of that side that are not deleted were written, in the dossier that is read around it.
fn ecrits_ici(role: RoleAuteur) -> SelectStatement {
    Query::select()
        .column(message::Column::EcritLe)
        .from(message::Entity)
        .and_where(
            Expr::col(message::Column::Dossier.as_column_ref())
                .equals(dossier::Column::Numero.as_column_ref()),
        )
        .and_where(message::Column::RoleAuteur.eq(role))
        .and_where(message::Column::SupprimeLe.is_null())
        .to_owned()
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

pub(super) fn des_instructeurs(dossier: DossierNumero) -> Select<message::Entity> {
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
    let dossier = autorisations::partage(acteur, numero).select_only();
    let dossier = dossier.column_as(dossier::Column::Usager, "titulaire");
    let lu = Lecture::des_instructeurs(dossier, acteur.compte, maintenant).into_model::<Ouverte>();
    let Ouverte { titulaire, lecture } = lu.one(db).await?.ok_or(Erreur::Introuvable)?;
    // What somebody invited reads, the one who filed the dossier may not have read.
    Ok(titulaire == acteur.compte && lecture.a_lire())
}

#[derive(FromQueryResult)]
struct Ouverte {
    titulaire: CompteId,
    #[sea_orm(nested)]
    lecture: Lecture,
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
