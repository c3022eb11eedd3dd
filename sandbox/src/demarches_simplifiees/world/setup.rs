//! What administrateurs set up: démarches, groupes, labels, forms, tokens; and dossiers that are filed.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::rules::{Refusal, UNKNOWN, refused};
use super::{World, take};
use crate::demarches_simplifiees::model::{
    Champ, Civilite, Demandeur, Demarche, DemarcheState, Descriptor, Dossier, EventKind, Groupe,
    Hidden, Label, LabelColor, Mandataire, NewToken, Person, Revision, State, Token,
    TraitementEvent, TypeDeChamp,
};
use crate::demarches_simplifiees::webhooks;

/// The longest name of a label, in characters.
const LONGEST_LABEL: usize = 30;

/// A dossier to be filed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewDossier {
    /// Its number; the next one when none is given.
    pub number: Option<i64>,
    /// The address of its usager.
    pub usager: String,
    /// Who asks.
    pub demandeur: Demandeur,
    /// Who files it in their place.
    pub mandataire: Option<Mandataire>,
    /// Its groupe; the first of the démarche when none is given.
    pub groupe: Option<i64>,
    /// Its état.
    pub state: State,
    /// When it is filed; now when nothing is said.
    pub depose_at: Option<DateTime<Utc>>,
}

impl Default for NewDossier {
    /// Filed by Camille Martin.
    fn default() -> Self {
        Self {
            number: None,
            usager: "camille.martin@exemple.fr".to_owned(),
            demandeur: Demandeur::physique(Civilite::Mme, "Camille", "Martin"),
            mandataire: None,
            groupe: None,
            state: State::EnConstruction,
            depose_at: None,
        }
    }
}

/// What a form asks, to be written into a new revision.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// What it asks; the same words keep the same id.
    pub label: String,
    /// What it holds.
    #[serde(rename = "type")]
    pub kind: TypeDeChamp,
}

impl Wanted {
    /// One.
    #[must_use]
    pub fn new(label: &str, kind: TypeDeChamp) -> Self {
        Self { label: label.to_owned(), kind }
    }
}

impl World {
    /// Makes a démarche, with one groupe, no label and an empty form. Nothing when it is there already.
    pub fn add_demarche(&mut self, number: i64, title: &str, now: DateTime<Utc>) {
        let groupe = Groupe {
            id: take(&mut self.next.groupe),
            label: "défaut".to_owned(),
            closed: false,
            members: Vec::new(),
        };
        let revision = Revision {
            id: take(&mut self.next.revision),
            created_at: now,
            champs: Vec::new(),
            annotations: Vec::new(),
        };
        let demarche = Demarche {
            number,
            title: title.to_owned(),
            description: format!("{title} (bac à sable)"),
            state: DemarcheState::Publiee,
            organisme: "Mairie de Saint-Péray".to_owned(),
            created_at: now,
            opendata: false,
            administrateurs: vec![self.instructeur_of("admin@demo.example")],
            groupes: vec![groupe],
            labels: Vec::new(),
            revisions: vec![revision],
        };
        self.demarches.entry(number).or_insert_with(|| Arc::new(demarche));
    }

    /// Changes a démarche.
    ///
    /// # Errors
    /// There is none of this number.
    pub fn set_up<T>(
        &mut self,
        number: i64,
        act: impl FnOnce(&mut Demarche) -> T,
    ) -> Result<T, Refusal> {
        let Some(demarche) = self.demarches.get_mut(&number) else { return refused(UNKNOWN) };
        Ok(act(Arc::make_mut(demarche)))
    }

    /// Adds a groupe; gives its number.
    ///
    /// # Errors
    /// There is no such démarche.
    pub fn add_groupe(&mut self, demarche: i64, label: &str) -> Result<i64, Refusal> {
        let id = take(&mut self.next.groupe);
        let label = label.to_owned();
        self.set_up(demarche, |d| {
            d.groupes.push(Groupe { id, label, closed: false, members: Vec::new() });
            id
        })
    }

