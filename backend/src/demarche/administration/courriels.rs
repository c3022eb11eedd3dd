//! « Configuration des emails ».

use super::{Fait, conclure, inchange, verrouiller};
use crate::acces::autorisations;
use crate::socle::erreur::Echec;
use crate::tables::modele_courriel;
use chrono::{DateTime, Utc};
use domain::ids::DemarcheNumero;
use domain::journal::Action;
use domain::modele::{Modele, Texte};
use domain::role::Acteur;
use domain::version;
use domain::vues::{Courriels, ModeleCourriel};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

/// All the mails that can be worded.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<Courriels, Echec> {
    let demarche = autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let mut modeles = Vec::new();
    for modele in Modele::TOUS {
        let personnalise = personnalise(db, numero, modele).await?;
        modeles.push(ModeleCourriel {
            modele,
            personnalise: personnalise.is_some(),
            texte: personnalise.unwrap_or_else(|| modele.par_defaut()),
        });
    }
    Ok(Courriels { numero, titre: demarche.titre, modeles })
}

async fn personnalise(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
    modele: Modele,
) -> Result<Option<Texte>, Echec> {
    let cle = (numero, modele);
    let ligne = modele_courriel::Entity::find_by_id(cle).one(db).await?;
    Ok(ligne.map(|ligne| Texte { objet: ligne.objet, corps: ligne.corps }))
}

/// What a mail of a démarche says.
///
/// # Errors
/// The database failed.
pub(crate) async fn texte(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
    modele: Modele,
) -> Result<Texte, Echec> {
    Ok(personnalise(db, numero, modele).await?.unwrap_or_else(|| modele.par_defaut()))
}

/// Saves the words of a mail. `version`: of the subject and the text that the form showed. Gives the new one.
///
/// # Errors
/// [`domain::Erreur::Introuvable`], [`domain::Erreur::TexteChange`], or an error about the subject or the text.
pub async fn enregistrer(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    modele: Modele,
    (objet, corps): (&str, &str),
    version: &str,
    maintenant: DateTime<Utc>,
) -> Result<String, Echec> {
    verrouiller(db, numero).await?;
    autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let texte = modele.verifier(objet, corps)?;
    let nouvelle = version::de(&[&texte.objet, &texte.corps]);
    let avant = self::texte(db, numero, modele).await?;
    if texte == avant && personnalise(db, numero, modele).await?.is_some() {
        return Ok(nouvelle);
    }
    inchange(version, &[&avant.objet, &avant.corps])?;
    let ligne = modele_courriel::ActiveModel {
        demarche: Set(numero),
        modele: Set(modele),
        objet: Set(texte.objet),
        corps: Set(texte.corps),
        modifie_le: Set(maintenant),
    };
    use modele_courriel::Column;
    modele_courriel::Entity::insert(ligne)
        .on_conflict(
            OnConflict::columns([Column::Demarche, Column::Modele])
                .update_columns([Column::Objet, Column::Corps, Column::ModifieLe])
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    let detail = Some(modele.nom().to_owned());
    let fait = Fait { acteur, numero, action: Action::ModeleModifie, detail, compte: None };
    conclure(db, fait, maintenant).await?;
    Ok(nouvelle)
}

/// « Revenir au texte par défaut ». Done twice, it is done once.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn retablir(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
    modele: Modele,
    maintenant: DateTime<Utc>,
) -> Result<(), Echec> {
    autorisations::demarche_de_l_administrateur(db, acteur, numero).await?;
    let cle = (numero, modele);
    let retires = modele_courriel::Entity::delete_by_id(cle).exec(db).await?;
    if retires.rows_affected == 0 {
        return Ok(());
    }
    let detail = Some(modele.nom().to_owned());
    let fait = Fait { acteur, numero, action: Action::ModeleRetabli, detail, compte: None };
    conclure(db, fait, maintenant).await
}
