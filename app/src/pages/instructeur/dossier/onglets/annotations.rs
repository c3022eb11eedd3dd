//! « Annotations privées », for an instructeur.

use super::champs_prives::{ChampsPrives, champs_modifies};
use crate::api::instructeur::annotations::{Annoter, annotations};
use crate::depart::Depart;
use crate::formulaire::saisie::Fait as Enregistre;
use crate::formulaire::suivi::{
    AlerteFormulaire, BoutonEnvoyer, MessageErreur, PageDuFormulaire, Suivi, contenu, longueur_max,
};
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::page::titre::TitresOnglet;
use domain::ids::DossierNumero;
use domain::sujet::Sujet;
use domain::vues::faits::Fait;
use domain::vues::{Annotations, VersionAnnotation};
use domain::{Champ, Erreur, francais};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

const ID: &str = "annotation";

/// What the instructeurs of the dossier tell one another about it.
#[component]
pub fn AnnotationsInstructeur() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || numero.get().map(|numero| view! { <LesAnnotations numero/> })
}

#[component]
fn LesAnnotations(numero: DossierNumero) -> impl IntoView {
    let lues = lire(|| (), move |()| annotations(numero));
    view! {
        <Lecture
            ressource=lues
            muet=true
            sujets=move |_: &Annotations, _: &Depart| vec![Sujet::Dossier(numero)]
            faits
            vue=move |lue| {
                view! {
                    <TitresOnglet texte="Annotations privées" numero/>
                    <p class="rdv-etroit">
                        "Ces annotations sont partagées par les instructeurs de ce dossier. L'utilisateur ne les voit jamais\u{a0}: elles ne sont ni dans le PDF, ni dans les téléchargements, ni à l'impression."
                    </p>
                    <ChampsPrives numero lue/>
                    {move || {
                        lue.with(|lue| !lue.champs.is_empty())
                            .then(|| view! { <h3 class="fr-h6">"Annotation libre"</h3> })
                    }}
                    <Formulaire numero lue/>
                    <Historique lue/>
                }
                .into_any()
            }
        />
    }
}

/// What a colleague saved last.
fn faits(annotations: &Annotations) -> Vec<Fait> {
    let derniere = annotations.historique.first().filter(|version| !version.moi);
    let texte = derniere.map(|derniere| {
        let cle = format!("annotation:{}", derniere.version);
        Fait::mis_a_jour(cle, format!("{} a modifié l'annotation", derniere.auteur))
    });
    texte.into_iter().chain(champs_modifies(&annotations.champs)).collect()
}

#[component]
fn Formulaire(numero: DossierNumero, lue: Signal<Annotations>) -> impl IntoView {
    let suivi = Suivi::servi::<Annoter>();
    let erreur = suivi.sur(Champ::Annotation);
    let invalide = move || erreur.with(Option::is_some);
    let texte = suivi
        .saisi(Champ::Annotation.nom())
        .unwrap_or_else(|| lue.with_untracked(|annotations| annotations.texte.clone()));
    view! {
        <form method="post" action=Annoter::url()>
            <div class="rdv-etroit">
                <AlerteFormulaire suivi sans_champs=true/>
                <Enregistre action=Annoter::url() phrase="L'annotation est enregistrée."/>
                {lue.with_untracked(|lue| autre_version(lue, perime(suivi)))}
                <PageDuFormulaire/>
                <input type="hidden" name="dossier" value=numero.to_string()/>
                <input type="hidden" name="version" value=version(suivi, lue).to_string()/>
                <div class="fr-input-group" class:fr-input-group--error=invalide>
                    <label class="fr-label" for=ID>
                        "Annotation"
                        <span class="fr-hint-text">{longueur_max()}</span>
                    </label>
                    <textarea
                        class="fr-input"
                        class:fr-input--error=invalide
                        id=ID
                        name=Champ::Annotation.nom()
                        rows="8"
                        aria-invalid=move || invalide().then_some("true")
                        aria-describedby=move || invalide().then_some("annotation-erreur")
                        inner_html=contenu(Some(texte))
                    ></textarea>
                    <MessageErreur id="annotation-erreur".to_owned() erreur/>
                </div>
                <p><BoutonEnvoyer texte="Enregistrer l'annotation" suivi/></p>
            </div>
        </form>
    }
}

/// Whether the person is being told that somebody else saved it meanwhile: they replace it knowingly.
fn perime(suivi: Suivi) -> bool {
    suivi.refuse_pour(&Erreur::AnnotationPerimee)
}

/// The version that holds; for a form that the server shows again because what was typed can't be taken, the one
/// that it was filled from.
fn version(suivi: Suivi, lue: Signal<Annotations>) -> i32 {
    let autre_refus = suivi.refuse_au_depart() && !perime(suivi);
    let saisie = autre_refus.then(|| suivi.saisi("version")?.parse().ok()).flatten();
    saisie.unwrap_or_else(|| lue.with_untracked(|lue| lue.version))
}

/// What was saved meanwhile, by somebody else or in another window: shown to who is told of it (`perime`), and, where a script sees to it, as soon as
/// what is being typed began from another version.
fn autre_version(lue: &Annotations, perime: bool) -> Option<impl IntoView + use<>> {
    let version = lue.historique.first()?.clone();
    let depasse = (!perime).then(|| format!("version={}", lue.version));
    Some(view! {
        <div
            class="fr-callout fr-callout--brown-caramel"
            hidden=!perime
            data-si-depasse=depasse
        >
            <h3 class="fr-callout__title fr-h6">"Version enregistrée entre-temps"</h3>
            <p class="fr-text--sm fr-mb-1w">{signature(&version, lue.annee)}</p>
            <p class="rdv-texte fr-mb-0">{ou_vide(version.texte)}</p>
        </div>
    })
}

/// « Par BERNARD Tom, le 27 mai à 16h44 ».
fn signature(version: &VersionAnnotation, annee: i32) -> String {
    let qui = if version.moi { "vous" } else { &version.auteur };
    format!("Par {qui}, le {}", francais::horodatage(version.le, annee))
}

fn ou_vide(texte: String) -> String {
    if texte.is_empty() { "(Texte effacé)".to_owned() } else { texte }
}

#[component]
fn Historique(lue: Signal<Annotations>) -> impl IntoView {
    let annee = lue.with_untracked(|lue| lue.annee);
    let vide = move || lue.with(|lue| lue.historique.is_empty());
    view! {
        <section class="rdv-etroit" hidden=vide aria-labelledby="annotation-historique">
            <h3 class="fr-h6" id="annotation-historique">"Dernières versions"</h3>
            <ol class="rdv-historique">
                <Liste
                    elements=Signal::derive(move || lue.with(|lue| lue.historique.clone()))
                    cle=|version: &VersionAnnotation| version.version
                    vue=move |version| une_version(&version.get_untracked(), annee)
                />
            </ol>
        </section>
    }
}

fn une_version(version: &VersionAnnotation, annee: i32) -> AnyView {
    let libelle = format!("Afficher la version n°\u{a0}{}", version.version);
    view! {
        <li id=format!("version-{}", version.version)>
            <p class="fr-mb-0 rdv-cesure">{signature(version, annee)}</p>
            <details class="rdv-deplier fr-mt-1w">
                <summary class="fr-btn fr-btn--tertiary fr-btn--sm" aria-label=libelle>
                    "Afficher"
                </summary>
                <p class="rdv-texte fr-mt-1w fr-mb-0">{ou_vide(version.texte.clone())}</p>
            </details>
        </li>
    }
    .into_any()
}
