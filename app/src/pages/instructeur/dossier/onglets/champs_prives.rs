//! The private fields of a dossier, in « Annotations privées ».
//!
//! Fields that nobody is typing in follow what colleagues save. What is being typed stays: the other value is then shown
//! beside it, and only replaced by somebody who was told.

use crate::api::instructeur::annotations::RemplirChampsPrives;
use crate::formulaire::conflit::valeurs_actuelles;
use crate::formulaire::questions::{resume_des_problemes, un_champ};
use crate::formulaire::saisie::Confirmation;
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::page::liste::Liste;
use crate::page::navigateur;
use domain::champs::{DefinitionChamp, OUI, TypeChamp, noter_retire};
use domain::erreur::{Probleme, Question};
use domain::ids::{ChampId, DossierNumero};
use domain::vues::faits::Fait;
use domain::vues::{Annotations, ChampPrive, Changement};
use domain::{Saisie, francais};
use leptos::form::ActionForm;
use leptos::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// What a field was filled from: the version, and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Base {
    version: i32,
    valeur: String,
}

/// Where the form stands.
#[derive(Clone, Copy)]
struct Etat {
    lue: Signal<Annotations>,
    suivi: Suivi,
    bases: RwSignal<HashMap<ChampId, Base>>,
    /// The fields shown: one that is gone stays as long as what is typed in it is not saved.
    montres: RwSignal<Vec<ChampPrive>>,
}

/// What the administrateur asks of instructeurs; nothing when they ask nothing.
#[component]
pub fn ChampsPrives(
    /// The dossier.
    numero: DossierNumero,
    /// What is saved.
    lue: Signal<Annotations>,
    /// Reads it again.
    relire: Callback<()>,
) -> impl IntoView {
    let action = ServerAction::<RemplirChampsPrives>::new();
    let suivi = Suivi::nouveau(action);
    let champs = lue.with_untracked(|lue| lue.champs.clone());
    let bases = champs.iter().map(|champ| (id(champ), au_depart(suivi, champ))).collect();
    let (bases, montres) = (RwSignal::new(bases), RwSignal::new(champs));
    let etat = Etat { lue, suivi, bases, montres };
    suivre(etat, action);
    Effect::new(move |_| {
        let problemes = suivi.problemes();
        if let Some(premier) = problemes.first() {
            navigateur::viser(&premier.question.id());
        }
        if problemes.iter().any(|p| p.probleme == Saisie::ValeurChangee) {
            relire.run(());
        }
    });
    let vide = move || montres.with(Vec::is_empty);
    view! {
        <section class="rdv-etroit fr-mb-4w" hidden=vide aria-labelledby="champs-prives">
            <h3 class="fr-h6" id="champs-prives">"Champs à remplir par l'administration"</h3>
            <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                <AlerteFormulaire suivi sans_champs=true/>
                {move || resume(etat)}
                <Confirmation suivi phrase="Les champs sont enregistrés." relire/>
                {move || autres_valeurs(etat)}
                <PageDuFormulaire/>
                <input type="hidden" name="dossier" value=numero.to_string()/>
                <Liste
                    elements=montres
                    cle=id
                    vue=move |champ| view! { <LeChamp champ etat/> }.into_any()
                />
                <p><BoutonEnvoyer texte="Enregistrer les champs" suivi/></p>
            </ActionForm>
        </section>
        {move || retires(lue)}
    }
}

const fn id(champ: &ChampPrive) -> ChampId {
    champ.champ.definition.id
}

/// The fields that a colleague saved last: who did.
pub fn champs_modifies(champs: &[ChampPrive]) -> Vec<Fait> {
    let modifies = champs.iter().filter_map(|champ| {
        let dernier = champ.dernier.as_ref().filter(|dernier| !dernier.moi)?;
        let libelle = &champ.champ.definition.libelle;
        let quoi = format!("{} a modifié «\u{a0}{libelle}\u{a0}»", dernier.auteur);
        Some(Fait::mis_a_jour(format!("champ:{}:{}", id(champ), champ.version), quoi))
    });
    modifies.collect()
}

/// The version that holds; for a field that the server shows again as it was sent, the one that it was filled from,
/// unless the person is being told of the other one.
fn au_depart(suivi: Suivi, champ: &ChampPrive) -> Base {
    let valeur = champ.champ.valeur.clone();
    let envoyee = suivi.saisi(&nom_de_la_version(id(champ))).and_then(|v| v.parse().ok());
    let prevenu = untrack(|| refuse_pour(suivi, id(champ), &Saisie::ValeurChangee));
    let version = envoyee.filter(|_| !prevenu).unwrap_or(champ.version);
    Base { version, valeur }
}

fn nom_de_la_version(champ: ChampId) -> String {
    format!("versions[{champ}]")
}

