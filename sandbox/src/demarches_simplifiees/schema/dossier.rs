//! A dossier, its messages and what was done to it.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};

use super::champs::{ChampNode, champ};
use super::connections::DossierState;
use super::demandeur::{DemandeurNode, demandeur};
use super::demarche::{
    DescriptorNode, GroupeNode, LabelNode, ProfileNode, RevisionNode, groupe, label, profile,
};
use super::ids::{self, id, int};
use super::scalars::{BigInt, Iso8601Date, Iso8601DateTime, UrlText};
use super::{Asking, asking, not_found};
use crate::demarches_simplifiees::model::{
    Champ, CorrectionReason, Demarche, Descriptor, Dossier, Message, State, Traitement,
    TraitementEvent,
};

/// A dossier that the token reaches.
#[derive(Clone)]
pub struct DossierNode {
    /// The dossier, as it was when it was asked.
    pub dossier: Arc<Dossier>,
    /// Its démarche, likewise.
    pub demarche: Arc<Demarche>,
}

#[Object(name = "Dossier")]
impl DossierNode {
    async fn id(&self) -> ID {
        id("Dossier", self.dossier.number)
    }

    async fn number(&self) -> i32 {
        int(self.dossier.number)
    }

    async fn state(&self) -> DossierState {
        self.dossier.state.into()
    }

    async fn demarche(&self) -> DescriptorNode {
        let demarche = Arc::clone(&self.demarche);
        DescriptorNode { demarche, revision: self.dossier.revision }
    }

    async fn revision(&self) -> RevisionNode {
        RevisionNode(self.demarche.revision(self.dossier.revision).clone())
    }

    async fn date_depot(&self) -> Iso8601DateTime {
        Iso8601DateTime(self.dossier.depose_at)
    }

    async fn date_passage_en_construction(&self) -> Iso8601DateTime {
        Iso8601DateTime(self.dossier.en_construction_at)
    }

    async fn date_passage_en_instruction(&self) -> Option<Iso8601DateTime> {
        self.dossier.en_instruction_at.map(Iso8601DateTime)
    }

    async fn date_traitement(&self) -> Option<Iso8601DateTime> {
        self.dossier.processed_at.map(Iso8601DateTime)
    }

    async fn date_derniere_modification(&self) -> Iso8601DateTime {
        Iso8601DateTime(self.dossier.updated_at)
    }

    async fn date_derniere_modification_champs(&self) -> Iso8601DateTime {
        Iso8601DateTime(self.dossier.champs_updated_at)
    }

    async fn date_derniere_modification_annotations(&self) -> Iso8601DateTime {
        Iso8601DateTime(self.dossier.annotations_updated_at)
    }

    async fn date_suppression_par_usager(&self) -> Option<Iso8601DateTime> {
        self.dossier.hidden.by_usager.map(Iso8601DateTime)
    }

    async fn date_suppression_par_administration(&self) -> Option<Iso8601DateTime> {
        self.dossier.hidden.by_administration.map(Iso8601DateTime)
    }

    /// Nothing while the dossier is examined.
    async fn date_expiration(&self) -> Option<Iso8601DateTime> {
        let examined = self.dossier.state == State::EnInstruction;
        self.dossier.expires_at.filter(|_| !examined).map(Iso8601DateTime)
    }

    async fn date_derniere_correction_en_attente(&self) -> Option<Iso8601DateTime> {
        self.dossier.pending_correction().map(Iso8601DateTime)
    }

    #[graphql(name = "datePrevisionnelleDecisionSVASVR")]
    async fn decision_svasvr(&self) -> Option<Iso8601Date> {
        None
    }

    #[graphql(name = "dateTraitementSVASVR")]
    async fn traitement_svasvr(&self) -> Option<Iso8601DateTime> {
        None
    }

    async fn archived(&self) -> bool {
        self.dossier.archived
    }

    async fn prefilled(&self) -> bool {
        false
    }

    async fn connection_usager(&self) -> ConnectionUsager {
        if self.dossier.usager_deleted {
            ConnectionUsager::Deleted
        } else if self.dossier.france_connect {
            ConnectionUsager::FranceConnect
        } else {
            ConnectionUsager::Password
        }
    }

    async fn motivation(&self) -> Option<&str> {
        self.dossier.motivation.as_deref()
    }

    /// No file is played.
    async fn motivation_attachment(&self) -> Option<FileNode> {
        None
    }

    /// No file is played.
    async fn pdf(&self) -> Option<FileNode> {
        None
    }

    /// No file is played.
    async fn geojson(&self) -> Option<FileNode> {
        None
    }

    /// No file is played.
    async fn attestation(&self) -> Option<FileNode> {
        None
    }

    async fn usager(&self) -> ProfileNode {
        let known = profile("User", &self.dossier.usager);
        if self.dossier.usager_deleted {
            return ProfileNode { id: ID("<deleted>".to_owned()), ..known };
        }
        known
    }

    async fn groupe_instructeur(&self) -> async_graphql::Result<GroupeNode> {
        let found = self.demarche.groupe(self.dossier.groupe);
        found.map(groupe).ok_or_else(|| not_found("GroupeInstructeur"))
    }

