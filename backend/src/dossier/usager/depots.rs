//! Filing a dossier: from the public address to « en construction ».

use crate::acces::autorisations::{self, Qualite};
use crate::demarche::avertissements::decision::{self, Cause};
use crate::demarche::champs;
use crate::demarches_simplifiees::envois::porte;
use crate::dossier::mots;
use crate::dossier::pieces;
use crate::dossier::usager::formulaires::{self, Refusees, Saisies};
use crate::socle::changement::Changement;
use crate::socle::erreur::{Echec, doublon};
use crate::socle::telephone;
use crate::socle::temps;
use crate::tables::message::{Nouveau, RoleAuteur};
use crate::tables::{brouillon, compte, demarche, dossier, groupe, invite, raccordement};
use crate::taches::Courriel;
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::champs::{DefinitionChamp, Pour, TypeChamp, lire_brouillon};
use domain::cle::CleDeFormulaire;
use domain::dossier::{EtatDossier, Place};
use domain::erreur::Probleme;
use domain::ids::{DemarcheNumero, DossierNumero, GroupeId, PieceId};
use domain::journal::Action;
use domain::message::GenreMessage;
use domain::publication::Publication;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::{Formulaire, PieceDemandee, PresentationDepot};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder,
};

/// How many drafts an account may have at the same time.
pub const BROUILLONS_MAX: u64 = 50;

/// What somebody reads before they begin. Anybody may read it once the démarche is published.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn presentation(
    db: &impl ConnectionTrait,
    acteur: Option<&Acteur>,
    numero: DemarcheNumero,
    maintenant: DateTime<Utc>,
) -> Result<PresentationDepot, Echec> {
    let demarche = publiee(db, numero, maintenant).await?;
    let brouillons = match acteur {
        Some(acteur) => siens(db, acteur, numero).await?,
        None => Vec::new(),
    };
    let ouverte = groupe(db, &demarche).await?.is_some();
    let pieces = champs::de_la_demarche(db, numero, Pour::Usagers)
        .await?
        .into_iter()
        .filter(|champ| champ.genre == TypeChamp::PieceJustificative)
        .map(|champ| PieceDemandee {
            libelle: champ.libelle,
            description: champ.description,
            requise: champ.requis,
        })
        .collect();
    Ok(PresentationDepot {
        numero,
        titre: demarche.titre,
        description: demarche.description,
        pieces,
        service: demarche.service,
        ouverte,
        connecte: acteur.is_some(),
        brouillons: brouillons.into_iter().map(|b| b.numero).collect(),
    })
}

async fn publiee(
    db: &impl ConnectionTrait,
    numero: DemarcheNumero,
    maintenant: DateTime<Utc>,
) -> Result<demarche::Model, Echec> {
    let aujourd_hui = temps::a_paris(maintenant).date();
    demarche::Entity::find_by_id(numero)
        .filter(demarche::Column::PublieeLe.lte(aujourd_hui))
        .filter(raccordement::aucun())
        .one(db)
        .await?
        .ok_or(Erreur::Introuvable.into())
}

/// The groupe that receives new dossiers: the first one. None receives those of a démarche that is closed.
async fn groupe(
    db: &impl ConnectionTrait,
    demarche: &demarche::Model,
) -> Result<Option<GroupeId>, Echec> {
    if !Publication::de(demarche.publiee_le, demarche.close_le).ouverte() {
        return Ok(None);
    }
    let premier = groupe::Entity::find()
        .filter(groupe::Column::Demarche.eq(demarche.numero))
        .order_by_asc(groupe::Column::Id)
        .one(db)
        .await?;
    Ok(premier.map(|groupe| groupe.id))
}

async fn siens(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DemarcheNumero,
) -> Result<Vec<brouillon::Model>, Echec> {
    Ok(brouillon::Entity::find()
        .filter(brouillon::Column::Usager.eq(acteur.compte))
        .filter(brouillon::Column::Demarche.eq(numero))
        .order_by_desc(brouillon::Column::Numero)
        .all(db)
        .await?)
}

