//! What is asked of the platform: a page of the dossiers of a démarche, with what surrounds them; one dossier; where the next
//! dossier is.

use super::lecture::DossierDistant;
use crate::demarches_simplifiees::client::Requete;
use chrono::{DateTime, Utc};
use domain::raccordement::ErreurDistante;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What is read of a dossier.
macro_rules! fragment_dossier {
    () => {
        "
fragment DossierLu on Dossier {
  id
  number
  state
  archived
  dateDepot
  dateDerniereModification
  usager { email }
  groupeInstructeur { id number label closed }
  demandeur {
    __typename
    ... on PersonnePhysique { prenom nom }
    ... on PersonneMorale { siret entreprise { raisonSociale } }
    ... on PersonneMoraleIncomplete { siret }
  }
  messages { id email body createdAt discardedAt attachments { filename } }
  champs { __typename label stringValue }
}"
    };
}

/// A page of the dossiers of a démarche, in the order of their changes. With `entourage`, its groupes and its deletions too: a
/// démarche where nothing moves takes one request.
#[derive(Serialize)]
pub(super) struct LireMiroir<'a> {
    pub(super) numero: i64,
    pub(super) combien: u32,
    pub(super) depuis: DateTime<Utc>,
    pub(super) apres: Option<&'a str>,
    /// Whether dossiers are asked for.
    pub(super) dossiers: bool,
    pub(super) entourage: bool,
    /// Since when deletions are asked for.
    #[serde(rename = "supprimesDepuis")]
    pub(super) supprimes_depuis: DateTime<Utc>,
    #[serde(rename = "attenteApres")]
    pub(super) attente_apres: Option<&'a str>,
    #[serde(rename = "supprimesApres")]
    pub(super) supprimes_apres: Option<&'a str>,
}

impl Requete for LireMiroir<'_> {
    const NOM: &'static str = "lireMiroir";
    // In this order: a dossier hidden between two of its fields is in both, and the last one is right.
    const TEXTE: &'static str = concat!(
        "query lireMiroir(
  $numero: Int!
  $combien: Int!
  $depuis: ISO8601DateTime!
  $apres: String
  $dossiers: Boolean!
  $entourage: Boolean!
  $supprimesDepuis: ISO8601DateTime!
  $attenteApres: String
  $supprimesApres: String
) {
  demarche(number: $numero) {
    groupeInstructeurs @include(if: $entourage) {
      id
      number
      label
      closed
      instructeurs { id email }
    }
    dossiers(first: $combien, after: $apres, updatedSince: $depuis) @include(if: $dossiers) {
      pageInfo { hasNextPage endCursor }
      nodes { ...DossierLu }
    }
    pendingDeletedDossiers(first: 100, after: $attenteApres, deletedSince: $supprimesDepuis) @include(if: $entourage) {
      pageInfo { hasNextPage endCursor }
      nodes { number }
    }
    deletedDossiers(first: 100, after: $supprimesApres, deletedSince: $supprimesDepuis) @include(if: $entourage) {
      pageInfo { hasNextPage endCursor }
      nodes { number }
    }
  }
}",
        fragment_dossier!()
    );
    const ECRIT: bool = false;
    type Reponse = Lue<DemarcheLue>;
}

/// One dossier, with the number of its démarche.
#[derive(Serialize)]
pub(super) struct RelireDossier {
    pub(super) numero: i64,
}

impl Requete for RelireDossier {
    const NOM: &'static str = "relireDossier";
    const TEXTE: &'static str = concat!(
        "query relireDossier($numero: Int!) {
  dossier(number: $numero) {
    demarche { number }
    ...DossierLu
  }
}",
        fragment_dossier!()
    );
    const ECRIT: bool = false;
    type Reponse = DossierRelu;
}

/// Where the next dossier is, and nothing of what it holds: what keeps a dossier from being read does not keep this.
#[derive(Serialize)]
pub(super) struct SituerDossier<'a> {
    pub(super) numero: i64,
    pub(super) depuis: DateTime<Utc>,
    pub(super) apres: Option<&'a str>,
}

impl Requete for SituerDossier<'_> {
    const NOM: &'static str = "situerDossier";
    const TEXTE: &'static str =
        "query situerDossier($numero: Int!, $depuis: ISO8601DateTime!, $apres: String) {
  demarche(number: $numero) {
    dossiers(first: 1, after: $apres, updatedSince: $depuis) {
      pageInfo { hasNextPage endCursor }
      nodes { number }
    }
  }
}";
    const ECRIT: bool = false;
    type Reponse = Lue<DemarcheSituee>;
}

/// How many dossiers a démarche has: the newest platforms say it.
#[derive(Serialize)]
pub(super) struct CompterDossiers {
    pub(super) numero: i64,
}

impl Requete for CompterDossiers {
    const NOM: &'static str = "compterDossiers";
    const TEXTE: &'static str = "query compterDossiers($numero: Int!) {
  demarcheDescriptor(demarche: { number: $numero }) { dossiersCount }
}";
    const ECRIT: bool = false;
    type Reponse = Comptee;
}

/// The answer about a démarche.
#[derive(Deserialize)]
pub(super) struct Lue<T> {
    pub(super) demarche: T,
}

/// What is read of a démarche.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DemarcheLue {
    pub(super) groupe_instructeurs: Option<Vec<GroupeDistant>>,
    pub(super) dossiers: Option<Liste<Value>>,
    pub(super) pending_deleted_dossiers: Option<Liste<Numero>>,
    pub(super) deleted_dossiers: Option<Liste<Numero>>,
}

#[derive(Deserialize)]
pub(super) struct DemarcheSituee {
    pub(super) dossiers: Liste<Numero>,
}

#[derive(Deserialize)]
pub(super) struct DossierRelu {
    pub(super) dossier: AvecDemarche,
}

#[derive(Deserialize)]
pub(super) struct AvecDemarche {
    pub(super) demarche: Numero,
    #[serde(flatten)]
    pub(super) dossier: DossierDistant,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Comptee {
    pub(super) demarche_descriptor: Compte,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Compte {
    pub(super) dossiers_count: i64,
}

/// A page of a list.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Liste<T> {
    page_info: PageInfo,
    nodes: Option<Vec<Option<T>>>,
}

impl<T> Liste<T> {
    /// The cursor of its end, when something comes after it.
    pub(super) fn suite(&self) -> Option<&str> {
        self.page_info.end_cursor.as_deref().filter(|_| self.page_info.has_next_page)
    }

    /// The cursor of its end; `None` when it is empty.
    pub(super) fn fin(&self) -> Option<&str> {
        self.page_info.end_cursor.as_deref()
    }

    /// What it holds.
    pub(super) fn contenu(self) -> impl Iterator<Item = T> {
        self.nodes.into_iter().flatten().flatten()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

/// Something of which only the number is asked.
#[derive(Deserialize)]
pub(super) struct Numero {
    pub(super) number: i64,
}

/// A groupe, with its members.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct GroupeDistant {
    pub(super) id: String,
    pub(super) number: i64,
    pub(super) label: String,
    pub(super) closed: bool,
    /// Absent of what is read with a dossier.
    #[serde(default)]
    pub(super) instructeurs: Vec<MembreDistant>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct MembreDistant {
    pub(super) id: String,
    pub(super) email: String,
}

/// What was asked for is not in the answer.
pub(super) fn attendu<T>(lu: Option<T>) -> Result<T, ErreurDistante> {
    lu.ok_or(ErreurDistante::Illisible)
}
