//! An identity that no account is known for: its owner says which is theirs, or opens one. Plain forms, that the server
//! receives.

use crate::api::identites::{lire_lien_de_rattachement, lire_rattachement};
use crate::depart::Depart;
use crate::formulaire::mot_de_passe::ChampMotDePasse;
use crate::page::contexte::{lire, refus_de};
use crate::page::erreur::Alerte;
use crate::page::lecture::Lecture;
use crate::page::navigateur;
use crate::page::service;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::identite::{Fournisseur, Refus};
use domain::sujet::Sujet;
use domain::vues::{EtatLien, LienRattachement, RattachementVue};
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

/// « Vous avez déjà un compte », « Choisissez votre adresse de contact ».
#[component]
pub fn RattacherUneIdentite() -> impl IntoView {
    let attend = lire(|| (), |()| lire_rattachement());
    view! {
        <Meta name="robots" content="noindex, nofollow"/>
        <Lecture
            ressource=attend
            sujets=rien
            vue=|attend| match attend.get_untracked() {
                Some(attend) => view! { <Question attend/> }.into_any(),
                None => view! { <Perime/> }.into_any(),
            }
        />
    }
}

/// What is being typed is not made anew.
const fn rien<T>(_: &T, _: &Depart) -> Vec<Sujet> {
    Vec::new()
}

#[component]
fn Question(attend: RattachementVue) -> impl IntoView {
    let RattachementVue { fournisseur, email, existe } = attend;
    let plateforme = fournisseur.libelle();
    let titre =
        if existe { "Vous avez déjà un compte" } else { "Choisissez votre adresse de contact" };
    let agents = (fournisseur == Fournisseur::ProConnect).then(|| {
        view! {
            <div class="fr-alert fr-alert--info fr-alert--sm fr-mb-3w">
                <p>
                    "Aucun compte d'agent n'est connu à l'adresse que ProConnect nous a transmise. Si vous devez instruire ou administrer une démarche, demandez à l'un de ses administrateurs d'ajouter cette adresse, puis identifiez-vous à nouveau. Vous pouvez continuer comme usager."
                </p>
            </div>
        }
    });
    let corps = if existe {
        view! { <Existe plateforme email=email.clone()/> }.into_any()
    } else {
        view! { <Nouvelle plateforme email=email.clone()/> }.into_any()
    };
    view! {
        <TitreFenetre parties=vec![titre.to_owned()]/>
        <div class="rdv-connexion">
            <TitrePage>{titre}</TitrePage>
            {agents}
            {corps}
        </div>
    }
}

/// An account uses the address that the platform told.
#[component]
fn Existe(plateforme: &'static str, email: String) -> impl IntoView {
    let lien = email.clone();
    view! {
        <p>
            "Un compte utilise déjà l'adresse " <strong class="rdv-cesure">{email.clone()}</strong>
            ". Pour y rattacher votre identité " {plateforme}
            ", prouvez une fois qu'il est à vous. Vous retrouverez vos dossiers, et la prochaine fois "
            {plateforme} " suffira."
        </p>
        <h2 class="fr-h5">"Avec le mot de passe du compte"</h2>
        <ParMotDePasse email/>
        <h2 class="fr-h5 fr-mt-4w">"Avec un lien envoyé à cette adresse"</h2>
        <form method="post" action=Chemin::RattacherParAdresse.patron()>
            <input type="hidden" name="email" value=lien/>
            <button class="fr-btn fr-btn--secondary" type="submit">"Recevoir le lien"</button>
        </form>
        <h2 class="fr-h5 fr-mt-4w">"Ce compte n'est pas à vous\u{a0}?"</h2>
        <p>
            "Une adresse peut être partagée. Choisissez-en une autre\u{a0}: un nouveau compte sera ouvert une fois cette adresse confirmée."
        </p>
        <ParAdresse
            libelle="Une autre adresse électronique\u{a0}*"
            bouton="Continuer avec cette adresse"
            email=String::new()
        />
    }
}

