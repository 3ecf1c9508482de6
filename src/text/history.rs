//! Lines of a plain text that are not the agent's: the history that a mail program puts below
//! or around an answer, signatures, and blocks of code. Everything here goes line by line; what
//! is skipped within a line is found in [`super::prose`].
//!
//! How mail programs introduce a quotation was read off their own texts, in the languages of
//! the tables below. An introduction must carry a date, a time or an address, so that "my
//! colleague wrote:" stays a sentence.

use super::prose::Skip;

/// What each line is skipped as, if it is. An answer between two quotations stays the agent's.
pub(super) fn kinds(lines: &[&str]) -> Vec<Option<Skip>> {
    let mut kinds = vec![None; lines.len()];
    let (mut at, mut signature) = (0, false);
    while at < lines.len() {
        if is_quote(lines[at]) {
            kinds[at] = Some(Skip::Quote);
            at += 1;
            continue;
        }
        if let Some(len) = introduction(&lines[at..]) {
            // With marks behind it, the quotation says itself how far it goes; else it is the rest.
            let marked =
                lines[at + len..].iter().find(|line| !line.trim().is_empty()).is_some_and(|line| is_quote(line));
            let end = if marked { at + len } else { lines.len() };
            kinds[at..end].fill(Some(Skip::Quote));
            (at, signature) = (end, false);
            continue;
        }
        if let Some(len) = fence(&lines[at..]) {
            kinds[at..at + len].fill(Some(Skip::Code));
            at += len;
            continue;
        }
        signature = signature || (is_delimiter(&lines[at..]) && lines[..at].iter().any(|line| !line.trim().is_empty()));
        if signature || is_device_line(lines[at]) {
            kinds[at] = Some(Skip::Signature);
        }
        at += 1;
    }
    kinds
}

fn is_quote(line: &str) -> bool {
    line.trim_start_matches([' ', '\t', '\u{feff}']).starts_with('>')
}

/// How many lines introduce a quotation, if one begins here.
fn introduction(lines: &[&str]) -> Option<usize> {
    let line = lines[0].trim();
    if line.len() < 4 || line.len() > LONGEST {
        return None;
    }
    if is_divider(line) || header_block(lines) {
        return Some(1);
    }
    if line.starts_with("____") && line.trim_matches('_').is_empty() {
        let next = lines.iter().skip(1).position(|line| !line.trim().is_empty())? + 1;
        return (next <= 2 && header_block(&lines[next..])).then_some(next);
    }
    if attributes(line) {
        return Some(1);
    }
    // Long names wrap: the date on one line, the address and the verb on the next.
    let next = lines.get(1).map(|line| line.trim()).filter(|next| next.ends_with(':') && !line.ends_with(':'))?;
    (line.contains(|c: char| c.is_ascii_digit()) && attributes(&format!("{line} {next}"))).then_some(2)
}

/// Bytes of a line that may introduce something.
const LONGEST: usize = 400;

/// How the line before a quotation begins, and the verb it ends with. Where mail programs begin
/// with the name or the date itself, there is no beginning to know.
const ATTRIBUTIONS: [(&str, &str); 26] = [
    ("on ", "wrote"),
    ("am ", "schrieb"),
    ("le ", "a écrit"),
    ("el ", "escribió"),
    ("em ", "escreveu"),
    ("a ", "escreveu"),
    ("no dia ", "escreveu"),
    ("il ", "ha scritto"),
    ("in data ", "ha scritto"),
    ("op ", "schreef"),
    ("op ", "het volgende geschreven"),
    ("", "napisał"),
    ("", "napisała"),
    ("", "napisał(a)"),
    ("", "pisze"),
    ("", "написал"),
    ("", "написала"),
    ("", "написал(а)"),
    ("", "пишет"),
    ("", "писал"),
    ("", "написав"),
    ("", "написав(ла)"),
    ("", "пише"),
    ("", "skrev"),
    ("", "kirjoitti"),
    ("", "napsal"),
];

