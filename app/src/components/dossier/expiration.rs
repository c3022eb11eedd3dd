//! When a dossier expires, and « Conserver un mois de plus ».

use crate::api::dossier::Conserver;
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use domain::conservation::Expiration;
use domain::francais;
use domain::role::Role;
use domain::vues::Entete;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// « Expirera le 27/05/2025 (12 mois après le dépôt du dossier) », while en construction.
#[component]
pub fn DateExpiration(
    /// The header of the dossier.
    entete: Signal<Entete>,
) -> impl IntoView {
    move || {
        entete.with(|e| e.expiration).map(|expiration| {
            view! { <p class="fr-text--sm fr-mb-0">{expiration.phrase()}</p> }
        })
    }
}

/// That a dossier expires soon, and the button that keeps it longer. Nothing when it does not.
#[component]
pub fn ExpireBientot(
    /// The header of the dossier.
    entete: Signal<Entete>,
    /// On whose side.
    cote: Role,
) -> impl IntoView {
    let suivi = Suivi::servi::<Conserver>();
    let (numero, invite) = entete.with_untracked(|e| (e.numero, e.invite));
    let bientot =
        Memo::new(move |_| entete.with(|e| e.expiration.filter(|expiration| expiration.bientot)));
    let bouton = move || {
        (!invite).then(|| {
            view! {
                <form method="post" action=Conserver::url()>
                    <PageDuFormulaire/>
                    <input type="hidden" name="dossier" value=numero.to_string()/>
                    <input
                        type="hidden"
                        name="instructeur"
                        value=(cote == Role::Instructeur).to_string()
                    />
                    <p class="fr-mt-2w fr-mb-0">
                        <BoutonEnvoyer texte="Conserver un mois de plus" suivi/>
                    </p>
                </form>
            }
        })
    };
    let alerte = move || {
        bientot.get().map(|expiration| {
            view! {
                <div class="fr-alert fr-alert--warning fr-mb-3w">
                    <h2 class="fr-alert__title">{titre(cote, invite)}</h2>
                    <p>{phrase(cote, invite, expiration)}</p>
                    {bouton}
                </div>
            }
        })
    };
    view! {
        <AlerteFormulaire suivi/>
        {alerte}
    }
}

const fn titre(cote: Role, invite: bool) -> &'static str {
    match (cote, invite) {
        (Role::Usager, false) => "Votre dossier expire bientôt",
        _ => "Ce dossier expire bientôt",
    }
}

fn phrase(cote: Role, invite: bool, expiration: Expiration) -> String {
    let suite = match (cote, invite) {
        (Role::Usager, false) => "S'il vous est encore utile, conservez-le plus longtemps.",
        (Role::Usager, true) => "La personne qui l'a déposé peut le conserver plus longtemps.",
        _ => "L'usager en est prévenu. Passé en instruction, le dossier n'expire pas.",
    };
    format!(
        "Il sera supprimé le {}, avec ses messages et ses pièces jointes. {suite}",
        francais::date(expiration.le)
    )
}
