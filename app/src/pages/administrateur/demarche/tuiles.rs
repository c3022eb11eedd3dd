//! The tiles of the management page: each says where it stands and leads to its screen.

use crate::components::badge::{BadgeActivation, BadgeRaccordement, BadgeTuile, Virgule};
use domain::chemin::{Chemin, Ecran};
use domain::identite::Exigence;
use domain::vues::DemarcheAdmin;
use leptos::prelude::*;
use leptos_router::components::A;

/// The two groups of tiles.
#[component]
pub fn Tuiles(
    /// The démarche.
    demarche: Signal<DemarcheAdmin>,
) -> impl IntoView {
    let raccordement = demarche.with_untracked(|d| d.raccordement).map(|_| {
        view! {
            <Tuile
                demarche
                ecran=Ecran::Raccordement
                titre="Démarches Simplifiées"
                desc=|_| "Synchronisation avec la plateforme où sont les dossiers".to_owned()
                etat=|d| d.raccordement.map(|etat| view! { <BadgeRaccordement etat/> }).into_any()
            />
        }
    });
    view! {
        <h3 class="fr-h6">"Indispensable avant publication"</h3>
        <ul class="fr-grid-row fr-grid-row--gutters rdv-tuiles">
            <Tuile
                demarche
                ecran=Ecran::Presentation
                titre="Présentation"
                desc=|_| "Nom, description".to_owned()
                etat=|d| validite(d.presentee)
            />
            <Tuile
                demarche
                ecran=Ecran::Champs
                titre="Champs du formulaire"
                desc=|_| "À remplir par les usagers".to_owned()
                etat=|d| validite(d.champs > 0)
                nombre=|d| Some(d.champs.to_string())
            />
            <Tuile
                demarche
                ecran=Ecran::Service
                titre="Service"
                desc=|d| ou(&d.service, "Qui signe les emails et répond aux usagers")
                etat=|d| validite(!d.service.is_empty())
            />
            <Tuile
                demarche
                ecran=Ecran::Administrateurs
                titre="Administrateurs"
                desc=|_| "Gestion de la démarche".to_owned()
                etat=|d| validite(d.administrateurs > 0)
                nombre=|d| Some(d.administrateurs.to_string())
            />
            <Tuile
                demarche
                ecran=Ecran::Groupes
                titre="Groupe Instructeurs"
                desc=|_| "Suivi des dossiers".to_owned()
                etat=|d| validite(d.instructeurs > 0)
                nombre=|d| Some(d.instructeurs.to_string())
            />
            <Tuile
                demarche
                ecran=Ecran::Historique
                titre="Modifications"
                desc=|_| "Historique des modifications de la démarche".to_owned()
                etat=|_| view! { <BadgeActivation active=true/> }.into_any()
                nombre=|d| Some(d.modifications.to_string())
                action="Voir"
            />
            <Tuile
                demarche
                ecran=Ecran::Consultations
                titre="Consultations"
                desc=|_| "Qui a ouvert quel dossier".to_owned()
                etat=|_| view! { <BadgeActivation active=true/> }.into_any()
                action="Voir"
            />
        </ul>
        <h3 class="fr-h6 fr-mt-4w">"Pour aller plus loin"</h3>
        <ul class="fr-grid-row fr-grid-row--gutters rdv-tuiles">
            <Tuile
                demarche
                ecran=Ecran::Emails
                titre="Configuration des emails"
                desc=|_| "Notifications automatiques".to_owned()
                etat=|d| validite(d.courriels_personnalises == d.courriels)
                nombre=|d| Some(format!("{}\u{a0}/\u{a0}{}", d.courriels_personnalises, d.courriels))
            />
            <Tuile
                demarche
                ecran=Ecran::Annotations
                titre="Annotations privées"
                desc=|_| "Champs à remplir par l'administration".to_owned()
                etat=|d| validite(d.annotations > 0)
                nombre=|d| Some(d.annotations).filter(|n| *n > 0).map(|n| n.to_string())
            />
            <Tuile
                demarche
                ecran=Ecran::Rdv
                titre="RDV Service Public"
                desc=|_| {
                    "Configurer les possibilités de prise de RDV par les instructeurs avec l'utilisateur"
                        .to_owned()
                }
                etat=|d| view! { <BadgeActivation active=d.rdv_active/> }.into_any()
            />
            {raccordement}
            <Tuile
                demarche
                ecran=Ecran::ProConnect
                titre="ProConnect"
                desc=|_| "Demander que l'on s'identifie par ProConnect".to_owned()
                etat=|d| {
                    let active = d.proconnect != Exigence::Aucune;
                    view! { <BadgeActivation active/> }.into_any()
                }
            />
        </ul>
    }
}

/// VALIDÉ, or À CONFIGURER.
fn validite(fait: bool) -> AnyView {
    view! { <BadgeTuile fait texte=if fait { "validé" } else { "à configurer" }/> }.into_any()
}

fn ou(texte: &str, sinon: &str) -> String {
    if texte.is_empty() { sinon.to_owned() } else { texte.to_owned() }
}

/// A tile.
#[component]
fn Tuile(
    /// The démarche.
    demarche: Signal<DemarcheAdmin>,
    /// Its screen.
    ecran: Ecran,
    /// What it is called.
    titre: &'static str,
    /// What it is about.
    desc: fn(&DemarcheAdmin) -> String,
    /// Its badge.
    etat: fn(&DemarcheAdmin) -> AnyView,
    /// How many there are of what it is about.
    #[prop(default = |_| None)]
    nombre: fn(&DemarcheAdmin) -> Option<String>,
    /// What its link says.
    #[prop(default = "Modifier")]
    action: &'static str,
) -> impl IntoView {
    let numero = demarche.with_untracked(|d| d.numero);
    let combien = move || {
        demarche.with(nombre).map(|nombre| {
            view! {
                <Virgule/>
                <span class="fr-tag fr-tag--sm rdv-tuile__nombre">{nombre}</span>
            }
        })
    };
    view! {
        <li class="fr-col-12 fr-col-sm-6 fr-col-lg-3">
            <div class="fr-tile fr-enlarge-link fr-tile--no-icon rdv-tuile">
                <div class="fr-tile__body">
                    <div class="fr-tile__content">
                        <h4 class="fr-tile__title">
                            <A href=Chemin::Ecran(numero, ecran).to_string()>{titre}</A>
                        </h4>
                        <p class="fr-tile__desc rdv-texte">{move || demarche.with(desc)}</p>
                        <p class="fr-tile__detail rdv-tuile__action" aria-hidden="true">{action}</p>
                        <div class="fr-tile__start rdv-badges">
                            {move || demarche.with(etat)} {combien}
                        </div>
                    </div>
                </div>
            </div>
        </li>
    }
}
