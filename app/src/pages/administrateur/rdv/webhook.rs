//! What to paste into RDV Service Public, and what came from it.

use super::synchronisation::{Synchronisation, echec, silence};
use crate::api::administrateur::rdv::{RenouvelerSecret, Synchroniser};
use crate::components::copier::BoutonCopier;
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::page::contexte::{annonces, refus_de, vient_d_etre_fait};
use domain::chemin::{Chemin, Ecran};
use domain::francais;
use domain::ids::DemarcheNumero;
use domain::rendez_vous::Horaire;
use domain::vues::{ReglageRdv, ReglageWebhook};
use leptos::form::ActionForm;
use leptos::html;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;

/// The notifications of RDV Service Public.
#[component]
pub fn Webhook(
    /// The démarche.
    numero: DemarcheNumero,
    /// Its settings, whose webhook is known.
    reglage: Signal<ReglageRdv>,
    /// The secret, when it was just made.
    secret: RwSignal<Option<String>>,
    /// Reads them again.
    relire: Callback<()>,
) -> impl IntoView {
    let lire = move |champ: fn(&ReglageWebhook) -> String| {
        Signal::derive(move || reglage.with(|r| r.webhook.as_ref().map(champ).unwrap_or_default()))
    };
    let synchronisation = Signal::derive(move || {
        reglage.with(|r| r.webhook.as_ref().map(|w| w.synchronisation.clone()).unwrap_or_default())
    });
    let disponible = Memo::new(move |_| synchronisation.with(|s| s.disponible));
    let url = lire(|w| w.url.clone());
    view! {
        <h2 class="fr-h4 fr-mt-6w">"Recevoir ici les rendez-vous pris"</h2>
        {move || reglage.with(|r| r.webhook.as_ref().map(|webhook| recus(numero, webhook)))}
        {move || synchronisation.with(silence)}
        {move || synchronisation.with(echec)}
        <Techniques ouverts=Signal::derive(move || secret.with(Option::is_some))>
            <p>
                "Dans RDV Service Public, ajoutez un webhook à votre organisation avec l'adresse et le secret ci-dessous. Les rendez-vous pris, déplacés ou annulés s'afficheront alors dans les dossiers."
            </p>
            <div class="fr-input-group">
                <label class="fr-label" for="webhook-url">"Adresse du webhook"</label>
                <div class="rdv-a-copier">
                    <input
                        class="fr-input"
                        id="webhook-url"
                        type="text"
                        readonly
                        value=move || url.get()
                        prop:value=move || url.get()
                    />
                    <BoutonCopier texte=url quoi="l'adresse"/>
                </div>
            </div>
            {move || le_secret(secret.get())}
            <Renouveler numero secret relire/>
            {move || {
                disponible
                    .get()
                    .then(|| view! { <Synchronisation numero lue=synchronisation relire/> })
            }}
        </Techniques>
    }
}

/// « Réglages techniques », folded: what is needed once, or by somebody else. Opens and closes without a script;
/// unfolded when there is something to read inside.
#[component]
fn Techniques(
    /// Whether to unfold.
    ouverts: Signal<bool>,
    /// What is folded.
    children: Children,
) -> impl IntoView {
    let gestes = [RenouvelerSecret::url(), Synchroniser::url()];
    let repond =
        gestes.into_iter().any(|geste| refus_de(geste).is_some() || vient_d_etre_fait(geste, None));
    view! {
        <details class="rdv-deplier rdv-accordeon" open=move || repond || ouverts.get()>
            <summary class="fr-accordion__btn">"Réglages techniques"</summary>
            <div class="rdv-accordeon__corps">{children()}</div>
        </details>
    }
}

/// The secret that was just made; that there is one, otherwise.
fn le_secret(secret: Option<String>) -> AnyView {
    let Some(secret) = secret else {
        return view! {
            <p class="fr-mb-1w">
                "Le secret du webhook n'est affiché qu'une fois, quand il est créé. Si vous ne l'avez plus, renouvelez-le."
            </p>
        }
        .into_any();
    };
    let texte = Signal::stored(secret.clone());
    view! {
        <div class="fr-alert fr-alert--warning fr-alert--sm fr-mb-2w">
            <p class="rdv-a-copier">
                <span>"Secret du webhook\u{a0}: " <code class="rdv-cesure">{secret}</code></span>
                <BoutonCopier texte quoi="le secret"/>
            </p>
            <p>"Copiez-le maintenant\u{a0}: il ne sera plus affiché ensuite."</p>
        </div>
    }
    .into_any()
}

