//! « Instructeurs » and « Administrateurs » of a démarche: who they are, and how to write to them.

use super::cadre::Cadre;
use crate::api::instructeur::liens::equipe::{
    administrateurs_de_la_demarche, instructeurs_de_la_demarche,
};
use crate::components::copier::BoutonCopier;
use crate::depart::Depart;
use crate::page::adresse::de_la_demarche;
use crate::page::contexte::{du_depart, lire};
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use domain::ids::{CompteId, DemarcheNumero};
use domain::mailto;
use domain::sujet::Sujet;
use domain::vues::{Administrateurs, Equipe, GroupeDEquipe, Membre};
use leptos::prelude::*;

/// Who examines the dossiers of a démarche.
#[component]
pub fn InstructeursDeLaDemarche() -> impl IntoView {
    de_la_demarche(|numero| view! { <LesInstructeurs numero/> }.into_any())
}

/// Who manages a démarche.
#[component]
pub fn AdministrateursSuivis() -> impl IntoView {
    de_la_demarche(|numero| view! { <LesAdministrateurs numero/> }.into_any())
}

#[component]
fn LesInstructeurs(numero: DemarcheNumero) -> impl IntoView {
    let lus = lire(|| (), move |()| instructeurs_de_la_demarche(numero));
    view! {
        <Lecture
            ressource=lus
            sujets=move |_: &Equipe, _: &Depart| vec![Sujet::Demarche(numero)]
            vue=|lus| view! { <Groupes lus/> }.into_any()
        />
    }
}

#[component]
fn LesAdministrateurs(numero: DemarcheNumero) -> impl IntoView {
    let lus = lire(|| (), move |()| administrateurs_de_la_demarche(numero));
    view! {
        <Lecture
            ressource=lus
            sujets=move |_: &Administrateurs, _: &Depart| vec![Sujet::Demarche(numero)]
            vue=|lus| view! { <Gestionnaires lus/> }.into_any()
        />
    }
}

fn moi() -> Option<CompteId> {
    du_depart(|depart| depart.session.as_ref().map(|session| session.compte))
}

#[component]
fn Groupes(lus: Signal<Equipe>) -> impl IntoView {
    let (numero, titre) = lus.with_untracked(|l| (l.numero, l.titre.clone()));
    let moi = moi();
    let tous = Signal::derive(move || {
        lus.with(|l| autres(l.groupes.iter().flat_map(|groupe| &groupe.membres), moi))
    });
    let groupe = move |groupe: Signal<GroupeDEquipe>| {
        let vide = move || {
            groupe.with(|g| g.membres.is_empty()).then(|| {
                view! { <p>"Ce groupe n'a pas encore d'instructeur."</p> }
            })
        };
        let mien = move || {
            groupe.with(|g| g.mien).then(|| {
                view! { <p class="fr-badge fr-badge--sm fr-badge--info">"votre groupe"</p> }
            })
        };
        let membres = Signal::derive(move || groupe.with(|g| g.membres.clone()));
        let autres = Signal::derive(move || groupe.with(|g| autres(&g.membres, moi)));
        view! {
            <li class="rdv-carte">
                <h2 class="fr-h5 fr-mb-1w">
                    "Groupe «\u{a0}" {move || groupe.with(|g| g.nom.clone())} "\u{a0}»"
                </h2>
                {mien}
                {vide}
                <Personnes membres/>
                <EcrireATous
                    adresses=autres
                    texte=move || groupe.with(|g| format!("Écrire au groupe «\u{a0}{}\u{a0}»", g.nom))
                    quoi="les adresses du groupe"
                />
            </li>
        }
        .into_any()
    };
    view! {
        <Cadre numero titre ici="Instructeurs">
            <p>
                "Un dossier n'est vu que par les instructeurs de son groupe. Pour ajouter ou retirer un instructeur, adressez-vous à un administrateur de la démarche."
            </p>
            <EcrireATous
                adresses=tous
                texte=|| "Écrire à tous les instructeurs".to_owned()
                quoi="toutes les adresses"
            />
            <ul class="rdv-cartes">
                <Liste
                    elements=Signal::derive(move || lus.with(|l| l.groupes.clone()))
                    cle=|groupe: &GroupeDEquipe| groupe.id
                    vue=groupe
                />
            </ul>
        </Cadre>
    }
}

