//! The table of dossiers.

use super::adresse::adresse;
use super::outils::FORMULAIRE;
use crate::api::instructeur::instruction::{Instruire, Suivre};
use crate::components::badge::{Badges, Pastille};
use crate::components::texte::dossiers_comptes;
use crate::formulaire::saisie::Dit;
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::page::liste::Liste;
use domain::chemin::Chemin;
use domain::dossier::EtatDossier;
use domain::francais;
use domain::instruction::Geste;
use domain::liste::{Colonne, Nouveaute, Tri};
use domain::vues::{DemarcheInstructeur, LigneDossier};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;

/// The dossiers of the page.
#[component]
pub fn Tableau(
    /// The list.
    demarche: Signal<DemarcheInstructeur>,
) -> impl IntoView {
    let (suivre, instruire) = (Suivi::servi::<Suivre>(), Suivi::servi::<Instruire>());
    let cle = demarche.with_untracked(|d| d.cle.to_string());
    let cle = StoredValue::new(cle);
    let colonnes = Memo::new(move |_| demarche.with(|d| d.colonnes.clone()));
    let combien = move || dossiers_comptes(demarche.with(|d| d.dossiers.total));
    let vide = move || demarche.with(|d| d.dossiers.lignes.is_empty());
    view! {
        <AlerteFormulaire suivi=suivre/>
        <Dit suivi=suivre phrase="Le suivi du dossier est enregistré."/>
        <AlerteFormulaire suivi=instruire/>
        <div class="fr-table rdv-tableau" hidden=vide>
            <div class="fr-table__wrapper">
                <div class="fr-table__container">
                    <div class="fr-table__content">
                        <table role="table">
                            <caption class="fr-sr-only">{combien}</caption>
                            <thead role="rowgroup">
                                <Tete demarche colonnes/>
                            </thead>
                            <tbody role="rowgroup">
                                <Liste
                                    elements=Signal::derive(move || {
                                        demarche.with(|d| d.dossiers.lignes.clone())
                                    })
                                    cle=|ligne: &LigneDossier| ligne.numero
                                    vue=move |ligne| {
                                        view! { <Ligne ligne colonnes cle/> }.into_any()
                                    }
                                />
                            </tbody>
                        </table>
                    </div>
                </div>
            </div>
        </div>
        {move || vide().then(|| sans_dossier(demarche.with(|d| d.filtres.actifs())))}
    }
}

fn sans_dossier(filtre: bool) -> impl IntoView {
    let phrase = if filtre {
        "Aucun dossier ne correspond. Vérifiez la recherche et les filtres, ou choisissez l'onglet «\u{a0}au total\u{a0}»."
    } else {
        "Les dossiers déposés pour votre groupe d'instructeurs apparaîtront ici."
    };
    view! {
        <p class="fr-text--bold fr-mt-3w fr-mb-1w">"Aucun dossier"</p>
        <p>{phrase}</p>
    }
}

/// The names of the columns; those that sort are links.
#[component]
fn Tete(demarche: Signal<DemarcheInstructeur>, colonnes: Memo<Vec<Colonne>>) -> impl IntoView {
    let choisies = move || {
        colonnes
            .get()
            .into_iter()
            .map(|colonne| match colonne {
                Colonne::Nom => tri(demarche, Tri::Nom).into_any(),
                Colonne::Depot => tri(demarche, Tri::Depot).into_any(),
                autre => view! { <th scope="col">{autre.libelle()}</th> }.into_any(),
            })
            .collect_view()
    };
    view! {
        <tr role="row">
            <th scope="col">
                <ToutCocher/>
            </th>
            {tri(demarche, Tri::Numero)}
            {choisies}
            {tri(demarche, Tri::Statut)}
            <th scope="col">"Actions"</th>
        </tr>
    }
}

/// The box that ticks all boxes. Without scripts it would do nothing: it is not there.
#[component]
fn ToutCocher() -> impl IntoView {
    view! {
        <span class="fr-sr-only" data-sans-script>
            "Sélection"
        </span>
        <div class="fr-checkbox-group fr-checkbox-group--sm" data-avec-script>
            <input type="checkbox" id="tout-cocher" data-tout-cocher=FORMULAIRE/>
            <label class="fr-label" for="tout-cocher">
                <span class="fr-sr-only">"Cocher tous les dossiers de la page"</span>
            </label>
        </div>
    }
}

fn tri(demarche: Signal<DemarcheInstructeur>, tri: Tri) -> impl IntoView {
    let etat = Memo::new(move |_| {
        demarche.with(|d| {
            let sens = (d.filtres.tri == tri).then_some(d.filtres.croissant);
            (sens, adresse(demarche, &d.filtres.trie_par(tri)))
        })
    });
    let aria = move || match etat.with(|(sens, _)| *sens) {
        Some(true) => Some("ascending"),
        Some(false) => Some("descending"),
        None => None,
    };
    let classe = move || match etat.with(|(sens, _)| *sens) {
        Some(true) => "rdv-tri fr-icon-arrow-up-line",
        Some(false) => "rdv-tri fr-icon-arrow-down-line",
        None => "rdv-tri",
    };
    view! {
        <th scope="col" aria-sort=aria>
            <a
                class=classe
                href=move || etat.with(|(_, lien)| lien.clone())
                title=format!("Trier par «\u{a0}{}\u{a0}»", tri.libelle())
            >
                {tri.libelle()}
            </a>
        </th>
    }
}

