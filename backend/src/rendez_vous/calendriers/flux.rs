//! What a calendar reads again and again, by the secret of its address.

use super::absolue;
use crate::acces::autorisations;
use crate::acces::limites;
use crate::acces::tentatives::Reseau;
use crate::contexte::Contexte;
use crate::rendez_vous::nouveautes;
use crate::socle::erreur::Echec;
use crate::socle::secrets::coffre;
use crate::tables::abonnement::{self, LES_SIENS};
use crate::tables::{compte, demarche, dossier, rendez_vous};
use chrono::{DateTime, Duration, Utc};
use domain::Erreur;
use domain::calendrier::{self, Evenement, Lecteur, PASSE, Vers};
use domain::chemin::{Chemin, Onglet};
use domain::role::Acteur;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter,
    QueryOrder, QuerySelect,
};

/// How many rendez-vous a feed has at most: the latest ones.
const MAX: u64 = 2_000;

/// How often it is noted that a feed is read, in minutes.
const USAGE_MINUTES: i64 = 60;

/// The feed of an address. Empty for an instructeur who examines the dossiers of the démarche no more: their calendar
/// then forgets what it had.
///
/// # Errors
/// [`Erreur::Introuvable`] when it is nobody's, [`Erreur::TropVite`] when too many such were asked for from there.
pub async fn lire(
    contexte: &Contexte,
    secret: &str,
    reseau: Option<Reseau>,
) -> Result<String, Echec> {
    let (db, maintenant) = (contexte.base.lire(), contexte.horloge.maintenant());
    let tentatives = &contexte.acces.tentatives;
    let reseau = reseau.map(|reseau| reseau.to_string()).unwrap_or_default();
    let tentative = tentatives.faire(&[(limites::FLUX_INCONNUS, &[&reseau])], maintenant)?;
    let empreinte = coffre::empreinte(secret);
    let Trouve { abonnement, email } = trouver(db, &empreinte).await?.ok_or(Erreur::Introuvable)?;
    tentatives.rendre(tentative);
    tentatives.compter(limites::FLUX, &[&empreinte], maintenant)?;
    let acteur = Acteur::ordinaire(abonnement.compte, email);
    let flux = ecrire(contexte, &acteur, &abonnement, maintenant).await?;
    noter_l_usage(contexte, &abonnement, maintenant).await?;
    Ok(flux)
}

/// A feed and the address of its person.
#[derive(FromQueryResult)]
struct Trouve {
    #[sea_orm(nested)]
    abonnement: abonnement::Model,
    email: String,
}

async fn trouver(db: &impl ConnectionTrait, empreinte: &str) -> Result<Option<Trouve>, Echec> {
    let mut choix = abonnement::Entity::find_by_id(empreinte.to_owned())
        .column_as(compte::Column::Email, "email");
    let le_sien = Expr::col(compte::Column::Id.as_column_ref())
        .equals(abonnement::Column::Compte.as_column_ref());
    QuerySelect::query(&mut choix).join(JoinType::InnerJoin, compte::Entity, le_sien);
    Ok(choix.into_model().one(db).await?)
}

async fn ecrire(
    contexte: &Contexte,
    acteur: &Acteur,
    abonnement: &abonnement::Model,
    maintenant: DateTime<Utc>,
) -> Result<String, Echec> {
    let db = contexte.base.lire();
    if abonnement.demarche == LES_SIENS {
        let siens = Condition::all()
            .add(dossier::Column::Usager.eq(acteur.compte))
            .add(dossier::est_d_ici())
            .add(autorisations::ouverte(acteur, dossier::Column::Demarche));
        let lignes = lignes(db, siens, maintenant).await?;
        let nom = format!("Mes rendez-vous – {}", contexte.outils.reglages.nom);
        return rediger(contexte, &nom, &lignes, Lecteur::Usager, maintenant);
    }
    let lue = autorisations::demarche_de_l_instructeur(db, acteur, abonnement.demarche).await;
    let (nom, lignes) = match lue {
        Ok((demarche, groupes)) => {
            let a_eux = nouveautes::groupe_du_rendez_vous().is_in(groupes);
            let lignes = lignes(db, Condition::all().add(a_eux), maintenant).await?;
            (format!("Rendez-vous – {}", demarche.titre), lignes)
        }
        // A calendar comes in by nothing: what demands ProConnect is not in it.
        Err(Echec::Metier(Erreur::Introuvable | Erreur::ProConnectExige)) => {
            ("Rendez-vous".to_owned(), vec![])
        }
        Err(autre) => return Err(autre),
    };
    rediger(contexte, &nom, &lignes, Lecteur::FluxDeLInstructeur, maintenant)
}

