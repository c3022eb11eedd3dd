//! A week, day by day: a table, that becomes a list on a small screen.

use crate::components::rendez_vous::pendant;
use chrono::{Datelike, NaiveDate, Weekday};
use domain::francais;
use domain::vues::planning::{decale, lundi};
use domain::vues::{CarteRendezVous, FiltresRdv, RendezVousDemarche, VueRdv};
use leptos::prelude::*;
use leptos_router::components::A;

/// The rendez-vous of a week.
#[component]
pub fn EnSemaine(liste: Signal<RendezVousDemarche>) -> impl IntoView {
    move || liste.with(semaine)
}

fn semaine(liste: &RendezVousDemarche) -> impl IntoView + use<> {
    let jour = liste.demande.le.unwrap_or(liste.aujourd_hui);
    let debut = lundi(jour);
    let periode = francais::periode(debut, decale(debut, 6));
    let contenu = if liste.a_venir.is_empty() {
        view! { <p>"Aucun rendez-vous cette semaine."</p> }.into_any()
    } else {
        tableau(liste, debut).into_any()
    };
    view! {
        <h2 class="fr-h4">"Semaine " {periode}</h2>
        {autres_periodes(liste, VueRdv::Semaine, jour, 7)}
        {contenu}
    }
}

fn tableau(liste: &RendezVousDemarche, debut: NaiveDate) -> impl IntoView + use<> {
    let jours = jours(debut, &liste.a_venir);
    let entetes = jours
        .iter()
        .map(|jour| {
            let ici = *jour == liste.aujourd_hui;
            view! {
                <th scope="col" aria-current=ici.then_some("date")>
                    {francais::jour_court(*jour)}
                </th>
            }
        })
        .collect_view();
    let cellules = jours.iter().map(|jour| cellule(*jour, &liste.a_venir)).collect_view();
    view! {
        <div class="fr-table rdv-semaine">
            <div class="fr-table__wrapper">
                <div class="fr-table__container">
                    <div class="fr-table__content">
                        <table role="table">
                            <caption class="fr-sr-only">"Rendez-vous de la semaine, un jour par colonne"</caption>
                            <thead role="rowgroup">
                                <tr role="row">{entetes}</tr>
                            </thead>
                            <tbody role="rowgroup">
                                <tr role="row">{cellules}</tr>
                            </tbody>
                        </table>
                    </div>
                </div>
            </div>
        </div>
    }
}

/// Monday to Friday, and the days of the week-end that have a rendez-vous.
fn jours(debut: NaiveDate, cartes: &[CarteRendezVous]) -> Vec<NaiveDate> {
    (0..7)
        .map(|combien| decale(debut, combien))
        .filter(|jour| {
            !matches!(jour.weekday(), Weekday::Sat | Weekday::Sun)
                || cartes.iter().any(|carte| carte.rendez_vous.horaire.local.date() == *jour)
        })
        .collect()
}

fn cellule(jour: NaiveDate, cartes: &[CarteRendezVous]) -> impl IntoView + use<> {
    let mut siens: Vec<&CarteRendezVous> =
        cartes.iter().filter(|c| c.rendez_vous.horaire.local.date() == jour).collect();
    siens.sort_by_key(|carte| carte.rendez_vous.horaire.local);
    let vide = siens.is_empty();
    let contenu = if vide {
        view! { <span class="fr-sr-only">"Aucun rendez-vous"</span> }.into_any()
    } else {
        let lignes = siens.into_iter().map(entree).collect_view();
        view! { <ul class="rdv-semaine__jour">{lignes}</ul> }.into_any()
    };
    view! {
        <td role="cell" data-titre=francais::jour_court(jour) class:rdv-semaine__vide=vide>
            {contenu}
        </td>
    }
}

fn entree(carte: &CarteRendezVous) -> impl IntoView + use<> {
    let numero = carte.dossier;
    let rdv = &carte.rendez_vous;
    let demandeur = carte.demandeur.clone();
    view! {
        <li>
            <p class="fr-text--bold fr-mb-0">{francais::heure_du(&rdv.horaire)}</p>
            <p class="fr-mb-0">
                <A
                    href=format!("/instructeur/dossiers/{numero}")
                    attr:title=format!("{} - dossier n°\u{a0}{numero}", carte.demandeur)
                >
                    {demandeur}
                </A>
            </p>
            <p class="fr-text--sm fr-mb-0">{rdv.genre.comment()} " " {pendant(rdv)}</p>
        </li>
    }
}

/// Links to the period before, to today, to the one after: `jours` days from `jour`, so that whoever goes from week
/// to week and back finds the day again where they left it.
pub fn autres_periodes(
    liste: &RendezVousDemarche,
    vue: VueRdv,
    jour: NaiveDate,
    jours: i64,
) -> impl IntoView + use<> {
    let numero = liste.numero;
    let vers = |le: NaiveDate| {
        let filtres: FiltresRdv = liste.demande.vers(vue, Some(le));
        filtres.adresse(numero)
    };
    let (avant, apres) = match vue {
        VueRdv::Semaine => ("Semaine précédente", "Semaine suivante"),
        VueRdv::Jour | VueRdv::Liste => ("Jour précédent", "Jour suivant"),
    };
    view! {
        <ul class="rdv-liens rdv-sans-papier">
            <li>
                <a class="fr-link fr-icon-arrow-left-line fr-link--icon-left" href=vers(decale(jour, -jours))>
                    {avant}
                </a>
            </li>
            <li>
                <a class="fr-link" href=vers(liste.aujourd_hui)>"Aujourd'hui"</a>
            </li>
            <li>
                <a class="fr-link fr-icon-arrow-right-line fr-link--icon-right" href=vers(decale(jour, jours))>
                    {apres}
                </a>
            </li>
        </ul>
    }
}
