//! « Rendez-vous avec les usagers ».

mod a_rattacher;
mod carte_a_rattacher;
mod filtres;
mod jour;
mod semaine;

pub use a_rattacher::RendezVousSansDossier;

use super::demarche::sujets;
use crate::api::instructeur::rattachement::Detacher;
use crate::api::instructeur::rendez_vous::rendez_vous_demarche;
use crate::components::pagination::Pagination;
use crate::components::rendez_vous::carte::Carte;
use crate::components::rendez_vous::geste::{BoutonDetacher, GesteFait};
use crate::components::rendez_vous::phrases::{deplacement, quand};
use crate::depart::Depart;
use crate::formulaire::suivi::{AlerteFormulaire, Suivi};
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::erreur::Introuvable;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::ids::DemarcheNumero;
use domain::vues::faits::{Fait, empreinte, phrase};
use domain::vues::{CarteRendezVous, FiltresRdv, RendezVousDemarche, VueRdv};
use filtres::{Affichages, Filtres};
use jour::EnJour;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;
use semaine::EnSemaine;

/// All the rendez-vous of a démarche. Showing them removes the orange dot.
#[component]
pub fn RendezVousAvecLesUsagers() -> impl IntoView {
    let numero = adresse::numero::<DemarcheNumero>();
    move || match numero.get() {
        Some(numero) => view! { <LesRendezVous numero/> }.into_any(),
        None => view! { <Introuvable/> }.into_any(),
    }
}

#[component]
fn LesRendezVous(numero: DemarcheNumero) -> impl IntoView {
    let recherche = use_query_map();
    let filtres = Memo::new(move |_| FiltresRdv::de(|nom| recherche.read().get(nom)));
    let lus = lire(move || filtres.get(), move |filtres| rendez_vous_demarche(numero, filtres));
    view! {
        <Lecture
            ressource=lus
            sujets=move |_: &RendezVousDemarche, depart: &Depart| sujets(numero, depart)
            faits
            vue=move |liste| view! { <Contenu liste filtres/> }.into_any()
        />
    }
}

fn faits(page: &RendezVousDemarche) -> Vec<Fait> {
    let demande = Fait::nouveau(empreinte(&page.demande), combien(page.a_venir.len()));
    let deplaces = page.a_venir.iter().flat_map(|carte| deplacement(&carte.rendez_vous, ""));
    // That it has just been seen is not news.
    let qui = |carte: &CarteRendezVous| format!("{} {}", carte.rendez_vous.id, carte.dossier);
    let la = page.a_venir.iter().map(|carte| {
        Fait::mis_a_jour(qui(carte), format!("nouveau rendez-vous, {}", situe(carte)))
            .parti(phrase(format!("un rendez-vous n'est plus à venir, {}", situe(carte))))
    });
    let tels = page.a_venir.iter().map(|carte| {
        let cle = format!("{} {}", qui(carte), empreinte(&carte.rendez_vous));
        Fait::mis_a_jour(cle, format!("un rendez-vous a changé, {}", situe(carte))).si(qui(carte))
    });
    [demande].into_iter().chain(deplaces).chain(la).chain(tels).collect()
}

/// « vendredi 7 juin 2024 à 15h30, dossier n° 17606854 ».
fn situe(carte: &CarteRendezVous) -> String {
    format!("{}, dossier n°\u{a0}{}", quand(&carte.rendez_vous), carte.dossier)
}

/// « 3 rendez-vous ».
fn combien(combien: usize) -> String {
    match combien {
        0 => "Aucun rendez-vous".to_owned(),
        combien => format!("{combien} rendez-vous"),
    }
}

#[component]
fn Contenu(liste: Signal<RendezVousDemarche>, filtres: Memo<FiltresRdv>) -> impl IntoView {
    let (numero, titre) = liste.with_untracked(|l| (l.numero, l.titre.clone()));
    let detacher = Suivi::servi::<Detacher>();
    let vue = liste.with_untracked(|l| l.demande.vue);
    let corps = match vue {
        VueRdv::Liste => view! { <EnListe liste/> }.into_any(),
        VueRdv::Semaine => view! { <EnSemaine liste/> }.into_any(),
        VueRdv::Jour => view! { <EnJour liste/> }.into_any(),
    };
    view! {
        <TitreFenetre parties=vec![titre_de_la_vue(vue).to_owned(), titre.clone()]/>
        <FilAriane
            parents=vec![
                (Chemin::DemarchesSuivies.to_string(), "Démarches".to_owned()),
                (Chemin::DemarcheSuivie(numero).to_string(), titre),
            ]
            ici="Rendez-vous avec les usagers"
        />
        <TitrePage>"Rendez-vous avec les usagers"</TitrePage>
        <GesteFait geste=Signal::derive(move || liste.with(|l| l.geste.clone()))/>
        <AlerteFormulaire suivi=detacher/>
        {move || a_rattacher(numero, liste.with(|l| l.a_rattacher))}
        <Filtres liste filtres/>
        <Affichages numero filtres/>
        <p>
            <a href=Chemin::AbonnementDemarche(numero).to_string()>
                "Suivre ces rendez-vous dans mon agenda"
            </a>
        </p>
        {corps}
    }
}

/// The window of each layout has its own title.
const fn titre_de_la_vue(vue: VueRdv) -> &'static str {
    match vue {
        VueRdv::Liste => "Rendez-vous avec les usagers",
        VueRdv::Semaine => "Semaine – Rendez-vous avec les usagers",
        VueRdv::Jour => "Jour – Rendez-vous avec les usagers",
    }
}

