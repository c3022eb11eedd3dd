//! Reading the platform's list, in the name of an agent.

use crate::plateforme::client::api::{Api, FiltreRdv};
use crate::rendez_vous::arrivee::decodage as webhooks;
use chrono::{DateTime, Days, Utc};
use domain::ids::{CompteId, OrganisationId, RdvId};
use domain::plateforme::ErreurPlateforme;
use domain::reconciliation::Releve;
use domain::rendez_vous::Contenu;
use domain::visio::Origine;
use serde_json::Value;
use std::collections::BTreeMap;

/// How far ahead the list is read, in days: agendas open a few months ahead.
const AVENIR_JOURS: u64 = 800;

/// What an agent sees.
#[derive(Debug, Clone)]
pub(super) struct Lue {
    pub(super) compte: CompteId,
    pub(super) releve: Releve,
    /// Whether what is not in it does not exist. Others only see their own rendez-vous and those of their
    /// service; those who administer the territory see the whole organisation.
    pub(super) voit_tout: bool,
}

pub(super) async fn lire(
    api: Api,
    compte: CompteId,
    organisation: OrganisationId,
    commence_le: DateTime<Utc>,
    depuis: DateTime<Utc>,
    hotes_visio: &[Origine],
) -> Result<Lue, ErreurPlateforme> {
    let voit_tout = match api.webhooks(organisation).await {
        Ok(_) => true,
        Err(ErreurPlateforme::Refuse) => false,
        Err(autre) => return Err(autre),
    };
    let au = commence_le.checked_add_days(Days::new(AVENIR_JOURS)).unwrap_or(commence_le);
    // A day more on each side: days have no hour there, and begin at several moments of ours.
    let du = depuis.checked_sub_days(Days::new(1)).unwrap_or(depuis);
    let filtre = FiltreRdv::Periode { organisation, du: du.date_naive(), au: au.date_naive() };
    let rendez_vous = decoder(api.rendez_vous(&filtre).await?, hotes_visio);
    Ok(Lue { compte, releve: Releve { organisation, commence_le, depuis, rendez_vous }, voit_tout })
}

/// Reads some rendez-vous again, wherever they are now.
pub(super) async fn relire(
    api: Api,
    rdvs: Vec<RdvId>,
    hotes_visio: &[Origine],
) -> Result<BTreeMap<RdvId, Option<Contenu>>, ErreurPlateforme> {
    Ok(decoder(api.rendez_vous(&FiltreRdv::Ids(rdvs)).await?, hotes_visio))
}

/// What each says; nothing for one that is there and can't be understood, which is not to be taken for absent.
fn decoder(lus: Vec<Value>, hotes_visio: &[Origine]) -> BTreeMap<RdvId, Option<Contenu>> {
    lus.into_iter()
        .filter_map(|rdv| {
            let id = RdvId(rdv.get("id")?.as_i64()?);
            let contenu = webhooks::lire_rendez_vous(rdv, hotes_visio)
                .inspect_err(|erreur| {
                    tracing::warn!(rdv = id.0, %erreur, "a rendez-vous of the list was not understood");
                })
                .ok();
            Some((id, contenu))
        })
        .collect()
}
