//! The line above a quotation that says whose it is: "On 5 May 2026, Anna wrote:".
//!
//! Agents write such lines too ("On Monday at 10:00 our technician wrote: …"), so that each must
//! carry what a program never leaves out: a full date or an address, a name and nothing but a name.

use super::line::Ahead;
use super::mail_words::{DATE_TAILS, ENDINGS, PARTICLES, STARTS, VERBS};
use super::scan;
use super::signature::is_device_line;

/// Bytes of such a line, with the lines it is wrapped over.
const LONGEST: usize = 400;

/// Lines over which a long one is wrapped.
const WRAPPED: usize = 3;

/// How many lines an attribution takes: "On 5 May 2026 at 10:00, Anna <a@x.example> wrote:".
pub(super) fn attribution(lines: Ahead<'_>, marked: &dyn Fn(usize) -> bool) -> Option<usize> {
    let first = lines.first().inner;
    if !may_attribute(first) {
        return None;
    }
    let mut joined = String::new();
    for (index, line) in lines.lines().take(WRAPPED).enumerate() {
        let inner = line.inner;
        if line.is_blank() || line.depth > 0 || joined.len() + inner.len() > LONGEST {
            return None;
        }
        // Between hyphens there is no colon: "---- On 5 May 2026 Anna <a@x.example> wrote ----".
        if index == 0 && inner.starts_with("----") && inner.ends_with("----") {
            return attributes(inner.trim_matches(['-', ' ']), marked(1)).then_some(1);
        }
        if index > 0 {
            joined.push(' ');
        }
        joined.push_str(inner);
        if let Some(line) = joined.trim_matches(['*', '_', ' ']).strip_suffix([':', '：']) {
            return (attributes(line.trim_end(), marked(index + 1))).then_some(index + 1);
        }
        if index == 0 && !(starts(inner) && inner.contains(|c: char| c.is_ascii_digit())) {
            return None;
        }
    }
    None
}

/// What nearly no line of prose does: to end as an attribution does, or to begin as one that is wrapped.
fn may_attribute(line: &str) -> bool {
    line.ends_with([':', '：', '*', '_'])
        || line.starts_with("----")
        || (line.len() <= LONGEST && scan::has(line.as_bytes(), |byte| byte.wrapping_sub(b'0') < 10))
}

/// Whether a line, its colon taken away, attributes what follows to somebody.
fn attributes(line: &str, marked: bool) -> bool {
    let clues = Clues::of(line);
    let (address, bracketed) = (clues.address.is_some(), clues.address == Some(Address::Bracketed));
    if !(address || clues.time || clues.date) {
        return false;
    }
    if ENDINGS.iter().any(|ending| line.ends_with(ending)) {
        return clues.time || clues.date;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let Some((before, after)) = around_verb(&words) else {
        // Some languages put no verb: "пн, 5 мая 2026 г. в 10:00, Анна <a@x.example>:"
        return bracketed
            && line.ends_with(['>', ')'])
            && ((clues.time && clues.date) || (marked && (clues.time || clues.date)));
    };
    let dated = |words: &[&str]| words.iter().rposition(|word| !word.contains('@') && counts(word));
    let (name, named_first) = match (dated(before), dated(after)) {
        (Some(last), _) if after.is_empty() => (&before[last + 1..], false),
        (Some(_), _) => (after, false),
        (None, _) => (before, true),
    };
    let when = clues.time || clues.date || (marked && starts(line) && dated(before).is_some());
    let device = || is_device_line(&before.join(" "));
    if bracketed && (when || device()) {
        return after.is_empty() || named_first || is_name(after, true);
    }
    if named_first {
        return marked && (clues.time || clues.date) && is_name(name, address);
    }
    let user = || marked && clues.date && clues.time && name.len() == 1;
    starts(line) && (clues.date || (clues.time && (marked || address))) && (is_name(name, address) || user())
}

/// How an address is written: nobody types the brackets that programs put around one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Address {
    Bare,
    Bracketed,
}

/// What a line tells about who wrote and when.
struct Clues {
    address: Option<Address>,
    time: bool,
    /// A date with its year.
    date: bool,
}

impl Clues {
    fn of(line: &str) -> Self {
        let bracketed = |before: &str| before.contains(['<', '(', '[']);
        let address =
            line.split_once('@').map(|(before, _)| if bracketed(before) { Address::Bracketed } else { Address::Bare });
        Self { address, time: has_time(line), date: has_date(line) }
    }
}

