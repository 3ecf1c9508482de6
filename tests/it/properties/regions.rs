//! Regions: prose and what is skipped cover a draft once, and markup changes neither.

use proptest::prelude::*;
use replylint::text::{Format, Piece, Reading, Scope, Span};
use replylint::{Draft, Language};

use super::spans::MARKUP;
use super::{config, lexicon};

/// What decides whose a line is.
const LINES: [&str; 20] = [
    "you must\n",
    "\n",
    "> you must\r\n",
    ">> you\n",
    "> must\n",
    "- you\n",
    "-- \n",
    "--\n",
    "```\n",
    "> ```\n",
    "On 5 May 2026, Anna <a@x.example> wrote:\n",
    "On Mon, 5 May 2026 at 10:00, Anna\n",
    "<a@x.example> wrote:\n",
    "-----Original Message-----\n",
    "From: Anna <a@x.example>\nTo: Bo\nSubject: C\n",
    "________________________________\n",
    "##- reply above this line -##\n",
    "Sent from my iPhone\n",
    "you {{a\n> b}} must ",
    "`you` https://x.example/must a@x.example ",
];

const SCOPES: [Scope; 2] = [Scope::Own, Scope::Quoted];

fn soup() -> impl Strategy<Value = String> {
    let of = |pieces: &'static [&'static str]| {
        prop::collection::vec(prop::sample::select(pieces), 0..24).prop_map(|pieces| pieces.concat())
    };
    prop_oneof![
        of(&LINES),
        of(&MARKUP),
        of(&super::PIECES),
        (of(&LINES), of(&MARKUP)).prop_map(|(a, b)| format!("{a}{b}{a}"))
    ]
}

/// What no piece covers and is not skipped, byte by byte; an error says what is covered wrongly.
fn uncovered(draft: &Draft<'_>) -> Result<Vec<Span>, String> {
    let reading = Reading::of(draft);
    let mut bytes = vec![0_u8; draft.text.len()];
    let mut last: Option<Piece> = None;
    for piece in reading.prose().pieces() {
        let (span, read) = (piece.span(), matches!(piece, Piece::Words(_) | Piece::Decoded(..)));
        // One entity may stand for several characters.
        let again = matches!((last, piece), (Some(Piece::Decoded(one, _)), Piece::Decoded(two, _)) if one == *two);
        if !again && last.is_some_and(|last| last.span().end > span.start) {
            return Err(format!("{piece:?} overlaps {last:?}"));
        }
        draft.text.get(span.start..span.end).ok_or_else(|| format!("{piece:?} cuts a character"))?;
        bytes[span.start..span.end].iter_mut().for_each(|byte| *byte |= if read { 1 } else { 2 });
        last = Some(*piece);
    }
    let mut end = 0;
    for skipped in reading.prose().skipped() {
        let span = skipped.span;
        if span.start < end || span.is_empty() {
            return Err(format!("{skipped:?} overlaps or is empty"));
        }
        end = span.end;
        if bytes[span.start..span.end].iter().any(|byte| byte & 1 != 0) {
            return Err(format!("{skipped:?} is read: {:?}", reading.prose().pieces()));
        }
        bytes[span.start..span.end].iter_mut().for_each(|byte| *byte |= 4);
    }
    let mut gaps: Vec<Span> = Vec::new();
    for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == 0) {
        match gaps.last_mut() {
            Some(gap) if gap.end == at => gap.end += 1,
            _ => gaps.push(Span::new(at, at + 1)),
        }
    }
    Ok(gaps)
}

fn is_tag(gap: &str) -> bool {
    gap.starts_with('<') && gap.ends_with('>')
}

/// Without tags of HTML, and without the addresses of links.
fn without_tags(gap: &str) -> String {
    let mut left = String::new();
    let gap = gap.replace("](must)", "");
    let mut rest = gap.as_str();
    while let Some((before, tag)) = rest.split_once('<') {
        left.push_str(before);
        rest = tag.split_once('>').map_or("", |(_, behind)| behind);
    }
    left + rest
}

/// Ways to say the same in HTML: around it, and whether that is a quotation or a signature.
const AROUND: [(&str, &str, bool); 14] = [
    ("<p>", "</p>", false),
    ("<b>", "</b>", false),
    ("<div><span style='color:red'>", "</span></div>", false),
    ("<ul><li>", "</ul>", false),
    ("<table><tr><td>a</td><td>", "</table>", false),
    ("<!-- you must -->", "", false),
    ("<a href='https://x.example/you/must'>", "</a>", false),
    ("<h1>", "</h1>", false),
    ("<div style='font-size:0'><i style='font-size:9px'>", "</i></div>", false),
    ("<blockquote>you must</blockquote>", "<code>you must</code>", false),
    ("<style>you must</style>", "<span hidden>you must</span>", false),
    ("<blockquote>", "</blockquote>", true),
    ("<div class=gmail_signature>", "</div>", true),
    ("{{x}} ", " <<y>>", false),
];

