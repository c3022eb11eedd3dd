//! That an instructeur follows a dossier, and when they last looked at its messagerie, its form and its opinions.

use crate::socle::erreur::Echec;
use crate::tables::{avis, dossier, message, piece_jointe};
use chrono::{DateTime, Utc};
use domain::ids::{CompteId, DossierNumero};
use domain::liste::Nouveaute;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, Func, OnConflict, Query, SelectStatement, UnionType,
};
use sea_orm::{Condition, QuerySelect};

/// A row of `suivis`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "suivis")]
pub struct Model {
    /// Which dossier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub dossier: DossierNumero,
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub compte: CompteId,
    /// Since when.
    pub depuis: DateTimeUtc,
    /// When they last looked at the messagerie.
    pub vu_le: DateTimeUtc,
    /// At the form; absent, not since they follow.
    pub demande_vue_le: Option<DateTimeUtc>,
    /// At the opinions; absent, not since they follow.
    pub avis_vu_le: Option<DateTimeUtc>,
    /// At the files; absent, not since they follow.
    pub pieces_vues_le: Option<DateTimeUtc>,
    /// At the annotations; absent, not since they follow.
    pub annotation_vue_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Makes `compte` follow a dossier; gives whether that is new.
pub(crate) async fn commencer(
    db: &impl ConnectionTrait,
    compte: CompteId,
    dossier: &dossier::Model,
    maintenant: DateTime<Utc>,
) -> Result<bool, Echec> {
    let ligne = ActiveModel {
        dossier: Set(dossier.numero),
        compte: Set(compte),
        depuis: Set(maintenant),
        vu_le: Set(maintenant),
        ..Default::default()
    };
    let insere = Entity::insert(ligne)
        .on_conflict(OnConflict::columns([Column::Dossier, Column::Compte]).do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(insere > 0)
}

/// How one follows a dossier, if one does.
pub(crate) async fn de(
    db: &impl ConnectionTrait,
    compte: CompteId,
    numero: DossierNumero,
) -> Result<Option<Model>, Echec> {
    Ok(Entity::find_by_id((numero, compte)).one(db).await?)
}

/// Those who follow a dossier.
pub(crate) async fn suiveurs(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Vec<CompteId>, Echec> {
    let choix = Entity::find().filter(Column::Dossier.eq(numero));
    Ok(choix.select_only().column(Column::Compte).into_tuple().all(db).await?)
}

/// Whether there is something of that kind that a follower has not seen, as their list says.
pub(crate) async fn non_vu(
    db: &impl ConnectionTrait,
    suivi: &Model,
    quoi: Nouveaute,
) -> Result<bool, Echec> {
    let mut requete = nouveau(suivi.compte, quoi);
    requete.and_where(Column::Dossier.eq(suivi.dossier));
    Ok(db.query_one(&requete).await?.is_some())
}

/// The dossiers that `compte` follows and where they have not seen everything.
pub(crate) fn nouveaux(compte: CompteId) -> SelectStatement {
    let quelque_chose = Condition::any()
        .add(Expr::exists(ecrit_depuis(compte)))
        .add(Expr::exists(modifie_depuis()))
        .add(Expr::exists(rendu_depuis()))
        .add(Expr::exists(joint_depuis(compte)))
        .add(Expr::exists(annote_depuis(compte)));
    suivis_de(compte).cond_where(quelque_chose).to_owned()
}

/// The dossiers that `compte` follows and where they have not seen `quoi`.
pub(crate) fn nouveau(compte: CompteId, quoi: Nouveaute) -> SelectStatement {
    let cela = match quoi {
        Nouveaute::Message => ecrit_depuis(compte),
        Nouveaute::Demande => modifie_depuis(),
        Nouveaute::Avis => rendu_depuis(),
        Nouveaute::Piece => joint_depuis(compte),
        Nouveaute::Annotation => annote_depuis(compte),
    };
    suivis_de(compte).and_where(Expr::exists(cela)).to_owned()
}

/// That `compte` follows the dossier that is read around it.
pub(crate) fn du_dossier(compte: CompteId) -> SelectStatement {
    ici(suivis_de(compte))
}

/// The same, with something of that kind that they have not seen.
pub(crate) fn nouveau_ici(compte: CompteId, quoi: Nouveaute) -> SelectStatement {
    ici(nouveau(compte, quoi))
}

fn ici(mut suivis: SelectStatement) -> SelectStatement {
    let numero = dossier::Column::Numero.as_column_ref();
    suivis.and_where(du_suivi("dossier").equals(numero)).take()
}

pub(crate) fn suivis_de(compte: CompteId) -> SelectStatement {
    Query::select()
        .column(Column::Dossier)
        .from(Entity)
        .and_where(Column::Compte.eq(compte))
        .to_owned()
}

pub(crate) fn du_suivi(colonne: &'static str) -> Expr {
    Expr::col((Alias::new("suivis"), Alias::new(colonne)))
}

pub(crate) fn ecrit_depuis(compte: CompteId) -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(message::Entity)
        .and_where(
            Expr::col(message::Column::Dossier.as_column_ref())
                .equals((Alias::new("suivis"), Alias::new("dossier"))),
        )
        .and_where(message::Column::SupprimeLe.is_null())
        .and_where(message::Column::Auteur.ne(compte))
        .and_where(Expr::col(message::Column::EcritLe.as_column_ref()).gt(du_suivi("vu_le")))
        .to_owned()
}

pub(crate) fn modifie_depuis() -> SelectStatement {
    let vue_le = Func::coalesce([du_suivi("demande_vue_le"), du_suivi("depuis")]);
    let modifie = |colonne| Expr::col((Alias::new("modifie"), Alias::new(colonne)));
    Query::select()
        .expr(Expr::val(1))
        .from_as(dossier::Entity, Alias::new("modifie"))
        .and_where(modifie("numero").equals((Alias::new("suivis"), Alias::new("dossier"))))
        .and_where(modifie("modifie_le").gt(vue_le))
        .to_owned()
}

pub(crate) fn rendu_depuis() -> SelectStatement {
    let vu_le = Func::coalesce([du_suivi("avis_vu_le"), du_suivi("depuis")]);
    Query::select()
        .expr(Expr::val(1))
        .from(avis::Entity)
        .and_where(
            Expr::col(avis::Column::Dossier.as_column_ref())
                .equals((Alias::new("suivis"), Alias::new("dossier"))),
        )
        .and_where(Expr::col(avis::Column::RenduLe.as_column_ref()).gt(vu_le))
        .to_owned()
}

pub(crate) fn joint_depuis(compte: CompteId) -> SelectStatement {
    let vu_le = Func::coalesce([du_suivi("pieces_vues_le"), du_suivi("depuis")]);
    let par = || Expr::col(piece_jointe::Column::Compte.as_column_ref());
    // An expert has no account.
    let d_autrui = Condition::any().add(par().is_null()).add(par().ne(compte));
    Query::select()
        .expr(Expr::val(1))
        .from(piece_jointe::Entity)
        .and_where(
            Expr::col(piece_jointe::Column::Dossier.as_column_ref())
                .equals((Alias::new("suivis"), Alias::new("dossier"))),
        )
        .cond_where(d_autrui)
        .and_where(Expr::col(piece_jointe::Column::JointeLe.as_column_ref()).gt(vu_le))
        .to_owned()
}

/// In the annotation or in a private field.
pub(crate) fn annote_depuis(compte: CompteId) -> SelectStatement {
    let dans_un_champ = note_depuis("valeurs_privees", compte);
    note_depuis("annotations", compte).union(UnionType::All, dans_un_champ).to_owned()
}

/// In a table to which each saving adds a row.
pub(crate) fn note_depuis(table: &'static str, compte: CompteId) -> SelectStatement {
    let vue_le = Func::coalesce([du_suivi("annotation_vue_le"), du_suivi("depuis")]);
    let colonne = |colonne| Expr::col((Alias::new(table), Alias::new(colonne)));
    Query::select()
        .expr(Expr::val(1))
        .from(Alias::new(table))
        .and_where(colonne("dossier").equals((Alias::new("suivis"), Alias::new("dossier"))))
        .and_where(colonne("instructeur").ne(compte))
        .and_where(colonne("le").gt(vue_le))
        .to_owned()
}
