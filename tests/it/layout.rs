//! How lexicon files are laid out: rows of what is written and what comes of it, and what must hold for every file.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use replylint::lexicon::{Builtin, Code, Problem, Source, SourceFile, differences, differences_aside, laid_out};

use crate::support::Memory;

fn lay_out(text: &str) -> Result<String, Vec<Code>> {
    let file = SourceFile { name: "test.toml".to_owned(), text: text.to_owned() };
    laid_out(&Arc::new(file)).map_err(|problems| problems.iter().map(Problem::code).collect())
}

#[test]
fn what_is_written_and_what_comes_of_it() {
    let rows = [
        ("nothing", "", ""),
        ("only blanks", "\n \n\n", ""),
        ("only a comment", "\n# a\n\n\n# b", "# a\n\n# b\n"),
        (
            "the schema stays first",
            "#:schema ./x.json\n[lexicon]\nname='x'",
            "#:schema ./x.json\n[lexicon]\nname = \"x\"\n",
        ),
        (
            "keys in order, with their comments",
            "[avoid.a.b]\n# why\nwhy = 'w' # because\nphrases=[ 'p' ]\n",
            "[avoid.a.b]\nphrases = [\"p\"]\n# why\nwhy     = \"w\" # because\n",
        ),
        (
            "a comment on top stays on top",
            "[avoid.a.b]\n# of the entry\n\nwhy = 'w'\n\n# of the phrases\n\nphrases = []\n",
            "[avoid.a.b]\n# of the entry\n# of the phrases\nphrases = []\nwhy     = \"w\"\n",
        ),
        (
            "comments behind values",
            "[avoid.a.b]\nphrases = ['p'] # p\nunless = ['u']\nwhy = 'because'    # w\nflags = [ # f\n'a'] # F\n",
            "[avoid.a.b]\nphrases = [\"p\"]     # p\nunless  = [\"u\"]\nwhy     = \"because\" # w\nflags   = [\n  # f\n  \"a\",\n] # F\n",
        ),
        (
            "comments between tables",
            "[avoid.a.b] #1\nwhy='w'\n# of b\n\n\n# alone\n\n#of c\n[avoid.a.c]\n#end of c\nwhy='w'\n# of d\n[avoid.a.d]\n# last\n\n",
            "[avoid.a.b] #1\nwhy = \"w\"\n# of b\n\n# alone\n\n#of c\n[avoid.a.c]\n#end of c\nwhy = \"w\"\n\n# of d\n[avoid.a.d]\n# last\n",
        ),
        (
            "comments in a list",
            "[group]\na=[ # of the list\n'x', # of x\n\n\n  # of y\n'y' # of y, too\n, 'z', 'Z' # of Z\n # end\n]",
            "[group]\na = [\n  # of the list\n  \"x\", # of x\n\n  # of y\n  \"y\", # of y, too\n  \"z\",\n  \"Z\", # of Z\n  # end\n]\n",
        ),
        (
            "groups keep their order and the blank lines between them",
            "[group]\n\nb=['x',]\n\n\na=['y']\n# c\nc=[]\n",
            "[group]\nb = [\"x\"]\n\na = [\"y\"]\n# c\nc = []\n",
        ),
        (
            "quotes",
            r#"[group]
a = ['x', '"', "\"", "'", "\"'", '\d', "\\d", "\u00ad\"", "a\nb", '']
"#,
            r#"[group]
a = ["x", '"', '"', "'", "\"'", '\d', '\d', "\u00ad\"", "a\nb", ""]
"#,
        ),
        (
            "examples and conditions",
            "[avoid.a.b]\nwhen={first-turn=true,customer=['x']}\nflags=[{customer='c',text='t'},'u',]\n",
            "[avoid.a.b]\nwhen  = { customer = [\"x\"], first-turn = true }\nflags = [{ text = \"t\", customer = \"c\" }, \"u\"]\n",
        ),
        (
            "a table of several lines in a list",
            "[avoid.a.b]\nflags=[{ # of it\ncustomer='c', # of c\ntext='t' }]\n",
            "[avoid.a.b]\nflags = [\n  {\n    text = \"t\",\n    # of it\n    customer = \"c\", # of c\n  },\n]\n",
        ),
        (
            "dotted keys, unknown keys and deeper tables",
            "[avoid.'a'.b]\nzzz=1_000\nwhen.reply=['x']\nwhy='w'\nwhen.customer=['y']\n[adjust . a. b.when]\nreply=[]\ncustomer=[]\n",
            "[avoid.a.b]\nwhen.customer = [\"y\"]\nwhen.reply    = [\"x\"]\nwhy           = \"w\"\nzzz           = 1_000\n\n[adjust.a.b.when]\ncustomer = []\nreply    = []\n",
        ),
        (
            "the header is not aligned",
            "[lexicon]\nignore-accents=true\nlanguage='en'\nname=\"x\"",
            "[lexicon]\nname = \"x\"\nlanguage = \"en\"\nignore-accents = true\n",
        ),
        (
            "texts of several lines",
            "[avoid.a.b]\nflags = [\"\"\"\none\n  two\"\"\", 'x']\nwhy = '''\na \\ b'''\n",
            "[avoid.a.b]\nwhy   = '''\na \\ b'''\nflags = [\n  \"\"\"\none\n  two\"\"\",\n  \"x\",\n]\n",
        ),
        (
            "carriage returns everywhere",
            "[group]\r\na=[]\r\n\r\n\r\nb='''x\r\ny'''\r\n",
            "[group]\r\na = []\r\n\r\nb = '''x\r\ny'''\r\n",
        ),
        ("carriage returns here and there", "[group]\r\na=[] # c\r\nb=[]\n", "[group]\na = [] # c\nb = []\n"),
        (
            "tables in their order",
            "[avoid.b.x]\n[group]\n[avoid.a.y]\n[avoid.b.z]",
            "[avoid.b.x]\n\n[group]\n\n[avoid.a.y]\n\n[avoid.b.z]\n",
        ),
        (
            "names in other scripts",
            "[group]\n'сроки' = ['до']\nx.\"y\" = []\n",
            "[group]\n\"сроки\" = [\"до\"]\nx.y = []\n",
        ),
    ];
    for (name, written, expected) in rows {
        assert_eq!(lay_out(written).as_deref(), Ok(expected), "{name}");
        assert_eq!(lay_out(expected).as_deref(), Ok(expected), "{name}, again");
    }
}