proptest! {
    #![proptest_config(config())]

    #[test]
    fn prose_and_skipped_cover_a_draft_once(
        text in soup(),
        format in prop::sample::select(&Format::ALL[..]),
        scope in prop::sample::select(&SCOPES[..]),
    ) {
        let draft = Draft::new(&text).with_format(format).with_scope(scope);
        let gaps = uncovered(&draft);
        prop_assert!(gaps.is_ok(), "{:?} {format:?} {scope:?}: {:?}", text, gaps);
        for gap in gaps.unwrap() {
            let gap = gap.of(&text);
            let right = match format {
                Format::Html => is_tag(gap),
                Format::Markdown => is_tag(gap.trim()) || !without_tags(gap).contains(char::is_alphanumeric),
                Format::Text | _ => false,
            };
            prop_assert!(right, "{gap:?} of {:?} in {format:?} {scope:?} is neither read nor skipped", text);
        }
    }

    #[test]
    fn with_quotations_read_the_agents_own_findings_stay(text in soup(), format in prop::sample::select(&Format::ALL[..])) {
        // Code or a comment from the one's words into the other's is one only when both are read.
        let text = text.replace("<!--", "").replace("```", "");
        let linter = lexicon(&["you must".to_owned(), "must".to_owned()], &[]);
        let draft = Draft::new(&text).with_format(format).with_language(Language::parse("en").unwrap());
        let own = linter.lint(&draft).unwrap();
        let all = linter.lint(&draft.with_scope(Scope::Quoted)).unwrap();
        for finding in own.findings {
            prop_assert!(all.findings.contains(&finding), "{:?} of {:?} is gone", finding, text);
        }
        let quoted = all.skipped.iter().any(|skipped| matches!(skipped.kind.as_str(), "quote" | "signature"));
        prop_assert!(!quoted, "{:?}: {:?}", text, all.skipped);
    }

    #[test]
    fn a_sentence_in_any_markup_is_found_at_its_place(
        around in prop::collection::vec(prop::sample::select(&AROUND[..]), 0..6),
        within in prop::sample::select(&[" ", "&nbsp;", "&nbsp", "</b> <i>", "<br>", "\n\n", " <!-- y -->", " <wbr>"][..]),
        scope in prop::sample::select(&SCOPES[..]),
    ) {
        let mut text = format!("\u{1}you{within}must\u{2}");
        for (before, after, _) in &around {
            text = format!("{before}{text}{after}");
        }
        let start = text.find('\u{1}').unwrap();
        let end = text.find('\u{2}').unwrap() - 1;
        let text = text.replace(['\u{1}', '\u{2}'], "");
        let linter = lexicon(&["you must".to_owned()], &[]);
        let draft = Draft::new(&text).with_format(Format::Html).with_language(Language::parse("en").unwrap());
        let review = linter.lint(&draft.with_scope(scope)).unwrap();
        let found = review.findings.iter().any(|finding| finding.span == Span::new(start, end));
        let quoted = around.iter().any(|(_, _, quoted)| *quoted);
        prop_assert_eq!(found, scope == Scope::Quoted || !quoted, "{:?} {:?}", text, review.findings);
        if scope == Scope::Own {
            prop_assert!(review.findings.len() <= 1, "{:?} {:?}", text, review.findings);
        }
    }

    #[test]
    fn all_formats_of_one_draft_agree(blocks in document(), scope in prop::sample::select(&SCOPES[..])) {
        let linter = lexicon(&["you must".to_owned(), "must wait".to_owned(), "please".to_owned()], &[]);
        let read = |format: Format| {
            let text: String = blocks.iter().map(|block| block.render(format)).collect();
            let draft = Draft::new(&text).with_format(format).with_language(Language::parse("en").unwrap());
            let review = linter.lint(&draft.with_scope(scope)).unwrap();
            let matched: Vec<_> = review.findings.into_iter().map(|finding| (finding.rule, finding.matched)).collect();
            let mut kinds: Vec<&str> = review.skipped.iter().map(|skipped| skipped.kind.as_str()).collect();
            // Whether a quotation is one stretch or one a line is a matter of the format.
            kinds.dedup_by(|a, b| a == b && *a == "quote");
            ((matched, kinds), text)
        };
        let (plain, text) = read(Format::Text);
        for format in [Format::Markdown, Format::Html] {
            let (found, marked) = read(format);
            prop_assert_eq!(&found, &plain, "\n{}\n---\n{}", text, marked);
        }
    }
}

