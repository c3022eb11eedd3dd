//! A démarche joined to a platform.

use crate::contexte::Contexte;
use crate::demarches_simplifiees::client::Distante;
use crate::socle::erreur::Echec;
use crate::tables::raccordement;
use domain::ids::RaccordementId;
use domain::raccordement::ErreurDistante;
use url::Url;

/// The API of its platform, with its token.
pub(crate) async fn ouvrir(
    contexte: &Contexte,
    raccordement: &raccordement::Model,
) -> Result<Distante, Echec> {
    let site = Url::parse(&raccordement.site)
        .map_err(|_| Echec::illisible("raccordements", "site", raccordement.id))?;
    let jeton = contexte.outils.coffre.ouvrir_texte(&raccordement.jeton_scelle)?;
    Ok(contexte.plateformes.distante(&site, &jeton))
}

pub(crate) async fn noter_echec(
    _: &Contexte,
    _: RaccordementId,
    _: &ErreurDistante,
) -> Result<(), Echec> {
    Ok(())
}
