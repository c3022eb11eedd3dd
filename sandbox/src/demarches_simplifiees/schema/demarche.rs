//! Démarches, their groupes and their forms.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};

use super::champs::{DescriptorNode as ChampDescriptorNode, descriptor};
use super::connections::{
    self, DeletedConnection, DossierConnection, DossierState, Filters, Order, page_asked,
};
use super::ids::{id, int};
use super::scalars::Iso8601DateTime;
use crate::demarches_simplifiees::model::{
    Demarche, DemarcheState, Groupe, Label, LabelColor, Person, Revision,
};

/// A démarche that the token reaches.
pub struct DemarcheNode(pub Arc<Demarche>);

#[Object(name = "Demarche")]
impl DemarcheNode {
    async fn id(&self) -> ID {
        id("Procedure", self.0.number)
    }

    async fn number(&self) -> i32 {
        int(self.0.number)
    }

    async fn title(&self) -> &str {
        &self.0.title
    }

    async fn description(&self) -> &str {
        &self.0.description
    }

    async fn state(&self) -> DemarcheState {
        self.0.state
    }

    async fn declarative(&self) -> Option<DeclarativeState> {
        None
    }

    async fn date_creation(&self) -> Iso8601DateTime {
        Iso8601DateTime(self.0.created_at)
    }

    async fn date_publication(&self) -> Option<Iso8601DateTime> {
        Some(Iso8601DateTime(self.0.created_at))
    }

    async fn date_derniere_modification(&self) -> Iso8601DateTime {
        Iso8601DateTime(self.0.active_revision().created_at)
    }

    async fn date_depublication(&self) -> Option<Iso8601DateTime> {
        None
    }

    async fn date_fermeture(&self) -> Option<Iso8601DateTime> {
        None
    }

    async fn administrateurs(&self) -> Vec<ProfileNode> {
        self.0.administrateurs.iter().map(|person| profile("Administrateur", person)).collect()
    }

    async fn service(&self) -> Option<ServiceNode> {
        Some(service(&self.0))
    }

    async fn labels(&self) -> Vec<LabelNode> {
        self.0.labels.iter().map(label).collect()
    }

    async fn groupe_instructeurs(&self, closed: Option<bool>) -> Vec<GroupeNode> {
        let groupes = self.0.groupes.iter();
        groupes.filter(|g| closed.is_none_or(|closed| g.closed == closed)).map(groupe).collect()
    }

    async fn active_revision(&self) -> RevisionNode {
        RevisionNode(self.0.active_revision().clone())
    }

    async fn draft_revision(&self) -> RevisionNode {
        RevisionNode(self.0.active_revision().clone())
    }

    async fn published_revision(&self) -> Option<RevisionNode> {
        Some(RevisionNode(self.0.active_revision().clone()))
    }

    async fn revisions(&self) -> Vec<RevisionNode> {
        self.0.revisions.iter().cloned().map(RevisionNode).collect()
    }

    async fn annotation_descriptors(&self) -> Vec<ChampDescriptorNode> {
        self.0.active_revision().annotations.iter().map(descriptor).collect()
    }

    async fn champ_descriptors(&self) -> Vec<ChampDescriptorNode> {
        self.0.active_revision().champs.iter().map(descriptor).collect()
    }

    #[expect(clippy::too_many_arguments, reason = "those of the schema")]
    #[graphql(complexity = "connections::complexity(first, last, child_complexity)")]
    async fn dossiers(
        &self,
        ctx: &Context<'_>,
        after: Option<String>,
        archived: Option<bool>,
        before: Option<String>,
        created_since: Option<Iso8601DateTime>,
        first: Option<i32>,
        last: Option<i32>,
        max_revision: Option<ID>,
        min_revision: Option<ID>,
        #[graphql(default_with = "Some(Order::Asc)")] order: Option<Order>,
        revision: Option<ID>,
        state: Option<DossierState>,
        updated_since: Option<Iso8601DateTime>,
    ) -> Result<DossierConnection> {
        let filters = Filters {
            groupe: None,
            archived,
            created_since,
            updated_since,
            state,
            revision,
            min_revision,
            max_revision,
        };
        let asked = page_asked(first, last, after, before, order);
        connections::dossiers(ctx, &self.0, &asked, &filters)
    }

    #[expect(clippy::too_many_arguments, reason = "those of the schema")]
    #[graphql(complexity = "connections::complexity(first, last, child_complexity)")]
    async fn deleted_dossiers(
        &self,
        ctx: &Context<'_>,
        after: Option<String>,
        before: Option<String>,
        deleted_since: Option<Iso8601DateTime>,
        first: Option<i32>,
        last: Option<i32>,
        #[graphql(default_with = "Some(Order::Asc)")] order: Option<Order>,
    ) -> Result<DeletedConnection> {
        let asked = page_asked(first, last, after, before, order);
        connections::deleted(ctx, self.0.number, None, &asked, deleted_since)
    }

