//! The block of headers that mail programs put above an original: "From: … Sent: … To: … Subject: …".

use super::attribution::attribution;
use super::line::Ahead;
use super::mail_words::{HEADERS, Header};

/// Lines of a header block that are looked at.
const HEADER_LINES: usize = 8;

/// Bytes of the name of a header.
const LONGEST_NAME: usize = 40;

/// The headers in the first lines, and how many lines they take. A blank line may lie between two,
/// for some programs make each a paragraph; so may the rest of a long list of addresses.
fn headers(lines: Ahead<'_>) -> (Vec<Header>, usize) {
    let (mut found, mut len, mut strangers, mut blanks) = (Vec::new(), 0, 0, 0);
    for (index, line) in lines.lines().enumerate().take(2 * HEADER_LINES) {
        blanks = if line.is_blank() { blanks + 1 } else { 0 };
        match header(line.inner) {
            Some(kind) => {
                found.push(kind);
                (len, strangers) = (index + 1, 0);
            }
            None if index == 0 || strangers == 2 || blanks == 2 => break,
            None => strangers += usize::from(blanks == 0),
        }
    }
    (found, len)
}

fn header(line: &str) -> Option<Header> {
    let line = line.trim_matches('*');
    let near = line.get(..line.floor_char_boundary(LONGEST_NAME + 1)).unwrap_or_default();
    let colon = near.find(':').into_iter().chain(if near.is_ascii() { None } else { near.find('：') }).min()?;
    let (name, _) = near.split_at_checked(colon)?;
    let name = name.trim_matches(|c: char| c == '*' || c.is_whitespace()).to_lowercase();
    HEADERS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(kind, _)| *kind)
}

/// "From: … Sent: … To: … Subject: …", as mail programs write it. A journey has a "From:", a
/// "To:" and a "Date:" too, but neither a subject nor an address.
pub(super) fn header_block(lines: Ahead<'_>) -> Option<usize> {
    let first = header(lines.first().inner)?;
    let (found, len) = headers(lines);
    let has = |kind: Header| found.contains(&kind);
    let others = [Header::Date, Header::To, Header::Subject].into_iter().filter(|kind| has(*kind)).count();
    let address = lines.lines().take(len).any(|line| line.inner.contains('@'));
    let from_first =
        first == Header::From && (has(Header::Subject) || address) && (has(Header::Date) || address) && others >= 2;
    let from_later = has(Header::From) && has(Header::Subject) && (address || others == 3);
    (from_first || from_later).then_some(len)
}

/// Under a rule, a subject and one more are enough; an attribution may close the block.
pub(super) fn subject_block(lines: Ahead<'_>) -> Option<usize> {
    let (found, len) = headers(lines);
    (found.contains(&Header::Subject) && found.iter().any(|kind| *kind != Header::Subject)).then_some(())?;
    let more = lines.behind(len).and_then(|rest| attribution(rest, &|_| true)).unwrap_or_default();
    Some(len + more)
}

#[cfg(test)]
mod tests {
    use crate::text::introduction::introduction;
    use crate::text::line::Ahead;

    fn introduces(text: &str) -> bool {
        Ahead::new(text).and_then(introduction).is_some()
    }

    #[test]
    fn header_blocks() {
        let rows = [
            "From: Anna <a@x.example>\nSent: Monday, May 5, 2026 10:00 AM\nTo: Support\nSubject: Refund\n",
            "*From:* Anna [mailto:a@x.example]\n*Sent:* Monday\n*To:* Support\n*Subject:* Refund\n",
            "**From:** Anna\n**Date:** Monday\n**To:** Support\n**Subject:** Refund\n",
            "Von: A\nGesendet: gestern\nAn: B\nBetreff: C\n",
            "Gesendet: Montag\nVon: \"Anna\" <a@x.example>\nAn: b@x.example\nBetreff: C\n",
            " De : Anna <a@x.example>\n À : B <b@x.example>\n Envoyé le : lundi 5 mai 2026 10h30\n Objet : C\n",
            "De: Ana\nEnviado el: lunes\nPara: B\nAsunto: C\n",
            "De: Ana\nEnviada em: segunda\nPara: B\nAssunto: C\n",
            "Da: Anna\nInviato: lunedì\nA: B\nOggetto: C\n",
            "Van: Anna\nVerzonden: maandag\nAan: B\nOnderwerp: C\n",
            "Od: Anna\nWysłano: poniedziałek\nDo: B\nTemat: C\n",
            "От: А\nДата: вчера\nКому: Б\nТема: В\n",
            "Від: А\nНадіслано: вчора\nКому: Б\nТема: В\n",
            "Från: Anna\nSkickat: den 5 maj 2026\nTill: B\nÄmne: C\n",
            "Fra: Anna\nSendt: 5. mai 2026\nTil: B\nEmne: C\n",
            "Lähettäjä: Anna\nLähetetty: maanantai\nVastaanottaja: B\nAihe: C\n",
            "Od: Anna\nOdesláno: pondělí\nKomu: B\nPředmět: C\n",
            "差出人: Anna\n送信日時: 2026年5月5日\n宛先: B\n件名: C\n",
            "发件人: Anna\n发送时间: 2026年5月5日\n收件人: B\n主题: C\n",
            "From: Anna\n\nSent: Monday\n\nTo: B\n\nSubject: C\n",
            "________________________________\nVon: A\nGesendet: gestern\nAn: B\nBetreff: C\n",
            "----------------\nКому: b@x.example;\nТема: C;\n05.05.2026, 10:00, \"Анна\" <a@x.example>:\n",
        ];
        for row in rows {
            assert!(introduces(row), "{row}");
        }
        let rows = [
            "From: 5 May to: 9 May\n",
            "From: Berlin\nTo: Paris\nDate: 5 May 2026\n",
            "From: our side, all is well.\nYou must go.\n",
            "________________________________\nFrom: Berlin\nTo: Paris\n",
        ];
        for row in rows {
            assert!(!introduces(row), "{row}");
        }
    }
}
