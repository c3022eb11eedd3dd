//! The tile « Groupe Instructeurs ».

use crate::api::administrateur::groupes::{
    AjouterInstructeur, CreerGroupe, RenommerGroupe, RetirerInstructeur, SupprimerGroupe, groupes,
};
use crate::components::personnes::{Personne, Retrait};
use crate::components::texte::dossiers;
use crate::depart::Depart;
use crate::formulaire::saisie::{ChampLigne, Confirmation, Libelle};
use crate::formulaire::suivi::{AlerteFormulaire, BoutonEnvoyer, PageDuFormulaire, Suivi};
use crate::page::adresse::de_la_demarche;
use crate::page::contexte::{lire, vient_d_etre_fait};
use crate::page::lecture::Lecture;
use crate::page::liste::Liste;
use crate::pages::administrateur::cadre::{Cadre, Retour};
use domain::Champ;
use domain::chemin::{self, Chemin};
use domain::ids::{DemarcheNumero, GroupeId};
use domain::sujet::Sujet;
use domain::vues::{Groupe, Groupes, Membre};
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;

const EMAIL: Libelle = Libelle::new(Champ::Email, "email-", "Ajouter un instructeur\u{a0}*")
    .indice(
        "Sans compte, elle recevra un lien pour en ouvrir un. Format attendu\u{a0}: nom@domaine.fr",
    )
    .remplissage("email");
const NOUVEAU: Libelle = Libelle::new(Champ::NomGroupe, "nom_groupe", "Nom du groupe\u{a0}*")
    .indice("Exemple\u{a0}: Ardèche");
const NOM: Libelle = Libelle::new(Champ::NomGroupe, "nom-", "Nouveau nom du groupe\u{a0}*");

/// Who examines the dossiers of a démarche.
#[component]
pub fn GroupesDemarche() -> impl IntoView {
    de_la_demarche(|numero| view! { <Ecran numero/> }.into_any())
}

#[component]
fn Ecran(numero: DemarcheNumero) -> impl IntoView {
    let lus = lire(|| (), move |()| groupes(numero));
    let relire = Callback::new(move |()| lus.refetch());
    view! {
        <Lecture
            ressource=lus
            sujets=move |_: &Groupes, _: &Depart| vec![Sujet::Demarche(numero)]
            vue=move |lus| view! { <Contenu lus relire/> }.into_any()
        />
    }
}

/// The actions of a page whose lists hold several forms alike: what one of them was refused is said once.
#[derive(Clone, Copy)]
struct Actions {
    retirer: ServerAction<RetirerInstructeur>,
    supprimer: ServerAction<SupprimerGroupe>,
    suivi_retirer: Suivi,
    suivi_supprimer: Suivi,
    relire: Callback<()>,
}

#[component]
fn Contenu(lus: Signal<Groupes>, relire: Callback<()>) -> impl IntoView {
    let (numero, titre) = lus.with_untracked(|l| (l.numero, l.titre.clone()));
    let (retirer, supprimer) = (ServerAction::new(), ServerAction::new());
    let actions = Actions {
        retirer,
        supprimer,
        suivi_retirer: Suivi::nouveau(retirer),
        suivi_supprimer: Suivi::nouveau(supprimer),
        relire,
    };
    let seul = Signal::derive(move || lus.with(|l| l.groupes.len() < 2));
    view! {
        <Cadre numero titre ici="Groupe Instructeurs">
            <p>
                "Un dossier n'est vu que par les instructeurs de son groupe."
            </p>
            <AlerteFormulaire suivi=actions.suivi_retirer/>
            <Confirmation suivi=actions.suivi_retirer phrase="L'instructeur est retiré." relire/>
            <AlerteFormulaire suivi=actions.suivi_supprimer/>
            <Confirmation suivi=actions.suivi_supprimer phrase="Le groupe est supprimé." relire/>
            <ul class="rdv-cartes">
                <Liste
                    elements=Signal::derive(move || lus.with(|l| l.groupes.clone()))
                    cle=|groupe: &Groupe| groupe.id
                    vue=move |groupe| view! { <UnGroupe groupe seul actions/> }.into_any()
                />
            </ul>
            <NouveauGroupe numero relire/>
            <p>
                <A href=Chemin::Ecran(numero, chemin::Ecran::Avertissements).to_string()>
                    "Régler les notifications des instructeurs"
                </A>
            </p>
            <Retour numero/>
        </Cadre>
    }
}

#[component]
fn UnGroupe(groupe: Signal<Groupe>, seul: Signal<bool>, actions: Actions) -> impl IntoView {
    let id = groupe.with_untracked(|g| g.id);
    let suivi = actions.suivi_retirer;
    let un = move |membre: Signal<Membre>| {
        let (compte, email) = membre.with_untracked(|m| (m.compte, m.email.clone()));
        let seul = Signal::derive(move || groupe.with(|g| g.membres.len() < 2));
        let question = format!("{email} ne verra plus les dossiers de ce groupe.");
        let formulaire = view! {
            <ActionForm action=actions.retirer on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                <PageDuFormulaire/>
                <input type="hidden" name="groupe" value=id.to_string()/>
                <input type="hidden" name="compte" value=compte.to_string()/>
                <Retrait email question seul/>
            </ActionForm>
        };
        view! { <Personne membre>{formulaire}</Personne> }.into_any()
    };
    let vide = move || {
        groupe.with(|g| g.membres.is_empty()).then(|| {
            view! { <p>"Ce groupe n'a pas encore d'instructeur."</p> }
        })
    };
    view! {
        <li class="rdv-carte">
            <h2 class="fr-h5 fr-mb-1w">
                "Groupe «\u{a0}" {move || groupe.with(|g| g.nom.clone())} "\u{a0}»"
            </h2>
            <ul class="rdv-carte__faits">
                <li>{move || instructeurs(groupe.with(|g| g.membres.len()))}</li>
                <li>{move || dossiers(groupe.with(|g| g.dossiers))}</li>
            </ul>
            {vide}
            <ul class="rdv-personnes">
                <Liste
                    elements=Signal::derive(move || groupe.with(|g| g.membres.clone()))
                    cle=|membre: &Membre| membre.compte
                    vue=un
                />
            </ul>
            <AjoutInstructeur id relire=actions.relire/>
            <Renommer groupe relire=actions.relire/>
            <Supprimer groupe seul actions/>
        </li>
    }
}

