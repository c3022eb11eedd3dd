//! A week: its days side by side on a scale of hours; one after the other on a small screen.

use crate::components::lien::LienExterne;
use crate::components::rendez_vous::phrases::{REJOINDRE, numero_a_appeler, pendant};
use chrono::{Datelike, NaiveDate, Timelike};
use domain::chemin::Chemin;
use domain::francais;
use domain::vues::planning::{decale, lundi, week_end};
use domain::vues::{CarteRendezVous, FiltresRdv, RendezVousDemarche, VueRdv};
use leptos::prelude::*;
use leptos_router::components::A;
use std::ops::Range;

/// The hours that are always shown.
const JOURNEE: Range<u32> = 9..18;

/// The rendez-vous of a week.
#[component]
pub fn EnSemaine(liste: Signal<RendezVousDemarche>) -> impl IntoView {
    move || liste.with(semaine)
}

fn semaine(liste: &RendezVousDemarche) -> impl IntoView + use<> {
    let jour = liste.jour;
    let debut = lundi(jour);
    let periode = francais::periode(debut, decale(debut, 6));
    let vide =
        liste.a_venir.is_empty().then(|| view! { <p>"Aucun rendez-vous cette semaine."</p> });
    view! {
        <h2 class="fr-h4">"Semaine " {periode}</h2>
        {autres_periodes(liste, VueRdv::Semaine, jour, 7)}
        {vide}
        {grille(liste, debut)}
    }
}

fn grille(liste: &RendezVousDemarche, debut: NaiveDate) -> impl IntoView + use<> {
    let heures = heures(&liste.a_venir);
    let jours = jours(debut, &liste.a_venir);
    let (combien, longueur) = (jours.len(), heures.end - heures.start);
    let classe = format!("rdv-semaine rdv-semaine--{combien}-jours rdv-semaine--{longueur}-heures");
    let colonnes = jours
        .into_iter()
        .map(|jour| colonne(jour, liste.aujourd_hui, &liste.a_venir, &heures))
        .collect_view();
    let reperes = heures
        .clone()
        .map(|heure| {
            let quart = (heure - heures.start) * 4;
            view! {
                <span class=format!("rdv-semaine__heure rdv-quart-{quart}")>{format!("{heure}h")}</span>
            }
        })
        .collect_view();
    view! {
        <div class=classe>
            <div class="rdv-semaine__heures" aria-hidden="true">{reperes}</div>
            {colonnes}
        </div>
    }
}

/// From the first hour to the last one that the week needs.
fn heures(cartes: &[CarteRendezVous]) -> Range<u32> {
    cartes.iter().fold(JOURNEE, |heures, carte| {
        let (de, a) = minutes(carte);
        heures.start.min(de / 60)..heures.end.max(a.div_ceil(60))
    })
}

/// When it begins and ends on its day, in minutes since midnight.
fn minutes(carte: &CarteRendezVous) -> (u32, u32) {
    let debut = carte.rendez_vous.horaire.local.time();
    let debut = debut.hour() * 60 + debut.minute();
    let duree = u32::try_from(carte.rendez_vous.duree_minutes).unwrap_or_default();
    (debut, debut.saturating_add(duree.max(15)).min(24 * 60))
}

/// Monday to Friday, and the days of the week-end that have a rendez-vous.
fn jours(debut: NaiveDate, cartes: &[CarteRendezVous]) -> Vec<NaiveDate> {
    (0..7)
        .map(|combien| decale(debut, combien))
        .filter(|jour| !week_end(*jour) || cartes.iter().any(|carte| jour_de(carte) == *jour))
        .collect()
}

const fn jour_de(carte: &CarteRendezVous) -> NaiveDate {
    carte.rendez_vous.horaire.local.date()
}

fn colonne(
    jour: NaiveDate,
    aujourd_hui: NaiveDate,
    cartes: &[CarteRendezVous],
    heures: &Range<u32>,
) -> impl IntoView + use<> {
    let mut siens: Vec<&CarteRendezVous> =
        cartes.iter().filter(|carte| jour_de(carte) == jour).collect();
    siens.sort_by_key(|carte| carte.rendez_vous.horaire.local);
    let vide = siens.is_empty();
    let aucun = vide.then(|| view! { <p class="fr-sr-only">"Aucun rendez-vous"</p> });
    let lignes = siens.into_iter().map(|carte| entree(carte, heures)).collect_view();
    let id = format!("jour-{}", jour.weekday().number_from_monday());
    let nom = id.clone();
    view! {
        <section class="rdv-semaine__jour" class:rdv-semaine__vide=vide aria-labelledby=nom>
            <h3
                class="rdv-semaine__titre"
                id=id
                aria-current=(jour == aujourd_hui).then_some("date")
            >
                {francais::jour_court(jour)}
            </h3>
            {aucun}
            <ol class="rdv-semaine__entrees">{lignes}</ol>
        </section>
    }
}

