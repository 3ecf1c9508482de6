"""Holds lexicon files against the schema that `replylint lexicon schema` prints, as editors do."""

import datetime
import tomllib
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[2]
ENTRY = "[avoid.a.b]\nphrases = ['x']\n"
# What a schema can see, and where it must see it.
MISTAKES = [
    ("[avoid.a.b]\nphrase = ['x']", "avoid/a/b"),
    ("[avoid.a.b]\nphrases = 'x'", "avoid/a/b/phrases"),
    ("[avoid.a.b]\nphrases = []", "avoid/a/b/phrases"),
    ("[avoid.a.b]\nphrases = ['']", "avoid/a/b/phrases/0"),
    ("[avoid.a.b]\nphrases = ['x', 7]", "avoid/a/b/phrases/1"),
    ("[avoid.a]\nphrases = ['x']", "avoid/a/phrases"),
    ("[avoid.'a b'.c]\nphrases = ['x']", "avoid"),
    ("[avoids.a.b]\nphrases = ['x']", ""),
    (ENTRY + "level = 'grave'", "avoid/a/b/level"),
    (ENTRY + "fix = true", "avoid/a/b/fix"),
    (ENTRY + "case = 'Exact'", "avoid/a/b/case"),
    (ENTRY + "says = 'x'", "avoid/a/b"),
    (ENTRY + "within = 'opening'", "avoid/a/b"),
    (ENTRY + "at = 'first words'", "avoid/a/b/at"),
    (ENTRY + "near = 'everywhere'", "avoid/a/b/near"),
    (ENTRY + "between = ['9', '12:00']", "avoid/a/b/between/0"),
    (ENTRY + "between = ['09:00']", "avoid/a/b/between"),
    (ENTRY + "when = { custom = ['x'] }", "avoid/a/b/when"),
    (ENTRY + "flags = [{ customer = 'x' }]", "avoid/a/b/flags/0"),
    (ENTRY + "flags = [{ text = 'x', turn = 'one' }]", "avoid/a/b/flags/0"),
    ("[recommend.a.b]\nphrases = ['x']\nlevel = 'off'", "recommend/a/b"),
    ("[require.a.b]\nphrases = ['x']", "require/a/b"),
    ("[require.a.b]\nmost-words = 1.5", "require/a/b/most-words"),
    ("[style.a.b]\nforms = [['x']]", "style/a/b/forms"),
    ("[situation.a.b]\nphrases = ['x']", "situation/a"),
    ("[adjust.a.b]\nreplace = true", "adjust/a/b"),
    ("[adjust.a.b]\nadd-phrases = 'x'", "adjust/a/b/add-phrases"),
    ("[group]\na = 'x'", "group/a"),
    ("[captions]\na = ['x']", "captions/a"),
    ("[lexicon]\nname = 'x'", "lexicon"),
    ("[lexicon]\nlanguage = 'en'\nextend = ['x']", "lexicon"),
]


def check(schema):
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)

    def errors(text):
        found = validator.iter_errors(plain(tomllib.loads(text)))
        return [("/".join(map(str, error.absolute_path)), error.message) for error in found]

    files = [file for folder in ("lexicon", "src/cli/lexicon/starter") for file in (ROOT / folder).rglob("*.toml")]
    assert len(files) > 150, len(files)
    wrong = {file.name: found for file in files if (found := errors(file.read_text("utf-8")))}
    assert not wrong, wrong
    print(f"lexicon schema: {len(files)} lexicon files validate against it")
    for text, place in MISTAKES:
        assert place in [path for path, _ in errors(text)], (text, errors(text))
    print(f"lexicon schema: {len(MISTAKES)} mistakes are seen, each in its place")


def plain(value):
    """As editors see it: moments are texts."""
    match value:
        case dict():
            return {key: plain(inner) for key, inner in value.items()}
        case list():
            return [plain(inner) for inner in value]
        case datetime.datetime() | datetime.date() | datetime.time():
            return value.isoformat()
    return value
