//! Who the agent is, at the end of a mail: the line that begins a signature, and what telephones
//! write under a mail. Only the lines themselves; how far a signature goes is decided in
//! [`super::history`].

use super::line::Ahead;

/// Lines that a signature may have when its delimiter is not beyond doubt.
const LONGEST: usize = 10;

/// Characters of a line in a signature that an em dash begins.
const SHORT: usize = 60;

/// Underscores that some mail programs and mailing lists put above a footer.
const UNDERSCORES: usize = 32;

/// Whether a signature begins with the first of the lines. `-- ` always does; where the blank
/// was lost on the way, or for lists' underscores, little may follow.
pub(super) fn is_delimiter(lines: Ahead<'_>) -> bool {
    let line = lines.first().text.trim_end_matches(['\r', '\n']).trim_start();
    let below = || lines.lines().skip(1).filter(|line| !line.is_blank());
    let few = |most: usize| below().take(most + 1).count() <= most;
    match line.trim_end() {
        "--" => line.len() > 2 || few(LONGEST),
        // What telephones make of two hyphens, and writers of a pause.
        "—" | "–" => few(LONGEST / 2) && below().all(|line| line.inner.chars().count() <= SHORT),
        line => line.len() >= UNDERSCORES && line.bytes().all(|byte| byte == b'_') && few(LONGEST),
    }
}

/// How a telephone says that it was a telephone. What follows is its name.
const SENT: [&str; 26] = [
    "sent from",
    "sent via",
    "sent with",
    "get outlook for",
    "gesendet von",
    "gesendet mit",
    "diese nachricht wurde von meinem",
    "envoyé de",
    "envoyé depuis",
    "envoyé à partir",
    "enviado desde",
    "enviado do",
    "enviado de",
    "inviato da",
    "verstuurd vanaf",
    "verzonden vanaf",
    "verzonden met",
    "wysłane z",
    "wysłano z",
    "отправлено с",
    "отправлено из",
    "надіслано з",
    "відправлено з",
    "skickat från",
    "sendt fra",
    "odesláno z",
];

/// Words of which a device line has one, or a part of one.
const DEVICES: [&str; 28] = [
    "iphone",
    "ipad",
    "android",
    "samsung",
    "galaxy",
    "huawei",
    "xiaomi",
    "pixel",
    "blackberry",
    "nokia",
    "outlook",
    "yahoo",
    "gmail",
    "proton",
    "mail for",
    "windows",
    "mail.ru",
    "яндекс",
    "mobil",
    "móvil",
    "smartphone",
    "handy",
    "telefon",
    "teléfono",
    "téléphone",
    "telemóvel",
    "телефон",
    "мобильн",
];

/// Where the name of the device comes first: what stands before it and behind.
const AROUND: [(&str, &str); 4] = [("von mein", "gesendet"), ("lähetetty", ""), ("", "から送信"), ("", "에서 보냄")];

/// What each of the above begins or ends with: a look at three letters spares nearly all lines the rest.
fn begins_or_ends_so(line: &str) -> bool {
    begins_like_a_device_line(line) || line.ends_with(['信', '냄'])
}

/// The first three letters of those that begin with ASCII, in lower case, but for the one with an accent behind its
/// first letter.
const HEADS: [u32; 11] = {
    const fn head(letters: [u8; 3]) -> u32 {
        u32::from_le_bytes([letters[0], letters[1], letters[2], 0])
    }
    [
        head(*b"sen"),
        head(*b"ski"),
        head(*b"get"),
        head(*b"ges"),
        head(*b"die"),
        head(*b"env"),
        head(*b"inv"),
        head(*b"ver"),
        head(*b"von"),
        head(*b"wys"),
        head(*b"ode"),
    ]
};

/// Whether a line begins as a device line may that does not end in the device.
#[inline]
pub(super) fn begins_like_a_device_line(line: &str) -> bool {
    match line.as_bytes() {
        &[first @ 0..0x80, second, third, ..] => {
            let head = u32::from_le_bytes([first | 0x20, second | 0x20, third | 0x20, 0]);
            // All are compared, which takes no branch.
            let known = HEADS.iter().fold(0, |any, known| any | u8::from(*known == head));
            known != 0 || (first | 0x20 == b'l' && second == 0xc3)
        }
        _ => line.starts_with(['о', 'О', 'н', 'Н', 'в', 'В', '发']) && begins_in_other_letters(line),
    }
}

