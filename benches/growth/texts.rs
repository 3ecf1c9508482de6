//! Hostile texts: one short unit over and over, behind a line that holds a phrase. They are what somebody
//! sends who wants a linter to hang, or what a broken program leaves in a draft.

use replylint::text::Format;

/// Stands before every text, and holds one finding. What follows must not keep it from being found.
pub const HEAD: &str = "You must pay today.\n\n";

/// A name, the format, the unit, and how many findings each unit holds.
pub type Repeated = (&'static str, Format, &'static str, usize);

const T: Format = Format::Text;
const M: Format = Format::Markdown;
const H: Format = Format::Html;

pub const REPEATED: &[Repeated] = &[
    // Findings.
    ("findings-one-line", T, "you must pay. ", 1),
    ("findings-lines", T, "you must pay.\n", 1),
    ("findings-blocks", T, "you must pay\n\n", 1),
    ("findings-html", H, "<p>you <b>must</b> pay", 1),
    ("findings-markdown", M, "you **must** pay\n\n", 1),
    ("findings-fixed", T, "prior to noon. ", 1),
    ("findings-excepted", T, "you must not. ", 0),
    ("phrase-run-on", T, "you must ", 1),
    ("phrase-almost", T, "you you you mus ", 0),
    ("gaps", T, "late late late ", 0),
    ("gaps-met", T, "late is the fee ", 1),
    ("slots", T, "dear dear dear ", 0),
    ("numbers", T, "1,1.1 ", 0),
    ("endings", T, "regretregret", 0),
    ("accents", T, "re ré ", 1),
    ("regex", T, "as as as  ", 0),
    ("names", T, "ASAP Bakery ", 0),
    // Characters that fold.
    ("marks", T, "\u{301}", 0),
    ("marks-many-orders", T, "\u{301}\u{323}", 0),
    ("e-acute", T, "e\u{301}", 0),
    ("e-acute-words", T, "e\u{301} ", 0),
    ("jamo", T, "\u{1112}\u{1161}\u{11ab}", 0),
    ("soft-hyphens", T, "\u{ad}", 0),
    ("soft-hyphens-words", T, "you\u{ad} mu\u{ad}st ", 1),
    ("zero-width", T, "\u{200b}\u{200d}", 0),
    ("apostrophes", T, "\u{2019}", 0),
    ("apostrophes-words", T, "don\u{2019}t ", 0),
    ("sharp-s", T, "ß", 0),
    ("dotted-i", T, "İ", 0),
    ("ligatures", T, "ﬃ", 0),
    ("full-width", T, "ｙｏｕ ｍｕｓｔ ", 1),
    ("look-alikes", T, "уоu ", 0),
    ("emoji", T, "👩\u{200d}👩\u{200d}👧", 0),
    ("flags", T, "🇺🇸", 0),
    ("right-to-left", T, "\u{202e}a\u{202c}", 0),
    ("lao", T, "ທ່ານ", 0),
    ("thai", T, "คุณต้องจ่าย", 0),
    ("chinese", T, "你必须付款", 0),
    ("japanese-marks", T, "か\u{3099}", 0),
    // Words, white space, sentences.
    ("one-word", T, "a", 0),
    ("no-space", T, "a,b;", 0),
    ("hyphens", T, "a-", 0),
    ("blanks", T, " ", 0),
    ("tabs", T, "\t", 0),
    ("no-break-spaces", T, "\u{a0}", 0),
    ("line-breaks", T, "\n", 0),
    ("carriage-returns", T, "\r\n", 0),
    ("lone-carriage-returns", T, "\r", 0),
    ("line-separators", T, "\u{2028}", 0),
    ("full-stops", T, ".", 0),
    ("abbreviations", T, "e.g. ", 0),
    ("capitals", T, "A. ", 0),
    ("questions", T, "?! ", 0),
    // Lines that might begin something.
    ("quote-marks", T, ">", 0),
    ("quote-lines", T, ">\n", 0),
    ("quote-nested", T, "> ", 0),
    ("quoted-and-answered", T, "> you must pay\nfine\n", 0),
    ("wrote", T, "On Monday Ann wrote:\n", 0),
    ("wrote-unfinished", T, "On Monday, 3 May 2026 at 10:00, Ann\n", 0),
    ("wrote-one-line", T, "On Monday Ann ", 0),
    ("headers", T, "From: Ann\nSent: Monday\n", 0),
    ("headers-blocks", T, "\nFrom: Ann\n\n", 0),
    ("dividers", T, "-----Original Message-----\n", 0),
    ("dashes", T, "-- \n", 0),
    ("dashes-one-line", T, "-", 0),
    ("underscores", T, "_", 0),
    ("underscore-lines", T, "________\n", 0),
    ("sent-from", T, "Sent from my phone\n", 0),
    ("signatures", T, "\n--\nAnn\n", 0),
    ("list-items", T, "- you must pay\n", 1),
    ("list-empty", T, "- \n", 0),
    ("indented", T, "    a\n", 0),
    // Brackets that open.
    ("less-than", T, "<", 0),
    ("greater-than", T, "a>", 0),
    ("braces", T, "{{", 0),
    ("braces-closed", T, "{{a}} ", 0),
    ("braces-quoted", T, "{{\"", 0),
    ("percent", T, "{%", 0),
    ("hash-braces", T, "#{", 0),
    ("dollar-braces", T, "${", 0),
    ("bang-braces", T, "{!", 0),
    ("parentheses", T, "((", 0),
    ("brackets", T, "[[", 0),
    ("chevrons", T, "<<", 0),
    ("backticks", T, "`", 0),
    ("backtick-fences", T, "```\n", 0),
    ("backticks-uneven", T, "a`", 0),
    ("addresses", T, "http://", 0),
    ("addresses-words", T, "http://a.b ", 0),
    ("addresses-bracketed", T, "http://a.b/((", 0),
    ("mail-addresses", T, "a@", 0),
    ("mail-addresses-dots", T, "a.a@b.b.", 0),
    // Markdown.
    ("md-stars", M, "*", 0),
    ("md-stars-open", M, "**a ", 0),
    ("md-stars-mixed", M, "*a_ ", 0),
    ("md-underscores", M, "_a", 0),
    ("md-brackets", M, "[", 0),
    ("md-links-open", M, "[a](", 0),
    ("md-images", M, "![", 0),
    ("md-links", M, "[a](b) ", 0),
    ("md-references", M, "[a]: b\n\n", 0),
    ("md-backticks", M, "`", 0),
    ("md-backticks-uneven", M, "a``b`", 0),
    ("md-fences", M, "```\n", 0),
    ("md-quotes", M, "> ", 0),
    ("md-lists-nested", M, "- ", 0),
    ("md-lists", M, "- you must pay\n", 1),
    ("md-tables", M, "|a", 0),
    ("md-tables-rows", M, "|a|b|\n|-|-|\n", 0),
    ("md-headings", M, "# you must\n", 1),
    ("md-less-than", M, "<", 0),
    ("md-tags-open", M, "<a ", 0),
    ("md-comments-open", M, "<!-- ", 0),
    ("md-entities", M, "&amp;", 0),
    ("md-backslashes", M, "\\", 0),
    ("md-braces", M, "{{", 0),
    // HTML.
    ("html-nested", H, "<div>", 0),
    ("html-nested-inline", H, "<b>", 0),
    ("html-nested-quotes", H, "<blockquote>", 0),
    ("html-nested-history", H, "<div class=gmail_quote>", 0),
    ("html-nested-lists", H, "<ul><li>", 0),
    ("html-nested-tables", H, "<table><tr><td>", 0),
    ("html-closing", H, "</div>", 0),
    ("html-crossed", H, "<b><i></b></i>", 0),
    ("html-breaks", H, "<br>", 0),
    ("html-paragraphs", H, "<p>", 0),
    ("html-less-than", H, "<", 0),
    ("html-tags-open", H, "<a ", 0),
    ("html-attributes-open", H, "<a b=\"", 0),
    ("html-comments", H, "<!---->", 0),
    ("html-comments-open", H, "<!--", 0),
    ("html-scripts", H, "<script>", 0),
    ("html-scripts-closed", H, "<script></script>", 0),
    ("html-styles", H, "<style>a</style>", 0),
    ("html-hidden", H, "<i style=\"display:none\">a</i>", 0),
    ("html-entities", H, "&amp;", 0),
    ("html-entities-open", H, "&", 0),
    ("html-entities-numbers", H, "&#101;&#769;", 0),
    ("html-braces", H, "{{", 0),
    ("html-placeholders", H, "{{<b>", 0),
    ("html-allowances", H, "<!-- replylint: allow a.must --><p>you must</p>", 0),
    ("html-allowances-unused", H, "<!-- replylint: allow a.gap --><p>a</p>", 0),
    ("html-allowances-mistyped", H, "<!-- replylint: allow a.gab --><p>a</p>", 0),
];

/// A lexicon that uses all that the phrase syntax has, so that each text meets what it could hurt.
pub const LEXICON: &str = r#"
[lexicon]
name = "hostile"
language = "en"

[names]
products = ["ASAP Bakery"]

[avoid.a.must]
phrases = ["you must", "you [really|still] (must|have to) pay"]
unless = ["you must not"]
prefer = ["please", "we ask you to"]
why = "An order."

[avoid.a.fixed]
phrases = ["prior to"]
prefer = ["before"]
fix = "safe"

[avoid.a.gap]
phrases = ["late … fee", "pay … now"]
prefer = ["soon"]

[avoid.a.slot]
phrases = ["{number} days late", "dear {word} customer"]

[avoid.a.ending]
phrases = ["regretful*", "of regret*"]

[avoid.a.sentence]
phrases = ["^no problem", "our policy$"]

[avoid.a.accent]
phrases = ["ré"]

[avoid.a.regex]
regex = ['as\s+per', '(as )+per']

[recommend.b.thanks]
phrases = ["thank you", "with pleasure"]
"#;
