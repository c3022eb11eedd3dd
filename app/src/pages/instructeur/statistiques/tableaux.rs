//! By month, by kind: bars, and the table that says the same.

use super::barres::{Barre, Barres};
use domain::rendez_vous::Genre;
use domain::statistiques::{Comptes, Ligne, Mois};
use domain::vues::statistiques::{COLONNES, cellules, nom_du_genre};
use leptos::prelude::*;

/// Which columns of [`COLONNES`] the table by month has: all of them.
const PAR_MOIS: std::ops::Range<usize> = 0..12;

/// Which columns the table by kind has: what comes before a booking has no kind.
const PAR_GENRE: [usize; 7] = [1, 6, 7, 8, 9, 10, 11];

/// What became of the propositions of each month.
#[component]
pub fn ParMois(
    /// A line for each month.
    lignes: Vec<(Mois, Ligne)>,
    /// All of them.
    total: Ligne,
) -> impl IntoView {
    let barre = |(mois, ligne): &(Mois, Ligne)| {
        let Comptes { reservees, en_attente, sans_reponse, retirees, .. } = ligne.comptes;
        Barre { nom: mois.libelle(), parts: vec![reservees, en_attente, sans_reponse, retirees] }
    };
    let barres: Vec<Barre> = lignes.iter().map(barre).collect();
    let mut rangees: Vec<(String, Ligne)> =
        lignes.into_iter().map(|(mois, ligne)| (mois.libelle(), ligne)).collect();
    rangees.push(("Ensemble".to_owned(), total));
    view! {
        <h2 class="fr-h4 fr-mt-4w">"Par mois"</h2>
        <Barres
            description="Diagramme en barres des propositions de chaque mois. Le tableau qui suit donne les mêmes chiffres.".to_owned()
            legende=["Réservées", "En attente", "Sans réponse", "Retirées"]
            barres
        />
        {tableau("Propositions par mois", "Mois", rangees, &PAR_MOIS.collect::<Vec<_>>())}
    }
}

/// What became of the rendez-vous of each kind.
#[component]
pub fn ParGenre(
    /// A line for each kind.
    lignes: Vec<(Option<Genre>, Ligne)>,
) -> impl IntoView {
    let barre = |(genre, ligne): &(Option<Genre>, Ligne)| {
        let Comptes { honores, annules, absences, prevus, .. } = ligne.comptes;
        let nom = nom_du_genre(*genre).to_owned();
        Barre { nom, parts: vec![honores, prevus, absences, annules] }
    };
    let barres: Vec<Barre> = lignes.iter().map(barre).collect();
    let rangees: Vec<(String, Ligne)> =
        lignes.into_iter().map(|(genre, ligne)| (nom_du_genre(genre).to_owned(), ligne)).collect();
    view! {
        <h2 class="fr-h4 fr-mt-4w">"Par type de rendez-vous"</h2>
        <Barres
            description="Diagramme en barres des rendez-vous de chaque type. Le tableau qui suit donne les mêmes chiffres.".to_owned()
            legende=["Honorés", "À venir ou non renseignés", "Absences", "Annulés"]
            barres
        />
        {tableau("Rendez-vous par type", "Type", rangees, &PAR_GENRE)}
    }
}

fn tableau(
    titre: &'static str,
    premiere: &'static str,
    rangees: Vec<(String, Ligne)>,
    colonnes: &[usize],
) -> impl IntoView + use<> {
    let tetes =
        colonnes.iter().map(|rang| view! { <th scope="col">{COLONNES[*rang]}</th> }).collect_view();
    let rangees = rangees
        .into_iter()
        .map(|(nom, ligne)| {
            let valeurs = cellules(&ligne);
            let valeurs = colonnes
                .iter()
                .map(|rang| view! { <td class="fr-cell--right">{valeurs[*rang].clone()}</td> })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{nom}</th>
                    {valeurs}
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="fr-table fr-table--sm">
            <div class="fr-table__wrapper">
                // It scrolls within itself on a narrow screen: the keyboard must reach it.
                <div class="fr-table__container" tabindex="0" role="region" aria-label=titre>
                    <div class="fr-table__content">
                        <table>
                            <caption>{titre}</caption>
                            <thead>
                                <tr>
                                    <th scope="col">{premiere}</th>
                                    {tetes}
                                </tr>
                            </thead>
                            <tbody>{rangees}</tbody>
                        </table>
                    </div>
                </div>
            </div>
        </div>
    }
}
