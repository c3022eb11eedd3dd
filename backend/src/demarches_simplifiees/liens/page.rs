//! What the personal link of a proposition opens.

use super::absolue;
use crate::acces::autorisations::{self, PropositionDuLien};
use crate::acces::limites;
use crate::acces::tentatives::Reseau;
use crate::contexte::Contexte;
use crate::rendez_vous::calendriers::fichier::{self as fichiers, Fichier};
use crate::rendez_vous::{liens_personnels, montrer};
use crate::socle::erreur::Echec;
use crate::socle::secrets::coffre;
use crate::socle::temps;
use crate::tables::compte::noms;
use crate::tables::{dossier, lien_proposition, message, proposition, rendez_vous};
use domain::Erreur;
use domain::ids::RendezVousId;
use domain::message::{GenreMessage, complement};
use domain::proposition::EtatProposition;
use domain::vues::{EtatDuLien, PageProposition, RendezVousVue};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// The page of a link.
///
/// # Errors
/// [`Erreur::Introuvable`] when it is nobody's, or its dossier is there no more; [`Erreur::TropVite`] when too many such were
/// asked for from there.
pub async fn page(
    contexte: &Contexte,
    secret: &str,
    reseau: Option<Reseau>,
) -> Result<PageProposition, Echec> {
    let trouve = trouver(contexte, secret, reseau).await?;
    noter_l_ouverture(contexte, &trouve.lien).await?;
    let (db, maintenant) = (contexte.base.lire(), contexte.horloge.maintenant());
    let PropositionDuLien { proposition, dossier, miroir, .. } = &trouve;
    let demarche = dossier::demarche(db, dossier).await?;
    let mut par = noms(db, [proposition.instructeur]).await?;
    let siens = montrer::vues(db, &[dossier.numero], maintenant).await?;
    let siens = siens.into_iter().filter(|(ligne, _)| ligne.proposition == Some(proposition.id));
    let (a_venir, mut passes): (Vec<_>, Vec<_>) =
        siens.map(|(_, vue)| vue).partition(|vue: &RendezVousVue| vue.a_venir);
    passes.reverse();
    Ok(PageProposition {
        numero: miroir.numero_distant,
        titre: demarche.titre,
        service: demarche.service,
        par: par.remove(&proposition.instructeur).unwrap_or_default(),
        proposee_le: temps::a_paris(proposition.proposee_le),
        mot: mot(db, proposition).await?,
        etat: etat(contexte, &trouve).await?,
        a_venir,
        passes,
    })
}

/// The file, for a calendar, of a rendez-vous of that page.
///
/// # Errors
/// As [`page`].
pub async fn fichier(
    contexte: &Contexte,
    secret: &str,
    rdv: RendezVousId,
    reseau: Option<Reseau>,
) -> Result<Fichier, Echec> {
    let trouve = trouver(contexte, secret, reseau).await?;
    let ligne = rendez_vous::Entity::find_by_id(rdv)
        .filter(rendez_vous::Column::Dossier.eq(trouve.dossier.numero))
        .filter(rendez_vous::Column::Proposition.eq(trouve.proposition.id))
        .one(contexte.base.lire())
        .await?
        .ok_or(Erreur::Introuvable)?;
    let reglages = &contexte.outils.reglages;
    let page = absolue(reglages, secret);
    fichiers::par_lien(contexte.base.lire(), reglages, &ligne, &trouve.dossier, &page).await
}

/// What is right counts for nothing; addresses that are nobody's are slowed down, by the network that they come from.
async fn trouver(
    contexte: &Contexte,
    secret: &str,
    reseau: Option<Reseau>,
) -> Result<PropositionDuLien, Echec> {
    let maintenant = contexte.horloge.maintenant();
    let tentatives = &contexte.acces.tentatives;
    let reseau = reseau.map(|reseau| reseau.to_string()).unwrap_or_default();
    let tentative = tentatives.faire(&[(limites::LIENS_INCONNUS, &[&reseau])], maintenant)?;
    let trouve = autorisations::proposition_du_lien(contexte.base.lire(), secret).await?;
    tentatives.rendre(tentative);
    let empreinte = coffre::empreinte(secret);
    tentatives.compter(limites::LIENS_OUVERTS, &[&empreinte], maintenant)?;
    Ok(trouve)
}

/// The first time only: nothing else is changed by whoever, or whatever, opens the link.
async fn noter_l_ouverture(
    contexte: &Contexte,
    lien: &lien_proposition::Model,
) -> Result<(), Echec> {
    use lien_proposition::Column;
    if lien.ouvert_le.is_some() {
        return Ok(());
    }
    let tx = contexte.base.ecrire().await?;
    lien_proposition::Entity::update_many()
        .col_expr(Column::OuvertLe, Expr::value(contexte.horloge.maintenant()))
        .filter(Column::Proposition.eq(lien.proposition))
        .filter(Column::OuvertLe.is_null())
        .exec(&tx)
        .await?;
    tx.valider().await
}

/// What the instructeur wrote besides the words of every proposition.
async fn mot(db: &impl ConnectionTrait, proposition: &proposition::Model) -> Result<String, Echec> {
    let message = message::Entity::find()
        .filter(message::Column::Proposition.eq(proposition.id))
        .filter(message::Column::Genre.eq(GenreMessage::Proposition))
        .one(db)
        .await?;
    Ok(message.map(|message| complement(&message.corps).to_owned()).unwrap_or_default())
}

async fn etat(contexte: &Contexte, trouve: &PropositionDuLien) -> Result<EtatDuLien, Echec> {
    let proposition = &trouve.proposition;
    Ok(match proposition.etat {
        EtatProposition::Proposee => {
            let lien = liens_personnels::lien_de(
                contexte.base.lire(),
                &contexte.outils,
                trouve.dossier.numero,
            );
            let lien = lien.await?;
            let personnel = lien.is_some();
            EtatDuLien::AChoisir {
                lien: lien.unwrap_or_else(|| proposition.url_agenda.clone()),
                personnel,
            }
        }
        EtatProposition::Retiree => EtatDuLien::Retiree,
        EtatProposition::Expiree => EtatDuLien::Expiree,
        EtatProposition::Annulee => EtatDuLien::Annulee,
        EtatProposition::Prise | EtatProposition::Honoree | EtatProposition::Absence => {
            EtatDuLien::Prise
        }
    })
}
