//! Who is told at once, and what waits for a summary: of whatever happens in dossiers, decided here alone.

use super::reglages;
use crate::socle::erreur::Echec;
use crate::tables::{avertissement, dossier};
use chrono::{DateTime, Utc};
use domain::avertissement::{Avertissement, Rythme};
use domain::ids::{AvisId, CompteId, MessageId, RendezVousId};
use domain::rendez_vous::{Changement, Genre, Horaire};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};
use serde::{Deserialize, Serialize};

/// What happened in a dossier.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cause<'a> {
    /// To one of its rendez-vous.
    RendezVous(RendezVousId, &'a Detail),
    /// The usager wrote.
    Message(MessageId),
    /// It was filed.
    Depot,
    /// An expert answered.
    Avis(AvisId),
    /// The usager changed it.
    Modification,
}

/// What happened to a rendez-vous, as a row keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Detail {
    /// What happened.
    pub(crate) changement: Changement,
    /// Where it takes place since then.
    pub(crate) genre: Genre,
    /// When.
    pub(crate) horaire: Horaire,
}

impl Cause<'_> {
    fn quoi(self) -> Avertissement {
        match self {
            Self::RendezVous(_, detail) => (&detail.changement).into(),
            Self::Message(_) => Avertissement::Message,
            Self::Depot => Avertissement::DossierDepose,
            Self::Avis(_) => Avertissement::AvisRecu,
            Self::Modification => Avertissement::DossierModifie,
        }
    }

    const fn reference(self) -> Option<i64> {
        match self {
            Self::RendezVous(id, _) => Some(id.0),
            Self::Message(id) => Some(id.0),
            Self::Avis(id) => Some(id.0),
            Self::Depot | Self::Modification => None,
        }
    }

    fn detail(self) -> Result<Option<String>, Echec> {
        let Self::RendezVous(_, detail) = self else { return Ok(None) };
        let ecrit = serde_json::to_string(detail);
        ecrit.map(Some).map_err(|_| Echec::Inutilisable("change of a rendez-vous"))
    }
}

/// Tells `comptes` of something, as each chose: gives those who are told at once, by a mail that the caller adds to the
/// change. What the others are told later is written here.
pub(crate) async fn avertir(
    db: &impl ConnectionTrait,
    dossier: &dossier::Model,
    cause: Cause<'_>,
    comptes: &[CompteId],
    maintenant: DateTime<Utc>,
) -> Result<Vec<CompteId>, Echec> {
    if comptes.is_empty() {
        return Ok(vec![]);
    }
    let quoi = cause.quoi();
    let (mut tout_de_suite, mut plus_tard) = (Vec::new(), Vec::new());
    for (compte, reglage) in reglages::de_chacun(db, dossier.demarche, quoi, comptes).await? {
        match reglage.rythme() {
            Rythme::ToutDeSuite => tout_de_suite.push(compte),
            Rythme::Jour | Rythme::Semaine => plus_tard.push(compte),
            Rythme::Jamais => {}
        }
    }
    if plus_tard.is_empty() {
        return Ok(tout_de_suite);
    }
    let detail = cause.detail()?;
    let lignes = plus_tard.into_iter().map(|compte| avertissement::ActiveModel {
        compte: Set(compte),
        dossier: Set(dossier.numero),
        quoi: Set(quoi),
        reference: Set(cause.reference()),
        detail: Set(detail.clone()),
        le: Set(maintenant),
        recapitulatif: Set(None),
        ..Default::default()
    });
    avertissement::Entity::insert_many(lignes).exec_without_returning(db).await?;
    Ok(tout_de_suite)
}
