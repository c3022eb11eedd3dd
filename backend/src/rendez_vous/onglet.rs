//! The usager's tab « Rendez-vous ».

use crate::acces::autorisations;
use crate::rendez_vous::montrer;
use crate::rendez_vous::tag;
use crate::socle::changement::Changement;
use crate::socle::erreur::Echec;
use crate::socle::regards::{self, Rubrique};
use crate::socle::temps;
use crate::tables::{dossier, proposition};
use chrono::{DateTime, Utc};
use domain::Erreur;
use domain::dossier::{EtatDossier, Tag};
use domain::ids::DossierNumero;
use domain::role::Acteur;
use domain::sujet::Sujet;
use domain::vues::OngletRendezVous;
use sea_orm::{ConnectionTrait, FromQueryResult, QuerySelect};

/// How many of the rendez-vous that are over a page shows.
const PASSES_MAX: usize = 50;

/// The tab, and whether whoever looks at it has an orange dot there.
#[derive(Debug)]
pub struct Onglet {
    /// What it shows.
    pub vue: OngletRendezVous,
    /// When a rendez-vous last changed, if they have not looked since: see [`voir`].
    pub non_vu: Option<DateTime<Utc>>,
}

#[derive(FromQueryResult)]
struct Lu {
    etat: EtatDossier,
    #[sea_orm(nested)]
    courante: proposition::Courante,
    vus_le: Option<DateTime<Utc>>,
}

/// The usager's tab « Rendez-vous ».
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn onglet(
    db: &impl ConnectionTrait,
    acteur: &Acteur,
    numero: DossierNumero,
    maintenant: DateTime<Utc>,
) -> Result<Onglet, Echec> {
    let vus = regards::du_dossier(acteur.compte, Rubrique::RendezVous);
    let dossier = autorisations::depose(acteur, numero)
        .select_only()
        .column(dossier::Column::Etat)
        .expr_as(vus, "vus_le");
    let lu = proposition::Courante::avec(dossier).into_model::<Lu>().one(db).await?;
    let Lu { etat, courante, vus_le } = lu.ok_or(Erreur::Introuvable)?;
    let tous = montrer::vues(db, &[numero], maintenant).await?;
    let synthese = tag::resumer(courante.etat, &tous);
    let non_vu = synthese.change_le.filter(|change_le| vus_le.is_none_or(|vu| vu < *change_le));
    let (a_venir, mut passes): (Vec<_>, Vec<_>) =
        tous.into_iter().map(|(_, vue)| vue).partition(|vue| vue.a_venir);
    passes.reverse();
    passes.truncate(PASSES_MAX);
    let proposition = courante.en_attente().and_then(|(_, message)| message);
    let annule = synthese.a_montrer.filter(|_| synthese.tag == Some(Tag::RdvAnnule));
    let sans_reponse = courante.sans_reponse(etat, synthese.tag).map(temps::a_paris);
    let vue = OngletRendezVous { a_venir, passes, proposition, sans_reponse, annule };
    Ok(Onglet { vue, non_vu })
}

/// Notes that the usager looks at the tab: its orange dot goes out, in all their windows. `change_le`: what
/// [`Onglet::non_vu`] said, so that what came after it was read is still new.
///
/// # Errors
/// [`Erreur::Introuvable`].
pub async fn voir(
    c: &Changement<'_>,
    numero: DossierNumero,
    change_le: DateTime<Utc>,
) -> Result<(), Echec> {
    autorisations::dossier_de_l_usager(&c.tx, c.acteur, numero).await?;
    let (sujet, rubrique) = (Sujet::Dossier(numero), Rubrique::RendezVous);
    regards::voir(c, sujet, rubrique, Some(change_le), change_le).await?;
    Ok(())
}
