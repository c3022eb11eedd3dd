//! « Suivre mes rendez-vous dans mon agenda »: an address that a calendar reads again and again.

use crate::api::abonnement::{CreerAbonnement, SupprimerAbonnement, abonnement};
use crate::depart::Depart;
use crate::formulaire::saisie::Fait;
use crate::formulaire::suivi::{AlerteFormulaire, PageDuFormulaire, Suivi};
use crate::page::adresse;
use crate::page::contexte::lire;
use crate::page::erreur::Introuvable;
use crate::page::fil_ariane::FilAriane;
use crate::page::lecture::Lecture;
use crate::page::titre::{TitreFenetre, TitrePage};
use domain::chemin::Chemin;
use domain::francais;
use domain::ids::DemarcheNumero;
use domain::rendez_vous::Horaire;
use domain::sujet::Sujet;
use domain::vues::{AbonnementActif, AbonnementVue};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

const TITRE: &str = "Suivre mes rendez-vous dans mon agenda";

/// Those of an usager.
#[component]
pub fn AbonnementUsager() -> impl IntoView {
    view! { <Page demarche=None/> }
}

/// Those of a démarche, for an instructeur.
#[component]
pub fn AbonnementDemarche() -> impl IntoView {
    let numero = adresse::numero::<DemarcheNumero>();
    move || match numero.get() {
        Some(numero) => view! { <Page demarche=Some(numero)/> }.into_any(),
        None => view! { <Introuvable/> }.into_any(),
    }
}

#[component]
fn Page(demarche: Option<DemarcheNumero>) -> impl IntoView {
    let lu = lire(|| (), move |()| abonnement(demarche));
    view! {
        <Lecture
            ressource=lu
            sujets=|_: &AbonnementVue, depart: &Depart| {
                depart.session.iter().map(|session| Sujet::Compte(session.compte)).collect()
            }
            vue=|lu| view! { <Contenu lu/> }.into_any()
        />
    }
}

#[component]
fn Contenu(lu: Signal<AbonnementVue>) -> impl IntoView {
    let demarche = lu.with_untracked(|lu| lu.demarche.clone());
    let parents = match &demarche {
        Some((numero, titre)) => vec![
            (Chemin::DemarchesSuivies.to_string(), "Démarches".to_owned()),
            (Chemin::DemarcheSuivie(*numero).to_string(), titre.clone()),
            (
                Chemin::RendezVousDemarche(*numero).to_string(),
                "Rendez-vous avec les usagers".to_owned(),
            ),
        ],
        None => vec![(Chemin::MesDossiers.to_string(), "Mes dossiers".to_owned())],
    };
    let numero = demarche.as_ref().map(|(numero, _)| *numero);
    let suivi = Suivi::servi::<CreerAbonnement>();
    let suppression = Suivi::servi::<SupprimerAbonnement>();
    view! {
        <TitreFenetre parties=vec![TITRE.to_owned()]/>
        <FilAriane parents ici=TITRE/>
        <div class="rdv-etroit">
            <TitrePage>{TITRE}</TitrePage>
            <AlerteFormulaire suivi/>
            <AlerteFormulaire suivi=suppression/>
            <Fait
                action=SupprimerAbonnement::url()
                phrase="L'abonnement est supprimé\u{a0}: son adresse ne donne plus rien. Retirez-le aussi de votre agenda."
            />
            {explication(numero.is_some())}
            {move || lu.with(neuve)}
            {move || lu.with(|lu| etat(lu, numero))}
        </div>
    }
}

/// What it is for, and what it is not.
fn explication(instructeur: bool) -> AnyView {
    let doubles = instructeur.then(|| {
        view! {
            <div class="fr-alert fr-alert--info fr-alert--sm fr-mb-3w">
                <p>
                    "Aucun abonnement n'est créé d'office\u{a0}: RDV Service Public vous en propose déjà un, avec tous vos rendez-vous. Un agenda ne réunit pas deux abonnements\u{a0}: avec les deux, ces rendez-vous y figureraient en double. Celui-ci convient à qui n'a pas de compte sur RDV Service Public, ou suit les rendez-vous tenus par d'autres."
                </p>
            </div>
        }
    });
    let quoi = if instructeur {
        "Les rendez-vous des dossiers de cette démarche que vous pouvez voir s'affichent dans votre agenda (Outlook, Google Agenda, Thunderbird, téléphone…), avec le numéro du dossier et sans le nom de l'usager."
    } else {
        "Tous vos rendez-vous s'affichent dans votre agenda (Google Agenda, Outlook, Thunderbird, iPhone…) et y suivent les changements de date et les annulations."
    };
    view! {
        <p>{quoi}</p>
        {doubles}
        <p>
            "Les agendas relisent cette adresse quand ils le veulent\u{a0}: la mise à jour se voit souvent plusieurs heures après. Un rendez-vous annulé y reste un jour, marqué «\u{a0}Annulé\u{a0}». Ce service fait toujours foi."
        </p>
    }
    .into_any()
}

