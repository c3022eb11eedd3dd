//! The instructeur's list.

use crate::cle::CleDeFormulaire;
use crate::correction::EtatCorrection;
use crate::dossier::{EtatDossier, Tag};
use crate::ids::{DemarcheNumero, DossierNumero, GroupeId};
use crate::liste::{Colonne, Filtres, Nouveaute, Onglet};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A row of the instructeur's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LigneDossier {
    /// Its number.
    pub numero: DossierNumero,
    /// E-mail of the person who filed it.
    pub demandeur: String,
    /// Name of the person concerned.
    pub nom: String,
    /// Where it stands.
    pub etat: EtatDossier,
    /// The tag beside the état.
    pub tag: Option<Tag>,
    /// Whether nobody answered its proposition in time ([`crate::dossier::sans_reponse`]).
    pub sans_reponse: bool,
    /// The badge of the latest request for corrections.
    pub correction: Option<EtatCorrection>,
    /// When it was filed.
    pub depose_le: NaiveDate,
    /// When it expires, while en construction.
    pub expire_le: Option<NaiveDate>,
    /// Its groupe.
    pub groupe: String,
    /// Names of those who follow it.
    pub suivi_par: Vec<String>,
    /// Whether the reader follows it.
    pub suivi: bool,
    /// What the reader, who follows it, has not seen: it has an orange dot.
    pub nouveautes: Vec<Nouveaute>,
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageDossiers {
    /// Its rows.
    pub lignes: Vec<LigneDossier>,
    /// How many dossiers there are on all pages; `None` when there are more than [`PageDossiers::COMPTES`].
    pub total: Option<u64>,
    /// Whether there is a page before.
    pub precedente: bool,
    /// Whether there is a page after.
    pub suivante: bool,
}

impl PageDossiers {
    /// Beyond it, what a filter gives is not counted: it would take longer than to show it.
    pub const COMPTES: u64 = 1_000;
}

/// A dossier that was looked for among those of all démarches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierTrouve {
    /// As the list of its démarche shows it.
    pub ligne: LigneDossier,
    /// Its démarche.
    pub demarche: DemarcheNumero,
    /// Title of its démarche.
    pub titre: String,
}

/// « Rechercher un dossier », for an instructeur.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RechercheDossiers {
    /// What is looked for, and where.
    pub filtres: Filtres,
    /// A page of what was found.
    pub trouves: Vec<DossierTrouve>,
    /// How many there are on all pages; `None` when there are more than [`PageDossiers::COMPTES`].
    pub total: Option<u64>,
    /// Whether there is a page before.
    pub precedente: bool,
    /// Whether there is a page after.
    pub suivante: bool,
}

/// The instructeur's page of a démarche.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemarcheInstructeur {
    /// Its number.
    pub numero: DemarcheNumero,
    /// Its title.
    pub titre: String,
    /// Whether « rendez-vous avec les usagers » is shown: switched on, or some exist.
    pub rdv_visible: bool,
    /// Whether it has an orange dot.
    pub rdv_non_vus: bool,
    /// How many rendez-vous of its agenda wait to be attached to a dossier.
    pub a_rattacher: u64,
    /// Whether a rendez-vous may be proposed.
    pub rdv_active: bool,
    /// The groupes that the instructeur belongs to: id and name.
    pub groupes: Vec<(GroupeId, String)>,
    /// How many dossiers each tab has.
    pub comptes: Vec<(Onglet, u64)>,
    /// What is shown.
    pub filtres: Filtres,
    /// The columns that the instructeur chose.
    pub colonnes: Vec<Colonne>,
    /// The dossiers of the instructeur's groupes.
    pub dossiers: PageDossiers,
    /// Unique to the forms of the page shown: what is sent twice with it counts once.
    pub cle: CleDeFormulaire,
}
