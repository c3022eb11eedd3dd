//! The header of a dossier and its tabs.

mod corriger;
mod demande;
mod messagerie;
mod modifier;
mod ouvert;
mod rendez_vous;
mod resume;

pub use demande::DemandeUsager;
pub use messagerie::MessagerieUsager;
pub use modifier::ModifierLeDossier;
pub use rendez_vous::RendezVousUsager;
pub use resume::ResumeUsager;

use self::corriger::Corriger;
use self::ouvert::DossierOuvert;
use super::depot::{InviterUnePersonne, PersonnesInvitees};
use crate::api::usager::dossier::entete_usager;
use crate::components::badge::Badges;
use crate::components::dossier::entete::{VersSonOnglet, faits, sujets};
use crate::components::dossier::expiration::{DateExpiration, ExpireBientot};
use crate::depart::Depart;
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::erreur::Introuvable;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::onglets::{Onglet, Onglets};
use crate::page::titre::TitrePage;
use domain::chemin::Chemin;
use domain::dossier::EtatDossier;
use domain::francais;
use domain::ids::DossierNumero;
use domain::role::Role;
use domain::vues::Entete;
use leptos::prelude::*;
use leptos_router::components::{A, Outlet};

/// A dossier: its header, and the tab chosen.
#[component]
pub fn DossierUsager() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || match numero.get() {
        Some(numero) => view! { <Dossier numero/> }.into_any(),
        None => view! { <Introuvable/> }.into_any(),
    }
}

/// Leads to the first tab.
#[component]
pub fn VersResume() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    let entete = DossierOuvert::entete();
    move || {
        let (numero, entete) = numero.get().zip(entete)?;
        Some(view! { <VersSonOnglet entete adresse=Chemin::Resume(numero).to_string()/> })
    }
}

#[component]
fn Dossier(numero: DossierNumero) -> impl IntoView {
    let entete = lire(|| (), move |()| entete_usager(numero));
    DossierOuvert::fournir(entete);
    view! {
        <Lecture
            ressource=entete
            sujets=move |_: &Entete, depart: &Depart| sujets(numero, depart)
            faits
            change_par_la_personne=true
            vue=|entete| view! { <EnTete entete/> }.into_any()
        />
        <Outlet/>
    }
}

#[component]
fn EnTete(entete: Signal<Entete>) -> impl IntoView {
    let (numero, titre, depose_le) =
        entete.with_untracked(|e| (e.numero, e.titre.clone(), francais::depot(e.depose_le)));
    let invite = entete.with_untracked(|e| e.invite);
    let modifiable = Signal::derive(move || entete.with(|e| e.etat == EtatDossier::EnConstruction));
    let qualite = invite.then(|| {
        view! {
            <p class="fr-text--sm fr-mb-0">
                "Vous êtes invité(e) à modifier ce dossier, déposé par une autre personne."
            </p>
        }
    });
    let inviter = (!invite).then(|| view! { <InviterUnePersonne numero modifiable/> });
    let invites = (!invite).then(|| {
        let invites = Signal::derive(move || entete.with(|e| e.invites.clone()));
        view! { <PersonnesInvitees invites/> }
    });
    let modifier = move || {
        (entete.with(|e| e.etat) == EtatDossier::EnConstruction).then(|| {
            view! {
                <A href=Chemin::Modifier(numero).to_string() attr:class="fr-btn fr-icon-edit-line fr-btn--icon-left">
                    "Modifier le dossier"
                </A>
            }
        })
    };
    view! {
        <FilAriane
            parents=vec![(entete.with_untracked(|e| e.liste.clone()), "Mes dossiers".to_owned())]
            ici=format!("Dossier n°\u{a0}{numero}")
        />
        <div class="rdv-entete-dossier rdv-entete-dossier--actions">
            <div>
                <div class="rdv-entete-dossier__titre">
                    <TitrePage>{titre}</TitrePage>
                    {move || entete.with(|e| view! { <Badges etat=e.etat tag=e.tag correction=e.correction/> })}
                </div>
                <p class="fr-mb-0">
                    "Dossier n°\u{a0}" {numero.to_string()} " - Déposé le " {depose_le}
                </p>
                <DateExpiration entete/>
                {qualite}
            </div>
            <div class="rdv-actions">{inviter} {modifier}</div>
        </div>
        {invites}
        <Corriger entete/>
        <ExpireBientot entete cote=Role::Usager/>
        <Onglets
            nom="Rubriques du dossier"
            onglets=Signal::derive(move || entete.with(onglets))
        />
    }
}

fn onglets(entete: &Entete) -> Vec<Onglet> {
    let numero = entete.numero;
    let onglet = |chemin: Chemin<'_>, texte, pastille| Onglet {
        adresse: chemin.to_string(),
        texte,
        pastille,
    };
    let messages = entete.messages_non_vus.then_some("nouveau message");
    let mut onglets = vec![
        onglet(Chemin::Resume(numero), "Résumé", None),
        onglet(Chemin::Demande(numero), "Demande", None),
        onglet(Chemin::Messagerie(numero), "Messagerie", messages),
    ];
    if entete.onglet_rendez_vous {
        let rendez_vous = entete.rendez_vous_non_vu.then_some("nouveau rendez-vous");
        onglets.push(onglet(Chemin::RendezVous(numero), "Rendez-vous", rendez_vous));
    }
    onglets
}
