//! The tile « Présentation ».

use crate::api::administrateur::presentation::{
    EnregistrerConservation, EnregistrerPresentation, presentation,
};
use crate::depart::Depart;
use crate::formulaire::conflit::{self, Conflit};
use crate::formulaire::saisie::{ChampBloc, ChampLigne, Confirmation, Libelle, ResumeErreur};
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::page::adresse::de_la_demarche;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::service;
use crate::pages::administrateur::cadre::{Cadre, Retour};
use domain::ids::DemarcheNumero;
use domain::sujet::Sujet;
use domain::vues::Presentation;
use domain::{Champ, version};
use leptos::form::ActionForm;
use leptos::prelude::*;

const CHAMPS: [Libelle; 2] = [
    Libelle::new(Champ::Titre, "titre", "Nom de la démarche\u{a0}*")
        .indice("Ce que les usagers lisent dans leurs dossiers et leurs emails."),
    Libelle::new(Champ::Description, "description", "Description de la démarche\u{a0}*")
        .indice("À qui elle s'adresse, ce qu'il faut préparer. 10\u{202f}000 caractères maximum."),
];

const CONSERVATION: [Libelle; 1] = [Libelle::new(
    Champ::Conservation,
    "conservation",
    "Durée de conservation, en mois après le dépôt\u{a0}*",
)
.indice("De 1 à 60. L'usager et les instructeurs sont prévenus deux semaines avant, et peuvent conserver un dossier un mois de plus.")];

/// Name and description of a démarche.
#[component]
pub fn PresentationDemarche() -> impl IntoView {
    de_la_demarche(|numero| view! { <Ecran numero/> }.into_any())
}

#[component]
fn Ecran(numero: DemarcheNumero) -> impl IntoView {
    let lue = lire(|| (), move |()| presentation(numero));
    let relire = Callback::new(move |()| lue.refetch());
    view! {
        <Lecture
            ressource=lue
            sujets=move |_: &Presentation, _: &Depart| vec![Sujet::Demarche(numero)]
            vue=move |lue| view! { <Formulaire lue relire/> }.into_any()
        />
    }
}

#[component]
fn Formulaire(lue: Signal<Presentation>, relire: Callback<()>) -> impl IntoView {
    let action = ServerAction::<EnregistrerPresentation>::new();
    let suivi = Suivi::nouveau(action);
    let Presentation { numero, titre, description, conservation_mois } = lue.get_untracked();
    let actuelle = Signal::derive(move || lue.with(|l| version::de(&[&l.titre, &l.description])));
    let version = conflit::version(action, suivi, actuelle, relire);
    let valeurs = Signal::derive(move || {
        let Presentation { titre, description, .. } = lue.get();
        CHAMPS.iter().map(|champ| champ.texte).zip([titre, description]).collect()
    });
    let [champ_titre, champ_description] = CHAMPS;
    view! {
        <Cadre numero titre=titre.clone() ici="Présentation">
            <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                <AlerteFormulaire suivi sans_champs=true/>
                <ResumeErreur suivi champs=&CHAMPS/>
                <Confirmation suivi phrase="La présentation est enregistrée." relire/>
                <Conflit suivi version valeurs/>
                <PageDuFormulaire/>
                <input type="hidden" name="demarche" value=numero.to_string()/>
                <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
                <ChampLigne libelle=champ_titre valeur=titre suivi/>
                <ChampBloc libelle=champ_description valeur=description lignes=8 suivi/>
                <div class="rdv-boutons">
                    <Retour numero annuler=true/>
                    <BoutonEnvoyer texte="Enregistrer" suivi/>
                </div>
            </ActionForm>
            <Conservation numero mois=conservation_mois relire/>
        </Cadre>
    }
}

/// How long dossiers en construction are kept.
#[component]
fn Conservation(numero: DemarcheNumero, mois: i32, relire: Callback<()>) -> impl IntoView {
    let action = ServerAction::<EnregistrerConservation>::new();
    let suivi = Suivi::nouveau(action);
    let [champ] = CONSERVATION;
    view! {
        <h2 class="fr-h4 fr-mt-6w">"Dossiers en construction"</h2>
        <p>
            "Un dossier déposé que personne n'examine expire au bout de cette durée\u{a0}: il est supprimé, puis effacé trente jours plus tard si l'usager ne le restaure pas. Un dossier passé en instruction n'expire pas, ni un dossier qui a un rendez-vous à venir."
        </p>
        <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
            <AlerteFormulaire suivi sans_champs=true/>
            <ResumeErreur suivi champs=&CONSERVATION/>
            <Confirmation suivi phrase="La durée de conservation est enregistrée." relire/>
            <PageDuFormulaire/>
            <input type="hidden" name="demarche" value=numero.to_string()/>
            <ChampLigne libelle=champ valeur=mois.to_string() suivi/>
            <BoutonEnvoyer texte="Enregistrer la durée" suivi/>
        </ActionForm>
    }
}
