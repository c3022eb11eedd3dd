//! A proposition of rendez-vous. At most one is « proposee » for a dossier (a partial unique index).

use crate::socle::erreur::Echec;
use crate::tables::{dossier, message};
use domain::dossier::{EtatDossier, Tag, sans_reponse};
use domain::ids::{AgendaId, CompteId, DossierNumero, MessageId, PropositionId, RdvUserId};
use domain::message::GenreMessage;
use domain::proposition::EtatProposition;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{FromQueryResult, QueryOrder, QuerySelect, Select};
use std::collections::HashMap;

/// A row of `propositions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "propositions")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: PropositionId,
    /// To the usager of which dossier.
    pub dossier: DossierNumero,
    /// Who proposes, and is told of what becomes of it.
    pub instructeur: CompteId,
    /// In which agenda: a booking there answers it, and no other.
    pub organisation: AgendaId,
    /// Where it stands.
    pub etat: EtatProposition,
    /// The page where slots were booked, when it was made.
    #[sea_orm(column_type = "Text")]
    pub url_agenda: String,
    /// That of the form: sent twice, it is one proposition.
    pub cle: String,
    /// When.
    pub proposee_le: DateTimeUtc,
    /// The number of the usager on the site, once their personal link was asked for.
    pub rdv_user: Option<RdvUserId>,
    /// Since when it waits, once it waits again: see [`attend_depuis`].
    pub attend_depuis: Option<DateTimeUtc>,
    /// Which reminder of it was sent last, from 1; 0 for none.
    pub relances: i32,
    /// When.
    pub relancee_le: Option<DateTimeUtc>,
    /// While it waits: when it is to be reminded of, or expires. Absent until that was told.
    pub a_revoir_le: Option<DateTimeUtc>,
    /// When that was told.
    pub revue_le: Option<DateTimeUtc>,
    /// When it expired.
    pub expiree_le: Option<DateTimeUtc>,
    /// When the usager first booked; absent of old ones, of which the platform did not say it.
    pub prise_le: Option<DateTimeUtc>,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Since when it waits: since it was made, or since the rendez-vous that had answered it was found to belong elsewhere.
#[must_use]
pub fn attend_depuis(proposition: &Model) -> DateTimeUtc {
    proposition.attend_depuis.unwrap_or(proposition.proposee_le)
}

/// That of one that waits again from `maintenant` on: nobody was reminded of it yet.
pub(crate) fn attendre(proposition: Model, maintenant: DateTimeUtc) -> Model {
    Model {
        attend_depuis: Some(maintenant),
        relances: 0,
        relancee_le: None,
        a_revoir_le: None,
        ..proposition
    }
}

/// The proposition that counts for each of `dossiers`: the open one, else the latest. An older one is open again once its
/// rendez-vous is detached.
pub(crate) async fn courantes(
    db: &impl ConnectionTrait,
    dossiers: &[DossierNumero],
) -> Result<HashMap<DossierNumero, Model>, Echec> {
    let lignes = Entity::find()
        .filter(Column::Dossier.is_in(dossiers.iter().copied()))
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    let mut courantes: HashMap<DossierNumero, Model> = HashMap::new();
    for ligne in lignes {
        let autre = courantes.get(&ligne.dossier);
        if autre.is_none_or(|autre| autre.etat != EtatProposition::Proposee) {
            courantes.insert(ligne.dossier, ligne);
        }
    }
    Ok(courantes)
}

