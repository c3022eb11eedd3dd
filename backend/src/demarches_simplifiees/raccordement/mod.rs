//! A démarche joined to one of Démarches Simplifiées: joining it, what is shown of it ever after, what can be done about it.

mod constat;
pub mod creation;
pub mod expirations;
pub mod gestion;
pub mod lecture;

use super::client::Distante;
use crate::contexte::Contexte;
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::tables::{administrateur, raccordement};
use crate::taches::{self, Courriel};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::ids::{CompteId, DemarcheNumero, RaccordementId};
use domain::journal::Action;
use domain::raccordement::{ErreurDistante, EtatRaccordement};
use domain::sujet::Sujet;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use url::Url;

/// The platform of a raccordement, with its token.
///
/// # Errors
/// [`ErreurDistante::AdresseInterdite`] when its site is no longer accepted; the token can't be opened.
pub(crate) async fn ouvrir(
    contexte: &Contexte,
    raccordement: &raccordement::Model,
) -> Result<Distante, Echec> {
    let site = contexte.plateformes.site(&raccordement.site);
    let site = site.ok_or(ErreurDistante::AdresseInterdite)?;
    let jeton = contexte.outils.coffre.ouvrir_texte(&raccordement.jeton_scelle)?;
    Ok(contexte.plateformes.distante(site, &jeton))
}

/// Keeps why the platform said no. What somebody has to mend breaks the raccordement until they do, and its administrateurs
/// are told once; the rest is shown until a round succeeds.
///
/// # Errors
/// The database failed.
pub(crate) async fn noter_echec(
    contexte: &Contexte,
    id: RaccordementId,
    erreur: &ErreurDistante,
) -> Result<(), Echec> {
    let maintenant = contexte.horloge.maintenant();
    let tx = contexte.base.ecrire().await?;
    let rompt = erreur.rompt();
    let mut change =
        raccordement::ActiveModel { raison: Set(Some(erreur.memoire())), ..Default::default() };
    if rompt {
        change.etat = Set(EtatRaccordement::Rompu);
        change.rompu_le = Set(Some(maintenant));
        change.prochaine_le = Set(None);
    }
    let fait = raccordement::Entity::update_many()
        .set(change)
        .filter(raccordement::Column::Id.eq(id))
        .filter(raccordement::Column::Etat.eq(EtatRaccordement::Actif))
        .exec(&tx)
        .await?;
    if fait.rows_affected == 0 {
        return Ok(());
    }
    let Some(raccordement) = raccordement::Entity::find_by_id(id).one(&tx).await? else {
        return Ok(());
    };
    if rompt {
        rompre(&tx, &raccordement, erreur, maintenant).await?;
    }
    direct::annoncer(&tx, &[Sujet::Demarche(raccordement.demarche)], maintenant).await?;
    tx.valider().await
}

/// Tells of a raccordement that was just broken.
async fn rompre(
    db: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
    erreur: &ErreurDistante,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let (id, demarche) = (raccordement.id, raccordement.demarche);
    tracing::warn!(raccordement = id.0, raison = erreur.code(), "a raccordement is broken");
    let sujet = Sujet::Demarche(demarche);
    let detail = Some(erreur.code().to_owned());
    journal::noter(db, None, Action::RaccordementRompu, sujet, detail, maintenant).await?;
    dire(db, demarche, maintenant, |compte| Courriel::RaccordementRompu {
        raccordement: id,
        compte,
    })
    .await
}

/// Plans a mail to each administrateur of a démarche.
async fn dire(
    db: &impl ConnectionTrait,
    demarche: DemarcheNumero,
    maintenant: DateTime<Utc>,
    courriel: impl Fn(CompteId) -> Courriel,
) -> Result<(), Echec> {
    let comptes = administrateur::comptes(db, demarche).await?;
    let courriels: Vec<_> =
        comptes.into_iter().map(|compte| (courriel(compte), maintenant)).collect();
    taches::ajouter_ensemble(db, demarche, &courriels, maintenant).await
}

/// The raccordement of a démarche.
async fn de(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
) -> Result<raccordement::Model, Echec> {
    let lu = raccordement::Entity::find()
        .filter(raccordement::Column::Demarche.eq(numero))
        .one(db)
        .await?;
    lu.ok_or(Erreur::Introuvable.into())
}

/// The page of a démarche on its platform, for those who manage it there.
fn page(raccordement: &raccordement::Model) -> String {
    sur(&raccordement.site, &format!("/admin/procedures/{}", raccordement.numero_distant))
}

/// The page of a dossier on its platform, for those who examine it there.
#[must_use]
pub fn page_du_dossier(raccordement: &raccordement::Model, numero_distant: i64) -> String {
    raccordement::page_du_dossier(&raccordement.site, raccordement.numero_distant, numero_distant)
}

fn sur(site: &str, chemin: &str) -> String {
    format!("{}{chemin}", site.trim_end_matches('/'))
}

/// The name of a platform, as people know it.
#[must_use]
pub fn nom_du_site(site: &str) -> String {
    let hote = Url::parse(site).ok().and_then(|url| url.host_str().map(str::to_owned));
    hote.unwrap_or_else(|| site.to_owned())
}
