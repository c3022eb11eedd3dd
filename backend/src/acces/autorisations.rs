//! Who may see and do what: the one place that decides.
//!
//! What one may not see is not found, exactly as what does not exist.

use crate::socle::erreur::Echec;
use crate::socle::secrets::coffre;
use crate::tables::{
    administrateur, avis, brouillon, compte, demarche, dossier, groupe, instructeur, invite,
    jeton_avis, lien_proposition, message, miroir, piece_jointe, proposition, rendez_vous,
};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::avis::EtatAvis;
use domain::identite::Exigence;
use domain::ids::{
    AgendaId, AvisId, CompteId, DemarcheNumero, DossierNumero, GroupeId, PieceId, RendezVousId,
};
use domain::raccordement::Suppression;
use domain::role::{Acteur, Assurance, Role};
use domain::sujet::Sujet;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType,
    PartialModelTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

/// A dossier of one's own, for an usager.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn dossier_de_l_usager(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<dossier::Model, Echec> {
    depose(acteur, numero).one(db).await?.ok_or(Erreur::Introuvable.into())
}

/// The same, to be read with what is shown of it.
pub(crate) fn depose(acteur: &Acteur, numero: DossierNumero) -> Select<dossier::Entity> {
    dossier::trouver(numero)
        .filter(dossier::Column::Usager.eq(acteur.compte))
        .filter(ouverte(acteur, dossier::Column::Demarche))
}

/// That the démarche which `demarche` names, in what is read around it, does not demand ProConnect of everybody, or that
/// one came in by it.
pub(crate) fn ouverte(acteur: &Acteur, demarche: impl ColumnTrait) -> Expr {
    if acteur.assurance.proconnect {
        return Expr::val(1).eq(1);
    }
    let exigeante = || Alias::new("exigeante");
    let elle = Query::select()
        .expr(Expr::val(1))
        .from_as(demarche::Entity, exigeante())
        .and_where(
            Expr::col((exigeante(), demarche::Column::Numero)).equals(demarche.as_column_ref()),
        )
        .and_where(Expr::col((exigeante(), demarche::Column::Proconnect)).eq(Exigence::Tous.code()))
        .to_owned();
    Expr::not_exists(elle)
}

/// Why `acteur` does not find what they would by ProConnect, as `retrouver` says; [`Erreur::Introuvable`] when they would
/// not either. Asked of what was not found only.
async fn pourquoi(
    acteur: &Acteur,
    retrouver: impl AsyncFnOnce(&Acteur) -> Result<bool, Echec>,
) -> Echec {
    if acteur.assurance.proconnect {
        return Erreur::Introuvable.into();
    }
    let assurance = Assurance { proconnect: true, ..acteur.assurance };
    match retrouver(&Acteur { assurance, ..acteur.clone() }).await {
        Ok(true) => Erreur::ProConnectExige.into(),
        Ok(false) => Erreur::Introuvable.into(),
        Err(echec) => echec,
    }
}

