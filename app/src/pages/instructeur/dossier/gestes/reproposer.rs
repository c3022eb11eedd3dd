//! « Proposer à nouveau », once nobody answered a proposition in time.

use crate::api::instructeur::rendez_vous::Proposer;
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use domain::proposition::Intention;
use domain::vues::{Entete, PropositionExpiree};
use domain::{Champ, francais};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Says that nobody answered, and makes the same proposition again. Nothing while there is none.
#[component]
pub fn SansReponse(
    /// The header of the dossier.
    entete: Signal<Entete>,
) -> impl IntoView {
    let suivi = Suivi::servi::<Proposer>();
    let (numero, cle) = entete.with_untracked(|e| (e.numero, e.cle.to_string()));
    let expiree = Memo::new(move |_| entete.with(|e| e.sans_reponse.clone()));
    let permis = Memo::new(move |_| entete.with(|e| e.peut_proposer));
    move || {
        let PropositionExpiree { le, complement } = expiree.get()?;
        let formulaire = permis.get().then(|| {
            view! {
                <form method="post" action=Proposer::url()>
                    <AlerteFormulaire suivi/>
                    <PageDuFormulaire/>
                    <input type="hidden" name="dossier" value=numero.to_string()/>
                    <input type="hidden" name="cle" value=cle.clone()/>
                    <input type="hidden" name="intention" value=Intention::Premiere.code()/>
                    <input
                        type="hidden"
                        name=Champ::Complement.nom()
                        value=complement.clone()
                    />
                    <p class="fr-mt-2w fr-mb-0">
                        <BoutonEnvoyer texte="Proposer à nouveau" suivi/>
                    </p>
                </form>
            }
        });
        let suite = if permis.get_untracked() {
            " Vous pouvez proposer à nouveau un rendez-vous, avec le même message."
        } else {
            ""
        };
        Some(view! {
            <div class="fr-alert fr-alert--info fr-alert--sm fr-mb-3w">
                <p>
                    {format!(
                        "La proposition de rendez-vous du {} est restée sans réponse\u{a0}: elle a expiré.",
                        francais::date(le.date()),
                    )}
                    {suite}
                </p>
                {formulaire}
            </div>
        })
    }
}
