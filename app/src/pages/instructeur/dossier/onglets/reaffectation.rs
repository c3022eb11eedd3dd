//! « Réaffectation »: giving the dossier to another groupe.

use crate::api::instructeur::reaffectation::{Reaffecter, reaffectation};
use crate::depart::Depart;
use crate::formulaire::suivi::{
    AlerteFormulaire, BoutonEnvoyer, ChampTexte, MessageErreur, PageDuFormulaire, Suivi,
};
use crate::page::contexte::lire;
use crate::page::lecture::Lecture;
use crate::page::titre::TitresOnglet;
use crate::page::{adresse, service};
use domain::cle::CleDeFormulaire;
use domain::ids::DossierNumero;
use domain::sujet::Sujet;
use domain::vues::{GroupeCible, ReaffectationPassee, ReaffectationVue};
use domain::{Champ, francais};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Where the dossier may go, and where it went before.
#[component]
pub fn ReaffectationDuDossier() -> impl IntoView {
    let numero = adresse::numero::<DossierNumero>();
    move || numero.get().map(|numero| view! { <LaReaffectation numero/> })
}

#[component]
fn LaReaffectation(numero: DossierNumero) -> impl IntoView {
    let lue = lire(|| (), move |()| reaffectation(numero));
    view! {
        <Lecture
            ressource=lue
            muet=true
            sujets=move |_: &ReaffectationVue, _: &Depart| vec![Sujet::Dossier(numero)]
            vue=move |lue| {
                view! {
                    <TitresOnglet texte="Réaffectation" numero/>
                    <Contenu numero lue/>
                }
                .into_any()
            }
        />
    }
}

#[component]
fn Contenu(numero: DossierNumero, lue: Signal<ReaffectationVue>) -> impl IntoView {
    // Made anew only when the groupes change: what is being typed is not lost by a live update.
    let choix = Memo::new(move |_| lue.with(|l| l.choix.clone()));
    let formulaire = move || {
        let choix = choix.get();
        if choix.is_empty() {
            return view! {
                <p>
                    "Cette démarche n'a pas d'autre groupe d'instructeurs\u{a0}: le dossier ne peut pas être réaffecté. Un administrateur de la démarche peut créer des groupes."
                </p>
            }
            .into_any();
        }
        view! { <Formulaire numero choix cle=lue.with_untracked(|l| l.cle.clone())/> }.into_any()
    };
    view! {
        <p>
            "Ce dossier est confié au groupe «\u{a0}"
            <strong>{move || lue.with(|l| l.groupe.clone())}</strong> "\u{a0}»."
        </p>
        {formulaire}
        {move || lue.with(|l| passees(&l.passees, l.annee))}
    }
}

#[component]
fn Formulaire(
    numero: DossierNumero,
    choix: Vec<GroupeCible>,
    cle: CleDeFormulaire,
) -> impl IntoView {
    let suivi = Suivi::servi::<Reaffecter>();
    view! {
        <div class="rdv-etroit">
            <h3 class="fr-h5">"Confier le dossier à un autre groupe"</h3>
            <p>
                "Les instructeurs du nouveau groupe seront informés par email. Ceux qui n'en font pas partie ne verront plus le dossier. Les messages, les propositions et les rendez-vous restent attachés au dossier."
            </p>
            <form method="post" action=Reaffecter::url()>
                <AlerteFormulaire suivi sans_champs=true/>
                <p class="fr-text--sm">{service::OBLIGATOIRES}</p>
                <PageDuFormulaire/>
                <input type="hidden" name="dossier" value=numero.to_string()/>
                <input type="hidden" name="cle" value=cle.to_string()/>
                <Choix choix suivi/>
                <ChampTexte
                    id="raison"
                    champ=Champ::Raison
                    libelle="Raison (facultatif)"
                    indice="Les instructeurs du nouveau groupe la liront dans cet onglet."
                    exemple=""
                    suivi
                />
                <BoutonEnvoyer texte="Réaffecter le dossier" suivi/>
            </form>
        </div>
    }
}

#[component]
fn Choix(choix: Vec<GroupeCible>, suivi: Suivi) -> impl IntoView {
    let erreur = suivi.sur(Champ::Groupe);
    let saisi = suivi.saisi(Champ::Groupe.nom());
    let choix = choix
        .into_iter()
        .map(|groupe| {
            let id = format!("groupe-{}", groupe.id);
            let membres = match groupe.membres {
                1 => "1 instructeur".to_owned(),
                plusieurs => format!("{plusieurs} instructeurs"),
            };
            let acces = if groupe.sien {
                "vous en faites partie"
            } else {
                "vous n'aurez plus accès au dossier"
            };
            let coche = saisi.as_deref() == Some(groupe.id.to_string().as_str());
            view! {
                <div class="fr-fieldset__element">
                    <div class="fr-radio-group">
                        <input
                            type="radio"
                            id=id.clone()
                            name=Champ::Groupe.nom()
                            value=groupe.id.to_string()
                            checked=coche
                        />
                        <label class="fr-label" for=id>
                            {groupe.nom}
                            <span class="fr-hint-text">{membres} " – " {acces}</span>
                        </label>
                    </div>
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset
            class="fr-fieldset"
            class:fr-fieldset--error=move || erreur.with(Option::is_some)
            aria-labelledby="groupe-legende groupe-erreurs"
        >
            <legend class="fr-fieldset__legend" id="groupe-legende">"Nouveau groupe\u{a0}*"</legend>
            {choix}
            <div class="fr-messages-group" id="groupe-erreurs" aria-live="polite">
                <MessageErreur id="groupe-erreur".to_owned() erreur/>
            </div>
        </fieldset>
    }
}

/// What was done before, the latest first.
fn passees(passees: &[ReaffectationPassee], annee: i32) -> Option<impl IntoView + use<>> {
    let lignes = passees
        .iter()
        .map(|p| {
            let raison = (!p.raison.is_empty())
                .then(|| view! { <p class="rdv-texte fr-mb-0">{p.raison.clone()}</p> });
            let quoi = format!(
                "Le {}, du groupe «\u{a0}{}\u{a0}» au groupe «\u{a0}{}\u{a0}», par {}",
                francais::horodatage(p.le, annee),
                p.de,
                p.vers,
                p.par
            );
            view! {
                <li>
                    <div>
                        <p class="fr-mb-0 rdv-cesure">{quoi}</p>
                        {raison}
                    </div>
                </li>
            }
        })
        .collect_view();
    (!passees.is_empty()).then(|| {
        view! {
            <h3 class="fr-h5 fr-mt-4w">"Réaffectations précédentes"</h3>
            <ul class="rdv-personnes">{lignes}</ul>
        }
    })
}