/// Why a dossier is not found by somebody on the usager's side.
pub(crate) async fn pas_partage(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Echec {
    pourquoi(acteur, async |a: &Acteur| Ok(partage(a, numero).one(db).await?.is_some())).await
}

/// Why a dossier is not found by somebody who might examine it.
pub(crate) async fn pas_examine(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Echec {
    pourquoi(acteur, async |a: &Acteur| Ok(examine(a, numero).one(db).await?.is_some())).await
}

/// Why the dossiers of a démarche are not found by somebody who might examine them.
pub(crate) async fn pas_suivie(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Echec {
    let retrouver = async |a: &Acteur| {
        let siens = groupe::Entity::find()
            .filter(groupe::Column::Demarche.eq(numero))
            .filter(Expr::exists(membre(a, groupe::Column::Id)));
        Ok(siens.one(db).await?.is_some())
    };
    pourquoi(acteur, retrouver).await
}

/// That one may begin a dossier of a démarche.
pub(crate) fn peut_commencer(acteur: &Acteur, demarche: &demarche::Model) -> Result<(), Erreur> {
    if demarche.proconnect == Exigence::Tous && !acteur.assurance.proconnect {
        Err(Erreur::ProConnectExige)
    } else {
        Ok(())
    }
}

/// How one stands to a dossier that one sees on the usager's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualite {
    /// One filed it.
    Titulaire,
    /// Whoever filed it invited one to modify it: to read it, to answer its form and to write in its messagerie
    /// in one's own name. Neither to file, delete or restore it, nor to invite, nor to declare a correction done,
    /// nor to see what is personal to the one who filed it: their links and their rendez-vous.
    Invite,
}

/// A dossier of one's own, or that one is invited to modify.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn dossier_partage(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<(dossier::Model, Qualite), Echec> {
    let Some(dossier) = partage(acteur, numero).one(db).await? else {
        return Err(pas_partage(db, acteur, numero).await);
    };
    let qualite = Qualite::de(acteur, dossier.usager);
    Ok((dossier, qualite))
}

/// The same, to be read with what is shown of it.
pub(crate) fn partage(acteur: &Acteur, numero: DossierNumero) -> Select<dossier::Entity> {
    dossier::trouver(numero).filter(est_partage(acteur))
}

/// That one filed the dossier, or is invited to modify it.
pub(crate) fn est_partage(acteur: &Acteur) -> Condition {
    let le_sien = Condition::any()
        .add(dossier::Column::Usager.eq(acteur.compte))
        .add(Expr::exists(invite::invitation(acteur, dossier::Column::Numero)));
    Condition::all().add(le_sien).add(ouverte(acteur, dossier::Column::Demarche))
}

impl Qualite {
    /// That of somebody who may see what `titulaire` filed.
    pub(crate) fn de(acteur: &Acteur, titulaire: CompteId) -> Self {
        if titulaire == acteur.compte { Self::Titulaire } else { Self::Invite }
    }
}

/// A dossier of one's own that was not deleted, or was after `depuis`.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else, and once it is too late.
pub async fn dossier_restaurable(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    depuis: DateTime<Utc>,
) -> Result<dossier::Model, Echec> {
    let dossier = dossier::Entity::find_by_id(numero)
        .filter(dossier::Column::Usager.eq(acteur.compte))
        .filter(ouverte(acteur, dossier::Column::Demarche))
        .one(db)
        .await?
        .ok_or(Erreur::Introuvable)?;
    let restaurable = dossier.supprime_le.is_none_or(|le| le > depuis);
    if restaurable { Ok(dossier) } else { Err(Erreur::Introuvable.into()) }
}

/// A dossier of one's groupes, for an instructeur.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn dossier_de_l_instructeur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<dossier::Model, Echec> {
    match examine(acteur, numero).one(db).await? {
        Some(dossier) => Ok(dossier),
        None => Err(pas_examine(db, acteur, numero).await),
    }
}

/// The same, to be read with what is shown of it.
pub(crate) fn examine(acteur: &Acteur, numero: DossierNumero) -> Select<dossier::Entity> {
    dossier::trouver(numero).filter(Expr::exists(membre(acteur, dossier::Column::Groupe)))
}

/// The dossiers that an account examines and that nobody deleted: what a mail may tell it of.
pub(crate) fn examines(compte: CompteId) -> Select<dossier::Entity> {
    dossier::visibles().filter(Expr::exists(membre_de(compte, dossier::Column::Groupe)))
}

/// That one belongs to the groupe that `groupe` names, in what is read around it.
fn membre(acteur: &Acteur, groupe: impl ColumnTrait) -> SelectStatement {
    let mut membre = membre_de(acteur.compte, groupe);
    if !acteur.assurance.confirmee {
        membre.and_where(personne());
    }
    if !acteur.assurance.proconnect {
        membre.and_where(Expr::not_exists(exigeante()));
    }
    membre
}

/// The démarche of the groupe of the instructeur that is read around it, when it demands ProConnect.
fn exigeante() -> SelectStatement {
    let (sien, elle) = (|| Alias::new("sien"), || Alias::new("exigeante"));
    let de_lui =
        Expr::col((elle(), demarche::Column::Numero)).equals((sien(), groupe::Column::Demarche));
    Query::select()
        .expr(Expr::val(1))
        .from_as(groupe::Entity, sien())
        .join_as(JoinType::InnerJoin, demarche::Entity, elle(), de_lui)
        .and_where(
            Expr::col((sien(), groupe::Column::Id))
                .equals(instructeur::Column::Groupe.as_column_ref()),
        )
        .and_where(Expr::col((elle(), demarche::Column::Proconnect)).ne(Exigence::Aucune.code()))
        .to_owned()
}

