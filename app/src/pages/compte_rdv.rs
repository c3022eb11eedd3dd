//! « Mon compte RDV Service Public », for an instructeur or an administrateur.

use crate::api::compte_rdv::{ADRESSE_RETOUR, DeconnecterCompteRdv, compte_rdv};
use crate::components::site::compte_rdv::CONNECTER;
use crate::depart::Depart;
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::page::contexte::{lire, refus_de};
use crate::page::erreur::Alerte;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::francais;
use domain::rendez_vous::Horaire;
use domain::sujet::Sujet;
use domain::vues::{CompteRdv, EtatCompteRdv};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The page.
#[component]
pub fn CompteRdvServicePublic() -> impl IntoView {
    let compte = lire(|| (), |()| compte_rdv());
    view! {
        <Lecture
            ressource=compte
            sujets=|_: &CompteRdv, depart: &Depart| {
                depart.session.iter().map(|session| Sujet::Compte(session.compte)).collect()
            }
            vue=|compte| view! { <Contenu compte/> }.into_any()
        />
    }
}

#[component]
fn Contenu(compte: Signal<CompteRdv>) -> impl IntoView {
    let refus = refus_de(ADRESSE_RETOUR);
    let etat = Memo::new(move |_| compte.with(|compte| compte.etat));
    let corps = move || match etat.get() {
        EtatCompteRdv::Indisponible | EtatCompteRdv::Aucun => {
            view! { <Connecter texte="Connecter mon compte"/> }.into_any()
        }
        EtatCompteRdv::Connecte => view! { <Connecte compte/> }.into_any(),
        EtatCompteRdv::Perdu => view! { <Perdu compte/> }.into_any(),
    };
    view! {
        <TitreFenetre parties=vec!["Mon compte RDV Service Public".to_owned()]/>
        <FilAriane
            parents=vec![(Chemin::Accueil.to_string(), "Accueil".to_owned())]
            ici="Mon compte RDV Service Public"
        />
        <div class="rdv-etroit">
            <TitrePage>"Mon compte RDV Service Public"</TitrePage>
            {refus.map(|refus| view! { <Alerte texte=refus.erreur.to_string()/> })}
            <p>
                "RDV Service Public est le site sur lequel les usagers prennent rendez-vous. Avec votre compte d'agent, ce service peut y agir en votre nom\u{a0}:"
            </p>
            <ul>
                <li>
                    "donner à chaque usager à qui vous proposez un rendez-vous un lien personnel\u{a0}: son rendez-vous rejoint le bon dossier, quelle que soit l'adresse électronique qu'il utilise\u{a0};"
                </li>
                <li>"vous laisser choisir vous-même le créneau, depuis un dossier\u{a0};"</li>
                <li>
                    "pour un administrateur, choisir l'agenda d'une démarche dans la liste de ses organisations et y enregistrer le webhook."
                </li>
            </ul>
            <p>
                "Sans cette connexion, tout le reste fonctionne\u{a0}: les usagers utilisent le lien de l'agenda. Vous pouvez déconnecter votre compte à tout moment."
            </p>
            {corps}
        </div>
    }
}

/// To RDV Service Public, and back here.
#[component]
fn Connecter(
    /// What the button says.
    texte: &'static str,
) -> impl IntoView {
    view! {
        <p>
            "Vous allez être redirigé(e) vers RDV Service Public pour vous y identifier, puis vous reviendrez sur cette page."
        </p>
        <p>
            <a class="fr-btn" href=CONNECTER rel="external">{texte}</a>
        </p>
    }
}

#[component]
fn Connecte(compte: Signal<CompteRdv>) -> impl IntoView {
    view! {
        <div class="fr-alert fr-alert--success fr-alert--sm fr-mb-3w">
            <p>
                "Votre compte est connecté à "
                {move || compte.with(|compte| compte.site.clone())}
                {move || compte.with(|compte| en_tant_que(&compte.email))}
                {move || compte.with(depuis)} "."
            </p>
        </div>
        <Deconnecter texte="Déconnecter"/>
    }
}

#[component]
fn Perdu(compte: Signal<CompteRdv>) -> impl IntoView {
    view! {
        <div class="fr-alert fr-alert--warning fr-alert--sm fr-mb-3w">
            <p>
                "RDV Service Public n'accepte plus la connexion de votre compte"
                {move || compte.with(|compte| entre_parentheses(&compte.email))}
                {move || compte.with(depuis)}
                ". Vous pouvez le reconnecter, ou continuer sans\u{a0}: les propositions de rendez-vous fonctionnent aussi avec le seul lien de l'agenda."
            </p>
        </div>
        <Connecter texte="Reconnecter mon compte"/>
        <Deconnecter texte="Ne pas reconnecter"/>
    }
}

fn en_tant_que(email: &str) -> String {
    if email.is_empty() { String::new() } else { format!(", en tant que {email}") }
}

fn entre_parentheses(email: &str) -> String {
    if email.is_empty() { String::new() } else { format!(" ({email})") }
}

/// « , depuis le 7 juin 2024 à 15h30 ».
fn depuis(compte: &CompteRdv) -> String {
    compte.depuis.map_or_else(String::new, |local| {
        format!(", depuis le {}", francais::date_heure(&Horaire { local, fuseau: None }))
    })
}

#[component]
fn Deconnecter(
    /// What the button says.
    texte: &'static str,
) -> impl IntoView {
    let suivi = Suivi::servi::<DeconnecterCompteRdv>();
    view! {
        <form method="post" action=DeconnecterCompteRdv::url()>
            <AlerteFormulaire suivi/>
            <PageDuFormulaire/>
            <button class="fr-btn fr-btn--secondary" type="submit">{texte}</button>
        </form>
    }
}
