"""LibreOffice asks the server for the languages it knows, sends it a paragraph, and has its errors marked where they
are. Started by tests/external/libreoffice.sh, with the Python that has the module uno."""

import os
import signal
import subprocess
import time
import xml.sax.saxutils

import uno
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import Locale

from server import WORK, Server, check, fail

TEXT = "Hi 😀😀 Anna. You must pay, and as per our policy you have to wait. Kind regards, Ivo"
CHECKER = "org.openoffice.lingu.LanguageToolGrammarChecker"
SETTING = "/org.openoffice.Office.Linguistic/GrammarChecking/LanguageTool"


def profile(url):
    """A user's settings in which LanguageTool is switched on, at our address."""
    def item(name, value):
        value = xml.sax.saxutils.escape(value)
        return f'<item oor:path="{SETTING}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'

    settings = item("BaseURL", f"{url}/v2") + item("IsEnabled", "true")
    folder = WORK / "profile" / "user"
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{settings}</oor:items>"
    )
    return (WORK / "profile").as_uri()


def connected(port):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + 90
    while True:
        try:
            return resolver.resolve(f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > deadline:
                fail("LibreOffice does not start")
            time.sleep(0.5)


def units(text, start, length):
    """A stretch of a text, in UTF-16 units as LibreOffice counts."""
    return text.encode("utf-16-le")[2 * start:2 * (start + length)].decode("utf-16-le")


def proofread(checker, text, locale=Locale("en", "US", "")):
    length = len(text.encode("utf-16-le")) // 2
    result = checker.doProofreading("draft", text, locale, 0, length, ())
    return [(error.aRuleIdentifier, units(text, error.nErrorStart, error.nErrorLength), tuple(error.aSuggestions),
             error.aShortComment, error.aFullComment) for error in result.aErrors]


def main():
    with Server("libreoffice") as server:
        port = server.port + 1 if server.port < 65535 else server.port - 1
        office = subprocess.Popen(
            ["soffice", f"-env:UserInstallation={profile(server.url)}", "--headless", "--norestore", "--nologo",
             f"--accept=socket,host=127.0.0.1,port={port};urp"],
            # It starts another program and leaves it alone; both end together.
            start_new_session=True,
        )
        try:
            context = connected(port)
            manager = context.ServiceManager
            checker = manager.createInstanceWithContext(CHECKER, context)
            check("LibreOffice has a client of LanguageTool", checker is not None)
            locales = {f"{locale.Language}-{locale.Country}" for locale in checker.getLocales()}
            print("locales:", *sorted(locales))
            check("and knows the languages of the lexicon", "en-US" in locales, locales)
            found = proofread(checker, TEXT)
            for error in found:
                print(" ", *error, sep=" | ")
            marked = [error[1] for error in found]
            check("two errors are where they are, behind an emoji", "You must" in marked and "you have to wait" in str(marked), marked)
            suggestions = next(error[2] for error in found if error[1] == "You must")
            check("and there is a suggestion", len(suggestions) > 0 and all(suggestions), suggestions)
            check("nothing that is marked is empty", all(marked), marked)
            signs = [error[1] for error in proofread(checker, "Our R&D 😀 gives 20% off, 5+5: You must pay & wait.")]
            check("and signs that a form would escape are in nobody's way", signs == ["You must"], signs)
            check("a text without errors has none", proofread(checker, "Hello Anna, the parcel is on its way. Kind regards, Ivo") == [])
        finally:
            os.killpg(office.pid, signal.SIGKILL)
            office.wait()


if __name__ == "__main__":
    main()
