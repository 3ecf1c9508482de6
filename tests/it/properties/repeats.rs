//! Lines that return: what changes from reply to reply does not hide one, and the order of replies does not
//! matter.

use proptest::prelude::*;
use replylint::Draft;
use replylint::lint::{Approved, LineKind, Tally, Threshold};
use replylint::text::{Format, Room};

use super::{config, text};

/// Sentences with `{name}` and `{number}` for what changes.
const CHANGING: [&str; 8] = [
    "Thank you for your order {number}, {name}.",
    "We talked with {name} about the bill of {number}",
    "{name}, your refund of {number} is on its way!",
    "That is what we wrote to {name} and to you on {number}.",
    "Ваш заказ № {number} уже в пути, {name}.",
    "{name}, мы говорили с коллегами о Вашем вопросе.",
    "Мы вернули {number} на Ваш счёт у {name}",
    "Gracias por su pedido {number}, {name}.",
];

/// Sentences in which only the case changes.
const FIXED: [&str; 4] = [
    "Thank you for your patience.",
    "I'm sure that it's ours and not yours!",
    "Благодарим Вас за Ваше терпение.",
    "Vielen Dank für Ihre Geduld.",
];

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Z][a-z]{4,8}( [A-Z][a-z]{4,8}){0,2}",
        "[АБГД][а-я]{4,8}",
        Just("Anna-Maria O'Neill".to_owned()),
        Just("{{customer.first_name}}".to_owned()),
        Just("anna@x.example".to_owned()),
    ]
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{1,9}",
        "[A-Z]{2}-[0-9]{1,5}",
        "[0-3]?[1-9] (October|мая|de enero)",
        Just("$1,200.50".to_owned()),
        Just("500 рублей".to_owned()),
        Just("2026-11-21".to_owned()),
        Just("Monday, 5 p.m.".to_owned()),
        Just("{{n}}".to_owned()),
    ]
}

fn greeting() -> impl Strategy<Value = String> {
    (
        prop::sample::select(
            &["", "Hi {name}, ", "Hello {name}!\n", "Здравствуйте, {name}!\n\n", "Dear {name},\n"][..],
        ),
        name(),
    )
        .prop_map(|(greeting, name)| greeting.replace("{name}", &name))
}

/// A sentence in capitals, in small letters, as a title or as it is.
fn cased(sentence: &str, style: usize) -> String {
    let title = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    match style {
        0 => sentence.to_uppercase(),
        1 => sentence.to_lowercase(),
        2 => sentence.split(' ').map(title).collect::<Vec<_>>().join(" "),
        _ => sentence.to_owned(),
    }
}

type Told = (LineKind, String, usize);

/// All that stands in two replies at least.
fn returning<'r>(replies: impl IntoIterator<Item = &'r (String, Format)>) -> Vec<Told> {
    let (approved, mut tally, mut room) = (Approved::default(), Tally::default(), Room::default());
    for (reply, format) in replies {
        let lines = approved.lines(&[Draft::new(reply).with_format(*format)], &mut room);
        tally.add(None, "x", lines);
    }
    let found = tally.overused(Threshold { share: 0, least: 2 });
    let lines = found.by_agent.into_iter().flat_map(|agent| agent.lines);
    lines.map(|line| (line.kind, line.text.to_owned(), line.replies)).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn names_and_numbers_do_not_hide_a_line(
        sentence in prop::sample::select(&CHANGING[..]),
        filled in prop::collection::vec((greeting(), name(), number()), 2..6),
    ) {
        let replies: Vec<(String, Format)> = filled
            .iter()
            .map(|(greeting, name, number)| {
                (format!("{greeting}{}", sentence.replace("{name}", name).replace("{number}", number)), Format::Text)
            })
            .collect();
        let found = returning(&replies);
        let counts: Vec<(LineKind, usize)> = found.iter().map(|&(kind, _, count)| (kind, count)).collect();
        prop_assert_eq!(counts, [(LineKind::Sentence, replies.len())], "{:?} in {:?}", found, replies);
    }

    #[test]
    fn case_does_not_hide_a_line(
        sentence in prop::sample::select(&FIXED[..]),
        styles in prop::collection::vec((greeting(), 0..4_usize), 2..6),
    ) {
        let reply = |(greeting, style): &(String, usize)| (format!("{greeting}{}", cased(sentence, *style)), Format::Text);
        let replies: Vec<(String, Format)> = styles.iter().map(reply).collect();
        let counts: Vec<(LineKind, usize)> = returning(&replies).iter().map(|&(kind, _, count)| (kind, count)).collect();
        prop_assert_eq!(counts, [(LineKind::Sentence, replies.len())], "{:?}", replies);
    }

    #[test]
    fn the_order_of_replies_does_not_matter(
        (replies, other) in prop::collection::vec(prop::collection::vec(prop::sample::select(&FIXED[..]), 0..5), 0..12)
            .prop_map(|replies| replies.iter().map(|reply| (reply.join(" "), Format::Text)).collect::<Vec<_>>())
            .prop_flat_map(|replies| (Just(replies.clone()), Just(replies).prop_shuffle())),
    ) {
        prop_assert_eq!(returning(&replies), returning(&other));
    }

    /// Whatever is written in it, a reply that comes twice has no line that came once.
    #[test]
    fn any_reply_can_come_twice(
        text in text(),
        format in prop::sample::select(&[Format::Text, Format::Html, Format::Markdown, Format::Flowed { delete_space: false }][..]),
    ) {
        let reply = (text, format);
        let found = returning([&reply, &reply]);
        prop_assert!(found.iter().all(|(_, _, count)| *count == 2), "{:?}", found);
        prop_assert!(found.iter().all(|(_, shown, _)| !shown.is_empty() && shown.chars().count() < 400));
    }
}
