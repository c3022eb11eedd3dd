//! A démarche and its dossiers.

use super::liste::{
    Colonnes, Filtrer, LeBilan, Lots, Onglets, Outils, Pages, Tableau, ToutTelecharger,
};
use crate::api::instructeur::liste::demarche_instructeur;
use crate::api::instructeur::reaffectation::Reaffecter;
use crate::components::badge::Pastille;
use crate::components::texte::dossiers_comptes;
use crate::depart::Depart;
use crate::page::adresse;
use crate::page::contexte::{lire, vient_d_etre_fait};
use crate::page::erreur::Introuvable;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::ids::{DemarcheNumero, DossierNumero};
use domain::sujet::Sujet;
use domain::vues::DemarcheInstructeur;
use domain::vues::faits::Fait;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;

/// The dossiers of a démarche that the person examines.
#[component]
pub fn DemarcheSuivie() -> impl IntoView {
    let numero = adresse::numero::<DemarcheNumero>();
    move || match numero.get() {
        Some(numero) => view! { <Demarche numero/> }.into_any(),
        None => view! { <Introuvable/> }.into_any(),
    }
}

#[component]
fn Demarche(numero: DemarcheNumero) -> impl IntoView {
    let question = adresse::recherche();
    let demarche =
        lire(move || question.get(), move |question| demarche_instructeur(numero, question));
    view! {
        <Lecture
            ressource=demarche
            sujets=move |_: &DemarcheInstructeur, depart: &Depart| sujets(numero, depart)
            faits
            vue=move |demarche| view! { <Contenu demarche/> }.into_any()
        />
    }
}

/// What the page of a démarche depends on: the démarche, and what its reader has seen of it.
pub fn sujets(numero: DemarcheNumero, depart: &Depart) -> Vec<Sujet> {
    let compte = depart.session.as_ref().map(|session| Sujet::Compte(session.compte));
    [Sujet::Demarche(numero)].into_iter().chain(compte).collect()
}

#[component]
fn Contenu(demarche: Signal<DemarcheInstructeur>) -> impl IntoView {
    let (numero, titre) = demarche.with_untracked(|d| (d.numero, d.titre.clone()));
    view! {
        <TitreFenetre parties=vec![titre.clone(), format!("n°\u{a0}{numero}")]/>
        <FilAriane
            parents=vec![(Chemin::DemarchesSuivies.to_string(), "Démarches".to_owned())]
            ici=titre.clone()
        />
        <div class="rdv-liste-titre">
            <TitrePage>{titre} " - n°\u{a0}" {numero.to_string()}</TitrePage>
            <ToutTelecharger demarche/>
        </div>
        <Liens demarche/>
        <Reaffecte/>
        <LeBilan/>
        <Onglets demarche/>
        <Filtrer demarche/>
        <div class="rdv-liste">
            <Outils demarche/>
            <Colonnes demarche/>
            <Tableau demarche/>
            <Lots demarche/>
        </div>
        <Pages demarche/>
    }
}

/// Says that a dossier was given to another groupe, as the address that one comes from says.
#[component]
fn Reaffecte() -> impl IntoView {
    let dossier = adresse::texte("reaffecte");
    let neuf = vient_d_etre_fait(Reaffecter::url(), None);
    move || {
        let numero: DossierNumero = dossier.get().parse().ok()?;
        Some(view! {
            <div
                class="fr-alert fr-alert--success fr-mb-3w"
                tabindex="-1"
                autofocus=neuf
            >
                <p>
                    "Le dossier n°\u{a0}" {numero.to_string()}
                    " a été réaffecté. S'il n'est plus dans votre liste, c'est que vous ne faites pas partie de son nouveau groupe."
                </p>
            </div>
        })
    }
}

/// What can be seen and done of the whole démarche, in the order in which the platform beside us has it.
#[component]
fn Liens(demarche: Signal<DemarcheInstructeur>) -> impl IntoView {
    let numero = demarche.with_untracked(|d| d.numero);
    let liens = [
        (Chemin::NotificationsDemarche(numero), "gestion des notifications"),
        (Chemin::StatistiquesDemarche(numero), "statistiques"),
        (Chemin::InstructeursDemarche(numero), "instructeurs"),
        (Chemin::BrouillonsDemarche(numero), "contacter les usagers (brouillon)"),
        (Chemin::AdministrateursDemarche(numero), "voir les administrateurs"),
        (Chemin::ExportsDemarche(numero), "voir les exports"),
    ];
    let liens = liens
        .into_iter()
        .map(|(chemin, libelle)| view! { <li><A href=chemin.to_string()>{libelle}</A></li> })
        .collect_view();
    let rendez_vous = move || {
        demarche.with(|d| d.rdv_visible).then(|| {
            view! {
                <li>
                    <A href=Chemin::RendezVousDemarche(numero).to_string()>
                        "rendez-vous avec les usagers"
                    </A>
                    {move || demarche.with(|d| d.rdv_non_vus).then(|| view! { <Pastille/> })}
                </li>
            }
        })
    };
    let a_rattacher = move || match demarche.with(|d| if d.rdv_visible { d.a_rattacher } else { 0 })
    {
        0 => None,
        combien => Some(view! {
            <li>
                <A href=Chemin::ARattacher(numero).to_string()>
                    {format!("rendez-vous à rattacher ({combien})")}
                </A>
            </li>
        }),
    };
    view! { <ul class="rdv-liens rdv-liens--barres">{liens} {rendez_vous} {a_rattacher}</ul> }
}

/// What is looked for, then what is new of each dossier that was there already.
fn faits(demarche: &DemarcheInstructeur) -> Vec<Fait> {
    let combien = dossiers_comptes(demarche.dossiers.total);
    let choix =
        Fait::nouveau(demarche.filtres.question(), format!("Liste mise à jour\u{a0}: {combien}."));
    let lignes = demarche.dossiers.lignes.iter().flat_map(|ligne| {
        let numero = ligne.numero;
        let fait = |cle: String, quoi: &str| {
            Fait::mis_a_jour(cle, format!("{quoi}, dossier n°\u{a0}{numero}")).si(numero)
        };
        let etat = fait(format!("{numero} {}", ligne.etat.code()), ligne.etat.libelle());
        let tag = ligne.tag.map(|tag| fait(format!("{numero} {tag:?}"), tag.libelle()));
        [Fait::repere(numero), etat].into_iter().chain(tag)
    });
    [choix].into_iter().chain(lignes).collect()
}
