//! Sources and what they become, and what holds for any source.

mod properties;

use super::{Assembled, Row, Rules, Tool, Wanted, delimiter, read_rows, read_yaml};
use crate::lexicon::SourceError;
use crate::lexicon::{Loaded, Opened, Source, SourceFile, load};
use crate::text::Language;

struct Written(String);

impl Source for Written {
    fn open(&self, reference: &str, _from: Option<&str>) -> Result<Opened, SourceError> {
        let file = SourceFile { name: reference.to_owned(), text: self.0.clone() };
        Ok(Opened { id: reference.to_owned(), files: vec![file] })
    }
}

fn read(tool: Tool, text: &str) -> Result<Rules, SourceError> {
    if tool.writes_rows() {
        let row = |(number, line): (usize, &str)| Row { line: number + 1, text: Ok(line.to_owned()) };
        let rows = text.lines().enumerate().filter(|(_, line)| !line.is_empty()).map(row).collect();
        read_rows(tool, "file", rows, delimiter(text))
    } else {
        read_yaml(tool, "file", text)
    }
}

fn assembled(files: Vec<Rules>) -> Assembled {
    let language = Language::parse("en").expect("a language");
    Assembled::new(files, Wanted { name: "Ours", language: &language, category: "imported" })
}

/// Whether it loads, with no word said against it.
fn loads(text: &str) -> Result<(), String> {
    match load(&["imported"], &Written(text.to_owned())) {
        Ok(Loaded { warnings, .. }) if warnings.is_empty() => Ok(()),
        Ok(Loaded { warnings, .. }) => Err(warnings.iter().map(ToString::to_string).collect()),
        Err(error) => Err(error.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    }
}

/// What stands below the header and the name of the file.
fn below(toml: &str) -> &str {
    toml.split_once("# From file.").expect("a file").1.trim()
}

/// A tool, what it wrote, and what becomes of that.
const ROWS: &[(Tool, &str, &str)] = &[
    (
        Tool::Sapling,
        "pronto,early,Nobody knows when that is,F\nyou ought,please\nPDFs,PDF files,,T\n",
        r#"[avoid.imported.pronto]
phrases = ["pronto"]
prefer  = ["early"]
why     = "Nobody knows when that is"
flags   = ["pronto"]

[avoid.imported.you-ought]
phrases = ["you ought"]
prefer  = ["please"]
flags   = ["you ought"]

[avoid.imported.pdfs]
phrases = ["PDFs"]
prefer  = ["PDF files"]
case    = "exact"
flags   = ["PDFs"]"#,
    ),
    (
        Tool::Sapling,
        "Error,Change To,Owner\n^so,\nGate #,gate,Ana\n(sic),as it is\nios,iOS\n",
        r#"# Line 1: the column `Owner` is left out.

[avoid.imported.so]
phrases = ["^so"]
flags   = ["so"]

[avoid.imported.gate-5]
phrases = ["Gate {number}"]
prefer  = ["gate"]
flags   = ["Gate 5"]

[avoid.imported.sic]
regex   = ['\(sic\)']
prefer  = ["as it is"]
flags   = ["(sic)"]

# Line 5: only small letters, a first capital and capitals are looked for, and not every mixture of them.
[avoid.imported.ios]
phrases = ["ios", "Ios", "IOS"]
prefer  = ["iOS"]
case    = "exact"
flags   = ["ios", "Ios", "IOS"]"#,
    ),
    (
        Tool::Wproofreader,
        "patterns,suggestions,description,context_include,context_exclude,state\n\
         leverage;leveridge,use,Plain words,,licence;contract,true\n\
         Harbor bank,Harbour Bank,,,,false\n\
         charge,fee,,invoice,,true\n",
        r#"[avoid.imported.leverage]
phrases = ["leverage", "leveridge"]
unless-near = ["licence", "contract"]
near    = "same sentence"
prefer  = ["use"]
why     = "Plain words"
flags   = ["leverage", "leveridge"]

[avoid.imported.harbor-bank]
phrases = ["Harbor bank"]
prefer  = ["Harbour Bank"]
level   = "off"
case    = "exact"
flags   = ["Harbor bank"]

# Left out, line 4: `charge`: it counts only beside `invoice`, which no entry can say."#,
    ),
    (
        Tool::Vale,
        "extends: substitution\nmessage: \"Use '%s' instead of '%s'.\"\nlevel: suggestion\nignorecase: true\n\
         link: https://x.example/words\nswap:\n  'colou?r scheme': palette|look\n  '(?:e-mail|electronic mail)': email\n  \
         'the (?:first|last) (?:few )?days': \"'soon' or 'late'\"\n  'check(?! box)': tick\n  internet: Internet\n  \
         '(?:\\d+) ?pcs': pieces\n  '^Also': and\n",
        r#"# https://x.example/words

[avoid.imported.colour-scheme]
phrases = ["colo(u|)r scheme"]
prefer  = ["palette", "look"]
why     = "Use “palette” or “look” instead of this."
level   = "advice"
flags   = ["colour scheme"]

[avoid.imported.e-mail]
phrases = ["e-mail", "electronic mail"]
prefer  = ["email"]
why     = "Use “email” instead of “e-mail”."
level   = "advice"
flags   = ["e-mail", "electronic mail"]

[avoid.imported.the-first-few-days]
phrases = ["the (first|last) [few] days"]
prefer  = ["soon", "late"]
why     = "Use “soon” or “late” instead of this."
level   = "advice"
flags   = ["the first few days"]

[avoid.imported.check]
phrases = ["check"]
unless  = ["check box"]
prefer  = ["tick"]
why     = "Use “tick” instead of “check”."
level   = "advice"
flags   = ["check"]

# Line 11: only small letters, a first capital and capitals are looked for, and not every mixture of them.
[avoid.imported.internet]
phrases = ["internet", "INTERNET"]
prefer  = ["Internet"]
why     = "Use “Internet” instead of “internet”."
level   = "advice"
case    = "exact"
flags   = ["internet", "INTERNET"]

[avoid.imported.pcs]
regex   = ['\b(?:(?:\d+) ?pcs)\b']
prefer  = ["pieces"]
why     = "Use “pieces” instead of this."
level   = "advice"

# Left out, line 13: `^Also`: `^` and `$` mean the ends of a line, and a line break is no more than a space here."#,
    ),
    (
        Tool::Vale,
        "extends: existence\nmessage: \"Avoid '%s'.\"\nlevel: error\nscope: heading\ntokens:\n  - very\n",
        "# Left out, line 1: `file`: it looks at no more than `heading`, of which a reply has none.",
    ),
    (
        Tool::Vale,
        "extends: existence\nmessage: \"Avoid '%s'.\"\nlevel: error\nignorecase: true\nlimit: 2\ntokens:\n  - very\n  \
         - '[Aa]bsolutely\\b'\n  - '(\\w+) \\1'\n  - ex\\w*\n",
        r#"# Line 5: `limit` is left out.

# Line 7: `(\w+) \1` is left out: it asks for the same words twice, with a back-reference.
[avoid.imported.file]
phrases = ["very", "absolutely", "ex*"]
why     = "Avoid this."
level   = "error"
flags   = ["very", "absolutely", "ex"]"#,
    ),
    (
        Tool::Vale,
        "extends: existence\nmessage: No.\nignorecase: true\ntokens: [very, pronto, just]\n---\nextends: substitution\n\
         message: No.\nlevel: error\nignorecase: true\nswap:\n  PRONTO: early\n  (?:pronto|at once): now\n",
        r#"[avoid.imported.file]
phrases = ["very", "just"]
why     = "No."
flags   = ["very", "just"]

# Line 11: `PRONTO` was taken out of a list for it, which has no wording for it.
[avoid.imported.pronto]
phrases = ["PRONTO"]
prefer  = ["early", "now"]
why     = "No."
level   = "error"
flags   = ["PRONTO"]

# Line 12: `pronto` is looked for by `imported.pronto`, made of line 11, already; its wordings were added there.
[avoid.imported.at-once]
phrases = ["at once"]
prefer  = ["now"]
why     = "No."
level   = "error"
flags   = ["at once"]"#,
    ),
    (
        Tool::Vale,
        "extends: occurrence\nmax: 3\ntoken: ','\n",
        "# Left out, line 1: `file`: a rule that extends `occurrence` has no counterpart.",
    ),
    (
        Tool::Prh,
        "version: 1\nimports: [more.yml]\nrules:\n  - expected: jQuery\n  - expected: server\n    patterns: [sarver, servar]\n    \
         prh: A slip of the keys.\n    options: {wordBoundary: true}\n    specs:\n      - from: a sarver here\n        \
         to: a server here\n      - from: sarvers\n        to: sarvers\n  - expected: soft\n    \
         pattern: /(micro)?sof/\n    regexpMustEmpty: $1\n  - expected: $1 files\n    pattern: /files (of \\w+)/i\n",
        r#"# Line 2: `more.yml` is imported there, and is not read: name it on the command line too.

# Line 4: only small letters, a first capital and capitals are looked for, and not every mixture of them.
[avoid.imported.jquery]
phrases = ["jquery", "Jquery", "JQUERY"]
prefer  = ["jQuery"]
case    = "exact"
boundary = "none"
flags   = ["jquery", "Jquery", "JQUERY"]

[avoid.imported.sarver]
phrases = ["sarver", "servar"]
prefer  = ["server"]
why     = "A slip of the keys."
case    = "exact"
flags   = ["sarver", "servar", "a sarver here"]
passes  = ["sarvers"]

[avoid.imported.sof]
phrases = ["sof"]
unless  = ["microsof", "soft"]
prefer  = ["soft"]
case    = "exact"
boundary = "none"
flags   = ["sof"]

# Line 17: what a group took is a blank to fill in its wording.
[avoid.imported.files]
regex   = ['files (of \w+)']
prefer  = ["… files"]"#,
    ),
    (
        Tool::Sapling,
        "no problem,my pleasure\nNo Problem,you're welcome\n(no|any) fear,calm\nсделай,прошу\n",
        r#"[avoid.imported.no-problem]
phrases = ["no problem"]
prefer  = ["my pleasure", "you're welcome"]
flags   = ["no problem"]

[avoid.imported.no-any-fear]
regex   = ['\(no\|any\) fear\b']
prefer  = ["calm"]
flags   = ["(no|any) fear"]

[avoid.imported.sdelay]
phrases = ["сделай"]
prefer  = ["прошу"]
flags   = ["сделай"]"#,
    ),
];

#[test]
fn sources_become_entries() {
    for (tool, source, expected) in ROWS {
        let rules = read(*tool, source).unwrap_or_else(|error| panic!("{source}: {error}"));
        let toml = assembled(vec![rules]).to_toml();
        // That nobody wrote yet what they leave alone, nearly all of them say.
        let entries = below(&toml).replace("\nallow   = [\"missing-examples\"]", "");
        assert_eq!(entries, *expected, "of:\n{source}");
        assert_eq!(loads(&toml), Ok(()), "{toml}");
    }
}

#[test]
fn what_is_no_such_file_is_an_error_with_its_place() {
    let rows = [
        (Tool::Vale, "rules: []", "file:1: this is no rule of Vale: it has no `extends`"),
        (Tool::Prh, "extends: existence\ntokens: [a]", "file:1: this is no file of prh: it has no `rules`"),
        (Tool::Vale, "extends: substitution\nmessage: x\n", "file:1: this rule of Vale has no `swap`"),
        (Tool::Vale, "extends: existence\nmessage: x\n", "file:1: this rule of Vale has no `tokens`"),
        (Tool::Sapling, "pattern,suggestion\na,b\n", "file:1: this header is none of Sapling, but of WProofreader"),
        (Tool::Wproofreader, "error,change to\na,b\n", "file:1: this header is none of WProofreader, but of Sapling"),
        (Tool::Vale, "# nothing\n", "file is empty"),
    ];
    for (tool, source, message) in rows {
        match read(tool, source) {
            Ok(_) => panic!("{source}: nothing is wrong"),
            Err(error) => assert_eq!(error.message, message, "{source}"),
        }
    }
    let broken = read(Tool::Vale, "extends: existence\ntokens:\n  - 'a\n").expect_err("an open quote");
    assert!(broken.message.starts_with("file:") && broken.message.contains("no valid YAML"), "{}", broken.message);
}

#[test]
fn cells_are_parted_by_what_parts_all_rows() {
    let rows = [
        ("a,b\nc,d\n", b','),
        ("a;b\nc;d\n", b';'),
        ("a\tb, c\nd\te\n", b'\t'),
        ("a;b;c,use\nd,use\n", b','),
        ("\"a;b\";c\nd;e\n", b';'),
        ("one\ntwo\n", b','),
        ("", b','),
    ];
    for (text, expected) in rows {
        assert_eq!(delimiter(text) as char, expected as char, "{text:?}");
    }
}

#[test]
fn files_are_known_by_their_looks() {
    let row = |text: &str| vec![Row { line: 1, text: Ok(text.to_owned()) }];
    assert_eq!(Tool::of_yaml("# x\nextends: existence\n"), Some(Tool::Vale));
    assert_eq!(Tool::of_yaml("version: 1\nrules:\n"), Some(Tool::Prh));
    assert_eq!(Tool::of_yaml("a: b\n"), None);
    let rows = [
        ("a,b", Some(Tool::Sapling)),
        ("a,b,c,T", Some(Tool::Sapling)),
        ("a,b,c,d,e", Some(Tool::Wproofreader)),
        ("Pattern,Suggestion", Some(Tool::Wproofreader)),
        ("Error,Change To", Some(Tool::Sapling)),
        ("only words", None),
    ];
    for (text, expected) in rows {
        assert_eq!(Tool::of_rows(&row(text), b','), expected, "{text}");
    }
}
