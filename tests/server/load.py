#!/usr/bin/env python3
"""Fifty connections send ten thousand drafts of a KB each: no error, and memory stays where it is. Then the same
while the lexicon is rewritten, broken and mended ten times a second: no request fails, and none sees a part of one
lexicon and a part of another."""

import asyncio
import itertools
import json
import os
import statistics
import sys
import time

from server import CUSTOMER, AGENT, WORK, Server, check, draft, fail

CONNECTIONS = 50
DRAFTS = int(os.environ.get("DRAFTS", "10000"))
PHRASES = 20
LITTLE = 8 * 1024  # KB of memory that may come to be used when all is warm; buffers that happen to be fuller


class Tally:
    def __init__(self):
        self.seconds, self.versions = [], {}


async def answer(reader):
    """Status and body of the next answer on a connection."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode().lower().split("\r\n")
    length = next(int(line.split(":")[1]) for line in lines if line.startswith("content-length:"))
    return int(lines[0].split()[1]), await reader.readexactly(length)


async def client(port, numbers, text, look, tally):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number in numbers:
        record = {"id": number, "text": text(number), "customer": f"My {CUSTOMER} is late", "agent": AGENT}
        body = json.dumps(record).encode()
        head = f"POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        begun = time.perf_counter()
        writer.write(head.encode() + body)
        status, said = await asyncio.wait_for(answer(reader), 20)
        tally.seconds.append(time.perf_counter() - begun)
        if status != 200:
            fail(f"draft {number} was answered with {status}: {said[:500]!r}")
        review = json.loads(said)
        if str(review["id"]) != str(number):
            fail(f"draft {number} got the review of {review['id']}")
        look(review, tally)
    writer.close()


async def load(port, count, text, look):
    """Sends so many drafts over all connections at once."""
    tally, numbers = Tally(), iter(range(count))
    await asyncio.gather(*(client(port, numbers, text, look, tally) for _ in range(CONNECTIONS)))
    return tally


def told(what, tally, seconds):
    cuts = statistics.quantiles(tally.seconds, n=100)
    print(f"{what}: {len(tally.seconds)} drafts in {seconds:.1f} s over {CONNECTIONS} connections, "
          f"p50 {cuts[49] * 1000:.1f} ms, p99 {cuts[98] * 1000:.1f} ms")


def steady():
    def look(review, _):
        if [finding["rule"] for finding in review["findings"]][:1] != ["command.you-must"]:
            fail(f"a draft got {review}")

    with Server("load") as server:
        asyncio.run(load(server.port, DRAFTS // 4, draft, look))
        warm, begun = server.memory(), time.monotonic()
        tally = asyncio.run(load(server.port, DRAFTS, draft, look))
        told("steady", tally, time.monotonic() - begun)
        after = server.memory()
        check(f"{DRAFTS} drafts are answered", len(tally.seconds) == DRAFTS, len(tally.seconds))
        check("memory stays where it is", after < warm + LITTLE, f"{warm} KB when warm, {after} KB after {DRAFTS} drafts")
        print(f"memory: {warm} KB when warm, {after} KB afterwards")


def lexicon(version):
    """A lexicon whose every entry says which version it is of."""
    entries = (f'[avoid.word.w{number}]\nphrases = ["phrase{number} word"]\nprefer = ["{version}"]\nwhy = "{version}"\n'
               for number in range(PHRASES))
    return f'[lexicon]\nname = "Two"\nlanguage = "en"\nversion = "{version}"\n' + "".join(entries)


async def rewrite(path):
    """Rewrites the file as people and programs do: in its place, and with another that is moved there."""
    kept, other = lexicon("old"), lexicon("new")
    ways = [other[: len(other) // 2] + '"', "", other.replace("phrases", "phrase"), other + "[avoid.word.w1]\n"]
    contents = itertools.chain.from_iterable((other, broken, kept, broken) for broken in itertools.cycle(ways))
    for turn, text in enumerate(contents):
        if turn % 3:
            aside = path.with_name("aside")
            aside.write_text(text)
            aside.replace(path)
        else:
            path.write_text(text)
        await asyncio.sleep(0.1)


def unsteady():
    path = WORK / "two.toml"
    path.write_text(lexicon("old"))
    phrases = " ".join(f"phrase{number} word." for number in range(PHRASES))

    def look(review, tally):
        versions = [finding["why"] for finding in review["findings"]]
        if len(versions) != PHRASES or len(set(versions)) != 1 or review["findings"][0]["prefer"][0].lower() != versions[0]:
            fail(f"a request saw {len(versions)} of {PHRASES} entries, of the lexicons {sorted(set(versions))}")
        tally.versions[versions[0]] = tally.versions.get(versions[0], 0) + 1

    def text(number):
        return f"{draft(number, 600).replace('You must', 'You may')} {phrases}"

    async def both(port):
        rewriting = asyncio.create_task(rewrite(path))
        tally, deadline = Tally(), time.monotonic() + 200
        # A fast machine is done before the file has changed often.
        while len(tally.seconds) < DRAFTS or len(tally.versions) < 2 or time.monotonic() < begun + 8:
            if time.monotonic() > deadline:
                break
            more = await load(port, DRAFTS // 5, text, look)
            tally.seconds += more.seconds
            for version, count in more.versions.items():
                tally.versions[version] = tally.versions.get(version, 0) + count
        rewriting.cancel()
        return tally

    with Server("reload", lexicon=path) as server:
        asyncio.run(load(server.port, DRAFTS // 5, text, look))
        warm, begun = server.memory(), time.monotonic()
        tally = asyncio.run(both(server.port))
        told("with a lexicon that changes", tally, time.monotonic() - begun)
        check(f"{DRAFTS} drafts are answered while the lexicon changes", len(tally.seconds) >= DRAFTS, len(tally.seconds))
        check("each of both lexicons was in force", set(tally.versions) == {"old", "new"}, tally.versions)
        print("answers by lexicon:", tally.versions)
        after = server.memory()
        print(f"memory: {warm} KB when warm, {after} KB afterwards")
        check("memory stays where it is, however often lexicons come and go", after < warm + LITTLE, f"{warm} KB, {after} KB")
        path.write_text(lexicon("old"))
        for _ in range(100):
            findings = json.loads(server.record(text=text(0))[1])["findings"]
            if findings and findings[0]["why"] == "old":
                break
            time.sleep(0.1)
        else:
            fail("the lexicon that was mended last is not in force")
        reloads = {line for line in server.metrics().splitlines() if "reload" in line and not line.startswith("#")}
        print(*sorted(reloads), sep="\n")
        counts = [float(line.split()[-1]) for line in reloads]
        check("lexicons were put in force and refused", len([count for count in counts if count >= 3]) >= 2, reloads)


if __name__ == "__main__":
    steady()
    unsteady()
