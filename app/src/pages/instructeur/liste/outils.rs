//! What can be done to the dossiers that are ticked.

use crate::api::instructeur::liste::Lot as FaireLeLot;
use crate::components::texte::dossiers_comptes;
use crate::formulaire::modale::{BoutonModale, BoutonsModale, Modale};
use crate::formulaire::suivi::{AlerteFormulaire, ChampTexte, PageDuFormulaire, Suivi};
use domain::Champ;
use domain::liste::{Lot, Onglet};
use domain::vues::DemarcheInstructeur;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The id of the form that does something to the dossiers that are ticked: their boxes are in the table.
pub const FORMULAIRE: &str = "lot";

/// The window that asks what to write to all of them.
const MODALE: &str = "proposer-a-plusieurs";

/// How many dossiers there are, how many are ticked, and the buttons of what is done to these. They belong to the form
/// of [`Lots`]. As long as nothing is ticked they do nothing: a script or, without one, the stylesheet sees to it.
#[component]
pub fn Outils(
    /// The list.
    demarche: Signal<DemarcheInstructeur>,
) -> impl IntoView {
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
                        data-si-coche=FORMULAIRE
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
                <BoutonModale
                    id=MODALE
                    classe="fr-btn fr-btn--secondary fr-btn--sm"
                    si_coche=FORMULAIRE
                >
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
            // Without role="status": while it is empty, it would be read as an empty status bar.
            <p
                class="rdv-outils__coches fr-text--sm fr-mb-0"
                aria-live="polite"
                data-coches=FORMULAIRE
                data-aucun=""
                data-un="1 dossier coché"
                data-plusieurs="{} dossiers cochés"
            >
                "Pour les dossiers cochés\u{a0}:"
            </p>
            <div class="rdv-outils__lots">{boutons} {proposer}</div>
        </div>
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
) -> impl IntoView {
    let suivi = Suivi::servi::<FaireLeLot>();
    let (numero, cle) = demarche.with_untracked(|d| (d.numero, d.cle.to_string()));
    let ouverte =
        suivi.refuse_au_depart() && suivi.sur(Champ::Complement).with_untracked(Option::is_some);
    view! {
        <form method="post" action=FaireLeLot::url() id=FORMULAIRE>
            <AlerteFormulaire suivi champ=Champ::Complement/>
            <PageDuFormulaire/>
            <input type="hidden" name="demarche" value=numero.to_string()/>
            <input type="hidden" name="cle" value=cle/>
            <Modale id=MODALE titre="Proposer un rendez-vous" ouverte>
                <p
                    class="fr-text--bold"
                    data-coches=FORMULAIRE
                    data-aucun="Aux dossiers cochés"
                    data-un="À 1 dossier"
                    data-plusieurs="À {} dossiers"
                >
                    "Aux dossiers cochés"
                </p>
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
        </form>
    }
}
