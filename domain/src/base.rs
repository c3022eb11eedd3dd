//! What a table can hold in a column. On the server only: the feature `base` turns it on.
//!
//! The ids derive it. A word of a fixed list is stored as its `code()` and read by `from_code()`: [`crate::colonne!`].

use crate::avertissement::{Avertissement, Rythme};
use crate::avis::EtatAvis;
use crate::champs::TypeChamp;
use crate::correction::EtatCorrection;
use crate::courriel::RaisonEchec;
use crate::dossier::{EtatDossier, Origine, Place};
use crate::export;
use crate::fichier::{Analyse, Format};
use crate::identite::{Exigence, Fournisseur, Moyen};
use crate::instruction::Geste;
use crate::message::GenreMessage;
use crate::mise_de_cote::Raison;
use crate::modele::Modele;
use crate::proposition::EtatProposition;
use crate::raccordement::{self, EtatMessage, EtatRaccordement, Etiquette};
use crate::rendez_vous::{Genre, Statut, Suppression};
use crate::vues::EchecSynchronisation;
use sea_orm::{ColIdx, DbErr, QueryResult, TryGetError, TryGetable};
use std::borrow::Cow;
use std::sync::Arc;

/// A stored value that this version can't read: where it is, never what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Illisible {
    /// Its table.
    pub table: &'static str,
    /// Its column.
    pub colonne: Cow<'static, str>,
    /// The key of its row, when it is a number that was read with it.
    pub ligne: Option<i64>,
}

impl Illisible {
    /// That of a row whose key is known.
    #[must_use]
    pub fn a(table: &'static str, colonne: &'static str, ligne: impl Into<i64>) -> Self {
        Self { table, colonne: colonne.into(), ligne: Some(ligne.into()) }
    }
}

