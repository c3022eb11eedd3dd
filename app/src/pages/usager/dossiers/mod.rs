//! « Mes dossiers ».

mod carte;
mod recherche;

use self::carte::{CarteDuBrouillon, CarteDuDossier, Gestes};
use self::recherche::{Filtres, Recherche};
use crate::api::usager::dossiers::mes_dossiers;
use crate::components::pagination::Pagination;
use crate::components::proconnect::AvecProConnect;
use crate::components::rendez_vous::phrases::{deplacement, etiquette};
use crate::depart::Depart;
use crate::formulaire::suivi::AlerteFormulaire;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::sujet::Sujet;
use domain::vues::faits::Fait;
use domain::vues::{CarteBrouillon, CarteDossier, ChoixDossiers, MesDossiers, OngletDossiers};
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

/// The dossiers of the person.
#[component]
pub fn MesDossiers() -> impl IntoView {
    let recherche = use_query_map();
    let choix = Memo::new(move |_| {
        recherche.with(|recherche| ChoixDossiers::lire(|nom| recherche.get(nom)))
    });
    let dossiers = lire(
        move || choix.get(),
        |choix| {
            let page = choix.page;
            mes_dossiers(choix.adresse(), page)
        },
    );
    view! {
        <Lecture
            ressource=dossiers
            sujets
            faits
            vue=|lus| {
                view! {
                    <TitreFenetre parties=vec!["Mes dossiers".to_owned()]/>
                    <TitrePage>"Mes dossiers"</TitrePage>
                    <Dossiers lus/>
                }
                .into_any()
            }
        />
    }
}

/// What is one's own is told to one's account; what others filed, to those who watch it.
fn sujets(lus: &MesDossiers, depart: &Depart) -> Vec<Sujet> {
    let invites = lus.dossiers.elements.iter().filter(|carte| carte.invite);
    depart
        .session
        .iter()
        .map(|session| Sujet::Compte(session.compte))
        .chain(invites.map(|carte| Sujet::Dossier(carte.numero)))
        .collect()
}

#[component]
fn Dossiers(lus: Signal<MesDossiers>) -> impl IntoView {
    let gestes = Gestes::servis();
    let brouillons = move || {
        lus.with(|lus| (lus.dossiers.numero == 1).then(|| lus.brouillons.clone()))
            .unwrap_or_default()
    };
    let adresse = Signal::derive(move || lus.with(|lus| lus.choix.adresse()));
    let pages = Signal::derive(move || lus.with(|lus| (lus.dossiers.numero, lus.dossiers.pages)));
    view! {
        {move || lus.with(fermes)}
        <Recherche lus/>
        <Onglets lus/>
        <div class="rdv-liste-entete">
            {move || lus.with(combien).map(|texte| view! { <h2 class="fr-h5 fr-mb-0">{texte}</h2> })}
            <Filtres lus/>
        </div>
        {move || lus.with(vide)}
        <AlerteFormulaire suivi=gestes.supprimer/>
        <AlerteFormulaire suivi=gestes.restaurer/>
        <ul class="rdv-cartes">
            <Liste
                elements=Signal::derive(brouillons)
                cle=|brouillon: &CarteBrouillon| brouillon.numero
                vue=|brouillon| view! { <CarteDuBrouillon brouillon/> }.into_any()
            />
            <Liste
                elements=Signal::derive(move || lus.with(|lus| lus.dossiers.elements.clone()))
                cle=|carte: &CarteDossier| (carte.numero, carte.supprime_le.is_some())
                vue=move |carte| view! { <CarteDuDossier carte gestes/> }.into_any()
            />
        </ul>
        {move || view! { <Pagination adresse=adresse.get() pages/> }}
    }
}

/// « 21 en cours », « 1 traité »…
#[component]
fn Onglets(lus: Signal<MesDossiers>) -> impl IntoView {
    let onglets = move || {
        lus.with(|lus| {
            OngletDossiers::TOUS
                .into_iter()
                .zip(lus.comptes)
                .map(|(onglet, combien)| {
                    let ici = lus.choix.onglet == onglet;
                    view! {
                        <li>
                            <a href=lus.choix.vers(onglet).adresse() aria-current=ici.then_some("page")>
                                {format!("{combien} {}", onglet.libelle(combien))}
                            </a>
                        </li>
                    }
                })
                .collect_view()
        })
    };
    view! {
        <nav class="rdv-onglets fr-mt-4w" aria-label="Mes dossiers, par avancement">
            <ul data-en-vue>{onglets}</ul>
        </nav>
    }
}

