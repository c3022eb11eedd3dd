//! `/commencer/88454`: the public address of a démarche.

use crate::api::usager::depot::{Commencer, presentation};
use crate::depart::Depart;
use crate::formulaire::suivi::PageDuFormulaire;
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::erreur::{Introuvable, adresse_de_connexion};
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use crate::pages::compte::avec_retour;
use domain::chemin::Chemin;
use domain::ids::{DemarcheNumero, DossierNumero};
use domain::vues::{PieceDemandee, PresentationDepot};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;

/// What somebody reads before they begin.
#[component]
pub fn CommencerLaDemarche() -> impl IntoView {
    let numero = adresse::numero::<DemarcheNumero>();
    move || match numero.get() {
        Some(numero) => view! { <LaPresentation numero/> }.into_any(),
        None => view! { <Introuvable/> }.into_any(),
    }
}

#[component]
fn LaPresentation(numero: DemarcheNumero) -> impl IntoView {
    let lue = lire(|| (), move |()| presentation(numero));
    view! {
        <Lecture
            ressource=lue
            sujets=|_: &PresentationDepot, _: &Depart| Vec::new()
            vue=|lue| view! { <Contenu presentation=lue.get_untracked()/> }.into_any()
        />
    }
}

#[component]
fn Contenu(presentation: PresentationDepot) -> impl IntoView {
    let PresentationDepot {
        numero,
        titre,
        description,
        pieces,
        service,
        ouverte,
        connecte,
        brouillons,
    } = presentation;
    let suite = match (ouverte, connecte) {
        (false, _) => view! {
            <div class="fr-alert fr-alert--info">
                <p>"Cette démarche ne reçoit pas de nouveaux dossiers pour le moment."</p>
            </div>
        }
        .into_any(),
        (true, false) => {
            let ici = Chemin::Commencer(numero).to_string();
            let (connexion, creer) =
                (adresse_de_connexion(&ici), avec_retour(Chemin::CreerUnCompte.patron(), &ici));
            view! {
                <p>"Pour déposer un dossier et suivre sa progression, connectez-vous à votre compte, ou créez-en un."</p>
                <div class="rdv-boutons">
                    <a class="fr-btn" href=connexion rel="external">"Se connecter"</a>
                    <A href=creer attr:class="fr-btn fr-btn--secondary">"Créer un compte"</A>
                </div>
            }
            .into_any()
        }
        (true, true) => view! {
            {reprendre(&brouillons)}
            <form method="post" action=Commencer::url()>
                <PageDuFormulaire/>
                <input type="hidden" name="demarche" value=numero.to_string()/>
                <button class="fr-btn" type="submit">
                    {if brouillons.is_empty() { "Commencer la démarche" } else { "Commencer un autre dossier" }}
                </button>
            </form>
        }
        .into_any(),
    };
    view! {
        <TitreFenetre parties=vec![titre.clone()]/>
        <div class="rdv-etroit">
            <TitrePage>{titre}</TitrePage>
            <p>"Démarche n°\u{a0}" {numero.to_string()}</p>
            {(!description.is_empty()).then(|| view! { <p class="rdv-texte">{description}</p> })}
            {a_prevoir(pieces)}
            <h2 class="fr-h5">"Service en charge de la démarche"</h2>
            <p class="rdv-texte">{service}</p>
            <h2 class="fr-h5">"Votre dossier"</h2>
            {suite}
        </div>
    }
}

/// The files to have at hand before one begins.
fn a_prevoir(pieces: Vec<PieceDemandee>) -> Option<impl IntoView> {
    if pieces.is_empty() {
        return None;
    }
    let pieces = pieces
        .into_iter()
        .map(|PieceDemandee { libelle, description, requise }| {
            let facultative = (!requise).then_some(" (facultatif)");
            let description = (!description.is_empty())
                .then(|| view! { <span class="fr-hint-text">{description}</span> });
            view! {
                <li>
                    <span class="rdv-cesure">{libelle}</span> {facultative} {description}
                </li>
            }
        })
        .collect_view();
    Some(view! {
        <h2 class="fr-h5">"Pièces à prévoir"</h2>
        <ul class="fr-mb-3w">{pieces}</ul>
    })
}

fn reprendre(brouillons: &[DossierNumero]) -> Option<impl IntoView + use<>> {
    let liens = brouillons
        .iter()
        .copied()
        .map(|numero| {
            view! {
                <li>
                    <A href=Chemin::Brouillon(numero).to_string()>
                        "Reprendre le brouillon n°\u{a0}" {numero.to_string()}
                    </A>
                </li>
            }
        })
        .collect_view();
    (!brouillons.is_empty()).then(|| view! { <ul>{liens}</ul> })
}
