//! A new démarche. The first one comes from the command line: there is nobody yet to ask for it on a page.

use crate::acces::comptes::{Motif, trouver_ou_inviter};
use crate::socle::direct;
use crate::socle::erreur::Echec;
use crate::socle::journal;
use crate::socle::outils::Outils;
use crate::socle::verrous;
use crate::tables::{administrateur, demarche, groupe};
use chrono::{DateTime, Utc};
use domain::ids::{CompteId, DemarcheNumero};
use domain::journal::Action;
use domain::sujet::Sujet;
use domain::{Champ, saisie};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QuerySelect};

/// Creates an unpublished démarche with its first administrateur, who is sent a link to open their account when they
/// have none. Gives its number.
///
/// # Errors
/// An error about [`Champ::Email`] or [`Champ::Titre`].
pub async fn creer(
    db: &impl ConnectionTrait,
    outils: &Outils,
    (email, titre): (&str, &str),
    maintenant: DateTime<Utc>,
) -> Result<DemarcheNumero, Echec> {
    let email = saisie::email(Champ::Email, email)?;
    let titre = saisie::ligne(Champ::Titre, titre)?;
    let numero = numero_libre(db).await?;
    let ligne = demarche::ActiveModel {
        numero: Set(numero),
        titre: Set(titre),
        publiee_le: Set(None),
        service: Set(String::new()),
        rdv_active: Set(false),
        url_agenda: Set(None),
        organisation: Set(None),
        agenda_prouve: Set(false),
        description: Set(String::new()),
        close_le: Set(None),
        service_adresse: Set(String::new()),
        service_telephone: Set(String::new()),
        service_email: Set(String::new()),
        service_horaires: Set(String::new()),
        ..Default::default()
    };
    demarche::Entity::insert(ligne).exec_without_returning(db).await?;
    let pour = (Motif::Administrateur, numero);
    let compte = trouver_ou_inviter(db, outils, &email, pour, maintenant).await?.id;
    confier(db, numero, compte).await?;
    let sujet = Sujet::Demarche(numero);
    let detail = Some(format!("compte:{compte}"));
    journal::noter(db, None, Action::DemarcheCreee, sujet, detail, maintenant).await?;
    let sujets = [sujet, Sujet::Compte(compte)];
    direct::annoncer(db, &sujets, maintenant).await?;
    Ok(numero)
}

/// Gives a new démarche its administrateur and its first groupe, where there is nobody yet.
pub(super) async fn confier(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
    compte: CompteId,
) -> Result<(), Echec> {
    let gere = administrateur::ActiveModel { demarche: Set(numero), compte: Set(compte) };
    administrateur::Entity::insert(gere).exec_without_returning(db).await?;
    let groupe = groupe::ActiveModel {
        demarche: Set(numero),
        nom: Set("défaut".to_owned()),
        ..Default::default()
    };
    groupe::Entity::insert(groupe).exec_without_returning(db).await?;
    Ok(())
}

/// `voulu` when no démarche has it, otherwise the number after the last one.
pub(crate) async fn numero_voulu(
    db: &impl ConnectionTrait,
    voulu: DemarcheNumero,
) -> Result<DemarcheNumero, Echec> {
    let libre = numero_libre(db).await?;
    let pris = demarche::Entity::find_by_id(voulu).one(db).await?.is_some();
    Ok(if pris { libre } else { voulu })
}

/// The number after the last one.
pub(super) async fn numero_libre(db: &impl ConnectionTrait) -> Result<DemarcheNumero, Echec> {
    // One at a time: two must not take the same number.
    verrous::nomme(db, "demarches").await?;
    let dernier: Option<Option<DemarcheNumero>> = demarche::Entity::find()
        .select_only()
        .column_as(demarche::Column::Numero.max(), "numero")
        .into_tuple()
        .one(db)
        .await?;
    Ok(DemarcheNumero(dernier.flatten().map_or(0, |dernier| dernier.0) + 1))
}
