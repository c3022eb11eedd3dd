//! What may be changed. A token that only reads, or what the rules refuse, is said in the answer; what can't be found or
//! reached is an error at the root.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};

use super::champs::{ChampNode, champ};
use super::demarche::{LabelNode, label};
use super::dossier::{DossierNode, MessageNode, message};
use super::inputs::*;
use super::payloads::*;
use super::query::find;
use super::{Asking, asking, hidden, ids, not_found};
use crate::demarches_simplifiees::model::{State, TypeDeChamp};
use crate::demarches_simplifiees::world::World;
use crate::demarches_simplifiees::world::decisions::Decision;
use crate::demarches_simplifiees::world::rules::Refusal;

const READ_ONLY: &str = "Le jeton utilisé est configuré seulement en lecture";

/// The root.
pub struct Mutation;

/// Who acts on what.
struct Act<'a> {
    asking: &'a Asking,
    /// The number of the dossier.
    dossier: i64,
    /// The number of the instructeur; of nobody when the account is not an instructeur's.
    instructeur: i64,
    /// Whether the usager gets a mail.
    told: bool,
}

impl<'a> Act<'a> {
    /// Finds the dossier and the instructeur.
    fn load(
        asking: &'a Asking,
        payload: &str,
        dossier: &ID,
        instructeur: Option<&ID>,
    ) -> Result<Self> {
        let number = ids::number(dossier, "Dossier");
        let found = number.and_then(|number| find(asking, number));
        let (dossier, demarche) = found.ok_or_else(|| not_found(payload))?;
        if !asking.token.reaches(demarche.number) {
            return Err(hidden("Dossier"));
        }
        let instructeur = match instructeur {
            None => 0,
            Some(id) => account(asking, payload, id)?,
        };
        Ok(Self { asking, dossier: dossier.number, instructeur, told: true })
    }

    fn told(self, disabled: Option<bool>) -> Self {
        Self { told: disabled != Some(true), ..self }
    }

