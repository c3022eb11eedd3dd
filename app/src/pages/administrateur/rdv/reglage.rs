//! The screen of the tile « RDV Service Public ».

use super::relances::Relances;
use super::webhook::Webhook;
use crate::api::administrateur::rdv::{EnregistrerRdv, reglage_rdv};
use crate::components::lien::{LienExterne, nom_du_site};
use crate::components::site::compte_rdv::CONNECTER;
use crate::depart::Depart;
use crate::formulaire::suivi::{
    AlerteFormulaire, BoutonEnvoyer, MessageErreur, PageDuFormulaire, Suivi,
};
use crate::page::contexte::{annonces, du_depart, lire};
use crate::page::erreur::Introuvable;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use crate::page::{adresse, service};
use domain::Champ;
use domain::chemin::{Chemin, Ecran};
use domain::ids::DemarcheNumero;
use domain::sujet::Sujet;
use domain::vues::{EtatCompteRdv, ReglageRdv};
use leptos::form::ActionForm;
use leptos::html;
use leptos::prelude::*;
use leptos_router::components::A;

/// How instructeurs may propose rendez-vous.
#[component]
pub fn ReglageDuRdv() -> impl IntoView {
    let numero = adresse::numero::<DemarcheNumero>();
    move || match numero.get() {
        Some(numero) => view! { <Reglage numero/> }.into_any(),
        None => view! { <Introuvable/> }.into_any(),
    }
}

#[component]
fn Reglage(numero: DemarcheNumero) -> impl IntoView {
    let reglage = lire(|| (), move |()| reglage_rdv(numero));
    let relire = Callback::new(move |()| reglage.refetch());
    view! {
        <Lecture
            ressource=reglage
            sujets=move |_: &ReglageRdv, _: &Depart| vec![Sujet::Demarche(numero)]
            vue=move |reglage| view! { <Contenu reglage relire/> }.into_any()
        />
    }
}

#[component]
fn Contenu(reglage: Signal<ReglageRdv>, relire: Callback<()>) -> impl IntoView {
    let (numero, titre) = reglage.with_untracked(|r| (r.numero, r.titre.clone()));
    let connu = Memo::new(move |_| reglage.with(|r| r.webhook.is_some()));
    let secret = secret_montre(reglage);
    let webhook = move || {
        connu.get().then(|| {
            view! { <Webhook numero reglage secret relire/> }
        })
    };
    let preuve = Memo::new(move |_| reglage.with(|r| r.a_prouver));
    let preuve = move || preuve.get().then(|| view! { <AProuver/> });
    view! {
        <TitreFenetre parties=vec!["RDV Service Public".to_owned(), titre.clone()]/>
        <FilAriane
            parents=vec![
                (Chemin::Accueil.to_string(), "Accueil".to_owned()),
                (Chemin::DemarchesAdministrees.to_string(), "Démarches".to_owned()),
                (Chemin::DemarcheAdministree(numero).to_string(), titre),
            ]
            ici="RDV Service Public"
        />
        <div class="rdv-etroit">
            <TitrePage>"RDV Service Public"</TitrePage>
            <div class="fr-alert fr-alert--info fr-alert--sm fr-mb-4w">
                <p>
                    "Cette fonctionnalité permet à vos instructeurs de proposer un rendez-vous aux usagers depuis la messagerie de leur dossier."
                </p>
            </div>
            {preuve}
            <MonCompte numero/>
            <Formulaire reglage secret relire/>
            <Relances numero reglage=reglage.with_untracked(|r| r.relances) relire/>
            {webhook}
        </div>
    }
}

/// The secret that was just made, kept on the page until it is left: nothing shows it again.
fn secret_montre(reglage: Signal<ReglageRdv>) -> RwSignal<Option<String>> {
    let lu = move |r: &ReglageRdv| r.webhook.as_ref().and_then(|webhook| webhook.secret.clone());
    let secret = RwSignal::new(reglage.with_untracked(lu));
    Effect::new(move |_| {
        if let Some(neuf) = reglage.with(lu) {
            secret.set(Some(neuf));
        }
    });
    secret
}

