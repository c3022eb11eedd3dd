//! What people of the demo have already said to one another: a dossier that was corrected, a question answered.

use super::{Comptes, a_paris};
use crate::socle::erreur::Echec;
use crate::tables::message::{Nouveau, RoleAuteur};
use crate::tables::{correction, dossier, message};
use chrono::{DateTime, Utc};
use domain::correction::{self as textes, EtatCorrection};
use domain::ids::{CompteId, DossierNumero};
use domain::message::GenreMessage;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// A message that somebody typed.
pub(super) struct Ecrit<'a> {
    pub(super) dossier: DossierNumero,
    pub(super) role: RoleAuteur,
    pub(super) auteur: CompteId,
    pub(super) corps: &'a str,
    pub(super) le: DateTime<Utc>,
}

impl Ecrit<'_> {
    pub(super) async fn inserer(self, db: &impl ConnectionTrait) -> Result<(), Echec> {
        let nouveau = Nouveau {
            dossier: self.dossier,
            role: self.role,
            auteur: self.auteur,
            genre: GenreMessage::Libre,
            corps: self.corps.to_owned(),
            lien: None,
            proposition: None,
            cle: None,
        };
        message::inserer(db, nouveau, self.le).await
    }
}

/// 16035121 is CORRIGÉ, as in the deck.
pub(super) async fn corriger(db: &impl ConnectionTrait, comptes: &Comptes) -> Result<(), Echec> {
    const NUMERO: DossierNumero = DossierNumero(16_035_121);
    let demandee_le = a_paris((2024, 2, 5), (10, 20));
    let finie_le = a_paris((2024, 2, 7), (18, 3));
    let ligne = correction::ActiveModel {
        dossier: Set(NUMERO),
        instructeur: Set(comptes.instructeur),
        etat: Set(EtatCorrection::Corrigee),
        cle: Set("demo:correction".to_owned()),
        demandee_le: Set(demandee_le),
        finie_le: Set(Some(finie_le)),
        ..Default::default()
    };
    let id = correction::Entity::insert(ligne).exec(db).await?.last_insert_id;
    let demande = Nouveau {
        dossier: NUMERO,
        role: RoleAuteur::Instructeur,
        auteur: comptes.instructeur,
        genre: GenreMessage::Correction,
        corps: textes::message(
            "Le nombre d'étudiants ne correspond pas à celui de votre délibération. Merci de le corriger.",
        ),
        lien: None,
        proposition: None,
        cle: Some(&correction::cle_du_message(id)),
    };
    message::inserer(db, demande, demandee_le).await?;
    dossier::Entity::update_many()
        .col_expr(dossier::Column::ModifieLe, Expr::value(finie_le))
        .filter(dossier::Column::Numero.eq(NUMERO))
        .exec(db)
        .await?;
    let declaration = Ecrit {
        dossier: NUMERO,
        role: RoleAuteur::Usager,
        auteur: comptes.usager,
        corps: textes::declaration(),
        le: finie_le,
    };
    declaration.inserer(db).await
}

/// 18051790: a question and its answer.
pub(super) async fn ecrire(db: &impl ConnectionTrait, comptes: &Comptes) -> Result<(), Echec> {
    const NUMERO: DossierNumero = DossierNumero(18_051_790);
    let echange = [
        (
            RoleAuteur::Usager,
            comptes.jules,
            "Bonjour,\n\nPouvez-vous me dire si la délibération du conseil suffit, ou s'il faut aussi les statuts\u{a0}?",
            a_paris((2024, 5, 6), (9, 41)),
        ),
        (
            RoleAuteur::Instructeur,
            comptes.instructeur,
            "Bonjour,\n\nLa délibération suffit. Votre dossier est complet, je commence à l'examiner.",
            a_paris((2024, 5, 6), (14, 17)),
        ),
    ];
    for (role, auteur, corps, le) in echange {
        Ecrit { dossier: NUMERO, role, auteur, corps, le }.inserer(db).await?;
    }
    Ok(())
}
