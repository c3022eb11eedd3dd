//! Files, as browsers send them and as they are given back.

use super::*;

pub const FRONTIERE: &str = "----frontiere";
const FIL: &str = "/dossiers/17606854/messagerie";

/// A form of a browser: fields and files.
pub fn formulaire(champs: &[(&str, &str)], fichiers: &[(&str, &[u8])]) -> Vec<u8> {
    let mut corps = Vec::new();
    for (nom, valeur) in champs {
        let entete = format!("content-disposition: form-data; name=\"{nom}\"");
        corps.extend(format!("--{FRONTIERE}\r\n{entete}\r\n\r\n{valeur}\r\n").into_bytes());
    }
    for (nom, contenu) in fichiers {
        let entete = format!(
            "content-disposition: form-data; name=\"pieces\"; filename=\"{nom}\"\r\ncontent-type: application/octet-stream"
        );
        corps.extend(format!("--{FRONTIERE}\r\n{entete}\r\n\r\n").into_bytes());
        corps.extend(*contenu);
        corps.extend(b"\r\n");
    }
    corps.extend(format!("--{FRONTIERE}--\r\n").into_bytes());
    corps
}

async fn envoyer(site: &Site, cookie: &str, corps: Vec<u8>) -> Reponse {
    let requete = Request::post("/api/usager/ecrire")
        .header(header::HOST, "site.test")
        .header(header::ORIGIN, "http://site.test")
        .header(header::REFERER, format!("http://site.test{FIL}"))
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={FRONTIERE}"))
        .header(header::COOKIE, cookie);
    site.demander(requete.body(Body::from(corps)).unwrap()).await
}

fn champs(corps: &str) -> [(&str, &str); 4] {
    [("dossier", "17606854"), ("corps", corps), ("cle", "k"), ("page", FIL)]
}

#[tokio::test]
async fn a_file_goes_with_its_message_and_comes_back_the_same() {
    let site = Site::ouvrir().await;
    let usager = site.entrer("usager").await;
    let fichiers: [(&str, &[u8]); 2] = [("Pièce 1.pdf", b"%PDF-1.7 un"), ("", b"")];
    let corps = formulaire(&champs("Voici"), &fichiers);
    let reponse = envoyer(&site, &usager, corps.clone()).await;
    assert_eq!((reponse.statut, reponse.lieu()), (StatusCode::SEE_OTHER, FIL), "{}", reponse.corps);
    envoyer(&site, &usager, corps).await;
    let page = site.lire(FIL, &usager).await.corps;
    assert_eq!(page.matches("/pieces-jointes/1").count(), 1, "twice the same form");
    assert!(!page.contains("/pieces-jointes/2"));

    let recu = site.lire("/pieces-jointes/1", &usager).await;
    assert_eq!((recu.statut, recu.corps.as_str()), (StatusCode::OK, "%PDF-1.7 un"));
    let entete = |nom: &str| recu.entetes[nom].to_str().unwrap();
    assert_eq!(entete("content-type"), "application/pdf");
    assert!(entete("content-disposition").starts_with("attachment; filename=\"Pi_ce 1.pdf\""));
    assert_eq!(
        (entete("x-content-type-options"), entete("cache-control")),
        ("nosniff", "no-store")
    );
    let instructeur = site.entrer("instructeur").await;
    assert_eq!(site.lire("/pieces-jointes/1", &instructeur).await.statut, StatusCode::OK);
}

#[tokio::test]
async fn a_file_comes_back_under_its_own_name() {
    let site = Site::ouvrir().await;
    let usager = site.entrer("usager").await;
    let long = format!("{}nom.pdf", "très long ".repeat(20));
    // As a browser writes it in a form, and as it is.
    let noms = [
        ("a%22b.pdf", "a\"b.pdf"),
        ("a\\\"b.pdf", "a\"b.pdf"),
        ("50 % ; reçu.pdf", "50 % ; reçu.pdf"),
        ("deux%0D%0Alignes.pdf", "deux lignes.pdf"),
        ("L’été – ŒUVRE 文.pdf", "L’été – ŒUVRE 文.pdf"),
        (long.as_str(), long.as_str()),
    ];
    for (rang, (envoye, nom)) in noms.into_iter().enumerate() {
        let cle = format!("k{rang}");
        let champs =
            [("dossier", "17606854"), ("corps", "Voici"), ("cle", cle.as_str()), ("page", FIL)];
        envoyer(&site, &usager, formulaire(&champs, &[(envoye, b"\n%PDF-1.7 un")])).await;
        let recu = site.lire(&format!("/pieces-jointes/{}", rang + 1), &usager).await;
        let entete = recu.entetes["content-disposition"].to_str().unwrap();
        let code = entete.split_once("filename*=UTF-8''").unwrap().1;
        let lu = url::form_urlencoded::parse(format!("n={}", code.replace('+', "%2B")).as_bytes())
            .next()
            .unwrap()
            .1
            .into_owned();
        assert_eq!(lu, nom, "{entete}");
        let simple = entete.strip_prefix("attachment; filename=\"").unwrap();
        let simple = simple.split_once("\"; filename*=").unwrap().0;
        assert!(simple.ends_with(".pdf") && !simple.contains(['"', '\\', '%', ';']), "{entete}");
    }
}