/// « Commencer la démarche »: gives the number of the draft. One that is still empty is taken again.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::TropDeBrouillons`].
pub async fn commencer(c: &Changement<'_>, numero: DemarcheNumero) -> Result<DossierNumero, Echec> {
    let demarche = publiee(&c.tx, numero, c.maintenant).await?;
    autorisations::peut_commencer(c.acteur, &demarche)?;
    if let Some(vide) = siens(&c.tx, c.acteur, numero).await?.into_iter().find(|b| b.champs == "[]")
    {
        return Ok(vide.numero);
    }
    let tous = brouillon::Entity::find().filter(brouillon::Column::Usager.eq(c.acteur.compte));
    if tous.count(&c.tx).await? >= BROUILLONS_MAX {
        return Err(Erreur::TropDeBrouillons(BROUILLONS_MAX).into());
    }
    let compte = compte::Entity::find_by_id(c.acteur.compte).one(&c.tx).await?;
    let (prenom, nom) = compte.map(|c| (c.prenom, c.nom)).unwrap_or_default();
    let ligne = brouillon::ActiveModel {
        demarche: Set(numero),
        usager: Set(c.acteur.compte),
        prenom: Set(prenom),
        nom: Set(nom),
        champs: Set("[]".to_owned()),
        cree_le: Set(c.maintenant),
        modifie_le: Set(c.maintenant),
        ..Default::default()
    };
    loop {
        let numero = brouillon::Entity::insert(ligne.clone()).exec(&c.tx).await?.last_insert_id;
        if dossier::Entity::find_by_id(numero).one(&c.tx).await?.is_none() {
            return Ok(numero);
        }
        // A dossier that belongs to another platform has the number that it has there.
        brouillon::Entity::delete_by_id(numero).exec(&c.tx).await?;
    }
}

/// The form of a draft.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn formulaire(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
) -> Result<Formulaire, Echec> {
    let (brouillon, qualite) = autorisations::brouillon_partage(db, acteur, numero).await?;
    let demarche = demarche::Entity::find_by_id(brouillon.demarche).one(db).await?;
    let demarche = demarche.ok_or(Erreur::Introuvable)?;
    let reponses = brouillon::reponses(&brouillon)?;
    let champs = formulaires::remplir(db, brouillon.demarche, numero, &reponses).await?;
    Ok(Formulaire {
        numero,
        titre: demarche.titre,
        prenom: brouillon.prenom,
        nom: brouillon.nom,
        champs,
        version: brouillon.version,
        cle: CleDeFormulaire::default(),
        enregistre_le: (brouillon.champs != "[]").then(|| temps::a_paris(brouillon.modifie_le)),
        invite: qualite == Qualite::Invite,
    })
}

/// The form that a draft is saved from. Several people may fill it in, each in several windows: what another form saved
/// since is not overwritten, what this one saved itself is out of date for nobody.
#[derive(Debug, Clone)]
pub struct Origine {
    /// The version of the draft when the form was shown.
    pub version: i32,
    /// Unique to the form.
    pub cle: CleDeFormulaire,
}

impl Origine {
    /// What the form saves as one types.
    fn au_fil_de_la_saisie(&self) -> Option<String> {
        self.cle.lue().map(|cle| format!("{cle}:saisie"))
    }

    /// What is saved by its button. After it, a saving that was on its way when the button was pressed comes too late.
    fn au_bouton(&self) -> Option<String> {
        self.cle.lue().map(|cle| format!("{cle}:bouton"))
    }

    /// The drafts that it may save over; `bouton`: by its button.
    fn tient(&self, bouton: bool) -> Condition {
        let mut tient = Condition::any().add(brouillon::Column::Version.eq(self.version));
        let siennes =
            [self.au_fil_de_la_saisie(), self.au_bouton().filter(|_| bouton)].into_iter().flatten();
        for cle in siennes {
            tient = tient.add(brouillon::Column::Cle.eq(cle));
        }
        tient
    }
}

/// « Enregistrer le brouillon »: nothing is required, what was typed is kept as it is. Files are checked: those that are
/// refused are told, all the rest is kept.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::Perime`].
pub async fn enregistrer(
    c: &Changement<'_>,
    numero: DossierNumero,
    origine: Origine,
    saisies: Saisies,
) -> Result<Vec<Probleme>, Echec> {
    let (brouillon, _) = autorisations::brouillon_partage(&c.tx, c.acteur, numero).await?;
    let definitions = champs::de_la_demarche(&c.tx, brouillon.demarche, Pour::Usagers).await?;
    let deja = pieces::du_formulaire(&c.tx, numero).await?;
    let retirer: Vec<PieceId> =
        deja.iter().map(|p| p.id).filter(|id| saisies.retirer.contains(id)).collect();
    let textes = Textes::lire(&definitions, &saisies)?;
    let (fichiers, problemes) =
        formulaires::admettre(&definitions, &deja, &retirer, saisies.fichiers);
    textes.garder(c, numero, (origine.tient(true), origine.au_bouton())).await?;
    formulaires::ranger_les_fichiers(c, numero, (retirer, fichiers)).await?;
    c.annoncer(&sujets(&c.tx, &brouillon).await?).await?;
    Ok(problemes)
}

