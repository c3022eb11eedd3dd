//! Tokens in use: opened for a call, renewed in time, by one process at a time.

use super::{noter, trouver};
use crate::contexte::Contexte;
use crate::plateforme::client::api::Api;
use crate::plateforme::client::oauth::{Jetons, ReglageOauth};
use crate::socle::bail;
use crate::socle::erreur::Echec;
use crate::socle::outils::Outils;
use crate::tables::compte_rdv;
use chrono::Duration as Delai;
use domain::ids::CompteId;
use domain::journal::Action;
use domain::plateforme::ErreurPlateforme;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use std::time::Duration;
use tokio::time::sleep;

/// A token that ends sooner than this is renewed before it is used, in seconds.
const MARGE_SECONDES: i64 = 60;
/// How long a process may take to renew a token before another one tries, in seconds: longer than the
/// client's own patience.
const VERROU_SECONDES: i64 = 60;

/// How long it is tried to keep what was got: as long as nobody else may renew it.
const INSISTANCE: Duration = Duration::from_secs(VERROU_SECONDES.unsigned_abs());
/// How often one looks whether another process has renewed it, and how many times.
const REGARDER: Duration = Duration::from_millis(200);
const REGARDS: u32 = 100;

/// Does `geste` with the API of the site `hote`, in the name of somebody who connected their account.
///
/// A token that ends is renewed first; one that is refused is renewed once, and then `geste` is called a
/// second time. Never inside a transaction: it talks to the network.
///
/// # Errors
/// [`ErreurPlateforme`], [`ErreurPlateforme::NonConnecte`] and [`ErreurPlateforme::ConnexionPerdue`]
/// among them; the database failed.
pub async fn avec_api<T, F, R>(
    contexte: &Contexte,
    compte: CompteId,
    hote: &str,
    geste: F,
) -> Result<T, Echec>
where
    F: Fn(Api) -> R,
    R: Future<Output = Result<T, ErreurPlateforme>>,
{
    let reglage = contexte.outils.reglages.oauth.as_ref().filter(|r| r.hote() == hote);
    let reglage = reglage.ok_or(ErreurPlateforme::NonConnecte)?;
    let usage = Usage { contexte, compte, reglage };
    let (version, jeton) = usage.jeton().await?;
    match geste(usage.api(jeton)).await {
        Err(ErreurPlateforme::NonAutorise) => {}
        resultat => return Ok(resultat?),
    }
    let (version, jeton) = usage.renouveler(version).await?;
    match geste(usage.api(jeton)).await {
        Err(ErreurPlateforme::NonAutorise) => {
            usage.perdre(version).await?;
            Err(ErreurPlateforme::ConnexionPerdue.into())
        }
        resultat => Ok(resultat?),
    }
}

struct Usage<'a> {
    contexte: &'a Contexte,
    compte: CompteId,
    reglage: &'a ReglageOauth,
}

