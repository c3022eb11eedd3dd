//! Reception: what is rightly signed is stored before it is answered.

use super::guichet::{Depot, Issue, Refus, Signataire};
use crate::contexte::Contexte;
use crate::rendez_vous::arrivee::signature;
use domain::ids::OrganisationId;
use serde::de::IgnoredAny;

/// Takes a notification: checks its signature, stores it.
///
/// The same bytes received again are taken and change nothing.
///
/// # Errors
/// [`Refus`].
pub async fn recevoir(
    contexte: &Contexte,
    organisation: OrganisationId,
    signature: Option<&str>,
    corps: &[u8],
) -> Result<(), Refus> {
    let guichet = &contexte.guichet;
    let mut connues = guichet.connues(organisation);
    loop {
        let deja_lues = connues.is_some();
        let candidates = match connues.take() {
            Some(candidates) => candidates,
            None => guichet.relire(contexte.base.lire(), organisation).await?,
        };
        let signature = signature.ok_or(Refus::SignatureAbsente)?;
        let Some(signataire) = signataire(contexte, &candidates, signature, corps)? else {
            // Its secret may have been made since, or changed by another process: look again, once.
            if deja_lues {
                continue;
            }
            return Err(Refus::SignatureFausse);
        };
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