fn refuse_pour(suivi: Suivi, champ: ChampId, raison: &Saisie) -> bool {
    let question = Question::Champ(champ);
    suivi.problemes().iter().any(|p| p.question == question && p.probleme == *raison)
}

/// Keeps the fields up to date where nothing was typed.
fn suivre(etat: Etat, action: ServerAction<RemplirChampsPrives>) {
    let envoyes = StoredValue::new(None::<BTreeMap<String, String>>);
    Effect::new(move |_| {
        if let Some(envoi) = action.input().get() {
            envoyes.set_value(Some(envoi.champs));
        }
    });
    Effect::new(move |_| {
        let champs = etat.lue.with(|lue| lue.champs.clone());
        // Also once they were told of another value.
        let problemes = etat.suivi.problemes();
        let mut bases = etat.bases.get_untracked();
        for champ in &champs {
            let envoye = envoyes.with_value(|envoyes| {
                let id = id(champ).to_string();
                envoyes.as_ref().map(|e| e.get(&id).cloned().unwrap_or_default())
            });
            suivre_un_champ(&mut bases, champ, envoye.as_deref(), &problemes);
        }
        let reste = |champ: &ChampPrive| {
            champs.iter().all(|autre| id(autre) != id(champ)) && a_perdre(champ, &bases)
        };
        let disparus: Vec<ChampPrive> =
            etat.montres.with_untracked(|m| m.iter().filter(|c| reste(c)).cloned().collect());
        etat.montres.set(champs.into_iter().chain(disparus).collect());
        etat.bases.set(bases);
    });
    etat.suivi.au_succes(move || etat.montres.set(etat.lue.with_untracked(|l| l.champs.clone())));
}

fn suivre_un_champ(
    bases: &mut HashMap<ChampId, Base>,
    champ: &ChampPrive,
    envoye: Option<&str>,
    problemes: &[Probleme],
) {
    let (definition, valeur) = (&champ.champ.definition, champ.champ.valeur.clone());
    let question = Question::Champ(definition.id);
    let apres = Base { version: champ.version, valeur };
    let Some(avant) = bases.get(&definition.id) else {
        bases.insert(definition.id, apres);
        return;
    };
    let Some(tape) = navigateur::saisie(&question.id()) else { return };
    if avant.version == apres.version {
        return;
    }
    // A telephone is as it was shown, or the server will tell.
    let telephone = |numero: &str| Some(numero.to_owned());
    let dit = |texte: &str, valeur: &str| {
        definition.lire(texte, telephone).is_ok_and(|lue| lue == valeur)
    };
    let intact = dit(&tape, &avant.valeur);
    let mien = envoye.is_some_and(|envoye| dit(envoye, &apres.valeur));
    let prevenu =
        problemes.iter().any(|p| p.question == question && p.probleme == Saisie::ValeurChangee);
    if intact {
        navigateur::remplir(&question.id(), &affichage(definition, &apres.valeur));
    }
    // Saved from here, or told to who saves again.
    if intact || mien || prevenu || dit(&tape, &apres.valeur) {
        bases.insert(definition.id, apres);
    }
}

/// A value as the field holds it in the page.
fn affichage(definition: &DefinitionChamp, valeur: &str) -> String {
    match definition.genre {
        TypeChamp::Nombre => valeur.replace('.', ","),
        TypeChamp::CaseACocher => if valeur == OUI { "on" } else { "" }.to_owned(),
        _ => valeur.to_owned(),
    }
}

/// Whether something is typed in a field that is gone.
fn a_perdre(champ: &ChampPrive, bases: &HashMap<ChampId, Base>) -> bool {
    let id = id(champ);
    let valeur = bases.get(&id).map_or("", |base| &base.valeur);
    navigateur::saisie(&Question::Champ(id).id())
        .is_some_and(|tape| noter_retire(&tape, champ.champ.definition.genre, valeur).is_err())
}

/// All that is wrong, above the form.
fn resume(etat: Etat) -> Option<AnyView> {
    let problemes = etat.suivi.problemes();
    let libelle = |question: Question| {
        let Question::Champ(voulu) = question else { return None };
        etat.montres.with_untracked(|montres| {
            let champ = montres.iter().find(|champ| id(champ) == voulu)?;
            Some(champ.champ.definition.libelle.clone())
        })
    };
    (!problemes.is_empty()).then(|| {
        view! {
            {resume_des_problemes(&problemes, libelle)}
            {saisies_perdues(etat, &problemes)}
        }
        .into_any()
    })
}

/// Without JavaScript, what was typed in fields that are gone is shown once more.
fn saisies_perdues(etat: Etat, problemes: &[Probleme]) -> impl IntoView + use<> {
    problemes
        .iter()
        .filter(|probleme| probleme.probleme == Saisie::ChampRetire)
        .filter_map(|probleme| etat.suivi.saisi(&probleme.question.nom()))
        .map(|texte| view! { <p class="rdv-apercu rdv-texte">{texte}</p> })
        .collect_view()
}

