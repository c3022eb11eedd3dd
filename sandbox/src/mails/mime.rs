//! A mail as it leaves: its text, and its file twice, in base64 since the ends of lines of the other encoding did not
//! suit everybody.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::Method;

/// The source of a mail to `to`, about a rendez-vous for `motif`.
pub(super) fn write(to: &str, motif: &str, file: &str, method: Method, ics: &str) -> String {
    let subject = encoded_word(&match method {
        Method::Cancel => format!("RDV {motif} annulé"),
        _ => format!("RDV {motif}"),
    });
    let (file_name, ics) = (encoded_word(file), base64_lines(ics.as_bytes()));
    let text = base64_lines("Bonjour,\r\n".as_bytes());
    let html = base64_lines("<p>Bonjour,</p>".as_bytes());
    let method = method.code();
    [
        "From: RDV Service Public <support@rdv-service-public.fr>",
        &format!("To: {to}"),
        &format!("Subject: {subject}"),
        "MIME-Version: 1.0",
        "Content-Type: multipart/mixed; boundary=\"mixte\"",
        "",
        "--mixte",
        "Content-Type: multipart/alternative; boundary=\"texte\"",
        "",
        "--texte",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: base64",
        "",
        &text,
        "--texte",
        "Content-Type: text/html; charset=UTF-8",
        "Content-Transfer-Encoding: base64",
        "",
        &html,
        "--texte--",
        "--mixte",
        &format!("Content-Type: text/calendar; method={method}; charset=utf-8"),
        "Content-Transfer-Encoding: base64",
        "",
        &ics,
        "--mixte",
        &format!("Content-Type: application/ics; name=\"{file_name}\""),
        "Content-Transfer-Encoding: base64",
        &format!("Content-Disposition: attachment; filename=\"{file_name}\""),
        "",
        &ics,
        "--mixte--",
        "",
    ]
    .join("\r\n")
}

fn encoded_word(text: &str) -> String {
    if text.is_ascii() {
        text.to_owned()
    } else {
        format!("=?UTF-8?B?{}?=", BASE64_STANDARD.encode(text))
    }
}

/// Lines of 76 characters.
fn base64_lines(bytes: &[u8]) -> String {
    let text = BASE64_STANDARD.encode(bytes);
    let lines: Vec<&str> =
        text.as_bytes().chunks(76).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    lines.join("\r\n")
}