    #[expect(clippy::too_many_arguments, reason = "those of the schema")]
    #[graphql(complexity = "connections::complexity(first, last, child_complexity)")]
    async fn pending_deleted_dossiers(
        &self,
        ctx: &Context<'_>,
        after: Option<String>,
        before: Option<String>,
        deleted_since: Option<Iso8601DateTime>,
        first: Option<i32>,
        last: Option<i32>,
        #[graphql(default_with = "Some(Order::Asc)")] order: Option<Order>,
    ) -> Result<DeletedConnection> {
        let asked = page_asked(first, last, after, before, order);
        connections::pending(ctx, self.0.number, None, &asked, deleted_since)
    }
}

/// A groupe with what it examines.
pub struct GroupeWithDossiersNode {
    /// Its démarche.
    pub demarche: Arc<Demarche>,
    /// Its number.
    pub groupe: i64,
}

impl GroupeWithDossiersNode {
    fn get(&self) -> Result<&Groupe> {
        let found = self.demarche.groupe(self.groupe);
        found.ok_or_else(|| super::not_found("GroupeInstructeurWithDossiers"))
    }
}

#[Object(name = "GroupeInstructeurWithDossiers")]
impl GroupeWithDossiersNode {
    async fn id(&self) -> ID {
        id("GroupeInstructeur", self.groupe)
    }

    async fn number(&self) -> i32 {
        int(self.groupe)
    }

    async fn label(&self) -> Result<&str> {
        Ok(&self.get()?.label)
    }

    async fn closed(&self) -> Result<bool> {
        Ok(self.get()?.closed)
    }

    async fn instructeurs(&self) -> Result<Vec<ProfileNode>> {
        Ok(self.get()?.members.iter().map(|person| profile("Instructeur", person)).collect())
    }

    #[expect(clippy::too_many_arguments, reason = "those of the schema")]
    #[graphql(complexity = "connections::complexity(first, last, child_complexity)")]
    async fn dossiers(
        &self,
        ctx: &Context<'_>,
        after: Option<String>,
        archived: Option<bool>,
        before: Option<String>,
        created_since: Option<Iso8601DateTime>,
        first: Option<i32>,
        last: Option<i32>,
        max_revision: Option<ID>,
        min_revision: Option<ID>,
        #[graphql(default_with = "Some(Order::Asc)")] order: Option<Order>,
        revision: Option<ID>,
        state: Option<DossierState>,
        updated_since: Option<Iso8601DateTime>,
    ) -> Result<DossierConnection> {
        let filters = Filters {
            groupe: Some(self.groupe),
            archived,
            created_since,
            updated_since,
            state,
            revision,
            min_revision,
            max_revision,
        };
        let asked = page_asked(first, last, after, before, order);
        connections::dossiers(ctx, &self.demarche, &asked, &filters)
    }

    #[expect(clippy::too_many_arguments, reason = "those of the schema")]
    #[graphql(complexity = "connections::complexity(first, last, child_complexity)")]
    async fn deleted_dossiers(
        &self,
        ctx: &Context<'_>,
        after: Option<String>,
        before: Option<String>,
        deleted_since: Option<Iso8601DateTime>,
        first: Option<i32>,
        last: Option<i32>,
        #[graphql(default_with = "Some(Order::Asc)")] order: Option<Order>,
    ) -> Result<DeletedConnection> {
        let asked = page_asked(first, last, after, before, order);
        connections::deleted(ctx, self.demarche.number, Some(self.groupe), &asked, deleted_since)
    }

    #[expect(clippy::too_many_arguments, reason = "those of the schema")]
    #[graphql(complexity = "connections::complexity(first, last, child_complexity)")]
    async fn pending_deleted_dossiers(
        &self,
        ctx: &Context<'_>,
        after: Option<String>,
        before: Option<String>,
        deleted_since: Option<Iso8601DateTime>,
        first: Option<i32>,
        last: Option<i32>,
        #[graphql(default_with = "Some(Order::Asc)")] order: Option<Order>,
    ) -> Result<DeletedConnection> {
        let asked = page_asked(first, last, after, before, order);
        connections::pending(ctx, self.demarche.number, Some(self.groupe), &asked, deleted_since)
    }
}

/// What a démarche says of itself to everybody.
pub struct DescriptorNode {
    /// The démarche.
    pub demarche: Arc<Demarche>,
    /// The number of the form that is meant.
    pub revision: i64,
}

