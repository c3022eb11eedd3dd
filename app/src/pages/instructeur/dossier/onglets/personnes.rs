//! « Personnes impliquées », for an instructeur.

use crate::api::instructeur::personnes::{EnvoyerDossier, personnes_impliquees};
use crate::components::badge::BadgeAvis;
use crate::components::personnes::{Personne, adresse_refusee};
use crate::depart::Depart;
use crate::formulaire::saisie::Fait;
use crate::formulaire::suivi::{
    AlerteFormulaire, BoutonEnvoyer, MessageErreur, PageDuFormulaire, Suivi,
};
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::page::titre::TitresOnglet;
use domain::ids::DossierNumero;
use domain::sujet::Sujet;
use domain::vues::{
    EnvoiVue, InstructeurImplique, InviteVue, Membre, PersonnesImpliquees, TraitementVue,
};
use domain::{Champ, francais};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Those who have to do with the dossier.
#[component]
pub fn PersonnesInstructeur() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || numero.get().map(|numero| view! { <LesPersonnes numero/> })
}

#[component]
fn LesPersonnes(numero: DossierNumero) -> impl IntoView {
    let personnes = lire(|| (), move |()| personnes_impliquees(numero));
    view! {
        <Lecture
            ressource=personnes
            muet=true
            sujets=move |_: &PersonnesImpliquees, _: &Depart| vec![Sujet::Dossier(numero)]
            vue=move |lues| {
                view! {
                    <TitresOnglet texte="Personnes impliquées" numero/>
                    <div class="rdv-etroit">
                        <Usager lues/>
                        <Instructeurs lues/>
                        <Experts lues/>
                        <Envoyer numero lues/>
                        <Decisions lues/>
                    </div>
                }
                .into_any()
            }
        />
    }
}

#[component]
fn Usager(lues: Signal<PersonnesImpliquees>) -> impl IntoView {
    view! {
        <h3 class="fr-h5">"Usager"</h3>
        <ul class="rdv-personnes">
            <Personne membre=Signal::derive(move || lues.with(|l| l.usager.clone()))>
                <p class="fr-mb-0">
                    "A déposé le dossier pour " {move || lues.with(|l| l.demandeur.clone())}
                </p>
            </Personne>
            <Liste
                elements=Signal::derive(move || lues.with(|l| l.invites.clone()))
                cle=|invite: &InviteVue| invite.id
                vue=move |invite| un_invite(invite, lues)
            />
        </ul>
    }
}

fn un_invite(invite: Signal<InviteVue>, lues: Signal<PersonnesImpliquees>) -> AnyView {
    let InviteVue { email, le, .. } = invite.get_untracked();
    let adresse = email.clone();
    let refus =
        move || lues.with(|l| l.refusees.get(&adresse).map(|raison| adresse_refusee(raison)));
    view! {
        <li>
            <p class="rdv-personnes__qui">
                <span class="fr-text--bold rdv-cesure">{email}</span>
            </p>
            {refus}
            <p class="fr-mb-0">
                "Peut modifier le dossier, sur invitation du " {francais::date(le.date())}
            </p>
        </li>
    }
    .into_any()
}

/// Those asked for their opinion.
#[component]
fn Experts(lues: Signal<PersonnesImpliquees>) -> impl IntoView {
    let experts = move || {
        lues.with(|l| {
            let experts = l.experts.iter().map(|(email, etat)| {
                let refus = l.refusees.get(email).map(|raison| adresse_refusee(raison));
                view! {
                    <li>
                        <span class="rdv-cesure">{email.clone()}</span>
                        <BadgeAvis etat=*etat/>
                        {refus}
                    </li>
                }
            });
            experts.collect_view()
        })
    };
    view! {
        <div hidden=move || lues.with(|l| l.experts.is_empty())>
            <h3 class="fr-h5">"Experts consultés"</h3>
            <ul class="rdv-personnes">{experts}</ul>
        </div>
    }
}

#[component]
fn Instructeurs(lues: Signal<PersonnesImpliquees>) -> impl IntoView {
    let suivi = move || lues.with(|l| l.instructeurs.iter().any(|i| i.suit));
    view! {
        <h3 class="fr-h5">
            "Instructeurs du groupe «\u{a0}" {move || lues.with(|l| l.groupe.clone())} "\u{a0}»"
        </h3>
        <p hidden=suivi>
            "Aucun instructeur ne suit ce dossier pour le moment."
        </p>
        <ul class="rdv-personnes">
            <Liste
                elements=Signal::derive(move || lues.with(|l| l.instructeurs.clone()))
                cle=|un: &InstructeurImplique| un.membre.compte
                vue=un_instructeur
            />
        </ul>
    }
}

fn un_instructeur(un: Signal<InstructeurImplique>) -> AnyView {
    let membre = Signal::derive(move || un.with(|un| un.membre.clone()));
    let moi = un.with_untracked(|un| un.moi);
    let suit = move || {
        un.with(|un| un.suit).then(|| {
            view! { <span class="fr-badge fr-badge--sm fr-badge--info fr-badge--no-icon">"suit le dossier"</span> }
        })
    };
    view! {
        <Personne membre moi>
            <p class="fr-mb-0">{suit}</p>
        </Personne>
    }
    .into_any()
}

