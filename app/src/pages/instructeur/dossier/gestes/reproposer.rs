//! « Proposer à nouveau », once nobody answered a proposition in time.

use crate::api::instructeur::rendez_vous::Proposer;
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::pages::instructeur::dossier::ouvert::DossierOuvert;
use domain::proposition::Intention;
use domain::vues::{Entete, PropositionExpiree};
use domain::{Champ, francais};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// Says that nobody answered, and makes the same proposition again. Nothing while there is none.
#[component]
pub fn SansReponse(
    /// The header of the dossier.
    entete: Signal<Entete>,
) -> impl IntoView {
    let action = ServerAction::<Proposer>::new();
    let suivi = Suivi::nouveau(action);
    DossierOuvert::apres(
        suivi,
        || "Votre proposition de rendez-vous a été envoyée à nouveau à l'utilisateur.",
    );
    let (numero, cle) = entete.with_untracked(|e| (e.numero, e.cle.clone()));
    let cle = suivi.cle(cle);
    let expiree = Memo::new(move |_| entete.with(|e| e.sans_reponse.clone()));
    let permis = Memo::new(move |_| entete.with(|e| e.peut_proposer));
    move || {
        let PropositionExpiree { le, complement } = expiree.get()?;
        let formulaire = permis.get().then(|| {
            view! {
                <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                    <AlerteFormulaire suivi/>
                    <PageDuFormulaire/>
                    <input type="hidden" name="dossier" value=numero.to_string()/>
                    <input type="hidden" name="cle" value=move || cle.get()/>
                    <input type="hidden" name="intention" value=Intention::Premiere.code()/>
                    <input
                        type="hidden"
                        name=Champ::Complement.nom()
                        value=complement.clone()
                    />
                    <p class="fr-mt-2w fr-mb-0">
                        <BoutonEnvoyer texte="Proposer à nouveau" suivi/>
                    </p>
                </ActionForm>
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
