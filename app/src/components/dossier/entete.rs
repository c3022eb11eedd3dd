//! What the headers of a dossier share, for either side.

use crate::api::Reponse;
use crate::components::rendez_vous::phrases::etiquette;
use crate::depart::Depart;
use crate::page::contexte::sur_la_messagerie;
use crate::page::vers::Vers;
use domain::correction::EtatCorrection;
use domain::ids::DossierNumero;
use domain::sujet::Sujet;
use domain::vues::Entete;
use domain::vues::faits::Fait;
use leptos::prelude::*;

/// What the header of a dossier depends on: the dossier, and what its reader has seen of it.
pub fn sujets(numero: DossierNumero, depart: &Depart) -> Vec<Sujet> {
    let compte = depart.session.as_ref().map(|session| Sujet::Compte(session.compte));
    [Sujet::Dossier(numero)].into_iter().chain(compte).collect()
}

/// Where it stands. Beside the thread the tag is not said: what changed it is a message there, which is said with its
/// date.
pub fn faits(entete: &Entete) -> Vec<Fait> {
    let etat = Fait::mis_a_jour(format!("etat:{}", entete.etat.code()), entete.etat.libelle());
    let correction = format!("correction:{:?}", entete.correction);
    let correction = match entete.correction.and_then(EtatCorrection::badge) {
        Some(badge) => Fait::mis_a_jour(correction, badge),
        None => Fait::silence(correction),
    };
    let tag = entete.tag.filter(|_| !sur_la_messagerie()).map(|tag| {
        Fait::mis_a_jour(format!("tag:{tag:?}"), etiquette(tag, entete.rendez_vous.as_ref()))
    });
    [etat, correction].into_iter().chain(tag).collect()
}

/// Leads from the bare address of a dossier to its first tab, once it is known to be one that the person may see. To
/// the others its header says why not, as it does on each tab: both would otherwise answer at the same time.
#[component]
pub fn VersSonOnglet(
    /// The header of the dossier.
    entete: Resource<Reponse<Entete>>,
    /// Where the tab is.
    adresse: String,
) -> impl IntoView {
    view! {
        <Suspense>
            {Suspend::new(async move { entete.await.is_ok().then(|| view! { <Vers adresse/> }) })}
        </Suspense>
    }
}
