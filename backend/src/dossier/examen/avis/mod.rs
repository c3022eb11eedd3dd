//! « Avis externes »: asking an expert, reminding, withdrawing, taking note. What the expert does is in [`expert`].
//!
//! The usager sees nothing of it.

pub mod expert;

use crate::acces::autorisations;
use crate::dossier::pieces::{self, Fichier, Place};
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::temps;
use crate::tables::{avis, compte, dossier, invite, jeton_avis, suivi};
use crate::taches::Courriel;
use chrono::{DateTime, Duration, Utc};
use domain::avis::{EtatAvis, GesteAvis, VALIDITE_JOURS, lire};
use domain::cle::CleDeFormulaire;
use domain::ids::{AvisId, DossierNumero};
use domain::journal::Action;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{AvisExternes, AvisVue};
use domain::{Champ, Erreur};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};
use sha2::{Digest, Sha256};

/// What is asked of an expert, as the form says it.
#[derive(Debug, Default)]
pub struct Demande<'a> {
    /// The expert's address.
    pub email: &'a str,
    /// The question.
    pub question: &'a str,
    /// Whether the other experts don't see it.
    pub confidentiel: bool,
    /// The files joined to the question.
    pub fichiers: Vec<Fichier>,
    /// Unique to the form: the same thing sent twice with it is one request.
    pub cle: CleDeFormulaire,
}

/// « Demander l'avis »: the request, the expert's mail. Who asks follows the dossier from then on.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::EtatChange`] once the dossier is decided on, or an error about
/// [`Champ::Email`], [`Champ::Question`] or [`Champ::Pieces`].
pub async fn demander(
    c: &Changement<'_>,
    numero: DossierNumero,
    demande: Demande<'_>,
) -> Result<(), Echec> {
    let dossier = autorisations::dossier_a_instruire(&c.tx, c.acteur, numero).await?;
    let etat = dossier.etat;
    if !etat.en_cours() {
        return Err(Erreur::EtatChange(etat).into());
    }
    let lue = lire(demande.email, demande.question, &usagers(&c.tx, &dossier).await?)?;
    let fichiers =
        pieces::admettre(demande.fichiers).map_err(|p| Erreur::champ(Champ::Pieces, p))?;
    let mut contenu = Sha256::new();
    contenu.update(lue.email.as_bytes());
    contenu.update([0]);
    contenu.update(lue.question.as_bytes());
    // With the content: a form found again by going back, and filled otherwise, is another request.
    let cle = c.cle(numero, &demande.cle).pour(hex::encode(contenu.finalize()));
    if cle.deja::<avis::Entity>(&c.tx, avis::Column::Cle).await?.is_some() {
        return Ok(());
    }
    let ligne = avis::ActiveModel {
        dossier: Set(numero),
        instructeur: Set(c.acteur.compte),
        email: Set(lue.email),
        question: Set(lue.question),
        confidentiel: Set(demande.confidentiel),
        etat: Set(EtatAvis::EnAttente),
        reponse: Set(None),
        cle: Set(cle.ecrite()),
        demande_le: Set(c.maintenant),
        envoye_le: Set(c.maintenant),
        expire_le: Set(c.maintenant + Duration::days(VALIDITE_JOURS)),
        relances: Set(0),
        rendu_le: Set(None),
        ..Default::default()
    };
    let id = match avis::Entity::insert(ligne).exec(&c.tx).await.map_err(Echec::from) {
        // Sent at the same moment by another click: it is there, that is all that was asked.
        Err(echec) if echec.doublon() => return Ok(()),
        insere => insere?.last_insert_id,
    };
    pieces::joindre(c, numero, Place::Avis(id), fichiers).await?;
    c.prevoir(&Courriel::Avis { avis: id, relance: 0 }).await?;
    suivi::commencer(&c.tx, c.acteur.compte, &dossier, c.maintenant).await?;
    conclure(c, &dossier, Action::AvisDemande, id).await
}

/// The e-mails of the person who filed a dossier and of those whom they invited.
async fn usagers(
    db: &impl ConnectionTrait,
    dossier: &dossier::Model,
) -> Result<Vec<String>, Echec> {
    let usager = compte::Entity::find_by_id(dossier.usager).one(db).await?;
    let invites =
        invite::Entity::find().filter(invite::Column::Dossier.eq(dossier.numero)).all(db).await?;
    let invites = invites.into_iter().map(|invite| invite.email);
    Ok(usager.into_iter().map(|compte| compte.email).chain(invites).collect())
}