    /// Changes a groupe.
    ///
    /// # Errors
    /// There is none of this number.
    pub fn set_up_groupe<T>(
        &mut self,
        groupe: i64,
        act: impl FnOnce(&mut Groupe) -> T,
    ) -> Result<T, Refusal> {
        let Some(demarche) = self.demarche_of_groupe(groupe).map(|d| d.number) else {
            return refused(UNKNOWN);
        };
        self.set_up(demarche, |d| d.groupes.iter_mut().find(|g| g.id == groupe).map(act))?
            .ok_or_else(|| UNKNOWN.to_owned())
    }

    /// Makes somebody a member of a groupe; gives the number of their account.
    ///
    /// # Errors
    /// There is no such groupe, or this is no address.
    pub fn add_member(&mut self, groupe: i64, email: &str) -> Result<i64, Refusal> {
        if !email.contains('@') {
            return refused("Saisissez une adresse électronique");
        }
        let person = self.instructeur_of(email);
        let id = person.id;
        self.set_up_groupe(groupe, |groupe| {
            if groupe.member(email).is_none() {
                groupe.members.push(person);
            }
        })?;
        Ok(id)
    }

    /// Somebody is no member of a groupe any more.
    ///
    /// # Errors
    /// There is no such groupe.
    pub fn remove_member(&mut self, groupe: i64, email: &str) -> Result<(), Refusal> {
        self.set_up_groupe(groupe, |groupe| groupe.members.retain(|person| !person.is(email)))
    }

    /// Makes a label; gives its number.
    ///
    /// # Errors
    /// There is no such démarche, or its name is empty or too long.
    pub fn make_label(
        &mut self,
        demarche: i64,
        name: &str,
        color: LabelColor,
    ) -> Result<i64, Refusal> {
        let name = name.trim().to_owned();
        if name.is_empty() || name.chars().count() > LONGEST_LABEL {
            return refused("Le nom d’un label a de 1 à 30 caractères");
        }
        let id = take(&mut self.next.label);
        self.set_up(demarche, |d| {
            d.labels.push(Label { id, name, color });
            id
        })
    }

    /// A label is no more, on no dossier either.
    ///
    /// # Errors
    /// There is no such démarche.
    pub fn delete_label(&mut self, demarche: i64, label: i64) -> Result<(), Refusal> {
        self.set_up(demarche, |d| d.labels.retain(|known| known.id != label))?;
        let labelled = self.dossiers.values().filter(|d| d.labels.contains(&label));
        let numbers: Vec<i64> = labelled.map(|dossier| dossier.number).collect();
        for number in numbers {
            self.alter(number, |_, dossier| {
                dossier.labels.retain(|known| *known != label);
                Ok(())
            })?;
        }
        Ok(())
    }

    /// The form becomes another: what keeps its words keeps its id. Gives the number of the revision.
    ///
    /// # Errors
    /// There is no such démarche.
    pub fn revise(
        &mut self,
        demarche: i64,
        champs: &[Wanted],
        annotations: &[Wanted],
        now: DateTime<Utc>,
    ) -> Result<i64, Refusal> {
        let Some(known) = self.demarche(demarche) else { return refused(UNKNOWN) };
        let known = known.active_revision().clone();
        let id = take(&mut self.next.revision);
        let revision = Revision {
            id,
            created_at: now,
            champs: self.descriptors(champs, &known.champs),
            annotations: self.descriptors(annotations, &known.annotations),
        };
        let at = self.tick(now);
        // Dossiers that are not decided follow the form, as the platform rebases them.
        let open = self.dossiers.values();
        let open = open.filter(|d| d.demarche == demarche && !d.state.is_decided());
        let open: Vec<i64> = open.map(|dossier| dossier.number).collect();
        self.set_up(demarche, |d| {
            d.revisions.retain(|revision| !is_blank(revision));
            d.revisions.push(Revision { created_at: at, ..revision });
        })?;
        for number in open {
            self.alter(number, |_, dossier| {
                dossier.revision = id;
                Ok(())
            })?;
        }
        Ok(id)
    }

