//! The header of a dossier, as its usager and its instructeurs see it.

use crate::acces::autorisations::{self, Qualite};
use crate::dossier::examen::pastilles::Pastilles;
use crate::dossier::expirations;
use crate::messagerie::lus::Lecture;
use crate::rendez_vous::plans_rdv;
use crate::rendez_vous::tag::Synthese;
use crate::rendez_vous::{montrer, tag};
use crate::socle::erreur::Echec;
use crate::socle::regards::{self, Rubrique};
use crate::socle::temps;
use crate::tables::{
    adresse_refusee, compte, compte_rdv, correction, demarche, dossier, invite, miroir,
    proposition, raccordement, traitement,
};
use chrono::{DateTime, Utc};
use domain::cle::CleDeFormulaire;
use domain::courriel::RaisonEchec;
use domain::dossier::Tag;
use domain::ids::DossierNumero;
use domain::liste::Nouveaute;
use domain::message;
use domain::raccordement::Suppression;
use domain::role::Acteur;
use domain::vues::{Ailleurs, Entete, PropositionExpiree, PropositionOuverte};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, FromQueryResult, JoinType, PartialModelTrait, QueryOrder,
    QuerySelect, Select,
};

/// What both sides read of a dossier, in the statement that says whether they may.
#[derive(FromQueryResult)]
struct Lu {
    #[sea_orm(nested)]
    dossier: dossier::Model,
    #[sea_orm(nested(prefix = "demarche_"))]
    demarche: demarche::Model,
    #[sea_orm(nested)]
    courante: proposition::Courante,
    #[sea_orm(nested)]
    traitement: traitement::Dernier,
    #[sea_orm(nested)]
    correction: correction::Derniere,
}

impl Lu {
    fn avec(mut dossiers: Select<dossier::Entity>) -> Select<dossier::Entity> {
        let la_sienne = Expr::col(demarche::Column::Numero.as_column_ref())
            .equals(dossier::Column::Demarche.as_column_ref());
        QuerySelect::query(&mut dossiers).join(JoinType::InnerJoin, demarche::Entity, la_sienne);
        let dossiers = demarche::Model::select_cols_nested(dossiers, Some("demarche_"), None);
        let dossiers = traitement::Dernier::avec(proposition::Courante::avec(dossiers));
        correction::Derniere::avec(dossiers)
    }

    /// The header, without what one side alone sees; and what its rendez-vous amount to.
    async fn entete(
        self,
        db: &impl ConnectionTrait,
        maintenant: DateTime<Utc>,
    ) -> Result<(Entete, Synthese), Echec> {
        let Self { dossier, demarche, courante, traitement, correction } = self;
        let siens = montrer::vues(db, &[dossier.numero], maintenant).await?;
        let synthese = tag::resumer(courante.etat, &siens);
        let mut entete = commun(&dossier, demarche, &synthese, maintenant)?;
        let expiree = courante.sans_reponse(dossier.etat, synthese.tag);
        entete.sans_reponse = expiree
            .map(|le| PropositionExpiree { le: temps::a_paris(le), complement: String::new() });
        entete.decision = traitement.decision(&dossier);
        entete.correction = correction.badge(&dossier);
        Ok((entete, synthese))
    }
}

/// What the header says to whoever filed the dossier, or is invited to it. As many as there are people invited; those
/// are told to whoever filed it.
#[derive(FromQueryResult)]
struct PourLUsager {
    #[sea_orm(nested)]
    lu: Lu,
    #[sea_orm(nested)]
    lecture: Lecture,
    rendez_vous_vus_le: Option<DateTime<Utc>>,
    #[sea_orm(nested(prefix = "invite_"))]
    invite: Option<invite::Model>,
}

impl PourLUsager {
    fn avec(
        dossiers: Select<dossier::Entity>,
        acteur: &Acteur,
        maintenant: DateTime<Utc>,
    ) -> Select<dossier::Entity> {
        let compte = acteur.compte;
        let dossiers = Lecture::des_instructeurs(Lu::avec(dossiers), compte, maintenant);
        let vus = regards::du_dossier(compte, Rubrique::RendezVous);
        let mut dossiers = dossiers.expr_as(vus, "rendez_vous_vus_le");
        let a_celui_ci = Expr::col(invite::Column::Dossier.as_column_ref())
            .equals(dossier::Column::Numero.as_column_ref());
        let du_sien = a_celui_ci.and(dossier::Column::Usager.eq(compte));
        QuerySelect::query(&mut dossiers).join(JoinType::LeftJoin, invite::Entity, du_sien);
        invite::Model::select_cols_nested(dossiers, Some("invite_"), None)
            .order_by_asc(invite::Column::Id)
    }
}