/// A block of a draft that every format can write.
#[derive(Debug, Clone)]
enum Block {
    Paragraph(Vec<Inline>),
    List(Vec<Vec<Inline>>),
    Quotation(Vec<Vec<Inline>>, bool),
    Code,
    Signature,
}

#[derive(Debug, Clone, Copy)]
enum Inline {
    Word(&'static str),
    Strong(&'static str),
    Wrap,
    Code,
    Url,
    Email,
    Placeholder,
}

fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    let word = prop::sample::select(&["you", "you", "must", "must", "wait", "please", "so", "😀", "café"][..]);
    let inline = prop_oneof![
        6 => word.clone().prop_map(Inline::Word),
        2 => word.clone().prop_map(Inline::Strong),
        1 => Just(Inline::Wrap),
        1 => prop::sample::select(&[Inline::Code, Inline::Url, Inline::Email, Inline::Placeholder][..]),
    ];
    (word, prop::collection::vec(inline, 0..8), Just(Inline::Word(".")))
        .prop_map(|(first, rest, last)| std::iter::once(Inline::Word(first)).chain(rest).chain([last]).collect())
}

fn document() -> impl Strategy<Value = Vec<Block>> {
    let lines = || prop::collection::vec(inlines(), 1..4);
    let block = prop_oneof![
        4 => inlines().prop_map(Block::Paragraph),
        2 => lines().prop_map(Block::List),
        2 => (lines(), any::<bool>()).prop_map(|(lines, introduced)| Block::Quotation(lines, introduced)),
        1 => Just(Block::Code),
    ];
    (inlines(), prop::collection::vec(block, 0..6), any::<bool>()).prop_map(|(first, blocks, signed)| {
        let signature = signed.then_some(Block::Signature);
        std::iter::once(Block::Paragraph(first)).chain(blocks).chain(signature).collect()
    })
}

impl Block {
    fn render(&self, format: Format) -> String {
        let html = format == Format::Html;
        let lines = |lines: &[Vec<Inline>], before: &str, after: &str| -> String {
            lines.iter().flat_map(|line| [before.to_owned(), render(line, format), after.to_owned()]).collect()
        };
        match self {
            Self::Paragraph(line) if html => format!("<p>{}</p>\n", render(line, format)),
            Self::Paragraph(line) => format!("{}\n\n", render(line, format)),
            Self::List(items) if html => format!("<ul>\n{}</ul>\n", lines(items, "<li>", "</li>\n")),
            Self::List(items) => lines(items, "- ", "\n").replace("\nwrapped", " wrapped") + "\n",
            Self::Quotation(parts, introduced) if html => {
                let introduction = "<div>On 5 May 2026, Anna &lt;a@x.example&gt; wrote:</div>\n";
                let quote = format!("<blockquote>{}</blockquote>\n", lines(parts, "<p>", "</p>"));
                if *introduced { format!("{introduction}{quote}") } else { quote }
            }
            Self::Quotation(parts, introduced) => {
                let introduction = "On 5 May 2026, Anna <a@x.example> wrote:\n\n";
                let inner = lines(parts, "", "\n\n");
                let quote: String = inner.trim_end().lines().flat_map(|line| ["> ", line, "\n"]).collect();
                if *introduced { format!("{introduction}{quote}\n") } else { format!("{quote}\n") }
            }
            Self::Code if html => "<pre><code>you must\n&gt; must wait</code></pre>\n".to_owned(),
            Self::Code => "```\nyou must\n> must wait\n```\n\n".to_owned(),
            Self::Signature if html => "<div>-- <br>please<br>you must</div>\n".to_owned(),
            Self::Signature => "-- \nplease\nyou must\n".to_owned(),
        }
    }
}

fn render(line: &[Inline], format: Format) -> String {
    let mut text = String::new();
    for inline in line {
        let written = match (*inline, format) {
            (Inline::Word(word), _) | (Inline::Strong(word), Format::Text) => word.to_owned(),
            (Inline::Strong(word), Format::Markdown) => format!("**{word}**"),
            (Inline::Strong(word), _) => format!("<b>{word}</b>"),
            (Inline::Code, Format::Html) => "<code>you must</code>".to_owned(),
            (Inline::Code, _) => "`you must`".to_owned(),
            (Inline::Url, Format::Markdown) => "<https://x.example/you/must>".to_owned(),
            (Inline::Url, Format::Html) => "<a href='/must'>https://x.example/you/must</a>".to_owned(),
            (Inline::Url, _) => "https://x.example/you/must".to_owned(),
            (Inline::Email, _) => "you.must@x.example".to_owned(),
            (Inline::Placeholder, _) => "{{you must}}".to_owned(),
            (Inline::Wrap, _) => {
                text.push_str("\nwrapped");
                continue;
            }
        };
        if !text.is_empty() && written != "." {
            text.push(' ');
        }
        text.push_str(&written);
    }
    text
}
