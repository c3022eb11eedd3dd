//! What the headers of a dossier share, for either side.

use crate::api::session::Depart;
use domain::correction::EtatCorrection;
use domain::ids::DossierNumero;
use domain::sujet::Sujet;
use domain::vues::Entete;

/// What the header of a dossier depends on: the dossier, and what its reader has seen of it.
pub fn sujets(numero: DossierNumero, depart: &Depart) -> Vec<Sujet> {
    let compte = depart.session.as_ref().map(|session| Sujet::Compte(session.compte));
    [Sujet::Dossier(numero)].into_iter().chain(compte).collect()
}

/// Says that the état or the tag changed.
pub fn difference(avant: &Entete, apres: &Entete) -> Option<String> {
    let nouveau = if apres.etat != avant.etat {
        apres.etat.libelle()
    } else if apres.correction != avant.correction {
        apres.correction.and_then(EtatCorrection::badge)?
    } else {
        apres.tag.filter(|_| apres.tag != avant.tag)?.libelle()
    };
    Some(format!("La page a été mise à jour\u{a0}: {nouveau}."))
}