    /// Does it.
    fn change<T>(
        &self,
        act: impl FnOnce(&mut World, i64, i64, DateTime<Utc>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        self.asking.store.change(|world, now| act(world, self.dossier, self.instructeur, now))
    }

    /// Brings the dossier to another état.
    fn decide(&self, state: State, motivation: Option<&str>) -> Outcome {
        let decision = Decision { state, motivation, told: self.told };
        let done =
            self.change(|world, dossier, by, now| world.decide(dossier, decision, Some(by), now));
        self.outcome(done)
    }

    fn outcome(&self, done: Result<(), Refusal>) -> Outcome {
        match done {
            Ok(()) => (self.node(), None),
            Err(refusal) => (None, errors(vec![refusal])),
        }
    }

    fn node(&self) -> Option<DossierNode> {
        let (dossier, demarche) = find(self.asking, self.dossier)?;
        Some(DossierNode { dossier, demarche })
    }

    /// An annotation, as it is now.
    fn annotation(&self, stable_id: i64) -> Option<ChampNode> {
        let (dossier, demarche) = find(self.asking, self.dossier)?;
        let form = &demarche.revision(dossier.revision).annotations;
        let descriptor = form.iter().find(|d| d.stable_id == stable_id)?;
        let known = dossier.annotations.iter().find(|champ| champ.stable_id == stable_id)?;
        Some(champ(self.asking, descriptor, known))
    }

    /// Why the instructeur may not act on the dossier.
    fn outside(&self) -> Option<Refusal> {
        self.asking.store.read(|world| {
            let dossier = world.dossier(self.dossier)?;
            world.member(dossier, self.instructeur).err()
        })
    }

    /// Fills one annotation in, the former way.
    fn fill_one(
        &self,
        id: &ID,
        kinds: &[TypeDeChamp],
        value: String,
    ) -> Result<Option<ChampNode>, Refusal> {
        if let Some(refusal) = self.outside() {
            return Err(refusal);
        }
        let stable_id = ids::number(id, "Champ");
        let known = stable_id.filter(|stable_id| {
            let kind =
                self.asking.store.read(|world| world.annotation_kind(self.dossier, *stable_id));
            kind.is_some_and(|kind| kinds.contains(&kind))
        });
        let Some(stable_id) = known else {
            return Err(format!("L’annotation \"{}\" n’existe pas", id.as_str()));
        };
        self.change(|world, dossier, _, now| world.annotate(dossier, &[(stable_id, value)], now))?;
        Ok(self.annotation(stable_id))
    }
}

type Outcome = (Option<DossierNode>, Option<Vec<ValidationError>>);

/// The number of an instructeur; 0 for an account of another kind.
fn account(asking: &Asking, payload: &str, id: &ID) -> Result<i64> {
    match ids::read(id) {
        Some((class, number)) if class == "Instructeur" => {
            let known = asking.store.read(|world| world.instructeur(number));
            known.map(|person| person.id).ok_or_else(|| not_found(payload))
        }
        Some((class, _)) if class == "User" => Ok(0),
        _ => Err(not_found(payload)),
    }
}

/// A label of a démarche that the token reaches.
fn find_label(asking: &Asking, payload: &str, id: &ID) -> Result<(i64, LabelNode)> {
    let number = ids::number(id, "Label").ok_or_else(|| not_found(payload))?;
    let found = asking.store.read(|world| {
        let mut all = world.demarches.values();
        all.find_map(|demarche| demarche.label(number).map(label))
    });
    found.map(|found| (number, found)).ok_or_else(|| not_found(payload))
}

/// An answer that says that the token only reads.
macro_rules! needs_to_write {
    ($asking:expr, $input:expr, $payload:ident) => {
        if !$asking.token.write {
            return Ok(Some($payload {
                client_mutation_id: $input.client_mutation_id,
                errors: errors(vec![READ_ONLY.to_owned()]),
                ..$payload::default()
            }));
        }
    };
}

/// An answer that shows the dossier, or why nothing was done.
macro_rules! answer {
    ($input:expr, $payload:ident, $outcome:expr) => {{
        let (dossier, errors) = $outcome;
        Ok(Some($payload { client_mutation_id: $input.client_mutation_id, errors, dossier }))
    }};
}

#[Object]
impl Mutation {
    /// Envoyer un message à l’usager du dossier.
    async fn dossier_envoyer_message(
        &self,
        ctx: &Context<'_>,
        input: DossierEnvoyerMessageInput,
    ) -> Result<Option<DossierEnvoyerMessagePayload>> {
        let asking = asking(ctx);
        needs_to_write!(asking, input, DossierEnvoyerMessagePayload);
        let payload = "DossierEnvoyerMessagePayload";
        let act = Act::load(asking, payload, &input.dossier_id, Some(&input.instructeur_id))?;
        let sent = if input.attachment.is_some() {
            // No file is played: none can have been sent.
            Err("L’identifiant du fichier téléversé est invalide".to_owned())
        } else {
            act.change(|world, dossier, by, now| {
                world.instructeur_writes(dossier, by, &input.body, input.correction, now)
            })
        };
        let client_mutation_id = input.client_mutation_id;
        Ok(Some(match sent {
            Ok(id) => DossierEnvoyerMessagePayload {
                client_mutation_id,
                message: message_of(asking, act.dossier, id),
                errors: None,
            },
            Err(refusal) => DossierEnvoyerMessagePayload {
                client_mutation_id,
                message: None,
                errors: errors(vec![refusal]),
            },
        }))
    }

    /// Supprimer un message.
    async fn dossier_supprimer_message(
        &self,
        ctx: &Context<'_>,
        input: DossierSupprimerMessageInput,
    ) -> Result<Option<DossierSupprimerMessagePayload>> {
        let asking = asking(ctx);
        needs_to_write!(asking, input, DossierSupprimerMessagePayload);
        let payload = "DossierSupprimerMessagePayload";
        let id = ids::number(&input.message_id, "Commentaire");
        let found = id.and_then(|id| {
            let dossier = asking.store.read(|world| world.dossier_of_message(id).cloned())?;
            Some((id, dossier))
        });
        let (id, dossier) = found.ok_or_else(|| not_found(payload))?;
        if !asking.token.reaches(dossier.demarche) {
            return Err(hidden("Message"));
        }
        let instructeur = account(asking, payload, &input.instructeur_id)?;
        let done = asking.store.change(|world, now| world.delete_message(id, instructeur, now));
        let client_mutation_id = input.client_mutation_id;
        Ok(Some(match done {
            Ok(()) => DossierSupprimerMessagePayload {
                client_mutation_id,
                message: message_of(asking, dossier.number, id),
                errors: None,
            },
            Err(refusal) => DossierSupprimerMessagePayload {
                client_mutation_id,
                message: None,
                errors: errors(vec![refusal]),
            },
        }))
    }

