//! A collective rendez-vous is, for each of its persons, a rendez-vous of their own.

use super::{Contenu, Personne, Statut};
use crate::ids::RdvUserId;
use crate::recherche::meme_nom;

/// The rendez-vous as each of its persons has it: with them alone, and the status of their participation.
/// What the service did to the whole (cancelled, over) counts for all of them.
#[must_use]
pub fn participations(contenu: &Contenu) -> Vec<(RdvUserId, Contenu)> {
    let pour = |personne: &Personne| {
        let statut = match (contenu.statut, personne.statut) {
            (Statut::Inconnu, Some(sien)) => sien,
            (ensemble @ (Statut::Honore | Statut::Absence), Some(sien)) => match sien {
                Statut::Inconnu => ensemble,
                autre => autre,
            },
            (ensemble, _) => ensemble,
        };
        let sien = Contenu {
            statut,
            personnes: vec![personne.clone()],
            createur: personne.createur.or(contenu.createur),
            ..contenu.clone()
        };
        (personne.id, sien)
    };
    contenu.personnes.iter().map(pour).collect()
}

/// The rendez-vous of somebody who is no longer among its persons: for them it is cancelled.
#[must_use]
pub fn retiree(contenu: &Contenu) -> Contenu {
    let statut = match contenu.statut {
        Statut::Inconnu => Statut::Revoque,
        autre => autre,
    };
    Contenu { statut, ..contenu.clone() }
}

/// Whether two records are of one person: agents merge duplicates, and the id changes. The members of a
/// family may share an e-mail, so that it is not enough.
#[must_use]
pub fn meme_personne(une: &Personne, autre: &Personne) -> bool {
    let email = |p: &Personne| p.email.as_deref().and_then(crate::rapprochement::normaliser);
    let (nom, prenom) = (meme_nom(&une.nom, &autre.nom), meme_nom(&une.prenom, &autre.prenom));
    match (email(une), email(autre)) {
        (Some(une), Some(autre)) => une == autre && prenom,
        _ => nom && prenom,
    }
}
