//! Texts as the document's fonts can write them. One character is one glyph, from left to right: enough for the
//! languages of Europe, and what is read back from the document is what was written. What the fonts can't write is
//! drawn as a square that keeps the original, for whoever listens to the document.

use super::Style;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::MetadataProvider;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// Liberation Sans 2.1.5, under the SIL Open Font License (LICENSE.txt beside them).
const MAIGRE: &[u8] = include_bytes!("../../fonts/LiberationSans-Regular.ttf");
const GRASSE: &[u8] = include_bytes!("../../fonts/LiberationSans-Bold.ttf");

/// Drawn instead of what the fonts can't write.
const INCONNU: char = '□';

/// The fonts of a document.
pub(super) struct Polices {
    maigre: Police,
    grasse: Police,
}

impl Polices {
    pub(super) fn lire() -> Option<Self> {
        Some(Self { maigre: Police::lire(MAIGRE)?, grasse: Police::lire(GRASSE)? })
    }

    pub(super) fn de(&self, style: Style) -> &Police {
        if style.gras { &self.grasse } else { &self.maigre }
    }
}

/// A font and its measures.
pub(super) struct Police {
    fonte: Font,
    lettres: Charmap<'static>,
    mesures: GlyphMetrics<'static>,
}

/// What a reader sees as one character, or several that are drawn at once.
pub(super) struct Signe {
    /// What is drawn.
    pub(super) dessin: String,
    /// What it stands for, when that can't be drawn.
    pub(super) original: Option<String>,
    /// Its width, relative to the size of the letters.
    pub(super) chasse: f32,
}

impl Signe {
    fn est_espace(&self) -> bool {
        self.dessin == " "
    }
}

impl Police {
    fn lire(octets: &'static [u8]) -> Option<Self> {
        let lue = skrifa::FontRef::new(octets).ok()?;
        Some(Self {
            fonte: Font::new(octets.into(), 0)?,
            lettres: lue.charmap(),
            mesures: lue.glyph_metrics(Size::unscaled(), LocationRef::default()),
        })
    }

    pub(super) fn fonte(&self) -> Font {
        self.fonte.clone()
    }

    fn glyphe(&self, lettre: char) -> Option<skrifa::GlyphId> {
        let glyphe = self.lettres.map(lettre).filter(|glyphe| glyphe.to_u32() != 0);
        glyphe.filter(|_| !de_droite_a_gauche(lettre))
    }

    fn chasse(&self, glyphe: skrifa::GlyphId) -> f32 {
        self.mesures.advance_width(glyphe).unwrap_or(0.0) / self.fonte.units_per_em()
    }

    /// The signs of a text.
    pub(super) fn signes(&self, texte: &str) -> Vec<Signe> {
        propre(texte).graphemes(true).filter_map(|signe| self.signe(signe)).collect()
    }

    fn signe(&self, signe: &str) -> Option<Signe> {
        let visibles: String = signe.chars().filter(|c| !invisible(*c)).collect();
        let premier = visibles.chars().next()?;
        let entier = visibles.chars().all(|c| self.glyphe(c).is_some());
        let dessin = match premier {
            _ if entier => visibles,
            // A hyphen where no line may end.
            '\u{2011}' => '\u{2010}'.to_string(),
            // A letter without the marks that the font does not have.
            lettre if self.glyphe(lettre).is_some() => lettre.to_string(),
            _ => INCONNU.to_string(),
        };
        let chasse = dessin.chars().filter_map(|c| self.glyphe(c)).map(|g| self.chasse(g)).sum();
        let original = (!entier).then(|| signe.to_owned());
        Some(Signe { dessin, original, chasse })
    }

    /// The glyphs of what is drawn.
    pub(super) fn glyphes(&self, dessin: &str) -> Vec<KrillaGlyph> {
        let glyphe = |(debut, lettre): (usize, char)| {
            let glyphe = self.glyphe(lettre)?;
            let (numero, chasse) = (GlyphId::new(glyphe.to_u32()), self.chasse(glyphe));
            let fin = debut + lettre.len_utf8();
            Some(KrillaGlyph::new(numero, chasse, 0.0, 0.0, 0.0, debut..fin, None))
        };
        dessin.char_indices().filter_map(glyphe).collect()
    }
}

/// Cuts a text into lines that are not wider than `largeur`, relative to the size of the letters. The space where a
/// line is cut stays at its end: words must not run together when the document is read aloud.
pub(super) fn couper(signes: Vec<Signe>, largeur: f32) -> Vec<Vec<Signe>> {
    let mut lignes = vec![];
    let (mut ligne, mut x): (Vec<Signe>, f32) = (vec![], 0.0);
    for mot in mots(signes) {
        let mot_entier: f32 = mot.iter().filter(|s| !s.est_espace()).map(|s| s.chasse).sum();
        if x + mot_entier > largeur && !ligne.is_empty() {
            lignes.push(std::mem::take(&mut ligne));
            x = 0.0;
        }
        for signe in mot {
            // A word longer than a line is cut anywhere.
            if !signe.est_espace() && x + signe.chasse > largeur && !ligne.is_empty() {
                lignes.push(std::mem::take(&mut ligne));
                x = 0.0;
            }
            x += signe.chasse;
            ligne.push(signe);
        }
    }
    lignes.push(ligne);
    lignes
}

/// The words of a text, each with the space that follows it.
fn mots(signes: Vec<Signe>) -> Vec<Vec<Signe>> {
    let mut mots = vec![vec![]];
    for signe in signes {
        let fin = signe.est_espace();
        if let Some(mot) = mots.last_mut() {
            mot.push(signe);
        }
        if fin {
            mots.push(vec![]);
        }
    }
    mots
}

/// The pieces of a line: what follows is drawn at once, unless it stands for something else.
pub(super) fn morceaux(signes: &[Signe]) -> Vec<Signe> {
    let meme_sorte = |a: &Signe, b: &Signe| a.original.is_some() == b.original.is_some();
    let morceau = |signes: &[Signe]| Signe {
        dessin: signes.iter().map(|signe| signe.dessin.as_str()).collect(),
        original: signes.iter().map(|signe| signe.original.as_deref()).collect(),
        chasse: signes.iter().map(|signe| signe.chasse).sum(),
    };
    signes.chunk_by(meme_sorte).map(morceau).collect()
}

/// A text without what no document may hold, its accents put on their letters: the names of files of some systems
/// have them apart.
pub(super) fn propre(texte: &str) -> String {
    let blanc = |c| if matches!(c, '\n' | '\t' | '\u{2028}' | '\u{2029}') { ' ' } else { c };
    // What may not be written goes first: it keeps apart letters that are put together and in order afterwards.
    texte.chars().map(blanc).filter(|c| !interdit(*c)).nfc().collect()
}

/// Controls, marks of order of bytes, and what will never be a character.
fn interdit(c: char) -> bool {
    c.is_control()
        || c == '\u{feff}'
        || u32::from(c) & 0xfffe == 0xfffe
        || ('\u{fdd0}'..='\u{fdef}').contains(&c)
}

/// What has no shape of its own: joiners, variants of a sign, hyphens that only show at the end of a line.
pub(super) fn invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Letters of Hebrew, Arabic and their neighbours: in order they would be read backwards.
fn de_droite_a_gauche(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}')
}
