//! « Personnaliser »: the columns of the table.

use crate::api::instructeur::liste::Personnaliser as ChoisirLesColonnes;
use crate::formulaire::panneau::Panneau;
use crate::formulaire::saisie::Dit;
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use domain::liste::Colonne;
use domain::vues::DemarcheInstructeur;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The button, at the end of the head of the table, and its panel.
#[component]
pub fn Colonnes(
    /// The list.
    demarche: Signal<DemarcheInstructeur>,
) -> impl IntoView {
    let suivi = Suivi::servi::<ChoisirLesColonnes>();
    let numero = demarche.with_untracked(|d| d.numero);
    let choix = Colonne::TOUS.iter().map(|colonne| case(*colonne, demarche)).collect_view();
    let contenu = move |boutons: AnyView| {
        view! {
            <form method="post" action=ChoisirLesColonnes::url()>
                <AlerteFormulaire suivi/>
                <PageDuFormulaire/>
                <input type="hidden" name="demarche" value=numero.to_string()/>
                <fieldset class="fr-fieldset" aria-labelledby="colonnes-legende">
                    <legend class="fr-fieldset__legend" id="colonnes-legende">
                        "Colonnes à afficher"
                    </legend>
                    {choix}
                </fieldset>
                {boutons}
            </form>
        }
        .into_any()
    };
    let visible = Signal::derive(move || demarche.with(|d| !d.dossiers.lignes.is_empty()));
    view! {
        <div class="rdv-liste__colonnes">
            <Dit suivi phrase="Les colonnes de la liste sont enregistrées."/>
            <Panneau
                id="personnaliser"
                classe="fr-btn--tertiary-no-outline fr-btn--sm fr-icon-settings-5-line fr-btn--icon-right"
                bouton="Personnaliser"
                visible
                suivi
                valider="Enregistrer"
                contenu
            />
        </div>
    }
}

fn case(colonne: Colonne, demarche: Signal<DemarcheInstructeur>) -> impl IntoView {
    let id = format!("colonne-{}", colonne.code());
    let choisie = demarche.with_untracked(|d| d.colonnes.contains(&colonne));
    view! {
        <div class="fr-fieldset__element">
            <div class="fr-checkbox-group fr-checkbox-group--sm">
                <input
                    type="checkbox"
                    id=id.clone()
                    name="colonnes[]"
                    value=colonne.code()
                    checked=choisie
                />
                <label class="fr-label" for=id>
                    {colonne.libelle()}
                </label>
            </div>
        </div>
    }
}
