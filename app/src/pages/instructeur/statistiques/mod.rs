//! « statistiques » of a démarche.

mod barres;
mod tableaux;

use super::demarche::sujets;
use crate::api::instructeur::statistiques::statistiques_de_la_demarche;
use crate::depart::Depart;
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::erreur::Introuvable;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::francais;
use domain::ids::DemarcheNumero;
use domain::statistiques::{Ligne, Mois, Periode, delai, part};
use domain::vues::StatistiquesDemarche;
use domain::vues::faits::Fait;
use leptos::prelude::*;
use tableaux::{ParGenre, ParMois};

/// What became of the propositions of a démarche.
#[component]
pub fn StatistiquesDeLaDemarche() -> impl IntoView {
    let numero = adresse::numero::<DemarcheNumero>();
    move || match numero.get() {
        Some(numero) => view! { <Page numero/> }.into_any(),
        None => view! { <Introuvable/> }.into_any(),
    }
}

#[component]
fn Page(numero: DemarcheNumero) -> impl IntoView {
    let question = adresse::recherche();
    let lues =
        lire(move || question.get(), move |question| statistiques_de_la_demarche(numero, question));
    view! {
        <Lecture
            ressource=lues
            sujets=move |_: &StatistiquesDemarche, depart: &Depart| sujets(numero, depart)
            faits
            vue=move |lues| view! { <Contenu lues/> }.into_any()
        />
    }
}

/// The period that was asked for.
fn faits(lues: &StatistiquesDemarche) -> Vec<Fait> {
    vec![Fait::nouveau(lues.periode.question(), periode(lues.periode))]
}

/// « de juillet 2023 à juin 2024 ».
fn periode(Periode { du, au }: Periode) -> String {
    if du == au {
        format!("en {}", du.libelle())
    } else {
        format!("de {} à {}", du.libelle(), au.libelle())
    }
}

#[component]
fn Contenu(lues: Signal<StatistiquesDemarche>) -> impl IntoView {
    let (numero, titre) = lues.with_untracked(|l| (l.numero, l.titre.clone()));
    let csv = move || {
        let question = lues.with(|l| l.periode.question());
        format!("{}.csv{question}", Chemin::StatistiquesDemarche(numero))
    };
    let groupes = move || lues.with(|l| l.groupes.join(", "));
    let tables = move || {
        let StatistiquesDemarche { statistiques, .. } = lues.get();
        view! {
            <ParMois lignes=statistiques.par_mois total=statistiques.total/>
            <ParGenre lignes=statistiques.par_genre/>
        }
    };
    view! {
        <TitreFenetre parties=vec!["Statistiques".to_owned(), titre.clone()]/>
        <FilAriane
            parents=vec![
                (Chemin::DemarchesSuivies.to_string(), "Démarches".to_owned()),
                (Chemin::DemarcheSuivie(numero).to_string(), titre),
            ]
            ici="Statistiques"
        />
        <TitrePage>"Statistiques des rendez-vous proposés"</TitrePage>
        <p class="rdv-cesure">
            "Seuls les dossiers de vos groupes d'instructeurs sont comptés\u{a0}: " {groupes}
            ". Chaque proposition compte dans le mois où elle a été faite. Les rendez-vous pris sans proposition ne sont pas comptés, ni les dossiers supprimés par l'usager."
        </p>
        {move || {
            let (periode, choix) = lues.with(|l| (l.periode, l.mois.clone()));
            view! { <ChoixDeLaPeriode numero periode choix/> }
        }}
        <h2 class="fr-h4">"Ensemble, " {move || periode(lues.with(|l| l.periode))}</h2>
        {move || chiffres(&lues.with(|l| l.statistiques.total))}
        <p>
            <a class="fr-link fr-link--download" href=csv download="" rel="external">
                "Télécharger ces chiffres (CSV)"
            </a>
        </p>
        {tables}
    }
}

/// From which month to which one: a form that leads to the address that says it.
#[component]
fn ChoixDeLaPeriode(numero: DemarcheNumero, periode: Periode, choix: Vec<Mois>) -> impl IntoView {
    let mois = |nom: &'static str, libelle: &'static str, choisi: Mois| {
        let options = choix
            .iter()
            .map(|mois| {
                view! {
                    <option value=mois.to_string() selected=*mois == choisi>
                        {mois.libelle()}
                    </option>
                }
            })
            .collect_view();
        view! {
            <div class="fr-select-group">
                <label class="fr-label" for=nom>{libelle}</label>
                <select class="fr-select" id=nom name=nom>{options}</select>
            </div>
        }
    };
    view! {
        <form
            class="rdv-filtres"
            method="get"
            action=Chemin::StatistiquesDemarche(numero).to_string()
        >
            {mois("du", "Propositions faites à partir de", periode.du)}
            {mois("au", "Jusqu'à (inclus)", periode.au)}
            <div class="rdv-filtres__actions">
                <button class="fr-btn" type="submit">"Afficher"</button>
            </div>
        </form>
    }
}

/// The main numbers.
fn chiffres(total: &Ligne) -> impl IntoView + use<> {
    let c = total.comptes;
    let nombre = |n: u64| francais::nombre(usize::try_from(n).unwrap_or(usize::MAX));
    let avec_part = |n: u64, sur: u64| match sur {
        0 => nombre(n),
        sur => format!("{} ({})", nombre(n), part(n, sur)),
    };
    let lignes = [
        ("Propositions", nombre(c.propositions)),
        ("Réservées par l'usager", avec_part(c.reservees, c.propositions)),
        ("En attente de réponse", nombre(c.en_attente)),
        ("Restées sans réponse", avec_part(c.sans_reponse, c.propositions)),
        ("Retirées par l'instructeur", nombre(c.retirees)),
        ("Délai médian entre la proposition et la réservation", delai(total.reservation)),
        ("Délai médian entre la proposition et le rendez-vous", delai(total.rendez_vous)),
        ("Rendez-vous honorés", avec_part(c.honores, c.reservees)),
        ("Rendez-vous annulés", avec_part(c.annules, c.reservees)),
        ("Absences de l'usager", avec_part(c.absences, c.reservees)),
        ("Rendez-vous à venir ou non renseignés", nombre(c.prevus)),
    ];
    let lignes = lignes
        .into_iter()
        .map(|(nom, valeur)| {
            view! {
                <div class="rdv-chiffres__un">
                    <dt>{nom}</dt>
                    <dd>{valeur}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="rdv-chiffres">{lignes}</dl> }
}
