//! « Confirmez que c'est bien vous », before what changes how one's account is opened, or erases it: by the password, or by
//! a link for an account that has none.

use super::retour::retour;
use crate::api::preuve::{DemanderUnePreuve, preuve};
use crate::depart::Depart;
use crate::formulaire::mot_de_passe::ChampMotDePasse;
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::page::contexte::{lire, refus_de};
use crate::page::erreur::Alerte;
use crate::page::lecture::Lecture;
use crate::page::service;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::francais;
use domain::sujet::Sujet;
use domain::vues::{AttenteDePreuve, LienEnvoye};
use domain::{Champ, Erreur};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;

const TITRE: &str = "Confirmez que c'est bien vous";

/// Where one proves it.
#[component]
pub fn ProuverQuiOnEst() -> impl IntoView {
    let retour = retour();
    let lu = lire(|| (), |()| preuve());
    view! {
        <Lecture
            ressource=lu
            // A password that is being typed is not made anew; a link that is awaited has the page go on.
            sujets=|lu: &AttenteDePreuve, depart: &Depart| {
                let session = depart.session.iter().filter(|_| !lu.mot_de_passe);
                session.map(|session| Sujet::Compte(session.compte)).collect()
            }
            vue=move |lu| view! { <Attente lu retour/> }.into_any()
        />
    }
}

#[component]
fn Attente(lu: Signal<AttenteDePreuve>, retour: String) -> impl IntoView {
    let suivi = Suivi::servi::<DemanderUnePreuve>();
    let refus = refus_de(Chemin::ProuverParMotDePasse.patron());
    let saisi = suivi.saisi("retour");
    let saisi = saisi.or_else(|| refus.as_ref()?.valeur("retour").map(str::to_owned));
    let retour = saisi.filter(|retour| !retour.is_empty()).unwrap_or(retour);
    let erreur = refus.map(|refus| refus.erreur);
    let corps = move || {
        lu.with(|lu| {
            let (email, retour) = (lu.email.clone(), retour.clone());
            if lu.prouvee {
                view! { <Prouve retour/> }.into_any()
            } else if lu.mot_de_passe {
                let erreur = erreur.clone();
                view! { <ParMotDePasse email retour erreur/> }.into_any()
            } else {
                let envoye = lu.envoye.clone();
                view! { <ParLien email envoye retour suivi/> }.into_any()
            }
        })
    };
    view! {
        <TitreFenetre parties=vec![TITRE.to_owned()]/>
        <div class="rdv-connexion">
            <TitrePage>{TITRE}</TitrePage>
            <AlerteFormulaire suivi/>
            {corps}
            <p class="fr-mt-3w">
                <A href=Chemin::MonCompte.to_string()>"Revenir à Mon compte"</A>
            </p>
        </div>
    }
}

/// Another page of this site, or that of the account.
fn local(retour: String) -> String {
    let local = retour.starts_with('/') && !retour.starts_with("//");
    if local { retour } else { Chemin::MonCompte.to_string() }
}

#[component]
fn Prouve(retour: String) -> impl IntoView {
    view! {
        <div class="fr-alert fr-alert--success fr-alert--sm fr-mb-3w">
            <p>"C'est confirmé, pendant dix minutes."</p>
        </div>
        <a class="fr-btn" href=local(retour)>"Continuer"</a>
    }
}

#[component]
fn ParMotDePasse(
    email: String,
    retour: String,
    erreur: Option<crate::erreur::ErreurApp>,
) -> impl IntoView {
    let du_champ = erreur.as_ref().and_then(|e| e.sur(Champ::MotDePasse)).map(ToString::to_string);
    let autre = erreur
        .filter(|erreur| !matches!(erreur.metier(), Some(Erreur::Champ { .. })))
        .map(|erreur| view! { <Alerte texte=erreur.to_string()/> });
    view! {
        {autre}
        <p>
            "Pour changer ce qui ouvre le compte " <strong class="rdv-cesure">{email.clone()}</strong>
            " ou pour l'effacer, donnez à nouveau son mot de passe\u{a0}: quelqu'un qui trouverait votre session ouverte ne peut pas le faire."
        </p>
        <form method="post" action=Chemin::ProuverParMotDePasse.patron()>
            <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
            <input type="hidden" name="retour" value=local(retour)/>
            // For password managers.
            <input type="hidden" name="email" value=email autocomplete="username"/>
            <ChampMotDePasse id="password" autocomplete="current-password" erreur=du_champ/>
            <button class="fr-btn" type="submit">"Continuer"</button>
        </form>
        <p class="fr-mt-3w">
            <A href=Chemin::MotDePasseOublie.to_string()>"Mot de passe oublié"</A>
        </p>
    }
}

#[component]
fn ParLien(
    email: String,
    envoye: Option<LienEnvoye>,
    retour: String,
    suivi: Suivi,
) -> impl IntoView {
    let texte = if envoye.is_some() { "Recevoir un autre lien" } else { "Recevoir le lien" };
    let envoye = envoye.map(|lien| {
        view! {
            <div class="fr-callout">
                <p>
                    "Un lien a été envoyé à " {francais::heure(lien.le)}
                    ". Ouvrez-le dans ce navigateur et appuyez sur le bouton."
                </p>
                <p>
                    "Si vous l'ouvrez sur un autre appareil, il vous demandera ce code\u{a0}: "
                    <strong>{lien.code}</strong>
                    ". Ne le donnez à personne, ni au téléphone ni par message."
                </p>
            </div>
        }
    });
    view! {
        <p>
            "Pour changer ce qui ouvre votre compte ou pour l'effacer, confirmez que c'est bien vous\u{a0}: ce compte n'a pas de mot de passe, nous vous envoyons un lien à "
            <strong class="rdv-cesure">{email}</strong> ", à ouvrir une fois."
        </p>
        {envoye}
        <form method="post" action=DemanderUnePreuve::url()>
            <PageDuFormulaire/>
            <input type="hidden" name="retour" value=local(retour)/>
            <BoutonEnvoyer texte suivi/>
        </form>
        <p class="fr-mt-3w">
            "Vous ne recevez rien\u{a0}? Regardez parmi les indésirables, attendez une minute puis demandez un autre lien."
        </p>
    }
}