/// What colleagues saved in the fields that are being filled in.
fn autres_valeurs(etat: Etat) -> Option<impl IntoView + use<>> {
    let annee = etat.lue.with_untracked(|lue| lue.annee);
    let autre = |champ: &ChampPrive| {
        let id = id(champ);
        let depassee = etat
            .bases
            .with(|bases| bases.get(&id).is_some_and(|base| base.version != champ.version));
        if !depassee && !refuse_pour(etat.suivi, id, &Saisie::ValeurChangee) {
            return None;
        }
        let Changement { auteur, le, valeur, .. } = champ.dernier.as_ref()?;
        let quand = francais::horodatage(*le, annee);
        let valeur = if valeur.is_empty() { "Non renseigné" } else { valeur };
        let libelle = champ.champ.definition.libelle.clone();
        Some((libelle, format!("{valeur}\n(par {auteur}, le {quand})")))
    };
    let valeurs: Vec<(String, String)> =
        etat.lue.with(|lue| lue.champs.iter().filter_map(autre).collect());
    (!valeurs.is_empty()).then(|| valeurs_actuelles(valeurs))
}

#[component]
fn LeChamp(champ: Signal<ChampPrive>, etat: Etat) -> impl IntoView {
    let id = champ.with_untracked(id);
    let question = Question::Champ(id);
    let suivi = etat.suivi;
    let erreur = Signal::derive(move || {
        let problemes = suivi.problemes();
        problemes.iter().find(|p| p.question == question).map(|p| p.probleme.to_string())
    });
    let definition = Memo::new(move |_| champ.with(|champ| champ.champ.definition.clone()));
    let premiere = StoredValue::new(true);
    let le_champ = move || {
        definition.track();
        let champ = champ.get_untracked().champ;
        let valeur = a_montrer(suivi, question, premiere.get_value(), &champ.valeur);
        premiere.set_value(false);
        un_champ(&champ, valeur, erreur, |_| false)
    };
    let version = move || {
        // Told that the field is gone: what was typed in it is no longer asked to be saved.
        let version = etat.bases.with(|bases| bases.get(&id).map(|base| base.version))?;
        (!refuse_pour(suivi, id, &Saisie::ChampRetire)).then(|| {
            view! { <input type="hidden" name=nom_de_la_version(id) value=version.to_string()/> }
        })
    };
    let annee = etat.lue.with_untracked(|lue| lue.annee);
    view! {
        <div class="rdv-champ-prive">
            {le_champ} {version}
            <p class="fr-text--xs rdv-champ-prive__pied">
                {move || champ.with(|champ| pied(champ, annee))}
            </p>
        </div>
    }
}

/// What a field holds as it appears: what was sent when the server shows the form again, what is typed when the
/// administrateur has just changed the field, and what is saved otherwise.
fn a_montrer(suivi: Suivi, question: Question, premiere: bool, valeur: &str) -> String {
    if premiere && suivi.refuse_au_depart() {
        return suivi.saisi(&question.nom()).unwrap_or_default();
    }
    let tape = if premiere { None } else { navigateur::saisie(&question.id()) };
    tape.unwrap_or_else(|| valeur.to_owned())
}

/// « Modifié par BERNARD Tom le 27 mai à 16h44 », with what it says when the field can't show it.
fn pied(champ: &ChampPrive, annee: i32) -> Option<String> {
    let dernier = champ.dernier.as_ref()?;
    let qui = if dernier.moi { "vous" } else { &dernier.auteur };
    let mut texte = format!("Modifié par {qui} le {}", francais::horodatage(dernier.le, annee));
    let montre = champ.champ.definition.genre.montrer(&champ.champ.valeur);
    if !dernier.valeur.is_empty() && dernier.valeur != montre {
        texte.push_str(", avant que ce champ ne soit changé\u{a0}: «\u{a0}");
        texte.push_str(&dernier.valeur);
        texte.push_str("\u{a0}»");
    }
    Some(texte)
}

/// What was answered to fields that the administrateur took away.
fn retires(lue: Signal<Annotations>) -> Option<impl IntoView + use<>> {
    let lignes = lue.with(|lue| {
        let retires = lue.retires.iter().map(|reponse| {
            let (libelle, valeur) =
                (reponse.libelle.clone(), reponse.genre.montrer(&reponse.valeur));
            view! {
                <div>
                    <dt>{libelle}</dt>
                    <dd class="rdv-texte">{valeur}</dd>
                </div>
            }
        });
        retires.collect::<Vec<_>>()
    });
    (!lignes.is_empty()).then(|| {
        view! {
            <section class="rdv-etroit" aria-labelledby="champs-retires">
                <h3 class="fr-h6" id="champs-retires">"Champs retirés par l'administrateur"</h3>
                <dl class="rdv-champs">{lignes}</dl>
            </section>
        }
    })
}
