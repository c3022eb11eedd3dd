//! « Demander l'avis d'un expert ».

use crate::api::instructeur::avis::DemanderAvis;
use crate::formulaire::pieces::ChampPieces;
use crate::formulaire::saisie::{ChampLigne, Fait, Libelle};
use crate::formulaire::suivi::{
    AlerteFormulaire, BoutonEnvoyer, ChampTexte, PageDuFormulaire, Suivi,
};
use crate::page::service;
use domain::Champ;
use domain::cle::CleDeFormulaire;
use domain::ids::DossierNumero;
use domain::vues::AvisExternes;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

const EMAIL: Libelle =
    Libelle::new(Champ::Email, "email", "Adresse électronique de l'expert\u{a0}*")
        .indice("Format attendu\u{a0}: nom@domaine.fr");

/// The form, as long as the dossier is not decided on.
#[component]
pub fn DemanderUnAvis(
    /// The dossier.
    numero: DossierNumero,
    /// What was asked before.
    lus: Signal<AvisExternes>,
) -> impl IntoView {
    let possible = Memo::new(move |_| lus.with(|l| l.possible));
    move || {
        if possible.get() {
            view! { <Formulaire numero cle=lus.with_untracked(|l| l.cle.clone())/> }.into_any()
        } else {
            view! { <p>"Ce dossier est terminé\u{a0}: aucun nouvel avis ne peut être demandé."</p> }
                .into_any()
        }
    }
}

#[component]
fn Formulaire(numero: DossierNumero, cle: CleDeFormulaire) -> impl IntoView {
    let suivi = Suivi::servi::<DemanderAvis>();
    view! {
        <div class="rdv-etroit">
            <h3 class="fr-h5 fr-mt-4w">"Demander l'avis d'un expert"</h3>
            <form method="post" action=DemanderAvis::url() enctype="multipart/form-data">
                <AlerteFormulaire suivi sans_champs=true/>
                <Fait
                    action=DemanderAvis::url()
                    phrase="La demande d'avis est envoyée à l'expert."
                />
                <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
                <PageDuFormulaire/>
                <input type="hidden" name="dossier" value=numero.to_string()/>
                <input type="hidden" name="cle" value=cle.to_string()/>
                <ChampLigne libelle=EMAIL suivi/>
                <ChampTexte
                    id="question"
                    champ=Champ::Question
                    libelle="Question posée à l'expert\u{a0}*"
                    exemple=""
                    requis=true
                    suivi
                />
                <div class="fr-checkbox-group fr-mb-3w">
                    <input
                        type="checkbox"
                        id="confidentiel"
                        name="confidentiel"
                        value="oui"
                        checked=suivi.saisi("confidentiel").is_some()
                    />
                    <label class="fr-label" for="confidentiel">
                        "Avis confidentiel"
                        <span class="fr-hint-text">
                            "Les autres experts invités sur ce dossier ne le verront pas."
                        </span>
                    </label>
                </div>
                <ChampPieces
                    id="avis-pieces"
                    libelle="Ajouter une ou plusieurs pièces jointes (facultatif)"
                    suivi
                />
                <BoutonEnvoyer texte="Demander l'avis" suivi/>
            </form>
        </div>
    }
}
