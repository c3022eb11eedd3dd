//! A document as a PDF/UA-1: what is drawn, page after page, and the tree that says what each text is.

use super::lettres::{self, Police, Signe};
use super::{Dessin, Document, Element, Genre, LARGEUR, MARGE, NOTE, PAGE, Signet, Style};
use crate::socle::erreur::Echec;
use krilla::SerializeSettings;
use krilla::configure::{Accessibility, ConfigurationBuilder, PdfVersion};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, ListNumbering, Node, SpanTag, Tag, TagGroup, TagKind,
    TagTree,
};

const LANGUE: &str = "fr";

/// The bytes of the file.
pub(super) fn exporter(document: &Document) -> Result<Vec<u8>, Echec> {
    let mut sortie = krilla::Document::new_with(reglages()?);
    let mut groupes: Vec<TagGroup> = document.elements.iter().map(groupe).collect();
    for rang in 0..document.pages.len() {
        dessiner_la_page(document, rang, &mut sortie, &mut groupes);
    }
    sortie.set_metadata(
        Metadata::new()
            .title(document.titre.clone())
            .language(LANGUE.to_owned())
            .producer("rdv-demarches".to_owned()),
    );
    let mut table = Outline::new();
    for signet in table_des_titres(&document.signets) {
        table.push_child(signet);
    }
    sortie.set_outline(table);
    sortie.set_tag_tree(arbre(&document.elements, groupes));
    Ok(sortie.finish()?)
}

/// PDF/UA-1 rests on PDF 1.7.
fn reglages() -> Result<SerializeSettings, Echec> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .with_version(PdfVersion::Pdf17)
        .finish()
        .map_err(|_| Echec::Inutilisable("configuration of PDF/UA-1"))?;
    Ok(SerializeSettings { configuration, ..Default::default() })
}

fn groupe(element: &Element) -> TagGroup {
    let balise: TagKind = match &element.genre {
        Genre::Titre(niveau, texte) => Tag::Hn(*niveau, Some(texte.clone())).into(),
        Genre::Paragraphe => Tag::P.into(),
        Genre::Liste => Tag::L(ListNumbering::None).into(),
        Genre::Entree => Tag::LI.into(),
        Genre::Etiquette => Tag::Lbl.into(),
        Genre::Corps => Tag::LBody.into(),
    };
    TagGroup::new(balise)
}

/// Puts each element into the one that holds it.
fn arbre(elements: &[Element], mut groupes: Vec<TagGroup>) -> TagTree {
    let mut racine = vec![];
    // From the last to the first: what an element holds comes after it, and is whole by then.
    for element in elements.iter().rev() {
        let Some(groupe) = groupes.pop() else { break };
        match element.parent.and_then(|parent| groupes.get_mut(parent)) {
            Some(parent) => parent.children.insert(0, groupe.into()),
            None => racine.push(groupe.into()),
        }
    }
    racine.reverse();
    TagTree::from(racine).with_lang(Some(LANGUE.to_owned()))
}

/// The titles, each with those under it.
fn table_des_titres(signets: &[Signet]) -> Vec<OutlineNode> {
    let mut noeuds = vec![];
    let mut reste = signets;
    while let [signet, suite @ ..] = reste {
        let combien = suite.iter().take_while(|dessous| dessous.niveau > signet.niveau).count();
        let (dessous, apres) = suite.split_at(combien);
        let ou = XyzDestination::new(signet.page, Point::from_xy(0.0, signet.y));
        let ouvert = signet.niveau.get() == 1;
        let mut noeud = OutlineNode::new(signet.texte.clone(), ou).with_open(ouvert);
        for enfant in table_des_titres(dessous) {
            noeud.push_child(enfant);
        }
        noeuds.push(noeud);
        reste = apres;
    }
    noeuds
}

fn dessiner_la_page(
    document: &Document,
    rang: usize,
    sortie: &mut krilla::Document,
    groupes: &mut [TagGroup],
) {
    let taille = PageSettings::from_wh(PAGE.0, PAGE.1).unwrap_or_default();
    let mut page = sortie.start_page_with(taille);
    let mut surface = page.surface();
    for dessin in document.pages.get(rang).into_iter().flatten() {
        match dessin {
            Dessin::Texte { element, style, x, y, signes } => {
                let police = document.polices.de(*style);
                let ecrits = ecrire(&mut surface, police, *style, (*x, *y), signes);
                if let Some(groupe) = groupes.get_mut(*element) {
                    groupe.children.extend(ecrits);
                }
            }
            Dessin::Cadre { x, y, largeur, hauteur } => {
                tracer(&mut surface, cadre(*x, *y, *largeur, *hauteur));
            }
            Dessin::Filet { y } => tracer(&mut surface, filet(*y)),
        }
    }
    numeroter(document, rang, &mut surface);
}

/// Writes a line, and gives back what it adds to the tree.
fn ecrire(
    surface: &mut Surface<'_>,
    police: &Police,
    style: Style,
    (mut x, y): (f32, f32),
    signes: &[Signe],
) -> Vec<Node> {
    let mut ecrits = vec![];
    for morceau in lettres::morceaux(signes) {
        let marque = Node::from(surface.start_tagged(ContentTag::Span(SpanTag::empty())));
        poser(surface, police, style, (x, y), &morceau.dessin);
        surface.end_tagged();
        x += morceau.chasse * style.taille;
        // In the tree rather than on the page, where some readers lose both the square and the original.
        ecrits.push(match morceau.original {
            None => marque,
            original => {
                let balise = Tag::Span.with_actual_text(original);
                TagGroup::with_children(balise, vec![marque]).into()
            }
        });
    }
    ecrits
}

fn poser(
    surface: &mut Surface<'_>,
    police: &Police,
    style: Style,
    (x, y): (f32, f32),
    texte: &str,
) {
    surface.set_stroke(None);
    surface.set_fill(Some(Fill::default()));
    let glyphes = police.glyphes(texte);
    let ou = Point::from_xy(x, y);
    surface.draw_glyphs(ou, &glyphes, police.fonte(), texte, style.taille, false);
}

/// « Page 1 sur 3 », which is not read aloud.
fn numeroter(document: &Document, rang: usize, surface: &mut Surface<'_>) {
    let texte = format!("Page {} sur {}", rang + 1, document.pages.len());
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
    poser(surface, document.polices.de(NOTE), NOTE, (MARGE, PAGE.1 - MARGE / 2.0), &texte);
    surface.end_tagged();
}

/// Draws what is not read aloud.
fn tracer(surface: &mut Surface<'_>, forme: Option<Path>) {
    let Some(forme) = forme else { return };
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { width: 0.5, ..Stroke::default() }));
    surface.draw_path(&forme);
    surface.end_tagged();
}

fn cadre(x: f32, y: f32, largeur: f32, hauteur: f32) -> Option<Path> {
    let mut forme = PathBuilder::new();
    forme.push_rect(Rect::from_xywh(x, y, largeur, hauteur)?);
    forme.finish()
}

fn filet(y: f32) -> Option<Path> {
    let mut forme = PathBuilder::new();
    forme.move_to(MARGE, y);
    forme.line_to(MARGE + LARGEUR, y);
    forme.finish()
}
