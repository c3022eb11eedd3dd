//! « Fermer et effacer mon compte »: what is somebody's own goes at once; the dossiers that they filed are the
//! administration's, and stay, without the address of the account. So does what they wrote in the dossiers of others, whose
//! owners and instructeurs answered it: under « Compte supprimé ».

use crate::acces::{navigateurs, preuves};
use crate::dossier::mots;
use crate::dossier::telechargement::{exports, mes_donnees};
use crate::dossier::usager::depots;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::verrous;
use crate::tables::{
    abonnement, administrateur, avertissement, avis, brouillon, choix_avertissement, colonnes,
    compte, compte_rdv, formulaire_en_attente, groupe, identite, instructeur, invite, jeton_avis,
    lien_compte, recapitulatif, regard, session, suivi,
};
use crate::taches::Courriel;
use domain::avis::EtatAvis;
use domain::ids::{CompteId, DemarcheNumero};
use domain::journal::Action;
use domain::sujet::Sujet;
use domain::{Champ, Erreur, Saisie};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter,
};
use std::collections::BTreeSet;

/// Erases the account of whoever asks, once they typed its address. `jeton`: that of their session, in which they must have
/// proven a moment ago who they are.
///
/// # Errors
/// [`Erreur::PreuveDemandee`]; an error about [`Champ::Certitude`]; [`Erreur::DernierAdministrateur`] or [`Erreur::DernierInstructeur`] when nobody
/// would be left to look after what they do; [`Erreur::ProConnectExige`] when a draft of theirs is opened by it alone.
pub async fn effacer(c: &Changement<'_>, jeton: &str, certitude: &str) -> Result<(), Echec> {
    preuves::exiger(c, jeton).await?;
    let moi = c.acteur.compte;
    let compte = compte::Entity::find_by_id(moi).one(&c.tx).await?.ok_or(Erreur::NonConnecte)?;
    if compte::normaliser(certitude) != compte.email {
        return Err(Erreur::champ(Champ::Certitude, Saisie::PasCertain).into());
    }
    let demarches = sans_orphelin(c).await?;
    fermer_les_avis(c, &compte).await?;
    mots::prevoir_ceux_de(&c.tx, moi).await?;
    effacer_les_brouillons(c).await?;
    effacer_ce_qui_est_a_eux(&c.tx, &compte).await?;
    exports::effacer_ceux_de(&c.tx, moi).await?;
    mes_donnees::effacer_celles_de(&c.tx, moi).await?;
    let outils = c.outils;
    let adresse = hex::encode(outils.coffre.sceller(compte.email.as_bytes(), &outils.hasard));
    let mut vide = compte.into_active_model();
    vide.email = Set(compte::adresse_effacee(moi));
    vide.mot_de_passe = Set(String::new());
    vide.prenom = Set(String::new());
    vide.nom = Set(String::new());
    vide.update(&c.tx).await?;
    c.prevoir(&Courriel::CompteEfface { adresse }).await?;
    c.noter(Action::CompteEfface, moi).await?;
    let mut sujets = vec![Sujet::Compte(moi)];
    sujets.extend(demarches.into_iter().map(Sujet::Demarche));
    c.annoncer(&sujets).await
}

/// What they look after has somebody else to look after it; gives the démarches.
async fn sans_orphelin(c: &Changement<'_>) -> Result<BTreeSet<DemarcheNumero>, Echec> {
    let moi = c.acteur.compte;
    let gerees = administrateur::demarches(&c.tx, moi).await?;
    let groupes = groupe::de_l_instructeur(&c.tx, moi).await?;
    let toutes: BTreeSet<DemarcheNumero> =
        gerees.iter().copied().chain(groupes.iter().map(|groupe| groupe.demarche)).collect();
    // In the order of their numbers: of two who leave at the same time, the second is the last.
    for numero in &toutes {
        verrous::demarche(&c.tx, *numero).await?;
    }
    for numero in gerees {
        let autres = administrateur::Entity::find()
            .filter(administrateur::Column::Demarche.eq(numero))
            .filter(administrateur::Column::Compte.ne(moi));
        if autres.count(&c.tx).await? == 0 {
            return Err(Erreur::DernierAdministrateur.into());
        }
    }
    for groupe in groupes {
        if groupe::membres(&c.tx, groupe.id).await?.iter().all(|membre| *membre == moi) {
            return Err(Erreur::DernierInstructeur.into());
        }
    }
    Ok(toutes)
}

async fn effacer_les_brouillons(c: &Changement<'_>) -> Result<(), Echec> {
    let siens = brouillon::Entity::find()
        .filter(brouillon::Column::Usager.eq(c.acteur.compte))
        .all(&c.tx)
        .await?;
    for brouillon in siens {
        match depots::supprimer_brouillon(c, brouillon.numero).await {
            Err(Echec::Metier(Erreur::Introuvable)) => return Err(Erreur::ProConnectExige.into()),
            fait => fait?,
        }
    }
    Ok(())
}

/// The opinions that were asked of their address: those that they gave stay, as they are, without it; nobody waits for the
/// others.
async fn fermer_les_avis(c: &Changement<'_>, compte: &compte::Model) -> Result<(), Echec> {
    let demandes =
        avis::Entity::find().filter(avis::Column::Email.eq(&compte.email)).all(&c.tx).await?;
    for demande in demandes {
        jeton_avis::Entity::delete_many()
            .filter(jeton_avis::Column::Avis.eq(demande.id))
            .exec(&c.tx)
            .await?;
        let etat = match demande.etat {
            EtatAvis::EnAttente => EtatAvis::Revoque,
            EtatAvis::Rendu => EtatAvis::Clos,
            fini => fini,
        };
        let dossier = demande.dossier;
        let mut change = demande.into_active_model();
        change.email = Set(compte::adresse_effacee(compte.id));
        change.etat = Set(etat);
        change.update(&c.tx).await?;
        c.annoncer(&[Sujet::Dossier(dossier)]).await?;
    }
    Ok(())
}

async fn effacer_ce_qui_est_a_eux(
    db: &impl ConnectionTrait,
    compte: &compte::Model,
) -> Result<(), Echec> {
    let moi: CompteId = compte.id;
    macro_rules! effacer {
        ($($table:ident)+) => {
            $($table::Entity::delete_many()
                .filter($table::Column::Compte.eq(moi))
                .exec(db)
                .await?;)+
        };
    }
    navigateurs::oublier_tous(db, moi).await?;
    // What refers to a row goes before it.
    effacer! {
        session identite compte_rdv abonnement formulaire_en_attente avertissement recapitulatif
        choix_avertissement colonnes suivi regard instructeur administrateur
    }
    invite::Entity::delete_many().filter(invite::Column::Email.eq(&compte.email)).exec(db).await?;
    lien_compte::Entity::delete_many()
        .filter(lien_compte::Column::Email.eq(&compte.email))
        .exec(db)
        .await?;
    Ok(())
}
