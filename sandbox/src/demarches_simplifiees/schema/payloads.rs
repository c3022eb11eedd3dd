//! What mutations answer: what was changed, or why not, in French.

use async_graphql::SimpleObject;

use super::champs::ChampNode;
use super::demarche::LabelNode;
use super::dossier::{DossierNode, MessageNode};

/// Why something was not done.
#[derive(SimpleObject)]
pub struct ValidationError {
    message: String,
}

/// Reasons as the schema shows them.
pub fn errors(reasons: Vec<String>) -> Option<Vec<ValidationError>> {
    let errors: Vec<_> = reasons.into_iter().map(|message| ValidationError { message }).collect();
    (!errors.is_empty()).then_some(errors)
}

macro_rules! payloads {
    ($($name:ident { $($field:ident: $kind:ty),+ })+) => {$(
        #[derive(Default, SimpleObject)]
        #[expect(missing_docs, reason = "the schema's own words")]
        pub struct $name {
            pub client_mutation_id: Option<String>,
            pub errors: Option<Vec<ValidationError>>,
            $(pub $field: Option<$kind>,)+
        }
    )+};
}

payloads! {
    DossierEnvoyerMessagePayload { message: MessageNode }
    DossierSupprimerMessagePayload { message: MessageNode }
    DossierAjouterLabelPayload { dossier: DossierNode, label: LabelNode }
    DossierSupprimerLabelPayload { dossier: DossierNode, label: LabelNode }
    DossierModifierAnnotationsPayload { annotations: Vec<ChampNode> }
    DossierModifierAnnotationTextPayload { annotation: ChampNode }
    DossierModifierAnnotationDatetimePayload { annotation: ChampNode }
    DossierPasserEnInstructionPayload { dossier: DossierNode }
    DossierRepasserEnConstructionPayload { dossier: DossierNode }
    DossierRepasserEnInstructionPayload { dossier: DossierNode }
    DossierAccepterPayload { dossier: DossierNode }
    DossierRefuserPayload { dossier: DossierNode }
    DossierClasserSansSuitePayload { dossier: DossierNode }
    DossierArchiverPayload { dossier: DossierNode }
    DossierDesarchiverPayload { dossier: DossierNode }
    DossierChangerGroupeInstructeurPayload { dossier: DossierNode }
}
