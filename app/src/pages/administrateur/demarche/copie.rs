//! « Envoyer une copie ».

use crate::api::administrateur::demarche::{EnvoyerUneCopie, demarche_admin};
use crate::depart::Depart;
use crate::formulaire::saisie::{ChampLigne, Confirmation, Libelle};
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::page::adresse::de_la_demarche;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::service;
use crate::pages::administrateur::cadre::{Cadre, Retour};
use domain::Champ;
use domain::ids::DemarcheNumero;
use domain::sujet::Sujet;
use domain::vues::DemarcheAdmin;
use leptos::form::ActionForm;
use leptos::prelude::*;

const EMAIL: Libelle =
    Libelle::new(Champ::Email, "email", "Adresse électronique de l'administrateur\u{a0}*")
        .indice("Celle de son compte. Format attendu\u{a0}: nom@domaine.fr")
        .remplissage("email");

/// Gives another administrateur a démarche of their own with the same settings.
#[component]
pub fn CopieDemarche() -> impl IntoView {
    de_la_demarche(|numero| view! { <Ecran numero/> }.into_any())
}

#[component]
fn Ecran(numero: DemarcheNumero) -> impl IntoView {
    let lue = lire(|| (), move |()| demarche_admin(numero));
    let relire = Callback::new(move |()| lue.refetch());
    view! {
        <Lecture
            ressource=lue
            sujets=move |_: &DemarcheAdmin, _: &Depart| vec![Sujet::Demarche(numero)]
            vue=move |lue| view! { <Contenu lue relire/> }.into_any()
        />
    }
}

#[component]
fn Contenu(lue: Signal<DemarcheAdmin>, relire: Callback<()>) -> impl IntoView {
    let (numero, titre) = lue.with_untracked(|l| (l.numero, l.titre.clone()));
    let action = ServerAction::<EnvoyerUneCopie>::new();
    let suivi = Suivi::nouveau(action);
    view! {
        <Cadre numero titre ici="Envoyer une copie">
            <p>
                "L'administrateur trouvera la copie dans ses démarches, non publiée, avec la présentation, le service, le formulaire et les emails de celle-ci. Les dossiers, les instructeurs et l'agenda ne sont pas copiés."
            </p>
            <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                <AlerteFormulaire suivi champ=Champ::Email/>
                <Confirmation suivi phrase="La copie est envoyée." relire/>
                <PageDuFormulaire/>
                <input type="hidden" name="demarche" value=numero.to_string()/>
                <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
                <ChampLigne libelle=EMAIL vider=true suivi/>
                <div class="rdv-boutons">
                    <Retour numero annuler=true/>
                    <BoutonEnvoyer texte="Envoyer une copie" suivi/>
                </div>
            </ActionForm>
        </Cadre>
    }
}
