//! « Confirmez que c'est bien vous »: the page where one waits, that of the link, and what is shown where it was opened.

use super::retour::retour;
use crate::api::confirmation::{DemanderUneConfirmation, confirmation, lire_lien_de_confirmation};
use crate::depart::Depart;
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::page::contexte::{lire, refus_de};
use crate::page::erreur::Alerte;
use crate::page::lecture::Lecture;
use crate::page::navigateur;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::francais;
use domain::rendez_vous::Horaire;
use domain::sujet::Sujet;
use domain::vues::{AttenteDeConfirmation, LienDeConfirmation as Lien, LienEnvoye};
use domain::{Champ, Erreur};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

const TITRE: &str = "Confirmez que c'est bien vous";

/// Where one waits.
#[component]
pub fn ConfirmerQuiOnEst() -> impl IntoView {
    let retour = retour();
    let lu = lire(|| (), |()| confirmation());
    view! {
        <Lecture
            ressource=lu
            sujets=|_: &AttenteDeConfirmation, depart: &Depart| {
                depart.session.iter().map(|session| Sujet::Compte(session.compte)).collect()
            }
            vue=move |lu| view! { <Attente lu retour/> }.into_any()
        />
    }
}

#[component]
fn Attente(lu: Signal<AttenteDeConfirmation>, retour: String) -> impl IntoView {
    let suivi = Suivi::servi::<DemanderUneConfirmation>();
    let retour = suivi.saisi("retour").unwrap_or(retour);
    let corps = move || {
        lu.with(|lu| {
            if lu.confirmee {
                view! { <Continuer retour=retour.clone() a_prendre=false/> }.into_any()
            } else if lu.a_prendre {
                view! { <Continuer retour=retour.clone() a_prendre=true/> }.into_any()
            } else {
                let (email, retour) = (lu.email.clone(), retour.clone());
                view! { <Demande email envoye=lu.envoye.clone() retour suivi/> }.into_any()
            }
        })
    };
    view! {
        <TitreFenetre parties=vec![TITRE.to_owned()]/>
        <div class="rdv-connexion">
            <TitrePage>{TITRE}</TitrePage>
            <AlerteFormulaire suivi/>
            {corps}
        </div>
    }
}

/// Nothing is to be confirmed any more. `a_prendre`: the link was opened elsewhere.
#[component]
fn Continuer(retour: String, a_prendre: bool) -> impl IntoView {
    let suite = if a_prendre {
        view! {
            <form method="post" action=Chemin::SuiteDeConfirmation.to_string()>
                <input type="hidden" name="retour" value=retour/>
                <button class="fr-btn" type="submit">"Continuer"</button>
            </form>
        }
        .into_any()
    } else {
        // Another page of this site, or the first one.
        let local = retour.starts_with('/') && !retour.starts_with("//");
        let adresse = if local { retour } else { Chemin::Accueil.to_string() };
        view! { <a class="fr-btn" href=adresse>"Continuer"</a> }.into_any()
    };
    view! {
        <div class="fr-alert fr-alert--success fr-alert--sm fr-mb-3w">
            <p>"C'est confirmé\u{a0}: ce navigateur est de confiance pendant trente jours."</p>
        </div>
        {suite}
    }
}

#[component]
fn Demande(
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
                    "Un lien a été envoyé à " <strong class="rdv-cesure">{email.clone()}</strong>
                    " à " {francais::heure(lien.le)}
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
            "Vous allez ouvrir des dossiers. Votre mot de passe seul ne suffit pas\u{a0}: nous vous envoyons un lien à "
            <strong class="rdv-cesure">{email.clone()}</strong>
            ", à ouvrir une fois. Ce navigateur ne le demandera plus pendant trente jours. Sur un ordinateur partagé, pensez à le retirer de «\u{a0}Mon compte\u{a0}»."
        </p>
        {envoye}
        <form method="post" action=DemanderUneConfirmation::url()>
            <PageDuFormulaire/>
            <input type="hidden" name="retour" value=retour/>
            <BoutonEnvoyer texte suivi/>
        </form>
        <p class="fr-mt-3w">
            "Vous ne recevez rien\u{a0}? Regardez parmi les indésirables, attendez une minute puis demandez un autre lien. Sans accès à cette adresse, prévenez l'administrateur de votre démarche."
        </p>
    }
}

/// The page of the link. Looking at it uses nothing up.
#[component]
pub fn LienDeConfirmation() -> impl IntoView {
    let jeton = use_params_map().with_untracked(|p| p.get("jeton")).unwrap_or_default();
    let demande = jeton.clone();
    let lien = lire(|| (), move |()| lire_lien_de_confirmation(demande.clone()));
    view! {
        <Lecture
            ressource=lien
            sujets=rien
            vue=move |lien| match lien.get_untracked() {
                Some(lien) => view! { <Bouton lien jeton/> }.into_any(),
                None => view! { <Perime/> }.into_any(),
            }
        />
    }
}

