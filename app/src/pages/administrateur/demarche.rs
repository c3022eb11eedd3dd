//! The management page of a démarche.

use crate::api::administrateur::demarche_admin;
use crate::api::session::Depart;
use crate::components::badge::BadgeActivation;
use crate::components::erreur::Introuvable;
use crate::components::fil_ariane::FilAriane;
use crate::components::lecture::Lecture;
use crate::components::texte::numero_espace;
use crate::components::titre::{TitreFenetre, TitrePage};
use crate::contexte::lire;
use crate::pages::adresse;
use domain::francais;
use domain::ids::DemarcheNumero;
use domain::sujet::Sujet;
use domain::vues::DemarcheAdmin;
use leptos::prelude::*;
use leptos_router::components::A;

/// What can be set for a démarche.
#[component]
pub fn DemarcheAdministree() -> impl IntoView {
    let numero = adresse::numero::<DemarcheNumero>();
    move || match numero.get() {
        Some(numero) => view! { <Demarche numero/> }.into_any(),
        None => view! { <Introuvable/> }.into_any(),
    }
}

#[component]
fn Demarche(numero: DemarcheNumero) -> impl IntoView {
    let demarche = lire(|| (), move |()| demarche_admin(numero));
    view! {
        <Lecture
            ressource=demarche
            sujets=move |_: &DemarcheAdmin, _: &Depart| vec![Sujet::Demarche(numero)]
            difference
            vue=|demarche| view! { <Contenu demarche/> }.into_any()
        />
    }
}

fn difference(avant: &DemarcheAdmin, apres: &DemarcheAdmin) -> Option<String> {
    let etat = if apres.rdv_active { "activé" } else { "désactivé" };
    (avant.rdv_active != apres.rdv_active)
        .then(|| format!("La page a été mise à jour\u{a0}: RDV Service Public {etat}."))
}

#[component]
fn Contenu(demarche: Signal<DemarcheAdmin>) -> impl IntoView {
    let (numero, titre) = demarche.with_untracked(|d| (d.numero, d.titre.clone()));
    let publication = move || match demarche.with(|d| d.publiee_le) {
        Some(jour) => view! {
            <p>
                <span class="fr-badge fr-badge--success fr-badge--sm">"publiée"</span>
                " depuis le " {francais::date_courte(jour)}
            </p>
        }
        .into_any(),
        None => {
            view! { <p><span class="fr-badge fr-badge--sm">"non publiée"</span></p> }.into_any()
        }
    };
    view! {
        <TitreFenetre parties=vec!["Gestion".to_owned(), titre.clone()]/>
        <FilAriane
            parents=vec![
                ("/".to_owned(), "Accueil".to_owned()),
                ("/admin/demarches".to_owned(), "Démarches".to_owned()),
            ]
            ici=titre.clone()
        />
        <TitrePage>{titre}</TitrePage>
        {publication}
        <h2 class="fr-h4 fr-mt-4w">
            "Gestion de la démarche N°\u{a0}" {numero_espace(numero.0)}
        </h2>
        <h3 class="fr-h6">"Pour aller plus loin"</h3>
        <div class="fr-grid-row fr-grid-row--gutters">
            <div class="fr-col-12 fr-col-sm-6 fr-col-lg-3">
                <Tuile demarche/>
            </div>
        </div>
    }
}

/// The tile « RDV Service Public ».
#[component]
fn Tuile(demarche: Signal<DemarcheAdmin>) -> impl IntoView {
    let numero = demarche.with_untracked(|d| d.numero);
    view! {
        <div class="fr-tile fr-enlarge-link fr-tile--no-icon rdv-tuile">
            <div class="fr-tile__body">
                <div class="fr-tile__content">
                    <h4 class="fr-tile__title">
                        <A href=format!("/admin/demarches/{numero}/rdv")>"RDV Service Public"</A>
                    </h4>
                    <p class="fr-tile__desc">
                        "Configurer les possibilités de prise de RDV par les instructeurs avec l'utilisateur"
                    </p>
                    <p class="fr-tile__detail rdv-tuile__action">"Modifier"</p>
                    <div class="fr-tile__start">
                        {move || {
                            demarche.with(|d| view! { <BadgeActivation active=d.rdv_active/> })
                        }}
                    </div>
                </div>
            </div>
        </div>
    }
}
