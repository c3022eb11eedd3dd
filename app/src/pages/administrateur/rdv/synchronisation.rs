//! What the comparison with RDV Service Public's own list found, and « Synchroniser ».

use crate::api::administrateur::rdv::Synchroniser;
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::page::contexte::{annonces, du_depart};
use domain::francais;
use domain::ids::DemarcheNumero;
use domain::rendez_vous::Horaire;
use domain::vues::{EchecSynchronisation, EtatCompteRdv, Synchronisation as Vue};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// The comparison of the démarche's agenda.
#[component]
pub fn Synchronisation(
    /// The démarche.
    numero: DemarcheNumero,
    /// Where the comparison stands.
    lue: Signal<Vue>,
    /// Reads it again.
    relire: Callback<()>,
) -> impl IntoView {
    let action = ServerAction::<Synchroniser>::new();
    let suivi = Suivi::nouveau(action);
    let annonces = annonces();
    suivi.au_succes(move || {
        annonces.dire("Synchronisation demandée.");
        relire.run(());
    });
    let sienne = du_depart(|depart| depart.session.as_ref().map(|session| session.compte_rdv));
    let attend =
        Memo::new(move |_| sienne != Some(EtatCompteRdv::Connecte) && lue.with(attend_un_compte));
    let corps = move || {
        if attend.get() {
            return connecter().into_any();
        }
        view! {
            {move || lue.with(derniere)}
            <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                <AlerteFormulaire suivi/>
                <PageDuFormulaire/>
                <input type="hidden" name="demarche" value=numero.to_string()/>
                <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit">
                    "Synchroniser"
                </button>
            </ActionForm>
        }
        .into_any()
    };
    view! {
        <h3 class="fr-h5 fr-mt-4w">"Synchronisation"</h3>
        <p class="fr-mb-1w">
            "Une notification peut se perdre. Les rendez-vous sont donc aussi comparés, tous les quarts d'heure, à la liste de RDV Service Public."
        </p>
        {corps}
    }
}

/// Nothing was ever compared, for nobody has connected an account: that is nobody's failure.
fn attend_un_compte(vue: &Vue) -> bool {
    vue.reussie_le.is_none()
        && matches!(vue.echec, None | Some(EchecSynchronisation::SansConnexion))
}

/// What is to be done first: its button stands at the top of the page.
fn connecter() -> impl IntoView {
    view! {
        <p class="fr-mb-0">
            "Il y faut le compte RDV Service Public d'un agent de l'organisation\u{a0}: connectez le vôtre, ou demandez à un instructeur de cette démarche de connecter le sien."
        </p>
    }
}

fn quand(le: chrono::NaiveDateTime) -> String {
    francais::date_heure(&Horaire { local: le, fuseau: None })
}

/// An agenda that is silent for longer than usual.
pub(super) fn silence(vue: &Vue) -> Option<impl IntoView + use<>> {
    vue.silence_depuis.map(|depuis| {
        view! {
            <div class="fr-alert fr-alert--warning fr-alert--sm fr-mt-3w">
                <p>
                    {format!(
                        "Aucune notification n'est arrivée depuis le {}, ce qui est inhabituel. Vérifiez, dans RDV Service Public, que le webhook existe toujours avec cette adresse et ce secret.",
                        quand(depuis),
                    )}
                </p>
            </div>
        }
    })
}

fn derniere(vue: &Vue) -> impl IntoView + use<> {
    let phrase = match (vue.en_cours, vue.reussie_le) {
        (true, _) => "Synchronisation en cours…".to_owned(),
        (false, None) => "Aucune synchronisation n'a encore réussi.".to_owned(),
        (false, Some(le)) => {
            let repares = match vue.reparees {
                0 => "aucune différence trouvée".to_owned(),
                1 => "1 rendez-vous mis à jour".to_owned(),
                n => format!("{n} rendez-vous mis à jour"),
            };
            format!("Dernière synchronisation réussie le {}\u{a0}: {repares}.", quand(le))
        }
    };
    view! { <p class="fr-mb-1w">{phrase}</p> }
}

/// A comparison that failed, once an account was connected.
pub(super) fn echec(vue: &Vue) -> Option<impl IntoView + use<>> {
    let echec = vue.echec.filter(|echec| {
        // Before the first one was connected.
        *echec != EchecSynchronisation::SansConnexion || vue.reussie_le.is_some()
    });
    let (echec, le) = echec.zip(vue.echouee_le)?;
    Some(view! {
        <div class="fr-alert fr-alert--warning fr-alert--sm fr-mt-3w">
            <p>{format!("La synchronisation du {} n'a pas abouti. {echec}", quand(le))}</p>
        </div>
    })
}