/// « 1 instructeur », « 3 instructeurs ».
fn instructeurs(combien: usize) -> String {
    match combien {
        0 => "aucun instructeur".to_owned(),
        1 => "1 instructeur".to_owned(),
        plusieurs => format!("{plusieurs} instructeurs"),
    }
}

/// Whether the refusal that the server shows is about this groupe.
fn le_sien(suivi: Suivi, id: GroupeId) -> bool {
    suivi.saisi("groupe").is_none_or(|saisi| saisi == id.to_string())
}

#[component]
fn AjoutInstructeur(id: GroupeId, relire: Callback<()>) -> impl IntoView {
    let action = ServerAction::<AjouterInstructeur>::new();
    let suivi = Suivi::nouveau(action);
    if !le_sien(suivi, id) {
        suivi.oublier_au_depart();
    }
    if !vient_d_etre_fait(AjouterInstructeur::url(), Some(id.0)) {
        suivi.rien_de_fait_au_depart();
    }
    view! {
        <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
            <AlerteFormulaire suivi champ=Champ::Email/>
            <Confirmation suivi phrase="L'instructeur est ajouté." relire/>
            <PageDuFormulaire/>
            <input type="hidden" name="groupe" value=id.to_string()/>
            <ChampLigne libelle=EMAIL suffixe=id.to_string() vider=true suivi/>
            <p class="fr-mb-2w"><BoutonEnvoyer texte="Ajouter" suivi/></p>
        </ActionForm>
    }
}

#[component]
fn Renommer(groupe: Signal<Groupe>, relire: Callback<()>) -> impl IntoView {
    let (id, nom) = groupe.with_untracked(|g| (g.id, g.nom.clone()));
    let action = ServerAction::<RenommerGroupe>::new();
    let suivi = Suivi::nouveau(action);
    if !le_sien(suivi, id) {
        suivi.oublier_au_depart();
    }
    if !vient_d_etre_fait(RenommerGroupe::url(), Some(id.0)) {
        suivi.rien_de_fait_au_depart();
    }
    let libelle = format!("Renommer le groupe «\u{a0}{nom}\u{a0}»");
    view! {
        <details class="rdv-deplier" open=suivi.refuse_au_depart() || suivi.fait_au_depart()>
            <summary class="fr-btn fr-btn--tertiary fr-btn--sm" aria-label=libelle>
                "Renommer"
            </summary>
            <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
                <AlerteFormulaire suivi champ=Champ::NomGroupe/>
                <Confirmation suivi phrase="Le groupe est renommé." relire/>
                <PageDuFormulaire/>
                <input type="hidden" name="groupe" value=id.to_string()/>
                <ChampLigne libelle=NOM suffixe=id.to_string() valeur=nom suivi/>
                <p class="fr-mb-0"><BoutonEnvoyer texte="Renommer" suivi/></p>
            </ActionForm>
        </details>
    }
}

#[component]
fn Supprimer(groupe: Signal<Groupe>, seul: Signal<bool>, actions: Actions) -> impl IntoView {
    let (id, nom) = groupe.with_untracked(|g| (g.id, g.nom.clone()));
    let suivi = actions.suivi_supprimer;
    let possible = move || !seul.get() && groupe.with(|g| g.dossiers == 0);
    let libelle = format!("Supprimer le groupe «\u{a0}{nom}\u{a0}»");
    move || {
        possible().then(|| {
            view! {
                <details class="rdv-deplier">
                    <summary class="fr-btn fr-btn--tertiary fr-btn--sm" aria-label=libelle.clone()>
                        "Supprimer"
                    </summary>
                    <ActionForm
                        action=actions.supprimer
                        on:submit:capture=move |ev| suivi.avant_envoi(&ev)
                    >
                        <PageDuFormulaire/>
                        <input type="hidden" name="groupe" value=id.to_string()/>
                        <p class="fr-mt-1w fr-mb-1w">
                            "Ses instructeurs n'auront plus accès à cette démarche par ce groupe."
                        </p>
                        <button class="fr-btn fr-btn--sm" type="submit">
                            "Confirmer la suppression"
                        </button>
                    </ActionForm>
                </details>
            }
        })
    }
}

#[component]
fn NouveauGroupe(numero: DemarcheNumero, relire: Callback<()>) -> impl IntoView {
    let action = ServerAction::<CreerGroupe>::new();
    let suivi = Suivi::nouveau(action);
    view! {
        <h2 class="fr-h5 fr-mt-4w">"Ajouter un groupe"</h2>
        <ActionForm action on:submit:capture=move |ev| suivi.avant_envoi(&ev)>
            <AlerteFormulaire suivi champ=Champ::NomGroupe/>
            <Confirmation suivi phrase="Le groupe est ajouté." relire/>
            <PageDuFormulaire/>
            <input type="hidden" name="demarche" value=numero.to_string()/>
            <ChampLigne libelle=NOUVEAU vider=true suivi/>
            <p><BoutonEnvoyer texte="Ajouter le groupe" suivi/></p>
        </ActionForm>
    }
}
