//! The tile « Configuration des emails ».

use crate::api::administrateur::courriels::courriels;
use crate::components::badge::BadgeTuile;
use crate::depart::Depart;
use crate::page::adresse::de_la_demarche;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::pages::administrateur::cadre::{Cadre, Retour};
use domain::chemin::{self, Chemin};
use domain::ids::DemarcheNumero;
use domain::sujet::Sujet;
use domain::vues::{Courriels, ModeleCourriel};
use leptos::prelude::*;
use leptos_router::components::A;

/// What the screen is called.
pub const TITRE: &str = "Configuration des emails";

/// The mails whose words can be changed.
#[component]
pub fn CourrielsDemarche() -> impl IntoView {
    de_la_demarche(|numero| view! { <Ecran numero/> }.into_any())
}

#[component]
fn Ecran(numero: DemarcheNumero) -> impl IntoView {
    let lus = lire(|| (), move |()| courriels(numero));
    view! {
        <Lecture
            ressource=lus
            sujets=move |_: &Courriels, _: &Depart| vec![Sujet::Demarche(numero)]
            vue=move |lus| view! { <Contenu lus/> }.into_any()
        />
    }
}

#[component]
fn Contenu(lus: Signal<Courriels>) -> impl IntoView {
    let (numero, titre) = lus.with_untracked(|l| (l.numero, l.titre.clone()));
    let un = move |modele: Signal<ModeleCourriel>| {
        let lequel = modele.with_untracked(|m| m.modele);
        view! {
            <li class="rdv-carte">
                <h2 class="fr-h6 fr-mb-1w">
                    <A href=Chemin::Ecran(numero, chemin::Ecran::Email(lequel)).to_string()>
                        {lequel.nom()}
                    </A>
                </h2>
                <p class="fr-mb-1w">{lequel.quand()}</p>
                <p>
                    {move || {
                        if modele.with(|m| m.personnalise) {
                            view! { <BadgeTuile fait=true texte="personnalisé"/> }
                        } else {
                            view! { <BadgeTuile fait=false texte="texte par défaut"/> }
                        }
                    }}
                </p>
            </li>
        }
        .into_any()
    };
    view! {
        <Cadre numero titre ici=TITRE>
            <p>
                "Vous pouvez adapter le texte de ces emails à votre démarche. Les autres emails (rendez-vous déplacé ou annulé) ont un texte commun à toutes les démarches."
            </p>
            <ul class="rdv-cartes">
                <Liste
                    elements=Signal::derive(move || lus.with(|l| l.modeles.clone()))
                    cle=|modele: &ModeleCourriel| modele.modele
                    vue=un
                />
            </ul>
            <p>
                <A href=Chemin::Ecran(numero, chemin::Ecran::Avertissements).to_string()>
                    "Régler les notifications des instructeurs"
                </A>
            </p>
            <p>
                <A href=Chemin::Ecran(numero, chemin::Ecran::CourrielsNonEnvoyes).to_string()>
                    "Voir les courriels qui n'ont pas pu partir"
                </A>
            </p>
            <Retour numero/>
        </Cadre>
    }
}