/// That of nobody: whoever has not confirmed who they are has none of the rights of an agent.
fn personne() -> Expr {
    Expr::val(1).eq(0)
}

fn membre_de(compte: CompteId, groupe: impl ColumnTrait) -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(instructeur::Entity)
        .and_where(instructeur::Column::Compte.eq(compte))
        .and_where(
            Expr::col(instructeur::Column::Groupe.as_column_ref()).equals(groupe.as_column_ref()),
        )
        .to_owned()
}

/// A file of a dossier or of a draft that one may see. Those of a message go with it.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn piece(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    id: PieceId,
) -> Result<piece_jointe::Model, Echec> {
    let piece = piece_jointe::Entity::find_by_id(id).one(db).await?.ok_or(Erreur::Introuvable)?;
    if let Some(message) = piece.message {
        let message = message::Entity::find_by_id(message).one(db).await?;
        message.filter(|m| m.supprime_le.is_none()).ok_or(Erreur::Introuvable)?;
    }
    let numero = piece.dossier;
    // What is joined to a request for an opinion, or to the opinion, is never the usager's.
    if piece.avis.is_some() {
        return dossier_de_l_instructeur(db, acteur, numero).await.map(|_| piece);
    }
    match dossier_partage(db, acteur, numero).await {
        Err(Echec::Metier(Erreur::Introuvable)) => {}
        lu => return lu.map(|_| piece),
    }
    match dossier_de_l_instructeur(db, acteur, numero).await {
        Err(Echec::Metier(Erreur::Introuvable)) => {}
        lu => return lu.map(|_| piece),
    }
    brouillon_partage(db, acteur, numero).await.map(|_| piece)
}

/// A draft of one's own, or that one is invited to fill in.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn brouillon_partage(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<(brouillon::Model, Qualite), Echec> {
    let brouillon = brouillon::Entity::find_by_id(numero)
        .filter(
            Condition::any()
                .add(brouillon::Column::Usager.eq(acteur.compte))
                .add(Expr::exists(invite::invitation(acteur, brouillon::Column::Numero))),
        )
        .filter(ouverte(acteur, brouillon::Column::Demarche))
        .one(db)
        .await?
        .ok_or(Erreur::Introuvable)?;
    let qualite = Qualite::de(acteur, brouillon.usager);
    Ok((brouillon, qualite))
}

/// The request for an opinion that the token of a personal link opens, and its dossier: for whoever holds the
/// link, without an account. A link that is wrong, expired or withdrawn opens nothing, and says nothing.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn avis_de_l_expert(
    db: &impl ConnectionTrait,
    jeton: &str,
    maintenant: DateTime<Utc>,
) -> Result<(avis::Model, dossier::Model), Echec> {
    let lien = jeton_avis::Entity::find_by_id(coffre::empreinte(jeton)).one(db).await?;
    let lien = lien.ok_or(Erreur::Introuvable)?;
    let avis = avis::Entity::find_by_id(lien.avis)
        .filter(avis::Column::ExpireLe.gt(maintenant))
        .filter(avis::Column::Etat.ne(EtatAvis::Revoque))
        .one(db)
        .await?
        .ok_or(Erreur::Introuvable)?;
    // A link is a weaker door than the one that a démarche demands of everybody.
    let dossier = dossier::trouver(avis.dossier).filter(ouverte_aux_liens());
    let dossier = dossier.one(db).await?.ok_or(Erreur::Introuvable)?;
    Ok((avis, dossier))
}

/// What the personal link of a proposition opens.
#[derive(Debug)]
pub struct PropositionDuLien {
    /// The link.
    pub lien: lien_proposition::Model,
    /// The proposition.
    pub proposition: proposition::Model,
    /// Its dossier, as it is here.
    pub dossier: dossier::Model,
    /// As it is on the platform that it belongs to.
    pub miroir: miroir::Model,
}