/// "On 12 May 2026 at 10:00, Anna <a@x.example> wrote:"
fn attributes(line: &str) -> bool {
    let Some(line) = line.strip_suffix(':') else { return false };
    let line = line.trim_end().to_lowercase();
    let dated = line.contains('@') || has_time(&line) || has_year(&line);
    let near_end = line.get(line.floor_char_boundary(line.len().saturating_sub(100))..).unwrap_or_default();
    // Some languages put no verb: "пн, 5 мая 2026 г. в 10:00, Анна <a@x.example>:"
    if line.ends_with('>') && line.contains('@') && has_time(&line) && has_year(&line) {
        return true;
    }
    dated && ATTRIBUTIONS.iter().any(|(start, verb)| line.starts_with(start) && has_word(near_end, verb))
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default().chars().next_back();
        let after = text.get(at + word.len()..).unwrap_or_default().chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

fn has_time(line: &str) -> bool {
    let bytes = line.as_bytes();
    bytes
        .windows(4)
        .any(|w| w[0].is_ascii_digit() && matches!(w[1], b':' | b'.') && w[2].is_ascii_digit() && w[3].is_ascii_digit())
}

fn has_year(line: &str) -> bool {
    let bytes = line.as_bytes();
    bytes.windows(4).any(|w| (w.starts_with(b"19") || w.starts_with(b"20")) && w.iter().all(u8::is_ascii_digit))
}

/// Words in the line between dashes that mail programs put above the original.
const DIVIDERS: [&str; 16] = [
    "original message",
    "forwarded message",
    "original appointment",
    "ursprüngliche nachricht",
    "weitergeleitete nachricht",
    "message d'origine",
    "message transféré",
    "mensaje original",
    "mensaje reenviado",
    "mensagem original",
    "messaggio originale",
    "oorspronkelijk bericht",
    "wiadomość oryginalna",
    "исходное сообщение",
    "пересылаемое сообщение",
    "оригінальне повідомлення",
];

fn is_divider(line: &str) -> bool {
    let inner = line.trim_matches(['-', ' ', '_']);
    let dashed = line.starts_with("--") && line.ends_with("--");
    let inner = inner.to_lowercase().replace('’', "'");
    (dashed && DIVIDERS.contains(&inner.as_str())) || line.eq_ignore_ascii_case("begin forwarded message:")
}

/// What the lines of a header block begin with; the first row names the sender.
const HEADERS: [&[&str]; 4] = [
    &["from", "von", "de", "da", "van", "od", "от", "від", "от кого", "від кого", "expéditeur", "remitente"],
    &[
        "sent",
        "date",
        "gesendet",
        "datum",
        "envoyé",
        "enviado",
        "enviada",
        "fecha",
        "data",
        "inviato",
        "verzonden",
        "wysłano",
        "отправлено",
        "надіслано",
        "дата",
    ],
    &["to", "an", "à", "para", "a", "aan", "do", "кому", "cc", "kopie", "copia", "копия"],
    &["subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp", "temat", "тема"],
];

/// "From: … Sent: … To: … Subject: …", in some order after the first, as Outlook writes it.
fn header_block(lines: &[&str]) -> bool {
    let named = |line: &str| {
        let (name, _) = line.trim().trim_matches('*').split_once(':')?;
        let name = name.trim_matches(['*', ' ']).to_lowercase();
        HEADERS.iter().position(|names| names.contains(&name.as_str()))
    };
    let first = lines.first().and_then(|line| named(line));
    if first != Some(0) {
        return false;
    }
    let mut kinds: Vec<usize> =
        lines.iter().skip(1).take(6).filter_map(|line| named(line)).filter(|kind| *kind > 0).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.len() >= 2
}

/// How many lines a block of code between two fences takes; one that is never closed is none.
fn fence(lines: &[&str]) -> Option<usize> {
    let opens = |line: &&str| line.trim_start().starts_with("```");
    if !opens(&lines[0]) || lines[0].trim().matches("```").count() > 1 {
        return None;
    }
    lines.iter().skip(1).position(opens).map(|end| end + 2)
}

/// Lines that a signature may have when its delimiter lost the blank that makes it one.
const LONGEST_SIGNATURE: usize = 10;

/// `-- ` on a line of its own; without the blank it is one when little follows.
fn is_delimiter(lines: &[&str]) -> bool {
    match lines[0].trim_end_matches(['\r', '\n']) {
        "-- " | "--\u{a0}" => true,
        "--" => {
            lines.iter().skip(1).filter(|line| !line.trim().is_empty()).take(LONGEST_SIGNATURE + 1).count()
                <= LONGEST_SIGNATURE
        }
        _ => false,
    }
}

/// What telephones write under a mail.
const DEVICES: [&str; 13] = [
    "sent from my ",
    "sent from outlook for ",
    "get outlook for ",
    "von meinem iphone gesendet",
    "gesendet von meinem ",
    "envoyé de mon ",
    "enviado desde mi ",
    "enviado do meu ",
    "inviato da iphone",
    "verstuurd vanaf mijn ",
    "wysłane z ",
    "отправлено с ",
    "надіслано з ",
];

fn is_device_line(line: &str) -> bool {
    let line = line.trim();
    line.len() < 120 && DEVICES.iter().any(|start| line.to_lowercase().starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> String {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        kinds(&lines).iter().map(|kind| kind.map_or('.', |kind| kind.as_str().chars().next().unwrap_or('?'))).collect()
    }

    #[test]
    fn quoted_history_is_not_the_agents() {
        let rows = [
            ("Hi\n\nOn Mon, 5 May 2026 at 10:00, Anna <a@x.example> wrote:\n\nyou must\n", "..qqq"),
            (
                "Hi\nOn Mon, 5 May 2026 at 10:00, Anna\n<a@x.example> wrote:\n> you must\nmine\n> more\nmine\n",
                ".qqq.q.",
            ),
            ("Hi\nAm 05.05.2026 um 10:00 schrieb Anna Muster:\nyou must\n", ".qq"),
            ("Hi\nLe lun. 5 mai 2026 à 10:00, Anna a écrit :\nyou must\n", ".qq"),
            ("Hi\nEl lun, 5 may 2026 a las 10:00, Ana escribió:\nyou must\n", ".qq"),
            ("Hi\nEm seg., 5 de mai. de 2026, Ana escreveu:\nx\n", ".qq"),
            ("Hi\nIl giorno lun 5 mag 2026 alle ore 10:00 Anna ha scritto:\nx\n", ".qq"),
            ("Hi\nOp ma 5 mei 2026 om 10:00 schreef Anna <a@x.example>:\nx\n", ".qq"),
            ("Hi\npon., 5 maj 2026 o 10:00 Anna <a@x.example> napisał(a):\nx\n", ".qq"),
            ("Hi\nпн, 5 мая 2026 г. в 10:00, Анна <a@x.example>:\nx\n", ".qq"),
            ("Hi\n5 мая 2026 г., 10:00, Анна <a@x.example> написала:\nx\n", ".qq"),
            ("Hi\nпн, 5 трав. 2026 р. о 10:00 Анна пише:\nx\n", ".qq"),
            ("Hi\n-----Original Message-----\nFrom: A\nx\n", ".qqq"),
            (
                "Hi\n\n________________________________\nVon: A\nGesendet: gestern\nAn: B\nBetreff: C\n\nx\n",
                "..qqqqqqq",
            ),
            ("Hi\nОт: А\nДата: вчера\nКому: Б\nТема: В\nx\n", ".qqqqq"),
            ("From: our side, all is well.\nYou must go.\n", ".."),
            ("As my colleague wrote:\nyou must\n", ".."),
            ("On Monday she wrote:\nyou must\n", ".."),
        ];
        for (text, expected) in rows {
            assert_eq!(marked(text), expected, "{text}");
        }
    }

    #[test]
    fn signatures_and_code_are_left_out() {
        let rows = [
            ("Hi\n-- \nAnna\nyou must\n", ".sss"),
            ("Hi\n--\nAnna\n\nOn 5 May 2026, B wrote:\n> q\nmine\n", ".sss qq.".trim()),
            ("Hi\nSent from my iPhone\nyou must\n", ".s."),
            ("Hi\n```\nyou must\n```\nyou\n", ".ccc."),
            ("Hi\n```\nyou must\n", "..."),
            ("-- \nyou must\n", ".."),
        ];
        for (text, expected) in rows {
            assert_eq!(marked(text), expected.replace(' ', ""), "{text}");
        }
    }
}