#[component]
fn Ligne(
    ligne: Signal<LigneDossier>,
    colonnes: Memo<Vec<Colonne>>,
    cle: StoredValue<String>,
) -> impl IntoView {
    let numero = ligne.with_untracked(|l| l.numero);
    let id = format!("choix-{numero}");
    let cellules =
        move || colonnes.get().into_iter().map(|colonne| cellule(colonne, ligne)).collect_view();
    view! {
        <tr role="row" id=format!("ligne-{numero}")>
            <td role="cell" data-titre="Sélection">
                <div class="fr-checkbox-group fr-checkbox-group--sm">
                    <input
                        type="checkbox"
                        id=id.clone()
                        name="dossiers[]"
                        value=numero.to_string()
                        form=FORMULAIRE
                    />
                    <label class="fr-label" for=id>
                        <span class="fr-sr-only">"Sélectionner le dossier n°\u{a0}" {numero.to_string()}</span>
                    </label>
                </div>
            </td>
            <td role="cell" data-titre="N° dossier">
                <A
                    href=Chemin::DossierSuivi(numero).to_string()
                    attr:aria-label=format!("Dossier n°\u{a0}{numero}")
                >
                    {numero.to_string()}
                </A>
                {move || {
                    ligne.with(|l| nouveautes(&l.nouveautes)).map(|texte| view! { <Pastille texte/> })
                }}
            </td>
            {cellules}
            <td role="cell" data-titre="Statut">
                {move || ligne.with(|l| view! { <Badges etat=l.etat tag=l.tag correction=l.correction sans_reponse=l.sans_reponse/> })}
            </td>
            <td role="cell" data-titre="Actions">
                <Actions ligne cle/>
            </td>
        </tr>
    }
}

fn cellule(colonne: Colonne, ligne: Signal<LigneDossier>) -> impl IntoView {
    let texte = move || {
        ligne.with(|l| match colonne {
            Colonne::Demandeur => l.demandeur.clone(),
            Colonne::Nom => l.nom.clone(),
            Colonne::Depot => francais::date_courte(l.depose_le),
            Colonne::Expiration => l.expire_le.map(francais::date_courte).unwrap_or_default(),
            Colonne::Groupe => l.groupe.clone(),
            Colonne::SuiviPar => l.suivi_par.join(", "),
        })
    };
    view! {
        <td role="cell" data-titre=colonne.libelle() class="rdv-cesure">
            {texte}
        </td>
    }
}

/// « Suivre le dossier », « Passer en instruction ». `cle`: makes two sendings one.
#[component]
fn Actions(ligne: Signal<LigneDossier>, cle: StoredValue<String>) -> impl IntoView {
    let (numero, suivi, etat) = ligne.with_untracked(|l| (l.numero, l.suivi, l.etat));
    let de_ce_dossier = format!(" n°\u{a0}{numero}");
    let (classe, texte) = if suivi {
        (
            "fr-btn fr-btn--tertiary fr-btn--sm fr-btn--icon-right fr-icon-star-fill",
            "Ne plus suivre",
        )
    } else {
        (
            "fr-btn fr-btn--tertiary fr-btn--sm fr-btn--icon-right fr-icon-star-line",
            "Suivre le dossier",
        )
    };
    let instruire = (etat == EtatDossier::EnConstruction).then(|| {
        view! {
            <form method="post" action=Instruire::url()>
                <PageDuFormulaire/>
                <input type="hidden" name="dossier" value=numero.to_string()/>
                <input type="hidden" name="cle" value=cle.get_value()/>
                <input type="hidden" name="geste" value=Geste::PasserEnInstruction.code()/>
                <button
                    type="submit"
                    class="fr-btn fr-btn--tertiary fr-btn--sm fr-icon-arrow-right-up-line fr-btn--icon-right"
                >
                    "Passer en instruction"
                    <span class="fr-sr-only">{de_ce_dossier.clone()}</span>
                </button>
            </form>
        }
    });
    view! {
        <div class="rdv-actions-ligne">
            <form method="post" action=Suivre::url()>
                <PageDuFormulaire/>
                <input type="hidden" name="dossier" value=numero.to_string()/>
                <input type="hidden" name="suivre" value=(!suivi).to_string()/>
                <button type="submit" class=classe>
                    {texte} <span class="fr-sr-only">{de_ce_dossier}</span>
                </button>
            </form>
            {instruire}
        </div>
    }
}

/// What the orange dot of a row says.
fn nouveautes(nouveautes: &[Nouveaute]) -> Option<String> {
    let textes: Vec<&str> = nouveautes.iter().map(|nouveaute| nouveaute.libelle()).collect();
    (!textes.is_empty()).then(|| textes.join(", "))
}