/// The proposition that a personal link opens, for whoever holds it, without an account. One whose dossier is there no more,
/// or is about to be, opens nothing, as one that is nobody's.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn proposition_du_lien(
    db: &impl ConnectionTrait,
    secret: &str,
) -> Result<PropositionDuLien, Echec> {
    let lien = lien_proposition::Entity::find()
        .filter(lien_proposition::Column::Empreinte.eq(coffre::empreinte(secret)))
        .one(db)
        .await?
        .ok_or(Erreur::Introuvable)?;
    let proposition = proposition::Entity::find_by_id(lien.proposition).one(db).await?;
    let proposition = proposition.ok_or(Erreur::Introuvable)?;
    let dossier = dossier::trouver(proposition.dossier).filter(ouverte_aux_liens());
    let dossier = dossier.one(db).await?.ok_or(Erreur::Introuvable)?;
    let miroir = miroir::Entity::find_by_id(dossier.numero)
        .filter(miroir::Column::Suppression.eq(Suppression::Aucune))
        .one(db)
        .await?
        .ok_or(Erreur::Introuvable)?;
    Ok(PropositionDuLien { lien, proposition, dossier, miroir })
}

/// That the démarche of the dossier which is read around it does not demand ProConnect of everybody.
fn ouverte_aux_liens() -> Expr {
    ouverte(&Acteur::ordinaire(CompteId(0), String::new()), dossier::Column::Demarche)
}

/// The opinions of others that the expert who was asked for `sien` reads: those given about the same dossier, that
/// are not kept to its instructeurs.
pub(crate) fn avis_partages(sien: &avis::Model) -> Select<avis::Entity> {
    avis::Entity::find()
        .filter(avis::Column::Dossier.eq(sien.dossier))
        .filter(avis::Column::Id.ne(sien.id))
        .filter(avis::Column::Confidentiel.eq(false))
        .filter(avis::Column::Etat.is_in([EtatAvis::Rendu, EtatAvis::Clos]))
}

/// A file that an expert may see: those of the form, those joined to their question, and those of an answer that
/// they may read. Once their own opinion is closed, none but what they joined to it.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn piece_de_l_expert(
    db: &impl ConnectionTrait,
    jeton: &str,
    id: PieceId,
    maintenant: DateTime<Utc>,
) -> Result<piece_jointe::Model, Echec> {
    let (avis, dossier) = avis_de_l_expert(db, jeton, maintenant).await?;
    let piece = piece_jointe::Entity::find_by_id(id).one(db).await?.ok_or(Erreur::Introuvable)?;
    let ouvert = avis.etat != EtatAvis::Clos;
    let d_un_expert = piece.compte.is_none();
    let visible = match piece.avis {
        Some(sien) if sien == avis.id => ouvert || d_un_expert,
        Some(autre) if ouvert && d_un_expert => {
            avis_partages(&avis).filter(avis::Column::Id.eq(autre)).one(db).await?.is_some()
        }
        Some(_) => false,
        None => ouvert && piece.dossier == dossier.numero && piece.champ.is_some(),
    };
    if visible { Ok(piece) } else { Err(Erreur::Introuvable.into()) }
}

/// A request for an opinion about a dossier of one's groupes, for an instructeur.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn avis_de_l_instructeur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    id: AvisId,
) -> Result<(avis::Model, dossier::Model), Echec> {
    let avis = avis::Entity::find_by_id(id).one(db).await?.ok_or(Erreur::Introuvable)?;
    let dossier = dossier_de_l_instructeur(db, acteur, avis.dossier).await?;
    Ok((avis, dossier))
}

/// A draft of one's own.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn brouillon(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<brouillon::Model, Echec> {
    brouillon::Entity::find_by_id(numero)
        .filter(brouillon::Column::Usager.eq(acteur.compte))
        .filter(ouverte(acteur, brouillon::Column::Demarche))
        .one(db)
        .await?
        .ok_or(Erreur::Introuvable.into())
}