#[component]
fn Gestionnaires(lus: Signal<Administrateurs>) -> impl IntoView {
    let (numero, titre) = lus.with_untracked(|l| (l.numero, l.titre.clone()));
    let moi = moi();
    view! {
        <Cadre numero titre ici="Administrateurs">
            <p>
                "Les administrateurs règlent la démarche\u{a0}: formulaire, groupes d'instructeurs, courriels, agenda des rendez-vous. Ils ne lisent pas les dossiers, sauf s'ils sont aussi instructeurs."
            </p>
            <Personnes membres=Signal::derive(move || lus.with(|l| l.membres.clone()))/>
            <EcrireATous
                adresses=Signal::derive(move || lus.with(|l| autres(&l.membres, moi)))
                texte=|| "Écrire à tous les administrateurs".to_owned()
                quoi="toutes les adresses"
            />
        </Cadre>
    }
}

/// Their addresses, each once, without that of the reader.
fn autres<'a>(membres: impl IntoIterator<Item = &'a Membre>, moi: Option<CompteId>) -> Vec<String> {
    let mut adresses: Vec<String> = membres
        .into_iter()
        .filter(|membre| Some(membre.compte) != moi)
        .map(|membre| membre.email.clone())
        .collect();
    adresses.sort_unstable();
    adresses.dedup();
    adresses
}

#[component]
fn Personnes(membres: Signal<Vec<Membre>>) -> impl IntoView {
    let moi = moi();
    let un = move |membre: Signal<Membre>| {
        let (compte, email) = membre.with_untracked(|m| (m.compte, m.email.clone()));
        let nom = move || membre.with(|m| (m.nom != m.email).then(|| m.nom.clone()));
        let en_attente = move || {
            membre.with(|m| m.en_attente).then(|| {
                view! { <span class="fr-badge fr-badge--sm">"compte à ouvrir"</span> }
            })
        };
        view! {
            <li>
                <p class="rdv-personnes__qui">
                    {move || nom().map(|nom| view! { <span class="fr-text--bold rdv-cesure">{nom}</span> })}
                    <a class="rdv-cesure" href=mailto::lien([email.as_str()]) rel="external">
                        {email.clone()}
                    </a>
                    {(moi == Some(compte)).then_some("(vous)")}
                    {en_attente}
                </p>
            </li>
        }
        .into_any()
    };
    view! {
        <ul class="rdv-personnes">
            <Liste elements=membres cle=|membre: &Membre| membre.compte vue=un/>
        </ul>
    }
}

/// One link for all of them, and their addresses to copy: a mail program may not take the link.
#[component]
fn EcrireATous(
    /// Whom to.
    adresses: Signal<Vec<String>>,
    /// What the link says.
    texte: impl Fn() -> String + Send + Sync + Clone + 'static,
    /// What is copied, for those who do not see what stands beside the button.
    quoi: &'static str,
) -> impl IntoView {
    let plusieurs = Memo::new(move |_| adresses.with(|adresses| adresses.len() > 1));
    let lien = move || {
        let texte = texte();
        adresses.with(|adresses| mailto::lien(adresses.iter().map(String::as_str))).map_or_else(
            // Too many for one link.
            || {
                view! {
                    <p class="fr-mb-1w">
                        "Les adresses sont trop nombreuses pour un seul lien\u{a0}: copiez-les dans votre messagerie."
                    </p>
                }
                .into_any()
            },
            |lien| view! { <a class="fr-link" href=lien rel="external">{texte}</a> }.into_any(),
        )
    };
    let a_copier = Signal::derive(move || adresses.with(|adresses| adresses.join(", ")));
    move || {
        let lien = lien.clone();
        plusieurs.get().then(|| {
            view! {
                <div class="rdv-boutons fr-mb-2w">
                    {lien} <BoutonCopier texte=a_copier quoi/>
                </div>
            }
        })
    }
}
