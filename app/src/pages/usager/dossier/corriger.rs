//! « J'ai corrigé mon dossier ».

use crate::api::usager::dossier::DeclarerCorrection;
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use domain::chemin::Chemin;
use domain::correction::EtatCorrection;
use domain::vues::Entete;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;

/// What the usager is asked to correct, and the button that says it is done. Nothing when nothing waits.
#[component]
pub fn Corriger(
    /// The header of the dossier.
    entete: Signal<Entete>,
) -> impl IntoView {
    let suivi = Suivi::servi::<DeclarerCorrection>();
    let (numero, invite) = entete.with_untracked(|e| (e.numero, e.invite));
    let attendue =
        Memo::new(move |_| entete.with(|e| e.correction == Some(EtatCorrection::Demandee)));
    let demande = move || {
        if invite && attendue.get() {
            return Some(
                view! {
                    <div class="fr-alert fr-alert--warning fr-mb-3w">
                        <h2 class="fr-alert__title">"Ce dossier doit être corrigé"</h2>
                        <p>
                            "L'administration attend des corrections. Lisez sa demande dans la "
                            <A href=Chemin::Messagerie(numero).to_string()>"messagerie"</A>
                            ". Une fois le dossier modifié, la personne qui l'a déposé indiquera qu'il est corrigé."
                        </p>
                    </div>
                }
                .into_any(),
            );
        }
        attendue.get().then(|| {
            view! {
                <div class="fr-alert fr-alert--warning fr-mb-3w">
                    <h2 class="fr-alert__title">"Votre dossier doit être corrigé"</h2>
                    <p>
                        "L'administration attend des corrections. Lisez sa demande dans la "
                        <A href=Chemin::Messagerie(numero).to_string()>"messagerie"</A>
                        ", "
                        <A href=Chemin::Modifier(numero).to_string()>"modifiez votre dossier"</A>
                        ", puis indiquez que vous l'avez corrigé."
                    </p>
                    <form method="post" action=DeclarerCorrection::url()>
                        <PageDuFormulaire/>
                        <input type="hidden" name="dossier" value=numero.to_string()/>
                        <p class="fr-mt-2w fr-mb-0">
                            <BoutonEnvoyer texte="J'ai corrigé mon dossier" suivi/>
                        </p>
                    </form>
                </div>
            }
            .into_any()
        })
    };
    view! {
        <AlerteFormulaire suivi/>
        {demande}
    }
}
