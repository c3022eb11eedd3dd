//! Lists, page by page.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

use async_graphql::{Context, Enum, ID, Result, SelectionField, SimpleObject};

use super::dossier::DossierNode;
use super::ids::{id, int, number};
use super::scalars::Iso8601DateTime;
use super::{Asking, asking, fail, not_found};
use crate::demarches_simplifiees::model::{DeletedReason, Demarche, Dossier, FaultKind, State};
use crate::demarches_simplifiees::world::World;
use crate::demarches_simplifiees::world::index::Key;
use crate::demarches_simplifiees::world::pages::{Asked, LARGEST, Page, cursor};

/// The état of a dossier that was filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(rename_items = "snake_case")]
pub enum DossierState {
    /// Decided: yes.
    Accepte,
    /// Filed.
    EnConstruction,
    /// Being examined.
    EnInstruction,
    /// Decided: no.
    Refuse,
    /// Decided: no use.
    SansSuite,
}

impl From<State> for DossierState {
    fn from(state: State) -> Self {
        match state {
            State::Brouillon | State::EnConstruction => Self::EnConstruction,
            State::EnInstruction => Self::EnInstruction,
            State::Accepte => Self::Accepte,
            State::Refuse => Self::Refuse,
            State::SansSuite => Self::SansSuite,
        }
    }
}

/// The former way to ask for the end first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum Order {
    /// The oldest first.
    Asc,
    /// The newest first.
    Desc,
}

/// Each field of a page counts as many times as the page may have dossiers.
pub fn complexity(first: Option<i32>, last: Option<i32>, of_one: usize) -> usize {
    let asked = Asked { first, last, ..Asked::default() };
    1 + asked.size() * of_one
}

/// Which page is asked.
pub fn page_asked(
    first: Option<i32>,
    last: Option<i32>,
    after: Option<String>,
    before: Option<String>,
    order: Option<Order>,
) -> Asked {
    Asked { first, last, after, before, descending: order == Some(Order::Desc) }
}

/// Which dossiers are asked.
pub struct Filters {
    /// Of one groupe.
    pub groupe: Option<i64>,
    /// Put away or not.
    pub archived: Option<bool>,
    /// Filed since.
    pub created_since: Option<Iso8601DateTime>,
    /// Touched since.
    pub updated_since: Option<Iso8601DateTime>,
    /// In this état.
    pub state: Option<DossierState>,
    /// With this form.
    pub revision: Option<ID>,
    /// With this form or a newer one.
    pub min_revision: Option<ID>,
    /// With this form or an older one.
    pub max_revision: Option<ID>,
}

impl Filters {
    /// What keeps a dossier.
    fn kept(&self, demarche: &Demarche) -> Result<impl Fn(&Dossier) -> bool> {
        let form = |asked: &Option<ID>| -> Result<Option<i64>> {
            let Some(asked) = asked else { return Ok(None) };
            let known = number(asked, "ProcedureRevision")
                .filter(|id| demarche.revisions.iter().any(|revision| revision.id == *id));
            known.map(Some).ok_or_else(|| not_found("DossierConnection"))
        };
        let exactly = form(&self.revision)?;
        let (least, most) = (form(&self.min_revision)?, form(&self.max_revision)?);
        let (groupe, archived, state) = (self.groupe, self.archived, self.state);
        Ok(move |dossier: &Dossier| {
            groupe.is_none_or(|groupe| dossier.groupe == groupe)
                && archived.is_none_or(|archived| dossier.archived == archived)
                && state.is_none_or(|state| DossierState::from(dossier.state) == state)
                && exactly.is_none_or(|revision| dossier.revision == revision)
                && (exactly.is_some()
                    || (least.is_none_or(|least| dossier.revision >= least)
                        && most.is_none_or(|most| dossier.revision <= most)))
        })
    }
}

/// Where a page is in its list.
#[derive(SimpleObject)]
pub struct PageInfo {
    end_cursor: Option<String>,
    has_next_page: bool,
    has_previous_page: bool,
    start_cursor: Option<String>,
}

