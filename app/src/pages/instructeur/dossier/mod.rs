//! The header of a dossier and its tabs, for an instructeur.

mod gestes;
mod imprimer;
mod onglets;
mod ouvert;

pub use imprimer::ImprimerLeDossier;
pub use onglets::{
    AnnotationsInstructeur, AvisDuDossier, DemandeInstructeur, MessagerieInstructeur,
    PersonnesInstructeur, PiecesInstructeur, ReaffectationDuDossier,
};

use self::gestes::choisir::RefusDeChoisir;
use self::gestes::correction::DemanderCorrection;
use self::gestes::instruire::Instruire;
use self::gestes::proposer::Proposer;
use self::gestes::reproposer::SansReponse;
use self::gestes::suivre::Suivre;
use self::gestes::telecharger::ImprimerTelecharger;
use self::ouvert::DossierOuvert;
use crate::api::instructeur::dossier::entete_instructeur;
use crate::components::badge::Badges;
use crate::components::dossier::entete::{VersSonOnglet, faits, sujets};
use crate::components::dossier::expiration::{DateExpiration, ExpireBientot};
use crate::components::lien::LienExterne;
use crate::depart::Depart;
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::erreur::Introuvable;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::onglets::{Onglet, Onglets};
use crate::page::titre::TitrePage;
use domain::chemin::{self, Chemin};
use domain::francais;
use domain::ids::DossierNumero;
use domain::role::Role;
use domain::sujet::Sujet;
use domain::vues::{Ailleurs, Entete};
use leptos::prelude::*;
use leptos_router::components::Outlet;

/// A dossier: its header, and the tab chosen.
#[component]
pub fn DossierInstructeur() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || match numero.get() {
        Some(numero) => view! { <Dossier numero/> }.into_any(),
        None => view! { <Introuvable/> }.into_any(),
    }
}

/// Leads to the first tab.
#[component]
pub fn VersDemande() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    let entete = DossierOuvert::entete();
    move || {
        let (numero, entete) = numero.get().zip(entete)?;
        let adresse = Chemin::Onglet(numero, chemin::Onglet::Demande).to_string();
        Some(view! { <VersSonOnglet entete adresse/> })
    }
}

#[component]
fn Dossier(numero: DossierNumero) -> impl IntoView {
    let entete = lire(|| (), move |()| entete_instructeur(numero));
    DossierOuvert::fournir(entete);
    view! {
        <Lecture
            ressource=entete
            sujets=move |entete: &Entete, depart: &Depart| {
                let mut sujets = sujets(numero, depart);
                // Switching the feature on or off shows or hides « Proposer un rendez-vous ».
                sujets.push(Sujet::Demarche(entete.demarche));
                sujets
            }
            faits
            change_par_la_personne=true
            vue=|entete| view! { <EnTete entete/> }.into_any()
        />
        <Outlet/>
    }
}

#[component]
fn EnTete(entete: Signal<Entete>) -> impl IntoView {
    let (numero, liste, titre) =
        entete.with_untracked(|e| (e.numero, e.liste.clone(), e.titre.clone()));
    // What belongs to another platform is examined there, and never changes sides.
    let ici = entete.with_untracked(|e| e.ailleurs.is_none());
    let decision = move || {
        entete.with(|e| e.decision.as_ref().map(|decision| decision.le)).map(|le| {
            view! {
                <p class="fr-text--sm fr-mb-0">"Décision du " {francais::date(le.date())}</p>
            }
        })
    };
    view! {
        <FilAriane
            parents=vec![
                (Chemin::DemarchesSuivies.to_string(), "Démarches".to_owned()),
                (liste, titre.clone()),
            ]
            ici=format!("Dossier n°\u{a0}{numero}")
        />
        <div class="rdv-entete-dossier">
            <TitrePage>"Dossier n°\u{a0}" {numero.to_string()}</TitrePage>
            <p class="fr-text--lg fr-mb-1w rdv-cesure">{titre}</p>
            <p class="fr-mb-1w">
                {move || entete.with(|e| view! { <Badges etat=e.etat tag=e.tag correction=e.correction/> })}
            </p>
            <DateExpiration entete/>
            {decision}
            <RefusDeChoisir/>
            <div class="rdv-actions">
                <Suivre entete/>
                <Proposer entete/>
                {ici.then(|| view! { <DemanderCorrection entete/> <Instruire entete/> })}
                <OuvrirAilleurs entete/>
                <ImprimerTelecharger numero/>
            </div>
        </div>
        <ExpireBientot entete cote=Role::Instructeur/>
        <SansReponse entete/>
        {move || entete.with(|e| e.adresse_refusee.as_ref().map(adresse_refusee))}
        {move || entete.with(|e| e.ailleurs.as_ref().is_some_and(|a| a.suppression_demandee)).then(suppression_demandee)}
        <Onglets
            nom="Rubriques du dossier"
            onglets=Signal::derive(move || entete.with(onglets))
        />
    }
}