/// Nobody uses the address that the platform told.
#[component]
fn Nouvelle(plateforme: &'static str, email: String) -> impl IntoView {
    let phrase = if email.is_empty() {
        "À quelle adresse électronique devons-nous vous écrire\u{a0}? Un lien y sera envoyé pour la confirmer."
    } else {
        "À quelle adresse électronique devons-nous vous écrire\u{a0}? Si vous changez celle-ci, un lien y sera envoyé pour la confirmer."
    };
    view! {
        <p>"C'est la première fois que vous venez ici avec " {plateforme} ". " {phrase}</p>
        <ParAdresse libelle="Adresse électronique\u{a0}*" bouton="Continuer avec cette adresse" email/>
        <h2 class="fr-h5 fr-mt-4w">"Vous avez déjà un compte à une autre adresse\u{a0}?"</h2>
        <p>
            "Connectez-vous une fois avec son mot de passe\u{a0}: votre identité " {plateforme}
            " y sera rattachée."
        </p>
        <ParMotDePasse email=String::new()/>
    }
}

/// What was refused of the form at `action`: its address, and why.
fn refuse(action: Chemin<'_>) -> (Option<String>, Option<String>) {
    let refus = refus_de(action.patron());
    let email = refus.as_ref().and_then(|refus| refus.valeur("email")).map(str::to_owned);
    (email, refus.map(|refus| refus.erreur.to_string()))
}

#[component]
fn ParMotDePasse(email: String) -> impl IntoView {
    let (saisi, erreur) = refuse(Chemin::RattacherParMotDePasse);
    view! {
        <form method="post" action=Chemin::RattacherParMotDePasse.patron()>
            {erreur.map(|texte| view! { <Alerte texte/> })}
            <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
            <div class="fr-input-group">
                <label class="fr-label" for="compte-email">
                    "Adresse électronique du compte\u{a0}*"
                    <span class="fr-hint-text">"Format attendu\u{a0}: nom@domaine.fr"</span>
                </label>
                <input
                    class="fr-input"
                    id="compte-email"
                    name="email"
                    type="text"
                    inputmode="email"
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-required="true"
                    value=saisi.unwrap_or(email)
                />
            </div>
            <ChampMotDePasse id="password" autocomplete="current-password"/>
            <button class="fr-btn" type="submit">"Se connecter et rattacher"</button>
        </form>
    }
}

#[component]
fn ParAdresse(libelle: &'static str, bouton: &'static str, email: String) -> impl IntoView {
    let (saisi, erreur) = refuse(Chemin::RattacherParAdresse);
    let refusee = erreur.is_some();
    view! {
        <form method="post" action=Chemin::RattacherParAdresse.patron()>
            <div class="fr-input-group" class:fr-input-group--error=refusee>
                <label class="fr-label" for="contact-email">
                    {libelle}
                    <span class="fr-hint-text">"Format attendu\u{a0}: nom@domaine.fr"</span>
                </label>
                <input
                    class="fr-input"
                    class:fr-input--error=refusee
                    id="contact-email"
                    name="email"
                    type="text"
                    inputmode="email"
                    autocomplete="email"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-required="true"
                    aria-invalid=refusee.then_some("true")
                    aria-describedby=refusee.then_some("contact-email-erreur")
                    autofocus=refusee
                    value=saisi.unwrap_or(email)
                />
                {erreur.map(|texte| {
                    view! { <p class="fr-error-text" id="contact-email-erreur">{texte}</p> }
                })}
            </div>
            <button class="fr-btn" type="submit">{bouton}</button>
        </form>
    }
}

/// What waited no longer does.
#[component]
fn Perime() -> impl IntoView {
    navigateur::statut(410);
    view! {
        <TitreFenetre parties=vec!["Connexion expirée".to_owned()]/>
        <div class="rdv-connexion">
            <TitrePage>"Cette connexion a expiré"</TitrePage>
            <p>
                "Elle a été terminée dans un autre onglet, ou elle a été commencée il y a plus de quinze minutes ou dans un autre navigateur. Rien n'a été changé."
            </p>
            <A href=Chemin::Connexion.to_string() attr:class="fr-btn">"Recommencer"</A>
        </div>
    }
}