    /// Ajouter un label à un dossier.
    async fn dossier_ajouter_label(
        &self,
        ctx: &Context<'_>,
        input: DossierAjouterLabelInput,
    ) -> Result<Option<DossierAjouterLabelPayload>> {
        let asking = asking(ctx);
        needs_to_write!(asking, input, DossierAjouterLabelPayload);
        let payload = "DossierAjouterLabelPayload";
        let act = Act::load(asking, payload, &input.dossier_id, None)?;
        let (id, label) = find_label(asking, payload, &input.label_id)?;
        let done = act.change(|world, dossier, _, now| world.add_label(dossier, id, now));
        let label = done.is_ok().then_some(label);
        let (dossier, errors) = act.outcome(done);
        let client_mutation_id = input.client_mutation_id;
        Ok(Some(DossierAjouterLabelPayload { client_mutation_id, errors, dossier, label }))
    }

    /// Supprimer un label d’un dossier.
    async fn dossier_supprimer_label(
        &self,
        ctx: &Context<'_>,
        input: DossierSupprimerLabelInput,
    ) -> Result<Option<DossierSupprimerLabelPayload>> {
        let asking = asking(ctx);
        needs_to_write!(asking, input, DossierSupprimerLabelPayload);
        let payload = "DossierSupprimerLabelPayload";
        let act = Act::load(asking, payload, &input.dossier_id, None)?;
        let (id, label) = find_label(asking, payload, &input.label_id)?;
        let done = act.change(|world, dossier, _, now| world.remove_label(dossier, id, now));
        let label = done.is_ok().then_some(label);
        let (dossier, errors) = act.outcome(done);
        let client_mutation_id = input.client_mutation_id;
        Ok(Some(DossierSupprimerLabelPayload { client_mutation_id, errors, dossier, label }))
    }

    /// Modifier des annotations.
    async fn dossier_modifier_annotations(
        &self,
        ctx: &Context<'_>,
        input: DossierModifierAnnotationsInput,
    ) -> Result<Option<DossierModifierAnnotationsPayload>> {
        let asking = asking(ctx);
        needs_to_write!(asking, input, DossierModifierAnnotationsPayload);
        let payload = "DossierModifierAnnotationsPayload";
        let act = Act::load(asking, payload, &input.dossier_id, Some(&input.instructeur_id))?;
        let client_mutation_id = input.client_mutation_id;
        if let Some(refusal) = act.outside() {
            let errors = errors(vec![refusal]);
            let annotations = None;
            let answer =
                DossierModifierAnnotationsPayload { client_mutation_id, errors, annotations };
            return Ok(Some(answer));
        }
        let (mut values, mut refusals) = (Vec::new(), Vec::new());
        for annotation in &input.annotations {
            match value_of(asking, act.dossier, annotation) {
                Ok(value) => values.push(value),
                Err(refusal) => refusals.push(refusal),
            }
        }
        if !values.is_empty() {
            let done = act.change(|world, dossier, _, now| world.annotate(dossier, &values, now));
            refusals.extend(done.err());
        }
        let filled = values.iter().filter_map(|(stable_id, _)| act.annotation(*stable_id));
        Ok(Some(DossierModifierAnnotationsPayload {
            client_mutation_id,
            annotations: Some(filled.collect()),
            errors: errors(refusals),
        }))
    }

    /// Modifier l’annotation au format text.
    async fn dossier_modifier_annotation_text(
        &self,
        ctx: &Context<'_>,
        input: DossierModifierAnnotationTextInput,
    ) -> Result<Option<DossierModifierAnnotationTextPayload>> {
        let asking = asking(ctx);
        needs_to_write!(asking, input, DossierModifierAnnotationTextPayload);
        let payload = "DossierModifierAnnotationTextPayload";
        let act = Act::load(asking, payload, &input.dossier_id, Some(&input.instructeur_id))?;
        let kinds = [TypeDeChamp::Text, TypeDeChamp::Textarea];
        let (annotation, errors) = match act.fill_one(&input.annotation_id, &kinds, input.value) {
            Ok(annotation) => (annotation, None),
            Err(refusal) => (None, errors(vec![refusal])),
        };
        let client_mutation_id = input.client_mutation_id;
        Ok(Some(DossierModifierAnnotationTextPayload { client_mutation_id, errors, annotation }))
    }

