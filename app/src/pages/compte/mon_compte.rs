//! « Mon compte »: where one is signed in, which browsers are trusted.

use crate::api::mon_compte::{
    EffacerMonCompte, FermerLaSession, FermerLesAutresSessions, FermerToutesLesSessions,
    OublierLeNavigateur, mon_compte,
};
use crate::depart::Depart;
use crate::formulaire::saisie::{ChampLigne, Fait, Libelle};
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::page::contexte::lire;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use crate::pages::compte::identites::MesIdentites;
use crate::pages::compte::retour::avec_retour;
use chrono::NaiveDateTime;
use domain::Champ;
use domain::chemin::Chemin;
use domain::francais;
use domain::rendez_vous::Horaire;
use domain::sujet::Sujet;
use domain::vues::{MonCompte as Vue, NavigateurVu, SessionVue};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;

/// The page.
#[component]
pub fn MonCompte() -> impl IntoView {
    let lu = lire(|| (), |()| mon_compte());
    view! {
        <Lecture
            ressource=lu
            sujets=|_: &Vue, depart: &Depart| {
                depart.session.iter().map(|session| Sujet::Compte(session.compte)).collect()
            }
            vue=|lu| view! { <Contenu lu/> }.into_any()
        />
    }
}

#[component]
fn Contenu(lu: Signal<Vue>) -> impl IntoView {
    let une = Suivi::servi::<FermerLaSession>();
    let oubli = Suivi::servi::<OublierLeNavigateur>();
    view! {
        <TitreFenetre parties=vec!["Mon compte".to_owned()]/>
        <FilAriane parents=vec![(Chemin::Accueil.to_string(), "Accueil".to_owned())] ici="Mon compte"/>
        <div class="rdv-etroit">
            <TitrePage>"Mon compte"</TitrePage>
            <AlerteFormulaire suivi=une/>
            <AlerteFormulaire suivi=oubli/>
            <Fait action=FermerLaSession::url() phrase="La session est fermée."/>
            <Fait action=FermerLesAutresSessions::url() phrase="Les autres sessions sont fermées."/>
            <Fait
                action=OublierLeNavigateur::url()
                phrase="Ce navigateur n'est plus de confiance."
            />
            <p>
                "Adresse électronique\u{a0}: "
                <strong class="rdv-cesure">{move || lu.with(|lu| lu.email.clone())}</strong>
            </p>
            <p>
                <A href=Chemin::MotDePasseOublie.to_string()>"Changer de mot de passe"</A>
                "\u{a0}: un lien vous est envoyé. Vos autres sessions sont alors fermées, et plus aucun navigateur n'est de confiance."
            </p>
            {move || lu.with(sessions)}
            {move || lu.with(navigateurs)}
            <MesIdentites prouvee=lu.with_untracked(|lu| lu.prouvee)/>
            <h2 class="fr-h4">"Mes données"</h2>
            <p>
                "Tout ce que le service conserve à votre sujet, dans une archive préparée à part. "
                <A href=Chemin::MesDonnees.to_string()>"Demander ou télécharger mes données"</A>
            </p>
            {move || {
                let (email, prouvee) = lu.with(|lu| (lu.email.clone(), lu.prouvee));
                view! { <Effacer email prouvee/> }
            }}
        </div>
    }
}

fn dit(local: NaiveDateTime) -> String {
    francais::date_heure(&Horaire { local, fuseau: None })
}

fn nomme(navigateur: &str) -> String {
    if navigateur.is_empty() { "Navigateur inconnu".to_owned() } else { navigateur.to_owned() }
}