/// « Relancer »: another mail, whose link holds as long as the first one did. `deja`: how many reminders the page
/// showed; a second click of the same page sends nothing more.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::AvisChange`].
pub async fn relancer(c: &Changement<'_>, id: AvisId, deja: i32) -> Result<(), Echec> {
    let (avis, dossier) = autorisations::avis_de_l_instructeur(&c.tx, c.acteur, id).await?;
    avis.etat.apres(GesteAvis::Relancer)?;
    let relance = deja.saturating_add(1);
    let change = avis::Entity::update_many()
        .set(avis::ActiveModel {
            relances: Set(relance),
            envoye_le: Set(c.maintenant),
            expire_le: Set(c.maintenant + Duration::days(VALIDITE_JOURS)),
            ..Default::default()
        })
        .filter(avis::Column::Id.eq(id))
        .filter(avis::Column::Relances.eq(deja))
        .filter(avis::Column::Etat.eq(EtatAvis::EnAttente))
        .exec(&c.tx)
        .await?;
    if change.rows_affected == 0 {
        return Ok(());
    }
    c.prevoir(&Courriel::Avis { avis: id, relance }).await?;
    conclure(c, &dossier, GesteAvis::Relancer.journal(), id).await
}

/// « Révoquer »: the link opens nothing any more. Done twice, it is done once.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::AvisChange`] once the opinion was given.
pub async fn revoquer(c: &Changement<'_>, id: AvisId) -> Result<(), Echec> {
    terminer(c, id, (GesteAvis::Revoquer, EtatAvis::Revoque)).await?;
    jeton_avis::Entity::delete_many().filter(jeton_avis::Column::Avis.eq(id)).exec(&c.tx).await?;
    Ok(())
}

/// « Clore l'avis »: the expert can't correct their answer any more, nor see the dossier. Done twice, it is done
/// once.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::AvisChange`] while there is no answer.
pub async fn clore(c: &Changement<'_>, id: AvisId) -> Result<(), Echec> {
    terminer(c, id, (GesteAvis::Clore, EtatAvis::Clos)).await
}

/// Does `geste`, which leads to `fin`, unless that was done. Conditional: what somebody else does at this very moment
/// is not overwritten.
async fn terminer(
    c: &Changement<'_>,
    id: AvisId,
    (geste, fin): (GesteAvis, EtatAvis),
) -> Result<(), Echec> {
    let (avis, dossier) = autorisations::avis_de_l_instructeur(&c.tx, c.acteur, id).await?;
    let avant = avis.etat;
    if avant == fin {
        return Ok(());
    }
    let apres = avant.apres(geste)?;
    let change = avis::Entity::update_many()
        .set(avis::ActiveModel { etat: Set(apres), ..Default::default() })
        .filter(avis::Column::Id.eq(id))
        .filter(avis::Column::Etat.eq(avant))
        .exec(&c.tx)
        .await?;
    if change.rows_affected == 0 {
        return Err(Erreur::AvisChange.into());
    }
    conclure(c, &dossier, geste.journal(), id).await
}

/// The journal and the pages of the instructeurs. Those of the usager show nothing of it.
async fn conclure(
    c: &Changement<'_>,
    dossier: &dossier::Model,
    action: Action,
    id: AvisId,
) -> Result<(), Echec> {
    c.noter_avec(action, dossier.numero, detail(id)).await?;
    c.annoncer(&sujets(dossier)).await
}

/// Which opinion, as the journal says it.
fn detail(id: AvisId) -> String {
    format!("avis:{id}")
}

/// The pages that show the opinions of a dossier.
fn sujets(dossier: &dossier::Model) -> [Sujet; 2] {
    [Sujet::Dossier(dossier.numero), Sujet::Demarche(dossier.demarche)]
}

/// The tab « Avis externes ».
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn du_dossier(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<AvisExternes, Echec> {
    let dossier = autorisations::dossier_de_l_instructeur(db, acteur, numero).await?;
    let lignes = avis::Entity::find()
        .filter(avis::Column::Dossier.eq(numero))
        .order_by_desc(avis::Column::Id)
        .all(db)
        .await?;
    let noms = compte::noms(db, lignes.iter().map(|avis| avis.instructeur)).await?;
    let mut pieces = pieces::des_avis(db, lignes.iter().map(|avis| avis.id)).await?;
    let avis = lignes
        .into_iter()
        .map(|ligne| {
            let siennes = pieces.remove(&ligne.id).unwrap_or_default();
            Ok(AvisVue {
                id: ligne.id,
                etat: ligne.etat,
                demande_par: noms.get(&ligne.instructeur).cloned().unwrap_or_default(),
                demande_le: temps::a_paris(ligne.demande_le),
                pieces: siennes.question,
                pieces_rendues: siennes.reponse,
                relances: ligne.relances,
                envoye_le: temps::a_paris(ligne.envoye_le),
                expire_le: temps::a_paris(ligne.expire_le).date(),
                expire: ligne.expire_le <= maintenant,
                rendu_le: ligne.rendu_le.map(temps::a_paris),
                reponse: ligne.reponse.unwrap_or_default(),
                email: compte::montree(&ligne.email),
                question: ligne.question,
                confidentiel: ligne.confidentiel,
            })
        })
        .collect::<Result<_, Echec>>()?;
    Ok(AvisExternes {
        avis,
        possible: dossier.etat.en_cours(),
        annee: temps::annee(maintenant),
        cle: CleDeFormulaire::default(),
    })
}