#[test]
fn a_list_is_broken_when_it_is_too_wide() {
    for (length, is_broken) in [(52, false), (53, true)] {
        let (first, second) = ("ы".repeat(length), "x".repeat(50));
        let text = lay_out(&format!("[avoid.a.b]\nphrases = ['{first}', '{second}']")).unwrap();
        assert_eq!(text.contains("\",\n"), is_broken, "{text}");
        let width = text.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(is_broken || width == 120, "{width}");
    }
    let alone = format!("[avoid.a.b]\nphrases = [\"{}\"]\n", "x".repeat(200));
    assert_eq!(lay_out(&alone).unwrap(), alone);
}

#[test]
fn what_cannot_be_read_is_a_problem() {
    let rows = [
        ("[avoid.a.b]\nphrases = [\"x\"", vec![Code::UnclosedList]),
        ("[avoid.a.b]\nphrases = “x”\nwhy = y", vec![Code::Syntax, Code::Syntax]),
        ("[package]\nname = \"x\"\n[dependencies]\n", vec![Code::UnknownKey, Code::UnknownKey]),
        ("[avoid.a.b]\nwhy='w'\n[avoid.a.b]\n", vec![Code::Syntax]),
    ];
    for (text, codes) in rows {
        assert_eq!(lay_out(text), Err(codes), "{text}");
    }
}