/// What is being typed is not made anew.
const fn rien(_: &Option<Lien>, _: &Depart) -> Vec<Sujet> {
    Vec::new()
}

#[component]
fn Bouton(lien: Lien, jeton: String) -> impl IntoView {
    let refus = refus_de(Chemin::Confirmer.patron());
    let erreur = refus.map(|refus| refus.erreur);
    let du_champ = erreur.as_ref().and_then(|e| e.sur(Champ::Code)).map(ToString::to_string);
    let autre = erreur
        .filter(|erreur| !matches!(erreur.metier(), Some(Erreur::Champ { .. })))
        .map(|erreur| view! { <Alerte texte=erreur.to_string()/> });
    let avec = match lien.navigateur.as_str() {
        "" => String::new(),
        navigateur => format!(", avec {navigateur}"),
    };
    let quand = francais::date_heure(&Horaire { local: lien.ouverte_le, fuseau: None });
    let demande = lien
        .preuve
        .then_some(", et quelqu'un y demande à changer ce qui ouvre le compte ou à l'effacer");
    let code = (!lien.ici).then(|| view! { <Code erreur=du_champ preuve=lien.preuve/> });
    view! {
        <TitreFenetre parties=vec![TITRE.to_owned()]/>
        <div class="rdv-connexion">
            <TitrePage>{TITRE}</TitrePage>
            {autre}
            <p>
                "Une session du compte " <strong class="rdv-cesure">{lien.email}</strong>
                " a été ouverte le " {quand} {avec} {demande} ". Est-ce vous\u{a0}?"
            </p>
            <form method="post" action=Chemin::Confirmer.to_string()>
                <input type="hidden" name="jeton" value=jeton/>
                {code}
                <button class="fr-btn" type="submit">"Confirmer que c'est moi"</button>
            </form>
            <p class="fr-mt-3w">
                "Si ce n'est pas vous, ne confirmez rien\u{a0}: "
                {if lien.preuve { "quelqu'un utilise votre session. " } else { "quelqu'un connaît votre mot de passe. " }}
                <A href=Chemin::MotDePasseOublie.to_string()>"Choisissez-en un autre"</A> "."
            </p>
        </div>
    }
}

/// For a link that is opened in another browser than the one that waits.
#[component]
fn Code(
    erreur: Option<String>,
    /// Whether the link proves who waits, without their browser being trusted.
    preuve: bool,
) -> impl IntoView {
    let faux = erreur.is_some();
    let suite = (!preuve).then_some(" C'est l'autre navigateur qui deviendra de confiance.");
    view! {
        <div class="fr-alert fr-alert--info fr-alert--sm fr-mb-3w">
            <p>
                "Ce navigateur n'est pas celui qui attend. Recopiez le code que montre l'autre écran\u{a0}: sans lui, rien n'est confirmé."
                {suite}
            </p>
        </div>
        <div class="fr-input-group" class:fr-input-group--error=faux>
            <label class="fr-label" for="code">
                "Code affiché sur l'écran qui attend\u{a0}*"
                <span class="fr-hint-text">"Quatre chiffres"</span>
            </label>
            <input
                class="fr-input"
                class:fr-input--error=faux
                id="code"
                name=Champ::Code.nom()
                type="text"
                inputmode="numeric"
                autocomplete="off"
                maxlength="10"
                aria-required="true"
                aria-invalid=faux.then_some("true")
                aria-describedby=faux.then_some("code-erreur")
                autofocus=faux
            />
            {erreur.map(|erreur| view! { <p class="fr-error-text" id="code-erreur">{erreur}</p> })}
        </div>
    }
}

#[component]
fn Perime() -> impl IntoView {
    navigateur::statut(410);
    view! {
        <TitreFenetre parties=vec!["Lien expiré".to_owned()]/>
        <div class="rdv-connexion">
            <TitrePage>"Ce lien n'est plus valable"</TitrePage>
            <p>
                "Il a déjà servi, un lien plus récent a été demandé, il a été envoyé il y a plus d'une demi-heure, ou la session qui attendait est fermée."
            </p>
            <p>"Retournez à l'écran qui attend pour en demander un autre."</p>
            <A href=Chemin::Accueil.to_string() attr:class="fr-btn">"Revenir à l'accueil"</A>
        </div>
    }
}

/// Where the link was opened, when another browser waited.
#[component]
pub fn ConfirmationFaite() -> impl IntoView {
    view! {
        <TitreFenetre parties=vec!["C'est confirmé".to_owned()]/>
        <div class="rdv-connexion">
            <TitrePage>"C'est confirmé"</TitrePage>
            <p>"Retournez à l'écran qui attend et appuyez sur «\u{a0}Continuer\u{a0}». Vous pouvez fermer cette page."</p>
        </div>
    }
}