/// The header of a dossier of one's own.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn de_l_usager(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<Entete, Echec> {
    let dossier = autorisations::partage(acteur, numero);
    let dossier = PourLUsager::avec(dossier, acteur, maintenant);
    let mut lus = dossier.into_model::<PourLUsager>().all(db).await?.into_iter();
    let Some(premier) = lus.next() else {
        return Err(autorisations::pas_partage(db, acteur, numero).await);
    };
    let PourLUsager { lu, lecture, rendez_vous_vus_le, invite } = premier;
    let qualite = Qualite::de(acteur, lu.dossier.usager);
    let attente = lu.courante.en_attente();
    let (mut entete, synthese) = lu.entete(db, maintenant).await?;
    match qualite {
        Qualite::Titulaire => {
            entete.rendez_vous_non_vu = synthese
                .change_le
                .is_some_and(|change_le| rendez_vous_vus_le.is_none_or(|vu| vu < change_le));
            entete.messages_non_vus = lecture.a_lire();
            entete.proposition_a_lire = attente.and_then(|(_, message)| message);
            let invites = invite.into_iter().chain(lus.filter_map(|lu| lu.invite));
            entete.invites = invites.map(invite::montrer).collect();
        }
        Qualite::Invite => {
            entete.invite = true;
            entete.onglet_rendez_vous = false;
            entete.rendez_vous = None;
            entete.sans_reponse = None;
        }
    }
    Ok(entete)
}

/// What the header says to the instructeurs of a dossier.
#[derive(FromQueryResult)]
struct PourLInstructeur {
    #[sea_orm(nested)]
    lu: Lu,
    #[sea_orm(nested)]
    pastilles: Pastilles,
    adresse: String,
    refus: Option<RaisonEchec>,
    texte_expiree: Option<String>,
    #[sea_orm(nested(prefix = "rdv_"))]
    connexion: Option<compte_rdv::Model>,
    #[sea_orm(nested)]
    la_bas: LaBas,
}

/// Where it is, when it belongs to another platform.
#[derive(FromQueryResult)]
struct LaBas {
    site_distant: Option<String>,
    demarche_distante: Option<i64>,
    dossier_distant: Option<i64>,
    suppression_distante: Option<Suppression>,
}

impl LaBas {
    fn vue(self) -> Option<Ailleurs> {
        let (site, demarche, numero) =
            (self.site_distant?, self.demarche_distante?, self.dossier_distant?);
        let adresse = raccordement::page_du_dossier(&site, demarche, numero);
        let suppression_demandee = self.suppression_distante == Some(Suppression::EnAttente);
        Some(Ailleurs { adresse, numero, suppression_demandee })
    }
}

impl PourLInstructeur {
    fn avec(dossiers: Select<dossier::Entity>, acteur: &Acteur) -> Select<dossier::Entity> {
        let mut dossiers = Pastilles::avec(Lu::avec(dossiers), acteur.compte)
            .column_as(compte::Column::Email, "adresse")
            .column_as(adresse_refusee::Column::Raison, "refus")
            .expr_as(proposition::texte_de_l_expiree(), "texte_expiree")
            .column_as(raccordement::Column::Site, "site_distant")
            .column_as(raccordement::Column::NumeroDistant, "demarche_distante")
            .column_as(miroir::Column::NumeroDistant, "dossier_distant")
            .column_as(miroir::Column::Suppression, "suppression_distante");
        let l_usager = Expr::col(compte::Column::Id.as_column_ref())
            .equals(dossier::Column::Usager.as_column_ref());
        let la_sienne = Expr::col(adresse_refusee::Column::Email.as_column_ref())
            .equals(compte::Column::Email.as_column_ref());
        let la_mienne = compte_rdv::Column::Compte.eq(acteur.compte);
        let le_sien = Expr::col(miroir::Column::Dossier.as_column_ref())
            .equals(dossier::Column::Numero.as_column_ref());
        let par_le_sien = Expr::col(raccordement::Column::Id.as_column_ref())
            .equals(miroir::Column::Raccordement.as_column_ref());
        QuerySelect::query(&mut dossiers)
            .join(JoinType::InnerJoin, compte::Entity, l_usager)
            .join(JoinType::LeftJoin, adresse_refusee::Entity, la_sienne)
            .join(JoinType::LeftJoin, compte_rdv::Entity, la_mienne)
            .join(JoinType::LeftJoin, miroir::Entity, le_sien)
            .join(JoinType::LeftJoin, raccordement::Entity, par_le_sien);
        compte_rdv::Model::select_cols_nested(dossiers, Some("rdv_"), None)
    }
}

