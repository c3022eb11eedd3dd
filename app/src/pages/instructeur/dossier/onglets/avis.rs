//! « Avis externes »: what experts were asked, and what they answered.

use super::avis_demande::DemanderUnAvis;
use crate::api::instructeur::avis::{CloreAvis, RelancerAvis, RevoquerAvis, avis_externes};
use crate::components::badge::BadgeAvis;
use crate::components::pieces::pieces;
use crate::depart::Depart;
use crate::formulaire::saisie::Dit;
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::page::titre::TitresOnglet;
use domain::avis::EtatAvis;
use domain::francais;
use domain::ids::DossierNumero;
use domain::sujet::Sujet;
use domain::vues::faits::Fait;
use domain::vues::{AvisExternes, AvisVue};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// What experts were asked about a dossier.
#[component]
pub fn AvisDuDossier() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || numero.get().map(|numero| view! { <LesAvis numero/> })
}

#[component]
fn LesAvis(numero: DossierNumero) -> impl IntoView {
    let lus = lire(|| (), move |()| avis_externes(numero));
    view! {
        <Lecture
            ressource=lus
            muet=true
            sujets=move |_: &AvisExternes, _: &Depart| vec![Sujet::Dossier(numero)]
            faits
            vue=move |lus| {
                view! {
                    <TitresOnglet texte="Avis externes" numero/>
                    <Contenu numero lus/>
                }
                .into_any()
            }
        />
    }
}

/// What an expert did.
fn faits(lus: &AvisExternes) -> Vec<Fait> {
    let avis = lus.avis.iter().flat_map(|avis| {
        let rendu = avis.rendu_le.map(|le| {
            let quoi = format!("avis de {}", avis.email);
            Fait::mis_a_jour(format!("{} {le}", avis.id), quoi).si(avis.id)
        });
        [Fait::repere(avis.id)].into_iter().chain(rendu)
    });
    avis.collect()
}

#[component]
fn Contenu(numero: DossierNumero, lus: Signal<AvisExternes>) -> impl IntoView {
    // What one of the opinions was refused, or had done, is said once.
    let suivis = [
        (Suivi::servi::<RelancerAvis>(), "Un rappel est envoyé à l'expert."),
        (Suivi::servi::<RevoquerAvis>(), "La demande d'avis est révoquée."),
        (Suivi::servi::<CloreAvis>(), "L'avis est clos."),
    ];
    let suivis = suivis.map(|(suivi, phrase)| {
        view! {
            <AlerteFormulaire suivi/>
            <Dit suivi phrase/>
        }
    });
    let annee = Signal::derive(move || lus.with(|l| l.annee));
    let vide = move || {
        lus.with(|l| l.avis.is_empty())
            .then(|| view! { <p>"Aucun avis n'a encore été demandé pour ce dossier."</p> })
    };
    view! {
        <p>
            "Demandez son avis à une personne extérieure à l'instruction. Elle reçoit un lien personnel par email, qui lui permet de lire la demande et ses pièces jointes, puis de répondre sans compte, avec des pièces jointes s'il y a lieu. L'usager ne voit ni les demandes d'avis ni les réponses."
        </p>
        {suivis}
        {vide}
        <ol class="rdv-fil">
            <Liste
                elements=Signal::derive(move || lus.with(|l| l.avis.clone()))
                cle=|avis: &AvisVue| avis.id
                vue=move |avis| un_avis(avis, annee)
            />
        </ol>
        <DemanderUnAvis numero lus/>
    }
}

fn un_avis(avis: Signal<AvisVue>, annee: Signal<i32>) -> AnyView {
    let id = avis.with_untracked(|a| a.id);
    view! {
        <li id=format!("demande-{id}")>
            <UnAvis avis annee/>
        </li>
    }
    .into_any()
}

#[component]
fn UnAvis(avis: Signal<AvisVue>, annee: Signal<i32>) -> impl IntoView {
    let (id, email) = avis.with_untracked(|a| (a.id, a.email.clone()));
    let titre = format!("avis-{id}");
    let par_titre = titre.clone();
    let le = avis.with_untracked(|a| a.demande_le);
    let en_bref = move || avis.with(|a| en_bref(a, annee.get()));
    let (question, fichiers) = avis.with_untracked(|a| (a.question.clone(), pieces(&a.pieces)));
    let reponse = move || {
        let lu =
            avis.with(|a| a.rendu_le.map(|le| (le, a.reponse.clone(), pieces(&a.pieces_rendues))));
        lu.map(|(le, texte, fichiers)| {
            view! {
                <p class="fr-mt-2w">
                    <strong>"Avis rendu le " {francais::horodatage(le, annee.get())}</strong>
                </p>
                <p class="rdv-texte">{texte}</p>
                {fichiers}
            }
        })
    };
    view! {
        <article class="rdv-message" aria-labelledby=par_titre>
            <div class="rdv-message__entete">
                <h3 class="rdv-message__auteur" id=titre>{email}</h3>
                {move || view! { <BadgeAvis etat=avis.with(|a| a.etat)/> }}
                <time class="rdv-message__date" datetime=le.format("%Y-%m-%dT%H:%M").to_string()>
                    "le " {move || francais::horodatage(le, annee.get())}
                </time>
            </div>
            <p class="fr-hint-text fr-mb-1w">{en_bref}</p>
            <p><strong>"Question posée"</strong></p>
            <p class="rdv-texte">{question}</p>
            {fichiers}
            {reponse}
            {avis.with_untracked(gestes)}
        </article>
    }
}