/// What only ProConnect opens.
fn fermes(lus: &MesDossiers) -> Option<AnyView> {
    let phrase = match lus.fermes {
        0 => return None,
        1 => "Un autre de vos dossiers ne s'ouvre qu'avec ProConnect.".to_owned(),
        plusieurs => format!("{plusieurs} autres de vos dossiers ne s'ouvrent qu'avec ProConnect."),
    };
    let retour = Chemin::MesDossiers.to_string();
    Some(view! { <AvecProConnect phrase retour/> }.into_any())
}

fn combien(lus: &MesDossiers) -> Option<String> {
    let brouillons = lus.brouillons.len() as u64;
    match lus.dossiers.total + brouillons {
        0 => None,
        1 => Some("1 dossier".to_owned()),
        plusieurs => Some(format!("{plusieurs} dossiers")),
    }
}

/// What to say when there is nothing to show.
fn vide(lus: &MesDossiers) -> Option<AnyView> {
    if lus.dossiers.total > 0 || !lus.brouillons.is_empty() {
        return None;
    }
    Some(match lus.choix.onglet {
        _ if !lus.choix.tout() => view! {
            <p class="fr-text--lead">"Aucun dossier ne correspond à votre recherche."</p>
            <p><A href=Chemin::MesDossiers.to_string()>"Afficher tous vos dossiers"</A></p>
        }
        .into_any(),
        // There may be some among those.
        OngletDossiers::EnCours if lus.fermes > 0 => ().into_any(),
        OngletDossiers::EnCours => view! {
            <p class="fr-text--lead">"Vous n'avez pas de dossier en cours."</p>
            <p>
                "Pour en déposer un, suivez le lien de la démarche que votre administration vous a communiqué."
            </p>
        }
        .into_any(),
        OngletDossiers::Traites => view! {
            <p>"Aucun de vos dossiers n'a encore reçu de décision."</p>
        }
        .into_any(),
        OngletDossiers::Invites => view! {
            <p>
                "Personne ne vous a invité(e) à modifier son dossier. Les dossiers auxquels vous êtes invité(e) avec l'adresse de votre compte s'affichent ici."
            </p>
        }
        .into_any(),
        OngletDossiers::Supprimes => view! {
            <p>"Vous n'avez supprimé aucun dossier ces trente derniers jours."</p>
        }
        .into_any(),
    })
}

/// What is chosen, which page of it, then what is new of each dossier that was there already.
fn faits(lus: &MesDossiers) -> Vec<Fait> {
    let combien = combien(lus).unwrap_or_else(|| "Aucun dossier".to_owned());
    let (page, pages) = (lus.dossiers.numero, lus.dossiers.pages);
    let choix = [
        Fait::nouveau(lus.choix.adresse(), combien),
        Fait::nouveau(format!("page:{page}"), format!("Page {page} sur {pages}")),
    ];
    choix.into_iter().chain(lus.dossiers.elements.iter().flat_map(faits_du_dossier)).collect()
}

fn faits_du_dossier(carte: &CarteDossier) -> Vec<Fait> {
    let numero = carte.numero;
    let ou = format!(", dossier n°\u{a0}{numero}");
    let fait = |quoi: &str, phrase: &str| {
        Fait::mis_a_jour(format!("{numero} {quoi}"), format!("{phrase}{ou}")).si(numero)
    };
    let tag =
        carte.tag.map(|tag| fait(&format!("{tag:?}"), &etiquette(tag, carte.rendez_vous.as_ref())));
    let message = carte.nouveau_message.then(|| fait("message", "nouveau message"));
    let deplacement = carte.rendez_vous.iter().flat_map(|rdv| deplacement(rdv, &ou));
    [Fait::repere(numero)].into_iter().chain(tag).chain(message).chain(deplacement).collect()
}