/// A démarche and those of its groupes that one belongs to, for an instructeur.
///
/// # Errors
/// [`Erreur::Introuvable`] for somebody who belongs to none of them.
pub async fn demarche_de_l_instructeur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<(demarche::Model, Vec<GroupeId>), Echec> {
    let lus = groupes_de_la_demarche(acteur, numero).into_model::<Suivie>().all(db).await?;
    let groupes = lus.iter().map(|lu| lu.id).collect();
    match lus.into_iter().next() {
        Some(lu) => Ok((lu.demarche, groupes)),
        None => Err(pas_suivie(db, acteur, numero).await),
    }
}

#[derive(FromQueryResult)]
struct Suivie {
    id: GroupeId,
    #[sea_orm(nested(prefix = "demarche_"))]
    demarche: demarche::Model,
}

/// The same, to be read with what is shown of it: a row for each groupe, by name, each with its démarche, whose columns
/// have the prefix `demarche_`. None for somebody who belongs to none of them.
pub(crate) fn groupes_de_la_demarche(
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Select<groupe::Entity> {
    let mut groupes = groupe::Entity::find()
        .filter(groupe::Column::Demarche.eq(numero))
        .filter(Expr::exists(membre(acteur, groupe::Column::Id)))
        .order_by_asc(groupe::Column::Nom)
        .order_by_asc(groupe::Column::Id);
    let la_sienne = Expr::col(demarche::Column::Numero.as_column_ref())
        .equals(groupe::Column::Demarche.as_column_ref());
    QuerySelect::query(&mut groupes).join(JoinType::InnerJoin, demarche::Entity, la_sienne);
    demarche::Model::select_cols_nested(groupes, Some("demarche_"), None)
}

/// A rendez-vous of an agenda that one of one's démarches uses, for an instructeur: to tell its dossier.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn rendez_vous_de_l_agenda(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    id: RendezVousId,
) -> Result<rendez_vous::Model, Echec> {
    let ligne = rendez_vous::Entity::find_by_id(id).one(db).await?.ok_or(Erreur::Introuvable)?;
    let groupes = groupes_de_l_agenda(db, acteur, ligne.organisation).await?;
    if groupes.is_empty() { Err(Erreur::Introuvable.into()) } else { Ok(ligne) }
}

/// One's groupes whose dossiers one may read.
///
/// # Errors
/// The database failed.
pub(crate) async fn groupes(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
) -> Result<Vec<groupe::Model>, Echec> {
    let siens = groupe::Entity::find().filter(Expr::exists(membre(acteur, groupe::Column::Id)));
    Ok(siens.order_by_asc(groupe::Column::Id).all(db).await?)
}

/// Those of one's groupes whose démarche uses an agenda.
///
/// # Errors
/// The database failed.
pub async fn groupes_de_l_agenda(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    organisation: AgendaId,
) -> Result<Vec<GroupeId>, Echec> {
    let siens = groupes(db, acteur).await?;
    let demarches = demarche::Entity::find()
        .filter(demarche::Column::Numero.is_in(siens.iter().map(|g| g.demarche)))
        .filter(demarche::Column::Organisation.eq(organisation))
        .all(db)
        .await?;
    let mut de_l_agenda = Vec::new();
    for demarche in demarches {
        if agenda(db, &demarche).await? == Some(organisation) {
            de_l_agenda.push(demarche.numero);
        }
    }
    let siens = siens.iter().filter(|groupe| de_l_agenda.contains(&groupe.demarche));
    Ok(siens.map(|groupe| groupe.id).collect())
}

/// The agenda of a démarche whose notifications, secret, rendez-vous to attach and synchronisation are hers to see and
/// change; `None` for one that she only names, and that others use.
///
/// # Errors
/// The database failed.
pub(crate) async fn agenda(
    db: &impl ConnectionTrait,
    demarche: &demarche::Model,
) -> Result<Option<AgendaId>, Echec> {
    let Some(organisation) = demarche.organisation else { return Ok(None) };
    let numero = demarche.numero;
    let permis = demarche.agenda_prouve || agenda_permis(db, numero, organisation).await?;
    Ok(permis.then_some(organisation))
}

/// The same, when the démarche was read with [`est_permis`], of her own agenda.
pub(crate) fn agenda_lu(demarche: &demarche::Model, permis: bool) -> Option<AgendaId> {
    demarche.organisation.filter(|_| demarche.agenda_prouve || permis)
}

