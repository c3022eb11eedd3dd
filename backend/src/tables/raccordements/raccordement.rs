//! A démarche joined to a platform that runs Démarches Simplifiées, and how far it is read.

use crate::socle::erreur::Echec;
use domain::ids::{CompteId, DemarcheNumero, RaccordementId};
use domain::raccordement::EtatRaccordement;
use sea_orm::QuerySelect;
use sea_orm::entity::prelude::*;

/// A row of `raccordements`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "raccordements")]
pub struct Model {
    /// Its number.
    #[sea_orm(primary_key)]
    pub id: RaccordementId,
    /// The démarche, as it is here. It has one raccordement at most.
    pub demarche: DemarcheNumero,
    /// The platform: `https://` and its name.
    pub site: String,
    /// The number of the démarche there.
    pub numero_distant: i64,
    /// The token, sealed.
    pub jeton_scelle: Vec<u8>,
    /// The last day of the token, as the administrateur read it there: the platform does not tell it to programs.
    pub jeton_expire_le: Option<Date>,
    /// How many days before that it was last told of.
    pub expiration_annoncee: Option<i32>,
    /// Where it stands.
    pub etat: EtatRaccordement,
    /// Why it is broken, or why its last round failed: a code of [`domain::raccordement::ErreurDistante`].
    pub raison: Option<String>,
    /// Since when it is broken.
    pub rompu_le: Option<DateTimeUtc>,
    /// The address of the account in whose name one writes there, when whoever acts may not.
    pub auteur: Option<String>,
    /// The platform's own id of the label « RDV proposé ».
    pub etiquette_propose: Option<String>,
    /// The same of « RDV pris ».
    pub etiquette_pris: Option<String>,
    /// The same of the annotation « Rendez-vous ».
    pub annotation: Option<String>,
    /// From which change on the dossiers are read: what is asked at each page, with the cursor. Absent: from the first.
    pub depuis: Option<DateTimeUtc>,
    /// After which one the next page begins, in the platform's own words.
    pub curseur: Option<String>,
    /// When the last dossier that was read was changed.
    pub lu_jusqu_a: Option<DateTimeUtc>,
    /// When the round that is under way began; absent between two rounds.
    pub ronde_le: Option<DateTimeUtc>,
    /// How many dossiers are asked at once: less after a page that could not be made.
    pub taille_page: i32,
    /// How many dossiers the first synchronisation has read.
    pub lus: i64,
    /// How many there are to read, when the platform says it.
    pub total: Option<i64>,
    /// When the first synchronisation began.
    pub commence_le: DateTimeUtc,
    /// When it was done.
    pub premiere_finie_le: Option<DateTimeUtc>,
    /// When the last round was done to its end.
    pub synchronise_le: Option<DateTimeUtc>,
    /// Since when deletions are asked for.
    pub suppressions_depuis: Option<DateTimeUtc>,
    /// When its next round is due; absent while it is stopped or broken.
    pub prochaine_le: Option<DateTimeUtc>,
    /// Until when a worker has it in hand.
    pub pris_jusqu_a: Option<DateTimeUtc>,
    /// Whether the platform's webhooks are heard.
    pub webhooks_actifs: bool,
    /// What signs them, sealed.
    pub secret_webhook_scelle: Option<Vec<u8>>,
    /// When one last came.
    pub dernier_webhook_le: Option<DateTimeUtc>,
    /// To whom the secret is to be shown, once.
    pub secret_pour: Option<CompteId>,
    /// The administrateur who joined it.
    pub cree_par: CompteId,
    /// When.
    pub cree_le: DateTimeUtc,
}

/// It is joined by hand where it is needed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Where the raccordement of a démarche stands; `None` of one that is not joined.
pub(crate) async fn etat_de(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
) -> Result<Option<EtatRaccordement>, Echec> {
    let choix = Entity::find().filter(Column::Demarche.eq(numero));
    Ok(choix.select_only().column(Column::Etat).into_tuple().one(db).await?)
}