fn begins_in_other_letters(line: &str) -> bool {
    let mut lower = line.chars().take(3).flat_map(char::to_lowercase);
    let head = [lower.next(), lower.next(), lower.next()].map(|c| c.unwrap_or(' '));
    matches!(head, ['о', 'т', 'п'] | ['н', 'а', 'д'] | ['в', 'і', 'д'] | ['发', '自', '我'])
}

/// "Sent from my iPhone". What goes on as a sentence is one.
pub(super) fn is_device_line(line: &str) -> bool {
    let line = line.trim_matches(['*', '_', '.', '<', '>', '(', ')']);
    if !begins_or_ends_so(line) || line.len() > 120 || line.contains([',', '!', '?', ':', ';']) || line.contains(". ") {
        return false;
    }
    if line.split_whitespace().count() > 10 {
        return false;
    }
    let line = line.to_lowercase();
    let begins = |start: &str| line.strip_prefix(start).is_some_and(|rest| rest.starts_with(' '));
    let around = |(start, end): &(&str, &str)| line.starts_with(start) && line.ends_with(end);
    let device = || DEVICES.iter().any(|device| line.contains(device));
    let mine = line.strip_prefix("sent from my ").is_some_and(|rest| rest.split_whitespace().count() <= 4);
    mine || line.starts_with("发自我的")
        || ((SENT.iter().any(|start| begins(start)) || AROUND.iter().any(around)) && device())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_look_knows_the_tables() {
        let around = AROUND.iter().map(|(start, end)| format!("{start} x {end}"));
        for line in SENT.iter().map(|&start| start.to_owned()).chain(around) {
            assert!(begins_or_ends_so(&line) && begins_or_ends_so(&line.to_uppercase()), "{line}");
        }
    }

    #[test]
    fn what_telephones_write() {
        let rows = [
            "Sent from my iPhone",
            "Sent from my Verizon Wireless BlackBerry",
            "Sent from Outlook for Android",
            "Sent from Mail for Windows 10",
            "Get Outlook for iOS",
            "Von meinem iPhone gesendet",
            "Gesendet von meinem Samsung Galaxy Smartphone.",
            "Envoyé de mon iPhone",
            "Enviado desde mi iPhone",
            "Enviado do meu iPhone",
            "Inviato da iPhone",
            "Verstuurd vanaf mijn iPhone",
            "Wysłane z iPhone'a",
            "Отправлено с iPhone",
            "Отправлено из мобильной Почты Mail.ru",
            "Надіслано з iPhone",
            "Skickat från min iPhone",
            "Sendt fra min iPhone",
            "Odesláno z iPhone",
            "iPhoneから送信",
            "发自我的iPhone",
        ];
        for row in rows {
            assert!(is_device_line(row), "{row}");
        }
    }

    #[test]
    fn what_agents_write() {
        let rows = [
            "Sent from my desk, is much easier then my mobile phone.",
            "Sent from our warehouse on Friday",
            "Отправлено с нашего склада 5 мая",
            "Get the app for your mobile phone. You must log in.",
            "Enviado de Madrid el lunes",
            "Get the Android app",
            "Der Code wurde an Ihr Handy gesendet",
            "Gesendet an Ihr Handy",
        ];
        for row in rows {
            assert!(!is_device_line(row), "{row}");
        }
    }

    #[test]
    fn delimiters() {
        let begins = |text: &str| Ahead::new(text).is_some_and(is_delimiter);
        let long = "you must\n".repeat(11);
        assert!(begins("-- \nAnna\n") && begins("--\u{a0}\r\nAnna") && begins("--\nAnna\nX Ltd.\n"));
        assert!(begins(&format!("-- \n{long}")) && !begins(&format!("--\n{long}")));
        assert!(
            begins("—\nAnna\nX Ltd.\n")
                && !begins("—\nAnna\nX Ltd. has been here since the year in which all of us were born.\n")
        );
        assert!(begins(&format!("{}\na list\n", "_".repeat(32))) && !begins("____\nAnna\n"));
        assert!(!begins("-- first\n-- second\n") && !begins("---\nAnna\n"));
    }
}
