"""`replylint lsp` with the capabilities that three editors state, by way of pytest-lsp and pygls: what the server
sends is checked against what each of them can, and places are counted by pygls, not by us."""

import asyncio
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types
from pygls.workspace import PositionCodec, TextDocument
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

HERE = Path(__file__).parent
LEXICON = (HERE / "replylint.toml").read_text(encoding="utf-8")
ENCODINGS = {
    "neovim@0.11.0": types.PositionEncodingKind.Utf8,
    "visual_studio_code": types.PositionEncodingKind.Utf16,
    "emacs": types.PositionEncodingKind.Utf8,
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "replylint.toml").write_text(LEXICON, encoding="utf-8")
    return tmp_path


@pytest_lsp.fixture(
    params=list(ENCODINGS), config=ClientServerConfig(server_command=["replylint", "lsp", "--stdio"])
)
async def client(request, lsp_client: LanguageClient, folder):
    # Files are watched, which pytest-lsp leaves to its user.
    lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: None)
    capabilities = client_capabilities(request.param)
    params = types.InitializeParams(capabilities=capabilities, root_uri=folder.as_uri())
    result = await lsp_client.initialize_session(params)
    lsp_client.encoding = result.capabilities.position_encoding
    assert lsp_client.encoding == ENCODINGS[request.param]
    yield
    await lsp_client.shutdown_session()


class Open:
    """A text that is open, as pygls counts it."""

    def __init__(self, client, path, language, text):
        self.client, self.uri = client, path.as_uri()
        self.document = TextDocument(
            self.uri,
            text,
            version=1,
            language_id=language,
            sync_kind=types.TextDocumentSyncKind.Incremental,
            position_codec=PositionCodec(client.encoding),
        )
        item = types.TextDocumentItem(self.uri, language, 1, text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    @property
    def text(self):
        return self.document.source

    def place(self, words, behind=0):
        """The place of some words, in the units that were agreed on."""
        at = self.text.index(words) + behind
        line = self.text.count("\n", 0, at)
        start = self.text.rfind("\n", 0, at) + 1
        position = types.Position(line, at - start)
        return self.document.position_codec.position_to_client_units(self.document.lines, position)

    def words(self, range_):
        return self.text[self.document.offset_at_position(range_.start) : self.document.offset_at_position(range_.end)]

    def type(self, words, typed):
        """Puts something in the place of some words."""
        range_ = types.Range(self.place(words), self.place(words, len(words)))
        change = types.TextDocumentContentChangePartial(range=range_, text=typed)
        self.document.apply_change(change)
        self.document.version += 1
        identifier = types.VersionedTextDocumentIdentifier(self.document.version, self.uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))

    async def shown(self, *expected):
        """Waits until just these are shown: rules and the words at which they are."""
        for _ in range(400):
            shown = self.client.diagnostics.get(self.uri)
            found = sorted((it.code, self.words(it.range)) for it in shown or ())
            if shown is not None and found == sorted(expected):
                return shown
            await asyncio.sleep(0.05)
        raise AssertionError(f"expected {expected}, and {found} is shown")

    def at(self, kind, words, behind=0):
        return kind(types.TextDocumentIdentifier(self.uri), self.place(words, behind))


@pytest.mark.asyncio
async def test_a_draft_is_changed_right_behind_an_emoji(client, folder):
    draft = Open(client, folder / "late.md", "markdown", "😀 é You must pay.\n\n😀 No problem!\n")
    await draft.shown(("command.you-must", "You must"), ("thanks.no-problem", "No problem"))
    draft.type("😀 No", "😀😀 At this point in time we can. No")
    shown = await draft.shown(
        ("command.you-must", "You must"), ("jargon.at-this-point-in-time", "At this point in time"),
        ("thanks.no-problem", "No problem"),
    )
    draft.type("é", "\r\nц\r\n")
    await draft.shown(
        ("command.you-must", "You must"), ("jargon.at-this-point-in-time", "At this point in time"),
        ("thanks.no-problem", "No problem"),
    )
    place = draft.place("point")
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(
            types.TextDocumentIdentifier(draft.uri), types.Range(place, place), types.CodeActionContext(shown)
        )
    )
    preferred = [action for action in actions if action.is_preferred]
    assert [action.title for action in preferred] == ['Say "Now"']
    [edit] = preferred[0].edit.changes[draft.uri]
    assert draft.words(edit.range) == "At this point in time"
    assert edit.new_text == "Now"
    draft.type("At this point in time", "Now")
    await draft.shown(("command.you-must", "You must"), ("thanks.no-problem", "No problem"))
    page = await client.text_document_hover_async(draft.at(types.HoverParams, "must"))
    assert page.contents.value.startswith("command.you-must (to avoid")
    assert draft.words(page.range) == "You must"


@pytest.mark.asyncio
async def test_a_lexicon_is_written(client, folder):
    lexicon = Open(client, folder / "replylint.toml", "toml", LEXICON)
    await lexicon.shown()
    lexicon.type('sign in ink"]', 'sign in ink", "😀 (x"]')
    await lexicon.shown(("unbalanced-bracket", "("))
    lexicon.type("(x", "@modal x")
    await lexicon.shown()
    target = await client.text_document_definition_async(lexicon.at(types.DefinitionParams, "@modal x", 2))
    assert (target.uri, lexicon.words(target.range)) == (lexicon.uri, "modal")
    lexicon.type("[avoid.", "[adjust.command.you-must]\n\n[avoid.")
    offered = await client.text_document_completion_async(lexicon.at(types.CompletionParams, "]\n\n[avoid.", 2))
    labels = {item.label for item in offered.items}
    assert {"level", "add-phrases"} <= labels and "within" not in labels
    lexicon.type("you-must]\n", 'you-must]\nlevel = "o"\n')
    offered = await client.text_document_completion_async(lexicon.at(types.CompletionParams, '"o"', 2))
    assert {item.label for item in offered.items} == {"error", "warning", "advice", "off"}
    await lexicon.shown(("unknown-level", '"o"'))
    lexicon.type('"o"', '"off"')
    await lexicon.shown()
    page = await client.text_document_hover_async(lexicon.at(types.HoverParams, "command.you-must"))
    assert page.contents.value.startswith("command.you-must (to avoid, off)")
    target = await client.text_document_definition_async(lexicon.at(types.DefinitionParams, "command.you-must"))
    copy = Path(target.uri.removeprefix("file://"))
    assert copy.read_text(encoding="utf-8").splitlines()[target.range.start.line] == "[avoid.command.you-must]"
    # What was typed is in force, though nobody saved it.
    draft = Open(client, folder / "late.txt", "plaintext", "😀 You must pay; you must sign in ink.")
    await draft.shown(("ours.must-sign", "you must sign in ink"))


@pytest.mark.asyncio
async def test_settings_are_asked_for_or_sent(client, folder):
    draft = Open(client, folder / "late.txt", "plaintext", "You must pay today.")
    await draft.shown(("command.you-must", "You must"))
    settings = {"replylint": {"language": "xx", "colour": True}}
    client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
    await draft.shown(("unserved-language", "You"))
    assert any("does not know the setting `colour`" in message.message for message in client.messages)
