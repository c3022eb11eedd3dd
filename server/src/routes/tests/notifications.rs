//! « Gestion des notifications », its counterpart for the administrateur, and the links that stop mails: by plain forms and
//! as mail programs do.

use super::*;
use backend::courriels::Expediteur;
use backend::ouvriers;
use backend::tables::courriel;

const PAGE: &str = "/instructeur/demarches/88454/notifications";
const ADMIN: &str = "/admin/demarches/88454/notifications";

fn champs<'a>(page: &'a str, message: &'a str) -> [(&'a str, &'a str); 9] {
    [
        ("demarche", "88454"),
        ("rythmes[rdv_pris]", ""),
        ("rythmes[rdv_deplace]", ""),
        ("rythmes[rdv_annule]", ""),
        ("rythmes[message]", message),
        ("rythmes[dossier_depose]", ""),
        ("rythmes[avis_recu]", ""),
        ("rythmes[dossier_modifie]", ""),
        ("page", page),
    ]
}

impl Site {
    async fn regler(&self, action: &str, page: &str, cookie: &str, message: &str) -> Reponse {
        self.poster(&format!("/api/{action}/enregistrer"), page, cookie, &champs(page, message))
            .await
    }

    /// The path of the link under the last mail.
    async fn lien_du_dernier_courriel(&self) -> String {
        let expediteur = Expediteur::Local(self.contexte.base.clone());
        ouvriers::courriels::tout_envoyer(&self.contexte, &expediteur).await.unwrap();
        let courriels = courriel::Entity::find().all(self.contexte.base.lire()).await.unwrap();
        let texte = courriels.last().unwrap().texte.clone();
        let (_, lien) = texte.rsplit_once("http://site.test/desabonnement/").unwrap();
        format!("/desabonnement/{}", lien.split_whitespace().next().unwrap())
    }

    async fn l_usager_ecrit(&self) {
        let usager = self.entrer("usager").await;
        let page = "/dossiers/17606854/messagerie";
        let champs = [("dossier", "17606854"), ("corps", "Bonjour"), ("cle", "n"), ("page", page)];
        let envoi = self.poster("/api/usager/ecrire", page, &usager, &champs).await;
        assert_eq!(envoi.statut, StatusCode::SEE_OTHER, "{}", envoi.corps);
    }

    /// A program posts to a link, without cookie nor origin.
    async fn poster_en_un_clic(&self, lien: &str, genre: &str, corps: &str) -> Reponse {
        let requete = Request::post(lien).header(header::CONTENT_TYPE, genre);
        self.demander(requete.body(Body::from(corps.to_owned())).unwrap()).await
    }
}

#[tokio::test]
async fn an_instructeur_chooses_and_an_administrateur_settles_the_rest() {
    let site = Site::ouvrir().await;
    let (admin, tom) = (site.entrer("admin").await, site.entrer("instructeur").await);
    let usager = site.entrer("usager").await;
    let page = site.lire(PAGE, &tom).await;
    assert_eq!(page.statut, StatusCode::OK);
    assert!(page.corps.contains("Par défaut (tout de suite)"), "{}", page.corps);
    let fait = site.regler("admin/notifications-instructeurs", ADMIN, &admin, "semaine").await;
    assert_eq!((fait.statut, fait.lieu()), (StatusCode::SEE_OTHER, ADMIN), "{}", fait.corps);
    let page = site.lire(PAGE, &tom).await.corps;
    assert!(page.contains("Comme la démarche (résumé de la semaine)"), "{page}");
    let fait = site.regler("instructeur/notifications", PAGE, &tom, "jamais").await;
    assert_eq!((fait.statut, fait.lieu()), (StatusCode::SEE_OTHER, PAGE), "{}", fait.corps);
    let choisi = r#"<option value="jamais" selected"#;
    assert_eq!(site.lire(PAGE, &tom).await.corps.matches(choisi).count(), 1);

    // What no form offers: said beside the field.
    let refus = site.regler("instructeur/notifications", PAGE, &tom, "demain").await;
    assert_eq!(refus.statut, StatusCode::UNPROCESSABLE_ENTITY);
    let sous_le_champ = r#"id="rythme-message-erreur""#;
    assert!(refus.corps.contains(sous_le_champ), "{}", refus.corps);
    assert!(refus.corps.contains("Choisissez une des réponses proposées."));

    // Neither page is for others, and they learn nothing of it.
    for (etranger, page, action) in [
        (&usager, PAGE, "instructeur/notifications"),
        (&admin, PAGE, "instructeur/notifications"),
        (&usager, ADMIN, "admin/notifications-instructeurs"),
        (&tom, ADMIN, "admin/notifications-instructeurs"),
    ] {
        assert_eq!(site.lire(page, etranger).await.statut, StatusCode::NOT_FOUND, "{page}");
        let refus = site.regler(action, page, etranger, "jamais").await;
        assert_eq!(refus.statut, StatusCode::NOT_FOUND, "{action}");
    }
    for menant in ["/admin/demarches/88454/groupes", "/admin/demarches/88454/emails"] {
        assert!(site.lire(menant, &admin).await.corps.contains(ADMIN), "{menant}");
    }
}

#[tokio::test]
async fn a_link_stops_mails_by_its_button_or_in_one_click_and_never_by_being_opened() {
    let site = Site::ouvrir().await;
    let tom = site.entrer("instructeur").await;
    site.l_usager_ecrit().await;
    let lien = site.lien_du_dernier_courriel().await;
    let jamais = async || {
        let page = site.lire(PAGE, &tom).await.corps;
        page.contains(r#"<option value="jamais" selected"#)
    };
    let ouverte = site.lire(&lien, "").await;
    assert_eq!(ouverte.statut, StatusCode::OK);
    assert!(
        ouverte.corps.contains("Arrêter ces emails") && ouverte.corps.contains("Nouveau message")
    );
    assert!(ouverte.corps.contains("noindex"));
    assert!(!jamais().await, "opened, it changes nothing");
    let formulaire = "application/x-www-form-urlencoded";
    let vide = site.poster_en_un_clic(&lien, formulaire, "").await;
    assert_eq!(vide.statut, StatusCode::BAD_REQUEST);
    assert!(!jamais().await);

    let clic = "List-Unsubscribe=One-Click";
    let fait = site.poster_en_un_clic(&lien, formulaire, clic).await;
    assert_eq!(fait.statut, StatusCode::OK, "no redirection");
    assert!(jamais().await);
    let encore = site.lire(&lien, "").await.corps;
    assert!(encore.contains("Ces courriels sont arrêtés"), "{encore}");
    // In pieces, as some programs send it; twice does nothing more.
    let morceaux = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
    let fait = site.poster_en_un_clic(&lien, "multipart/form-data; boundary=x", morceaux).await;
    assert_eq!(fait.statut, StatusCode::OK);
    let bouton = site.poster(&lien, &lien, "", &[("geste", "arreter")]).await;
    assert_eq!((bouton.statut, bouton.lieu()), (StatusCode::SEE_OTHER, lien.as_str()));

    let mut forge = lien.clone();
    forge.pop();
    forge.push(if lien.ends_with('0') { '1' } else { '0' });
    for faux in [forge.as_str(), "/desabonnement/abc", "/desabonnement/zz"] {
        assert_eq!(site.lire(faux, "").await.statut, StatusCode::NOT_FOUND, "{faux}");
        let refus = site.poster_en_un_clic(faux, formulaire, clic).await;
        assert_eq!(refus.statut, StatusCode::NOT_FOUND, "{faux}");
    }
}