/// Where one is signed in.
fn sessions(lu: &Vue) -> AnyView {
    let duree = if lu.agent {
        "Une session dure douze heures au plus. Vous n'en reconnaissez pas une\u{a0}? Fermez-la et changez de mot de passe."
    } else {
        "Une session dure deux semaines après la dernière visite. Vous n'en reconnaissez pas une\u{a0}? Fermez-la et changez de mot de passe."
    };
    let lignes = lu.sessions.iter().map(session).collect_view();
    let autres = (lu.sessions.len() > 1).then(|| {
        view! {
            <form method="post" action=FermerLesAutresSessions::url()>
                <PageDuFormulaire/>
                <button class="fr-btn fr-btn--secondary" type="submit">
                    "Fermer les autres sessions"
                </button>
            </form>
        }
    });
    view! {
        <h2 class="fr-h4">"Mes sessions"</h2>
        <p>{duree}</p>
        <ul class="fr-raw-list" id="sessions">{lignes}</ul>
        <div class="rdv-boutons">
            {autres}
            <form method="post" action=FermerToutesLesSessions::url()>
                <PageDuFormulaire/>
                <button class="fr-btn fr-btn--tertiary" type="submit">
                    "Fermer toutes mes sessions"
                </button>
            </form>
        </div>
        <p class="fr-hint-text fr-mb-4w">
            "«\u{a0}Fermer toutes mes sessions\u{a0}» vous déconnecte aussi de ce navigateur."
        </p>
    }
    .into_any()
}

fn session(session: &SessionVue) -> impl IntoView + use<> {
    let nom = nomme(&session.navigateur);
    let vue =
        session.vue_le.map(|le| format!(", utilisée pour la dernière fois vers le {}", dit(le)));
    let presente = session
        .presente
        .then(|| view! { " " <span class="fr-badge fr-badge--sm fr-badge--info fr-badge--no-icon">"Celle-ci"</span> });
    view! {
        <li class="fr-mb-2w" id=format!("session-{}", session.reference)>
            <p class="fr-mb-1v"><strong>{nom.clone()}</strong> {presente}</p>
            <p class="fr-text--sm fr-mb-1v">
                "Ouverte le " {dit(session.ouverte_le)} " par «\u{a0}" {session.moyen.libelle()}
                "\u{a0}»" {vue} "."
            </p>
            <form method="post" action=FermerLaSession::url()>
                <PageDuFormulaire/>
                <input type="hidden" name="session" value=session.reference.clone()/>
                <button
                    class="fr-btn fr-btn--tertiary fr-btn--sm"
                    type="submit"
                    title=format!("Fermer la session {nom} ouverte le {}", dit(session.ouverte_le))
                >
                    "Fermer"
                </button>
            </form>
        </li>
    }
}

/// Which browsers are trusted: of agents only, unless some are.
fn navigateurs(lu: &Vue) -> Option<AnyView> {
    if !lu.second_facteur && lu.navigateurs.is_empty() {
        return None;
    }
    let corps = if lu.navigateurs.is_empty() {
        view! { <p>"Aucun navigateur n'est de confiance."</p> }.into_any()
    } else {
        let lignes = lu.navigateurs.iter().map(navigateur).collect_view();
        view! { <ul class="fr-raw-list" id="navigateurs">{lignes}</ul> }.into_any()
    };
    Some(
        view! {
            <h2 class="fr-h4">"Mes navigateurs de confiance"</h2>
            <p>
                "Avec eux, aucun lien ne vous est demandé avant d'ouvrir des dossiers. Retirez celui d'un appareil perdu, vendu ou partagé."
            </p>
            {corps}
        }
        .into_any(),
    )
}

fn navigateur(navigateur: &NavigateurVu) -> impl IntoView + use<> {
    let nom = nomme(&navigateur.navigateur);
    view! {
        <li class="fr-mb-2w" id=format!("navigateur-{}", navigateur.id)>
            <p class="fr-mb-1v"><strong>{nom.clone()}</strong></p>
            <p class="fr-text--sm fr-mb-1v">
                "De confiance du " {dit(navigateur.depuis)} " au " {dit(navigateur.fin)} "."
            </p>
            <form method="post" action=OublierLeNavigateur::url()>
                <PageDuFormulaire/>
                <input type="hidden" name="navigateur" value=navigateur.id.to_string()/>
                <button
                    class="fr-btn fr-btn--tertiary fr-btn--sm"
                    type="submit"
                    title=format!("Ne plus faire confiance à {nom}, du {}", dit(navigateur.depuis))
                >
                    "Ne plus lui faire confiance"
                </button>
            </form>
        </li>
    }
}