impl std::fmt::Display for Illisible {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "unreadable {}.{}", self.table, self.colonne)?;
        match self.ligne {
            Some(ligne) => write!(f, " of row {ligne}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Illisible {}

/// Reads a word. `tables`: those that hold such words, each with a column that the others have not.
///
/// # Errors
/// As the database says it; [`Illisible`] within, for a word that nobody knows.
pub fn lire<T, I: ColIdx>(
    ligne: &QueryResult,
    colonne: I,
    tables: &[(&'static str, &str)],
    from_code: impl Fn(&str) -> Option<T>,
) -> Result<T, TryGetError> {
    let mot = String::try_get_by(ligne, colonne)?;
    from_code(&mot).ok_or_else(|| {
        TryGetError::DbErr(DbErr::TryIntoErr {
            from: "String",
            into: std::any::type_name::<T>(),
            source: Arc::new(trouver(ligne, colonne, tables)),
        })
    })
}

fn trouver(
    ligne: &QueryResult,
    colonne: impl ColIdx,
    tables: &[(&'static str, &str)],
) -> Illisible {
    let colonnes = ligne.column_names();
    let a = |nom: &str| colonnes.iter().any(|colonne| colonne == nom);
    let table = tables.iter().find(|(_, la_sienne)| a(la_sienne)).or_else(|| tables.first());
    let cle = |nom: &str| ligne.try_get_by::<i64, _>(nom).ok();
    // The key comes first in a row without an id; a column read by its place is not of a whole row.
    let premiere = || colonne.as_str().and_then(|_| cle(colonnes.first()?));
    let rang = colonne.as_usize().and_then(|rang| colonnes.get(*rang));
    Illisible {
        table: table.map_or("?", |(table, _)| table),
        colonne: colonne
            .as_str()
            .map(ToOwned::to_owned)
            .or(rang.cloned())
            .unwrap_or_default()
            .into(),
        ligne: cle("id").or_else(|| cle("numero")).or_else(premiere),
    }
}

/// Lets a type with `code()` and `from_code()` be a column of these tables. When there are several, each is followed by a
/// column that the others have not. `total`: each word is read as something.
#[macro_export]
macro_rules! colonne {
    (total $type:ty, $($reste:tt)+) => {
        $crate::colonne!(@ $type, |code| Some(<$type>::from_code(code)), $($reste)+);
    };
    (@ $type:ty, $lire:expr, $table:literal) => {
        $crate::colonne!(@ $type, $lire, $table ($table));
    };
    (@ $type:ty, $lire:expr, $($table:literal ($sienne:literal)),+) => {
        impl From<$type> for sea_orm::Value {
            fn from(mot: $type) -> Self {
                mot.code().to_string().into()
            }
        }

        impl sea_orm::TryGetable for $type {
            fn try_get_by<I: sea_orm::ColIdx>(
                ligne: &sea_orm::QueryResult,
                colonne: I,
            ) -> Result<Self, sea_orm::TryGetError> {
                $crate::base::lire(ligne, colonne, &[$(($table, $sienne)),+], $lire)
            }
        }

        impl sea_orm::sea_query::ValueType for $type {
            fn try_from(valeur: sea_orm::Value) -> Result<Self, sea_orm::sea_query::ValueTypeErr> {
                let mot = <String as sea_orm::sea_query::ValueType>::try_from(valeur)?;
                ($lire)(&mot).ok_or(sea_orm::sea_query::ValueTypeErr)
            }

            fn type_name() -> String {
                stringify!($type).to_owned()
            }

            fn array_type() -> sea_orm::sea_query::ArrayType {
                sea_orm::sea_query::ArrayType::String
            }

            fn column_type() -> sea_orm::sea_query::ColumnType {
                <String as sea_orm::sea_query::ValueType>::column_type()
            }
        }

        impl sea_orm::sea_query::Nullable for $type {
            fn null() -> sea_orm::Value {
                sea_orm::Value::String(None)
            }
        }

        impl sea_orm::IntoActiveValue<$type> for $type {
            fn into_active_value(self) -> sea_orm::ActiveValue<$type> {
                sea_orm::ActiveValue::Set(self)
            }
        }

        // Asked of each part of a key; no database numbers words.
        impl sea_orm::TryFromU64 for $type {
            fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                Err(sea_orm::DbErr::ConvertFromU64(stringify!($type)))
            }
        }
    };
    ($type:ty, $($reste:tt)+) => {
        $crate::colonne!(@ $type, <$type>::from_code, $($reste)+);
    };
}

colonne!(
    Avertissement,
    "avertissements"("recapitulatif"),
    "choix_avertissements"("choisi_le"),
    "reglages_avertissements"("regle_le")
);
colonne!(Rythme, "choix_avertissements"("choisi_le"), "reglages_avertissements"("regle_le"));
colonne!(Fournisseur, "identites"("emetteur"), "demandes_identite"("etat"));
colonne!(Moyen, "sessions");
colonne!(Exigence, "demarches");
colonne!(EtatAvis, "avis");
colonne!(EtatCorrection, "corrections");
colonne!(EtatDossier, "dossiers");
colonne!(Place, "dossiers");
colonne!(Origine, "dossiers");
colonne!(EtatRaccordement, "raccordements");
colonne!(EtatMessage, "messages_distants");
colonne!(Etiquette, "miroirs");
colonne!(raccordement::Suppression, "miroirs");
colonne!(EtatProposition, "propositions");
colonne!(export::Echec, "exports"("format"), "archives_comptes"("proconnect"));
colonne!(export::Etat, "exports"("format"), "archives_comptes"("proconnect"));
colonne!(export::Format, "exports");
colonne!(Genre, "rendez_vous");
colonne!(Analyse, "pieces_jointes");
colonne!(Format, "pieces_jointes");
colonne!(Geste, "traitements");
colonne!(GenreMessage, "messages");
colonne!(Modele, "modeles_courriels");
colonne!(total Raison, "notifications");
colonne!(total RaisonEchec, "adresses_refusees");
colonne!(Statut, "rendez_vous");
colonne!(Suppression, "rendez_vous");
colonne!(EchecSynchronisation, "reconciliations");
colonne!(TypeChamp, "champs"("position"), "valeurs_privees"("valeur"));