impl From<&Page> for PageInfo {
    fn from(page: &Page) -> Self {
        Self {
            end_cursor: page.end(),
            has_next_page: page.has_next,
            has_previous_page: page.has_previous,
            start_cursor: page.start(),
        }
    }
}

/// A page of dossiers.
#[derive(SimpleObject)]
pub struct DossierConnection {
    edges: Option<Vec<Option<DossierEdge>>>,
    nodes: Option<Vec<Option<DossierNode>>>,
    page_info: PageInfo,
}

/// A dossier and its cursor.
#[derive(SimpleObject)]
pub struct DossierEdge {
    cursor: String,
    node: Option<DossierNode>,
}

/// A page of deletions.
#[derive(SimpleObject)]
#[graphql(name = "DeletedDossierConnection")]
pub struct DeletedConnection {
    edges: Option<Vec<Option<DeletedDossierEdge>>>,
    nodes: Option<Vec<Option<DeletedDossier>>>,
    page_info: PageInfo,
}

/// A deletion and its cursor.
#[derive(SimpleObject)]
pub struct DeletedDossierEdge {
    cursor: String,
    node: Option<DeletedDossier>,
}

/// A deletion, final or pending.
#[derive(Clone, SimpleObject)]
pub struct DeletedDossier {
    date_supression: Iso8601DateTime,
    id: ID,
    number: i32,
    reason: DeletedReason,
    state: DossierState,
}

fn wrong(why: String) -> async_graphql::Error {
    fail("bad_request", why)
}

/// A page of the dossiers of a démarche.
pub fn dossiers(
    ctx: &Context<'_>,
    demarche: &Arc<Demarche>,
    asked: &Asked,
    filters: &Filters,
) -> Result<DossierConnection> {
    let asking = asking(ctx);
    let kept = filters.kept(demarche)?;
    let (page, found) = asking.store.read(|world| {
        let none = BTreeSet::new();
        let index = world.indexes.get(&demarche.number);
        let (list, since) = match filters.updated_since {
            Some(since) => (index.map(|index| &index.by_update), Some(since.0)),
            None => {
                (index.map(|index| &index.by_filing), filters.created_since.map(|since| since.0))
            }
        };
        let list = list.unwrap_or(&none);
        let wanted = |number: i64| world.dossier(number).is_some_and(|dossier| kept(dossier));
        let page = asked.of(list, since, wanted).map_err(wrong)?;
        change_after(asking, &page, list);
        let found: Vec<Arc<Dossier>> =
            page.keys.iter().filter_map(|key| world.dossier(key.1).cloned()).collect();
        Ok::<_, async_graphql::Error>((page, found))
    })?;
    time_out(asking, found.len())?;
    if asks_what_dossiers_hold(ctx) {
        for dossier in &found {
            asking.check(dossier.number)?;
        }
    }
    let node = |dossier: &Arc<Dossier>| {
        Some(DossierNode { dossier: Arc::clone(dossier), demarche: Arc::clone(demarche) })
    };
    let edges = page.keys.iter().zip(&found);
    let edges = edges.map(|(key, d)| Some(DossierEdge { cursor: cursor(*key), node: node(d) }));
    Ok(DossierConnection {
        edges: Some(edges.collect()),
        nodes: Some(found.iter().map(node).collect()),
        page_info: PageInfo::from(&page),
    })
}

/// Whether more is asked of the dossiers of a page than which they are: what is broken in one is something that it holds.
fn asks_what_dossiers_hold(ctx: &Context<'_>) -> bool {
    let of_a_dossier = |field: SelectionField<'_>| {
        field.selection_set().any(|field| !matches!(field.name(), "id" | "number" | "__typename"))
    };
    ctx.field().selection_set().any(|field| match field.name() {
        "nodes" => of_a_dossier(field),
        "edges" => field.selection_set().filter(|f| f.name() == "node").any(of_a_dossier),
        _ => false,
    })
}