/// The words on both sides of the first verb of an attribution.
fn around_verb<'w, 't>(words: &'w [&'t str]) -> Option<(&'w [&'t str], &'w [&'t str])> {
    let lower: Vec<String> = words.iter().map(|word| word.trim_matches([',', '.', '"']).to_lowercase()).collect();
    let stands = |verb: &&str, at: usize| {
        // Of nearly no word is a verb the continuation.
        if !lower.get(at).is_some_and(|word| verb.starts_with(word.as_str())) {
            return None;
        }
        let len = verb.split(' ').count();
        let same = lower.get(at..at + len).is_some_and(|here| here.iter().zip(verb.split(' ')).all(|(a, b)| a == b));
        same.then_some(len)
    };
    let at = |at: usize| VERBS.iter().filter_map(|verb| stands(verb, at)).max().map(|len| (at, at + len));
    let (start, end) = (0..words.len()).find_map(at)?;
    Some((words.get(..start)?, words.get(end..)?))
}

/// Whether words are a name and nothing else; no words at all may be one when there is an address.
fn is_name(words: &[&str], address: bool) -> bool {
    let bare = |word: &&str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<String> =
        words.iter().filter(|word| !word.contains('@')).map(bare).filter(|w| !w.is_empty()).collect();
    let words: Vec<&String> =
        words.iter().skip_while(|word| DATE_TAILS.contains(&word.to_lowercase().as_str())).collect();
    let capital = |word: &str| word.chars().next().is_some_and(|c| !c.is_lowercase());
    match words.as_slice() {
        [] => address,
        [first, rest @ ..] => {
            rest.len() < 8
                && capital(first)
                && *first != "I"
                && rest.iter().all(|word| capital(word) || PARTICLES.contains(&word.as_str()))
        }
    }
}

/// Whether a line begins as an attribution does: with a word for that, a date or a weekday.
fn starts(line: &str) -> bool {
    let line = line.trim_start_matches(['*', '_', '"']);
    let mut words = line.split_whitespace();
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let digit = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let lower = line.chars().take(12).collect::<String>().to_lowercase();
    let begins = |start: &str| lower.strip_prefix(start).is_some_and(|rest| rest.starts_with(' '));
    digit(first) || (digit(second) && first.chars().count() <= 12) || STARTS.iter().any(|start| begins(start))
}

/// Whether a word is a number of a date; "anna7" is none.
fn counts(word: &str) -> bool {
    word.trim_start_matches(['(', '+', '-', '[']).starts_with(|c: char| c.is_ascii_digit())
}

/// "10:00", "10.00" or "10h30".
fn has_time(line: &str) -> bool {
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = line.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| {
        matches!(byte, b':' | b'.' | b'h')
            && digit(at.checked_sub(1).and_then(|before| bytes.get(before)))
            && digit(bytes.get(at + 1))
            && digit(bytes.get(at + 2))
            && !digit(bytes.get(at + 3))
    })
}

/// A year, or a date of three numbers.
fn has_date(line: &str) -> bool {
    let mut numbers = line.split(|c: char| !c.is_ascii_digit());
    let year = numbers.any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")));
    let numeric = |word: &str| {
        let parts: Vec<&str> = word.trim_matches([',', '(', ')']).split(['.', '/', '-']).collect();
        parts.len() == 3
            && parts.iter().all(|part| matches!(part.len(), 1 | 2 | 4) && part.bytes().all(|b| b.is_ascii_digit()))
    };
    year || line.split_whitespace().any(numeric)
}

#[cfg(test)]
mod tests {
    use crate::text::introduction::introduction;
    use crate::text::line::Ahead;

    fn introduces(text: &str) -> bool {
        Ahead::new(text).and_then(introduction).is_some()
    }

