//! The private fields of a dossier, in « Annotations privées ».
//!
//! Fields that nobody is typing in follow what colleagues save. What is being typed stays, with the version that it began
//! from: the other value is then shown beside it, and only replaced by somebody who was told.

use crate::api::instructeur::annotations::RemplirChampsPrives;
use crate::formulaire::conflit::cadre_des_valeurs;
use crate::formulaire::questions::{resume_des_problemes, un_champ};
use crate::formulaire::saisie::Fait as Enregistre;
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::page::liste::Liste;
use domain::erreur::{Probleme, Question};
use domain::ids::{ChampId, DossierNumero};
use domain::vues::faits::Fait;
use domain::vues::{Annotations, ChampPrive, Changement};
use domain::{Saisie, francais};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// What the administrateur asks of instructeurs; nothing when they ask nothing.
#[component]
pub fn ChampsPrives(
    /// The dossier.
    numero: DossierNumero,
    /// What is saved.
    lue: Signal<Annotations>,
) -> impl IntoView {
    let suivi = Suivi::servi::<RemplirChampsPrives>();
    let champs = Signal::derive(move || lue.with(|lue| lue.champs.clone()));
    let annee = lue.with_untracked(|lue| lue.annee);
    let vide = move || champs.with(Vec::is_empty);
    view! {
        <section class="rdv-etroit fr-mb-4w" hidden=vide aria-labelledby="champs-prives">
            <h3 class="fr-h6" id="champs-prives">"Champs à remplir par l'administration"</h3>
            <form method="post" action=RemplirChampsPrives::url()>
                <AlerteFormulaire suivi sans_champs=true/>
                {champs.with_untracked(|champs| resume(suivi, champs))}
                <Enregistre
                    action=RemplirChampsPrives::url()
                    phrase="Les champs sont enregistrés."
                />
                {lue.with_untracked(|lue| autres_valeurs(suivi, lue))}
                <PageDuFormulaire/>
                <input type="hidden" name="dossier" value=numero.to_string()/>
                <Liste
                    elements=champs
                    cle=id
                    vue=move |champ| champ.with_untracked(|champ| le_champ(suivi, champ, annee))
                />
                <p><BoutonEnvoyer texte="Enregistrer les champs" suivi/></p>
            </form>
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
fn version(suivi: Suivi, champ: &ChampPrive) -> i32 {
    let envoyee = suivi.saisi(&nom_de_la_version(id(champ))).and_then(|v| v.parse().ok());
    let prevenu = refuse_pour(suivi, id(champ), &Saisie::ValeurChangee);
    envoyee.filter(|_| !prevenu).unwrap_or(champ.version)
}

fn nom_de_la_version(champ: ChampId) -> String {
    format!("versions[{champ}]")
}

fn refuse_pour(suivi: Suivi, champ: ChampId, raison: &Saisie) -> bool {
    let question = Question::Champ(champ);
    suivi.problemes().iter().any(|p| p.question == question && p.probleme == *raison)
}

/// All that is wrong, above the form.
fn resume(suivi: Suivi, champs: &[ChampPrive]) -> Option<AnyView> {
    let problemes = suivi.problemes();
    let libelle = |question: Question| {
        let Question::Champ(voulu) = question else { return None };
        let champ = champs.iter().find(|champ| id(champ) == voulu)?;
        Some(champ.champ.definition.libelle.clone())
    };
    (!problemes.is_empty()).then(|| {
        view! {
            {resume_des_problemes(&problemes, libelle)}
            {saisies_perdues(suivi, &problemes)}
        }
        .into_any()
    })
}

/// What was typed in fields that are gone is shown once more.
fn saisies_perdues(suivi: Suivi, problemes: &[Probleme]) -> impl IntoView + use<> {
    problemes
        .iter()
        .filter(|probleme| probleme.probleme == Saisie::ChampRetire)
        .filter_map(|probleme| suivi.saisi(&probleme.question.nom()))
        .map(|texte| view! { <p class="rdv-apercu rdv-texte">{texte}</p> })
        .collect_view()
}

/// What was saved meanwhile in the fields that are being filled in, by colleagues or in another window: shown to who is told of it, and, where a script sees to it,
/// as soon as what is being typed began from another version.
fn autres_valeurs(suivi: Suivi, lue: &Annotations) -> Option<impl IntoView + use<>> {
    let mut depasses = Vec::new();
    let mut dits = false;
    let lignes: Vec<AnyView> = lue
        .champs
        .iter()
        .filter_map(|champ| {
            let prevenu = refuse_pour(suivi, id(champ), &Saisie::ValeurChangee);
            let dernier = champ.dernier.as_ref()?;
            let valeur = valeur_enregistree(dernier, lue.annee);
            let depasse = format!("{}={}", nom_de_la_version(id(champ)), champ.version);
            dits |= prevenu;
            depasses.push(depasse.clone());
            let libelle = champ.champ.definition.libelle.clone();
            Some(une_valeur(libelle, valeur, (!prevenu).then_some(depasse)))
        })
        .collect();
    (!lignes.is_empty()).then(|| {
        view! {
            <div hidden=!dits data-si-depasse=(!dits).then(|| depasses.join(" "))>
                {cadre_des_valeurs(lignes)}
            </div>
        }
    })
}

fn une_valeur(libelle: String, valeur: String, depasse: Option<String>) -> AnyView {
    view! {
        <div hidden=depasse.is_some() data-si-depasse=depasse>
            <dt>{libelle}</dt>
            <dd class="rdv-texte">{valeur}</dd>
        </div>
    }
    .into_any()
}

/// What a field holds, who said so and when.
fn valeur_enregistree(Changement { auteur, le, valeur, .. }: &Changement, annee: i32) -> String {
    let valeur = if valeur.is_empty() { "Non renseigné" } else { valeur };
    format!("{valeur}\n(par {auteur}, le {})", francais::horodatage(*le, annee))
}

/// A field. It stays as long as something is typed in it, even once the administrateur took it away; its version goes with
/// what is typed in it.
fn le_champ(suivi: Suivi, champ: &ChampPrive, annee: i32) -> AnyView {
    let question = Question::Champ(id(champ));
    let probleme = suivi.problemes().into_iter().find(|p| p.question == question);
    let erreur = Signal::stored(probleme.map(|probleme| probleme.probleme.to_string()));
    let saisi = suivi.refuse_au_depart().then(|| suivi.saisi(&question.nom()).unwrap_or_default());
    let valeur = saisi.unwrap_or_else(|| champ.champ.valeur.clone());
    // Told that the field is gone: what was typed in it is no longer asked to be saved.
    let version = (!refuse_pour(suivi, id(champ), &Saisie::ChampRetire)).then(|| {
        view! {
            <input
                type="hidden"
                name=nom_de_la_version(id(champ))
                value=version(suivi, champ).to_string()
                data-va-avec=question.id()
            />
        }
    });
    view! {
        <div class="rdv-champ-prive" id=format!("champ-prive-{}", id(champ)) data-tient>
            {un_champ(&champ.champ, valeur, erreur, |_| false)} {version}
            <p class="fr-text--xs rdv-champ-prive__pied">{pied(champ, annee)}</p>
        </div>
    }
    .into_any()
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
