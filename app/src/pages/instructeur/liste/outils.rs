//! What can be done to the dossiers that are ticked.

use super::selection::{FORMULAIRE, Selection};
use crate::api::instructeur::liste::Lot as FaireLeLot;
use crate::components::texte::{dossiers, dossiers_comptes};
use crate::formulaire::modale::{BoutonModale, BoutonsModale, Modale, fermer};
use crate::formulaire::suivi::{AlerteFormulaire, ChampTexte, PageDuFormulaire, Suivi};
use domain::Champ;
use domain::liste::{Lot, Onglet};
use domain::vues::DemarcheInstructeur;
use leptos::form::ActionForm;
use leptos::html;
use leptos::prelude::*;

/// The window that asks what to write to all of them.
const MODALE: &str = "proposer-a-plusieurs";

/// How many dossiers there are, how many are ticked, and the buttons of what is done to these. They belong to the form
/// of [`Lots`]. As long as nothing is ticked they do nothing: a script or, without one, the stylesheet sees to it.
#[component]
pub fn Outils(
    /// The list.
    demarche: Signal<DemarcheInstructeur>,
) -> impl IntoView {
    let pret = RwSignal::new(false);
    Effect::new(move |_| pret.set(true));
    let selection = Selection::recue();
    let inerte = Signal::derive(move || pret.get() && selection.combien() == 0);
    let onglet = Memo::new(move |_| demarche.with(|d| d.filtres.onglet));
    let boutons = move || {
        lots(onglet.get())
            .iter()
            .map(|lot| {
                view! {
                    <button
                        class="fr-btn fr-btn--secondary fr-btn--sm"
                        type="submit"
                        name="lot"
                        value=lot.code()
                        form=FORMULAIRE
                        disabled=move || inerte.get()
                    >
                        {lot.libelle()}
                    </button>
                }
            })
            .collect_view()
    };
    let proposable = Memo::new(move |_| demarche.with(proposable));
    let proposer = move || {
        proposable.get().then(|| {
            view! {
                <BoutonModale id=MODALE classe="fr-btn fr-btn--secondary fr-btn--sm" inerte>
                    "Proposer un rendez-vous"
                </BoutonModale>
            }
        })
    };
    let total = move || dossiers_comptes(demarche.with(|d| d.dossiers.total));
    let vide = move || demarche.with(|d| d.dossiers.lignes.is_empty());
    view! {
        <div class="rdv-outils" hidden=vide>
            <h2 class="fr-text--bold fr-text--lg fr-mb-0">{total}</h2>
            // Without role="status": while it is empty, it would be read as an empty status bar. Not yet live while the
            // page starts: what it then says is no news.
            <p
                class="rdv-outils__coches fr-text--sm fr-mb-0"
                aria-live=move || pret.get().then_some("polite")
            >
                {move || coches(selection.combien(), pret.get())}
            </p>
            <div class="rdv-outils__lots">{boutons} {proposer}</div>
        </div>
    }
}

/// « 3 dossiers cochés ».
fn coches(combien: usize, pret: bool) -> String {
    match combien {
        0 if pret => String::new(),
        0 => "Pour les dossiers cochés\u{a0}:".to_owned(),
        1 => "1 dossier coché".to_owned(),
        plusieurs => format!("{plusieurs} dossiers cochés"),
    }
}

/// What can be done in a tab.
fn lots(onglet: Onglet) -> &'static [Lot] {
    match onglet {
        Onglet::ASuivre => &[Lot::Instruire, Lot::Suivre],
        Onglet::Expirants => &[Lot::Conserver, Lot::Instruire, Lot::Suivre],
        Onglet::Suivis => &[Lot::Instruire],
        Onglet::Traites => &[Lot::Archiver, Lot::Supprimer],
        Onglet::Tous => &[Lot::Instruire, Lot::Suivre, Lot::Archiver],
        Onglet::Supprimes | Onglet::Archives => &[Lot::Restaurer],
    }
}

/// Whether rendez-vous may be proposed to dossiers of this tab.
fn proposable(demarche: &DemarcheInstructeur) -> bool {
    let onglet = demarche.filtres.onglet;
    demarche.rdv_active && !matches!(onglet, Onglet::Traites | Onglet::Supprimes | Onglet::Archives)
}

/// The form of what is done to the dossiers that are ticked, and its window.
#[component]
pub fn Lots(
    /// The list.
    demarche: Signal<DemarcheInstructeur>,
    /// Reads it again.
    relire: Callback<()>,
) -> impl IntoView {
    let action = ServerAction::<FaireLeLot>::new();
    let suivi = Suivi::nouveau(action);
    let selection = Selection::recue();
    let fenetre = NodeRef::<html::Dialog>::new();
    suivi.au_succes(move || {
        fermer(fenetre);
        selection.remplacer([]);
        relire.run(());
    });
    let (numero, cle) = demarche.with_untracked(|d| (d.numero, d.cle.clone()));
    let cle = suivi.cle(cle);
    let titre = move || match selection.combien() {
        0 => "Aux dossiers cochés".to_owned(),
        combien => format!("À {}", dossiers(combien as u64)),
    };
    let ouverte =
        suivi.refuse_au_depart() && suivi.sur(Champ::Complement).with_untracked(Option::is_some);
    view! {
        <ActionForm
            action
            attr:id=FORMULAIRE
            on:submit:capture=move |ev| suivi.avant_envoi(&ev)
        >
            <AlerteFormulaire suivi champ=Champ::Complement/>
            <PageDuFormulaire/>
            <input type="hidden" name="demarche" value=numero.to_string()/>
            <input type="hidden" name="cle" value=move || cle.get()/>
            <Modale id=MODALE titre="Proposer un rendez-vous" noeud=fenetre ouverte>
                <p class="fr-text--bold">{titre}</p>
                <p>
                    "Chaque utilisateur sera informé de votre proposition et sera invité à choisir un créneau. Un dossier qui a déjà une proposition ou un rendez-vous n'est pas modifié\u{a0}: vous verrez lesquels."
                </p>
                <ChampTexte
                    id="complement"
                    champ=Champ::Complement
                    libelle="Message complémentaire (facultatif)"
                    indice="Il est le même pour tous les dossiers cochés."
                    exemple=""
                    suivi
                />
                <BoutonsModale
                    id=MODALE
                    valider="Envoyer les propositions"
                    suivi
                    valeur=("lot", Lot::Proposer.code())
                />
            </Modale>
        </ActionForm>
    }
}