/// What a file says, whatever its layout: its values, its tables in order, and its comments.
fn said(text: &str) -> (toml::Table, Vec<String>, Vec<String>) {
    let values = text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"));
    let tables = text.lines().filter(|line| line.starts_with('[')).map(|line| line.replace([' ', '\t', '"'], ""));
    let tables = tables.map(|line| line.split('#').next().unwrap().to_owned()).collect();
    let mut comments: Vec<String> =
        text.lines().filter_map(|line| line.split_once("#c").map(|(_, comment)| comment.trim().to_owned())).collect();
    comments.sort();
    (values, tables, comments)
}

fn stays_the_same(name: &str, text: &str) -> String {
    let once = lay_out(text).unwrap_or_else(|codes| panic!("{name}: {codes:?}\n{text}"));
    assert_eq!(said(&once), said(text), "{name}\n{once}");
    assert_eq!(lay_out(&once).as_deref(), Ok(&*once), "{name} again");
    once
}

fn files_in(folder: &str) -> Vec<(String, String)> {
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    files.sort();
    files.into_iter().map(|file| (file.display().to_string(), fs::read_to_string(file).unwrap())).collect()
}

/// As a comment that `said` finds: every comment of the file has the mark.
fn marked(text: &str) -> String {
    text.lines().map(|line| if line.starts_with('#') { format!("#c{line}\n") } else { format!("{line}\n") }).collect()
}

#[test]
fn every_built_in_file_says_the_same_laid_out() {
    for reference in Builtin::references() {
        let mut laid = Memory::default();
        let mut written = Memory::default();
        for file in Builtin.open(&reference, None).unwrap().files {
            let text = marked(&file.text);
            let name = format!("x/{}", file.name);
            laid = laid.with(&name, &stays_the_same(&file.name, &text));
            written = written.with(&name, &text);
        }
        let [laid, written] = [laid, written].map(|memory| memory.load("x").unwrap().lexicons.remove(0));
        assert_eq!(differences_aside(&written, &laid), Vec::<String>::new());
        assert!(differences(&written, &laid).is_empty(), "{reference}");
        let ids =
            |lexicon: &replylint::Lexicon| lexicon.entries().iter().map(|entry| entry.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&laid), ids(&written));
        for (laid, written) in laid.entries().iter().zip(written.entries()) {
            let examples = |entry: &replylint::lexicon::Entry| {
                let examples = entry.flags.iter().chain(&entry.passes);
                examples
                    .map(|example| format!("{example:?}").split(" origin:").next().unwrap().to_owned())
                    .collect::<Vec<_>>()
            };
            assert_eq!(examples(laid), examples(written), "{}", laid.id);
        }
    }
}

#[test]
fn files_with_mistakes_that_are_toml_say_the_same_laid_out() {
    let mut readable = 0;
    for (name, text) in files_in("tests/it/problems").into_iter().chain(files_in("tests/it/matching")) {
        if lay_out(&text).is_ok() {
            stays_the_same(&name, &text);
            readable += 1;
        }
    }
    assert!(readable > 30, "only {readable} files could be read");
}

#[test]
fn what_replylint_writes_is_laid_out() {
    let starters = files_in("src/cli/lexicon/starter");
    assert!(starters.len() >= 4);
    for (name, text) in starters {
        assert_eq!(lay_out(&text).as_deref(), Ok(&*text), "{name}");
    }
}