/// A rendez-vous, and the démarche of its dossier.
#[derive(FromQueryResult)]
struct Ligne {
    #[sea_orm(nested)]
    rendez_vous: rendez_vous::Model,
    titre: String,
}

/// The rendez-vous that are not over for long, of the dossiers that their people find, the latest first.
async fn lignes(
    db: &impl ConnectionTrait,
    lesquels: Condition,
    maintenant: DateTime<Utc>,
) -> Result<Vec<Ligne>, Echec> {
    use rendez_vous::Column;
    let depuis = maintenant.checked_sub_months(PASSE).unwrap_or(maintenant);
    let mut choix = rendez_vous::Entity::find()
        .column_as(demarche::Column::Titre, "titre")
        .filter(Column::Fin.gt(depuis))
        .filter(dossier::visible())
        .filter(lesquels)
        .order_by_desc(Column::Debut)
        .order_by_desc(Column::Id)
        .limit(MAX);
    let son_dossier =
        Expr::col(dossier::Column::Numero.as_column_ref()).equals(Column::Dossier.as_column_ref());
    let sa_demarche = Expr::col(demarche::Column::Numero.as_column_ref())
        .equals(dossier::Column::Demarche.as_column_ref());
    QuerySelect::query(&mut choix).join(JoinType::InnerJoin, dossier::Entity, son_dossier).join(
        JoinType::InnerJoin,
        demarche::Entity,
        sa_demarche,
    );
    Ok(choix.into_model().all(db).await?)
}

fn rediger(
    contexte: &Contexte,
    nom: &str,
    lignes: &[Ligne],
    lecteur: Lecteur,
    maintenant: DateTime<Utc>,
) -> Result<String, Echec> {
    let mut evenements = Vec::new();
    for Ligne { rendez_vous: ligne, titre } in lignes.iter().rev() {
        let Some(numero) = ligne.dossier else { continue };
        let etat = rendez_vous::lire(ligne)?;
        let annule_le = etat.situation().annule().then_some(ligne.change_le);
        if !calendrier::dans_le_flux(ligne.fin, annule_le, maintenant) {
            continue;
        }
        let page = match lecteur {
            Lecteur::Usager => Chemin::RendezVous(numero),
            _ => Chemin::Onglet(numero, Onglet::Messagerie),
        };
        let page = absolue(&contexte.outils.reglages, page);
        let (demarche, page) = (titre.as_str(), page.as_str());
        let vers = Vers { lecteur, dossier: numero, demarche, page, organisateur: None };
        evenements.extend(Evenement::de(&etat, vers));
    }
    Ok(calendrier::flux(nom, evenements))
}

/// To the hour: a calendar that comes every five minutes writes nothing each time.
async fn noter_l_usage(
    contexte: &Contexte,
    abonnement: &abonnement::Model,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let limite = maintenant - Duration::minutes(USAGE_MINUTES);
    if abonnement.utilise_le.is_some_and(|le| le > limite) {
        return Ok(());
    }
    let tx = contexte.base.ecrire().await?;
    abonnement::Entity::update_many()
        .col_expr(abonnement::Column::UtiliseLe, Expr::value(maintenant))
        .filter(abonnement::Column::Empreinte.eq(&abonnement.empreinte))
        .exec(&tx)
        .await?;
    tx.valider().await
}
