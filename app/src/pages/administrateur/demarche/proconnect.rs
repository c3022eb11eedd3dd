//! The tile « ProConnect »: of whom the démarche demands it.

use crate::api::administrateur::proconnect::{EnregistrerProconnect, reglage_proconnect};
use crate::depart::Depart;
use crate::formulaire::saisie::Confirmation;
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::page::adresse::de_la_demarche;
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::pages::administrateur::cadre::{Cadre, Retour};
use domain::identite::Exigence;
use domain::ids::DemarcheNumero;
use domain::sujet::Sujet;
use domain::vues::ReglageProConnect;
use leptos::form::ActionForm;
use leptos::prelude::*;

/// Of whom the démarche demands it.
#[component]
pub fn ProConnectDemarche() -> impl IntoView {
    de_la_demarche(|numero| view! { <Ecran numero/> }.into_any())
}

#[component]
fn Ecran(numero: DemarcheNumero) -> impl IntoView {
    let lu = lire(|| (), move |()| reglage_proconnect(numero));
    let relire = Callback::new(move |()| lu.refetch());
    view! {
        <Lecture
            ressource=lu
            sujets=move |_: &ReglageProConnect, _: &Depart| vec![Sujet::Demarche(numero)]
            vue=move |lu| view! { <Contenu lu relire/> }.into_any()
        />
    }
}

#[component]
fn Contenu(lu: Signal<ReglageProConnect>, relire: Callback<()>) -> impl IntoView {
    let (numero, titre) = lu.with_untracked(|l| (l.numero, l.titre.clone()));
    let action = ServerAction::<EnregistrerProconnect>::new();
    let suivi = Suivi::nouveau(action);
    let choix = Exigence::TOUS.iter().map(|exigence| un_choix(lu, *exigence)).collect_view();
    let pourquoi = move || {
        lu.with(|l| match (l.possible, l.permis) {
            (false, _) => Some(
                "Ce service n'est pas relié à ProConnect\u{a0}: rien ne peut être demandé.",
            ),
            (true, false) => Some(
                "Votre session n'a pas été ouverte par ProConnect\u{a0}: vous ne pouvez pas changer ce réglage. Déconnectez-vous, puis revenez avec ProConnect.",
            ),
            (true, true) => None,
        })
        .map(|phrase| {
            view! {
                <div class="fr-alert fr-alert--info fr-alert--sm fr-mb-3w"><p>{phrase}</p></div>
            }
        })
    };
    view! {
        <Cadre numero titre ici="ProConnect">
            <p>
                "ProConnect est le moyen par lequel les agents publics s'identifient auprès des services de l'État. Demandé ici, c'est la seule porte\u{a0}: sans lui, les dossiers de cette démarche, leurs listes, leurs fichiers, leurs exports et leurs agendas ne s'ouvrent pas. Demandé à tous, les usagers ne peuvent non plus ni commencer ni ouvrir leur dossier autrement, et aucun avis externe ne s'ouvre par un lien."
            </p>
            {pourquoi}
            <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                <AlerteFormulaire suivi/>
                <Confirmation suivi phrase="Le réglage est enregistré." relire/>
                <PageDuFormulaire/>
                <input type="hidden" name="demarche" value=numero.to_string()/>
                <fieldset class="fr-fieldset" aria-labelledby="proconnect-legende">
                    <legend class="fr-fieldset__legend" id="proconnect-legende">
                        "De qui ProConnect est-il demandé\u{a0}?"
                    </legend>
                    {choix}
                </fieldset>
                <div class="rdv-boutons">
                    <Retour numero annuler=true/>
                    <BoutonEnvoyer texte="Enregistrer" suivi/>
                </div>
            </ActionForm>
        </Cadre>
    }
}

fn un_choix(lu: Signal<ReglageProConnect>, exigence: Exigence) -> impl IntoView {
    let id = format!("proconnect-{}", exigence.code());
    view! {
        <div class="fr-fieldset__element">
            <div class="fr-radio-group">
                <input
                    type="radio"
                    id=id.clone()
                    name="exigence"
                    value=exigence.code()
                    checked=move || lu.with(|l| l.exigence == exigence)
                />
                <label class="fr-label" for=id>{exigence.libelle()}</label>
            </div>
        </div>
    }
}
