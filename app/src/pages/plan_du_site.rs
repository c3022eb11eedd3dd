//! « Plan du site »: where everything begins, for who looks at it.

use crate::api::compte_rdv::ADRESSE as COMPTE_RDV;
use crate::components::site::entete::menu;
use crate::components::site::rubriques::{AFFICHAGE, AIDE, LEGALES, PLAN_DU_SITE};
use crate::page::contexte::AuDepart;
use crate::page::fil_ariane::FilAriane;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::role::Role;
use domain::vues::{EtatCompteRdv, Session};
use leptos::prelude::*;
use leptos_router::components::A;

const TITRE: &str = PLAN_DU_SITE.1;

/// Where those who are not signed in begin.
const VISITEUR: [(&str, &str); 3] = [
    (Chemin::Connexion.patron(), "Se connecter"),
    (Chemin::CreerUnCompte.patron(), "Créer un compte"),
    (Chemin::MotDePasseOublie.patron(), "Mot de passe oublié"),
];

const POUR_L_USAGER: [(&str, &str); 1] =
    [(Chemin::Abonnement.patron(), "Suivre mes rendez-vous dans mon agenda")];

const POUR_L_INSTRUCTEUR: [(&str, &str); 1] =
    [(Chemin::Recherche.patron(), "Rechercher un dossier")];

const POUR_L_ADMINISTRATEUR: [(&str, &str); 2] = [
    (Chemin::EtatDuService.patron(), "État du service"),
    (Chemin::NouveauRaccordement.patron(), "Raccorder une démarche de Démarches Simplifiées"),
];

/// What the menu of a side does not have.
const fn en_plus(role: Role) -> &'static [(&'static str, &'static str)] {
    match role {
        Role::Usager => &POUR_L_USAGER,
        Role::Instructeur => &POUR_L_INSTRUCTEUR,
        Role::Administrateur => &POUR_L_ADMINISTRATEUR,
    }
}

/// What everybody who is signed in has.
const COMPTE: [(&str, &str); 2] =
    [(Chemin::MonCompte.patron(), "Mon compte"), (Chemin::MesDonnees.patron(), "Mes données")];

/// The links of the menu for each of one's roles, then those of the footer.
#[component]
pub fn PlanDuSite() -> impl IntoView {
    let depart = use_context::<AuDepart>();
    view! {
        <TitreFenetre parties=vec![TITRE.to_owned()]/>
        <FilAriane parents=vec![(Chemin::Accueil.to_string(), "Accueil".to_owned())] ici=TITRE/>
        <div class="rdv-etroit">
            <TitrePage>{TITRE}</TitrePage>
            <Suspense>
                {Suspend::new(async move {
                    let session = match depart {
                        Some(AuDepart(depart)) => depart.await.ok().and_then(|depart| depart.session),
                        None => None,
                    };
                    match session {
                        Some(session) => espaces(&session).into_any(),
                        None => rubrique("Votre compte", VISITEUR).into_any(),
                    }
                })}
            </Suspense>
            {rubrique("À propos du site", [AIDE, AFFICHAGE].into_iter().chain(LEGALES))}
        </div>
    }
}

fn espaces(session: &Session) -> impl IntoView + use<> {
    let compte_rdv = (session.compte_rdv != EtatCompteRdv::Indisponible)
        .then_some((COMPTE_RDV, "Mon compte RDV Service Public"));
    let compte = rubrique("Votre compte", COMPTE.into_iter().chain(compte_rdv));
    let roles = session
        .roles
        .iter()
        .map(|role| rubrique(titre(*role), menu(*role).iter().chain(en_plus(*role)).copied()))
        .collect_view();
    view! {
        {roles}
        {compte}
    }
}

const fn titre(role: Role) -> &'static str {
    match role {
        Role::Usager => "Espace usager",
        Role::Instructeur => "Espace instructeur",
        Role::Administrateur => "Espace administrateur",
    }
}

fn rubrique(
    titre: &'static str,
    liens: impl IntoIterator<Item = (&'static str, &'static str)>,
) -> impl IntoView {
    let liens = liens
        .into_iter()
        .map(|(adresse, texte)| {
            view! {
                <li>
                    <A href=adresse>{texte}</A>
                </li>
            }
        })
        .collect_view();
    view! {
        <h2 class="fr-h4">{titre}</h2>
        <ul>{liens}</ul>
    }
}