/// Large pages take too long when they are made to.
fn time_out(asking: &Asking, size: usize) -> Result<()> {
    for &fault in &asking.faults {
        if let FaultKind::LargePages { above } = fault
            && i64::try_from(size).is_ok_and(|size| size > above)
        {
            asking.fires(fault);
            return Err(fail("timeout", "Timeout on Demarche.dossiers"));
        }
    }
    Ok(())
}

/// When the list is made to change while it is read, one dossier of this page and one of the next are touched.
fn change_after(asking: &Asking, page: &Page, list: &BTreeSet<Key>) {
    let (Some(first), Some(last)) = (page.keys.first(), page.keys.last()) else { return };
    if !page.has_next || !asking.faults.contains(&FaultKind::PageChanges) {
        return;
    }
    asking.fires(FaultKind::PageChanges);
    let mut touched = asking.touched.lock().unwrap_or_else(PoisonError::into_inner);
    touched.push(first.1);
    touched.extend(list.range(*last..).nth(1).map(|key| key.1));
}

/// A page of the dossiers of a démarche that are no more.
pub fn deleted(
    ctx: &Context<'_>,
    demarche: i64,
    groupe: Option<i64>,
    asked: &Asked,
    since: Option<Iso8601DateTime>,
) -> Result<DeletedConnection> {
    asking(ctx).store.read(|world| {
        let all = world.deleted.iter();
        let all = all
            .filter(|d| d.demarche == demarche && groupe.is_none_or(|groupe| d.groupe == groupe));
        let list = all.map(|deleted| (deleted.at, deleted.id)).collect();
        let shown = |world: &World, key: Key| {
            let deleted = world.deleted.iter().find(|deleted| deleted.id == key.1)?;
            Some(DeletedDossier {
                date_supression: Iso8601DateTime(deleted.at),
                id: id("DeletedDossier", deleted.id),
                number: int(deleted.number),
                reason: deleted.reason,
                state: deleted.state.into(),
            })
        };
        deletions(world, &list, asked, since, |_| true, shown)
    })
}

/// A page of the dossiers of a démarche that are hidden, and may come back.
pub fn pending(
    ctx: &Context<'_>,
    demarche: i64,
    groupe: Option<i64>,
    asked: &Asked,
    since: Option<Iso8601DateTime>,
) -> Result<DeletedConnection> {
    asking(ctx).store.read(|world| {
        let none = BTreeSet::new();
        let list = world.indexes.get(&demarche).map_or(&none, |index| &index.pending);
        let wanted = |number: i64| {
            let dossier = world.dossier(number);
            dossier.is_some_and(|d| groupe.is_none_or(|groupe| d.groupe == groupe))
        };
        let shown = |world: &World, key: Key| {
            let dossier = world.dossier(key.1)?;
            Some(DeletedDossier {
                date_supression: Iso8601DateTime(key.0),
                id: id("DeletedDossier", dossier.number),
                number: int(dossier.number),
                reason: dossier.hidden.reason.unwrap_or(DeletedReason::UserRequest),
                state: dossier.state.into(),
            })
        };
        deletions(world, list, asked, since, wanted, shown)
    })
}

fn deletions(
    world: &World,
    list: &BTreeSet<Key>,
    asked: &Asked,
    since: Option<Iso8601DateTime>,
    wanted: impl Fn(i64) -> bool,
    shown: impl Fn(&World, Key) -> Option<DeletedDossier>,
) -> Result<DeletedConnection> {
    debug_assert!(asked.size() <= LARGEST);
    let page = asked.of(list, since.map(|since| since.0), wanted).map_err(wrong)?;
    let nodes: Vec<Option<DeletedDossier>> =
        page.keys.iter().map(|key| shown(world, *key)).collect();
    let edges = page.keys.iter().zip(&nodes);
    let edges = edges
        .map(|(key, node)| Some(DeletedDossierEdge { cursor: cursor(*key), node: node.clone() }));
    Ok(DeletedConnection {
        edges: Some(edges.collect()),
        page_info: PageInfo::from(&page),
        nodes: Some(nodes),
    })
}
