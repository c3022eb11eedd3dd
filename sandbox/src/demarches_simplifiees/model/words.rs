//! The words of the schema: what a value may be.

use async_graphql::Enum;
use serde::{Deserialize, Serialize};

/// The état of a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Not filed yet: nobody but its usager knows it.
    Brouillon,
    /// Filed.
    EnConstruction,
    /// Being examined.
    EnInstruction,
    /// Decided: yes.
    Accepte,
    /// Decided: no.
    Refuse,
    /// Decided: no use.
    SansSuite,
}

impl State {
    /// Those that the API may say.
    pub const FILED: [Self; 5] =
        [Self::EnConstruction, Self::EnInstruction, Self::Accepte, Self::Refuse, Self::SansSuite];

    /// Whether it was decided.
    #[must_use]
    pub fn is_decided(self) -> bool {
        matches!(self, Self::Accepte | Self::Refuse | Self::SansSuite)
    }

    /// As the schema writes it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Brouillon => "brouillon",
            Self::EnConstruction => "en_construction",
            Self::EnInstruction => "en_instruction",
            Self::Accepte => "accepte",
            Self::Refuse => "refuse",
            Self::SansSuite => "sans_suite",
        }
    }

    /// As a person reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Brouillon => "Brouillon",
            Self::EnConstruction => "En construction",
            Self::EnInstruction => "En instruction",
            Self::Accepte => "Accepté",
            Self::Refuse => "Refusé",
            Self::SansSuite => "Classé sans suite",
        }
    }
}

/// The état of a démarche.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize)]
#[graphql(rename_items = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum DemarcheState {
    /// Being made.
    Brouillon,
    /// Open.
    Publiee,
    /// Closed.
    Close,
    /// Taken away.
    Depubliee,
}

/// How the platform addresses somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize)]
pub enum Civilite {
    /// Monsieur.
    #[graphql(name = "M")]
    M,
    /// Madame.
    #[graphql(name = "Mme")]
    Mme,
}

/// Why a correction is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize)]
#[graphql(rename_items = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CorrectionReason {
    /// Something is wrong.
    Incorrect,
    /// Something is missing.
    Incomplete,
    /// Something is too old.
    Outdated,
}

/// Why a dossier was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize)]
#[graphql(name = "DeletedDossierReason", rename_items = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum DeletedReason {
    /// Kept long enough.
    Expired,
    /// Asked by an instructeur.
    InstructeurRequest,
    /// Asked by those who run the platform.
    ManagerRequest,
    /// Its démarche was.
    ProcedureRemoved,
    /// Its account was not used any more.
    UserExpired,
    /// Its account was.
    UserRemoved,
    /// Asked by its usager.
    UserRequest,
}

/// What is done to a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize)]
#[graphql(rename_items = "snake_case")]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the schema's own words")]
pub enum TraitementEvent {
    Accepte,
    AccepteAutomatiquement,
    ClasseSansSuite,
    Depose,
    DeposeCorrectionInstructeur,
    DeposeCorrectionUsager,
    PasseEnInstruction,
    PasseEnInstructionAutomatiquement,
    Refuse,
    RefuseAutomatiquement,
    RepasseEnConstruction,
    RepasseEnInstruction,
}

/// The colour of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize)]
#[graphql(name = "LabelColorEnum", rename_items = "snake_case")]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the schema's own words")]
pub enum LabelColor {
    BeigeGrisGalet,
    BlueEcume,
    BrownCafeCreme,
    GreenBourgeon,
    GreenEmeraude,
    GreenMenthe,
    GreenTilleulVerveine,
    PinkMacaron,
    PurpleGlycine,
    YellowTournesol,
}

/// What a champ or an annotation holds: those that are played here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize)]
#[graphql(rename_items = "snake_case")]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the schema's own words")]
pub enum TypeDeChamp {
    Text,
    Textarea,
    Email,
    Phone,
    Checkbox,
    YesNo,
    Date,
    Datetime,
    IntegerNumber,
    DecimalNumber,
    DropDownList,
}
