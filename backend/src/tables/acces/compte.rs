//! An account: somebody who can sign in.

use crate::socle::erreur::Echec;
use domain::ids::CompteId;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;
use std::collections::HashMap;

/// A row of `comptes`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "comptes")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: CompteId,
    /// As [`normaliser`] gives it: nobody else has it.
    pub email: String,
    /// Digest of the password; empty until somebody chose it.
    pub mot_de_passe: String,
    /// First name; empty until it is told.
    pub prenom: String,
    /// Name; empty until it is told.
    pub nom: String,
    /// When it was made.
    pub cree_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The e-mail as it is stored and compared. One that was stored before such addresses were refused still opens its
/// account.
#[must_use]
pub fn normaliser(email: &str) -> String {
    domain::email::lire(email).unwrap_or_else(|| email.trim().to_lowercase())
}

/// The end of the address of an account that was erased: it leads nowhere.
const EFFACEE: &str = "@efface.invalid";

/// What stands in the place of the address of an account that is erased. Nobody has it, and nobody ever will.
pub(crate) fn adresse_effacee(compte: CompteId) -> String {
    format!("compte-efface-{compte}{EFFACEE}")
}

/// Whether it is the address of an account that was erased.
pub(crate) fn effacee(email: &str) -> bool {
    email.ends_with(EFFACEE)
}

/// An address as people read it: that of an account that was erased is no address.
pub(crate) fn montree(email: &str) -> String {
    if effacee(email) { "Compte supprimé".to_owned() } else { email.to_owned() }
}

/// The name of an account: « KLOK Marlène », or its e-mail when it has none.
#[must_use]
pub(crate) fn nom(compte: &Model) -> String {
    nom_complet(&compte.nom, &compte.prenom).unwrap_or_else(|| montree(&compte.email))
}

/// What names an account.
#[derive(Debug, Clone, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub(crate) struct Nomme {
    pub(crate) email: String,
    prenom: String,
    nom: String,
}

impl Nomme {
    /// As [`nom`].
    pub(crate) fn nom(&self) -> String {
        nom_complet(&self.nom, &self.prenom).unwrap_or_else(|| montree(&self.email))
    }
}

/// « KLOK Marlène »; `None` when both are empty.
#[must_use]
pub(crate) fn nom_complet(nom: &str, prenom: &str) -> Option<String> {
    let entier = format!("{} {}", nom.trim().to_uppercase(), prenom.trim());
    let entier = entier.trim();
    (!entier.is_empty()).then(|| entier.to_owned())
}

/// Whether nobody has chosen the password of an account yet.
pub(crate) fn en_attente(compte: &Model) -> bool {
    compte.mot_de_passe.is_empty()
}

pub(crate) async fn par_email(
    db: &impl ConnectionTrait,
    email: &str,
) -> Result<Option<Model>, Echec> {
    let email = normaliser(email);
    Ok(Entity::find().filter(Column::Email.eq(email)).one(db).await?)
}

/// Those of these e-mails that have an account.
pub(crate) async fn de_ces_emails(
    db: &impl ConnectionTrait,
    emails: impl IntoIterator<Item = String>,
) -> Result<Vec<CompteId>, Echec> {
    let choix = Entity::find().filter(Column::Email.is_in(emails));
    Ok(choix.select_only().column(Column::Id).into_tuple().all(db).await?)
}

/// The names of accounts.
pub(crate) async fn noms(
    db: &impl ConnectionTrait,
    comptes: impl IntoIterator<Item = CompteId>,
) -> Result<HashMap<CompteId, String>, Echec> {
    Ok(Entity::find()
        .filter(Column::Id.is_in(comptes))
        .all(db)
        .await?
        .into_iter()
        .map(|compte| (compte.id, nom(&compte)))
        .collect())
}