#[tokio::test]
async fn the_file_of_somebody_else_does_not_exist() {
    let site = Site::ouvrir().await;
    let usager = site.entrer("usager").await;
    envoyer(&site, &usager, formulaire(&champs("Voici"), &[("a.pdf", b"%PDF-1.7")])).await;
    for qui in ["laureen", "admin"] {
        let qui = if qui == "laureen" { "laureen.ho" } else { qui };
        let autre = site.entrer(qui).await;
        let reponse = site.lire("/pieces-jointes/1", &autre).await;
        assert_eq!(reponse.statut, StatusCode::NOT_FOUND);
        assert!(!reponse.corps.contains("%PDF"));
    }
    for id in ["2", "abc", "-1", "99999999999999999999"] {
        let reponse = site.lire(&format!("/pieces-jointes/{id}"), &usager).await;
        assert_eq!(reponse.statut, StatusCode::NOT_FOUND, "{id}");
    }
    let anonyme = site.lire("/pieces-jointes/1", "").await;
    assert_eq!(anonyme.lieu(), "/connexion?retour=/pieces-jointes/1");
}

#[tokio::test]
async fn a_file_that_is_refused_has_its_sentence_and_the_text_is_kept() {
    let site = Site::ouvrir().await;
    let usager = site.entrer("usager").await;
    let gros = vec![b' '; 10_000_001];
    let onze: Vec<(&str, &[u8])> = vec![("a.pdf", b"%PDF-1.7"); 11];
    for (fichiers, phrase) in [
        (vec![("a.pdf", gros.as_slice())], "est trop gros. La taille maximale est de 10"),
        (vec![("a.pdf", b"MZ".as_slice())], "n&#39;est pas celui d&#39;un fichier PDF"),
        (vec![("a.exe", b"MZ".as_slice())], "n&#39;est pas d&#39;un format accepté"),
        (vec![("a.pdf", b"".as_slice())], "est vide"),
        (onze, "Vous pouvez joindre 10 fichiers au plus. Il y en a 11."),
    ] {
        let reponse = envoyer(&site, &usager, formulaire(&champs("Mon <texte>"), &fichiers)).await;
        assert_eq!(reponse.statut, StatusCode::UNPROCESSABLE_ENTITY, "{phrase}");
        let dit = reponse.corps.replace('\'', "&#39;").replace("&#x27;", "&#39;");
        assert!(dit.contains(phrase), "{phrase} in:\n{}", reponse.corps);
        assert!(reponse.corps.contains("Mon &lt;texte&gt;"));
    }
    assert!(!site.lire(FIL, &usager).await.corps.contains("Mon &lt;texte&gt;"), "nothing was sent");
    let onze_de_moins: Vec<(&str, &[u8])> = vec![("a.pdf", b"%PDF-1.7"); 10];
    let reponse = envoyer(&site, &usager, formulaire(&champs("Dix"), &onze_de_moins)).await;
    assert_eq!(reponse.statut, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn nobody_sends_files_without_being_signed_in_nor_in_pieces() {
    let site = Site::ouvrir().await;
    let corps = formulaire(&champs("x"), &[("a.pdf", b"%PDF-1.7")]);
    assert_eq!(envoyer(&site, "", corps.clone()).await.statut, StatusCode::UNAUTHORIZED);
    let usager = site.entrer("usager").await;
    let coupe = corps[..corps.len() - 30].to_vec();
    assert_eq!(envoyer(&site, &usager, coupe).await.statut, StatusCode::BAD_REQUEST);
    assert!(!site.lire(FIL, &usager).await.corps.contains("/pieces-jointes/"));
}