/// Whether a démarche may have an agenda without a proof of her own. It is so when nobody else has it, and when one of
/// her administrateurs also manages a démarche that has it by right: one that proved it, or all of those that have it.
///
/// # Errors
/// The database failed.
pub(crate) async fn agenda_permis(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
    organisation: AgendaId,
) -> Result<bool, Echec> {
    let permis = est_permis(&Expr::val(organisation));
    Ok(demarche::Entity::find_by_id(numero).filter(permis).one(db).await?.is_some())
}

/// That the démarche which is read around it may have an agenda so.
pub(crate) fn est_permis(organisation: &Expr) -> Condition {
    let colonne =
        |table: &'static str, nom: &'static str| Expr::col((Alias::new(table), Alias::new(nom)));
    let ici = || demarche::Column::Numero.as_column_ref();
    let autres = || {
        Query::select()
            .expr(Expr::val(1))
            .from_as(demarche::Entity, Alias::new("voisine"))
            .and_where(colonne("voisine", "organisation").eq(organisation.clone()))
            .and_where(colonne("voisine", "numero").not_equals(ici()))
            .to_owned()
    };
    let liee = || {
        let memes = colonne("leurs", "compte").equals((Alias::new("notres"), Alias::new("compte")));
        Query::select()
            .expr(Expr::val(1))
            .from_as(administrateur::Entity, Alias::new("leurs"))
            .join_as(JoinType::InnerJoin, administrateur::Entity, Alias::new("notres"), memes)
            .and_where(
                colonne("leurs", "demarche").equals((Alias::new("voisine"), Alias::new("numero"))),
            )
            .and_where(colonne("notres", "demarche").equals(ici()))
            .to_owned()
    };
    let etrangere = autres().and_where(Expr::not_exists(liee())).take();
    let prouvee = autres()
        .and_where(colonne("voisine", "agenda_prouve").eq(true))
        .and_where(Expr::exists(liee()))
        .take();
    Condition::any().add(Expr::not_exists(etrangere)).add(Expr::exists(prouvee))
}

/// A démarche that one manages, for an administrateur.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn demarche_de_l_administrateur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<demarche::Model, Echec> {
    confirme(acteur)?;
    administrateur::Entity::find_by_id((numero, acteur.compte))
        .one(db)
        .await?
        .ok_or(Erreur::Introuvable)?;
    let demarche = demarche::Entity::find_by_id(numero).one(db).await?;
    demarche.ok_or(Erreur::Introuvable.into())
}

fn confirme(acteur: &Acteur) -> Result<(), Erreur> {
    if acteur.assurance.confirmee { Ok(()) } else { Err(Erreur::Introuvable) }
}

/// A groupe of a démarche that one manages, with the number of that démarche, for an administrateur.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn groupe_de_l_administrateur(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    id: GroupeId,
) -> Result<(groupe::Model, DemarcheNumero), Echec> {
    let groupe = groupe::Entity::find_by_id(id).one(db).await?.ok_or(Erreur::Introuvable)?;
    let numero = groupe.demarche;
    demarche_de_l_administrateur(db, acteur, numero).await?;
    Ok((groupe, numero))
}

/// Somebody who manages at least one démarche.
///
/// # Errors
/// [`Erreur::Introuvable`] for anybody else.
pub async fn un_administrateur(db: &impl ConnectionTrait, acteur: &Acteur) -> Result<(), Echec> {
    confirme(acteur)?;
    administrateur::Entity::find()
        .filter(administrateur::Column::Compte.eq(acteur.compte))
        .one(db)
        .await?
        .ok_or(Erreur::Introuvable)?;
    Ok(())
}

/// The démarches that an account manages, or whose dossiers it examines.
pub(crate) async fn demarches(
    db: &impl ConnectionTrait,
    compte: CompteId,
    role: Role,
) -> Result<Vec<DemarcheNumero>, Echec> {
    match role {
        Role::Administrateur => administrateur::demarches(db, compte).await,
        Role::Instructeur => {
            let groupes = groupe::de_l_instructeur(db, compte).await?;
            Ok(groupes.into_iter().map(|groupe| groupe.demarche).collect())
        }
        Role::Usager => Ok(vec![]),
    }
}

