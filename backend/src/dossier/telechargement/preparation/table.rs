//! What the tables of what is made aside have in common.

use super::Tenue;
use super::depot::Arret;
use crate::contexte::Contexte;
use crate::taches::Courriel;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// The columns that each of them has.
pub(crate) struct Colonnes<C> {
    pub(crate) id: C,
    pub(crate) compte: C,
    pub(crate) etat: C,
    pub(crate) echec: C,
    pub(crate) faits: C,
    pub(crate) total: C,
    pub(crate) taille: C,
    pub(crate) morceaux: C,
    pub(crate) essais: C,
    pub(crate) prise_jusqu_a: C,
    pub(crate) pret_le: C,
    pub(crate) expire_le: C,
}

/// A table of what is made aside, and that of its pieces, whose key is the row, which try made it, its place.
pub(crate) trait Preparation: EntityTrait<Model: Send + Sync> {
    /// What the logs call one.
    const NOM: &'static str;
    /// Its columns.
    const COLONNES: Colonnes<Self::Column>;

    /// What holds a row.
    fn tenue(ligne: &Self::Model) -> Tenue;

    /// The mail that says what became of it, if one does. `secondes`: how long after it was asked for.
    fn courriel(ligne: &Self::Model, secondes: i64) -> Option<Courriel>;

    /// Makes it, to its end.
    fn faire(
        contexte: &Contexte,
        ligne: &Self::Model,
        bail: Duration,
        arret: &CancellationToken,
    ) -> impl Future<Output = Result<(), Arret>> + Send;

    /// Adds a sealed piece.
    fn poser(
        db: &impl ConnectionTrait,
        cle: (i64, i32, i32),
        scelle: Vec<u8>,
    ) -> impl Future<Output = Result<(), DbErr>> + Send;

    /// A sealed piece.
    fn morceau(
        db: &impl ConnectionTrait,
        cle: (i64, i32, i32),
    ) -> impl Future<Output = Result<Option<Vec<u8>>, DbErr>> + Send;

    /// Takes a piece away.
    fn retirer_morceau(
        db: &impl ConnectionTrait,
        cle: (i64, i32, i32),
    ) -> impl Future<Output = Result<(), DbErr>> + Send;

    /// The first pieces of a row: which try made each, and its place.
    fn premiers_morceaux(
        db: &impl ConnectionTrait,
        id: i64,
        combien: u64,
    ) -> impl Future<Output = Result<Vec<(i32, i32)>, DbErr>> + Send;
}

/// What is the same for each of them, but for names.
macro_rules! preparation {
    ($ligne:ident ($id:path), $morceau:ident . $de:ident ($colonne:ident)) => {
        const COLONNES: $crate::dossier::telechargement::preparation::Colonnes<Self::Column> =
            $crate::dossier::telechargement::preparation::Colonnes {
                id: $ligne::Column::Id,
                compte: $ligne::Column::Compte,
                etat: $ligne::Column::Etat,
                echec: $ligne::Column::Echec,
                faits: $ligne::Column::Faits,
                total: $ligne::Column::Total,
                taille: $ligne::Column::Taille,
                morceaux: $ligne::Column::Morceaux,
                essais: $ligne::Column::Essais,
                prise_jusqu_a: $ligne::Column::PriseJusquA,
                pret_le: $ligne::Column::PretLe,
                expire_le: $ligne::Column::ExpireLe,
            };

        fn tenue(ligne: &$ligne::Model) -> $crate::dossier::telechargement::preparation::Tenue {
            $crate::dossier::telechargement::preparation::Tenue {
                id: ligne.id.0,
                essais: ligne.essais,
                compte: ligne.compte,
            }
        }

        async fn poser(
            db: &impl sea_orm::ConnectionTrait,
            (id, essai, rang): (i64, i32, i32),
            scelle: Vec<u8>,
        ) -> Result<(), sea_orm::DbErr> {
            use sea_orm::EntityTrait;
            let morceau = $morceau::ActiveModel {
                $de: sea_orm::ActiveValue::Set($id(id)),
                essai: sea_orm::ActiveValue::Set(essai),
                rang: sea_orm::ActiveValue::Set(rang),
                scelle: sea_orm::ActiveValue::Set(scelle),
            };
            $morceau::Entity::insert(morceau).exec_without_returning(db).await.map(|_| ())
        }

        async fn morceau(
            db: &impl sea_orm::ConnectionTrait,
            (id, essai, rang): (i64, i32, i32),
        ) -> Result<Option<Vec<u8>>, sea_orm::DbErr> {
            use sea_orm::EntityTrait;
            let lu = $morceau::Entity::find_by_id(($id(id), essai, rang)).one(db).await?;
            Ok(lu.map(|morceau| morceau.scelle))
        }

        async fn retirer_morceau(
            db: &impl sea_orm::ConnectionTrait,
            (id, essai, rang): (i64, i32, i32),
        ) -> Result<(), sea_orm::DbErr> {
            use sea_orm::EntityTrait;
            $morceau::Entity::delete_by_id(($id(id), essai, rang)).exec(db).await.map(|_| ())
        }

        async fn premiers_morceaux(
            db: &impl sea_orm::ConnectionTrait,
            id: i64,
            combien: u64,
        ) -> Result<Vec<(i32, i32)>, sea_orm::DbErr> {
            use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
            $morceau::Entity::find()
                .filter($morceau::Column::$colonne.eq($id(id)))
                .select_only()
                .columns([$morceau::Column::Essai, $morceau::Column::Rang])
                .limit(combien)
                .into_tuple()
                .all(db)
                .await
        }
    };
}
pub(crate) use preparation;
