//! The dossiers that the platform fails to give.

use crate::api::administrateur::raccordement::ReessayerDossier;
use crate::components::lien::LienExterne;
use crate::formulaire::saisie::Confirmation;
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::page::liste::Liste;
use crate::pages::administrateur::notifications::apres_essais;
use domain::ids::DemarcheNumero;
use domain::vues::{DossierEcarte, Raccordement};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// Each with its reason, and « Réessayer ».
#[component]
pub fn Ecartes(
    /// The démarche.
    numero: DemarcheNumero,
    /// Its raccordement.
    lu: Signal<Raccordement>,
    /// Reads it again.
    relire: Callback<()>,
) -> impl IntoView {
    let action = ServerAction::<ReessayerDossier>::new();
    let suivi = Suivi::nouveau(action);
    let ecartes = Memo::new(move |_| lu.with(|l| l.ecartes.clone()));
    let titre = move || {
        ecartes.with(|ecartes| !ecartes.is_empty()).then(|| {
            view! {
                <h2 class="fr-h4 fr-mt-6w">"Dossiers écartés"</h2>
                <p>
                    "Démarches Simplifiées n'arrive pas à donner ces dossiers. Les autres ne sont pas touchés. Ils sont redemandés de temps en temps\u{a0}; vous pouvez aussi le faire maintenant."
                </p>
            }
        })
    };
    let carte = move |ecarte: Signal<DossierEcarte>| {
        let distant = ecarte.with_untracked(|e| e.numero);
        let adresse = ecarte.with_untracked(|e| e.adresse.clone());
        let raison =
            move || ecarte.with(|e| e.raison.as_ref().map(ToString::to_string)).unwrap_or_default();
        view! {
            <li class="rdv-carte">
                <h3 class="fr-h6 fr-mb-1w">
                    <LienExterne texte=format!("Dossier n°\u{a0}{distant}") href=adresse/>
                </h3>
                <p class="fr-text--sm fr-mb-1w">
                    {move || ecarte.with(|e| format!("Depuis {}", apres_essais(e.depuis, e.essais)))}
                </p>
                <p>{raison}</p>
                <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                    <PageDuFormulaire/>
                    <input type="hidden" name="demarche" value=numero.to_string()/>
                    <input type="hidden" name="numero_distant" value=distant.to_string()/>
                    <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit">
                        "Réessayer"
                        <span class="fr-sr-only">{format!(" le dossier n°\u{a0}{distant}")}</span>
                    </button>
                </ActionForm>
            </li>
        }
        .into_any()
    };
    view! {
        {titre}
        <AlerteFormulaire suivi/>
        <Confirmation suivi phrase="Le dossier est redemandé à Démarches Simplifiées." relire/>
        <ul class="rdv-cartes">
            <Liste elements=ecartes cle=|ecarte: &DossierEcarte| ecarte.numero vue=carte/>
        </ul>
    }
}