/// Why what comes from the agenda is not shown, and what to do.
#[component]
fn AProuver() -> impl IntoView {
    view! {
        <div class="fr-alert fr-alert--warning fr-mb-4w">
            <h2 class="fr-alert__title">"Cet agenda est aussi utilisé par une autre démarche"</h2>
            <p>
                "Son webhook, ses rendez-vous à rattacher et sa synchronisation ne sont montrés qu'à ceux dont c'est l'agenda. Connectez votre compte RDV Service Public et choisissez votre organisation dans la liste, ou demandez à un administrateur de l'autre démarche de vous y ajouter."
            </p>
        </div>
    }
}

#[component]
fn Formulaire(
    reglage: Signal<ReglageRdv>,
    secret: RwSignal<Option<String>>,
    relire: Callback<()>,
) -> impl IntoView {
    let action = ServerAction::<EnregistrerRdv>::new();
    let suivi = Suivi::nouveau(action);
    let numero = reglage.with_untracked(|r| r.numero);
    let enregistre = RwSignal::new(suivi.fait_au_depart());
    let annonces = annonces();
    suivi.au_succes(move || {
        if let Some(Ok(Some(neuf))) = action.value().get_untracked() {
            secret.set(Some(neuf));
        }
        enregistre.set(true);
        annonces.dire("Les réglages sont enregistrés.");
        relire.run(());
    });
    let confirmation = move || {
        enregistre.get().then(|| {
            view! {
                <div class="fr-alert fr-alert--success fr-alert--sm fr-mb-3w">
                    <p>"Les réglages sont enregistrés."</p>
                </div>
            }
        })
    };
    let avant_envoi = move |envoi| {
        enregistre.set(false);
        suivi.avant_envoi(&envoi);
    };
    view! {
        <ActionForm action on:submit:capture=avant_envoi>
            <AlerteFormulaire suivi champ=Champ::UrlAgenda/>
            {confirmation}
            <PageDuFormulaire/>
            <input type="hidden" name="demarche" value=numero.to_string()/>
            <Autorisation reglage suivi/>
            <p class="fr-mb-1w">
                "Définissez vos plages d'ouvertures directement sur le site "
                {move || {
                    let adresse = reglage.with(|r| r.plateforme.clone());
                    view! { <LienExterne texte=nom_du_site(&adresse) href=adresse/> }
                }}
            </p>
            <p>
                {format!(
                    "Puis complétez l'url de votre agenda pour commencer à l'utiliser sur {}\u{a0}:",
                    service::nom(),
                )}
            </p>
            <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
            <UrlAgenda reglage suivi/>
            <div class="rdv-boutons">
                <A
                    href=Chemin::DemarcheAdministree(numero).to_string()
                    attr:class="fr-btn fr-btn--secondary"
                >
                    "Annuler et revenir à l'écran de gestion"
                </A>
                <BoutonEnvoyer texte="Enregistrer" suivi/>
            </div>
        </ActionForm>
    }
}

/// « Autoriser les instructeurs à proposer un RDV à l'utilisateur ».
#[component]
fn Autorisation(reglage: Signal<ReglageRdv>, suivi: Suivi) -> impl IntoView {
    let noeud = NodeRef::<html::Input>::new();
    let coche = if suivi.refuse_au_depart() {
        suivi.saisi("active").is_some()
    } else {
        reglage.with_untracked(|r| r.active)
    };
    // What is set in another window shows here, unless it was being changed here.
    Effect::new(move |avant: Option<bool>| {
        let active = reglage.with(|r| r.active);
        if let (Some(noeud), Some(avant)) = (noeud.get_untracked(), avant)
            && noeud.checked() == avant
        {
            noeud.set_checked(active);
        }
        active
    });
    view! {
        <div class="fr-toggle fr-mb-4w">
            <input
                type="checkbox"
                class="fr-toggle__input"
                id="active"
                name="active"
                value="oui"
                checked=coche
                node_ref=noeud
            />
            <label class="fr-toggle__label" for="active">
                "Autoriser les instructeurs à proposer un RDV à l'utilisateur"
            </label>
        </div>
    }
}

