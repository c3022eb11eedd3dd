//! Filing a dossier: from the public address to « en construction ».

use crate::autorisations::{self, Qualite};
use crate::champs;
use crate::contexte::Outils;
use crate::direct;
use crate::dossiers;
use crate::entities::{brouillon, compte, demarche, dossier, groupe};
use crate::erreur::{Echec, doublon};
use crate::formulaires::{self, Saisies};
use crate::invites;
use crate::journal;
use crate::messages::{self, Nouveau, RoleAuteur};
use crate::pieces;
use crate::recherche;
use crate::taches::{self, Tache};
use crate::telephone;
use crate::temps;
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::champs::{Pour, lire_brouillon};
use domain::dossier::{EtatDossier, Place};
use domain::ids::{CompteId, DemarcheNumero, DossierNumero, PieceId};
use domain::message::GenreMessage;
use domain::publication::Publication;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{Formulaire, PresentationDepot};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder,
};

/// How many drafts an account may have at the same time.
pub const BROUILLONS_MAX: u64 = 50;

/// What somebody reads before they begin. Anybody may read it once the démarche is published.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn presentation(
    db: &impl ConnectionTrait,
    acteur: Option<&Acteur>,
    numero: DemarcheNumero,
    maintenant: DateTime<Utc>,
) -> Result<PresentationDepot, Echec> {
    let demarche = publiee(db, numero, maintenant).await?;
    let brouillons = match acteur {
        Some(acteur) => siens(db, acteur, numero).await?,
        None => Vec::new(),
    };
    let ouverte = groupe(db, &demarche).await?.is_some();
    Ok(PresentationDepot {
        numero,
        titre: demarche.titre,
        service: demarche.service,
        ouverte,
        connecte: acteur.is_some(),
        brouillons: brouillons.into_iter().map(|b| DossierNumero(b.numero)).collect(),
    })
}

async fn publiee(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
    maintenant: DateTime<Utc>,
) -> Result<demarche::Model, Echec> {
    let aujourd_hui = temps::a_paris(maintenant).date();
    demarche::Entity::find_by_id(numero.0)
        .filter(demarche::Column::PublieeLe.lte(aujourd_hui))
        .one(db)
        .await?
        .ok_or(Erreur::Introuvable.into())
}

/// The groupe that receives new dossiers: the first one. None receives those of a démarche that is closed.
async fn groupe(
    db: &impl ConnectionTrait,
    demarche: &demarche::Model,
) -> Result<Option<i64>, Echec> {
    if !Publication::de(demarche.publiee_le, demarche.close_le).ouverte() {
        return Ok(None);
    }
    let premier = groupe::Entity::find()
        .filter(groupe::Column::Demarche.eq(demarche.numero))
        .order_by_asc(groupe::Column::Id)
        .one(db)
        .await?;
    Ok(premier.map(|groupe| groupe.id))
}

