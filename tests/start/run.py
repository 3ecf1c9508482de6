#!/usr/bin/env python3
"""A start is short: counts the instructions of the whole process over a draft of 1 KB in each language, with the
built-in lexicon compiled anew, kept from the run before, and extended by a company's own. Fails when one takes more
than its bound, and when a run finds other than it should. Instructions, since they are the same on any machine;
what an empty process takes is left out. Needs valgrind.

REPLYLINT names the binary, which must be a release build.
"""

import os
import re
import subprocess
import sys
import tempfile

REPLYLINT = os.path.abspath(os.environ.get("REPLYLINT", "target/release/replylint"))

# Millions of instructions, somewhat above what was reached on 2026-11-27. At three thousand million a second
# 30 are 10 ms, which is what a start may take.
ANEW, KEPT, EXTENDED = 380, 28, 28

DRAFTS = {
    "en": "Hello Anna, thank you for your patience. You must pay the invoice of last month before we go on. Kind regards. ",
    "ru": "Здравствуйте, Анна! Спасибо за ожидание. Вам необходимо оплатить счёт за прошлый месяц. ",
    "uk": "Доброго дня, Анно! Дякуємо за очікування. Вам необхідно сплатити рахунок за минулий місяць. ",
    "es": "Hola, Ana: gracias por la espera. Usted debe pagar la factura del mes pasado antes de seguir. ",
    "lo": "ສະບາຍດີ. ຂອບໃຈທີ່ລໍຖ້າ. ທ່ານຕ້ອງຈ່າຍເງິນມື້ນີ້. ",
}

OWN = '[lexicon]\nlanguage = "{0}"\nextends = ["builtin:{0}"]\n[avoid.own.brand]\nphrases = ["our old name"]\n'


def run(folder, *arguments):
    """What a run writes, and how many million instructions it takes."""
    counts = os.path.join(folder, "counts")
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={counts}", REPLYLINT, *arguments]
    environment = {**os.environ, "HOME": folder, "XDG_CACHE_HOME": os.path.join(folder, "cache")}
    environment.pop("REPLYLINT_LEXICON", None)
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if ended.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} ended with {ended.returncode}:\n{ended.stderr}")
    with open(counts) as file:
        total = re.search(r"^(?:totals|summary): (\d+)", file.read(), re.M)
    return ended.stdout, int(total.group(1)) / 1e6


def main():
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        _, empty = run(folder, "--version")
        print(f"{'':4} {'anew':>7} {'kept':>7} {'extended':>9}   million instructions above an empty process ({empty:.1f})")
        for language, sentence in DRAFTS.items():
            count = 1024 // len(sentence.encode())
            with open(os.path.join(folder, "draft.txt"), "w") as file:
                file.write("\n\n".join([sentence] * count))
            with open(os.path.join(folder, f"{language}.toml"), "w") as file:
                file.write(OWN.format(language))
            lint = ["--language", language, "--format", "short", "draft.txt"]
            own = ["--lexicon", f"{language}.toml", *lint]
            (found, anew), (again, kept) = run(folder, *lint), run(folder, *lint)
            run(folder, *own)
            extended, with_own = run(folder, *own)
            print(f"{language:4} {anew - empty:7.1f} {kept - empty:7.1f} {with_own - empty:9.1f}")
            if not (found == again == extended and found.count("\n") >= count):
                failed.append(f"{language}: three runs found different things, or too little:\n{found}{again}{extended}")
            for name, took, bound in [("anew", anew, ANEW), ("kept", kept, KEPT), ("extended", with_own, EXTENDED)]:
                if took - empty > bound:
                    failed.append(f"{language}, {name}: {took - empty:.1f} million instructions, and {bound} is the bound")
    for complaint in failed:
        print(f"error: {complaint}", file=sys.stderr)
    sys.exit(1 if failed else 0)


main()
