//! « Mes identités », a part of « Mon compte ».

use crate::api::identites::{DetacherIdentite, mes_identites};
use crate::depart::Depart;
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::pages::compte::retour::avec_retour;
use domain::chemin::Chemin;
use domain::francais;
use domain::ids::IdentiteId;
use domain::rendez_vous::Horaire;
use domain::sujet::Sujet;
use domain::vues::IdentiteVue;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The identities attached to one's account, each with the button that detaches it; nothing for whoever has none.
#[component]
pub fn MesIdentites(
    /// Whether the owner of the account proved a moment ago that it is them: they may detach one.
    prouvee: bool,
) -> impl IntoView {
    let identites = lire(|| (), |()| mes_identites());
    let sujets = |_: &Vec<IdentiteVue>, depart: &Depart| -> Vec<Sujet> {
        depart.session.iter().map(|session| Sujet::Compte(session.compte)).collect()
    };
    view! {
        <Lecture
            ressource=identites
            sujets
            vue=move |identites| view! { <Liste identites prouvee/> }.into_any()
        />
    }
}

#[component]
fn Liste(identites: Signal<Vec<IdentiteVue>>, prouvee: bool) -> impl IntoView {
    let suivi = Suivi::servi::<DetacherIdentite>();
    let lignes = identites.get_untracked();
    (!lignes.is_empty()).then(|| {
        view! {
            <section aria-labelledby="identites">
                <h2 class="fr-h4" id="identites">"Mes identités"</h2>
                <p>
                    "Avec une identité ProConnect ou FranceConnect, vous ouvrez ce compte sans son mot de passe."
                </p>
                <AlerteFormulaire suivi/>
                <ul>{lignes.into_iter().map(|vue| ligne(vue, prouvee)).collect_view()}</ul>
            </section>
        }
    })
}

fn ligne(identite: IdentiteVue, prouvee: bool) -> impl IntoView {
    let IdentiteVue { id, fournisseur, email, cree_le, vue_le, detachable } = identite;
    let date = |local| francais::date_heure(&Horaire { local, fuseau: None });
    let (cree, vue) = (date(cree_le), date(vue_le));
    let nom = fournisseur.libelle();
    let adresse = (!email.is_empty()).then(|| {
        view! { " (" <span class="rdv-cesure">{email.clone()}</span> ")" }
    });
    let geste = if detachable {
        let quoi = if email.is_empty() { nom.to_owned() } else { format!("{nom}, {email}") };
        view! { <Detacher id quoi prouvee/> }.into_any()
    } else {
        view! {
            <p class="fr-text--sm">
                "C'est votre seule façon de vous connecter. Pour pouvoir la détacher, choisissez d'abord un mot de passe avec «\u{a0}Mot de passe oublié\u{a0}»."
            </p>
        }
        .into_any()
    };
    view! {
        <li id=format!("identite-{id}")>
            <p class="fr-mb-1v">
                <strong>{nom}</strong> {adresse} ", rattachée le " {cree}
                ", utilisée pour la dernière fois le " {vue} "."
            </p>
            {geste}
        </li>
    }
}

#[component]
fn Detacher(
    /// Which one.
    id: IdentiteId,
    /// What it is called.
    quoi: String,
    /// Whether they may.
    prouvee: bool,
) -> impl IntoView {
    if !prouvee {
        let retour = format!("{}#identite-{id}", Chemin::MonCompte);
        return view! {
            <a class="fr-btn fr-btn--sm fr-btn--secondary" href=avec_retour(Chemin::Preuve.patron(), &retour)>
                "Confirmer et détacher" <span class="fr-sr-only">" l'identité " {quoi}</span>
            </a>
        }
        .into_any();
    }
    view! {
        <form method="post" action=DetacherIdentite::url()>
            <PageDuFormulaire/>
            <input type="hidden" name="identite" value=id.to_string()/>
            <button class="fr-btn fr-btn--sm fr-btn--secondary" type="submit">
                "Détacher" <span class="fr-sr-only">" l'identité " {quoi}</span>
            </button>
        </form>
    }
    .into_any()
}