    /// Modifier l’annotation au format date et heure.
    async fn dossier_modifier_annotation_datetime(
        &self,
        ctx: &Context<'_>,
        input: DossierModifierAnnotationDatetimeInput,
    ) -> Result<Option<DossierModifierAnnotationDatetimePayload>> {
        let asking = asking(ctx);
        needs_to_write!(asking, input, DossierModifierAnnotationDatetimePayload);
        let payload = "DossierModifierAnnotationDatetimePayload";
        let act = Act::load(asking, payload, &input.dossier_id, Some(&input.instructeur_id))?;
        let filled =
            act.fill_one(&input.annotation_id, &[TypeDeChamp::Datetime], datetime(input.value));
        let (annotation, errors) = match filled {
            Ok(annotation) => (annotation, None),
            Err(refusal) => (None, errors(vec![refusal])),
        };
        let client_mutation_id = input.client_mutation_id;
        let answer =
            DossierModifierAnnotationDatetimePayload { client_mutation_id, errors, annotation };
        Ok(Some(answer))
    }

    /// Passer le dossier en instruction.
    async fn dossier_passer_en_instruction(
        &self,
        ctx: &Context<'_>,
        input: DossierPasserEnInstructionInput,
    ) -> Result<Option<DossierPasserEnInstructionPayload>> {
        let asking = asking(ctx);
        needs_to_write!(asking, input, DossierPasserEnInstructionPayload);
        let payload = "DossierPasserEnInstructionPayload";
        let act = Act::load(asking, payload, &input.dossier_id, Some(&input.instructeur_id))?
            .told(input.disable_notification);
        let begun = act.asking.store.read(|world| {
            world.dossier(act.dossier).filter(|d| d.state != State::EnConstruction).cloned()
        });
        let outcome = match begun {
            Some(dossier) => {
                let state = dossier.state.label().to_lowercase();
                (None, errors(vec![format!("Le dossier est déjà {state}")]))
            }
            None => act.decide(State::EnInstruction, None),
        };
        answer!(input, DossierPasserEnInstructionPayload, outcome)
    }

    /// Re-passer le dossier en construction.
    async fn dossier_repasser_en_construction(
        &self,
        ctx: &Context<'_>,
        input: DossierRepasserEnConstructionInput,
    ) -> Result<Option<DossierRepasserEnConstructionPayload>> {
        let asking = asking(ctx);
        needs_to_write!(asking, input, DossierRepasserEnConstructionPayload);
        let payload = "DossierRepasserEnConstructionPayload";
        let act = Act::load(asking, payload, &input.dossier_id, Some(&input.instructeur_id))?
            .told(input.disable_notification);
        let outcome = act.decide(State::EnConstruction, None);
        answer!(input, DossierRepasserEnConstructionPayload, outcome)
    }

    /// Re-passer le dossier en instruction.
    async fn dossier_repasser_en_instruction(
        &self,
        ctx: &Context<'_>,
        input: DossierRepasserEnInstructionInput,
    ) -> Result<Option<DossierRepasserEnInstructionPayload>> {
        let asking = asking(ctx);
        needs_to_write!(asking, input, DossierRepasserEnInstructionPayload);
        let payload = "DossierRepasserEnInstructionPayload";
        let act = Act::load(asking, payload, &input.dossier_id, Some(&input.instructeur_id))?
            .told(input.disable_notification);
        let undecided = act
            .asking
            .store
            .read(|world| world.dossier(act.dossier).filter(|d| !d.state.is_decided()).cloned());
        let outcome = match undecided {
            Some(dossier) => {
                let state = dossier.state.label().to_lowercase();
                (None, errors(vec![format!("Le dossier est déjà {state}")]))
            }
            None => act.decide(State::EnInstruction, None),
        };
        answer!(input, DossierRepasserEnInstructionPayload, outcome)
    }

    /// Accepter le dossier.
    async fn dossier_accepter(
        &self,
        ctx: &Context<'_>,
        input: DossierAccepterInput,
    ) -> Result<Option<DossierAccepterPayload>> {
        let asking = asking(ctx);
        needs_to_write!(asking, input, DossierAccepterPayload);
        let payload = "DossierAccepterPayload";
        let act = Act::load(asking, payload, &input.dossier_id, Some(&input.instructeur_id))?
            .told(input.disable_notification);
        let outcome = act.decide(State::Accepte, input.motivation.as_deref());
        answer!(input, DossierAccepterPayload, outcome)
    }