    fn descriptors(&mut self, wanted: &[Wanted], known: &[Descriptor]) -> Vec<Descriptor> {
        let mut descriptors = Vec::new();
        for Wanted { label, kind } in wanted {
            let same = known.iter().find(|d| d.label == *label && d.kind == *kind);
            let stable_id =
                same.map_or_else(|| take(&mut self.next.stable_id), |same| same.stable_id);
            let (label, kind) = (label.clone(), *kind);
            descriptors.push(Descriptor { stable_id, label, kind, required: false });
        }
        descriptors
    }

    /// Files a dossier; gives its number.
    ///
    /// # Errors
    /// There is no such démarche or groupe, or the number is taken.
    pub fn file(
        &mut self,
        demarche: i64,
        wanted: NewDossier,
        now: DateTime<Utc>,
    ) -> Result<i64, Refusal> {
        let Some(known) = self.demarche(demarche) else { return refused(UNKNOWN) };
        let known = Arc::clone(known);
        let groupe = wanted.groupe.map_or_else(|| known.groupes.first(), |id| known.groupe(id));
        let Some(groupe) = groupe.map(|groupe| groupe.id) else { return refused(UNKNOWN) };
        let number = wanted.number.unwrap_or_else(|| take(&mut self.next.dossier));
        if self.dossiers.contains_key(&number) {
            return refused("Ce numéro est déjà celui d’un dossier");
        }
        self.next.dossier = self.next.dossier.max(number + 1);
        let usager = self.usager_of(&wanted.usager);
        let at = self.tick(now);
        let mut dossier = blank(number, &known, usager, wanted.demandeur, groupe, at);
        dossier.depose_at = wanted.depose_at.unwrap_or(at);
        dossier.en_construction_at = dossier.depose_at;
        dossier.mandataire = wanted.mandataire;
        if wanted.state == State::Brouillon {
            dossier.state = State::Brouillon;
        } else {
            let depose_at = dossier.depose_at;
            self.note(&mut dossier, TraitementEvent::Depose, None, None, depose_at);
        }
        self.put(dossier);
        if wanted.state != State::Brouillon {
            webhooks::tell(self, number, EventKind::DossierDepose, now);
        }
        self.bring_to(number, wanted.state, now)?;
        Ok(number)
    }

    /// Makes a token; gives its number.
    pub fn make_token(&mut self, wanted: NewToken) -> i64 {
        let uuid = self.draws.uuid().to_string();
        let secret = self.draws.token(24);
        self.know_token(wanted, Token::encode(&uuid, &secret))
    }

    /// A token whose value is known in advance; gives its number.
    pub fn know_token(&mut self, wanted: NewToken, value: String) -> i64 {
        let id = take(&mut self.next.token);
        let token = Token {
            id,
            name: wanted.name,
            value,
            write: wanted.write,
            demarches: wanted.demarches,
            networks: wanted.networks,
            locks_on_first_use: wanted.locks_on_first_use,
            expires_at: wanted.expires_at,
            deprecated: wanted.deprecated,
        };
        self.tokens.insert(id, token);
        id
    }
}

fn is_blank(revision: &Revision) -> bool {
    revision.champs.is_empty() && revision.annotations.is_empty()
}

/// A dossier that was just filed, where nothing happened yet.
pub fn blank(
    number: i64,
    demarche: &Demarche,
    usager: Person,
    demandeur: Demandeur,
    groupe: i64,
    at: DateTime<Utc>,
) -> Dossier {
    let revision = demarche.active_revision();
    let empty = |descriptor: &Descriptor| Champ {
        stable_id: descriptor.stable_id,
        value: None,
        updated_at: at,
    };
    Dossier {
        number,
        demarche: demarche.number,
        revision: revision.id,
        state: State::EnConstruction,
        usager,
        usager_deleted: false,
        france_connect: false,
        demandeur,
        mandataire: None,
        groupe,
        followers: Vec::new(),
        labels: Vec::new(),
        messages: Vec::new(),
        champs: revision.champs.iter().map(empty).collect(),
        annotations: Vec::new(),
        traitements: Vec::new(),
        archived: false,
        motivation: None,
        depose_at: at,
        en_construction_at: at,
        en_instruction_at: None,
        processed_at: None,
        updated_at: at,
        champs_updated_at: at,
        annotations_updated_at: at,
        expires_at: None,
        hidden: Hidden::default(),
    }
}
