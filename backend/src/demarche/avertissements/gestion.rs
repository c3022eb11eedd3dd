//! « Gestion des notifications » of an instructeur, « Notifications des instructeurs » of a démarche.

use super::reglages;
use crate::acces::autorisations;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::{choix_avertissement as choix, reglage_avertissement as regle};
use chrono::{DateTime, Utc};
use domain::avertissement::{Avertissement, Rythme};
use domain::ids::{CompteId, DemarcheNumero};
use domain::journal::Action;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{AvertissementsDemarche, Notifications};
use domain::{Champ, Erreur, Saisie};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::BTreeMap;

/// « Gestion des notifications ».
///
/// # Errors
/// [`Erreur::Introuvable`] for whoever does not examine dossiers of the démarche.
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<Notifications, Echec> {
    let mut siennes = reglages::de_la_personne(db, acteur.compte).await?;
    let demarche = siennes.remove(&numero).ok_or(Erreur::Introuvable)?;
    Ok(Notifications {
        numero,
        titre: demarche.titre,
        email: acteur.email.clone(),
        reglages: demarche.reglages,
    })
}

/// What a form says: each kind of news with the code of a [`Rythme`], or nothing to follow what holds otherwise.
pub type Saisis<'a> = [(Avertissement, &'a str)];

/// « Enregistrer » of « Gestion des notifications ». What waits for a summary follows the new choice.
///
/// # Errors
/// [`Erreur::Introuvable`], or an error about [`Champ::Rythme`].
pub async fn enregistrer(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    saisis: &Saisis<'_>,
) -> Result<(), Echec> {
    autorisations::demarche_de_l_instructeur(&c.tx, c.acteur, numero).await?;
    let voulus = lire_saisis(saisis)?;
    let compte = c.acteur.compte;
    let (oublies, choisis): (Vec<_>, Vec<_>) =
        voulus.into_iter().partition(|(_, rythme)| rythme.is_none());
    choix::Entity::delete_many()
        .filter(choix::Column::Demarche.eq(numero))
        .filter(choix::Column::Compte.eq(compte))
        .filter(choix::Column::Quoi.is_in(oublies.into_iter().map(|(quoi, _)| quoi)))
        .exec(&c.tx)
        .await?;
    let choisis = choisis.into_iter().filter_map(|(quoi, rythme)| Some((numero, quoi, rythme?)));
    choisir(&c.tx, compte, choisis, c.maintenant).await?;
    c.annoncer(&[Sujet::Compte(compte)]).await
}

/// Writes what a person chose.
pub(super) async fn choisir(
    db: &impl ConnectionTrait,
    compte: CompteId,
    choisis: impl IntoIterator<Item = (DemarcheNumero, Avertissement, Rythme)>,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    let lignes: Vec<choix::ActiveModel> = choisis
        .into_iter()
        .map(|(demarche, quoi, rythme)| choix::ActiveModel {
            demarche: Set(demarche),
            compte: Set(compte),
            quoi: Set(quoi),
            rythme: Set(rythme),
            choisi_le: Set(maintenant),
        })
        .collect();
    if lignes.is_empty() {
        return Ok(());
    }
    use choix::Column;
    choix::Entity::insert_many(lignes)
        .on_conflict(
            OnConflict::columns([Column::Demarche, Column::Compte, Column::Quoi])
                .update_columns([Column::Rythme, Column::ChoisiLe])
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    Ok(())
}

fn lire_saisis(saisis: &Saisis<'_>) -> Result<Vec<(Avertissement, Option<Rythme>)>, Erreur> {
    saisis
        .iter()
        .map(|(quoi, texte)| match texte.trim() {
            "" => Ok((*quoi, None)),
            code => {
                let rythme = Rythme::from_code(code);
                let rythme =
                    rythme.ok_or(Erreur::champ(Champ::Rythme(*quoi), Saisie::HorsChoix))?;
                Ok((*quoi, Some(rythme)))
            }
        })
        .collect()
}

/// « Notifications des instructeurs ».
///
/// # Errors
/// [`Erreur::Introuvable`] for whoever does not manage the démarche.
pub async fn lire_demarche(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<AvertissementsDemarche, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let regles = regles(db, numero).await?;
    let reglages = Avertissement::TOUS.iter().map(|quoi| (*quoi, regles.get(quoi).copied()));
    Ok(AvertissementsDemarche { numero, titre: demarche.titre, reglages: reglages.collect() })
}

async fn regles(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
) -> Result<BTreeMap<Avertissement, Rythme>, Echec> {
    let lignes = regle::Entity::find().filter(regle::Column::Demarche.eq(numero)).all(db).await?;
    Ok(lignes.into_iter().map(|ligne| (ligne.quoi, ligne.rythme)).collect())
}

/// « Enregistrer » of « Notifications des instructeurs »: what holds for those who chose nothing.
///
/// # Errors
/// [`Erreur::Introuvable`], or an error about [`Champ::Rythme`].
pub async fn enregistrer_demarche(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    saisis: &Saisis<'_>,
) -> Result<(), Echec> {
    verrous::demarche(&c.tx, numero).await?;
    autorisations::demarche_de_l_administrateur(&c.tx, c.acteur, numero).await?;
    let voulus = lire_saisis(saisis)?;
    let avant = regles(&c.tx, numero).await?;
    let mut apres = avant.clone();
    for (quoi, rythme) in voulus {
        match rythme {
            Some(rythme) => apres.insert(quoi, rythme),
            None => apres.remove(&quoi),
        };
    }
    if apres == avant {
        return Ok(());
    }
    regle::Entity::delete_many().filter(regle::Column::Demarche.eq(numero)).exec(&c.tx).await?;
    let lignes: Vec<regle::ActiveModel> = apres
        .into_iter()
        .map(|(quoi, rythme)| regle::ActiveModel {
            demarche: Set(numero),
            quoi: Set(quoi),
            rythme: Set(rythme),
            regle_le: Set(c.maintenant),
        })
        .collect();
    if !lignes.is_empty() {
        regle::Entity::insert_many(lignes).exec_without_returning(&c.tx).await?;
    }
    c.noter(Action::NotificationsReglees, numero).await?;
    c.annoncer(&[Sujet::Demarche(numero)]).await
}