    /// Refuser le dossier.
    async fn dossier_refuser(
        &self,
        ctx: &Context<'_>,
        input: DossierRefuserInput,
    ) -> Result<Option<DossierRefuserPayload>> {
        let asking = asking(ctx);
        needs_to_write!(asking, input, DossierRefuserPayload);
        let payload = "DossierRefuserPayload";
        let act = Act::load(asking, payload, &input.dossier_id, Some(&input.instructeur_id))?
            .told(input.disable_notification);
        let outcome = act.decide(State::Refuse, Some(&input.motivation));
        answer!(input, DossierRefuserPayload, outcome)
    }

    /// Classer le dossier sans suite.
    async fn dossier_classer_sans_suite(
        &self,
        ctx: &Context<'_>,
        input: DossierClasserSansSuiteInput,
    ) -> Result<Option<DossierClasserSansSuitePayload>> {
        let asking = asking(ctx);
        needs_to_write!(asking, input, DossierClasserSansSuitePayload);
        let payload = "DossierClasserSansSuitePayload";
        let act = Act::load(asking, payload, &input.dossier_id, Some(&input.instructeur_id))?
            .told(input.disable_notification);
        let outcome = act.decide(State::SansSuite, Some(&input.motivation));
        answer!(input, DossierClasserSansSuitePayload, outcome)
    }

    /// Archiver le dossier.
    async fn dossier_archiver(
        &self,
        ctx: &Context<'_>,
        input: DossierArchiverInput,
    ) -> Result<Option<DossierArchiverPayload>> {
        let asking = asking(ctx);
        needs_to_write!(asking, input, DossierArchiverPayload);
        let payload = "DossierArchiverPayload";
        let act = Act::load(asking, payload, &input.dossier_id, Some(&input.instructeur_id))?;
        let done =
            act.change(|world, dossier, by, now| world.archive(dossier, true, Some(by), now));
        let outcome = act.outcome(done);
        answer!(input, DossierArchiverPayload, outcome)
    }

    /// Désarchiver le dossier.
    async fn dossier_desarchiver(
        &self,
        ctx: &Context<'_>,
        input: DossierDesarchiverInput,
    ) -> Result<Option<DossierDesarchiverPayload>> {
        let asking = asking(ctx);
        needs_to_write!(asking, input, DossierDesarchiverPayload);
        let payload = "DossierDesarchiverPayload";
        let act = Act::load(asking, payload, &input.dossier_id, Some(&input.instructeur_id))?;
        let done =
            act.change(|world, dossier, by, now| world.archive(dossier, false, Some(by), now));
        let outcome = act.outcome(done);
        answer!(input, DossierDesarchiverPayload, outcome)
    }

    /// Changer le groupe instructeur du dossier.
    async fn dossier_changer_groupe_instructeur(
        &self,
        ctx: &Context<'_>,
        input: DossierChangerGroupeInstructeurInput,
    ) -> Result<Option<DossierChangerGroupeInstructeurPayload>> {
        let asking = asking(ctx);
        needs_to_write!(asking, input, DossierChangerGroupeInstructeurPayload);
        let payload = "DossierChangerGroupeInstructeurPayload";
        let act = Act::load(asking, payload, &input.dossier_id, None)?;
        let groupe = ids::number(&input.groupe_instructeur_id, "GroupeInstructeur");
        let known =
            groupe.filter(|id| asking.store.read(|world| world.demarche_of_groupe(*id).is_some()));
        let groupe = known.ok_or_else(|| not_found(payload))?;
        let done = act.change(|world, dossier, _, now| world.change_groupe(dossier, groupe, now));
        let outcome = act.outcome(done);
        answer!(input, DossierChangerGroupeInstructeurPayload, outcome)
    }
}

fn message_of(asking: &Asking, dossier: i64, id: i64) -> Option<MessageNode> {
    asking.store.read(|world| {
        let dossier = world.dossier(dossier)?;
        dossier.messages.iter().find(|known| known.id == id).map(message)
    })
}

/// What is to be kept of an annotation, or why nothing is.
fn value_of(
    asking: &Asking,
    dossier: i64,
    annotation: &AnnotationInput,
) -> Result<(i64, String), Refusal> {
    let id = annotation.id.as_str();
    let known = ids::number(id, "Champ").and_then(|stable_id| {
        let kind = asking.store.read(|world| world.annotation_kind(dossier, stable_id))?;
        Some((stable_id, kind))
    });
    let Some((stable_id, kind)) = known else {
        return Err(format!("L‘annotation \"{id}\" n’existe pas"));
    };
    let value = annotation.value.for_kind(kind);
    let value = value.ok_or_else(|| format!("L‘annotation \"{id}\" n’est pas de type attendu"))?;
    Ok((stable_id, value))
}
