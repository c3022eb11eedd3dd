//! « Avis externes »: what experts were asked, and what they answered.

use super::avis_demande::DemanderUnAvis;
use crate::api::instructeur::avis::{CloreAvis, RelancerAvis, RevoquerAvis, avis_externes};
use crate::components::badge::BadgeAvis;
use crate::components::pieces::pieces;
use crate::depart::Depart;
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::page::adresse;
use crate::page::contexte::{annonces, lire};
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::page::titre::{TitresOnglet, focus_sur_l_onglet};
use crate::pages::instructeur::dossier::ouvert::DossierOuvert;
use domain::avis::EtatAvis;
use domain::francais;
use domain::ids::DossierNumero;
use domain::sujet::Sujet;
use domain::vues::faits::Fait;
use domain::vues::{AvisExternes, AvisVue};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// What experts were asked about a dossier.
#[component]
pub fn AvisDuDossier() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || numero.get().map(|numero| view! { <LesAvis numero/> })
}

#[component]
fn LesAvis(numero: DossierNumero) -> impl IntoView {
    let lus = lire(|| (), move |()| avis_externes(numero));
    let relire_l_entete = DossierOuvert::relire();
    let relire = Callback::new(move |()| {
        lus.refetch();
        // Who asks follows the dossier.
        relire_l_entete.run(());
    });
    view! {
        <Lecture
            ressource=lus
            muet=true
            sujets=move |_: &AvisExternes, _: &Depart| vec![Sujet::Dossier(numero)]
            faits
            vue=move |lus| {
                view! {
                    <TitresOnglet texte="Avis externes" numero/>
                    <Contenu numero lus relire/>
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

/// What can be done with each: what one of them was refused is said once.
#[derive(Clone, Copy)]
struct Actions {
    relancer: ServerAction<RelancerAvis>,
    revoquer: ServerAction<RevoquerAvis>,
    clore: ServerAction<CloreAvis>,
    suivis: [Suivi; 3],
}

impl Actions {
    fn nouvelles(relire: Callback<()>) -> Self {
        let (relancer, revoquer) = (ServerAction::new(), ServerAction::new());
        let clore = ServerAction::new();
        let suivis = [Suivi::nouveau(relancer), Suivi::nouveau(revoquer), Suivi::nouveau(clore)];
        let annonces = annonces();
        for (suivi, phrase) in suivis.into_iter().zip([
            "Un rappel est envoyé à l'expert.",
            "La demande d'avis est révoquée.",
            "L'avis est clos.",
        ]) {
            suivi.au_succes(move || {
                relire.run(());
                annonces.dire(phrase);
                // The button that had the focus goes away, or moves.
                focus_sur_l_onglet();
            });
        }
        Self { relancer, revoquer, clore, suivis }
    }
}

#[component]
fn Contenu(
    numero: DossierNumero,
    lus: Signal<AvisExternes>,
    relire: Callback<()>,
) -> impl IntoView {
    let actions = Actions::nouvelles(relire);
    let annee = Signal::derive(move || lus.with(|l| l.annee));
    let vide = move || {
        lus.with(|l| l.avis.is_empty())
            .then(|| view! { <p>"Aucun avis n'a encore été demandé pour ce dossier."</p> })
    };
    let refus = actions.suivis.map(|suivi| view! { <AlerteFormulaire suivi/> });
    view! {
        <p>
            "Demandez son avis à une personne extérieure à l'instruction. Elle reçoit un lien personnel par email, qui lui permet de lire la demande et ses pièces jointes, puis de répondre sans compte, avec des pièces jointes s'il y a lieu. L'usager ne voit ni les demandes d'avis ni les réponses."
        </p>
        {refus}
        {vide}
        <ol class="rdv-fil">
            <Liste
                elements=Signal::derive(move || lus.with(|l| l.avis.clone()))
                cle=|avis: &AvisVue| avis.id
                vue=move |avis| view! { <li><UnAvis avis annee actions/></li> }.into_any()
            />
        </ol>
        <DemanderUnAvis numero lus relire/>
    }
}

#[component]
fn UnAvis(avis: Signal<AvisVue>, annee: Signal<i32>, actions: Actions) -> impl IntoView {
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
            <Gestes avis actions/>
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
#[component]
fn Gestes(avis: Signal<AvisVue>, actions: Actions) -> impl IntoView {
    let (id, email) = avis.with_untracked(|a| (a.id, a.email.clone()));
    let etat = Memo::new(move |_| avis.with(|a| a.etat));
    let Actions { relancer, revoquer, clore, suivis: [de_relancer, de_revoquer, de_clore] } =
        actions;
    move || match etat.get() {
        EtatAvis::EnAttente => {
            let a_relancer = format!("Relancer {email}");
            let sur = email.clone();
            view! {
                <div class="rdv-message__actions rdv-boutons">
                    <ActionForm
                        action=relancer
                        on:submit:capture=move |ev| de_relancer.avant_envoi(&ev)
                    >
                        <PageDuFormulaire/>
                        <input type="hidden" name="avis" value=id.to_string()/>
                        <input
                            type="hidden"
                            name="relances"
                            value=move || avis.with(|a| a.relances).to_string()
                        />
                        <button
                            class="fr-btn fr-btn--secondary fr-btn--sm"
                            type="submit"
                            aria-label=a_relancer
                        >
                            "Relancer"
                        </button>
                    </ActionForm>
                    <ActionForm
                        action=revoquer
                        on:submit:capture=move |ev| de_revoquer.avant_envoi(&ev)
                    >
                        <PageDuFormulaire/>
                        <input type="hidden" name="avis" value=id.to_string()/>
                        <EnDeuxTemps
                            geste="Révoquer"
                            sur
                            question="Le lien de l'expert n'ouvrira plus rien. La question reste dans cette page."
                            confirmer="Confirmer la révocation"
                        />
                    </ActionForm>
                </div>
            }
            .into_any()
        }
        EtatAvis::Rendu => {
            let sur = email.clone();
            view! {
                <div class="rdv-message__actions">
                    <ActionForm action=clore on:submit:capture=move |ev| de_clore.avant_envoi(&ev)>
                        <PageDuFormulaire/>
                        <input type="hidden" name="avis" value=id.to_string()/>
                        <EnDeuxTemps
                            geste="Clore l'avis"
                            sur
                            question="L'expert ne pourra plus modifier son avis ni lire le dossier."
                            confirmer="Confirmer la clôture"
                        />
                    </ActionForm>
                </div>
            }
            .into_any()
        }
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
