//! The few words that folding a sentence must know: how people are addressed, what a date is made of, and
//! which capitals are no name. All are in the matching form: small letters, and none with an accent.

use std::collections::HashSet;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

/// Words that are asked for at every word of a reply.
pub(super) type Words = LazyLock<HashSet<&'static str, RandomState>>;

/// Parts of a date.
pub(super) static DATES: Words = LazyLock::new(|| CALENDAR.iter().copied().collect());

/// Signs of German.
pub(super) static SIGNS_OF_GERMAN: Words = LazyLock::new(|| GERMAN.iter().copied().collect());

/// What a greeting begins with; a name may follow.
pub(super) const GREETINGS: &[&str] = &[
    // English
    "hi",
    "hello",
    "hey",
    "dear",
    "greetings",
    "good morning",
    "good afternoon",
    "good evening",
    "good day",
    // Russian
    "здравствуйте",
    "привет",
    "приветствуем",
    "уважаемый",
    "уважаемая",
    "уважаемые",
    "добрый день",
    "добрый вечер",
    "доброе утро",
    "доброго дня",
    // Ukrainian
    "вітаю",
    "вітаємо",
    "привіт",
    "шановний",
    "шановна",
    "шановні",
    "доброго ранку",
    "добрий день",
    "добрий вечір",
    // Spanish
    "hola",
    "estimado",
    "estimada",
    "buenos dias",
    "buenas tardes",
    "buenas noches",
    "buen dia",
    // German
    "hallo",
    "liebe",
    "lieber",
    "guten tag",
    "guten morgen",
    "guten abend",
    "sehr geehrte",
    "sehr geehrter",
    // Lao
    "ສະບາຍດີ",
];

/// Days and months, in the forms that a date has them, as far as they say nothing else: "may" and "march" do.
const CALENDAR: &[&str] = &[
    // English
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    // Russian
    "понедельник",
    "понедельника",
    "вторник",
    "вторника",
    "среда",
    "среду",
    "среды",
    "четверг",
    "четверга",
    "пятница",
    "пятницу",
    "пятницы",
    "суббота",
    "субботу",
    "субботы",
    "воскресенье",
    "воскресенья",
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
    "январе",
    "феврале",
    "марте",
    "апреле",
    "мае",
    "июне",
    "июле",
    "августе",
    "сентябре",
    "октябре",
    "ноябре",
    "декабре",
    // Ukrainian
    "понеділок",
    "понеділка",
    "вівторок",
    "вівторка",
    "середа",
    "середу",
    "середи",
    "четвер",
    "п'ятниця",
    "п'ятницю",
    "п'ятниці",
    "субота",
    "суботу",
    "суботи",
    "неділя",
    "неділю",
    "неділі",
    "січня",
    "лютого",
    "березня",
    "квітня",
    "травня",
    "червня",
    "липня",
    "серпня",
    "вересня",
    "жовтня",
    "листопада",
    "грудня",
    // Spanish
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "setiembre",
    "octubre",
    "noviembre",
    "diciembre",
    // German
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "januar",
    "februar",
    "marz",
    "juni",
    "juli",
    "oktober",
    "dezember",
];

/// What may stand between the parts of a date.
pub(super) const LINKS: &[&str] = &["of", "de", "del"];

/// Written with a capital out of courtesy, or always; nobody's name.
pub(super) const NO_NAMES: &[&str] = &[
    "i'm",
    "i've",
    "i'll",
    "i'd",
    // Russian and Ukrainian
    "вы",
    "вас",
    "вам",
    "вами",
    "ваш",
    "ваша",
    "ваше",
    "ваши",
    "вашу",
    "вашего",
    "вашей",
    "вашему",
    "вашим",
    "вашими",
    "ваших",
    "вашем",
    "ви",
    "ваші",
    "вашого",
    "вашій",
    "вашої",
    "вашою",
    "вашому",
    // Spanish
    "usted",
    "ustedes",
    "ud",
    "uds",
];

/// Words by which a sentence is known as German, where all nouns have a capital. None of them is a common
/// word of another language, its accents taken off.
const GERMAN: &[&str] = &[
    "wir", "fur", "und", "nicht", "ist", "ich", "mich", "ihre", "ihren", "ihrer", "ihrem", "ihnen", "bitte", "gerne",
    "vielen", "haben", "noch", "konnen", "konnten", "werden", "wurden", "auf", "eine", "einen", "einem", "grussen",
];

/// Whom a German name follows in any case.
pub(super) const GERMAN_TITLES: &[&str] = &["herr", "herrn", "frau"];