impl Usage<'_> {
    fn api(&self, jeton: String) -> Api {
        Api::new(self.contexte.client.clone(), self.reglage.site.clone(), jeton)
    }

    /// The connection as it is stored, with its access token.
    async fn lire(&self) -> Result<(compte_rdv::Model, String), Echec> {
        let db = self.contexte.base.lire();
        let connexion = trouver(db, self.compte, &self.reglage.hote()).await?;
        let connexion = connexion.ok_or(ErreurPlateforme::NonConnecte)?;
        let scelle = connexion.acces_scelle.as_ref().ok_or(ErreurPlateforme::ConnexionPerdue)?;
        let jeton = self.contexte.outils.coffre.ouvrir_texte(scelle)?;
        Ok((connexion, jeton))
    }

    /// A token to use now, with the version of the connection.
    async fn jeton(&self) -> Result<(i64, String), Echec> {
        let (connexion, jeton) = self.lire().await?;
        let bientot = self.contexte.horloge.maintenant() + Delai::seconds(MARGE_SECONDES);
        if connexion.expire_le > bientot {
            return Ok((connexion.version, jeton));
        }
        self.renouveler(connexion.version).await
    }

    /// Another token than that of `version`: a refresh token serves once, so that only one process may
    /// use it; the others wait for what it gets.
    async fn renouveler(&self, version: i64) -> Result<(i64, String), Echec> {
        for _ in 0..REGARDS {
            let (connexion, jeton) = self.lire().await?;
            if connexion.version != version {
                return Ok((connexion.version, jeton));
            }
            if self.verrouiller(version).await? {
                return self.rafraichir(connexion).await;
            }
            sleep(REGARDER).await;
        }
        Err(ErreurPlateforme::Injoignable.into())
    }

    /// Whether this process is the one to renew the tokens of `version`.
    async fn verrouiller(&self, version: i64) -> Result<bool, Echec> {
        use compte_rdv::Column;
        let horloge = &self.contexte.horloge;
        let tx = self.contexte.base.ecrire().await?;
        let fin = bail::jusqu_a(&tx, horloge, Delai::seconds(VERROU_SECONDES));
        let prises = compte_rdv::Entity::update_many()
            .col_expr(Column::VerrouJusquA, fin)
            .filter(Column::Compte.eq(self.compte))
            .filter(Column::Version.eq(version))
            .filter(bail::libre(Column::VerrouJusquA, &tx, horloge))
            .exec(&tx)
            .await?;
        tx.valider().await?;
        Ok(prises.rows_affected == 1)
    }

    async fn rafraichir(&self, connexion: compte_rdv::Model) -> Result<(i64, String), Echec> {
        let version = connexion.version;
        let Some(scelle) = connexion.rafraichissement_scelle else {
            self.perdre(version).await?;
            return Err(ErreurPlateforme::ConnexionPerdue.into());
        };
        let rafraichissement = self.contexte.outils.coffre.ouvrir_texte(&scelle)?;
        match self.contexte.client.rafraichir(self.reglage, &rafraichissement).await {
            Ok(jetons) => {
                self.retenir(version, &jetons).await?;
                Ok((version + 1, jetons.acces))
            }
            Err(ErreurPlateforme::NonAutorise) => {
                self.perdre(version).await?;
                Err(ErreurPlateforme::ConnexionPerdue.into())
            }
            Err(erreur) => {
                let libre =
                    compte_rdv::ActiveModel { verrou_jusqu_a: Set(None), ..Default::default() };
                self.changer(version, libre).await?;
                Err(erreur.into())
            }
        }
    }

    async fn retenir(&self, version: i64, jetons: &Jetons) -> Result<(), Echec> {
        let Outils { coffre, hasard, .. } = &self.contexte.outils;
        let sceller = |jeton: &str| Some(coffre.sceller(jeton.as_bytes(), hasard));
        let mut change = compte_rdv::ActiveModel {
            acces_scelle: Set(sceller(&jetons.acces)),
            expire_le: Set(jetons.expire_le(self.contexte.horloge.maintenant())),
            version: Set(version + 1),
            verrou_jusqu_a: Set(None),
            ..Default::default()
        };
        // A site that does not rotate them gives none: the former one goes on.
        if let Some(rafraichissement) = &jetons.rafraichissement {
            change.rafraichissement_scelle = Set(sceller(rafraichissement));
        }
        self.changer(version, change).await?;
        Ok(())
    }

    /// Drops the connection of `version`: RDV Service Public does not accept it any more. The person is
    /// told on their pages, and connects again.
    async fn perdre(&self, version: i64) -> Result<(), Echec> {
        let maintenant = self.contexte.horloge.maintenant();
        let change = compte_rdv::ActiveModel {
            acces_scelle: Set(None),
            rafraichissement_scelle: Set(None),
            version: Set(version + 1),
            verrou_jusqu_a: Set(None),
            perdue_le: Set(Some(maintenant)),
            ..Default::default()
        };
        if self.changer(version, change).await? {
            tracing::warn!(compte = self.compte.0, "a connection to RDV Service Public was lost");
            let tx = self.contexte.base.ecrire().await?;
            noter(&tx, self.compte, Action::CompteRdvPerdu, maintenant).await?;
            tx.valider().await?;
        }
        Ok(())
    }

    /// Changes the connection, if it is still that of `version`. However long the database is away: what was got serves once.
    async fn changer(&self, version: i64, change: compte_rdv::ActiveModel) -> Result<bool, Echec> {
        self.contexte.base.insister(INSISTANCE, || self.ecrire(version, change.clone())).await
    }

    async fn ecrire(&self, version: i64, change: compte_rdv::ActiveModel) -> Result<bool, Echec> {
        let tx = self.contexte.base.ecrire().await?;
        let changees = compte_rdv::Entity::update_many()
            .set(change)
            .filter(compte_rdv::Column::Compte.eq(self.compte))
            .filter(compte_rdv::Column::Version.eq(version))
            .exec(&tx)
            .await?;
        tx.valider().await?;
        Ok(changees.rows_affected == 1)
    }
}