/// What tells the sides of the product that an account may use, read with it.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub(crate) struct Cotes {
    administre: bool,
    instruit: bool,
    depose: bool,
    invite: bool,
}

impl Cotes {
    /// Has it read with accounts.
    pub(crate) fn avec(comptes: Select<compte::Entity>) -> Select<compte::Entity> {
        comptes
            .expr_as(a_un(administrateur::Column::Compte, compte::Column::Id), "administre")
            .expr_as(a_un(instructeur::Column::Compte, compte::Column::Id), "instruit")
            .expr_as(a_un(dossier::Column::Usager, compte::Column::Id), "depose")
            .expr_as(a_un(invite::Column::Email, compte::Column::Email), "invite")
    }

    /// Everybody may file a dossier.
    pub(crate) async fn roles(
        self,
        db: &impl ConnectionTrait,
        acteur: &Acteur,
    ) -> Result<Vec<Role>, Echec> {
        let mut roles = Vec::new();
        if self.administre {
            roles.push(Role::Administrateur);
        }
        if self.instruit {
            roles.push(Role::Instructeur);
        }
        if roles.is_empty() || self.depose || self.invite || invite::autrement(db, acteur).await? {
            roles.push(Role::Usager);
        }
        Ok(roles)
    }
}

/// That a row of another table names, by `colonne`, the account that is read around it.
fn a_un(colonne: impl ColumnTrait, du_compte: impl ColumnTrait) -> Expr {
    let nomme = Expr::col(colonne.as_column_ref()).equals(du_compte.as_column_ref());
    let une =
        Query::select().expr(Expr::val(1)).from(colonne.entity_name()).and_where(nomme).to_owned();
    Expr::exists(une)
}

/// That the account that `compte` names, in what is read around it, is an agent's: it examines dossiers, or manages a
/// démarche.
pub(crate) fn est_agent(compte: impl ColumnTrait) -> Condition {
    Condition::any()
        .add(a_un(instructeur::Column::Compte, compte))
        .add(a_un(administrateur::Column::Compte, compte))
}

/// The same, of an account that is known.
pub(crate) async fn un_agent(db: &impl ConnectionTrait, compte: CompteId) -> Result<bool, Echec> {
    let lui = compte::Entity::find_by_id(compte).filter(est_agent(compte::Column::Id));
    Ok(lui.one(db).await?.is_some())
}

/// The sides of the product that an account may use.
///
/// # Errors
/// The database failed.
pub async fn roles(db: &impl ConnectionTrait, acteur: &Acteur) -> Result<Vec<Role>, Echec> {
    let compte = compte::Entity::find_by_id(acteur.compte).select_only();
    let cotes = Cotes::avec(compte).into_model::<Cotes>().one(db).await?;
    cotes.ok_or(Erreur::NonConnecte)?.roles(db, acteur).await
}

/// Whether one may watch a topic: the same people who may open its pages.
///
/// # Errors
/// The database failed.
pub async fn peut_suivre(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    sujet: Sujet,
) -> Result<bool, Echec> {
    let permis = match sujet {
        Sujet::Compte(compte) => return Ok(compte == acteur.compte),
        Sujet::Dossier(numero) => {
            let membre = Expr::exists(membre(acteur, dossier::Column::Groupe));
            let visible = dossier::trouver(numero)
                .filter(Condition::any().add(est_partage(acteur)).add(membre));
            visible.one(db).await?.is_some()
        }
        Sujet::Demarche(numero) => {
            if !acteur.assurance.confirmee {
                return Ok(false);
            }
            let administre = Query::select()
                .expr(Expr::val(1))
                .from(administrateur::Entity)
                .and_where(administrateur::Column::Demarche.eq(numero))
                .and_where(administrateur::Column::Compte.eq(acteur.compte))
                .to_owned();
            let instruit = Query::select()
                .expr(Expr::val(1))
                .from(groupe::Entity)
                .and_where(groupe::Column::Demarche.eq(numero))
                .and_where(Expr::exists(membre(acteur, groupe::Column::Id)))
                .to_owned();
            let lui = Condition::any().add(Expr::exists(administre)).add(Expr::exists(instruit));
            demarche::Entity::find_by_id(numero).filter(lui).one(db).await?.is_some()
        }
    };
    Ok(permis)
}
