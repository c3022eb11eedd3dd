//! A draft is kept as one types.

use crate::api::Reponse;
use crate::api::usager::depot::garder_brouillon;
use crate::erreur::ErreurApp;
use crate::page::navigateur;
use chrono::NaiveDateTime;
use domain::champs::TypeChamp;
use domain::cle::CleDeFormulaire;
use domain::erreur::Question;
use domain::ids::DossierNumero;
use domain::vues::Formulaire;
use domain::{Erreur, francais};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::time::Duration;

/// How long after something was typed it is saved, with what was typed meanwhile.
const DELAI: Duration = Duration::from_secs(2);

/// How long after a failure it is tried again.
const REESSAYER: Duration = Duration::from_secs(10);

/// Where the saving stands.
#[derive(Clone, Copy)]
pub struct Garde {
    origine: StoredValue<Origine>,
    etat: RwSignal<Etat>,
    /// Something was typed that is not saved.
    a_garder: StoredValue<bool>,
    /// A saving is planned, or on its way.
    prevue: StoredValue<bool>,
    /// The form was posted by its button, or is out of date: nothing more is saved.
    finie: StoredValue<bool>,
}

/// The form.
#[derive(Clone)]
struct Origine {
    numero: DossierNumero,
    version: i32,
    cle: CleDeFormulaire,
    /// The questions that are answered by a text, by what the server calls them.
    champs: Vec<(String, Question)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Etat {
    /// As the page was shown.
    AuDepart(Option<NaiveDateTime>),
    /// Saved since, at that time.
    Enregistre(NaiveDateTime),
    /// Not saved, for that reason.
    Echec(ErreurApp),
}

impl Garde {
    /// Of the form of a draft.
    pub fn nouvelle(formulaire: &Formulaire) -> Self {
        let champs = formulaire
            .champs
            .iter()
            .map(|champ| &champ.definition)
            .filter(|champ| champ.genre != TypeChamp::PieceJustificative)
            .map(|champ| (champ.id.to_string(), Question::Champ(champ.id)))
            .collect();
        let origine = Origine {
            numero: formulaire.numero,
            version: formulaire.version,
            cle: formulaire.cle.clone(),
            champs,
        };
        Self {
            origine: StoredValue::new(origine),
            etat: RwSignal::new(Etat::AuDepart(formulaire.enregistre_le)),
            a_garder: StoredValue::new(false),
            prevue: StoredValue::new(false),
            finie: StoredValue::new(false),
        }
    }

    /// Something was typed or chosen.
    pub fn saisi(self) {
        self.a_garder.set_value(true);
        self.prevoir(DELAI);
    }

    /// The form is being posted: it is saved by that.
    pub fn finir(self) {
        self.finie.set_value(true);
    }

    fn prevoir(self, delai: Duration) {
        if !self.prevue.get_value() {
            self.prevue.set_value(true);
            set_timeout(move || self.garder(), delai);
        }
    }

    /// Saves what is in the form now.
    fn garder(self) {
        // The page may have been left meanwhile.
        let (Some(origine), Some(false)) =
            (self.origine.try_get_value(), self.finie.try_get_value())
        else {
            return;
        };
        self.a_garder.set_value(false);
        leptos::task::spawn_local(async move {
            let reponse = origine.garder().await;
            self.recevoir(reponse);
        });
    }

    fn recevoir(self, reponse: Reponse<NaiveDateTime>) {
        if self.prevue.try_set_value(false).is_some() || self.finie.get_value() {
            return;
        }
        match reponse {
            Ok(le) => {
                self.etat.set(Etat::Enregistre(le));
                if self.a_garder.get_value() {
                    self.prevoir(DELAI);
                }
            }
            Err(erreur) => {
                // Anything else will be the same again, until the person does something about it.
                let passager = matches!(
                    erreur.metier(),
                    None | Some(Erreur::NonConnecte | Erreur::Indisponible)
                );
                if passager {
                    self.prevoir(REESSAYER);
                } else {
                    self.finir();
                }
                self.etat.set(Etat::Echec(erreur));
            }
        }
    }
}

impl Origine {
    async fn garder(self) -> Reponse<NaiveDateTime> {
        let saisie = |question: Question| navigateur::saisie(&question.id()).unwrap_or_default();
        let champs: BTreeMap<String, String> =
            self.champs.iter().map(|(nom, question)| (nom.clone(), saisie(*question))).collect();
        let (prenom, nom) = (saisie(Question::Prenom), saisie(Question::Nom));
        garder_brouillon(self.numero, self.version, self.cle, prenom, nom, champs).await
    }
}

/// « Brouillon enregistré à 14h05 », or why it is not. Seen by who looks for it, and not read out at each saving; a
/// failure is.
#[component]
pub fn EtatDeLaGarde(
    /// The saving.
    garde: Garde,
) -> impl IntoView {
    let phrase = move || {
        garde.etat.with(|etat| match etat {
            Etat::AuDepart(None) => None,
            Etat::AuDepart(Some(le)) => Some(format!(
                "Brouillon enregistré le {} à {}.",
                francais::date_courte(le.date()),
                francais::heure(*le)
            )),
            Etat::Enregistre(le) => {
                Some(format!("Brouillon enregistré à {}.", francais::heure(*le)))
            }
            Etat::Echec(_) => None,
        })
    };
    let echec = move || {
        garde.etat.with(|etat| match etat {
            Etat::Echec(erreur) if erreur.metier() == Some(&Erreur::Perime) => {
                Some(erreur.to_string())
            }
            Etat::Echec(erreur) => {
                Some(format!("Vos dernières réponses ne sont pas encore enregistrées. {erreur}"))
            }
            Etat::AuDepart(_) | Etat::Enregistre(_) => None,
        })
    };
    view! {
        {move || phrase().map(|phrase| view! { <p class="fr-hint-text fr-mt-2w">{phrase}</p> })}
        {move || {
            echec()
                .map(|phrase| {
                    view! { <p class="fr-error-text" role="alert">{phrase}</p> }
                })
        }}
    }
}
