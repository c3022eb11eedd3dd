//! What is asked of the platform to write there.

use crate::demarches_simplifiees::client::{Refus, Requete};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A mutation has one argument, `input`.
#[derive(Debug, Serialize)]
pub(super) struct Mutation<T> {
    pub(super) input: T,
}

/// « Envoyer le message ».
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EnvoyerMessage {
    pub(super) dossier_id: String,
    pub(super) instructeur_id: String,
    pub(super) body: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct MessageEnvoye {
    #[serde(rename = "dossierEnvoyerMessage")]
    pub(super) fait: FaitMessage,
}

#[derive(Debug, Deserialize)]
pub(super) struct FaitMessage {
    pub(super) message: Option<Id>,
    pub(super) errors: Option<Vec<Refus>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Id {
    pub(super) id: String,
}

impl Requete for Mutation<EnvoyerMessage> {
    const NOM: &'static str = "EnvoyerMessage";
    const TEXTE: &'static str = "mutation EnvoyerMessage($input: DossierEnvoyerMessageInput!) {
        dossierEnvoyerMessage(input: $input) { message { id } errors { message } }
    }";
    const ECRIT: bool = true;
    type Reponse = MessageEnvoye;
}

/// The messages of a dossier, to look for one among them.
#[derive(Debug, Serialize)]
pub(super) struct LireMessages {
    pub(super) number: i64,
}

#[derive(Debug, Deserialize)]
pub(super) struct MessagesLus {
    pub(super) dossier: DossierLu,
}

#[derive(Debug, Deserialize)]
pub(super) struct DossierLu {
    pub(super) messages: Vec<MessageLu>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MessageLu {
    pub(super) id: String,
    pub(super) email: String,
    pub(super) body: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) discarded_at: Option<DateTime<Utc>>,
}

impl Requete for LireMessages {
    const NOM: &'static str = "LireMessages";
    const TEXTE: &'static str = "query LireMessages($number: Int!) {
        dossier(number: $number) { messages { id email body createdAt discardedAt } }
    }";
    const ECRIT: bool = false;
    type Reponse = MessagesLus;
}

/// A label, put on a dossier or taken off.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AjouterEtiquette {
    pub(super) dossier_id: String,
    pub(super) label_id: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct EtiquetteAjoutee {
    #[serde(rename = "dossierAjouterLabel")]
    pub(super) fait: Fait,
}

#[derive(Debug, Deserialize)]
pub(super) struct Fait {
    pub(super) errors: Option<Vec<Refus>>,
}

impl Requete for Mutation<AjouterEtiquette> {
    const NOM: &'static str = "AjouterEtiquette";
    const TEXTE: &'static str = "mutation AjouterEtiquette($input: DossierAjouterLabelInput!) {
        dossierAjouterLabel(input: $input) { errors { message } }
    }";
    const ECRIT: bool = true;
    type Reponse = EtiquetteAjoutee;
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RetirerEtiquette {
    pub(super) dossier_id: String,
    pub(super) label_id: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct EtiquetteRetiree {
    #[serde(rename = "dossierSupprimerLabel")]
    pub(super) fait: Fait,
}

impl Requete for Mutation<RetirerEtiquette> {
    const NOM: &'static str = "RetirerEtiquette";
    const TEXTE: &'static str = "mutation RetirerEtiquette($input: DossierSupprimerLabelInput!) {
        dossierSupprimerLabel(input: $input) { errors { message } }
    }";
    const ECRIT: bool = true;
    type Reponse = EtiquetteRetiree;
}

/// Annotations, filled by their ids.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ModifierAnnotations {
    pub(super) dossier_id: String,
    pub(super) instructeur_id: String,
    pub(super) annotations: Vec<Annotation>,
}

#[derive(Debug, Serialize)]
pub(super) struct Annotation {
    pub(super) id: String,
    pub(super) value: Valeur,
}

/// One of the kinds of values.
#[derive(Debug, Serialize)]
pub(super) struct Valeur {
    pub(super) text: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct AnnotationsModifiees {
    #[serde(rename = "dossierModifierAnnotations")]
    pub(super) fait: FaitAnnotations,
}

#[derive(Debug, Deserialize)]
pub(super) struct FaitAnnotations {
    /// Those that were filled, also when others were not.
    pub(super) annotations: Option<Vec<Id>>,
    pub(super) errors: Option<Vec<Refus>>,
}

impl Requete for Mutation<ModifierAnnotations> {
    const NOM: &'static str = "ModifierAnnotations";
    const TEXTE: &'static str =
        "mutation ModifierAnnotations($input: DossierModifierAnnotationsInput!) {
        dossierModifierAnnotations(input: $input) { annotations { id } errors { message } }
    }";
    const ECRIT: bool = true;
    type Reponse = AnnotationsModifiees;
}
