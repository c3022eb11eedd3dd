//! E-mail addresses, telephone numbers and names as the platform normalises them.

/// Lower case, without surrounding spaces, with the two typing mistakes that the platform mends
/// (`.@` and `..`). Nothing when it is no address at all.
pub fn normalise_email(text: &str) -> Option<String> {
    let mut email = text.trim().to_lowercase();
    while email.contains("..") {
        email = email.replace("..", ".");
    }
    email = email.replace(".@", "@");
    let (local, domain) = email.split_once('@')?;
    let well_formed = !local.is_empty()
        && domain.contains('.')
        && !domain.contains('@')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !email.chars().any(|c| c.is_whitespace() || c.is_control());
    well_formed.then_some(email)
}

/// The number in E.164, nothing when it is none. French numbers are recognised with their overseas
/// prefixes; others must begin by `+` or `00`.
pub fn e164(text: &str) -> Option<String> {
    let mut digits = String::new();
    let mut international = false;
    for (position, character) in text.trim().chars().enumerate() {
        match character {
            '0'..='9' => digits.push(character),
            '+' if position == 0 => international = true,
            ' ' | '\u{a0}' | '\u{202f}' | '.' | '-' | '(' | ')' | '/' => {}
            _ => return None,
        }
    }
    if !international && let Some(rest) = digits.strip_prefix("00") {
        digits = rest.to_owned();
        international = true;
    }
    if international {
        return (8..=15).contains(&digits.len()).then(|| format!("+{digits}"));
    }
    let national = digits.strip_prefix('0').filter(|rest| rest.len() == 9)?;
    Some(format!("+{}{national}", country_code(national)))
}

fn country_code(national: &str) -> &'static str {
    match &national[..3] {
        "262" | "263" | "269" | "639" | "692" | "693" => "262",
        "590" | "690" | "691" => "590",
        "594" | "694" => "594",
        "596" | "696" | "697" => "596",
        _ => "33",
    }
}

/// The first three letters of a last name, without case nor accents: what opens a short link.
pub fn initials(last_name: &str) -> String {
    last_name
        .chars()
        .flat_map(char::to_lowercase)
        .map(without_accent)
        .filter(|c| c.is_alphanumeric())
        .take(3)
        .collect()
}

fn without_accent(character: char) -> char {
    match character {
        'à' | 'â' | 'ä' | 'á' | 'ã' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' | 'í' => 'i',
        'ñ' => 'n',
        'ô' | 'ö' | 'ó' | 'õ' => 'o',
        'ù' | 'û' | 'ü' | 'ú' => 'u',
        'ÿ' => 'y',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_folded_and_their_usual_mistakes_mended() {
        assert_eq!(
            normalise_email(" Camille..Martin.@Exemple.FR "),
            Some("camille.martin@exemple.fr".to_owned())
        );
        for wrong in ["", "camille", "@exemple.fr", "a@b", "a b@exemple.fr", "a@b@c.fr"] {
            assert_eq!(normalise_email(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn french_numbers_get_the_code_of_their_territory() {
        assert_eq!(e164("06 12 34 56 78").as_deref(), Some("+33612345678"));
        assert_eq!(e164("0692.12.34.56").as_deref(), Some("+262692123456"));
        assert_eq!(e164("0032 2 123 45 67").as_deref(), Some("+3221234567"));
        for wrong in ["12", "0612", "06 12 34 56 7a", ""] {
            assert_eq!(e164(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn initials_ignore_case_and_accents() {
        assert_eq!(initials("É-tienne"), initials("ETI"));
    }
}
