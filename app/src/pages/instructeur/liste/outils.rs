//! What can be done with the list: to the dossiers that are ticked, to its columns, and « Exporter ».

use super::{FORMULAIRE, Selection};
use crate::api::liste::{Lot as FaireLeLot, Personnaliser as ChoisirLesColonnes};
use crate::components::formulaire::{AlerteFormulaire, ChampTexte, PageDuFormulaire, Suivi};
use crate::components::panneau::Panneau;
use crate::contexte::annonces;
use domain::Champ;
use domain::liste::{Colonne, Lot, Onglet};
use domain::vues::DemarcheInstructeur;
use leptos::form::ActionForm;
use leptos::prelude::*;

/// The forms above the table.
#[component]
pub fn Outils(
    /// The list.
    demarche: Signal<DemarcheInstructeur>,
    /// Reads it again.
    relire: Callback<()>,
) -> impl IntoView {
    let export = move || {
        demarche.with(|d| {
            format!(
                "/instructeur/demarches/{}/export.csv{}",
                d.numero,
                d.filtres.debut().question()
            )
        })
    };
    let vide = move || demarche.with(|d| d.dossiers.lignes.is_empty());
    view! {
        <div class="rdv-outils">
            <LesLots demarche relire/>
            <div class="rdv-outils__liste">
                <Colonnes demarche relire/>
                <a
                    class="fr-btn fr-btn--tertiary fr-icon-download-line fr-btn--icon-right"
                    href=export
                    download=""
                    rel="external"
                    hidden=vide
                >
                    "Exporter la liste (CSV)"
                </a>
            </div>
        </div>
    }
}

/// What can be done in a tab.
fn lots(onglet: Onglet) -> &'static [Lot] {
    match onglet {
        Onglet::ASuivre => &[Lot::Instruire, Lot::Suivre],
        Onglet::Expirants => &[Lot::Conserver, Lot::Instruire, Lot::Suivre],
        Onglet::Suivis => &[Lot::Instruire],
        Onglet::Traites => &[Lot::Archiver, Lot::Supprimer],
        Onglet::Tous => &[Lot::Instruire, Lot::Suivre, Lot::Archiver],
        Onglet::Supprimes | Onglet::Archives => &[Lot::Restaurer],
    }
}

#[component]
fn LesLots(demarche: Signal<DemarcheInstructeur>, relire: Callback<()>) -> impl IntoView {
    let action = ServerAction::<FaireLeLot>::new();
    let suivi = Suivi::nouveau(action);
    let selection = Selection::recue();
    suivi.au_succes(move || {
        selection.remplacer([]);
        relire.run(());
    });
    let (numero, cle) = demarche.with_untracked(|d| (d.numero, d.cle.clone()));
    let cle = suivi.cle(cle);
    let onglet = Memo::new(move |_| demarche.with(|d| d.filtres.onglet));
    let boutons = move || {
        lots(onglet.get())
            .iter()
            .map(|lot| {
                view! {
                    <button
                        class="fr-btn fr-btn--secondary fr-btn--sm"
                        type="submit"
                        name="lot"
                        value=lot.code()
                    >
                        {lot.libelle()}
                    </button>
                }
            })
            .collect_view()
    };
    let proposable = Memo::new(move |_| {
        demarche.with(|d| {
            let en_cours =
                !matches!(d.filtres.onglet, Onglet::Traites | Onglet::Supprimes | Onglet::Archives);
            d.rdv_active && en_cours
        })
    });
    let vide = move || demarche.with(|d| d.dossiers.lignes.is_empty());
    view! {
        <ActionForm
            action
            attr:id=FORMULAIRE
            attr:class="rdv-lot"
            attr:hidden=vide
            on:submit:capture=move |ev| suivi.avant_envoi(&ev)
        >
            <AlerteFormulaire suivi champ=Champ::Complement/>
            <PageDuFormulaire/>
            <input type="hidden" name="demarche" value=numero.to_string()/>
            <input type="hidden" name="cle" value=move || cle.get()/>
            <p class="fr-text--sm fr-mb-1w">"Pour les dossiers cochés dans la liste\u{a0}:"</p>
            <div class="rdv-actions">
                {boutons}
                {move || proposable.get().then(|| view! { <ProposerAPlusieurs suivi/> })}
            </div>
        </ActionForm>
    }
}

/// « Proposer un rendez-vous » to each of the dossiers that are ticked.
#[component]
fn ProposerAPlusieurs(suivi: Suivi) -> impl IntoView {
    view! {
        <details class="rdv-panneau" open=suivi.refuse_au_depart()>
            <summary class="fr-btn fr-btn--secondary fr-btn--sm fr-icon-arrow-down-s-line fr-btn--icon-right">
                "Proposer un rendez-vous"
            </summary>
            <div class="rdv-panneau__corps">
                <h2 class="fr-h6">"Proposer un rendez-vous aux dossiers cochés"</h2>
                <p>
                    "Chaque utilisateur sera informé de votre proposition et sera invité à choisir un créneau. Un dossier qui a déjà une proposition ou un rendez-vous n'est pas modifié\u{a0}: vous verrez lesquels."
                </p>
                <ChampTexte
                    id="complement"
                    champ=Champ::Complement
                    libelle="Message complémentaire (facultatif)"
                    indice="Il est le même pour tous les dossiers cochés."
                    exemple=""
                    suivi
                />
                <button class="fr-btn" type="submit" name="lot" value=Lot::Proposer.code()>
                    "Envoyer les propositions"
                </button>
            </div>
        </details>
    }
}

/// « Personnaliser »: the columns of the table.
#[component]
fn Colonnes(demarche: Signal<DemarcheInstructeur>, relire: Callback<()>) -> impl IntoView {
    let action = ServerAction::<ChoisirLesColonnes>::new();
    let suivi = Suivi::nouveau(action);
    let annonces = annonces();
    suivi.au_succes(move || {
        relire.run(());
        annonces.dire("Les colonnes de la liste sont enregistrées.");
    });
    let numero = demarche.with_untracked(|d| d.numero);
    let choix = Colonne::TOUS
        .iter()
        .map(|colonne| {
            let id = format!("colonne-{}", colonne.code());
            let choisie = demarche.with_untracked(|d| d.colonnes.contains(colonne));
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
        })
        .collect_view();
    let contenu = move |boutons: AnyView| {
        view! {
            <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
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
            </ActionForm>
        }
        .into_any()
    };
    view! { <Panneau bouton="Personnaliser" visible=true suivi valider="Enregistrer" contenu/> }
}