/// « Demandé par … . Partagé avec les autres experts. Relancé 1 fois… ».
fn en_bref(avis: &AvisVue, annee: i32) -> String {
    let mut faits = format!("Demandé par {}. ", avis.demande_par);
    faits.push_str(if avis.confidentiel {
        "Confidentiel\u{a0}: les autres experts ne le voient pas."
    } else {
        "Partagé avec les autres experts du dossier."
    });
    let envoye_le = francais::horodatage(avis.envoye_le, annee);
    match avis.relances {
        0 => {}
        1 => faits.push_str(&format!(" Relancé le {envoye_le}.")),
        n => faits.push_str(&format!(" Relancé {n} fois, la dernière le {envoye_le}.")),
    }
    let jour = francais::date(avis.expire_le);
    match (avis.etat, avis.expire) {
        (EtatAvis::EnAttente, true) => {
            faits.push_str(&format!(" Son lien n'est plus valable depuis le {jour}\u{a0}: relancez l'expert pour lui en envoyer un autre."));
        }
        (EtatAvis::EnAttente, false) => {
            faits.push_str(&format!(" Son lien est valable jusqu'au {jour}."));
        }
        (EtatAvis::Rendu, _) => {
            faits.push_str(" L'expert peut encore modifier son avis tant qu'il n'est pas clos.");
        }
        (EtatAvis::Clos, _) => faits.push_str(" Clos\u{a0}: l'expert ne peut plus le modifier."),
        (EtatAvis::Revoque, _) => faits.push_str(" Le lien de l'expert n'ouvre plus rien."),
    }
    faits
}

/// « Relancer », « Révoquer », « Clore l'avis ».
fn gestes(avis: &AvisVue) -> AnyView {
    let AvisVue { id, email, relances, .. } = avis.clone();
    match avis.etat {
        EtatAvis::EnAttente => view! {
            <div class="rdv-message__actions rdv-boutons">
                <form method="post" action=RelancerAvis::url()>
                    <PageDuFormulaire/>
                    <input type="hidden" name="avis" value=id.to_string()/>
                    <input type="hidden" name="relances" value=relances.to_string()/>
                    <button
                        class="fr-btn fr-btn--secondary fr-btn--sm"
                        type="submit"
                        aria-label=format!("Relancer {email}")
                    >
                        "Relancer"
                    </button>
                </form>
                <form method="post" action=RevoquerAvis::url()>
                    <PageDuFormulaire/>
                    <input type="hidden" name="avis" value=id.to_string()/>
                    <EnDeuxTemps
                        geste="Révoquer"
                        sur=email
                        question="Le lien de l'expert n'ouvrira plus rien. La question reste dans cette page."
                        confirmer="Confirmer la révocation"
                    />
                </form>
            </div>
        }
        .into_any(),
        EtatAvis::Rendu => view! {
            <div class="rdv-message__actions">
                <form method="post" action=CloreAvis::url()>
                    <PageDuFormulaire/>
                    <input type="hidden" name="avis" value=id.to_string()/>
                    <EnDeuxTemps
                        geste="Clore l'avis"
                        sur=email
                        question="L'expert ne pourra plus modifier son avis ni lire le dossier."
                        confirmer="Confirmer la clôture"
                    />
                </form>
            </div>
        }
        .into_any(),
        EtatAvis::Clos | EtatAvis::Revoque => ().into_any(),
    }
}

/// What can't be undone, in two steps that need no script.
#[component]
fn EnDeuxTemps(
    geste: &'static str,
    sur: String,
    question: &'static str,
    confirmer: &'static str,
) -> impl IntoView {
    let libelle = format!("{geste}\u{a0}: {sur}");
    view! {
        <details class="rdv-retrait">
            <summary class="fr-btn fr-btn--tertiary fr-btn--sm" aria-label=libelle>
                {geste}
            </summary>
            <p class="fr-mt-1w fr-mb-1w">{question}</p>
            <button class="fr-btn fr-btn--sm" type="submit">{confirmer}</button>
        </details>
    }
}