/// Where a dossier of another platform is examined.
#[component]
fn OuvrirAilleurs(entete: Signal<Entete>) -> impl IntoView {
    let Ailleurs { adresse, numero: la_bas, .. } = entete.with_untracked(|e| e.ailleurs.clone())?;
    let texte = "Ouvrir dans Démarches Simplifiées";
    let texte = if entete.with_untracked(|e| e.numero.0 == la_bas) {
        texte.to_owned()
    } else {
        format!("{texte} (n°\u{a0}{la_bas})")
    };
    Some(view! {
        <LienExterne href=adresse texte class="fr-btn fr-btn--secondary"/>
    })
}

/// That the dossier is about to go, there.
fn suppression_demandee() -> impl IntoView {
    view! {
        <div class="fr-alert fr-alert--warning fr-alert--sm fr-mb-3w">
            <p>
                "La suppression de ce dossier a été demandée dans Démarches Simplifiées. Le lien de la proposition est \
                fermé tant qu'il n'y est pas restauré\u{a0}; un rendez-vous déjà pris n'est pas annulé."
            </p>
        </div>
    }
}

/// That our mails do not reach the usager: they must hear otherwise.
fn adresse_refusee((adresse, raison): &(String, String)) -> impl IntoView + use<> {
    view! {
        <div class="fr-alert fr-alert--warning fr-alert--sm fr-mb-3w">
            <p class="rdv-cesure">
                "Cette adresse n'a pas pu recevoir notre courriel\u{a0}: "
                <strong>{adresse.clone()}</strong> ". " {raison.clone()}
                " L'usager n'est prévenu de rien par courriel\u{a0}: joignez-le autrement."
            </p>
        </div>
    }
}

fn onglets(entete: &Entete) -> Vec<Onglet> {
    let numero = entete.numero;
    let onglet = |lequel, texte, pastille| Onglet {
        adresse: Chemin::Onglet(numero, lequel).to_string(),
        texte,
        pastille,
    };
    let pieces = entete.pieces_non_vues.then_some("nouvelle pièce jointe");
    let annotations = entete.annotations_non_vues.then_some("annotation modifiée");
    let messages = entete.messages_non_vus.then_some("nouveau message");
    let demande = entete.demande_non_vue.then_some("dossier modifié");
    if entete.ailleurs.is_some() {
        // The rest is on its platform.
        return vec![
            onglet(chemin::Onglet::Demande, "Demande", demande),
            onglet(chemin::Onglet::Messagerie, "Messagerie", messages),
            onglet(chemin::Onglet::Personnes, "Personnes impliquées", None),
        ];
    }
    vec![
        onglet(chemin::Onglet::Demande, "Demande", demande),
        onglet(chemin::Onglet::PiecesJointes, "Pièces jointes", pieces),
        onglet(chemin::Onglet::Annotations, "Annotations privées", annotations),
        onglet(chemin::Onglet::Avis, "Avis externes", entete.avis_non_vus.then_some("nouvel avis")),
        onglet(chemin::Onglet::Messagerie, "Messagerie", messages),
        onglet(chemin::Onglet::Personnes, "Personnes impliquées", None),
        onglet(chemin::Onglet::Reaffectation, "Réaffectation", None),
    ]
}
