//! The life of a dossier: its états, its hiding and its end.

use chrono::{DateTime, Months, Utc};

use super::rules::{PLATFORM, Refusal, UNKNOWN, refused};
use super::{World, take};
use crate::demarches_simplifiees::model::{
    CorrectionReason, Deleted, DeletedReason, Dossier, EventKind, Hidden, Person, State,
    Traitement, TraitementEvent,
};
use crate::demarches_simplifiees::webhooks;

/// How long a decided dossier is kept.
const KEPT: Months = Months::new(12);

/// What an instructeur decides.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    /// The état wanted.
    pub state: State,
    /// Why.
    pub motivation: Option<&'a str>,
    /// Whether the platform writes to the usager.
    pub told: bool,
}

impl World {
    /// An instructeur, or nobody in particular, brings a dossier to another état.
    ///
    /// # Errors
    /// The platform's reasons.
    pub fn decide(
        &mut self,
        number: i64,
        decision: Decision<'_>,
        instructeur: Option<i64>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let kind = self.touch(number, now, |world, dossier, at| {
            let (event, kind) = may_become(dossier, decision.state)?;
            let author = instructeur.map(|id| world.member(dossier, id)).transpose()?;
            turn(dossier, decision, at);
            world.note(dossier, event, author.as_ref(), decision.motivation, at);
            if decision.told {
                let body = announcement(dossier);
                let message = world.message(PLATFORM, None, body, at);
                dossier.messages.push(message);
            }
            Ok(kind)
        })?;
        webhooks::tell(self, number, kind, now);
        Ok(())
    }

    /// Brings a dossier to an état, through those that lead to it.
    ///
    /// # Errors
    /// No way leads there.
    pub fn bring_to(
        &mut self,
        number: i64,
        wanted: State,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let Some(dossier) = self.dossier(number) else { return refused(UNKNOWN) };
        let steps: &[State] = match (dossier.state, wanted) {
            (known, wanted) if known == wanted => &[],
            (_, State::Brouillon) => {
                return refused("Un dossier déposé ne redevient pas un brouillon");
            }
            (State::Brouillon, State::EnConstruction) | (State::EnInstruction, _) => &[wanted],
            (State::Brouillon, State::EnInstruction) => {
                &[State::EnConstruction, State::EnInstruction]
            }
            (State::Brouillon, _) => &[State::EnConstruction, State::EnInstruction, wanted],
            (_, State::EnInstruction) => &[wanted],
            (_, _) => &[State::EnInstruction, wanted],
        };
        for &state in steps {
            let decision = Decision { state, motivation: None, told: false };
            self.decide(number, decision, None, now)?;
        }
        Ok(())
    }

    /// Writes down what was done.
    pub fn note(
        &mut self,
        dossier: &mut Dossier,
        event: TraitementEvent,
        author: Option<&Person>,
        motivation: Option<&str>,
        at: DateTime<Utc>,
    ) {
        dossier.traitements.push(Traitement {
            id: take(&mut self.next.traitement),
            event,
            state: dossier.state,
            email: author.map(|person| person.email.clone()),
            at,
            motivation: motivation.map(str::to_owned),
        });
    }

    /// A message asks for a correction, when one may be asked.
    pub fn ask_correction(
        &mut self,
        dossier: &mut Dossier,
        message: i64,
        reason: CorrectionReason,
        author: &Person,
        at: DateTime<Utc>,
    ) {
        let allowed = matches!(dossier.state, State::EnConstruction | State::EnInstruction);
        if !allowed || dossier.pending_correction().is_some() {
            return;
        }
        if let Some(message) = dossier.messages.iter_mut().find(|m| m.id == message) {
            message.correction = Some(reason);
        }
        if dossier.state == State::EnInstruction {
            let decision = Decision { state: State::EnConstruction, motivation: None, told: false };
            turn(dossier, decision, at);
            self.note(dossier, TraitementEvent::RepasseEnConstruction, Some(author), None, at);
        }
    }

    /// The usager has made the corrections that were asked.
    ///
    /// # Errors
    /// There is no such dossier.
    pub fn correct(&mut self, number: i64, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.touch(number, now, |world, dossier, at| {
            let pending = dossier.messages.iter_mut();
            for message in pending.filter(|m| m.correction.is_some() && m.resolved_at.is_none()) {
                message.resolved_at = Some(at);
            }
            world.note(dossier, TraitementEvent::DeposeCorrectionUsager, None, None, at);
            Ok(())
        })?;
        webhooks::tell(self, number, EventKind::DossierModifie, now);
        Ok(())
    }

    /// Puts a decided dossier away, or takes it back.
    ///
    /// # Errors
    /// The platform's reasons.
    pub fn archive(
        &mut self,
        number: i64,
        archived: bool,
        instructeur: Option<i64>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.touch(number, now, |world, dossier, _| {
            if archived && !dossier.state.is_decided() {
                return refused(
                    "Un dossier ne peut être déplacé dans « à archiver » qu’une fois le traitement terminé",
                );
            }
            if !archived && !dossier.archived {
                return refused("Un dossier non archivé ne peut pas être désarchivé");
            }
            instructeur.map(|id| world.member(dossier, id)).transpose()?;
            dossier.archived = archived;
            Ok(())
        })
    }

