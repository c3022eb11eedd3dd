//! The tabs of the list, and its pages.

use super::adresse::adresse;
use domain::liste::{Borne, Filtres, Onglet};
use domain::vues::DemarcheInstructeur;
use leptos::prelude::*;

/// « 3 à suivre », « 5 suivis », « 17 au total »…
#[component]
pub fn Onglets(
    /// The list.
    demarche: Signal<DemarcheInstructeur>,
) -> impl IntoView {
    let comptes = Memo::new(move |_| demarche.with(|d| d.comptes.clone()));
    let filtres = Memo::new(move |_| demarche.with(|d| d.filtres.clone()));
    let onglets = move || {
        let filtres = filtres.get();
        comptes
            .get()
            .into_iter()
            .map(|(onglet, combien)| {
                let ici = onglet == filtres.onglet;
                view! {
                    <li>
                        <a
                            href=adresse(demarche, &filtres.vers_onglet(onglet))
                            aria-current=ici.then_some("page")
                        >
                            {onglet.compte(combien)}
                        </a>
                    </li>
                }
            })
            .collect_view()
    };
    let explication =
        move || explication(filtres.with(|f| f.onglet)).map(|phrase| view! { <p>{phrase}</p> });
    view! {
        <nav class="rdv-onglets" aria-label="Dossiers de la démarche">
            <ul data-en-vue>{onglets}</ul>
        </nav>
        {explication}
    }
}

/// What a tab holds, when its name does not say all.
const fn explication(onglet: Onglet) -> Option<&'static str> {
    match onglet {
        Onglet::ASuivre => Some(
            "Aucun instructeur n'est affecté au suivi de ces dossiers. Soyez le premier\u{a0}!",
        ),
        Onglet::Supprimes => Some(
            "Ces dossiers n'apparaissent plus dans les autres listes. L'usager les voit toujours. Vous pouvez les remettre dans la liste.",
        ),
        Onglet::Expirants => Some(
            "Ces dossiers en construction seront supprimés dans moins de deux semaines, l'usager en est prévenu. Passez-les en instruction, écrivez à l'usager, ou conservez-les un mois de plus.",
        ),
        Onglet::Archives => {
            Some("Ces dossiers terminés ont été archivés. Vous pouvez les remettre dans la liste.")
        }
        Onglet::Suivis | Onglet::Traites | Onglet::Tous => None,
    }
}

/// Links to the page before and the page after.
#[component]
pub fn Pages(
    /// The list.
    demarche: Signal<DemarcheInstructeur>,
) -> impl IntoView {
    let liens = move || {
        demarche.with(|d| {
            let (premier, dernier) = (d.dossiers.lignes.first()?, d.dossiers.lignes.last()?);
            let vers = |borne: Borne| {
                adresse(demarche, &Filtres { borne: Some(borne), ..d.filtres.clone() })
            };
            let avant = d.dossiers.precedente.then(|| vers(Borne::Avant(premier.numero)));
            let apres = d.dossiers.suivante.then(|| vers(Borne::Apres(dernier.numero)));
            (avant.is_some() || apres.is_some()).then(|| pagination(avant, apres))
        })
    };
    // Where one was is no longer there: the first page is a click away.
    let perdu = move || {
        demarche.with(|d| d.dossiers.lignes.is_empty() && d.filtres.borne.is_some()).then(|| {
            let debut = demarche.with(|d| adresse(demarche, &d.filtres.debut()));
            view! {
                <p>
                    <a href=debut>"Revenir au début de la liste"</a>
                </p>
            }
        })
    };
    view! {
        {liens}
        {perdu}
    }
}

/// The page before and the page after, by their addresses.
pub fn pagination(avant: Option<String>, apres: Option<String>) -> impl IntoView {
    let (premiere, derniere) = (avant.is_none(), apres.is_none());
    view! {
        <nav class="fr-pagination fr-mt-4w" aria-label="Pagination">
            <ul class="fr-pagination__list">
                <li>
                    <a
                        class="fr-pagination__link fr-pagination__link--prev fr-pagination__link--lg-label"
                        href=avant
                        rel="prev"
                        aria-disabled=premiere.then_some("true")
                        role=premiere.then_some("link")
                    >
                        "Page précédente"
                    </a>
                </li>
                <li>
                    <a
                        class="fr-pagination__link fr-pagination__link--next fr-pagination__link--lg-label"
                        href=apres
                        rel="next"
                        aria-disabled=derniere.then_some("true")
                        role=derniere.then_some("link")
                    >
                        "Page suivante"
                    </a>
                </li>
            </ul>
        </nav>
    }
}