/// The cards: those to come, then those over.
#[component]
fn EnListe(liste: Signal<RendezVousDemarche>) -> impl IntoView {
    let vide = move || {
        liste.with(|l| l.a_venir.is_empty()).then(|| {
            if liste.with(|l| l.demande.filtre()) {
                view! { <p>"Aucun rendez-vous à venir ne correspond à ces filtres."</p> }.into_any()
            } else {
                view! {
                    <p>
                        "Aucun rendez-vous n'est à venir. Pour en proposer un, ouvrez le dossier d'un usager puis choisissez «\u{a0}Proposer un rendez-vous\u{a0}»."
                    </p>
                }
                .into_any()
            }
        })
    };
    let tronque = move || {
        liste.with(|l| l.tronque).then(|| {
            view! {
                <p>
                    "Seuls les premiers rendez-vous sont affichés. Filtrez-les, ou ouvrez une semaine pour voir les suivants."
                </p>
            }
        })
    };
    let passes = move || {
        liste.with(|l| !l.passes.is_empty()).then(|| {
            let adresse = liste.with(|l| l.demande.adresse(l.numero));
            view! {
                <h2 class="fr-h4 fr-mt-4w">"Rendez-vous passés ou annulés"</h2>
                <Cartes liste cartes=Signal::derive(move || liste.with(|l| l.passes.clone()))/>
                <Pagination adresse pages=Signal::derive(move || liste.with(|l| l.pages))/>
            }
        })
    };
    view! {
        <h2 class="fr-h4">"Rendez-vous à venir"</h2>
        {vide}
        <Cartes liste cartes=Signal::derive(move || liste.with(|l| l.a_venir.clone()))/>
        {tronque}
        {passes}
    }
}

#[component]
fn Cartes(
    liste: Signal<RendezVousDemarche>,
    cartes: Signal<Vec<CarteRendezVous>>,
) -> impl IntoView {
    let demarche = liste.with_untracked(|l| l.numero);
    let carte = move |carte: Signal<CarteRendezVous>| {
        let carte = carte.get_untracked();
        let (id, dossier) = (carte.rendez_vous.id, carte.dossier);
        let geste = view! { <BoutonDetacher id dossier demarche/> };
        view! {
            <li id=format!("carte-{id}-{dossier}")>
                <Carte carte geste=geste.into_any()/>
            </li>
        }
        .into_any()
    };
    view! {
        <ul class="rdv-cartes">
            <Liste
                elements=cartes
                cle=|carte: &CarteRendezVous| (carte.rendez_vous.id, carte.dossier)
                vue=carte
            />
        </ul>
    }
}

/// Those of the agenda that nobody could link to a dossier.
fn a_rattacher(numero: DemarcheNumero, combien: u64) -> Option<impl IntoView> {
    let phrase = match combien {
        0 => return None,
        1 => "1 rendez-vous pris sur l'agenda n'est rattaché à aucun dossier.".to_owned(),
        plusieurs => {
            format!("{plusieurs} rendez-vous pris sur l'agenda ne sont rattachés à aucun dossier.")
        }
    };
    Some(view! {
        <div class="fr-alert fr-alert--info fr-alert--sm fr-mb-4w">
            <p>
                {phrase} " "
                <A href=Chemin::ARattacher(numero).to_string()>
                    "Rendez-vous à rattacher"
                </A>
            </p>
        </div>
    })
}

#[cfg(test)]
mod tests {
    use super::semaine::tests::carte;
    use super::*;
    use chrono::NaiveDate;
    use domain::vues::faits::nouveaute;

    fn page(a_venir: Vec<CarteRendezVous>) -> RendezVousDemarche {
        RendezVousDemarche {
            numero: DemarcheNumero(1),
            titre: String::new(),
            a_venir,
            passes: vec![],
            pages: (1, 1),
            tronque: false,
            instructeurs: vec![],
            aujourd_hui: NaiveDate::default(),
            jour: NaiveDate::default(),
            demande: FiltresRdv::default(),
            a_rattacher: 0,
            geste: None,
        }
    }

    #[test]
    fn what_comes_and_goes_is_said_with_its_date_and_what_was_only_seen_is_not() {
        let (vide, une) = (page(vec![]), page(vec![carte("2024-06-07T15:30:00", 30)]));
        let difference = |avant: &RendezVousDemarche, apres: &RendezVousDemarche| {
            nouveaute(&faits(avant), &faits(apres))
        };
        let dit = |quoi| format!("La page a été mise à jour\u{a0}: {quoi}.");
        let quand = "vendredi 7 juin 2024 à 15h30, dossier n°\u{a0}1";
        assert_eq!(difference(&vide, &une), Some(dit(format!("nouveau rendez-vous, {quand}"))));
        assert_eq!(
            difference(&une, &vide),
            Some(dit(format!("un rendez-vous n'est plus à venir, {quand}")))
        );
        let nouvelle = CarteRendezVous { nouveau: true, ..carte("2024-06-07T15:30:00", 30) };
        assert_eq!(difference(&page(vec![nouvelle]), &une), None);
        let longue = page(vec![carte("2024-06-07T15:30:00", 60)]);
        assert_eq!(
            difference(&une, &longue),
            Some(dit(format!("un rendez-vous a changé, {quand}")))
        );
    }
}