    /// Hides a dossier: it may be restored.
    ///
    /// # Errors
    /// There is no such dossier.
    pub fn hide(
        &mut self,
        number: i64,
        by_usager: bool,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.touch(number, now, |_, dossier, at| {
            if by_usager {
                dossier.hidden.by_usager = Some(at);
                dossier.hidden.reason = Some(DeletedReason::UserRequest);
            } else {
                dossier.hidden.by_administration = Some(at);
                dossier.hidden.reason = Some(DeletedReason::InstructeurRequest);
            }
            Ok(())
        })?;
        webhooks::tell(self, number, EventKind::DossierSupprime, now);
        Ok(())
    }

    /// Hides a dossier that was kept long enough.
    ///
    /// # Errors
    /// There is no such dossier.
    pub fn expire(&mut self, number: i64, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.touch(number, now, |_, dossier, at| {
            dossier.hidden.by_expiry = Some(at);
            dossier.hidden.reason = Some(DeletedReason::Expired);
            Ok(())
        })
    }

    /// Shows a hidden dossier again.
    ///
    /// # Errors
    /// There is no such dossier.
    pub fn restore(&mut self, number: i64, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.touch(number, now, |_, dossier, _| {
            dossier.hidden = Hidden::default();
            Ok(())
        })?;
        webhooks::tell(self, number, EventKind::DossierRestaure, now);
        Ok(())
    }

    /// Ends a dossier for good: only its deletion is known afterwards.
    ///
    /// # Errors
    /// There is no such dossier.
    pub fn delete(
        &mut self,
        number: i64,
        reason: DeletedReason,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        webhooks::tell(self, number, EventKind::DossierSupprime, now);
        let Some(dossier) = self.take_away(number) else { return refused(UNKNOWN) };
        let at = self.tick(now);
        let deleted = Deleted {
            id: take(&mut self.next.deletion),
            number,
            demarche: dossier.demarche,
            groupe: dossier.groupe,
            state: dossier.state,
            reason,
            at,
        };
        self.deleted.push(deleted);
        Ok(())
    }

    /// The account of its usager is no more; their address stays.
    ///
    /// # Errors
    /// There is no such dossier.
    pub fn delete_account(&mut self, number: i64, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.touch(number, now, |_, dossier, _| {
            dossier.usager_deleted = true;
            Ok(())
        })
    }
}

/// Whether a dossier may become so, and what that is.
fn may_become(dossier: &Dossier, wanted: State) -> Result<(TraitementEvent, EventKind), Refusal> {
    let now = dossier.state;
    let already = || refused(&format!("Le dossier est déjà {}", now.label().to_lowercase()));
    match (now, wanted) {
        (State::EnConstruction, State::EnInstruction) if dossier.pending_correction().is_some() => {
            refused("Le dossier est en attente de correction")
        }
        (State::EnConstruction, State::EnInstruction) => {
            Ok((TraitementEvent::PasseEnInstruction, EventKind::DossierEnInstruction))
        }
        (State::EnInstruction, State::EnConstruction) => {
            Ok((TraitementEvent::RepasseEnConstruction, EventKind::DossierRepasseEnConstruction))
        }
        (State::EnInstruction, State::Accepte) => {
            Ok((TraitementEvent::Accepte, EventKind::DossierAccepte))
        }
        (State::EnInstruction, State::Refuse) => {
            Ok((TraitementEvent::Refuse, EventKind::DossierRefuse))
        }
        (State::EnInstruction, State::SansSuite) => {
            Ok((TraitementEvent::ClasseSansSuite, EventKind::DossierSansSuite))
        }
        (decided, State::EnInstruction) if decided.is_decided() && !dossier.archived => {
            Ok((TraitementEvent::RepasseEnInstruction, EventKind::DossierRepasseEnInstruction))
        }
        (State::Brouillon, State::EnConstruction) => {
            Ok((TraitementEvent::Depose, EventKind::DossierDepose))
        }
        _ => already(),
    }
}

fn turn(dossier: &mut Dossier, decision: Decision<'_>, at: DateTime<Utc>) {
    if dossier.state == State::Brouillon {
        dossier.depose_at = at;
    }
    dossier.state = decision.state;
    match decision.state {
        State::Brouillon => {}
        State::EnConstruction => dossier.en_construction_at = at,
        State::EnInstruction => {
            dossier.en_instruction_at = Some(at);
            dossier.processed_at = None;
            dossier.motivation = None;
        }
        State::Accepte | State::Refuse | State::SansSuite => {
            dossier.processed_at = Some(at);
            dossier.motivation = decision.motivation.map(str::to_owned);
            dossier.expires_at = at.checked_add_months(KEPT);
        }
    }
}

/// The mail that the usager gets, of which the messagerie keeps a copy.
fn announcement(dossier: &Dossier) -> String {
    let what = match dossier.state {
        State::Brouillon | State::EnConstruction => "a bien été déposé",
        State::EnInstruction => "est en cours d’instruction",
        State::Accepte => "a été accepté",
        State::Refuse => "a été refusé",
        State::SansSuite => "a été classé sans suite",
    };
    format!("Bonjour,\n\nVotre dossier n° {} {what}.\n\nBonne journée", dossier.number)
}
