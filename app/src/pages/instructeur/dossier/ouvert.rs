//! The dossier that is open: what its tabs and its gestures find in their context.

use crate::api::Reponse;
use crate::formulaire::suivi::Suivi;
use crate::page::contexte::annonces;
use crate::page::titre::focus_sur_l_onglet;
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

    /// What reads the header again; nothing outside the page of a dossier.
    pub fn relire() -> Callback<()> {
        let ouvert = Self::entete();
        Callback::new(move |()| {
            if let Some(entete) = ouvert {
                entete.refetch();
            }
        })
    }

    /// Each time the form of `suivi` is taken: the page says `phrase` and shows what changed. The focus goes to the tab,
    /// for the button goes away with the refresh; another tab gives the focus to its own title.
    pub fn apres(suivi: Suivi, phrase: impl Fn() -> &'static str + 'static) {
        let (annonces, relire) = (annonces(), Self::relire());
        suivi.au_succes(move || {
            annonces.reussir(phrase());
            relire.run(());
            focus_sur_l_onglet();
        });
    }
}