/// Saves a draft as one types: its texts, not its files. The same again changes nothing.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::Perime`].
pub async fn garder(
    c: &Changement<'_>,
    numero: DossierNumero,
    origine: Origine,
    saisies: &Saisies,
) -> Result<(), Echec> {
    let (brouillon, _) = autorisations::brouillon_partage(&c.tx, c.acteur, numero).await?;
    let definitions = champs::de_la_demarche(&c.tx, brouillon.demarche, Pour::Usagers).await?;
    let textes = Textes::lire(&definitions, saisies)?;
    if textes.sont_ceux_de(&brouillon) {
        return Ok(());
    }
    let cle = origine.au_fil_de_la_saisie();
    textes.garder(c, numero, (origine.tient(false), cle)).await
}

/// What was typed in a draft, whatever it is.
struct Textes {
    prenom: String,
    nom: String,
    champs: String,
}

impl Textes {
    fn lire(definitions: &[DefinitionChamp], saisies: &Saisies) -> Result<Self, Echec> {
        let court = |texte: &str| texte.trim().chars().take(domain::champs::LIGNE_MAX).collect();
        let reponses = lire_brouillon(definitions, &saisies.reponses, telephone::lire);
        Ok(Self {
            prenom: court(&saisies.prenom),
            nom: court(&saisies.nom),
            champs: serde_json::to_string(&reponses)
                .map_err(|_| Echec::Inutilisable("fields of a draft"))?,
        })
    }

    fn sont_ceux_de(&self, brouillon: &brouillon::Model) -> bool {
        (&self.prenom, &self.nom, &self.champs)
            == (&brouillon.prenom, &brouillon.nom, &brouillon.champs)
    }

    /// Keeps them, if the draft is still one of those that may be saved over.
    async fn garder(
        self,
        c: &Changement<'_>,
        numero: DossierNumero,
        (tient, cle): (Condition, Option<String>),
    ) -> Result<(), Echec> {
        let changes = brouillon::Entity::update_many()
            .set(brouillon::ActiveModel {
                prenom: Set(self.prenom),
                nom: Set(self.nom),
                champs: Set(self.champs),
                modifie_le: Set(c.maintenant),
                cle: Set(cle),
                ..Default::default()
            })
            .col_expr(brouillon::Column::Version, Expr::col(brouillon::Column::Version).add(1))
            .filter(brouillon::Column::Numero.eq(numero))
            .filter(tient)
            .exec(&c.tx)
            .await?;
        if changes.rows_affected == 0 {
            return Err(Erreur::Perime.into());
        }
        Ok(())
    }
}

/// The lists « Mes dossiers » that show a draft.
async fn sujets(
    db: &impl ConnectionTrait,
    brouillon: &brouillon::Model,
) -> Result<Vec<Sujet>, Echec> {
    let mut sujets = invite::sujets(db, brouillon.numero).await?;
    sujets.push(Sujet::Compte(brouillon.usager));
    Ok(sujets)
}

