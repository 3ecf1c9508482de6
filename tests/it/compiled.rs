//! A compiled lexicon does what the lexicon does that it was made from, or says why it cannot be used. The
//! tables of `matching/` run every case both ways, too.

use replylint::lexicon::{Builtin, Kind, load};
use replylint::lint::NotCompiled;
use replylint::{Draft, Language, Lexicon, Linter};

use crate::support::{Memory, linter, recompiled};

#[test]
fn built_in_lexicons_do_the_same_when_compiled() {
    let loaded = load(&Builtin::references().collect::<Vec<_>>(), &Builtin).unwrap();
    let source = Linter::new(loaded.lexicons);
    let compiled = recompiled(&source);
    let (mut texts, mut findings) = (0, 0);
    for (read, unpacked) in source.lexicons().zip(compiled.lexicons()) {
        assert_eq!((read.name(), read.version()), (unpacked.name(), unpacked.version()));
        assert_eq!((read.language(), read.names()), (unpacked.language(), unpacked.names()));
        assert_eq!(read.entry_count(), unpacked.entry_count());
        for (entry, same) in read.entries().iter().zip(unpacked.entries()) {
            let looks_for = |entry: &replylint::lexicon::Entry| {
                let regexes: Vec<String> = entry.regexes.iter().map(ToString::to_string).collect();
                (entry.patterns.clone(), entry.unless.clone(), regexes, entry.kind, entry.case, entry.boundary)
            };
            let says = |entry: &replylint::lexicon::Entry| {
                (entry.id.clone(), entry.prefer.clone(), entry.why.clone(), entry.level, entry.safe_fix)
            };
            assert_eq!(says(entry), says(same));
            assert_eq!(looks_for(entry), looks_for(same));
            assert!(entry.requirement.is_some() == (entry.kind == Kind::Require) || entry.kind == Kind::Style);
            assert_eq!(format!("{:?}", entry.requirement), format!("{:?}", same.requirement));
            assert!(same.flags.is_empty() && same.passes.is_empty());
            for example in entry.flags.iter().chain(&entry.passes) {
                let draft = Draft::new(&example.text).with_language(read.language().clone());
                let review = source.lint(&draft).unwrap();
                assert_eq!(review, compiled.lint(&draft).unwrap(), "{}", example.text);
                texts += 1;
                findings += review.findings.len();
            }
        }
    }
    assert!(texts > 900 && findings > 500, "only {findings} findings in {texts} texts");
}

const SMALL: &str = r#"
[lexicon]
language = "en"
[group]
modal = ["must", "have to"]
[avoid.a.b]
phrases = ["you @modal", "no sé {number} days", "^I … you$", "[a|b] pay*"]
unless = ["you must be"]
regex = ['\bfoo\d+']
prefer = ["please"]
case = "exact"
[require.c.d]
any = ["@modal"]
within = "last 2 sentences"
[names]
all = ["You Must Records"]
[approved]
closing = ["Kind regards", "Just reply here; it comes to me."]
"#;

#[test]
fn no_byte_can_be_changed_or_lost() {
    let bytes = linter(SMALL).to_compiled().unwrap();
    let read = |bytes: Vec<u8>| {
        let len = bytes.len() as u64;
        Linter::from_compiled(bytes, 0, len).map(|_| ())
    };
    assert_eq!(read(bytes.clone()), Ok(()));
    for at in 0..bytes.len() {
        for flip in [1, 0x80, 0xff] {
            let mut bytes = bytes.clone();
            bytes[at] ^= flip;
            let wrong = read(bytes).expect_err("a byte was changed");
            let expected = if at < 8 { NotCompiled::Foreign } else { NotCompiled::Damaged };
            assert_eq!(wrong, expected, "byte {at}");
        }
        assert!(read(bytes[..at].to_vec()).is_err(), "cut at {at}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert_eq!(read(longer), Err(NotCompiled::Damaged));
    assert_eq!(read(b"[lexicon]".to_vec()), Err(NotCompiled::Foreign));
}

#[test]
fn what_is_compiled_may_stand_behind_something_else() {
    let bytes = linter(SMALL).to_compiled().unwrap();
    let framed = [b"before".as_slice(), &bytes, b"behind"].concat();
    let compiled = Linter::from_compiled(framed, 6, bytes.len() as u64).unwrap();
    let draft = Draft::new("You must pay. I think of you").with_language(Language::parse("en").unwrap());
    assert_eq!(compiled.lint(&draft), linter(SMALL).lint(&draft));
}

#[test]
fn approved_sentences_are_inherited_and_compiled() {
    let ours = "[lexicon]\nlanguage = \"en\"\nextends = [\"small\"]\n[approved]\nopening = [\"Thank you.\"]\n";
    let memory = Memory::default().with("small", SMALL).with("ours", ours);
    let linter = Linter::new(memory.load("ours").unwrap().lexicons);
    let bytes = linter.to_compiled().unwrap();
    let len = bytes.len() as u64;
    for linter in [linter, Linter::from_compiled(bytes, 0, len).unwrap()] {
        let approved: Vec<&String> = linter.lexicons().flat_map(Lexicon::approved).collect();
        assert_eq!(approved, ["Kind regards", "Just reply here; it comes to me.", "Thank you."]);
    }
}