async fn siens(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<Vec<brouillon::Model>, Echec> {
    Ok(brouillon::Entity::find()
        .filter(brouillon::Column::Usager.eq(acteur.compte.0))
        .filter(brouillon::Column::Demarche.eq(numero.0))
        .order_by_desc(brouillon::Column::Numero)
        .all(db)
        .await?)
}

/// « Commencer la démarche »: gives the number of the draft. One that is still empty is taken again.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::TropDeBrouillons`].
pub async fn commencer(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    maintenant: DateTime<Utc>,
) -> Result<DossierNumero, Echec> {
    publiee(db, numero, maintenant).await?;
    if let Some(vide) = siens(db, acteur, numero).await?.into_iter().find(|b| b.champs == "[]") {
        return Ok(DossierNumero(vide.numero));
    }
    let tous = brouillon::Entity::find().filter(brouillon::Column::Usager.eq(acteur.compte.0));
    if tous.count(db).await? >= BROUILLONS_MAX {
        return Err(Erreur::TropDeBrouillons(BROUILLONS_MAX).into());
    }
    let compte = compte::Entity::find_by_id(acteur.compte.0).one(db).await?;
    let (prenom, nom) = compte.map(|c| (c.prenom, c.nom)).unwrap_or_default();
    let ligne = brouillon::ActiveModel {
        demarche: Set(numero.0),
        usager: Set(acteur.compte.0),
        prenom: Set(prenom),
        nom: Set(nom),
        champs: Set("[]".to_owned()),
        cree_le: Set(maintenant),
        modifie_le: Set(maintenant),
        ..Default::default()
    };
    Ok(DossierNumero(brouillon::Entity::insert(ligne).exec(db).await?.last_insert_id))
}

/// The form of a draft.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn formulaire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<Formulaire, Echec> {
    let (brouillon, qualite) = autorisations::brouillon_partage(db, acteur, numero).await?;
    let demarche = demarche::Entity::find_by_id(brouillon.demarche).one(db).await?;
    let demarche = demarche.ok_or(Erreur::Introuvable)?;
    let reponses = dossiers::reponses(&brouillon.champs)?;
    let champs =
        formulaires::remplir(db, DemarcheNumero(brouillon.demarche), numero, &reponses).await?;
    Ok(Formulaire {
        numero,
        titre: demarche.titre,
        prenom: brouillon.prenom,
        nom: brouillon.nom,
        champs,
        version: brouillon.version,
        invite: qualite == Qualite::Invite,
    })
}

/// « Enregistrer le brouillon »: nothing is required, what was typed is kept as it is. Files are checked.
/// `version`: that of the draft when the form was shown, for several people may fill it in.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::Perime`]; [`Erreur::Reponses`] about files.
pub async fn enregistrer(
    db: &impl ConnectionTrait,
    outils: &Outils,
    acteur: &Acteur,
    numero: DossierNumero,
    version: i32,
    saisies: Saisies,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let (brouillon, _) = autorisations::brouillon_partage(db, acteur, numero).await?;
    let definitions =
        champs::de_la_demarche(db, DemarcheNumero(brouillon.demarche), Pour::Usagers).await?;
    let deja = pieces::du_formulaire(db, numero).await?;
    let retirer: Vec<PieceId> =
        deja.iter().map(|p| p.id).filter(|id| saisies.retirer.contains(id)).collect();
    let (fichiers, problemes) =
        formulaires::admettre(&definitions, &deja, &retirer, saisies.fichiers);
    if !problemes.is_empty() {
        return Err(Erreur::Reponses(problemes).into());
    }
    let court = |texte: &str| texte.trim().chars().take(domain::champs::LIGNE_MAX).collect();
    let reponses = lire_brouillon(&definitions, &saisies.reponses, telephone::lire);
    let champs =
        serde_json::to_string(&reponses).map_err(|_| Echec::Illisible("fields of a draft"))?;
    let changes = brouillon::Entity::update_many()
        .set(brouillon::ActiveModel {
            prenom: Set(court(&saisies.prenom)),
            nom: Set(court(&saisies.nom)),
            champs: Set(champs),
            modifie_le: Set(maintenant),
            ..Default::default()
        })
        .col_expr(brouillon::Column::Version, Expr::col(brouillon::Column::Version).add(1))
        .filter(brouillon::Column::Numero.eq(numero.0))
        .filter(brouillon::Column::Version.eq(version))
        .exec(db)
        .await?;
    if changes.rows_affected == 0 {
        return Err(Erreur::Perime.into());
    }
    formulaires::ranger_les_fichiers(db, outils, acteur, numero, (retirer, fichiers), maintenant)
        .await?;
    Ok(direct::annoncer(db, &sujets(db, &brouillon).await?, maintenant).await?)
}

/// The lists « Mes dossiers » that show a draft.
async fn sujets(
    db: &impl ConnectionTrait,
    brouillon: &brouillon::Model,
) -> Result<Vec<Sujet>, Echec> {
    let mut sujets = invites::sujets(db, DossierNumero(brouillon.numero)).await?;
    sujets.push(Sujet::Compte(CompteId(brouillon.usager)));
    Ok(sujets)
}

