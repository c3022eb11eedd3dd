//! A draft: filling it in, saving it, filing it.

use super::garde::{EtatDeLaGarde, coupure};
use super::inviter::{InviterUnePersonne, PersonnesInvitees};
use crate::api::usager::depot::{
    DeposerDossier, EnregistrerBrouillon, GarderBrouillon, SupprimerBrouillon,
    formulaire_du_brouillon,
};
use crate::api::usager::invites::lire_invites;
use crate::depart::Depart;
use crate::formulaire::modale::{BoutonModale, BoutonsModale, Modale};
use crate::formulaire::questionnaire::questions;
use crate::formulaire::saisie::Fait;
use crate::formulaire::suivi::PageDuFormulaire;
use crate::page::contexte::{lire, refus_de};
use crate::page::erreur::Introuvable;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use crate::page::{adresse, service};
use domain::chemin::Chemin;
use domain::ids::DossierNumero;
use domain::sujet::Sujet;
use domain::vues::{Formulaire, InviteVue};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The form of a draft.
#[component]
pub fn LeBrouillon() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || match numero.get() {
        Some(numero) => view! { <Brouillon numero/> }.into_any(),
        None => view! { <Introuvable/> }.into_any(),
    }
}

#[component]
fn Brouillon(numero: DossierNumero) -> impl IntoView {
    let formulaire = lire(|| (), move |()| formulaire_du_brouillon(numero));
    view! {
        <Lecture
            ressource=formulaire
            sujets=|_: &Formulaire, _: &Depart| Vec::new()
            vue=|lu| view! { <Contenu formulaire=lu.get_untracked()/> }.into_any()
        />
        <Invitations numero/>
    }
}

fn a_mon_compte(_: &Vec<InviteVue>, depart: &Depart) -> Vec<Sujet> {
    depart.session.iter().map(|session| Sujet::Compte(session.compte)).collect()
}

/// The people invited, for whoever began the draft: for others it is not found.
#[component]
fn Invitations(numero: DossierNumero) -> impl IntoView {
    let invites = lire(|| (), move |()| lire_invites(numero));
    view! {
        <Lecture
            ressource=invites
            muet=true
            sujets=a_mon_compte
            vue=move |lus| {
                view! {
                    <div class="rdv-etroit fr-mt-4w">
                        <PersonnesInvitees invites=lus/>
                        <InviterUnePersonne numero modifiable=Signal::stored(true)/>
                    </div>
                }
                .into_any()
            }
        />
    }
}

#[component]
fn Contenu(formulaire: Formulaire) -> impl IntoView {
    let (numero, titre) = (formulaire.numero, formulaire.titre.clone());
    let (version, invite) = (formulaire.version, formulaire.invite);
    let avis = invite.then(|| {
        view! {
            <div class="fr-alert fr-alert--info fr-alert--sm fr-mb-3w">
                <p>
                    "Vous êtes invité(e) à remplir ce dossier. La personne qui l'a commencé le déposera elle-même."
                </p>
            </div>
        }
    });
    let deposer = (!invite).then(|| {
        view! { <button class="fr-btn" type="submit">"Déposer le dossier"</button> }
    });
    let classe_enregistrer = if invite { "fr-btn" } else { "fr-btn fr-btn--secondary" };
    let refus = refus_de(DeposerDossier::url()).or_else(|| refus_de(EnregistrerBrouillon::url()));
    view! {
        <TitreFenetre parties=vec![
            format!("Brouillon n°\u{a0}{numero}"),
            titre.clone(),
        ]/>
        <FilAriane
            parents=vec![(Chemin::MesDossiers.to_string(), "Mes dossiers".to_owned())]
            ici=format!("Brouillon n°\u{a0}{numero}")
        />
        <div class="rdv-etroit">
            <TitrePage>{titre}</TitrePage>
            <p>
                <span class="fr-badge">"brouillon"</span> " Dossier n°\u{a0}" {numero.to_string()}
            </p>
            {avis}
            <Fait action=EnregistrerBrouillon::url() phrase="Le brouillon est enregistré."/>
            <form
                method="post"
                action=DeposerDossier::url()
                enctype="multipart/form-data"
                data-brouillon=GarderBrouillon::url()
                data-brouillon-coupure=coupure()
            >
                <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
                <PageDuFormulaire/>
                <input type="hidden" name="dossier" value=numero.to_string()/>
                <input type="hidden" name="version" value=version.to_string()/>
                <input type="hidden" name="cle" value=formulaire.cle.to_string()/>
                {questions(&formulaire, refus.as_ref())}
                <div class="rdv-boutons">
                    {deposer}
                    <button
                        class=classe_enregistrer
                        type="submit"
                        formaction=EnregistrerBrouillon::url()
                    >
                        "Enregistrer le brouillon"
                    </button>
                </div>
                <EtatDeLaGarde enregistre_le=formulaire.enregistre_le/>
            </form>
            {(!invite).then(|| supprimer(numero))}
        </div>
    }
}

fn supprimer(numero: DossierNumero) -> impl IntoView {
    let id = "supprimer-brouillon";
    view! {
        <BoutonModale
            id
            classe="fr-btn fr-btn--tertiary-no-outline fr-icon-delete-line fr-btn--icon-left fr-mt-3w"
        >
            "Supprimer le brouillon"
        </BoutonModale>
        <Modale id titre="Supprimer ce brouillon et ses fichiers\u{a0}?">
            <form method="post" action=SupprimerBrouillon::url()>
                <PageDuFormulaire/>
                <p>"Vous ne pourrez pas le retrouver."</p>
                <input type="hidden" name="dossier" value=numero.to_string()/>
                <BoutonsModale id valider="Supprimer le brouillon"/>
            </form>
        </Modale>
    }
}
