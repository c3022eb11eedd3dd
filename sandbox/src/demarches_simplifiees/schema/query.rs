//! What may be read.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use super::demarche::{DemarcheNode, DescriptorNode, GroupeWithDossiersNode};
use super::dossier::DossierNode;
use super::inputs::FindDemarcheInput;
use super::{Asking, asking, hidden, ids, not_found};
use crate::demarches_simplifiees::model::{Demarche, Dossier};

/// The root.
pub struct Query;

#[Object]
impl Query {
    /// Informations concernant une démarche.
    async fn demarche(&self, ctx: &Context<'_>, number: i32) -> Result<DemarcheNode> {
        let asking = asking(ctx);
        let demarche = asking.store.read(|world| world.demarche(number.into()).cloned());
        let demarche = demarche.ok_or_else(|| not_found("Demarche"))?;
        if !asking.token.reaches(demarche.number) {
            return Err(hidden("Demarche"));
        }
        Ok(DemarcheNode(demarche))
    }

    /// Ce qu’une démarche publie.
    async fn demarche_descriptor(
        &self,
        ctx: &Context<'_>,
        demarche: FindDemarcheInput,
    ) -> Result<Option<DescriptorNode>> {
        let asking = asking(ctx);
        let number = match demarche {
            FindDemarcheInput::Id(id) => ids::number(&id, "Procedure"),
            FindDemarcheInput::Number(number) => Some(number.into()),
        };
        let found = number.and_then(|n| asking.store.read(|world| world.demarche(n).cloned()));
        let found = found.ok_or_else(|| not_found("DemarcheDescriptor"))?;
        if !found.opendata && !asking.token.reaches(found.number) {
            return Err(hidden("DemarcheDescriptor"));
        }
        let revision = found.active_revision().id;
        Ok(Some(DescriptorNode { demarche: found, revision }))
    }

    /// Informations sur un dossier d’une démarche.
    async fn dossier(&self, ctx: &Context<'_>, number: i32) -> Result<DossierNode> {
        let asking = asking(ctx);
        let found = find(asking, number.into()).filter(|(dossier, _)| dossier.is_visible());
        let (dossier, demarche) = found.ok_or_else(|| not_found("Dossier"))?;
        if !asking.token.reaches(demarche.number) {
            return Err(hidden("Dossier"));
        }
        asking.check(dossier.number)?;
        Ok(DossierNode { dossier, demarche })
    }

    /// Informations sur un groupe instructeur.
    async fn groupe_instructeur(
        &self,
        ctx: &Context<'_>,
        number: i32,
    ) -> Result<GroupeWithDossiersNode> {
        let asking = asking(ctx);
        let groupe = i64::from(number);
        let demarche = asking.store.read(|world| world.demarche_of_groupe(groupe).cloned());
        let demarche = demarche.ok_or_else(|| not_found("GroupeInstructeurWithDossiers"))?;
        if !asking.token.reaches(demarche.number) {
            return Err(hidden("GroupeInstructeurWithDossiers"));
        }
        Ok(GroupeWithDossiersNode { demarche, groupe })
    }
}

/// A dossier with its démarche, hidden or not.
pub fn find(asking: &Asking, number: i64) -> Option<(Arc<Dossier>, Arc<Demarche>)> {
    asking.store.read(|world| {
        let dossier = world.dossier(number)?;
        Some((Arc::clone(dossier), Arc::clone(world.demarche(dossier.demarche)?)))
    })
}
