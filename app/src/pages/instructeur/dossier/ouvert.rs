//! The dossier that is open: what its tabs find in their context.

use crate::api::Reponse;
use domain::vues::Entete;
use leptos::prelude::*;

/// The header of the dossier, for its tabs.
#[derive(Clone, Copy)]
pub struct DossierOuvert(Resource<Reponse<Entete>>);

impl DossierOuvert {
    /// Gives the header to the tabs.
    pub fn fournir(entete: Resource<Reponse<Entete>>) {
        provide_context(Self(entete));
    }

    /// The header of the dossier that the page is about; `None` outside such a page.
    pub fn entete() -> Option<Resource<Reponse<Entete>>> {
        use_context().map(|Self(entete)| entete)
    }
}
