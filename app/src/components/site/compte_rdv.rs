//! The account of RDV Service Public, on every page.

use crate::page::contexte::AuDepart;
use domain::chemin::Chemin;
use domain::vues::EtatCompteRdv;
use leptos::prelude::*;

/// Leads to RDV Service Public, to connect one's account.
pub const CONNECTER: &str = Chemin::ConnecterRdv.patron();

/// Says that the account is no longer connected, and how to connect it again.
#[component]
pub fn AvisCompteRdv() -> impl IntoView {
    let depart = use_context::<AuDepart>();
    view! {
        <Suspense>
            {Suspend::new(async move {
                let session = depart?.0.await.ok()?.session?;
                (session.compte_rdv == EtatCompteRdv::Perdu).then(|| view! { <Avis/> })
            })}
        </Suspense>
    }
}

#[component]
fn Avis() -> impl IntoView {
    view! {
        <div class="fr-alert fr-alert--warning fr-alert--sm fr-mt-2w">
            <p>
                "Votre compte RDV Service Public n'est plus connecté. "
                <a href=CONNECTER rel="external">"Reconnecter"</a>
            </p>
        </div>
    }
}
