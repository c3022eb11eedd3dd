//! The tile « Administrateurs ».

use crate::api::administrateur::administrateurs::{
    AjouterAdministrateur, RetirerAdministrateur, administrateurs,
};
use crate::components::personnes::{Personne, Retrait};
use crate::depart::Depart;
use crate::formulaire::saisie::{ChampLigne, Confirmation, Libelle};
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::page::adresse::de_la_demarche;
use crate::page::contexte::{du_depart, lire};
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::pages::administrateur::cadre::{Cadre, Retour};
use domain::Champ;
use domain::ids::DemarcheNumero;
use domain::sujet::Sujet;
use domain::vues::{Administrateurs, Membre};
use leptos::form::ActionForm;
use leptos::prelude::*;

const EMAIL: Libelle = Libelle::new(Champ::Email, "email", "Adresse électronique\u{a0}*")
    .indice("Sans compte, la personne recevra un lien pour en ouvrir un. Format attendu\u{a0}: nom@domaine.fr")
    .remplissage("email");

/// Who manages a démarche.
#[component]
pub fn AdministrateursDemarche() -> impl IntoView {
    de_la_demarche(|numero| view! { <Ecran numero/> }.into_any())
}

#[component]
fn Ecran(numero: DemarcheNumero) -> impl IntoView {
    let lus = lire(|| (), move |()| administrateurs(numero));
    let relire = Callback::new(move |()| lus.refetch());
    view! {
        <Lecture
            ressource=lus
            sujets=move |_: &Administrateurs, _: &Depart| vec![Sujet::Demarche(numero)]
            vue=move |lus| view! { <Contenu lus relire/> }.into_any()
        />
    }
}

#[component]
fn Contenu(lus: Signal<Administrateurs>, relire: Callback<()>) -> impl IntoView {
    let (numero, titre) = lus.with_untracked(|l| (l.numero, l.titre.clone()));
    let action = ServerAction::<RetirerAdministrateur>::new();
    let suivi = Suivi::nouveau(action);
    let moi = du_depart(|depart| depart.session.as_ref().map(|session| session.compte));
    let un = move |membre: Signal<Membre>| {
        let (compte, email) = membre.with_untracked(|m| (m.compte, m.email.clone()));
        let seul = Signal::derive(move || lus.with(|l| l.membres.len() < 2));
        let question = if moi == Some(compte) {
            "Vous n'aurez plus accès à cette démarche.".to_owned()
        } else {
            format!("{email} n'aura plus accès à la gestion de cette démarche.")
        };
        let formulaire = view! {
            <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                <PageDuFormulaire/>
                <input type="hidden" name="demarche" value=numero.to_string()/>
                <input type="hidden" name="compte" value=compte.to_string()/>
                <Retrait email question seul/>
            </ActionForm>
        };
        view! { <Personne membre moi=moi == Some(compte)>{formulaire}</Personne> }.into_any()
    };
    view! {
        <Cadre numero titre ici="Administrateurs">
            <p>
                "Les administrateurs règlent la démarche. Ils ne lisent pas les dossiers, sauf s'ils sont aussi instructeurs."
            </p>
            <AlerteFormulaire suivi/>
            <Confirmation suivi phrase="L'administrateur est retiré." relire/>
            <ul class="rdv-personnes">
                <Liste
                    elements=Signal::derive(move || lus.with(|l| l.membres.clone()))
                    cle=|membre: &Membre| membre.compte
                    vue=un
                />
            </ul>
            <Ajout numero relire/>
            <Retour numero/>
        </Cadre>
    }
}

#[component]
fn Ajout(numero: DemarcheNumero, relire: Callback<()>) -> impl IntoView {
    let action = ServerAction::<AjouterAdministrateur>::new();
    let suivi = Suivi::nouveau(action);
    view! {
        <h2 class="fr-h5 fr-mt-4w">"Ajouter un administrateur"</h2>
        <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
            <AlerteFormulaire suivi champ=Champ::Email/>
            <Confirmation suivi phrase="L'administrateur est ajouté." relire/>
            <PageDuFormulaire/>
            <input type="hidden" name="demarche" value=numero.to_string()/>
            <ChampLigne libelle=EMAIL vider=true suivi/>
            <p><BoutonEnvoyer texte="Ajouter" suivi/></p>
        </ActionForm>
    }
}