/// The address that was just made: this page alone shows it.
fn neuve(lu: &AbonnementVue) -> Option<impl IntoView + use<>> {
    let adresse = lu.adresse.clone()?;
    let webcal = lu.webcal().unwrap_or_default();
    Some(view! {
        <div class="fr-callout" data-reste tabindex="-1" autofocus=true id="adresse-neuve">
            <h2 class="fr-callout__title">"Votre adresse est prête"</h2>
            <p>"Copiez-la maintenant\u{a0}: elle ne sera plus affichée ensuite. Ne la donnez à personne, elle suffit à lire vos rendez-vous."</p>
            <div class="fr-input-group fr-mt-2w">
                <label class="fr-label" for="adresse-agenda">"Adresse de l'abonnement"</label>
                <input class="fr-input" id="adresse-agenda" type="text" readonly value=adresse/>
            </div>
            <div class="rdv-boutons">
                <a class="fr-btn" href=webcal rel="external">"S'abonner"</a>
                <button
                    class="fr-btn fr-btn--secondary"
                    type="button"
                    data-copie="adresse-agenda"
                    data-avec-script
                >
                    "Copier l'adresse"
                </button>
            </div>
            <p class="fr-hint-text fr-mt-2w">
                "«\u{a0}S'abonner\u{a0}» ouvre l'agenda de votre téléphone ou de votre ordinateur. S'il ne se passe rien, copiez l'adresse dans votre agenda, à «\u{a0}S'abonner à un calendrier\u{a0}», «\u{a0}Ajouter à partir d'une URL\u{a0}» ou «\u{a0}À partir d'Internet\u{a0}»."
            </p>
        </div>
    })
}

/// That there is one, and what can be done.
fn etat(lu: &AbonnementVue, numero: Option<DemarcheNumero>) -> AnyView {
    let Some(actif) = &lu.actif else {
        return view! { <Creer numero texte="Créer l'adresse de mon abonnement" principal=true/> }
            .into_any();
    };
    view! {
        <h2 class="fr-h4">"Votre abonnement"</h2>
        <p>{usage(actif)}</p>
        <p>
            "Si vous n'avez plus son adresse, ou si quelqu'un d'autre la connaît, changez-la\u{a0}: l'ancienne ne donnera plus rien, et il faudra vous abonner de nouveau."
        </p>
        <div class="rdv-boutons">
            <Creer numero texte="Changer l'adresse" principal=false/>
            <form method="post" action=SupprimerAbonnement::url()>
                <PageDuFormulaire/>
                {numero.map(cache)}
                <button class="fr-btn fr-btn--tertiary" type="submit">"Supprimer l'abonnement"</button>
            </form>
        </div>
    }
    .into_any()
}

fn usage(actif: &AbonnementActif) -> String {
    let dit = |local| francais::date_heure(&Horaire { local, fuseau: None });
    let cree = dit(actif.cree_le);
    match actif.utilise_le {
        Some(le) => format!(
            "Son adresse a été créée le {cree}. Un agenda l'a lue pour la dernière fois le {}, à une heure près.",
            dit(le)
        ),
        None => format!("Son adresse a été créée le {cree}. Aucun agenda ne l'a encore lue."),
    }
}

#[component]
fn Creer(
    numero: Option<DemarcheNumero>,
    /// What the button says.
    texte: &'static str,
    /// Whether it is what one came for.
    principal: bool,
) -> impl IntoView {
    let classe = if principal { "fr-btn" } else { "fr-btn fr-btn--secondary" };
    view! {
        <form method="post" action=CreerAbonnement::url()>
            <PageDuFormulaire/>
            {numero.map(cache)}
            <button class=classe type="submit">{texte}</button>
        </form>
    }
}

fn cache(numero: DemarcheNumero) -> impl IntoView {
    view! { <input type="hidden" name="demarche" value=numero.to_string()/> }
}
