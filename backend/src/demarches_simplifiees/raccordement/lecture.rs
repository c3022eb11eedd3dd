//! « Démarches Simplifiées » of a démarche: where its raccordement stands.

use super::{de, nom_du_site, page, page_du_dossier};
use crate::acces::autorisations;
use crate::contexte::Contexte;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::socle::temps;
use crate::tables::{auteur_distant, compte, dossier_ecarte, groupe_miroir, raccordement};
use chrono::{DateTime, Utc};
use domain::ids::{CompteId, DemarcheNumero, GroupeId, RaccordementId};
use domain::raccordement::{ErreurDistante, jours_restants};
use domain::role::Acteur;
use domain::vues::{DossierEcarte, Progression, Raccordement, WebhooksDistants};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::collections::BTreeSet;

/// How many dossiers that were set aside the page shows.
const ECARTES_MAX: u64 = 50;

/// What the page shows. A secret that was just made is in it, once, for whoever had it made.
///
/// # Errors
/// [`domain::Erreur::Introuvable`], also when the démarche is not joined.
pub async fn montrer(
    contexte: &Contexte,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<Raccordement, Echec> {
    let maintenant = contexte.horloge.maintenant();
    let db = contexte.base.lire();
    let mut lu = lire(db, &contexte.outils, acteur, numero, maintenant).await?;
    if lu.webhooks.secret_a_montrer {
        lu.webhooks.secret =
            contexte.changer(acteur, async |c| montrer_le_secret(c, numero).await).await?;
        lu.webhooks.secret_a_montrer = false;
    }
    Ok(lu)
}

async fn lire(
    db: &impl ConnectionTrait,
    outils: &Outils,
    acteur: &Acteur,
    numero: DemarcheNumero,
    maintenant: DateTime<Utc>,
) -> Result<Raccordement, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let raccordement = de(db, numero).await?;
    let aujourd_hui = temps::a_paris(maintenant).date();
    let groupes = groupes(db, raccordement.id).await?;
    let instructeurs = instructeurs(db, &groupes).await?;
    let fin = raccordement.jeton_expire_le;
    Ok(Raccordement {
        numero,
        titre: demarche.titre,
        plateforme: nom_du_site(&raccordement.site),
        numero_distant: raccordement.numero_distant,
        adresse: page(&raccordement),
        etat: raccordement.etat,
        raison: raccordement.raison.as_deref().and_then(ErreurDistante::from_code),
        rompu_le: raccordement.rompu_le.map(temps::a_paris),
        premiere: progression(&raccordement, maintenant),
        synchronise_le: raccordement.synchronise_le.map(temps::a_paris),
        groupes: groupes.len() as u64,
        instructeurs: instructeurs.len() as u64,
        jeton_expire_le: fin,
        jours_restants: fin.map(|fin| jours_restants(fin, aujourd_hui)),
        auteur: raccordement.auteur.clone(),
        etiquette_propose: raccordement.etiquette_propose.is_some(),
        etiquette_pris: raccordement.etiquette_pris.is_some(),
        annotation: raccordement.annotation.is_some(),
        ecartes: ecartes(db, &raccordement).await?,
        webhooks: webhooks(outils, acteur, &raccordement),
    })
}

fn progression(
    raccordement: &raccordement::Model,
    maintenant: DateTime<Utc>,
) -> Option<Progression> {
    if raccordement.premiere_finie_le.is_some() {
        return None;
    }
    let secondes = (maintenant - raccordement.commence_le).num_seconds().max(0).unsigned_abs();
    let lus = raccordement.lus.max(0).unsigned_abs();
    let total = raccordement.total.map(|total| total.max(0).unsigned_abs());
    Some(Progression::apres(secondes, lus, total))
}

async fn groupes(db: &impl ConnectionTrait, id: RaccordementId) -> Result<Vec<GroupeId>, Echec> {
    Ok(groupe_miroir::Entity::find()
        .filter(groupe_miroir::Column::Raccordement.eq(id))
        .filter(groupe_miroir::Column::Ferme.eq(false))
        .select_only()
        .column(groupe_miroir::Column::Groupe)
        .into_tuple()
        .all(db)
        .await?)
}

async fn instructeurs(
    db: &impl ConnectionTrait,
    groupes: &[GroupeId],
) -> Result<BTreeSet<CompteId>, Echec> {
    let comptes: Vec<CompteId> = auteur_distant::Entity::find()
        .filter(auteur_distant::Column::Groupe.is_in(groupes.iter().copied()))
        .select_only()
        .column(auteur_distant::Column::Compte)
        .into_tuple()
        .all(db)
        .await?;
    Ok(comptes.into_iter().collect())
}

/// Whether an address is that of an instructeur of the démarche there, as it was last read.
pub(super) async fn est_instructeur(
    db: &impl ConnectionTrait,
    id: RaccordementId,
    email: &str,
) -> Result<bool, Echec> {
    let email = compte::normaliser(email);
    let compte = compte::Entity::find().filter(compte::Column::Email.eq(email)).one(db).await?;
    let Some(compte) = compte else { return Ok(false) };
    let groupes = groupes(db, id).await?;
    Ok(instructeurs(db, &groupes).await?.contains(&compte.id))
}

async fn ecartes(
    db: &impl ConnectionTrait,
    raccordement: &raccordement::Model,
) -> Result<Vec<DossierEcarte>, Echec> {
    let lignes = dossier_ecarte::Entity::find()
        .filter(dossier_ecarte::Column::Raccordement.eq(raccordement.id))
        .order_by_asc(dossier_ecarte::Column::NumeroDistant)
        .limit(ECARTES_MAX)
        .all(db)
        .await?;
    let montrer = |ligne: dossier_ecarte::Model| DossierEcarte {
        numero: ligne.numero_distant,
        adresse: page_du_dossier(raccordement, ligne.numero_distant),
        raison: ErreurDistante::from_code(&ligne.raison),
        depuis: temps::a_paris(ligne.depuis),
        essais: ligne.essais,
    };
    Ok(lignes.into_iter().map(montrer).collect())
}

fn webhooks(
    outils: &Outils,
    acteur: &Acteur,
    raccordement: &raccordement::Model,
) -> WebhooksDistants {
    let base = outils.reglages.app_url.as_str().trim_end_matches('/');
    WebhooksDistants {
        actifs: raccordement.webhooks_actifs,
        url: format!("{base}/webhooks/demarches-simplifiees/{}", raccordement.id),
        secret: None,
        secret_a_montrer: raccordement.secret_pour == Some(acteur.compte),
        dernier_recu_le: raccordement.dernier_webhook_le.map(temps::a_paris),
    }
}

/// The secret that was just made, for good: the second time there is nothing left to show.
async fn montrer_le_secret(
    c: &Changement<'_>,
    numero: DemarcheNumero,
) -> Result<Option<String>, Echec> {
    autorisations::demarche_de_l_administrateur(&c.tx, c.acteur, numero).await?;
    let raccordement = de(&c.tx, numero).await?;
    let Some(scelle) = raccordement.secret_webhook_scelle else { return Ok(None) };
    let montre = raccordement::Entity::update_many()
        .set(raccordement::ActiveModel { secret_pour: Set(None), ..Default::default() })
        .filter(raccordement::Column::Id.eq(raccordement.id))
        .filter(raccordement::Column::SecretPour.eq(c.acteur.compte))
        .exec(&c.tx)
        .await?;
    if montre.rows_affected == 0 {
        return Ok(None);
    }
    Ok(Some(c.outils.coffre.ouvrir_texte(&scelle)?))
}