fn entree(carte: &CarteRendezVous, heures: &Range<u32>) -> impl IntoView + use<> {
    let numero = carte.dossier;
    let rdv = &carte.rendez_vous;
    let (de, a) = minutes(carte);
    let quart = (de - heures.start * 60) / 15;
    let quarts = (a - de).div_ceil(15).max(1);
    let rejoindre = rdv.visio.clone().map(|lien| {
        view! { <p class="fr-mb-0"><LienExterne href=lien texte=REJOINDRE/></p> }
    });
    let appeler = rdv
        .telephone
        .as_deref()
        .map(|numero| view! { <p class="fr-mb-0">{numero_a_appeler(numero)}</p> });
    let avec = (!carte.avec.is_empty()).then(|| {
        view! { <p class="fr-mb-0 rdv-cesure">"Avec " {carte.avec.join(", ")}</p> }
    });
    view! {
        <li class=format!("rdv-semaine__entree rdv-quart-{quart} rdv-quarts-{quarts}")>
            <p class="fr-text--bold fr-mb-0">
                {francais::heure_du(&rdv.horaire)} " " {carte.demandeur.clone()}
            </p>
            <p class="fr-mb-0">
                <A href=Chemin::DossierSuivi(numero).to_string()>
                    "Dossier n°\u{a0}" {numero.to_string()}
                </A>
            </p>
            <p class="fr-mb-0">{rdv.genre.comment()} " " {pendant(rdv)}</p>
            {rejoindre}
            {appeler}
            {avec}
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
    let (avant, maintenant, apres) = match vue {
        VueRdv::Semaine => ("Semaine précédente", "Cette semaine", "Semaine suivante"),
        VueRdv::Jour | VueRdv::Liste => ("Jour précédent", "Aujourd'hui", "Jour suivant"),
    };
    view! {
        <ul class="rdv-liens rdv-sans-papier">
            <li>
                <a class="fr-link fr-icon-arrow-left-line fr-link--icon-left" href=vers(decale(jour, -jours))>
                    {avant}
                </a>
            </li>
            <li>
                <a class="fr-link" href=vers(liste.aujourd_hui)>{maintenant}</a>
            </li>
            <li>
                <a class="fr-link fr-icon-arrow-right-line fr-link--icon-right" href=vers(decale(jour, jours))>
                    {apres}
                </a>
            </li>
        </ul>
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use chrono::NaiveDateTime;
    use domain::dossier::EtatDossier;
    use domain::ids::{DossierNumero, RendezVousId};
    use domain::rendez_vous::{Genre, Horaire, Situation};
    use domain::vues::RendezVousVue;

    /// A card of the dossier 1, with a rendez-vous that begins at `debut`.
    pub fn carte(debut: &str, duree_minutes: i64) -> CarteRendezVous {
        let local: NaiveDateTime = debut.parse().unwrap();
        CarteRendezVous {
            dossier: DossierNumero(1),
            etat: EtatDossier::EnConstruction,
            tag: None,
            titre: String::new(),
            demandeur: String::new(),
            depose_le: local,
            rendez_vous: RendezVousVue {
                id: RendezVousId(1),
                genre: Genre::Visio,
                horaire: Horaire { local, fuseau: None },
                duree_minutes,
                situation: Situation::Prevu,
                a_venir: true,
                visio: None,
                telephone: None,
                adresse: vec![],
                instruction: None,
                infos: String::new(),
                fichier: false,
            },
            avec: vec![],
            nouveau: false,
        }
    }

    #[test]
    fn the_scale_of_hours_holds_every_rendez_vous() {
        assert_eq!(heures(&[]), 9..18);
        let cartes = [carte("2024-06-07T07:45:00", 30), carte("2024-06-08T19:15:00", 60)];
        assert_eq!(heures(&cartes), 7..21);
        assert_eq!(heures(&[carte("2024-06-07T23:30:00", 10_000)]), 9..24);
    }

    #[test]
    fn a_day_of_the_week_end_is_there_only_for_its_rendez_vous() {
        let lundi: NaiveDate = "2024-06-03".parse().unwrap();
        assert_eq!(jours(lundi, &[]).len(), 5);
        assert_eq!(jours(lundi, &[carte("2024-06-08T10:00:00", 30)]).len(), 6);
    }
}
