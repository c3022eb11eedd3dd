//! What the headers of a dossier share, for either side.

use crate::api::Reponse;
use crate::components::rendez_vous::phrases::etiquette;
use crate::depart::Depart;
use crate::page::contexte::sur_la_messagerie;
use crate::pages::Vers;
use domain::correction::EtatCorrection;
use domain::ids::DossierNumero;
use domain::sujet::Sujet;
use domain::vues::Entete;
use leptos::prelude::*;

/// What the header of a dossier depends on: the dossier, and what its reader has seen of it.
pub fn sujets(numero: DossierNumero, depart: &Depart) -> Vec<Sujet> {
    let compte = depart.session.as_ref().map(|session| Sujet::Compte(session.compte));
    [Sujet::Dossier(numero)].into_iter().chain(compte).collect()
}

/// Says that the état or the tag changed. Beside the thread the tag is not said: what changed it is a message there,
/// which is said with its date.
pub fn difference(avant: &Entete, apres: &Entete) -> Option<String> {
    let nouveau = if apres.etat != avant.etat {
        apres.etat.libelle().to_owned()
    } else if apres.correction != avant.correction {
        apres.correction.and_then(EtatCorrection::badge)?.to_owned()
    } else {
        let tag = apres.tag.filter(|_| apres.tag != avant.tag && !sur_la_messagerie())?;
        etiquette(tag, apres.rendez_vous.as_ref())
    };
    Some(format!("La page a été mise à jour\u{a0}: {nouveau}."))
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