    #[test]
    fn attributions_of_many_programs_and_languages() {
        let rows = [
            "On Mon, 5 May 2026 at 10:00, Anna <a@x.example> wrote:",
            "On Mon, May 5, 2026 at 10:00 AM Anna Muster <a@x.example> wrote:",
            "On May 5, 2026, at 2:00 PM, Anna Muster <a@x.example> wrote:",
            "On 05/05/26 10:00, Anna Muster wrote:",
            "On Tue, 5 May at 10:00 AM , Anna <a@x.example> wrote:",
            "Anna Muster <a@x.example> wrote on Mon, 5 May 2026:",
            "Sent from Samsung Mobile Anna <a@x.example> wrote:",
            "---- On Mon, 05 May 2026 10:00:00 +0200 Anna <a@x.example> wrote ----",
            "Am Mo., 5. Mai 2026 um 10:00 Uhr schrieb Anna Muster <a@x.example>:",
            "Am 05.05.2026 um 10:00 schrieb Anna Muster:",
            "Am 05.05.26 um 10:00 schrieb Anna von der Alm:",
            "Le lun. 5 mai 2026 à 10:00, Anna Muster <a@x.example> a écrit :",
            "Le 05/05/2026 à 10:00, Anna Muster a écrit :",
            "El lun, 5 may 2026 a las 10:00, Ana (<a@x.example>) escribió:",
            "El 5/5/26 a las 10:00, Ana Muster escribió:",
            "Em seg., 5 de mai. de 2026 às 10:00, Ana <a@x.example> escreveu:",
            "A 5 de maio de 2026, Ana Muster escreveu:",
            "Il giorno lun 5 mag 2026 alle ore 10:00 Anna <a@x.example> ha scritto:",
            "Il 05/05/2026 10:00, Anna Muster ha scritto:",
            "Op ma 5 mei 2026 om 10:00 schreef Anna <a@x.example>:",
            "Op 5-5-2026 om 10:00 schreef Anna van der Alm:",
            "pon., 5 maj 2026 o 10:00 Anna <a@x.example> napisał(a):",
            "W dniu 5.05.2026 o 10:00, Anna Nowak pisze:",
            "пн, 5 мая 2026 г. в 10:00, Анна <a@x.example>:",
            "5 мая 2026 г., 10:00, Анна <a@x.example> написала:",
            "05.05.2026 10:00, Анна Иванова пишет:",
            "05.05.2026 10:00 пользователь Анна <a@x.example> написал:",
            "05.05.2026, 10:00, \"Анна\" <a@x.example>:",
            "Понедельник, 5 мая 2026, 10:00 +03:00 от Анна <a@x.example>:",
            "пн, 5 трав. 2026 р. о 10:00 Анна <a@x.example> пише:",
            "Den mån 5 maj 2026 kl 10:00 skrev Anna <a@x.example>:",
            "Den 05.05.2026 kl. 10.00 skrev Anna Holm:",
            "man. 5. mai 2026 kl. 10:00 skrev Anna <a@x.example>:",
            "ma 5. toukok. 2026 klo 10.00 Anna (a@x.example) kirjoitti:",
            "po 5. 5. 2026 v 10:00 odesílatel Anna <a@x.example> napsal:",
            "2026年5月5日(火) 10:00 Anna <a@x.example>:",
            "Anna <a@x.example> 于2026年5月5日周二 10:00写道：",
            "2026년 5월 5일 (화) 오전 10:00, Anna <a@x.example>님이 작성:",
            "*On Mon, 5 May 2026 at 10:00, Anna <a@x.example> wrote:*",
        ];
        for row in rows {
            assert!(introduces(&format!("{row}\n\nyou must\n")), "{row}");
        }
    }

    #[test]
    fn wrapped_attributions() {
        let rows = [
            "On Mon, 5 May 2026 at 10:00, Anna\n<a@x.example> wrote:\n",
            "On Wed, May 18, 2026 at 11:10 PM Anna Muster <a@x.example>\nwrote:\n",
            "On May 5, 2026, at 10:00 AM, Anna Muster\n<a@x.example>\nwrote:\n",
            "пн, 5 мая 2026 г. в 10:00, Анна <\na@x.example>:\n",
            "Am 05.05.2026 um 10:00 schrieb Anna Muster\n<a@x.example>:\n",
        ];
        for row in rows {
            assert!(introduces(row), "{row}");
        }
    }

    #[test]
    fn with_marks_behind_it_less_is_needed() {
        for row in [
            "On Mon at 10:00, Anna Muster wrote:",
            "On 5 May 2026 at 10:00, anna7 wrote:",
            "Anna Muster schrieb am 5. Mai 2026:",
        ] {
            assert!(introduces(&format!("{row}\n\n> x")) && !introduces(&format!("{row}\nx")), "{row}");
        }
    }

    #[test]
    fn what_agents_write_is_no_attribution() {
        let rows = [
            "On Monday at 10:00 our technician wrote:",
            "On Monday at 10:00 our technician wrote: the line is fine.",
            "On 5 May 2026 at 10:00 our technician wrote:",
            "On 5 May 2026, our colleague, Anna, wrote:",
            "On 5 May 2026 I wrote:",
            "Am 5. Mai um 10:00 schreiben wir Ihnen:",
            "Am 5. Mai 2026 um 10:00 schrieb Ihnen unser Techniker:",
            "Am 5. Mai 2026 um 10:00 schrieb der Techniker:",
            "5 мая 2026 г. в 10:00 наш мастер написал:",
            "As my colleague wrote:",
            "In your mail of 5 May 2026 at 10:00 you wrote:",
            "On Monday she wrote:",
            "We are open on 5 May 2026 at 10:00:",
            "Write to Anna <a@x.example>:",
        ];
        for row in rows {
            assert!(!introduces(&format!("{row}\nYou must wait.\n")), "{row}");
        }
        assert!(!introduces("On 5 May 2026 at 10:00 we called.\nAs our technician wrote:\n"));
    }
}