/// A value as anybody may write it.
fn value() -> impl Strategy<Value = String> {
    let scalar = select(vec![
        "'x'",
        "\"x\"",
        "\"\\\"\"",
        "'a \"b\"'",
        "\"\\\\d\"",
        "'\\d'",
        "\"\\u00e9\\\"\"",
        "\"it's \\\"\"",
        "''",
        "7",
        "0x1F",
        "true",
        "2026-11-27",
        "'''a\n\n b'''",
        "\"\"\"\n #no comment \\\n\"\"\"",
        "'#no comment'",
        "1.50",
    ]);
    let leaf = scalar.prop_map(str::to_owned);
    leaf.prop_recursive(3, 24, 4, |inner| {
        let item = (gap(), inner.clone(), gap()).prop_map(|(before, value, behind)| before + &value + &behind);
        let list = (vec(item, 0..5), gap(), any::<bool>()).prop_map(|(items, end, comma)| {
            let comma = if comma && !items.is_empty() { "," } else { "" };
            format!("[{}{comma}{end}]", items.join(","))
        });
        let keys = subsequence(vec!["text", "customer", "turn", "x", "'channel'", "a.b", "a . c"], 0..5);
        let table = (keys.prop_shuffle(), vec((gap(), inner, gap()), 5)).prop_map(|(keys, values)| {
            let pair = |(key, (before, value, behind)): (&str, (String, String, String))| {
                format!("{before}{key} = {value}{behind}")
            };
            format!("{{{}}}", keys.into_iter().zip(values).map(pair).collect::<Vec<_>>().join(","))
        });
        prop_oneof![list, table]
    })
}

/// What may stand between values: blanks, line ends and comments.
fn gap() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        2 => Just(" ".to_owned()),
        1 => Just("\n  ".to_owned()),
        1 => Just("\n\n\n\t".to_owned()),
        1 => "[a-d]{1,3}".prop_map(|words| format!(" #c {words} \n ")),
        1 => "[a-d]{1,3}".prop_map(|words| format!("\n\n #c {words}, \"x\"\n\n  #c =\n ")),
    ]
}

fn between_lines() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        1 => Just("\n".to_owned()),
        1 => Just("  \n\n\t\n".to_owned()),
        1 => "[a-d]{1,3}".prop_map(|words| format!("#c {words}\n")),
        1 => "[a-d]{1,3}".prop_map(|words| format!("\n  #c {words}\n\n#c [avoid]\n")),
        1 => "[a-d]{1,3}".prop_map(|words| format!("#c {words}\n\n")),
    ]
}

fn tables() -> impl Strategy<Value = String> {
    let names = vec![
        "lexicon",
        "avoid.a.b",
        "avoid . a.c",
        "recommend.a.d",
        "require.\"a\".e",
        "step.a.f",
        "style.a.g",
        "situation.h",
        "group",
        "names",
        "approved",
        "adjust.a.b",
        "adjust.a.b.when",
        "avoid.a.b.when",
        "captions",
    ];
    let keys = vec![
        "phrases",
        "why",
        "'level'",
        "flags",
        "passes",
        "unless-near",
        "name",
        "language",
        "customer",
        "zzz",
        "x.y",
        "x . z",
        "add-prefer",
    ];
    let line = |keys: Vec<&'static str>| {
        let lines = vec((between_lines(), value(), "( #c [x-z]{2})?"), keys.len());
        (Just(keys), lines).prop_map(|(keys, lines)| {
            let line = |(key, (before, value, behind)): (&str, (String, String, String))| {
                format!("{before}{key}={value}{behind}\n")
            };
            keys.into_iter().zip(lines).map(line).collect::<String>()
        })
    };
    let table = subsequence(keys, 0..7).prop_shuffle().prop_flat_map(line);
    let some = subsequence(names, 0..6).prop_shuffle();
    (some, vec((between_lines(), "( #c [x-z]{2})?", table), 6), between_lines()).prop_map(|(names, tables, end)| {
        let table = |(name, (before, behind, keys)): (&str, (String, String, String))| {
            format!("{before}[{name}]{behind}\n{keys}")
        };
        names.into_iter().zip(tables).map(table).collect::<String>() + &end
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_file_says_the_same_laid_out(text in tables(), crlf in any::<bool>()) {
        // Tables that are defined again by a table above them are no valid file.
        prop_assume!(text.parse::<toml::Table>().is_ok());
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        let once = stays_the_same("generated", &text);
        prop_assert_eq!(once.contains('\r'), crlf && !once.is_empty());
    }
}
