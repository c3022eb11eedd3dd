//! What may be said of a rendez-vous, given what was delivered about it.

use crate::plateforme::Livraison;
use backend::taches::Destinataire;
use chrono::{DateTime, Utc};
use domain::message::automatique;
use domain::rendez_vous::{Changement, Etat, changement};
use std::collections::BTreeSet;

/// One thing said to people: the automatic message, and the mails that go with it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dit {
    /// The text in the messagerie.
    pub message: String,
    /// To whom mails go, in order.
    pub courriels: Vec<&'static str>,
}

/// What the deliveries of a rendez-vous make together, in whatever order.
pub fn jointure<'a>(livraisons: impl IntoIterator<Item = &'a Livraison>) -> Option<Etat> {
    livraisons
        .into_iter()
        .fold(None, |etat, livraison| Some(Etat::integrer(etat, &livraison.constat)))
}

/// Everything that may have been said, one account for each order in which these deliveries may have been
/// applied. A delivery that comes again changes nothing, so each counts once.
pub fn recits(
    livraisons: &[Livraison],
    email: &str,
    maintenant: DateTime<Utc>,
) -> BTreeSet<Vec<Dit>> {
    let mut recits = BTreeSet::new();
    let depart = Avancee { etat: None, attache: false, dits: Vec::new() };
    explorer(
        livraisons,
        email,
        maintenant,
        &mut vec![false; livraisons.len()],
        &depart,
        &mut recits,
    );
    recits
}

#[derive(Clone)]
struct Avancee {
    etat: Option<Etat>,
    attache: bool,
    dits: Vec<Dit>,
}

fn explorer(
    livraisons: &[Livraison],
    email: &str,
    maintenant: DateTime<Utc>,
    appliquees: &mut Vec<bool>,
    avancee: &Avancee,
    recits: &mut BTreeSet<Vec<Dit>>,
) {
    if appliquees.iter().all(|appliquee| *appliquee) {
        recits.insert(avancee.dits.clone());
        return;
    }
    for rang in 0..livraisons.len() {
        if appliquees[rang] {
            continue;
        }
        appliquees[rang] = true;
        let suite = appliquer(avancee, &livraisons[rang], email, maintenant);
        explorer(livraisons, email, maintenant, appliquees, &suite, recits);
        appliquees[rang] = false;
    }
}

fn appliquer(
    avancee: &Avancee,
    livraison: &Livraison,
    email: &str,
    maintenant: DateTime<Utc>,
) -> Avancee {
    let mut suite = avancee.clone();
    let apres = Etat::integrer(avancee.etat.clone(), &livraison.constat);
    // Attached once somebody known takes part; people hear of it then, whatever came before.
    let reconnue = apres.contenu.personnes.iter().any(|p| p.email.as_deref() == Some(email));
    let avant = avancee.etat.as_ref().filter(|_| avancee.attache);
    suite.attache = avancee.attache || reconnue;
    let dit = changement(avant, &apres, maintenant).filter(|_| suite.attache);
    if let Some(dit) = dit {
        suite.dits.push(Dit {
            message: automatique(
                &dit,
                apres.contenu.genre,
                &apres.contenu.horaire,
                apres.contenu.duree_minutes,
            ),
            courriels: destinataires(&dit),
        });
    }
    suite.etat = Some(apres);
    suite
}

/// The instructeur hears of everything; the usager of what they did not do themselves.
fn destinataires(dit: &Changement) -> Vec<&'static str> {
    let usager = dit.dire_a_l_usager().then_some(Destinataire::Usager);
    [Destinataire::Instructeur].into_iter().chain(usager).map(nom).collect()
}

/// A name to compare and to print.
pub const fn nom(a: Destinataire) -> &'static str {
    match a {
        Destinataire::Instructeur => "instructeur",
        Destinataire::Usager => "usager",
    }
}