/// « Envoyer le dossier à un autre instructeur ».
#[component]
fn Envoyer(numero: DossierNumero, lues: Signal<PersonnesImpliquees>) -> impl IntoView {
    let suivi = Suivi::servi::<EnvoyerDossier>();
    let cle = lues.with_untracked(|l| l.cle.to_string());
    let autres = Memo::new(move |_| {
        lues.with(|l| {
            let autres = l.instructeurs.iter().filter(|i| !i.moi);
            autres.map(|i| i.membre.clone()).collect::<Vec<_>>()
        })
    });
    let seul = move || autres.with(Vec::is_empty);
    let erreur = suivi.sur(Champ::Destinataire);
    let invalide = move || erreur.with(Option::is_some);
    view! {
        <h3 class="fr-h5">"Envoyer le dossier à un autre instructeur"</h3>
        <p hidden=move || !seul()>
            "Vous êtes la seule personne de ce groupe. Un administrateur de la démarche peut y ajouter des instructeurs."
        </p>
        <div hidden=seul>
            <p>
                "La personne choisie reçoit un courriel avec le lien du dossier, et le suit désormais."
            </p>
            <form method="post" action=EnvoyerDossier::url()>
                <AlerteFormulaire suivi champ=Champ::Destinataire/>
                <Fait action=EnvoyerDossier::url() phrase="Le dossier est envoyé."/>
                <PageDuFormulaire/>
                <input type="hidden" name="dossier" value=numero.to_string()/>
                <input type="hidden" name="cle" value=cle/>
                <div class="fr-select-group" class:fr-select-group--error=invalide>
                    <label class="fr-label" for="destinataire">"Instructeur\u{a0}*"</label>
                    <select
                        class="fr-select"
                        class:fr-select--error=invalide
                        id="destinataire"
                        name=Champ::Destinataire.nom()
                        aria-required="true"
                        aria-invalid=move || invalide().then_some("true")
                        aria-describedby=move || invalide().then_some("destinataire-erreur")
                    >
                        <option value="">"Sélectionnez un instructeur"</option>
                        <Liste
                            elements=Signal::from(autres)
                            cle=|membre: &Membre| membre.compte
                            vue=move |membre| choix(membre, suivi)
                        />
                    </select>
                    <MessageErreur id="destinataire-erreur".to_owned() erreur/>
                </div>
                <p><BoutonEnvoyer texte="Envoyer le dossier" suivi/></p>
            </form>
        </div>
        <Envois lues/>
    }
}

fn choix(membre: Signal<Membre>, suivi: Suivi) -> AnyView {
    let Membre { compte, email, nom, .. } = membre.get_untracked();
    let code = compte.to_string();
    let choisi = suivi.saisi(Champ::Destinataire.nom()).is_some_and(|saisi| saisi == code);
    let texte = if nom == email { email } else { format!("{nom} ({email})") };
    view! {
        <option value=code selected=choisi>
            {texte}
        </option>
    }
    .into_any()
}

#[component]
fn Envois(lues: Signal<PersonnesImpliquees>) -> impl IntoView {
    let annee = lues.with_untracked(|l| l.annee);
    let un = move |envoi: Signal<EnvoiVue>| {
        let EnvoiVue { de, a, le, .. } = envoi.get_untracked();
        let quand = francais::horodatage(le, annee);
        view! { <li class="rdv-cesure">"Envoyé à " {a} " par " {de} ", le " {quand}</li> }
            .into_any()
    };
    view! {
        <ol class="rdv-historique fr-mb-4w" hidden=move || lues.with(|l| l.envois.is_empty())>
            <Liste
                elements=Signal::derive(move || lues.with(|l| l.envois.clone()))
                cle=|envoi: &EnvoiVue| envoi.id
                vue=un
            />
        </ol>
    }
}

/// Who made the dossier change of état.
#[component]
fn Decisions(lues: Signal<PersonnesImpliquees>) -> impl IntoView {
    let annee = lues.with_untracked(|l| l.annee);
    let un = move |traitement: Signal<TraitementVue>| {
        let TraitementVue { geste, par, le, .. } = traitement.get_untracked();
        let quand = francais::horodatage(le, annee);
        view! {
            <li>
                <p class="fr-text--bold fr-mb-0 rdv-historique__action">{geste.journal().phrase()}</p>
                <p class="fr-text--sm fr-mb-0 rdv-cesure">"Par " {par} ", le " {quand}</p>
            </li>
        }
        .into_any()
    };
    let vide = move || {
        lues.with(|l| l.traitements.is_empty()).then(|| {
            view! { <p>"Personne n'a encore changé l'état de ce dossier."</p> }
        })
    };
    view! {
        <h3 class="fr-h5">"Instruction et décision"</h3>
        {vide}
        <ol class="rdv-historique">
            <Liste
                elements=Signal::derive(move || lues.with(|l| l.traitements.clone()))
                cle=|traitement: &TraitementVue| traitement.id
                vue=un
            />
        </ol>
    }
}
