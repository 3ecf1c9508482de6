//! Who speaks in a talk, by the name that stands before the words. Names are compared without their case; what
//! the words are is not looked at.

use std::collections::HashMap;

/// Whose words they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Speaker {
    /// The company's: these are linted.
    Agent,
    /// The customer's.
    Customer,
    /// Of somebody else, such as the program that they write in.
    Other,
}

/// Names that say what their bearer is, in the languages of the built-in lexicons. A bot speaks for the company.
const KNOWN: [(Speaker, &[&str]); 3] = [
    (
        Speaker::Agent,
        &[
            "Agent",
            "Support",
            "Operator",
            "Assistant",
            "Advisor",
            "Consultant",
            "Representative",
            "Bot",
            "Агент",
            "Оператор",
            "Поддержка",
            "Консультант",
            "Специалист",
            "Менеджер",
            "Бот",
            "Підтримка",
            "Фахівець",
            "Agente",
            "Soporte",
            "Operador",
            "Operadora",
            "Asesor",
            "Asesora",
            "Asistente",
            "ພະນັກງານ",
        ],
    ),
    (
        Speaker::Customer,
        &[
            "Customer",
            "Client",
            "Visitor",
            "User",
            "Guest",
            "Caller",
            "Клиент",
            "Клиентка",
            "Покупатель",
            "Посетитель",
            "Пользователь",
            "Гость",
            "Клієнт",
            "Клієнтка",
            "Покупець",
            "Відвідувач",
            "Користувач",
            "Гість",
            "Cliente",
            "Usuario",
            "Usuaria",
            "Visitante",
            "ລູກຄ້າ",
        ],
    ),
    (Speaker::Other, &["System", "Система", "Sistema", "ລະບົບ"]),
];

/// The speakers that are known.
#[derive(Debug, Clone)]
pub struct Speakers {
    by_name: HashMap<String, Speaker>,
    declared: HashMap<String, Speaker>,
}

impl Default for Speakers {
    /// Those that everybody knows.
    fn default() -> Self {
        let names = KNOWN.iter().flat_map(|(speaker, names)| names.iter().map(|name| (folded(name), *speaker)));
        Self { by_name: names.collect(), declared: HashMap::new() }
    }
}

impl Speakers {
    /// Adds somebody, whatever the name usually stands for.
    ///
    /// # Errors
    ///
    /// When the same name was declared for a speaker of another kind: gives that.
    pub fn declare(&mut self, name: &str, speaker: Speaker) -> Result<(), Speaker> {
        let name = folded(name);
        match self.declared.get(&name) {
            Some(&other) if other != speaker => Err(other),
            _ => {
                self.by_name.insert(name.clone(), speaker);
                self.declared.insert(name, speaker);
                Ok(())
            }
        }
    }

    /// Who bears a name, if anybody knows.
    pub fn find(&self, name: &str) -> Option<Speaker> {
        self.by_name.get(&folded(name)).copied()
    }

    /// The names that everybody knows for a speaker of this kind.
    pub fn usual(speaker: Speaker) -> impl Iterator<Item = &'static str> {
        KNOWN.iter().filter(move |(kind, _)| *kind == speaker).flat_map(|(_, names)| names.iter().copied())
    }
}

/// A name with its case, and the white space in and around it, made alike.
pub(super) fn folded(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_any_case() {
        let mut speakers = Speakers::default();
        let rows = [
            ("Agent", Some(Speaker::Agent)),
            (" AGENT ", Some(Speaker::Agent)),
            ("клиент", Some(Speaker::Customer)),
            ("СИСТЕМА", Some(Speaker::Other)),
            ("Anna\u{a0} Maria", None),
            ("", None),
        ];
        for (name, speaker) in rows {
            assert_eq!(speakers.find(name), speaker, "{name}");
        }
        assert_eq!(speakers.declare("anna maria", Speaker::Agent), Ok(()));
        assert_eq!(speakers.find("Anna\u{a0} Maria"), Some(Speaker::Agent));
        assert_eq!(speakers.declare("Anna Maria", Speaker::Customer), Err(Speaker::Agent));
        // An estate agent may be the customer.
        assert_eq!(speakers.declare("Agent", Speaker::Customer), Ok(()));
        assert_eq!(speakers.find("agent"), Some(Speaker::Customer));
    }

    #[test]
    fn no_name_stands_for_two() {
        let names: Vec<String> = KNOWN.iter().flat_map(|(_, names)| names.iter().map(|name| folded(name))).collect();
        assert_eq!(Speakers::default().by_name.len(), names.len());
    }
}