    async fn demandeur(&self, ctx: &Context<'_>) -> DemandeurNode {
        demandeur(asking(ctx), &self.dossier)
    }

    async fn prenom_mandataire(&self) -> Option<&str> {
        self.dossier.mandataire.as_ref().map(|mandataire| mandataire.prenom.as_str())
    }

    async fn nom_mandataire(&self) -> Option<&str> {
        self.dossier.mandataire.as_ref().map(|mandataire| mandataire.nom.as_str())
    }

    async fn depose_par_un_tiers(&self) -> Option<bool> {
        Some(self.dossier.mandataire.is_some())
    }

    /// Those who follow it.
    async fn instructeurs(&self) -> Vec<ProfileNode> {
        self.dossier.followers.iter().map(|person| profile("Instructeur", person)).collect()
    }

    async fn messages(&self, id: Option<ID>) -> Vec<MessageNode> {
        let wanted = id.map(|id| ids::read(&id).map(|(_, number)| number));
        let messages = self.dossier.messages.iter();
        messages.filter(|m| wanted.is_none_or(|id| id == Some(m.id))).map(message).collect()
    }

    async fn champs(&self, ctx: &Context<'_>, id: Option<ID>) -> Vec<ChampNode> {
        let form = &self.demarche.revision(self.dossier.revision).champs;
        self.filled(asking(ctx), form, &self.dossier.champs, id.as_ref())
    }

    async fn annotations(&self, ctx: &Context<'_>, id: Option<ID>) -> Vec<ChampNode> {
        let form = &self.demarche.revision(self.dossier.revision).annotations;
        self.filled(asking(ctx), form, &self.dossier.annotations, id.as_ref())
    }

    async fn traitements(&self) -> Vec<TraitementNode> {
        self.dossier.traitements.iter().map(traitement).collect()
    }

    async fn labels(&self) -> Vec<LabelNode> {
        let ids = self.dossier.labels.iter();
        ids.filter_map(|id| self.demarche.label(*id)).map(label).collect()
    }
}

impl DossierNode {
    /// Each thing of the form, filled in or not.
    fn filled(
        &self,
        asking: &Asking,
        form: &[Descriptor],
        champs: &[Champ],
        only: Option<&ID>,
    ) -> Vec<ChampNode> {
        let only = only.map(|id| ids::read(id).map(|(_, number)| number));
        let asked = form.iter().filter(|d| only.is_none_or(|id| id == Some(d.stable_id)));
        asked
            .map(|descriptor| {
                let known = champs.iter().find(|champ| champ.stable_id == descriptor.stable_id);
                let empty = Champ {
                    stable_id: descriptor.stable_id,
                    value: None,
                    updated_at: self.dossier.depose_at,
                };
                champ(asking, descriptor, known.unwrap_or(&empty))
            })
            .collect()
    }
}

/// How its usager came.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(rename_items = "snake_case")]
pub enum ConnectionUsager {
    /// Their account is no more.
    Deleted,
    /// By `FranceConnect`.
    FranceConnect,
    /// By a password.
    Password,
}

/// A message.
#[derive(SimpleObject)]
#[graphql(name = "Message")]
pub struct MessageNode {
    id: ID,
    email: String,
    body: String,
    created_at: Iso8601DateTime,
    discarded_at: Option<Iso8601DateTime>,
    attachment: Option<FileNode>,
    attachments: Vec<FileNode>,
    correction: Option<CorrectionNode>,
}

/// The message as the schema shows it.
pub fn message(message: &Message) -> MessageNode {
    MessageNode {
        id: id("Commentaire", message.id),
        email: message.email.clone(),
        body: message.body.clone(),
        created_at: Iso8601DateTime(message.created_at),
        discarded_at: message.discarded_at.map(Iso8601DateTime),
        attachment: None,
        attachments: Vec::new(),
        correction: message.correction.map(|reason| CorrectionNode {
            date_resolution: message.resolved_at.map(Iso8601DateTime),
            reason,
        }),
    }
}

/// What a message asks to be corrected.
#[derive(SimpleObject)]
#[graphql(name = "Correction")]
pub struct CorrectionNode {
    date_resolution: Option<Iso8601DateTime>,
    reason: CorrectionReason,
}

/// A file: none is played, the schema has them all the same.
#[derive(SimpleObject)]
#[graphql(name = "File")]
pub struct FileNode {
    byte_size: i32,
    byte_size_big_int: BigInt,
    checksum: String,
    content_type: String,
    created_at: Iso8601DateTime,
    filename: String,
    url: UrlText,
    virus_scan_result: String,
}

/// Something that was done.
#[derive(SimpleObject)]
#[graphql(name = "Traitement")]
pub struct TraitementNode {
    id: ID,
    event: TraitementEvent,
    state: DossierState,
    date_traitement: Iso8601DateTime,
    email_agent_traitant: Option<String>,
    motivation: Option<String>,
}

fn traitement(traitement: &Traitement) -> TraitementNode {
    TraitementNode {
        id: id("Traitement", traitement.id),
        event: traitement.event,
        state: traitement.state.into(),
        date_traitement: Iso8601DateTime(traitement.at),
        email_agent_traitant: traitement.email.clone(),
        motivation: traitement.motivation.clone(),
    }
}
