//! What mutations are given.

#![expect(missing_docs, reason = "each field is named by the schema")]

use async_graphql::{ID, InputObject, OneofObject};

use super::scalars::{Iso8601Date, Iso8601DateTime};
use crate::demarches_simplifiees::model::{CorrectionReason, TypeDeChamp};

/// Which démarche.
#[derive(OneofObject)]
pub enum FindDemarcheInput {
    /// By its identifier.
    Id(ID),
    /// By its number.
    Number(i32),
}

/// A message.
#[derive(InputObject)]
pub struct DossierEnvoyerMessageInput {
    pub client_mutation_id: Option<String>,
    pub dossier_id: ID,
    pub instructeur_id: ID,
    pub body: String,
    pub attachment: Option<ID>,
    pub correction: Option<CorrectionReason>,
}

/// A message to be deleted.
#[derive(InputObject)]
pub struct DossierSupprimerMessageInput {
    pub client_mutation_id: Option<String>,
    pub message_id: ID,
    pub instructeur_id: ID,
}

/// A label to be put.
#[derive(InputObject)]
pub struct DossierAjouterLabelInput {
    pub client_mutation_id: Option<String>,
    pub dossier_id: ID,
    pub label_id: ID,
}

/// A label to be taken off.
#[derive(InputObject)]
pub struct DossierSupprimerLabelInput {
    pub client_mutation_id: Option<String>,
    pub dossier_id: ID,
    pub label_id: ID,
}

/// Annotations to be filled in.
#[derive(InputObject)]
pub struct DossierModifierAnnotationsInput {
    pub client_mutation_id: Option<String>,
    pub dossier_id: ID,
    pub instructeur_id: ID,
    pub annotations: Vec<AnnotationInput>,
}

/// One of them.
#[derive(InputObject)]
pub struct AnnotationInput {
    pub id: ID,
    pub value: AnnotationValueInput,
}

/// What it holds.
#[derive(OneofObject)]
pub enum AnnotationValueInput {
    Text(String),
    Textarea(String),
    Email(String),
    Checkbox(bool),
    YesNo(bool),
    Date(Iso8601Date),
    Datetime(Iso8601DateTime),
    IntegerNumber(i32),
    DecimalNumber(f64),
    DropDownList(String),
    MultipleDropDownList(Vec<String>),
    Repetition(i32),
}

impl AnnotationValueInput {
    /// The text that is kept, when this is what the annotation holds.
    pub fn for_kind(&self, kind: TypeDeChamp) -> Option<String> {
        match (kind, self) {
            (TypeDeChamp::Text, Self::Text(text))
            | (TypeDeChamp::Textarea, Self::Textarea(text))
            | (TypeDeChamp::Email, Self::Email(text))
            | (TypeDeChamp::DropDownList, Self::DropDownList(text)) => Some(text.clone()),
            (TypeDeChamp::Checkbox, Self::Checkbox(yes))
            | (TypeDeChamp::YesNo, Self::YesNo(yes)) => Some(yes.to_string()),
            (TypeDeChamp::Date, Self::Date(day)) => Some(day.0.to_string()),
            (TypeDeChamp::Datetime, Self::Datetime(at)) => Some(datetime(*at)),
            (TypeDeChamp::IntegerNumber, Self::IntegerNumber(number)) => Some(number.to_string()),
            (TypeDeChamp::DecimalNumber, Self::DecimalNumber(number)) => Some(number.to_string()),
            _ => None,
        }
    }
}

/// An instant as an annotation keeps it.
pub fn datetime(at: Iso8601DateTime) -> String {
    crate::text::dates::iso8601(at.0, crate::text::dates::PARIS)
}

/// A text annotation to be filled in, the former way.
#[derive(InputObject)]
pub struct DossierModifierAnnotationTextInput {
    pub client_mutation_id: Option<String>,
    pub dossier_id: ID,
    pub instructeur_id: ID,
    pub annotation_id: ID,
    pub value: String,
}

/// An annotation that holds an instant to be filled in, the former way.
#[derive(InputObject)]
pub struct DossierModifierAnnotationDatetimeInput {
    pub client_mutation_id: Option<String>,
    pub dossier_id: ID,
    pub instructeur_id: ID,
    pub annotation_id: ID,
    pub value: Iso8601DateTime,
}

/// A dossier whose examination begins.
#[derive(InputObject)]
pub struct DossierPasserEnInstructionInput {
    pub client_mutation_id: Option<String>,
    pub dossier_id: ID,
    pub instructeur_id: ID,
    #[graphql(default_with = "Some(false)")]
    pub disable_notification: Option<bool>,
}

/// A dossier that goes back to its usager.
#[derive(InputObject)]
pub struct DossierRepasserEnConstructionInput {
    pub client_mutation_id: Option<String>,
    pub dossier_id: ID,
    pub instructeur_id: ID,
    #[graphql(default_with = "Some(false)")]
    pub disable_notification: Option<bool>,
}

/// A dossier that is examined again.
#[derive(InputObject)]
pub struct DossierRepasserEnInstructionInput {
    pub client_mutation_id: Option<String>,
    pub dossier_id: ID,
    pub instructeur_id: ID,
    #[graphql(default_with = "Some(false)")]
    pub disable_notification: Option<bool>,
}

/// A dossier that is decided: yes.
#[derive(InputObject)]
pub struct DossierAccepterInput {
    pub client_mutation_id: Option<String>,
    pub dossier_id: ID,
    pub instructeur_id: ID,
    pub justificatif: Option<ID>,
    pub motivation: Option<String>,
    #[graphql(default_with = "Some(false)")]
    pub disable_notification: Option<bool>,
}

/// A dossier that is decided: no.
#[derive(InputObject)]
pub struct DossierRefuserInput {
    pub client_mutation_id: Option<String>,
    pub dossier_id: ID,
    pub instructeur_id: ID,
    pub justificatif: Option<ID>,
    pub motivation: String,
    #[graphql(default_with = "Some(false)")]
    pub disable_notification: Option<bool>,
}

/// A dossier that is decided: no use.
#[derive(InputObject)]
pub struct DossierClasserSansSuiteInput {
    pub client_mutation_id: Option<String>,
    pub dossier_id: ID,
    pub instructeur_id: ID,
    pub justificatif: Option<ID>,
    pub motivation: String,
    #[graphql(default_with = "Some(false)")]
    pub disable_notification: Option<bool>,
}

/// A dossier to be put away.
#[derive(InputObject)]
pub struct DossierArchiverInput {
    pub client_mutation_id: Option<String>,
    pub dossier_id: ID,
    pub instructeur_id: ID,
}

/// A dossier to be taken back.
#[derive(InputObject)]
pub struct DossierDesarchiverInput {
    pub client_mutation_id: Option<String>,
    pub dossier_id: ID,
    pub instructeur_id: ID,
}

/// A dossier to be given to another groupe.
#[derive(InputObject)]
pub struct DossierChangerGroupeInstructeurInput {
    pub client_mutation_id: Option<String>,
    pub dossier_id: ID,
    pub groupe_instructeur_id: ID,
}
