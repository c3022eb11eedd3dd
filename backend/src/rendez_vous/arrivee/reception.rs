//! Reception: what is rightly signed is stored before it is answered.

use super::guichet::{Depot, Issue, Refus, Signataire};
use crate::acces::limites;
use crate::acces::tentatives::{Regle, Reseau, Tentative};
use crate::contexte::Contexte;
use crate::rendez_vous::arrivee::signature;
use domain::Erreur;
use domain::ids::OrganisationId;
use serde::de::IgnoredAny;

/// Takes a notification: see [`recevoir_de`]. For whoever is no network.
///
/// # Errors
/// [`Refus`].
pub async fn recevoir(
    contexte: &Contexte,
    organisation: OrganisationId,
    signature: Option<&str>,
    corps: &[u8],
) -> Result<(), Refus> {
    recevoir_de(contexte, None, organisation, signature, corps).await
}

/// Takes a notification that comes from `reseau`: checks its signature, stores it.
///
/// The same bytes received again are taken and change nothing. One that is rightly signed is taken whatever came before
/// it; for those that are not, the database is asked so often by one network, and no more.
///
/// # Errors
/// [`Refus`].
pub async fn recevoir_de(
    contexte: &Contexte,
    reseau: Option<Reseau>,
    organisation: OrganisationId,
    signature: Option<&str>,
    corps: &[u8],
) -> Result<(), Refus> {
    let guichet = &contexte.guichet;
    let mut connues = guichet.connues(organisation);
    let mut faux = Faux { contexte, reseau, tentative: None };
    loop {
        let deja_lues = connues.is_some();
        let candidates = match connues.take() {
            Some(candidates) => candidates,
            None => {
                faux.compter()?;
                guichet.relire(contexte.base.lire(), organisation).await?
            }
        };
        let Some(signature) = signature else {
            faux.compter()?;
            return Err(Refus::SignatureAbsente);
        };
        let Some(signataire) = signataire(contexte, &candidates, signature, corps)? else {
            faux.compter()?;
            // Its secret may have been made since, or changed by another process: look again, once.
            if deja_lues {
                continue;
            }
            return Err(Refus::SignatureFausse);
        };
        faux.rendre();
        serde_json::from_slice::<IgnoredAny>(corps).map_err(|_| Refus::CorpsIllisible)?;
        let (depot, issue) =
            Depot::new(signataire, corps, &contexte.outils, contexte.horloge.maintenant());
        match guichet.ranger(&contexte.base, depot, issue).await? {
            Issue::Rangee => return Ok(()),
            Issue::SecretChange => guichet.oublier(organisation),
            Issue::Echec => return Err(Refus::NonRangee),
        }
    }
}

/// A notification that is not known to be rightly signed counts once, until it is.
struct Faux<'a> {
    contexte: &'a Contexte,
    reseau: Option<Reseau>,
    tentative: Option<Tentative>,
}

impl Faux<'_> {
    fn compter(&mut self) -> Result<(), Refus> {
        let (None, Some(reseau)) = (&self.tentative, self.reseau) else { return Ok(()) };
        let (reseau, maintenant) = (reseau.to_string(), self.contexte.horloge.maintenant());
        let regle: (Regle, &[&str]) = (limites::WEBHOOKS_FAUX, &[&reseau]);
        match self.contexte.acces.tentatives.faire(&[regle], maintenant) {
            Ok(tentative) => {
                self.tentative = Some(tentative);
                Ok(())
            }
            Err(Erreur::TropVite { secondes }) => Err(Refus::TropDeFausses { secondes }),
            Err(autre) => Err(Refus::Echec(autre.into())),
        }
    }

    fn rendre(&mut self) {
        if let Some(tentative) = self.tentative.take() {
            self.contexte.acces.tentatives.rendre(tentative);
        }
    }
}

/// Two platforms may use the same number for an organisation: the secret tells them apart.
fn signataire<'a>(
    contexte: &Contexte,
    candidates: &'a [Signataire],
    signature: &str,
    corps: &[u8],
) -> Result<Option<&'a Signataire>, Refus> {
    let maintenant = contexte.horloge.maintenant();
    for candidate in candidates.iter().filter(|candidate| candidate.vaut(maintenant)) {
        let secret = contexte.outils.coffre.ouvrir(&candidate.secret_scelle)?;
        if signature::verifier(&secret, corps, signature) {
            return Ok(Some(candidate));
        }
    }
    Ok(None)
}
