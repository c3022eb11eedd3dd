//! « Inviter une personne à modifier ce dossier »: who is invited, and the form to invite somebody else.

use crate::api::usager::invites::{Inviter, RevoquerInvite};
use crate::components::personnes::Retrait;
use crate::formulaire::panneau::Panneau;
use crate::formulaire::saisie::{ChampLigne, Fait, Libelle};
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::page::liste::Liste;
use domain::ids::DossierNumero;
use domain::vues::InviteVue;
use domain::{Champ, francais};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

const EMAIL: Libelle = Libelle::new(Champ::Email, "invite-email", "Adresse électronique\u{a0}*")
    .indice("Celle de la personne à inviter. Format attendu\u{a0}: nom@domaine.fr")
    .remplissage("email");

/// The button, and the form that it opens. Somebody whose dossier can't be modified any more invites nobody.
#[component]
pub fn InviterUnePersonne(
    /// The dossier or the draft.
    numero: DossierNumero,
    /// Whether it may still be modified.
    #[prop(into)]
    modifiable: Signal<bool>,
) -> impl IntoView {
    let suivi = Suivi::servi::<Inviter>();
    let formulaire = move |boutons: AnyView| {
        view! {
            <form method="post" action=Inviter::url()>
                <AlerteFormulaire suivi champ=Champ::Email/>
                <p>
                    "Elle recevra un message pour lire et modifier le dossier, et écrire dans sa messagerie en son propre nom. Vous seul(e) pourrez le déposer ou le supprimer, et verrez le lien pour choisir un rendez-vous."
                </p>
                <PageDuFormulaire/>
                <input type="hidden" name="dossier" value=numero.to_string()/>
                <ChampLigne libelle=EMAIL suivi/>
                {boutons}
            </form>
        }
        .into_any()
    };
    view! {
        <Panneau
            id="inviter"
            bouton="Inviter une personne à modifier ce dossier"
            visible=modifiable
            suivi
            valider="Envoyer l'invitation"
            contenu=formulaire
        />
    }
}

/// The people invited, who can be withdrawn at any time, and what was just done.
#[component]
pub fn PersonnesInvitees(
    /// Who.
    #[prop(into)]
    invites: Signal<Vec<InviteVue>>,
) -> impl IntoView {
    let suivi = Suivi::servi::<RevoquerInvite>();
    let un = move |invite: Signal<InviteVue>| {
        let InviteVue { id, email, le } = invite.get_untracked();
        let question = format!("{email} ne pourra plus ni lire ni modifier ce dossier.");
        view! {
            <li id=format!("invite-{id}")>
                <p class="rdv-personnes__qui">
                    <span class="fr-text--bold rdv-cesure">{email.clone()}</span>
                    <span>"invité(e) le " {francais::date(le.date())}</span>
                </p>
                <form method="post" action=RevoquerInvite::url()>
                    <PageDuFormulaire/>
                    <input type="hidden" name="invite" value=id.to_string()/>
                    <Retrait email question seul=Signal::stored(false)/>
                </form>
            </li>
        }
        .into_any()
    };
    let quelqu_un = Memo::new(move |_| invites.with(|invites| !invites.is_empty()));
    view! {
        <Fait action=Inviter::url() phrase="L'invitation est envoyée."/>
        <AlerteFormulaire suivi/>
        <Fait action=RevoquerInvite::url() phrase="L'invitation est retirée."/>
        <div class="rdv-etroit" hidden=move || !quelqu_un.get()>
            <p class="fr-text--sm fr-text--bold fr-mt-2w fr-mb-1w" id="personnes-invitees">
                "Personnes invitées à modifier ce dossier"
            </p>
            <ul class="rdv-personnes" aria-labelledby="personnes-invitees">
                <Liste elements=invites cle=|invite: &InviteVue| invite.id vue=un/>
            </ul>
        </div>
    }
}
