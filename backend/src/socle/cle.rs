//! What makes the same form sent twice one act: its key, kept in a unique column of what it gave.

use crate::socle::erreur::Echec;
use chrono::{DateTime, Utc};
use domain::cle::CleDeFormulaire;
use domain::role::Acteur;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::fmt;

/// The key of an act about a dossier, unique among accounts and dossiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cle {
    /// That of the form; `None` for a form without one.
    formulaire: Option<String>,
    /// One that nothing has, for what counts whatever was sent before.
    neuve: String,
}

impl Cle {
    /// Of the form that `acteur` sent about `objet`, the number of a dossier, or that of a démarche.
    pub(crate) fn de(
        acteur: &Acteur,
        objet: impl fmt::Display,
        cle: &CleDeFormulaire,
        maintenant: DateTime<Utc>,
    ) -> Self {
        let compte = acteur.compte;
        Self {
            formulaire: cle.lue().map(|cle| format!("{compte}:{cle}:{objet}")),
            neuve: format!("{compte}:{objet}:{}", maintenant.timestamp_micros()),
        }
    }

    /// Tells apart the acts of one form: found again by going back and filled otherwise, it is another act.
    #[must_use]
    pub(crate) fn pour(self, quoi: impl fmt::Display) -> Self {
        let Self { formulaire, neuve } = self;
        Self {
            formulaire: formulaire.map(|cle| format!("{cle}:{quoi}")),
            neuve: format!("{neuve}:{quoi}"),
        }
    }

    /// What the same form gave when it was sent before: the row of its key, in `colonne`.
    ///
    /// # Errors
    /// The database failed.
    pub(crate) async fn deja<E: EntityTrait>(
        &self,
        db: &impl ConnectionTrait,
        colonne: E::Column,
    ) -> Result<Option<E::Model>, Echec> {
        match &self.formulaire {
            Some(cle) => Ok(E::find().filter(colonne.eq(cle)).one(db).await?),
            None => Ok(None),
        }
    }

    /// The key of an act that counts although its form was sent before: an old form, found again by going back after
    /// what it gave was undone.
    #[must_use]
    pub(crate) fn renouvelee(self) -> Self {
        Self { formulaire: None, ..self }
    }

    /// That of its form, for a column that may be empty.
    pub(crate) fn du_formulaire(&self) -> Option<&str> {
        self.formulaire.as_deref()
    }

    /// As its row keeps it.
    pub(crate) fn ecrite(self) -> String {
        self.formulaire.unwrap_or(self.neuve)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{CompteId, DossierNumero};

    fn cle(compte: i64, dossier: i64, formulaire: &str) -> Cle {
        let acteur = Acteur::ordinaire(CompteId(compte), String::new());
        Cle::de(&acteur, DossierNumero(dossier), &formulaire.into(), DateTime::UNIX_EPOCH)
    }

    #[test]
    fn a_key_is_that_of_one_account_one_dossier_and_one_act() {
        let ecrites = [
            cle(1, 2, "k"),
            cle(2, 2, "k"),
            cle(1, 3, "k"),
            cle(1, 2, "l"),
            cle(1, 2, "k").pour("refuser"),
            cle(1, 2, ""),
            cle(1, 2, "").pour("refuser"),
        ]
        .map(Cle::ecrite);
        let distinctes: std::collections::BTreeSet<&String> = ecrites.iter().collect();
        assert_eq!(distinctes.len(), ecrites.len(), "{ecrites:?}");
        assert_eq!(cle(1, 2, " k ").ecrite(), ecrites[0]);
    }

    #[test]
    fn a_form_without_a_key_or_whose_act_was_undone_counts_each_time() {
        assert_eq!(cle(1, 2, "").du_formulaire(), None);
        assert_eq!(cle(1, 2, "k").renouvelee().du_formulaire(), None);
        assert_eq!(cle(1, 2, "k").renouvelee().ecrite(), cle(1, 2, "").ecrite());
    }
}
