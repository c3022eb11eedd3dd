//! The form of a démarche, as the usager fills it in.

use super::pieces;
use super::questions::{Case, ligne, problemes_avec_titre, un_champ};
use crate::api::usager::depot::{DeposerDossier, EnregistrerBrouillon};
use crate::depart::Refus;
use domain::Erreur;
use domain::erreur::Question;
use domain::vues::{Formulaire, PieceVue};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The identity of the person concerned, then the fields of the démarche. To be put in a form of type
/// `multipart/form-data`. `refus`: what was refused, if it was.
pub fn questions(formulaire: &Formulaire, refus: Option<&Refus>) -> impl IntoView + use<> {
    let alerte = refus.map(|refus| resume(formulaire, refus));
    let problemes = match refus.and_then(|refus| refus.erreur.metier()) {
        Some(Erreur::Reponses(problemes)) => problemes.clone(),
        _ => Vec::new(),
    };
    let saisi = |question: Question, garde: &str| match refus {
        Some(refus) => refus.valeur(&question.nom()).unwrap_or_default().to_owned(),
        None => garde.to_owned(),
    };
    let erreur = |question: Question| {
        let probleme = problemes.iter().find(|p| p.question == question);
        Signal::stored(probleme.map(|p| p.probleme.to_string()))
    };
    let identite = [
        (Question::Prenom, "Prénom", "given-name", &formulaire.prenom),
        (Question::Nom, "Nom", "family-name", &formulaire.nom),
    ]
    .map(|(question, libelle, memoire, garde)| {
        let case = Case::nouvelle(question, libelle, true, erreur(question));
        ligne(&case, "text", Some(memoire), saisi(question, garde))
    });
    let champs = formulaire
        .champs
        .iter()
        .map(|champ| {
            let question = Question::Champ(champ.definition.id);
            let retires = |piece: &PieceVue| {
                refus.is_some_and(|r| r.valeur(&pieces::nom_du_retrait(piece)).is_some())
            };
            un_champ(champ, saisi(question, &champ.valeur), erreur(question), retires)
        })
        .collect_view();
    view! {
        {alerte}
        <fieldset class="rdv-questions">
            <legend class="fr-h5">"Identité du demandeur"</legend>
            {identite}
        </fieldset>
        <fieldset class="rdv-questions">
            <legend class="fr-h5">"Formulaire"</legend>
            {champs}
        </fieldset>
    }
}

fn resume(formulaire: &Formulaire, refus: &Refus) -> AnyView {
    match refus.erreur.metier() {
        Some(Erreur::Reponses(problemes)) => {
            let titre = titre_du_resume(&refus.action);
            let libelle = |question| libelle(formulaire, question);
            problemes_avec_titre(problemes, titre, libelle)
        }
        _ => view! {
            <div class="fr-alert fr-alert--error fr-mb-4w" role="alert" data-reste>
                <p>{refus.erreur.to_string()}</p>
            </div>
        }
        .into_any(),
    }
}

/// What is said above all that is wrong, of the form that `action` refused: a draft is kept in any case.
fn titre_du_resume(action: &str) -> String {
    if action == DeposerDossier::url() {
        "Votre dossier n'est pas encore déposé\u{a0}: certaines réponses sont à corriger. Ce que vous avez saisi est gardé dans votre brouillon.".to_owned()
    } else if action == EnregistrerBrouillon::url() {
        "Le brouillon est enregistré, sauf certains fichiers.".to_owned()
    } else {
        Erreur::Reponses(Vec::new()).to_string()
    }
}

fn libelle(formulaire: &Formulaire, question: Question) -> Option<String> {
    match question {
        Question::Prenom => Some("Prénom".to_owned()),
        Question::Nom => Some("Nom".to_owned()),
        Question::Champ(id) => {
            let champ = formulaire.champs.iter().find(|champ| champ.definition.id == id);
            champ.map(|champ| champ.definition.libelle.clone())
        }
    }
}
