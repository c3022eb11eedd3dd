//! « Résumé ».

use super::ouvert::DossierOuvert;
use crate::api::usager::dossier::resume;
use crate::components::dossier::decision::decision;
use crate::components::messagerie::message::Message;
use crate::components::rendez_vous::fichier;
use crate::components::rendez_vous::phrases::{Lecteur, details};
use crate::components::rendez_vous::usager::{
    InvitationRendezVous, adresse_de_la_proposition, annulation, sans_reponse,
};
use crate::depart::Depart;
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::titre::TitresOnglet;
use domain::chemin::Chemin;
use domain::delais::{self, Delais};
use domain::dossier::{EtatDossier, Tag};
use domain::ids::DossierNumero;
use domain::sujet::Sujet;
use domain::vues::{Entete, Resume};
use leptos::prelude::*;
use leptos_router::components::A;

/// Where the dossier stands, its next rendez-vous, its last message.
#[component]
pub fn ResumeUsager() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || numero.get().map(|numero| view! { <LeResume numero/> })
}

#[component]
fn LeResume(numero: DossierNumero) -> impl IntoView {
    let lu = lire(|| (), move |()| resume(numero));
    let entete = DossierOuvert::entete();
    view! {
        {entete
            .map(|entete| {
                view! {
                    <Lecture
                        ressource=entete
                        muet=true
                        sujets=|_: &Entete, _: &Depart| Vec::new()
                        vue=move |entete| {
                            view! {
                                <TitresOnglet texte="Résumé" numero/>
                                <Avancement entete/>
                            }
                            .into_any()
                        }
                    />
                }
            })}
        <Lecture
            ressource=lu
            muet=true
            sujets=move |_: &Resume, _: &Depart| vec![Sujet::Dossier(numero)]
            vue=move |resume| {
                view! {
                    <Suite numero resume/>
                    <Dernieres numero resume/>
                }
                .into_any()
            }
        />
    }
}

/// « en construction ▶ en instruction ▶ terminé », and what it means.
#[component]
fn Avancement(entete: Signal<Entete>) -> impl IntoView {
    let invitation = move || {
        (entete.with(|e| !e.invite && e.tag == Some(Tag::RdvPropose))).then(|| {
            let messagerie =
                entete.with(|e| adresse_de_la_proposition(e.numero, e.proposition_a_lire));
            view! {
                <div class="fr-mb-3w">
                    <InvitationRendezVous messagerie/>
                </div>
            }
        })
    };
    let expiree = move || {
        let expiree = entete.with(|e| Some((e.numero, e.sans_reponse.as_ref()?.le)));
        expiree.map(|(numero, le)| {
            view! { <div class="fr-mb-3w">{sans_reponse(numero, le)}</div> }
        })
    };
    view! {
        {invitation}
        {expiree}
        {move || etapes(entete.with(|e| e.etat))}
        {move || phrase(entete.with(|e| e.etat))}
        {move || entete.with(|e| e.decision.clone()).map(decision)}
    }
}

fn etapes(etat: EtatDossier) -> impl IntoView {
    let ici = match etat {
        EtatDossier::EnConstruction => 0,
        EtatDossier::EnInstruction => 1,
        EtatDossier::Accepte | EtatDossier::Refuse | EtatDossier::SansSuite => 2,
    };
    let etapes = ["en construction", "en instruction", "terminé"]
        .into_iter()
        .enumerate()
        .map(|(rang, nom)| {
            view! {
                <li class="rdv-etapes__etape" aria-current=(rang == ici).then_some("step")>
                    {nom}
                    {(rang < ici).then(|| view! { <span class="fr-sr-only">" (étape passée)"</span> })}
                    {(rang == ici)
                        .then(|| view! { <span class="fr-sr-only">" (étape actuelle)"</span> })}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="rdv-etapes" aria-label="Avancement du dossier">{etapes}</ol> }
}

fn phrase(etat: EtatDossier) -> AnyView {
    match etat {
        EtatDossier::EnConstruction => view! {
            <p>
                "Votre dossier est en construction. Cela signifie que "
                <strong>"vous pouvez encore le modifier"</strong>
                ". Vous ne pourrez plus modifier votre dossier lorsque l'administration le passera «\u{a0}en instruction\u{a0}»."
            </p>
        }
        .into_any(),
        EtatDossier::EnInstruction => view! {
            <p>
                "Votre dossier est en instruction. Cela signifie que l'administration l'examine\u{a0}: "
                <strong>"vous ne pouvez plus le modifier"</strong> "."
            </p>
        }
        .into_any(),
        EtatDossier::Accepte => view! { <p>"Votre dossier a été accepté."</p> }.into_any(),
        EtatDossier::Refuse => view! { <p>"Votre dossier a été refusé."</p> }.into_any(),
        EtatDossier::SansSuite => {
            view! { <p>"Votre dossier a été classé sans suite."</p> }.into_any()
        }
    }
}

/// How long it may take, whom to ask, and what proves that the dossier was filed.
#[component]
fn Suite(numero: DossierNumero, resume: Signal<Resume>) -> impl IntoView {
    let delais = move || resume.with(|resume| resume.delais).map(estimation);
    view! {
        {delais}
        <p>
            "Vous avez une question\u{a0}? Utilisez la messagerie pour "
            <A href=Chemin::Messagerie(numero).to_string()>"contacter l'administration directement"</A>
            "."
        </p>
        <p>
            <a
                class="fr-link fr-link--download"
                href=Chemin::Attestation(numero).to_string()
                rel="external"
                download
            >
                "Obtenir une attestation de dépôt de dossier (PDF)"
            </a>
        </p>
    }
}

fn estimation(delais: Delais) -> impl IntoView {
    view! {
        <p class="fr-mb-1w">
            "Selon nos estimations, à partir des délais d'instruction constatés sur 90\u{a0}% des demandes qui ont été traitées lors des 30\u{a0}derniers jours, les délais d'instruction sont les suivants\u{a0}:"
        </p>
        <ul class="fr-mb-3w">
            <li>
                "Dans le meilleur des cas, le délai d'instruction est\u{a0}: "
                <strong>{delais::dire(delais.median)}</strong> "."
            </li>
            <li>
                "Pour les " <strong>"dossiers demandant quelques échanges"</strong>
                ", le délai d'instruction est d'environ\u{a0}: "
                <strong>{delais::dire(delais.neuf_sur_dix)}</strong> "."
            </li>
        </ul>
    }
}

/// The next rendez-vous and the last message.
#[component]
fn Dernieres(numero: DossierNumero, resume: Signal<Resume>) -> impl IntoView {
    let rendez_vous = move || {
        resume.with(|resume| resume.rendez_vous.clone()).map(|rdv| {
            if rdv.situation.annule() {
                let annule = annulation(numero, &rdv);
                return view! { <div class="fr-mb-4w">{annule}</div> }.into_any();
            }
            view! {
                <h3 class="fr-h5">"Votre prochain rendez-vous"</h3>
                <div class="rdv-carte fr-mb-4w">
                    {details(&rdv, Lecteur::Usager)}
                    {fichier::ajouter(&rdv, numero, Lecteur::Usager)}
                </div>
            }
            .into_any()
        })
    };
    let annee = Signal::derive(move || resume.with(|resume| resume.annee));
    let message = move || {
        resume.with(|resume| resume.dernier_message.clone()).map(|message| {
            view! {
                <h3 class="fr-h5">"Dernier message"</h3>
                <Message message=Signal::stored(message) annee/>
            }
        })
    };
    view! {
        {rendez_vous}
        {message}
    }
}
