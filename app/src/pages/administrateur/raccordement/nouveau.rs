//! « Raccorder une démarche de Démarches Simplifiées ».

use crate::api::administrateur::raccordement::{RaccorderDemarche, nouveau_raccordement};
use crate::depart::Depart;
use crate::formulaire::saisie::{ChampLigne, Libelle, ResumeErreur};
use crate::formulaire::suivi::{
    AlerteFormulaire, BoutonEnvoyer, MessageErreur, PageDuFormulaire, Suivi,
};
use crate::page::contexte::lire;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::service;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::Champ;
use domain::chemin::Chemin;
use domain::sujet::Sujet;
use domain::vues::NouveauRaccordement;
use leptos::form::ActionForm;
use leptos::html;
use leptos::prelude::*;
use leptos_router::components::A;

const TITRE: &str = "Raccorder une démarche de Démarches Simplifiées";

pub(super) const JETON: Libelle = Libelle::new(Champ::Jeton, "jeton", "Jeton d'accès\u{a0}*").indice(
    "Dans Démarches Simplifiées, page «\u{a0}Profil\u{a0}»\u{a0}: créez un jeton en lecture et en écriture pour cette démarche. Il n'y est affiché qu'une fois. Ici, il est chiffré et n'est plus jamais affiché.",
);
pub(super) const EXPIRE: Libelle =
    Libelle::new(Champ::JetonExpire, "jeton_expire", "Dernier jour du jeton\u{a0}*")
        .indice("Affiché à la création du jeton, un an au plus. Exemple\u{a0}: 31/12/2026");
pub(super) const AUTEUR: Libelle =
    Libelle::new(Champ::Auteur, "auteur", "Compte de la démarche")
        .indice("Adresse d'un compte qui est instructeur de tous les groupes\u{a0}: les messages partent à son nom quand la personne qui agit ici n'est pas instructrice là-bas. Format attendu\u{a0}: nom@domaine.fr")
        .remplissage("email");
const NUMERO: Libelle =
    Libelle::new(Champ::NumeroDistant, "numero_distant", "Numéro de la démarche\u{a0}*")
        .indice("Celui de Démarches Simplifiées. Exemple\u{a0}: 91234");
const PLATEFORME: Libelle = Libelle::new(Champ::Plateforme, "plateforme", "Plateforme\u{a0}*");
const CHAMPS: [Libelle; 5] = [PLATEFORME, NUMERO, JETON, EXPIRE, AUTEUR];

/// Joins a démarche.
#[component]
pub fn RaccorderUneDemarche() -> impl IntoView {
    let lu = lire(|| (), |()| nouveau_raccordement());
    view! {
        <Lecture
            ressource=lu
            sujets
            vue=|lu| view! { <Contenu lu/> }.into_any()
        />
    }
}

/// Nothing of it changes while it is filled in.
const fn sujets(_: &NouveauRaccordement, _: &Depart) -> Vec<Sujet> {
    Vec::new()
}

#[component]
fn Contenu(lu: Signal<NouveauRaccordement>) -> impl IntoView {
    let action = ServerAction::<RaccorderDemarche>::new();
    let suivi = Suivi::nouveau(action);
    view! {
        <TitreFenetre parties=vec![TITRE.to_owned()]/>
        <FilAriane
            parents=vec![
                (Chemin::Accueil.to_string(), "Accueil".to_owned()),
                (Chemin::DemarchesAdministrees.to_string(), "Démarches".to_owned()),
            ]
            ici=TITRE
        />
        <div class="rdv-etroit">
            <TitrePage>{TITRE}</TitrePage>
            <p>
                "Ses dossiers seront consultables ici, et vos instructeurs pourront proposer des rendez-vous à leurs usagers, qui les recevront dans leur messagerie de Démarches Simplifiées. Rien d'autre ne change là-bas."
            </p>
            <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                <AlerteFormulaire suivi sans_champs=true/>
                <ResumeErreur suivi champs=&CHAMPS/>
                <PageDuFormulaire/>
                <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
                <Plateforme plateformes=lu.get_untracked().plateformes suivi/>
                <ChampLigne libelle=NUMERO suivi/>
                <ChampLigne libelle=JETON suivi/>
                <ChampLigne libelle=EXPIRE suivi/>
                <ChampLigne libelle=AUTEUR suivi/>
                <div class="rdv-boutons">
                    <A
                        href=Chemin::DemarchesAdministrees.to_string()
                        attr:class="fr-btn fr-btn--secondary"
                    >
                        "Annuler"
                    </A>
                    <BoutonEnvoyer texte="Raccorder" suivi/>
                </div>
            </ActionForm>
        </div>
    }
}

#[component]
fn Plateforme(plateformes: Vec<String>, suivi: Suivi) -> impl IntoView {
    let noeud = NodeRef::<html::Select>::new();
    suivi.focus_si_refuse(Champ::Plateforme, noeud);
    let erreur = suivi.sur(Champ::Plateforme);
    let choisie = suivi.saisi(Champ::Plateforme.nom());
    let choisie = choisie.or_else(|| plateformes.first().cloned()).unwrap_or_default();
    let options = plateformes
        .into_iter()
        .map(|site| {
            let nom = site.trim_start_matches("https://").to_owned();
            let selected = site == choisie;
            view! { <option value=site selected=selected>{nom}</option> }
        })
        .collect_view();
    view! {
        <div class="fr-select-group" class:fr-select-group--error=move || erreur.with(Option::is_some)>
            <label class="fr-label" for=PLATEFORME.id>{PLATEFORME.texte}</label>
            <select
                class="fr-select"
                class:fr-select--error=move || erreur.with(Option::is_some)
                id=PLATEFORME.id
                name=Champ::Plateforme.nom()
                aria-required="true"
                aria-invalid=move || erreur.with(Option::is_some).then_some("true")
                aria-describedby=move || erreur.with(Option::is_some).then_some("plateforme-erreur")
                node_ref=noeud
            >
                {options}
            </select>
            <MessageErreur id="plateforme-erreur".to_owned() erreur/>
        </div>
    }
}
