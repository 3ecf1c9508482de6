//! Names of rules, which are ASCII, made of words in any script.

use crate::text::{Folded, Style};

/// The words of a name such as `ComplexWords`.
pub(super) fn parted(name: &str) -> String {
    let mut words = String::new();
    let mut before = ' ';
    for c in name.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            words.push(' ');
        }
        words.push(c);
        before = c;
    }
    words
}

/// An expression, or a wording, without the signs that are made of letters or digits, such as `\d` and `$1`.
pub(super) fn without_signs(source: &str) -> String {
    let mut words = String::new();
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        let is_sign = match c {
            '\\' => chars.next_if(char::is_ascii_alphabetic).is_some(),
            '$' => chars.next_if(char::is_ascii_digit).is_some(),
            _ => false,
        };
        words.push(if is_sign { ' ' } else { c });
    }
    words
}

/// The longest name that is made of words.
const LONGEST_NAME: usize = 40;

/// Letters, digits and hyphens that stand for a text.
pub(super) fn slug(text: &str) -> String {
    let folded = Folded::phrase(text, Style::COARSE);
    let mut slug = String::new();
    for word in folded.split(|c: char| !c.is_alphanumeric() && c != '\'') {
        let word: String = word.chars().map(latin).collect::<Vec<_>>().concat();
        if word.is_empty() {
            continue;
        }
        if !slug.is_empty() {
            if slug.len() + word.len() >= LONGEST_NAME {
                break;
            }
            slug.push('-');
        }
        slug.extend(word.chars().take(LONGEST_NAME));
    }
    slug
}

/// What a letter is written as in a name; nothing for scripts that are not spelled letter by letter here.
fn latin(c: char) -> &'static str {
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
    if let Some(at) = LETTERS.find(c) {
        return LETTERS.get(at..=at).unwrap_or_default();
    }
    match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'є' => "ye",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' => "i",
        'ї' => "yi",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'й' | 'ы' => "y",
        'ю' => "yu",
        'я' => "ya",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ascii() {
        let rows = [
            ("In order to", "in-order-to"),
            ("don't!", "dont"),
            ("Вы должны", "vy-dolzhny"),
            ("café crème", "cafe-creme"),
            ("日本", ""),
            ("ComplexWords", "complexwords"),
        ];
        for (text, expected) in rows {
            assert_eq!(slug(text), expected, "{text}");
        }
        assert_eq!(slug(&parted("ComplexWords")), "complex-words");
        assert_eq!(slug(&without_signs(r"\d+ ?pcs for $1")), "pcs-for");
        assert!(slug(&"word ".repeat(100)).len() <= LONGEST_NAME + 1);
    }
}
