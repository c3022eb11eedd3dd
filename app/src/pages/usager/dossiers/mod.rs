//! « Mes dossiers ».

mod carte;
mod recherche;

use self::carte::{CarteDuBrouillon, CarteDuDossier, Gestes};
use self::recherche::{Filtres, Recherche};
use crate::api::usager::dossiers::mes_dossiers;
use crate::components::pagination::Pagination;
use crate::components::rendez_vous::phrases::{deplacement, etiquette};
use crate::depart::Depart;
use crate::formulaire::suivi::AlerteFormulaire;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::page::onglets::garder_en_vue;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::sujet::Sujet;
use domain::vues::{CarteBrouillon, CarteDossier, ChoixDossiers, MesDossiers, OngletDossiers};
use leptos::html;
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
            difference
            vue=move |lus| {
                let relire = Callback::new(move |()| dossiers.refetch());
                view! {
                    <TitreFenetre parties=vec!["Mes dossiers".to_owned()]/>
                    <TitrePage>"Mes dossiers"</TitrePage>
                    <Dossiers lus relire/>
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
fn Dossiers(lus: Signal<MesDossiers>, relire: Callback<()>) -> impl IntoView {
    let gestes = Gestes::nouveaux(relire);
    let brouillons = move || {
        lus.with(|lus| (lus.dossiers.numero == 1).then(|| lus.brouillons.clone()))
            .unwrap_or_default()
    };
    let adresse = Signal::derive(move || lus.with(|lus| lus.choix.adresse()));
    let pages = Signal::derive(move || lus.with(|lus| (lus.dossiers.numero, lus.dossiers.pages)));
    view! {
        <Recherche lus/>
        <Onglets lus/>
        <div class="rdv-liste-entete">
            {move || lus.with(combien).map(|texte| view! { <h2 class="fr-h5 fr-mb-0">{texte}</h2> })}
            <Filtres lus/>
        </div>
        {move || lus.with(vide)}
        <AlerteFormulaire suivi=gestes.suivis.0/>
        <AlerteFormulaire suivi=gestes.suivis.1/>
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
    let noeud = NodeRef::<html::Ul>::new();
    garder_en_vue(noeud, move || lus.track());
    view! {
        <nav class="rdv-onglets fr-mt-4w" aria-label="Mes dossiers, par avancement">
            <ul node_ref=noeud>{onglets}</ul>
        </nav>
    }
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

/// Says what changed, when the page is the same.
fn difference(avant: &MesDossiers, apres: &MesDossiers) -> Option<String> {
    if avant.choix.vers(apres.choix.onglet) != apres.choix.vers(apres.choix.onglet)
        || avant.choix.onglet != apres.choix.onglet
    {
        return Some(combien(apres).unwrap_or_else(|| "Aucun dossier".to_owned()));
    }
    let (avant, apres) = (&avant.dossiers, &apres.dossiers);
    if avant.numero != apres.numero {
        return Some(format!("Page {} sur {}", apres.numero, apres.pages));
    }
    apres.elements.iter().find_map(|carte| {
        let avant = avant.elements.iter().find(|autre| autre.numero == carte.numero)?;
        let nouveau = carte.nouveau_message && !avant.nouveau_message;
        let quoi = match carte.tag.filter(|_| carte.tag != avant.tag) {
            Some(tag) => etiquette(tag, carte.rendez_vous.as_ref()),
            None if nouveau => "nouveau message".to_owned(),
            None => deplacement(&avant.rendez_vous.iter(), carte.rendez_vous.iter())?,
        };
        let numero = carte.numero;
        Some(format!("La page a été mise à jour\u{a0}: {quoi}, dossier n°\u{a0}{numero}."))
    })
}