/// The header of a dossier of one's groupes.
///
/// # Errors
/// [`domain::Erreur::Introuvable`].
pub async fn de_l_instructeur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<Entete, Echec> {
    let dossier = PourLInstructeur::avec(autorisations::examine(acteur, numero), acteur);
    let lu = dossier.into_model::<PourLInstructeur>().one(db).await?;
    let Some(lu) = lu else {
        return Err(autorisations::pas_examine(db, acteur, numero).await);
    };
    let PourLInstructeur { lu, pastilles, adresse, refus, texte_expiree, connexion, la_bas } = lu;
    let active = lu.demarche.rdv_active;
    let possible = plans_rdv::possible(&lu.demarche, connexion.as_ref());
    let attente = lu.courante.en_attente();
    let (mut entete, synthese) = lu.entete(db, maintenant).await?;
    let libre = !matches!(synthese.tag, Some(Tag::RdvPropose | Tag::RdvPris));
    entete.peut_proposer = active && entete.etat.en_cours();
    entete.peut_choisir = entete.peut_proposer && libre && possible;
    entete.proposition =
        attente.map(|(le, message)| PropositionOuverte { message, le: temps::a_paris(le) });
    if let (Some(expiree), Some(texte)) = (&mut entete.sans_reponse, texte_expiree) {
        expiree.complement = message::complement(&texte).to_owned();
    }
    entete.suivi = pastilles.suit();
    entete.messages_non_vus = pastilles.a(Nouveaute::Message);
    entete.demande_non_vue = pastilles.a(Nouveaute::Demande);
    entete.avis_non_vus = pastilles.a(Nouveaute::Avis);
    entete.pieces_non_vues = pastilles.a(Nouveaute::Piece);
    entete.annotations_non_vues = pastilles.a(Nouveaute::Annotation);
    entete.ailleurs = la_bas.vue();
    // No mail of ours leaves for the usager of another platform.
    if entete.ailleurs.is_none() {
        entete.adresse_refusee = adresse_refusee::refusee(&adresse, refus)
            .map(|raison| (adresse.clone(), raison.to_string()));
    }
    Ok(entete)
}

pub(crate) fn commun(
    dossier: &dossier::Model,
    demarche: demarche::Model,
    synthese: &Synthese,
    maintenant: DateTime<Utc>,
) -> Result<Entete, Echec> {
    let etat = dossier.etat;
    let mois = demarche.conservation_mois;
    let depose_le = temps::a_paris(dossier.depose_le);
    Ok(Entete {
        numero: dossier.numero,
        demarche: demarche.numero,
        titre: demarche.titre,
        etat,
        tag: synthese.tag,
        depose_le,
        ailleurs: None,
        expiration: expirations::de(dossier, mois, Some(synthese), maintenant)?,
        onglet_rendez_vous: synthese.change_le.is_some(),
        rendez_vous_non_vu: false,
        peut_proposer: false,
        proposition: None,
        sans_reponse: None,
        rendez_vous: synthese.a_montrer.clone().filter(|_| synthese.tag == Some(Tag::RdvPris)),
        peut_choisir: false,
        suivi: false,
        messages_non_vus: false,
        adresse_refusee: None,
        demande_non_vue: false,
        proposition_a_lire: None,
        invite: false,
        invites: Vec::new(),
        avis_non_vus: false,
        pieces_non_vues: false,
        annotations_non_vues: false,
        decision: None,
        correction: None,
        cle: CleDeFormulaire::default(),
        liste: String::new(),
    })
}