/// The proposition that counts for a dossier, as [`courantes`].
pub(crate) async fn courante(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Option<Model>, Echec> {
    Ok(courantes(db, &[numero]).await?.remove(&numero))
}

/// The proposition that a rendez-vous of an agenda answers once it is attached to a dossier: the one that waits, else the
/// latest.
pub(crate) async fn a_lier(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
    organisation: AgendaId,
) -> Result<Option<PropositionId>, Echec> {
    let siennes = Entity::find()
        .filter(Column::Dossier.eq(numero))
        .filter(Column::Organisation.eq(organisation))
        .order_by_desc(Column::Id)
        .all(db)
        .await?;
    let attend = |p: &&Model| p.etat == EtatProposition::Proposee;
    Ok(siennes.iter().find(attend).or(siennes.first()).map(|proposition| proposition.id))
}

/// The proposition that counts for a dossier, as [`courantes`], read with the row of the dossier.
#[derive(Debug, Clone, Copy, Default, FromQueryResult)]
pub(crate) struct Courante {
    #[sea_orm(from_alias = "courante_etat")]
    pub(crate) etat: Option<EtatProposition>,
    #[sea_orm(from_alias = "courante_le")]
    proposee_le: Option<DateTimeUtc>,
    #[sea_orm(from_alias = "courante_message")]
    message: Option<MessageId>,
}

impl Courante {
    /// Has it read with dossiers.
    pub(crate) fn avec(dossiers: Select<dossier::Entity>) -> Select<dossier::Entity> {
        dossiers
            .expr_as(de_la_courante(Column::Etat), "courante_etat")
            .expr_as(de_la_courante(Column::ProposeeLe), "courante_le")
            .expr_as(message_ouvert(), "courante_message")
    }

    /// When it was made, once nobody answered it in time and somebody has to do something about it. `etat` and `tag`:
    /// those of the dossier.
    pub(crate) fn sans_reponse(&self, etat: EtatDossier, tag: Option<Tag>) -> Option<DateTimeUtc> {
        self.proposee_le.filter(|_| sans_reponse(etat, tag, self.etat))
    }

    /// When it was made and its message, unless that was deleted, while it waits for an answer.
    pub(crate) fn en_attente(&self) -> Option<(DateTimeUtc, Option<MessageId>)> {
        let attend = self.etat == Some(EtatProposition::Proposee);
        self.proposee_le.filter(|_| attend).map(|le| (le, self.message))
    }
}

/// A column of the one that counts for the dossier that is read around it.
fn de_la_courante(colonne: Column) -> SelectStatement {
    let de = |colonne: Column| Expr::col((Alias::new("courante"), colonne));
    Query::select()
        .expr(de(colonne))
        .from_as(Entity, Alias::new("courante"))
        .and_where(de(Column::Dossier).equals(dossier::Column::Numero.as_column_ref()))
        .order_by_expr(de(Column::Etat).eq(EtatProposition::Proposee), Order::Desc)
        .order_by_expr(de(Column::Id), Order::Desc)
        .limit(1)
        .to_owned()
}

/// The text of the message of the latest one that expired, of the dossier that is read around it.
pub(crate) fn texte_de_l_expiree() -> SelectStatement {
    let ici = || dossier::Column::Numero.as_column_ref();
    let expirees = Query::select()
        .expr(Column::Id.max())
        .from(Entity)
        .and_where(Expr::col(Column::Dossier.as_column_ref()).equals(ici()))
        .and_where(Column::Etat.eq(EtatProposition::Expiree))
        .to_owned();
    Query::select()
        .column(message::Column::Corps)
        .from(message::Entity)
        .and_where(Expr::col(message::Column::Dossier.as_column_ref()).equals(ici()))
        .and_where(message::Column::Proposition.in_subquery(expirees))
        .and_where(message::Column::Genre.eq(GenreMessage::Proposition))
        .order_by(message::Column::Id, Order::Asc)
        .limit(1)
        .to_owned()
}

/// The message of the one that waits for an answer, of the dossier that is read around it.
fn message_ouvert() -> SelectStatement {
    let ouvertes = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(
            Expr::col(Column::Dossier.as_column_ref())
                .equals(dossier::Column::Numero.as_column_ref()),
        )
        .and_where(Column::Etat.eq(EtatProposition::Proposee))
        .to_owned();
    Query::select()
        .expr(message::Column::Id.max())
        .from(message::Entity)
        .and_where(
            Expr::col(message::Column::Dossier.as_column_ref())
                .equals(dossier::Column::Numero.as_column_ref()),
        )
        .and_where(message::Column::Proposition.in_subquery(ouvertes))
        .and_where(message::Column::Genre.eq(GenreMessage::Proposition))
        .and_where(message::Column::SupprimeLe.is_null())
        .to_owned()
}

/// Withdraws those of `choix` that wait; gives how many did. Conditional: a booking applied at this very moment by another
/// process must not be overwritten.
pub(crate) async fn retirer(db: &impl ConnectionTrait, choix: Expr) -> Result<u64, Echec> {
    let retiree = ActiveModel { etat: Set(EtatProposition::Retiree), ..Default::default() };
    let change = Entity::update_many()
        .set(retiree)
        .filter(choix)
        .filter(Column::Etat.eq(EtatProposition::Proposee))
        .exec(db)
        .await?;
    Ok(change.rows_affected)
}

/// The message of a proposition, unless it was deleted.
pub(crate) async fn message(
    db: &impl ConnectionTrait,
    proposition: &Model,
) -> Result<Option<MessageId>, Echec> {
    let message = message::Entity::find()
        .filter(message::Column::Dossier.eq(proposition.dossier))
        .filter(message::Column::Proposition.eq(proposition.id))
        .filter(message::Column::Genre.eq(GenreMessage::Proposition))
        .filter(message::Column::SupprimeLe.is_null())
        .one(db)
        .await?;
    Ok(message.map(|message| message.id))
}