/// « Déposer le dossier ». Deposited twice, it is one dossier. `version`: that of the draft when the form was shown.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::DemarcheFermee`], [`Erreur::Perime`], [`Erreur::Reponses`].
pub async fn deposer(
    db: &impl ConnectionTrait,
    outils: &Outils,
    acteur: &Acteur,
    numero: DossierNumero,
    version: i32,
    saisies: Saisies,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let brouillon = match autorisations::brouillon(db, acteur, numero).await {
        Err(Echec::Metier(Erreur::Introuvable)) => {
            return autorisations::dossier_de_l_usager(db, acteur, numero).await.map(|_| ());
        }
        lu => lu?,
    };
    let demarche = DemarcheNumero(brouillon.demarche);
    let groupe = match publiee(db, demarche, maintenant).await {
        Ok(publiee) => groupe(db, &publiee).await?.ok_or(Erreur::DemarcheFermee)?,
        Err(Echec::Metier(Erreur::Introuvable)) => return Err(Erreur::DemarcheFermee.into()),
        Err(autre) => return Err(autre),
    };
    if brouillon.version != version {
        return Err(Erreur::Perime.into());
    }
    let definitions = champs::de_la_demarche(db, demarche, Pour::Usagers).await?;
    let deja = pieces::du_formulaire(db, numero).await?;
    let lues = formulaires::verifier(&definitions, &deja, saisies).map_err(Erreur::Reponses)?;
    let depose = dossier::Model {
        numero: numero.0,
        demarche: demarche.0,
        groupe,
        usager: acteur.compte.0,
        etat: EtatDossier::EnConstruction.code().to_owned(),
        place: Place::Liste.code().to_owned(),
        prenom: lues.prenom,
        nom: lues.nom,
        depose_le: maintenant,
        champs: serde_json::to_string(&lues.reponses)
            .map_err(|_| Echec::Illisible("fields of a dossier"))?,
        version: 0,
        modifie_le: None,
        supprime_le: None,
    };
    match dossier::Entity::insert(depose.clone().into_active_model())
        .exec_without_returning(db)
        .await
    {
        // Filed at the same moment by another click.
        Err(erreur) if doublon(&erreur) => return Ok(()),
        autre => autre?,
    };
    recherche::indexer(db, numero).await?;
    brouillon::Entity::delete_by_id(numero.0).exec(db).await?;
    let fichiers = (lues.retirer, lues.fichiers);
    formulaires::ranger_les_fichiers(db, outils, acteur, numero, fichiers, maintenant).await?;
    accuser_reception(db, acteur, numero, maintenant).await?;
    let objet = format!("dossier:{numero}");
    journal::noter(db, Some(acteur.compte), "dossier déposé", &objet, None, maintenant).await?;
    taches::ajouter(db, &Tache::CourrielDepot { dossier: numero }, maintenant).await?;
    let mut sujets = invites::sujets(db, numero).await?;
    sujets.extend(messages::sujets(&depose));
    Ok(direct::annoncer(db, &sujets, maintenant).await?)
}

async fn accuser_reception(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let nouveau = Nouveau {
        dossier: numero,
        role: RoleAuteur::Systeme,
        auteur: acteur.compte,
        genre: GenreMessage::Libre,
        corps: domain::message::accuse_de_reception(numero),
        lien: None,
        proposition: None,
        cle: None,
    };
    messages::inserer(db, nouveau, maintenant).await
}

/// « Supprimer le brouillon », with its files.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn supprimer_brouillon(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let brouillon = autorisations::brouillon(db, acteur, numero).await?;
    let sujets = sujets(db, &brouillon).await?;
    pieces::oublier(db, numero).await?;
    invites::oublier(db, numero).await?;
    brouillon::Entity::delete_by_id(brouillon.numero).exec(db).await?;
    Ok(direct::annoncer(db, &sujets, maintenant).await?)
}
