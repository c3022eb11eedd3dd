//! The webhooks of the platform: on or off, their address and their secret.

use crate::api::administrateur::raccordement::{ActiverWebhooks, DesactiverWebhooks};
use crate::components::copier::BoutonCopier;
use crate::formulaire::saisie::{ChampLigne, Confirmation, Libelle};
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::pages::administrateur::notifications::quand;
use domain::Champ;
use domain::ids::DemarcheNumero;
use domain::vues::Raccordement;
use leptos::form::ActionForm;
use leptos::prelude::*;

const SECRET: Libelle =
    Libelle::new(Champ::SecretWebhook, "secret_webhook", "Secret donné par la plateforme")
        .indice("Il commence par «\u{a0}whsec_\u{a0}». Laissez vide pour qu'il soit créé ici.");

/// Folded: what is needed once, and by few.
#[component]
pub fn Webhooks(
    /// The démarche.
    numero: DemarcheNumero,
    /// Its raccordement.
    lu: Signal<Raccordement>,
    /// Reads it again.
    relire: Callback<()>,
) -> impl IntoView {
    let (activer, desactiver) =
        (ServerAction::<ActiverWebhooks>::new(), ServerAction::<DesactiverWebhooks>::new());
    let (activation, arret) = (Suivi::nouveau(activer), Suivi::nouveau(desactiver));
    let secret = secret_montre(lu);
    let ouvert = move || {
        secret.with(Option::is_some)
            || activation.refuse_au_depart()
            || activation.fait_au_depart()
            || arret.fait_au_depart()
    };
    let actifs = Memo::new(move |_| lu.with(|l| l.webhooks.actifs));
    let url = Signal::derive(move || lu.with(|l| l.webhooks.url.clone()));
    let eteindre = move || {
        actifs.get().then(|| {
            view! {
                <ActionForm action=desactiver on:submit:capture=move |ev| arret.avant_envoi(&ev)>
                    <PageDuFormulaire/>
                    <input type="hidden" name="demarche" value=numero.to_string()/>
                    <button class="fr-btn fr-btn--secondary fr-btn--sm fr-mt-2w" type="submit">
                        "Désactiver les webhooks"
                    </button>
                </ActionForm>
            }
        })
    };
    view! {
        <details class="rdv-deplier rdv-accordeon fr-mt-6w fr-mb-4w" open=ouvert>
            <summary class="fr-accordion__btn">"Webhooks"</summary>
            <div class="rdv-accordeon__corps">
                <p>
                    "Sans eux, les changements sont lus toutes les quelques minutes. Avec eux, ils sont lus aussitôt\u{a0}: à activer quand votre plateforme les propose."
                </p>
                <p>{move || lu.with(etat)}</p>
                <Adresse url/>
                {move || secret.get().map(le_secret)}
                <AlerteFormulaire suivi=arret/>
                <Confirmation suivi=arret phrase="Les webhooks sont désactivés." relire/>
                <ActionForm action=activer on:submit:capture=move |ev| activation.avant_envoi(&ev)>
                    <AlerteFormulaire suivi=activation champ=Champ::SecretWebhook/>
                    <Confirmation suivi=activation phrase="Les webhooks sont activés." relire/>
                    <PageDuFormulaire/>
                    <input type="hidden" name="demarche" value=numero.to_string()/>
                    <ChampLigne libelle=SECRET vider=true suivi=activation/>
                    {move || {
                        let texte = if actifs.get() {
                            "Changer le secret"
                        } else {
                            "Activer les webhooks"
                        };
                        view! { <BoutonEnvoyer texte suivi=activation/> }
                    }}
                </ActionForm>
                {eteindre}
            </div>
        </details>
    }
}

/// The secret that was just made, kept on the page until it is left: nothing shows it again.
fn secret_montre(lu: Signal<Raccordement>) -> RwSignal<Option<String>> {
    let secret = RwSignal::new(lu.with_untracked(|l| l.webhooks.secret.clone()));
    Effect::new(move |_| {
        if let Some(neuf) = lu.with(|l| l.webhooks.secret.clone()) {
            secret.set(Some(neuf));
        }
    });
    secret
}

fn etat(lu: &Raccordement) -> String {
    match (lu.webhooks.actifs, lu.webhooks.dernier_recu_le) {
        (false, _) => "Ils sont désactivés.".to_owned(),
        (true, None) => "Ils sont activés\u{a0}: aucun n'a encore été reçu.".to_owned(),
        (true, Some(le)) => {
            format!("Ils sont activés\u{a0}: le dernier a été reçu le {}.", quand(le))
        }
    }
}

#[component]
fn Adresse(url: Signal<String>) -> impl IntoView {
    view! {
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
    }
}

fn le_secret(secret: String) -> impl IntoView {
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
}