#[Object(name = "DemarcheDescriptor")]
impl DescriptorNode {
    async fn id(&self) -> ID {
        id("Procedure", self.demarche.number)
    }

    async fn number(&self) -> i32 {
        int(self.demarche.number)
    }

    async fn title(&self) -> &str {
        &self.demarche.title
    }

    async fn description(&self) -> &str {
        &self.demarche.description
    }

    async fn state(&self) -> DemarcheState {
        self.demarche.state
    }

    async fn declarative(&self) -> Option<DeclarativeState> {
        None
    }

    async fn opendata(&self) -> bool {
        self.demarche.opendata
    }

    async fn date_creation(&self) -> Iso8601DateTime {
        Iso8601DateTime(self.demarche.created_at)
    }

    async fn date_derniere_modification(&self) -> Iso8601DateTime {
        Iso8601DateTime(self.demarche.active_revision().created_at)
    }

    async fn duree_conservation_dossiers(&self) -> i32 {
        12
    }

    async fn tags(&self) -> Vec<String> {
        Vec::new()
    }

    async fn zones(&self) -> Vec<String> {
        Vec::new()
    }

    async fn revision(&self) -> RevisionNode {
        RevisionNode(self.demarche.revision(self.revision).clone())
    }

    async fn service(&self) -> Option<ServiceNode> {
        Some(service(&self.demarche))
    }
}

/// One state of a form.
pub struct RevisionNode(pub Revision);

#[Object(name = "Revision")]
impl RevisionNode {
    async fn id(&self) -> ID {
        id("ProcedureRevision", self.0.id)
    }

    async fn date_creation(&self) -> Iso8601DateTime {
        Iso8601DateTime(self.0.created_at)
    }

    async fn date_publication(&self) -> Option<Iso8601DateTime> {
        Some(Iso8601DateTime(self.0.created_at))
    }

    async fn champ_descriptors(&self) -> Vec<ChampDescriptorNode> {
        self.0.champs.iter().map(descriptor).collect()
    }

    async fn annotation_descriptors(&self) -> Vec<ChampDescriptorNode> {
        self.0.annotations.iter().map(descriptor).collect()
    }
}

/// A groupe.
#[derive(SimpleObject)]
#[graphql(name = "GroupeInstructeur")]
pub struct GroupeNode {
    id: ID,
    number: i32,
    label: String,
    closed: bool,
    instructeurs: Vec<ProfileNode>,
}

/// The groupe as the schema shows it.
pub fn groupe(groupe: &Groupe) -> GroupeNode {
    GroupeNode {
        id: id("GroupeInstructeur", groupe.id),
        number: int(groupe.id),
        label: groupe.label.clone(),
        closed: groupe.closed,
        instructeurs: groupe.members.iter().map(|p| profile("Instructeur", p)).collect(),
    }
}

/// Somebody.
#[derive(SimpleObject)]
#[graphql(name = "Profile")]
pub struct ProfileNode {
    /// `<deleted>` once the account is.
    pub id: ID,
    /// Their address.
    pub email: String,
}

/// Somebody as the schema shows them.
pub fn profile(class: &str, person: &Person) -> ProfileNode {
    ProfileNode { id: id(class, person.id), email: person.email.clone() }
}

/// A label.
#[derive(SimpleObject)]
#[graphql(name = "Label")]
pub struct LabelNode {
    id: ID,
    name: String,
    color: LabelColor,
}

/// The label as the schema shows it.
pub fn label(label: &Label) -> LabelNode {
    LabelNode { id: id("Label", label.id), name: label.name.clone(), color: label.color }
}

/// Whose a démarche is.
#[derive(SimpleObject)]
#[graphql(name = "Service")]
pub struct ServiceNode {
    id: ID,
    nom: String,
    organisme: String,
    siret: Option<String>,
    type_organisme: TypeOrganisme,
}

fn service(demarche: &Demarche) -> ServiceNode {
    ServiceNode {
        id: id("Service", demarche.number),
        nom: demarche.organisme.clone(),
        organisme: demarche.organisme.clone(),
        siret: None,
        type_organisme: TypeOrganisme::CollectiviteTerritoriale,
    }
}

/// What dossiers become by themselves.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "DossierDeclarativeState", rename_items = "snake_case")]
pub enum DeclarativeState {
    /// Decided.
    Accepte,
    /// Being examined.
    EnInstruction,
}

/// What an organisme is: the one that is played.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(rename_items = "snake_case")]
pub enum TypeOrganisme {
    /// A commune, a département, a région.
    CollectiviteTerritoriale,
}