/// « Renouveler le secret », in two steps that need no script.
#[component]
fn Renouveler(
    numero: DemarcheNumero,
    secret: RwSignal<Option<String>>,
    relire: Callback<()>,
) -> impl IntoView {
    let action = ServerAction::<RenouvelerSecret>::new();
    let suivi = Suivi::nouveau(action);
    let details = NodeRef::<html::Details>::new();
    let bouton = NodeRef::<html::Summary>::new();
    let annonces = annonces();
    suivi.au_succes(move || {
        if let Some(Ok(neuf)) = action.value().get_untracked() {
            secret.set(Some(neuf));
        }
        if let Some(details) = details.get_untracked() {
            details.set_open(false);
        }
        if let Some(bouton) = bouton.get_untracked() {
            let _ = bouton.focus();
        }
        annonces.dire("Le secret a été renouvelé.");
        relire.run(());
    });
    view! {
        <details class="rdv-deplier" node_ref=details open=suivi.refuse_au_depart()>
            <summary class="fr-btn fr-btn--tertiary fr-btn--sm" node_ref=bouton>
                "Renouveler le secret"
            </summary>
            <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                <AlerteFormulaire suivi/>
                <PageDuFormulaire/>
                <input type="hidden" name="demarche" value=numero.to_string()/>
                <p class="fr-mt-1w">
                    "L'ancien secret fonctionne encore pendant 24\u{a0}heures\u{a0}: remplacez-le d'ici là dans RDV Service Public, sinon les rendez-vous pris ne s'afficheront plus ici. Toutes les démarches qui utilisent cet agenda sont concernées."
                </p>
                <button class="fr-btn fr-btn--sm" type="submit">"Confirmer le renouvellement"</button>
            </ActionForm>
        </details>
    }
}

/// What came from RDV Service Public.
fn recus(numero: DemarcheNumero, webhook: &ReglageWebhook) -> impl IntoView + use<> {
    let dernier = webhook.dernier_recu_le.map_or_else(
        || {
            "Aucune notification n'a encore été reçue. Choisissez votre organisation avec votre compte, ou servez-vous des réglages techniques ci-dessous.".to_owned()
        },
        |quand| {
            let quand = francais::date_heure(&Horaire { local: quand, fuseau: None });
            format!("Dernière notification reçue le {quand}.")
        },
    );
    let mis_de_cote = match webhook.mis_de_cote {
        0 => None,
        1 => Some("1 notification n'a pas pu être appliquée et a été mise de côté.".to_owned()),
        n => Some(format!(
            "{n} notifications n'ont pas pu être appliquées et ont été mises de côté."
        )),
    };
    let a_rattacher = match webhook.a_rattacher {
        0 => None,
        1 => Some("1 rendez-vous n'est rattaché à aucun dossier. Les instructeurs de la démarche peuvent le rattacher.".to_owned()),
        n => Some(format!(
            "{n} rendez-vous ne sont rattachés à aucun dossier. Les instructeurs de la démarche peuvent les rattacher."
        )),
    };
    let courriels = match webhook.courriels_abandonnes {
        0 => None,
        1 => Some("1 courriel n'a pas pu partir.".to_owned()),
        n => Some(format!("{n} courriels n'ont pas pu partir.")),
    };
    view! {
        <p class="fr-mb-1w">{dernier}</p>
        {mis_de_cote
            .map(|phrase| {
                view! {
                    <p class="fr-mb-1w">
                        {phrase} " "
                        <A href=Chemin::Ecran(numero, Ecran::Notifications).to_string()>
                            "Voir les notifications mises de côté"
                        </A>
                    </p>
                }
            })}
        {courriels
            .map(|phrase| {
                view! {
                    <p class="fr-mb-1w">
                        {phrase} " "
                        <A href=Chemin::Ecran(numero, Ecran::CourrielsNonEnvoyes).to_string()>
                            "Voir les courriels non envoyés"
                        </A>
                    </p>
                }
            })}
        {a_rattacher.map(|phrase| view! { <p class="fr-mb-1w">{phrase}</p> })}
    }
}
