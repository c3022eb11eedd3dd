//! « Rendez-vous avec les usagers ».

use super::demarche::sujets;
use crate::api::instructeur::rendez_vous_demarche;
use crate::api::rattachement::Detacher;
use crate::api::session::Depart;
use crate::components::carte_rendez_vous::Carte;
use crate::components::erreur::Introuvable;
use crate::components::fil_ariane::FilAriane;
use crate::components::formulaire::{AlerteFormulaire, Suivi};
use crate::components::geste::{BoutonDetacher, GesteFait};
use crate::components::lecture::Lecture;
use crate::components::liste::Liste;
use crate::components::titre::{TitreFenetre, TitrePage};
use crate::contexte::lire;
use crate::pages::adresse;
use domain::ids::DemarcheNumero;
use domain::vues::{CarteRendezVous, RendezVousDemarche};
use leptos::prelude::*;
use leptos_router::components::A;

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
    let lus = lire(|| (), move |()| rendez_vous_demarche(numero));
    let relire = Callback::new(move |()| lus.refetch());
    view! {
        <Lecture
            ressource=lus
            sujets=move |_: &RendezVousDemarche, depart: &Depart| sujets(numero, depart)
            difference
            vue=move |liste| view! { <Contenu liste relire/> }.into_any()
        />
    }
}

fn difference(avant: &RendezVousDemarche, apres: &RendezVousDemarche) -> Option<String> {
    let phrase = |texte: &str| Some(format!("La page a été mise à jour\u{a0}: {texte}."));
    match (avant.a_venir.len(), apres.a_venir.len()) {
        (avant, apres) if apres > avant => phrase("nouveau rendez-vous"),
        (avant, apres) if apres < avant => phrase("un rendez-vous n'est plus à venir"),
        _ => phrase("un rendez-vous a changé"),
    }
}

/// « Détacher », the same for all cards.
#[derive(Clone, Copy)]
struct Detachement {
    action: ServerAction<Detacher>,
    suivi: Suivi,
    agi: RwSignal<bool>,
}

impl Detachement {
    fn nouveau(relire: Callback<()>) -> Self {
        let action = ServerAction::<Detacher>::new();
        let ceci = Self { action, suivi: Suivi::nouveau(action), agi: RwSignal::new(false) };
        ceci.suivi.au_succes(move || {
            ceci.agi.set(true);
            relire.run(());
        });
        ceci
    }
}

#[component]
fn Contenu(liste: Signal<RendezVousDemarche>, relire: Callback<()>) -> impl IntoView {
    let (numero, titre) = liste.with_untracked(|l| (l.numero, l.titre.clone()));
    let detacher = Detachement::nouveau(relire);
    let vide = move || {
        liste.with(|l| l.a_venir.is_empty()).then(|| {
            view! {
                <p>
                    "Aucun rendez-vous n'est à venir. Pour en proposer un, ouvrez le dossier d'un usager puis choisissez «\u{a0}Proposer un rendez-vous\u{a0}»."
                </p>
            }
        })
    };
    let passes = move || {
        liste.with(|l| !l.passes.is_empty()).then(|| {
            view! {
                <h2 class="fr-h4 fr-mt-4w">"Rendez-vous passés ou annulés"</h2>
                <Cartes
                    cartes=Signal::derive(move || liste.with(|l| l.passes.clone()))
                    detacher
                />
            }
        })
    };
    view! {
        <TitreFenetre parties=vec!["Rendez-vous avec les usagers".to_owned(), titre.clone()]/>
        <FilAriane
            parents=vec![
                ("/instructeur/demarches".to_owned(), "Démarches".to_owned()),
                (format!("/instructeur/demarches/{numero}"), titre),
            ]
            ici="Rendez-vous avec les usagers"
        />
        <TitrePage>"Rendez-vous avec les usagers"</TitrePage>
        <GesteFait
            geste=Signal::derive(move || liste.with(|l| l.geste.clone()))
            agi=detacher.agi
            relire
        />
        <AlerteFormulaire suivi=detacher.suivi/>
        {move || a_rattacher(numero, liste.with(|l| l.a_rattacher))}
        <h2 class="fr-h4">"Rendez-vous à venir"</h2>
        {vide}
        <Cartes cartes=Signal::derive(move || liste.with(|l| l.a_venir.clone())) detacher/>
        {passes}
    }
}

#[component]
fn Cartes(cartes: Signal<Vec<CarteRendezVous>>, detacher: Detachement) -> impl IntoView {
    let carte = move |carte: Signal<CarteRendezVous>| {
        let (id, dossier) = carte.with_untracked(|c| (c.rendez_vous.id, c.dossier));
        view! {
            <li>
                {move || view! { <Carte carte=carte.get()/> }}
                <div class="rdv-carte__geste">
                    <BoutonDetacher id dossier action=detacher.action suivi=detacher.suivi/>
                </div>
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
        1 => "1 rendez-vous pris sur l'agenda n'a pas pu être rattaché à un dossier.".to_owned(),
        plusieurs => format!(
            "{plusieurs} rendez-vous pris sur l'agenda n'ont pas pu être rattachés à un dossier."
        ),
    };
    Some(view! {
        <div class="fr-alert fr-alert--info fr-alert--sm fr-mb-4w">
            <p>
                {phrase} " "
                <A href=format!("/instructeur/demarches/{numero}/rendez-vous/a-rattacher")>
                    "Rendez-vous à rattacher"
                </A>
            </p>
        </div>
    })
}