const CERTITUDE: Libelle =
    Libelle::new(Champ::Certitude, "certitude", "Recopiez l'adresse électronique du compte\u{a0}*");

/// « Fermer et effacer mon compte »: what it does is said before.
#[component]
fn Effacer(
    /// Its address.
    email: String,
    /// Whether its owner proved a moment ago that it is them.
    prouvee: bool,
) -> impl IntoView {
    let suivi = Suivi::servi::<EffacerMonCompte>();
    let geste = if prouvee {
        view! {
            <form method="post" action=EffacerMonCompte::url()>
                <AlerteFormulaire suivi champ=Champ::Certitude/>
                <PageDuFormulaire/>
                <p class="rdv-cesure"><strong>{email}</strong></p>
                <ChampLigne libelle=CERTITUDE suivi/>
                <button class="fr-btn fr-btn--secondary" type="submit">"Effacer mon compte"</button>
            </form>
        }
        .into_any()
    } else {
        let adresse =
            avec_retour(Chemin::Preuve.patron(), &format!("{}#effacer", Chemin::MonCompte));
        view! {
            <AlerteFormulaire suivi/>
            <p>"Avant de l'effacer, vous devez confirmer que c'est bien vous."</p>
            <p>
                <a class="fr-btn fr-btn--secondary" href=adresse>"Confirmer et effacer mon compte"</a>
            </p>
        }
        .into_any()
    };
    view! {
        <h2 class="fr-h4" id="effacer">"Fermer et effacer mon compte"</h2>
        <p>"Tout de suite, et sans retour possible\u{a0}:"</p>
        <ul>
            <li>"vos sessions sont fermées, vos navigateurs, vos identités et votre compte RDV Service Public sont détachés\u{a0};"</li>
            <li>"vos brouillons et leurs fichiers, vos abonnements, vos exports et vos réglages sont effacés\u{a0};"</li>
            <li>"votre adresse, votre nom et votre mot de passe sont effacés du compte."</li>
        </ul>
        <p>
            "Les dossiers que vous avez déposés appartiennent à l'administration\u{a0}: la loi lui fait conserver ce qui a servi à décider, avec les messages et les décisions. Vous ne pourrez plus les lire ici. Si vous ne voulez pas qu'un dossier encore en construction soit examiné, supprimez-le d'abord."
        </p>
        <p>
            "De même, ce que vous avez écrit dans les dossiers d'autres personnes, comme invité(e), expert(e) ou agent, y reste\u{a0}: on vous y a répondu, et cela a pu servir à décider. Votre nom et votre adresse y sont remplacés par «\u{a0}Compte supprimé\u{a0}». Le journal des actions garde un numéro, sans votre nom."
        </p>
        <p>
            "Si vous êtes le dernier administrateur d'une démarche ou le dernier instructeur d'un groupe, faites d'abord ajouter quelqu'un\u{a0}: rien n'est effacé sinon."
        </p>
        {geste}
    }
}

/// Once it is done.
#[component]
pub fn CompteEfface() -> impl IntoView {
    view! {
        <TitreFenetre parties=vec!["Compte effacé".to_owned()]/>
        <div class="rdv-connexion">
            <TitrePage>"Votre compte est effacé"</TitrePage>
            <p>"Un courriel vous le confirme. Vous pouvez fermer cette page."</p>
            <A href=Chemin::Connexion.to_string() attr:class="fr-btn fr-btn--secondary">
                "Revenir à la page de connexion"
            </A>
        </div>
    }
}