/// « Déposer le dossier ». Deposited twice, it is one dossier. When something is wrong it is told, and what was typed,
/// with the files that are right, is kept in the draft.
///
/// # Errors
/// [`Erreur::Introuvable`], [`Erreur::DemarcheFermee`], [`Erreur::Perime`].
pub async fn deposer(
    c: &Changement<'_>,
    numero: DossierNumero,
    origine: Origine,
    saisies: Saisies,
) -> Result<Vec<Probleme>, Echec> {
    let brouillon = match autorisations::brouillon(&c.tx, c.acteur, numero).await {
        Err(Echec::Metier(Erreur::Introuvable)) => {
            autorisations::dossier_de_l_usager(&c.tx, c.acteur, numero).await?;
            return Ok(Vec::new());
        }
        lu => lu?,
    };
    let demarche = brouillon.demarche;
    let groupe = match publiee(&c.tx, demarche, c.maintenant).await {
        Ok(publiee) => groupe(&c.tx, &publiee).await?.ok_or(Erreur::DemarcheFermee)?,
        Err(Echec::Metier(Erreur::Introuvable)) => return Err(Erreur::DemarcheFermee.into()),
        Err(autre) => return Err(autre),
    };
    let definitions = champs::de_la_demarche(&c.tx, demarche, Pour::Usagers).await?;
    let deja = pieces::du_formulaire(&c.tx, numero).await?;
    let textes = Textes::lire(&definitions, &saisies)?;
    let tient = (origine.tient(true), origine.au_bouton());
    match textes.garder(c, numero, tient).await {
        // Filed at the same moment by another click: the draft is gone.
        Err(Echec::Metier(Erreur::Perime))
            if autorisations::dossier_de_l_usager(&c.tx, c.acteur, numero).await.is_ok() =>
        {
            return Ok(Vec::new());
        }
        autre => autre?,
    }
    let lues = match formulaires::verifier(&definitions, &deja, saisies) {
        Ok(lues) => lues,
        Err(Refusees { problemes, retirer, fichiers }) => {
            let fichiers = (retirer, fichiers);
            formulaires::ranger_les_fichiers(c, numero, fichiers).await?;
            return Ok(problemes);
        }
    };
    let depose = dossier::Model {
        numero,
        demarche,
        groupe,
        usager: c.acteur.compte,
        origine: domain::dossier::Origine::Ici,
        etat: EtatDossier::EnConstruction,
        place: Place::Liste,
        prenom: lues.prenom,
        nom: lues.nom,
        depose_le: c.maintenant,
        champs: serde_json::to_string(&lues.reponses)
            .map_err(|_| Echec::Inutilisable("fields of a dossier"))?,
        version: 0,
        modifie_le: None,
        supprime_le: None,
        garde_jusqu_au: None,
        expiration_annoncee_le: None,
    };
    match dossier::Entity::insert(depose.clone().into_active_model())
        .exec_without_returning(&c.tx)
        .await
    {
        // Filed at the same moment by another click.
        Err(erreur) if doublon(&erreur) => return Ok(Vec::new()),
        autre => autre?,
    };
    mots::indexer(&c.tx, numero).await?;
    brouillon::Entity::delete_by_id(numero).exec(&c.tx).await?;
    let fichiers = (lues.retirer, lues.fichiers);
    formulaires::ranger_les_fichiers(c, numero, fichiers).await?;
    accuser_reception(c, numero).await?;
    c.noter(Action::DossierDepose, numero).await?;
    c.prevoir(&Courriel::Depot { dossier: numero }).await?;
    prevenir_les_instructeurs(c, &depose).await?;
    let mut sujets = invite::sujets(&c.tx, numero).await?;
    sujets.extend(dossier::sujets(&depose));
    c.annoncer(&sujets).await?;
    Ok(Vec::new())
}

async fn prevenir_les_instructeurs(
    c: &Changement<'_>,
    depose: &dossier::Model,
) -> Result<(), Echec> {
    let membres = groupe::membres(&c.tx, depose.groupe).await?;
    let cause = Cause::Depot;
    for compte in decision::avertir(&c.tx, depose, cause, &membres, c.maintenant).await? {
        c.prevoir(&Courriel::DepotRecu { dossier: depose.numero, compte }).await?;
    }
    Ok(())
}

async fn accuser_reception(c: &Changement<'_>, numero: DossierNumero) -> Result<(), Echec> {
    let nouveau = Nouveau {
        dossier: numero,
        role: RoleAuteur::Systeme,
        auteur: c.acteur.compte,
        genre: GenreMessage::Libre,
        corps: domain::message::accuse_de_reception(numero),
        lien: None,
        proposition: None,
        cle: None,
    };
    porte::ecrire(&c.tx, nouveau, None, c.maintenant).await.map(|_| ())
}

/// « Supprimer le brouillon », with its files.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn supprimer_brouillon(c: &Changement<'_>, numero: DossierNumero) -> Result<(), Echec> {
    let brouillon = autorisations::brouillon(&c.tx, c.acteur, numero).await?;
    let sujets = sujets(&c.tx, &brouillon).await?;
    pieces::oublier(&c.tx, numero).await?;
    invite::oublier(&c.tx, numero).await?;
    brouillon::Entity::delete_by_id(brouillon.numero).exec(&c.tx).await?;
    c.annoncer(&sujets).await
}
