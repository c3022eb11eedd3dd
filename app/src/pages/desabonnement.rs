//! The page of the link that lets the mails of a kind stop. Opening it changes nothing: its button does.

use crate::api::desabonnement::lire_desabonnement;
use crate::depart::Depart;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::avertissement::Avertissement;
use domain::chemin::Chemin;
use domain::ids::DemarcheNumero;
use domain::sujet::Sujet;
use domain::vues::{DejaFait, Desabonnement, Portee};
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

/// « Ne plus recevoir ces emails ».
#[component]
pub fn NePlusRecevoir() -> impl IntoView {
    let jeton = use_params_map().with_untracked(|p| p.get("jeton")).unwrap_or_default();
    let demande = jeton.clone();
    let lu = lire(|| (), move |()| lire_desabonnement(demande.clone()));
    view! {
        <Meta name="robots" content="noindex, nofollow"/>
        <Lecture
            ressource=lu
            sujets=rien
            vue=move |lu| {
                let lu = lu.get_untracked();
                match lu.deja {
                    DejaFait::Oui => view! { <Fait lu/> }.into_any(),
                    DejaFait::Non => view! { <AConfirmer lu jeton/> }.into_any(),
                }
            }
        />
    }
}

/// Whoever has no account watches nothing.
const fn rien(_: &Desabonnement, _: &Depart) -> Vec<Sujet> {
    Vec::new()
}

/// Nothing is sent any more.
#[component]
fn Fait(lu: Desabonnement) -> impl IntoView {
    let titre = "Ces courriels sont arrêtés";
    let quoi = match lu.portee {
        Portee::Avertissement(quoi, _) => {
            format!(
                "ne reçoit plus la notification «\u{a0}{}\u{a0}» de cette démarche",
                quoi.libelle()
            )
        }
        Portee::Recapitulatifs => "ne reçoit plus de résumé".to_owned(),
    };
    let page = match lu.portee {
        Portee::Avertissement(_, numero) => Chemin::NotificationsDemarche(numero),
        Portee::Recapitulatifs => Chemin::DemarchesSuivies,
    };
    view! {
        <TitreFenetre parties=vec![titre.to_owned()]/>
        <div class="rdv-connexion">
            <TitrePage>{titre}</TitrePage>
            <p>
                "L'adresse " <strong class="rdv-cesure">{lu.email}</strong> " " {quoi}
                ". Tout reste visible sur le site."
            </p>
            <p>
                "Pour recevoir à nouveau ces emails, connectez-vous et ouvrez «\u{a0}gestion des notifications\u{a0}» de la démarche."
            </p>
            <p>
                <A href=page.to_string() attr:class="fr-btn fr-btn--secondary">
                    "Gérer mes notifications"
                </A>
            </p>
        </div>
    }
}

/// What would be stopped, and the button.
#[component]
fn AConfirmer(lu: Desabonnement, jeton: String) -> impl IntoView {
    let titre = "Ne plus recevoir ces emails";
    let demarches = lu.demarches.into_iter().map(une_demarche).collect_view();
    let quoi = match lu.portee {
        Portee::Avertissement(..) => {
            "ne recevra plus, ni tout de suite ni dans un résumé, cette notification\u{a0}:"
        }
        Portee::Recapitulatifs => {
            "ne recevra plus de résumé du jour ni de la semaine, et donc plus ces notifications\u{a0}:"
        }
    };
    view! {
        <TitreFenetre parties=vec![titre.to_owned()]/>
        <div class="rdv-connexion">
            <TitrePage>{titre}</TitrePage>
            <p>"L'adresse " <strong class="rdv-cesure">{lu.email}</strong> " " {quoi}</p>
            <ul>{demarches}</ul>
            <p>"Rien d'autre ne change\u{a0}: tout reste visible sur le site, et vous pouvez revenir sur ce choix."</p>
            <form method="post" action=Chemin::Desabonnement(&jeton).to_string()>
                <input type="hidden" name="geste" value="arreter"/>
                <button class="fr-btn" type="submit">"Arrêter ces emails"</button>
            </form>
        </div>
    }
}

fn une_demarche(
    (numero, titre, quoi): (DemarcheNumero, String, Vec<Avertissement>),
) -> impl IntoView {
    let quoi: Vec<&str> = quoi.into_iter().map(Avertissement::libelle).collect();
    view! {
        <li>
            "Démarche «\u{a0}" {titre} "\u{a0}» (n°\u{a0}" {numero.to_string()} ")\u{a0}: "
            {quoi.join(", ")}
        </li>
    }
}
