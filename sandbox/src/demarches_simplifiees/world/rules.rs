//! What may be done to a dossier, with the platform's own sentences when it may not.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{World, take};
use crate::demarches_simplifiees::model::{
    Champ, CorrectionReason, Demandeur, Dossier, EventKind, Groupe, Message, Person, TypeDeChamp,
};
use crate::demarches_simplifiees::webhooks;

/// Why something is not done, as a person reads it.
pub type Refusal = String;

/// The address under which the platform itself writes.
pub const PLATFORM: &str = "contact@demarche.exemple.gouv.fr";

const OUTSIDE: &str = "L’instructeur n’a pas les droits d’accès à ce dossier";
const NO_MESSAGE: &str = "Le champ « Dossier » Il n’est pas possible d’envoyer un message sur un dossier supprimé, à \
                          archiver ou en brouillon";
const EMPTY: &str = "Le champ « Votre message » ne peut être vide";
/// Nothing has this number.
pub const UNKNOWN: &str = "Cet élément n’existe pas";

/// Says why not.
pub fn refused<T>(why: &str) -> Result<T, Refusal> {
    Err(why.to_owned())
}

impl World {
    /// Changes a dossier, which becomes the last one touched.
    ///
    /// # Errors
    /// There is none of this number, or `act` refuses; nothing is changed then.
    pub fn touch<T>(
        &mut self,
        number: i64,
        now: DateTime<Utc>,
        act: impl FnOnce(&mut Self, &mut Dossier, DateTime<Utc>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        self.alter(number, |world, dossier| {
            let at = world.tick(now);
            let done = act(world, dossier, at)?;
            dossier.updated_at = at;
            Ok(done)
        })
    }

    /// Changes a dossier without touching it: `updatedSince` does not see it.
    ///
    /// # Errors
    /// There is none of this number, or `act` refuses; nothing is changed then.
    pub fn alter<T>(
        &mut self,
        number: i64,
        act: impl FnOnce(&mut Self, &mut Dossier) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let Some(known) = self.dossiers.get(&number) else { return refused(UNKNOWN) };
        let mut dossier = Dossier::clone(known);
        let done = act(self, &mut dossier)?;
        self.put(dossier);
        Ok(done)
    }

    /// The instructeur, when they may see the dossier.
    ///
    /// # Errors
    /// They are of another groupe.
    pub fn member(&self, dossier: &Dossier, instructeur: i64) -> Result<Person, Refusal> {
        let demarche = self.demarche(dossier.demarche);
        let groupe = demarche.and_then(|demarche| demarche.groupe(dossier.groupe));
        let member =
            groupe.and_then(|groupe| groupe.members.iter().find(|person| person.id == instructeur));
        member.cloned().ok_or_else(|| OUTSIDE.to_owned())
    }

    /// An instructeur writes to the usager. Gives the number of the message.
    ///
    /// # Errors
    /// The platform's reasons.
    pub fn instructeur_writes(
        &mut self,
        number: i64,
        instructeur: i64,
        body: &str,
        correction: Option<CorrectionReason>,
        now: DateTime<Utc>,
    ) -> Result<i64, Refusal> {
        let id = self.touch(number, now, |world, dossier, at| {
            let author = world.member(dossier, instructeur)?;
            let body = printable(body);
            if !dossier.takes_messages() {
                return refused(NO_MESSAGE);
            }
            if body.trim().is_empty() {
                return refused(EMPTY);
            }
            let message = world.message(&author.email, Some(author.id), body, at);
            let id = message.id;
            dossier.messages.push(message);
            if !dossier.followers.contains(&author) {
                dossier.followers.push(author.clone());
            }
            // A correction that is not allowed is silently forgotten, as in January 2026.
            if let Some(reason) = correction {
                world.ask_correction(dossier, id, reason, &author, at);
            }
            Ok(id)
        })?;
        webhooks::tell(self, number, EventKind::MessageCree, now);
        if correction.is_some() {
            webhooks::tell(self, number, EventKind::CorrectionDemandee, now);
        }
        Ok(id)
    }

    /// The usager writes, or somebody else under another address. Gives the number of the message.
    ///
    /// # Errors
    /// The dossier takes no message.
    pub fn usager_writes(
        &mut self,
        number: i64,
        email: Option<&str>,
        body: &str,
        now: DateTime<Utc>,
    ) -> Result<i64, Refusal> {
        let id = self.touch(number, now, |world, dossier, at| {
            if !dossier.takes_messages() {
                return refused(NO_MESSAGE);
            }
            let body = printable(body);
            if body.trim().is_empty() {
                return refused(EMPTY);
            }
            let email = email.map_or_else(|| dossier.usager.email.clone(), str::to_owned);
            let message = world.message(&email, None, body, at);
            let id = message.id;
            dossier.messages.push(message);
            Ok(id)
        })?;
        webhooks::tell(self, number, EventKind::MessageCree, now);
        Ok(id)
    }

    /// A message, not in a dossier yet.
    pub fn message(
        &mut self,
        email: &str,
        instructeur: Option<i64>,
        body: String,
        at: DateTime<Utc>,
    ) -> Message {
        Message {
            id: take(&mut self.next.message),
            email: email.to_owned(),
            instructeur,
            body,
            created_at: at,
            discarded_at: None,
            correction: None,
            resolved_at: None,
        }
    }

    /// The dossier to which a message belongs.
    pub fn dossier_of_message(&self, message: i64) -> Option<&Arc<Dossier>> {
        self.dossiers.values().find(|dossier| dossier.messages.iter().any(|m| m.id == message))
    }

    /// Its author deletes a message: its body becomes empty, it stays in its place.
    ///
    /// # Errors
    /// It is somebody else's, or deleted already.
    pub fn delete_message(
        &mut self,
        message: i64,
        instructeur: i64,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let Some(number) = self.dossier_of_message(message).map(|d| d.number) else {
            return refused(UNKNOWN);
        };
        self.touch(number, now, |world, dossier, at| {
            let found = dossier.messages.iter_mut().find(|m| m.id == message);
            match found {
                Some(m) if m.instructeur == Some(instructeur) && m.discarded_at.is_none() => {
                    m.body.clear();
                    m.discarded_at = Some(at);
                    m.resolved_at = m.correction.map(|_| at);
                }
                _ => return refused("Le message ne peut pas être supprimé"),
            }
            world.member(dossier, instructeur).map(|_| ())
        })
    }

    /// Puts a label on a dossier, which is not touched by it.
    ///
    /// # Errors
    /// The platform's reasons.
    pub fn add_label(
        &mut self,
        number: i64,
        label: i64,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.alter(number, |world, dossier| {
            if dossier.labels.contains(&label) {
                return refused("Ce label est déjà associé au dossier");
            }
            let demarche = world.demarche(dossier.demarche);
            if demarche.and_then(|demarche| demarche.label(label)).is_none() {
                return refused("Ce label n’appartient pas à la même démarche que le dossier");
            }
            dossier.labels.push(label);
            Ok(())
        })?;
        webhooks::tell(self, number, EventKind::DossierLabelAjoute, now);
        Ok(())
    }

    /// Takes a label off a dossier, which is not touched by it.
    ///
    /// # Errors
    /// It is not there.
    pub fn remove_label(
        &mut self,
        number: i64,
        label: i64,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.alter(number, |_, dossier| {
            if !dossier.labels.contains(&label) {
                return refused("Ce label n’est pas associé au dossier");
            }
            dossier.labels.retain(|known| *known != label);
            Ok(())
        })?;
        webhooks::tell(self, number, EventKind::DossierLabelSupprime, now);
        Ok(())
    }

    /// What an annotation holds, given its stable id.
    pub fn annotation_kind(&self, number: i64, stable_id: i64) -> Option<TypeDeChamp> {
        let dossier = self.dossier(number)?;
        let revision = self.demarche(dossier.demarche)?.revision(dossier.revision);
        let found = revision.annotations.iter().find(|d| d.stable_id == stable_id);
        found.map(|descriptor| descriptor.kind)
    }

    /// Fills annotations in.
    ///
    /// # Errors
    /// There is no such dossier.
    pub fn annotate(
        &mut self,
        number: i64,
        values: &[(i64, String)],
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.touch(number, now, |_, dossier, at| {
            for (stable_id, value) in values {
                fill(&mut dossier.annotations, *stable_id, value, at);
                dossier.annotations_updated_at = at;
            }
            Ok(())
        })?;
        webhooks::tell(self, number, EventKind::DossierModifie, now);
        Ok(())
    }

    /// Its usager fills in a champ.
    ///
    /// # Errors
    /// There is no such dossier.
    pub fn fill_in(
        &mut self,
        number: i64,
        stable_id: i64,
        value: &str,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.touch(number, now, |_, dossier, at| {
            fill(&mut dossier.champs, stable_id, value, at);
            dossier.champs_updated_at = at;
            Ok(())
        })?;
        webhooks::tell(self, number, EventKind::DossierModifie, now);
        Ok(())
    }

    /// The demandeur becomes another.
    ///
    /// # Errors
    /// There is no such dossier.
    pub fn rename(
        &mut self,
        number: i64,
        demandeur: Demandeur,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.touch(number, now, |_, dossier, _| {
            dossier.demandeur = demandeur;
            Ok(())
        })?;
        webhooks::tell(self, number, EventKind::DossierModifie, now);
        Ok(())
    }

    /// Another groupe examines the dossier.
    ///
    /// # Errors
    /// The platform's reasons.
    pub fn change_groupe(
        &mut self,
        number: i64,
        groupe: i64,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.touch(number, now, |world, dossier, _| {
            let Some(wanted) = world.any_groupe(groupe) else { return refused(UNKNOWN) };
            let label = &wanted.label;
            if dossier.groupe == groupe {
                return refused(&format!(
                    "Le dossier est déjà avec le groupe instructeur: '{label}'"
                ));
            }
            let demarche = world.demarche(dossier.demarche);
            if demarche.and_then(|demarche| demarche.groupe(groupe)).is_none() {
                return refused(&format!(
                    "Le groupe instructeur '{label}' n’appartient pas à la même démarche que le dossier"
                ));
            }
            let members = wanted.members.clone();
            dossier.followers.retain(|person| members.contains(person));
            dossier.groupe = groupe;
            Ok(())
        })?;
        webhooks::tell(self, number, EventKind::GroupeInstructeurChange, now);
        Ok(())
    }

    fn any_groupe(&self, id: i64) -> Option<&Groupe> {
        self.demarche_of_groupe(id)?.groupe(id)
    }
}

fn fill(champs: &mut Vec<Champ>, stable_id: i64, value: &str, at: DateTime<Utc>) {
    let value = Some(value.to_owned()).filter(|value| !value.is_empty());
    match champs.iter_mut().find(|champ| champ.stable_id == stable_id) {
        Some(champ) => (champ.value, champ.updated_at) = (value, at),
        None => champs.push(Champ { stable_id, value, updated_at: at }),
    }
}

/// Without the control characters that the platform strips.
fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')).collect()
}
