//! « Configuration des emails ».

use super::{conclure, inchange, verrouiller};
use crate::acces::autorisations;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::tables::modele_courriel;
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
    c: &Changement<'_>,
    numero: DemarcheNumero,
    modele: Modele,
    (objet, corps): (&str, &str),
    version: &str,
) -> Result<String, Echec> {
    verrouiller(&c.tx, numero).await?;
    autorisations::demarche_de_l_administrateur(&c.tx, c.acteur, numero).await?;
    let texte = modele.verifier(objet, corps)?;
    let nouvelle = version::de(&[&texte.objet, &texte.corps]);
    let avant = self::texte(&c.tx, numero, modele).await?;
    if texte == avant && personnalise(&c.tx, numero, modele).await?.is_some() {
        return Ok(nouvelle);
    }
    inchange(version, &[&avant.objet, &avant.corps])?;
    let ligne = modele_courriel::ActiveModel {
        demarche: Set(numero),
        modele: Set(modele),
        objet: Set(texte.objet),
        corps: Set(texte.corps),
        modifie_le: Set(c.maintenant),
    };
    use modele_courriel::Column;
    modele_courriel::Entity::insert(ligne)
        .on_conflict(
            OnConflict::columns([Column::Demarche, Column::Modele])
                .update_columns([Column::Objet, Column::Corps, Column::ModifieLe])
                .to_owned(),
        )
        .exec_without_returning(&c.tx)
        .await?;
    conclure(c, numero, Action::ModeleModifie, Some(modele.nom().to_owned())).await?;
    Ok(nouvelle)
}

/// « Revenir au texte par défaut ». Done twice, it is done once.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn retablir(
    c: &Changement<'_>,
    numero: DemarcheNumero,
    modele: Modele,
) -> Result<(), Echec> {
    autorisations::demarche_de_l_administrateur(&c.tx, c.acteur, numero).await?;
    let cle = (numero, modele);
    let retires = modele_courriel::Entity::delete_by_id(cle).exec(&c.tx).await?;
    if retires.rows_affected == 0 {
        return Ok(());
    }
    conclure(c, numero, Action::ModeleRetabli, Some(modele.nom().to_owned())).await
}