/// « Consultez votre messagerie »: the same, whatever address was typed.
#[component]
pub fn RattachementEnvoye() -> impl IntoView {
    view! {
        <TitreFenetre parties=vec!["Consultez votre messagerie".to_owned()]/>
        <div class="rdv-connexion">
            <TitrePage>"Consultez votre messagerie électronique"</TitrePage>
            <p>
                "Si cette adresse peut recevoir nos messages, un lien vient de lui être envoyé. Ouvrez-le dans ce navigateur\u{a0}: il sert une seule fois et reste valable quinze minutes."
            </p>
            <p>
                "Vous ne voyez rien arriver\u{a0}? Attendez quelques minutes, puis regardez dans les courriers indésirables et vérifiez l'adresse saisie."
            </p>
            <A href=Chemin::Rattachement.to_string() attr:class="fr-btn fr-btn--secondary">
                "Revenir à la page précédente"
            </A>
        </div>
    }
}

/// The page of the link of a mail. Opening it uses nothing up: its button does.
#[component]
pub fn LienDeRattachement() -> impl IntoView {
    let jeton = use_params_map().with_untracked(|p| p.get("jeton")).unwrap_or_default();
    let demande = jeton.clone();
    let lu = lire(|| (), move |()| lire_lien_de_rattachement(demande.clone()));
    view! {
        <Meta name="robots" content="noindex, nofollow"/>
        <Lecture
            ressource=lu
            sujets=rien
            vue=move |lu| match lu.get_untracked() {
                EtatLien::Ouvert(lien) => view! { <Confirmer lien jeton/> }.into_any(),
                EtatLien::Ailleurs(fournisseur) => view! { <Ailleurs fournisseur/> }.into_any(),
                EtatLien::Perime => view! { <Perime/> }.into_any(),
            }
        />
    }
}

/// Opened in another browser than the one that proved the identity.
#[component]
fn Ailleurs(fournisseur: Fournisseur) -> impl IntoView {
    navigateur::statut(403);
    let titre = "Ce lien s'ouvre dans un autre navigateur";
    view! {
        <TitreFenetre parties=vec![titre.to_owned()]/>
        <div class="rdv-connexion">
            <TitrePage>{titre}</TitrePage>
            <p>{Refus::AutreNavigateur.phrase(fournisseur)}</p>
            <A href=Chemin::Connexion.to_string() attr:class="fr-btn fr-btn--secondary">"Se connecter"</A>
        </div>
    }
}

#[component]
fn Confirmer(lien: LienRattachement, jeton: String) -> impl IntoView {
    let LienRattachement { fournisseur, email, existe } = lien;
    let plateforme = fournisseur.libelle();
    let (_, erreur) = refuse(Chemin::RattacherParLien);
    let (titre, phrase, bouton) = if existe {
        (
            "Rattacher votre identité à votre compte",
            format!("Votre identité {plateforme} ouvrira désormais le compte\u{a0}:"),
            "Rattacher mon identité",
        )
    } else {
        (
            "Confirmer votre adresse de contact",
            format!(
                "Un compte va être ouvert pour votre identité {plateforme}, avec l'adresse\u{a0}:"
            ),
            "Confirmer cette adresse",
        )
    };
    view! {
        <TitreFenetre parties=vec![titre.to_owned()]/>
        <div class="rdv-connexion">
            <TitrePage>{titre}</TitrePage>
            {erreur.map(|texte| view! { <Alerte texte/> })}
            <p>{phrase} " " <strong class="rdv-cesure">{email}</strong></p>
            <form method="post" action=Chemin::RattacherParLien.patron()>
                <input type="hidden" name="jeton" value=jeton/>
                <button class="fr-btn" type="submit">{bouton}</button>
            </form>
        </div>
    }
}
