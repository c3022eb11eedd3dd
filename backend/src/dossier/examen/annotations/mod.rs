//! « Annotations privées »: a text about a dossier, and the private fields of its démarche, that the instructeurs of its
//! groupe share, and nobody else sees.
//!
//! Saving adds a version. Nothing is overwritten: who wrote what and when can be read again.

pub mod champs;

use crate::acces::autorisations;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::compte::noms;
use crate::tables::{annotation, dossier};
use chrono::{DateTime, Utc};
use domain::ids::DossierNumero;
use domain::journal::Action;
use domain::message::texte_facultatif;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{Annotations, VersionAnnotation};
use domain::{Champ, Erreur};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

/// How many versions the screen shows.
const HISTORIQUE: u64 = 20;

/// The annotation of a dossier with its latest versions, and its private fields.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn lire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<Annotations, Echec> {
    let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
    let lignes = annotation::Entity::find()
        .filter(annotation::Column::Dossier.eq(numero))
        .order_by_desc(annotation::Column::Version)
        .limit(HISTORIQUE)
        .all(db)
        .await?;
    let auteurs = noms(db, lignes.iter().map(|ligne| ligne.instructeur)).await?;
    let historique: Vec<VersionAnnotation> = lignes
        .into_iter()
        .map(|ligne| VersionAnnotation {
            version: ligne.version,
            auteur: auteurs.get(&ligne.instructeur).cloned().unwrap_or_default(),
            moi: ligne.instructeur == acteur.compte,
            le: temps::a_paris(ligne.le),
            texte: ligne.texte,
        })
        .collect();
    let courante = historique.first();
    let (champs, retires) = champs::lire(db, acteur, &dossier).await?;
    Ok(Annotations {
        texte: courante.map(|version| version.texte.clone()).unwrap_or_default(),
        version: courante.map_or(0, |version| version.version),
        historique,
        champs,
        retires,
        annee: temps::annee(maintenant),
    })
}

/// « Enregistrer l'annotation ». `version`: the one that the form was shown with. Saving what it says already
/// changes nothing, so that a double click is harmless.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::AnnotationPerimee`], or an error about [`Champ::Annotation`].
pub async fn enregistrer(
    c: &Changement<'_>,
    numero: DossierNumero,
    version: i32,
    texte: &str,
) -> Result<(), Echec> {
    let dossier = autorisations::dossier_a_instruire(&c.tx, c.acteur, numero).await?;
    let texte = texte_facultatif(Champ::Annotation, texte)?;
    let courante = derniere(&c.tx, numero).await?;
    let (actuelle, dit) = courante.map_or((0, String::new()), |ligne| (ligne.version, ligne.texte));
    if dit == texte {
        return Ok(());
    }
    if actuelle != version {
        return Err(Erreur::AnnotationPerimee.into());
    }
    let ligne = annotation::ActiveModel {
        dossier: Set(numero),
        version: Set(version.saturating_add(1)),
        instructeur: Set(c.acteur.compte),
        texte: Set(texte),
        le: Set(c.maintenant),
        ..Default::default()
    };
    match annotation::Entity::insert(ligne).exec(&c.tx).await.map_err(Echec::from) {
        Ok(_) => {}
        // Somebody else was faster by an instant.
        Err(echec) if echec.doublon() => return Err(Erreur::AnnotationPerimee.into()),
        Err(echec) => return Err(echec),
    }
    conclure(c, &dossier).await
}

/// Notes that something was saved, and tells the pages that show it.
async fn conclure(c: &Changement<'_>, dossier: &dossier::Model) -> Result<(), Echec> {
    let numero = dossier.numero;
    c.noter(Action::AnnotationModifiee, numero).await?;
    // The list shows it to those who follow the dossier.
    let demarche = Sujet::Demarche(dossier.demarche);
    c.annoncer(&[Sujet::Dossier(numero), demarche]).await
}

async fn derniere(
    db: &impl ConnectionTrait,
    numero: DossierNumero,
) -> Result<Option<annotation::Model>, Echec> {
    Ok(annotation::Entity::find()
        .filter(annotation::Column::Dossier.eq(numero))
        .order_by_desc(annotation::Column::Version)
        .one(db)
        .await?)
}