/// « URL de votre agenda * ».
#[component]
fn UrlAgenda(reglage: Signal<ReglageRdv>, suivi: Suivi) -> impl IntoView {
    let noeud = NodeRef::<html::Input>::new();
    let erreur = suivi.sur(Champ::UrlAgenda);
    let valeur = suivi
        .saisi(Champ::UrlAgenda.nom())
        .unwrap_or_else(|| reglage.with_untracked(|r| r.url_agenda.clone()));
    suivi.focus_si_refuse(Champ::UrlAgenda, noeud);
    Effect::new(move |avant: Option<String>| {
        let url = reglage.with(|r| r.url_agenda.clone());
        if let (Some(noeud), Some(avant)) = (noeud.get_untracked(), avant)
            && noeud.value() == avant
        {
            noeud.set_value(&url);
        }
        url
    });
    view! {
        <div class="fr-input-group" class:fr-input-group--error=move || erreur.with(Option::is_some)>
            <label class="fr-label" for="url_agenda">
                "URL de votre agenda\u{a0}*"
                <span class="fr-hint-text">
                    "Exemple\u{a0}: 'https://rdv.anct.gouv.fr/org/100/demarches-simplifiees'"
                </span>
            </label>
            <input
                class="fr-input"
                class:fr-input--error=move || erreur.with(Option::is_some)
                id="url_agenda"
                name=Champ::UrlAgenda.nom()
                type="text"
                inputmode="url"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-required="true"
                aria-invalid=move || erreur.with(Option::is_some).then_some("true")
                aria-describedby=move || erreur.with(Option::is_some).then_some("url_agenda-erreur")
                value=valeur
                node_ref=noeud
            />
            <MessageErreur id="url_agenda-erreur".to_owned() erreur/>
            {move || reglage.with(|r| r.suggestion.clone()).map(|url| view! { <Suggestion url/> })}
        </div>
    }
}

/// One's account of RDV Service Public, which gives the agenda and plugs it in: to be connected first.
#[component]
fn MonCompte(numero: DemarcheNumero) -> impl IntoView {
    let organisations = Chemin::Ecran(numero, Ecran::AgendaRdv).to_string();
    match du_depart(|depart| depart.session.as_ref().map(|session| session.compte_rdv)) {
        None | Some(EtatCompteRdv::Indisponible) => ().into_any(),
        Some(EtatCompteRdv::Connecte) => view! {
            <p class="fr-mb-4w">
                <A href=organisations attr:class="fr-btn fr-btn--secondary">
                    "Choisir parmi mes organisations"
                </A>
            </p>
        }
        .into_any(),
        Some(EtatCompteRdv::Aucun | EtatCompteRdv::Perdu) => view! {
            <p class="fr-mb-1w">
                "Connectez d'abord votre compte RDV Service Public\u{a0}: vous choisirez votre organisation dans une liste, et les rendez-vous pris arriveront ici sans autre réglage."
            </p>
            <p class="fr-mb-4w">
                <a
                    class="fr-btn fr-btn--secondary"
                    href=format!("{CONNECTER}?page={organisations}")
                    rel="external"
                >
                    "Connecter mon compte"
                </a>
            </p>
        }
        .into_any(),
    }
}

/// An address to try, in the demo.
#[component]
fn Suggestion(url: String) -> impl IntoView {
    view! {
        <p class="fr-hint-text fr-mt-1w">
            "Pour essayer dans cette démonstration\u{a0}: " <code class="rdv-cesure">{url}</code>
        </p>
    }
}
