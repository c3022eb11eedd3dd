//! « Mes identités » of « Mon compte ».

use crate::acces::preuves;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::secrets::coffre;
use crate::socle::temps;
use crate::socle::verrous;
use crate::tables::{compte, identite, session};
use domain::Erreur;
use domain::ids::IdentiteId;
use domain::journal::Action;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::IdentiteVue;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

/// Those of an account, the oldest first.
///
/// # Errors
/// The database failed.
pub async fn lister(db: &impl ConnectionTrait, acteur: &Acteur) -> Result<Vec<IdentiteVue>, Echec> {
    let (lignes, seule) = siennes(db, acteur).await?;
    let vue = |ligne: identite::Model| IdentiteVue {
        id: ligne.id,
        fournisseur: ligne.fournisseur,
        email: ligne.email,
        cree_le: temps::a_paris(ligne.cree_le),
        vue_le: temps::a_paris(ligne.vue_le),
        detachable: !seule,
    };
    Ok(lignes.into_iter().map(vue).collect())
}

/// Those of an account, and whether it has no other way in than one of them.
async fn siennes(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
) -> Result<(Vec<identite::Model>, bool), Echec> {
    let lignes = identite::Entity::find()
        .filter(identite::Column::Compte.eq(acteur.compte))
        .order_by_asc(identite::Column::Id)
        .all(db)
        .await?;
    let compte = compte::Entity::find_by_id(acteur.compte).one(db).await?;
    let sans_mot_de_passe = compte.is_none_or(|compte| compte::en_attente(&compte));
    let seule = sans_mot_de_passe && lignes.len() == 1;
    Ok((lignes, seule))
}

/// « Détacher »: it opens nothing any more, and the sessions that it opened end, but for the one whose token is `jeton`.
///
/// # Errors
/// [`Erreur::PreuveDemandee`]; [`Erreur::DerniereIdentite`] when it is the only way in; [`Erreur::Introuvable`] for another's.
pub async fn detacher(c: &Changement<'_>, jeton: &str, id: IdentiteId) -> Result<(), Echec> {
    let compte = c.acteur.compte;
    preuves::exiger(c, jeton).await?;
    // Of two that are detached at the same moment, one stays.
    verrous::nomme(&c.tx, &format!("identites:{compte}")).await?;
    let (lignes, seule) = siennes(&c.tx, c.acteur).await?;
    let ligne = lignes.into_iter().find(|ligne| ligne.id == id).ok_or(Erreur::Introuvable)?;
    if seule {
        return Err(Erreur::DerniereIdentite.into());
    }
    identite::Entity::delete_by_id(id).exec(&c.tx).await?;
    session::Entity::delete_many()
        .filter(session::Column::Identite.eq(id))
        .filter(session::Column::Empreinte.ne(coffre::empreinte(jeton)))
        .exec(&c.tx)
        .await?;
    // Its person signs out there all the same: the token stays with it.
    session::Entity::update_many()
        .col_expr(session::Column::Identite, Expr::value(Option::<i64>::None))
        .filter(session::Column::Identite.eq(id))
        .exec(&c.tx)
        .await?;
    let detail = ligne.fournisseur.code().to_owned();
    c.noter_avec(Action::IdentiteDetachee, Sujet::Compte(compte), detail).await?;
    c.annoncer(&[Sujet::Compte(compte)]).await
}
