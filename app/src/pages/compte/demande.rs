//! « Créer un compte », « Mot de passe oublié »: asking for a link.

use super::retour::{avec_retour, retour};
use crate::api::compte::DemanderUnLien;
use crate::formulaire::saisie::{ChampLigne, Libelle};
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::page::contexte::AuDepart;
use crate::page::service;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::Champ;
use domain::chemin::Chemin;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;

const EMAIL: Libelle = Libelle::new(Champ::Email, "email", "Adresse électronique\u{a0}*")
    .indice("Format attendu\u{a0}: nom@domaine.fr")
    .remplissage("email");

/// « Créer un compte ».
#[component]
pub fn CreerUnCompte() -> impl IntoView {
    view! {
        <Demande
            titre="Créer un compte"
            phrase="Saisissez votre adresse électronique\u{a0}: vous recevrez un lien pour choisir votre mot de passe et ouvrir votre compte."
            connexion="Vous avez déjà un compte\u{a0}? Se connecter"
        />
    }
}

/// « Mot de passe oublié ».
#[component]
pub fn MotDePasseOublie() -> impl IntoView {
    view! {
        <Demande
            titre="Mot de passe oublié"
            phrase="Saisissez l'adresse électronique de votre compte\u{a0}: vous recevrez un lien pour choisir un nouveau mot de passe."
            connexion="Revenir à la page de connexion"
        />
    }
}

#[component]
fn Demande(
    titre: &'static str,
    phrase: &'static str,
    /// What leads to the page to sign in at.
    connexion: &'static str,
) -> impl IntoView {
    let depart = use_context::<AuDepart>();
    // Not a reactive value: what is awaited may last longer than what made it.
    let retour = retour();
    view! {
        <TitreFenetre parties=vec![titre.to_owned()]/>
        <Suspense>
            {Suspend::new(async move {
                if let Some(AuDepart(depart)) = depart
                    && let Ok(depart) = depart.await
                {
                    provide_context(depart);
                }
                view! {
                    <div class="rdv-connexion">
                        <TitrePage>{titre}</TitrePage>
                        <p>{phrase}</p>
                        <Formulaire retour=retour.clone()/>
                        <p class="fr-mt-3w">
                            <A href=avec_retour(Chemin::Connexion.patron(), &retour)>{connexion}</A>
                        </p>
                    </div>
                }
            })}
        </Suspense>
    }
}

#[component]
fn Formulaire(retour: String) -> impl IntoView {
    let suivi = Suivi::servi::<DemanderUnLien>();
    view! {
        <form method="post" action=DemanderUnLien::url()>
            <AlerteFormulaire suivi champ=Champ::Email/>
            <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
            <PageDuFormulaire/>
            <input type="hidden" name="retour" value=retour/>
            <ChampLigne libelle=EMAIL suivi/>
            <BoutonEnvoyer texte="Recevoir le lien" suivi/>
        </form>
    }
}

/// What is said to everybody who asked, whether or not they have an account.
#[component]
pub fn MessageEnvoye() -> impl IntoView {
    view! {
        <TitreFenetre parties=vec!["Consultez votre messagerie".to_owned()]/>
        <div class="rdv-connexion">
            <TitrePage>"Consultez votre messagerie électronique"</TitrePage>
            <p>
                "Si cette adresse peut recevoir nos messages, un lien vient de lui être envoyé. Il sert une seule fois et reste valable 24 heures."
            </p>
            <p>
                "Vous ne voyez rien arriver\u{a0}? Attendez quelques minutes, puis regardez dans les courriers indésirables et vérifiez l'adresse saisie."
            </p>
            <A href=Chemin::Connexion.to_string() attr:class="fr-btn fr-btn--secondary">
                "Revenir à la page de connexion"
            </A>
        </div>
    }
}
