//! « Rechercher un dossier », « Afficher les dossiers par démarche », « Sélectionner un filtre ».

use crate::formulaire::panneau::Deroulant;
use domain::chemin::Chemin;
use domain::vues::{ChoixDossiers, FiltreDossiers, MesDossiers, OngletDossiers};
use leptos::prelude::*;
use leptos_router::components::A;

/// The two forms above the tabs: ordinary ones, that lead to an address.
#[component]
pub fn Recherche(
    /// What is shown.
    lus: Signal<MesDossiers>,
) -> impl IntoView {
    // What is being typed stays as it is while the page changes.
    let choix = Memo::new(move |_| lus.with(|lus| lus.choix.clone()));
    let demarches = Memo::new(move |_| lus.with(|lus| lus.demarches.clone()));
    let deplie =
        choix.with_untracked(|choix| !choix.recherche.is_empty() || choix.demarche.is_some());
    view! {
        // On a phone what one came for is higher up; a search that is under way stays in sight.
        <details class="rdv-replier" open=deplie>
            <summary
                class="fr-btn fr-btn--tertiary fr-icon-search-line fr-btn--icon-left"
                aria-controls="recherches"
            >
                "Rechercher dans mes dossiers"
            </summary>
        </details>
        <div class="rdv-recherches" id="recherches">
            <form method="get" action=Chemin::MesDossiers.to_string() role="search">
                <label class="fr-label" for="recherche">
                    "Rechercher un dossier"
                    <span class="fr-hint-text">"N° de dossier, nom / prénom, mots-clés"</span>
                </label>
                <div class="fr-search-bar">
                    {move || choix.with(|choix| caches(choix, "q"))}
                    <input
                        class="fr-input"
                        type="search"
                        id="recherche"
                        name="q"
                        maxlength="200"
                        value=move || choix.with(|choix| choix.recherche.clone())
                    />
                    <button class="fr-btn" type="submit" title="Rechercher">"Rechercher"</button>
                </div>
            </form>
            <form method="get" action=Chemin::MesDossiers.to_string()>
                {move || choix.with(|choix| caches(choix, "demarche"))}
                <label class="fr-label" for="demarche">"Afficher les dossiers par démarche"</label>
                <div class="rdv-recherches__ligne">
                    <select class="fr-select" id="demarche" name="demarche">
                        {move || {
                            let ici = choix.with(|choix| choix.demarche);
                            let options = demarches.with(|demarches| {
                                demarches
                                    .iter()
                                    .map(|(numero, titre)| {
                                        view! {
                                            <option value=numero.to_string() selected=ici == Some(*numero)>
                                                {titre.clone()}
                                            </option>
                                        }
                                    })
                                    .collect_view()
                            });
                            view! {
                                <option value="" selected=ici.is_none()>"Toutes les démarches"</option>
                                {options}
                            }
                        }}
                    </select>
                    <button class="fr-btn fr-btn--secondary" type="submit">"Afficher"</button>
                </div>
            </form>
        </div>
    }
}

/// The rest of what is chosen, so that one form keeps what the other holds.
fn caches(choix: &ChoixDossiers, sauf: &str) -> impl IntoView + use<> {
    let adresse = ChoixDossiers { page: 1, ..choix.clone() }.champs();
    adresse
        .into_iter()
        .filter(|(nom, _)| *nom != sauf)
        .map(|(nom, valeur)| view! { <input type="hidden" name=nom value=valeur data-va-avec=""/> })
        .collect_view()
}

/// « Sélectionner un filtre »: links, and the one chosen, to be taken away.
#[component]
pub fn Filtres(
    /// What is shown.
    lus: Signal<MesDossiers>,
) -> impl IntoView {
    let choix = Memo::new(move |_| lus.with(|lus| lus.choix.clone()));
    move || {
        let choix = choix.get();
        let liens = FiltreDossiers::TOUS
            .into_iter()
            .filter(|filtre| filtre.possible(choix.onglet))
            .map(|filtre| {
                let ici = choix.filtre == Some(filtre);
                let vers = ChoixDossiers { filtre: Some(filtre), page: 1, ..choix.clone() };
                view! {
                    <li>
                        <a href=vers.adresse() aria-current=ici.then_some("true")>{filtre.libelle()}</a>
                    </li>
                }
            })
            .collect_view();
        let retirer = choix.filtre.map(|filtre| {
            let vers = ChoixDossiers { filtre: None, page: 1, ..choix.clone() };
            view! {
                <A
                    href=vers.adresse()
                    attr:class="fr-tag fr-icon-close-line fr-tag--icon-left"
                    attr:title=format!("Retirer le filtre «\u{a0}{}\u{a0}»", filtre.libelle())
                >
                    {filtre.libelle()}
                </A>
            }
        });
        let menu = (choix.onglet != OngletDossiers::Supprimes).then(|| {
            view! {
                <Deroulant
                    id="filtres"
                    classe="fr-btn--tertiary fr-btn--sm fr-icon-arrow-down-s-line fr-btn--icon-right"
                    bouton="Sélectionner un filtre".into_any()
                    menu=true
                >
                    {liens}
                </Deroulant>
            }
        });
        view! { <div class="rdv-filtres-rapides">{retirer} {menu}</div> }
    }
}
