//! A démarche and its dossiers.

use crate::api::instructeur::demarche_instructeur;
use crate::api::session::Depart;
use crate::components::badge::{Badges, Pastille};
use crate::components::erreur::Introuvable;
use crate::components::fil_ariane::FilAriane;
use crate::components::lecture::Lecture;
use crate::components::liste::Liste;
use crate::components::pagination::Pagination;
use crate::components::titre::{TitreFenetre, TitrePage};
use crate::contexte::lire;
use crate::pages::adresse;
use domain::ids::DemarcheNumero;
use domain::sujet::Sujet;
use domain::vues::{DemarcheInstructeur, LigneDossier};
use leptos::prelude::*;
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
    let page = adresse::page();
    let demarche = lire(move || page.get(), move |page| demarche_instructeur(numero, page));
    view! {
        <Lecture
            ressource=demarche
            sujets=move |_: &DemarcheInstructeur, depart: &Depart| sujets(numero, depart)
            difference
            vue=|demarche| view! { <Contenu demarche/> }.into_any()
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
            parents=vec![("/instructeur/demarches".to_owned(), "Démarches".to_owned())]
            ici=titre.clone()
        />
        <TitrePage>{titre} " - n°\u{a0}" {numero.to_string()}</TitrePage>
        {move || demarche.with(|d| d.rdv_visible).then(|| view! { <Liens demarche/> })}
        <Tableau demarche/>
        <Pagination
            adresse=format!("/instructeur/demarches/{numero}")
            pages=Signal::derive(move || demarche.with(|d| (d.dossiers.numero, d.dossiers.pages)))
        />
    }
}

/// What can be seen of the whole démarche.
#[component]
fn Liens(demarche: Signal<DemarcheInstructeur>) -> impl IntoView {
    let numero = demarche.with_untracked(|d| d.numero);
    let a_rattacher = move || match demarche.with(|d| d.a_rattacher) {
        0 => None,
        combien => Some(view! {
            <li>
                <A href=format!("/instructeur/demarches/{numero}/rendez-vous/a-rattacher")>
                    {format!("rendez-vous à rattacher ({combien})")}
                </A>
            </li>
        }),
    };
    view! {
        <ul class="rdv-liens">
            <li>
                <A href=format!("/instructeur/demarches/{numero}/rendez-vous")>
                    "rendez-vous avec les usagers"
                </A>
                {move || demarche.with(|d| d.rdv_non_vus).then(|| view! { <Pastille/> })}
            </li>
            {a_rattacher}
        </ul>
    }
}

#[component]
fn Tableau(demarche: Signal<DemarcheInstructeur>) -> impl IntoView {
    let combien = move || match demarche.with(|d| d.dossiers.total) {
        0 => "Aucun dossier".to_owned(),
        1 => "1 dossier".to_owned(),
        plusieurs => format!("{plusieurs} dossiers"),
    };
    let vide = move || {
        demarche.with(|d| d.dossiers.total == 0).then(|| {
            view! { <p>"Les dossiers déposés pour votre groupe d'instructeurs apparaîtront ici."</p> }
        })
    };
    view! {
        <div class="fr-table rdv-tableau">
            <div class="fr-table__wrapper">
                <div class="fr-table__container">
                    <div class="fr-table__content">
                        <table role="table">
                            <caption>{combien}</caption>
                            <thead role="rowgroup">
                                <tr role="row">
                                    <th scope="col">"N° dossier"</th>
                                    <th scope="col">"Demandeur"</th>
                                    <th scope="col">"Nom"</th>
                                    <th scope="col">"Statut"</th>
                                </tr>
                            </thead>
                            <tbody role="rowgroup">
                                <Liste
                                    elements=Signal::derive(move || {
                                        demarche.with(|d| d.dossiers.elements.clone())
                                    })
                                    cle=|ligne: &LigneDossier| ligne.numero
                                    vue=ligne
                                />
                            </tbody>
                        </table>
                    </div>
                </div>
            </div>
        </div>
        {vide}
    }
}

fn ligne(ligne: Signal<LigneDossier>) -> AnyView {
    let numero = ligne.with_untracked(|l| l.numero);
    view! {
        <tr role="row">
            <td role="cell" data-titre="N° dossier">
                <A
                    href=format!("/instructeur/dossiers/{numero}")
                    attr:aria-label=format!("Dossier n°\u{a0}{numero}")
                >
                    {numero.to_string()}
                </A>
            </td>
            <td role="cell" data-titre="Demandeur" class="rdv-cesure">
                {move || ligne.with(|l| l.demandeur.clone())}
            </td>
            <td role="cell" data-titre="Nom">{move || ligne.with(|l| l.nom.clone())}</td>
            <td role="cell" data-titre="Statut">
                {move || ligne.with(|l| view! { <Badges etat=l.etat tag=l.tag/> })}
            </td>
        </tr>
    }
    .into_any()
}

/// Says what changed, when the page is the same.
fn difference(avant: &DemarcheInstructeur, apres: &DemarcheInstructeur) -> Option<String> {
    let (avant_page, page) = (&avant.dossiers, &apres.dossiers);
    if avant_page.numero != page.numero {
        return Some(format!("Page {} sur {}", page.numero, page.pages));
    }
    page.elements.iter().find_map(|ligne| {
        let avant = avant_page.elements.iter().find(|autre| autre.numero == ligne.numero)?;
        let tag = ligne.tag.filter(|_| ligne.tag != avant.tag)?;
        Some(format!(
            "La page a été mise à jour\u{a0}: {}, dossier n°\u{a0}{}.",
            tag.libelle(),
            ligne.numero
        ))
    })
}
