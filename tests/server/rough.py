#!/usr/bin/env python3
"""Clients as networks have them: slow ones, rude ones, broken ones. The server answers them or hangs up, and serves
everybody else meanwhile."""

import json
import random
import socket
import threading
import time

from server import AGENT, CUSTOMER, CYRILLIC, ELSEWHERE, IN_DRAFT, IN_QUERY, Server, check, draft, fail

LONGEST = 45  # seconds in which the server must have had enough of a client that does not get on


def connect(server):
    return socket.create_connection(("127.0.0.1", server.port), timeout=LONGEST)


def post(body, path="/v1/check", length=None, extra=""):
    body = body if isinstance(body, bytes) else body.encode()
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {length or len(body)}\r\n{extra}\r\n"
    return head.encode() + body


def record(**more):
    return json.dumps({"text": draft(1, 200), "customer": CUSTOMER, "agent": AGENT, **more}, ensure_ascii=False)


def rest(connection):
    """All that still comes; a connection that was reset has come to its end as well."""
    received = b""
    try:
        while chunk := connection.recv(65536):
            received += chunk
    except ConnectionResetError:
        pass
    return received


def serves(server, after):
    status, text = server.record(text="Hi 😀 You must pay.")
    rules = [finding["rule"] for finding in json.loads(text)["findings"]] if status == 200 else text
    check(f"the server serves on after {after}", rules == ["command.you-must"], rules)


def slowly(server, at_once, message, what):
    """Sends some of it, and of the rest a byte a second, until the server has had enough."""
    with connect(server) as connection:
        begun, received = time.monotonic(), b""
        connection.settimeout(1)
        connection.sendall(at_once)
        try:
            for byte in message:
                connection.send(bytes([byte]))
                try:
                    chunk = connection.recv(65536)
                except TimeoutError:
                    if time.monotonic() > begun + LONGEST:
                        fail(f"{what} is waited for, after {LONGEST} seconds still")
                    continue
                if not chunk:
                    break
                received += chunk
        except (BrokenPipeError, ConnectionResetError):
            pass
        # The answer to a whole request before it is none to this.
        last = received[received.rfind(b"HTTP/1.1 "):] if received else b""
        print(f"ok: {what} is waited for {time.monotonic() - begun:.0f} s, then: {last[:30]!r}", flush=True)


def slow(server):
    """Slow clients side by side, and a quick one meanwhile."""
    faults = []

    def run(*arguments):
        try:
            slowly(*arguments)
        except SystemExit as error:
            faults.append(error)

    head, body = post(record()).split(b"\r\n\r\n")
    slow_ones = [
        (b"", b"POST /v1/check HTTP/1.1\r\nX-Filler: " + b"a" * 1000, "a head of a byte a second"),
        (head + b"\r\n\r\n", body, "a body of a byte a second"),
        (post(record()), b"\r\n" * 500, "a second request that never comes"),
    ]
    threads = [threading.Thread(target=run, args=(server, *slow_one)) for slow_one in slow_ones]
    for thread in threads:
        thread.start()
    worst = 0
    while any(thread.is_alive() for thread in threads):
        asked = time.monotonic()
        server.record(text="You must pay.")
        worst = max(worst, time.monotonic() - asked)
        time.sleep(0.05)
    check("a quick client does not wait for slow ones", worst < 2, f"{worst:.2f} s")
    for fault in faults:
        raise fault


def huge(server):
    big = json.dumps({"text": f"{IN_DRAFT} " * (1 << 20)})
    for what, message in [
        ("a body of 11 MB", post(big)),
        ("one that says so and does not come", post("", length=1 << 40)),
        ("a form of 11 MB", post(f"language=en&text={big}", "/v2/check")),
        ("one without a length", b"POST /v1/check HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + (b"ffff\r\n" + b"a" * 0xffff + b"\r\n") * 200),
    ]:
        with connect(server) as connection:
            try:
                connection.sendall(message)
            except (BrokenPipeError, ConnectionResetError):
                pass
            answer = rest_of_one(connection)
            refused = answer == b"" or b" 413 " in answer[:20] or b" 408 " in answer[:20]
            check(f"{what} is refused", refused, answer[:300])
            print(f"  {answer[:40]!r}")
    status, text = server.form(text="a" * (5 << 20), language="en")
    check("a client of LanguageTool is told that its text is too large", (status, text[:7]) == (413, "Error: "), (status, text))
    with connect(server) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: %s\r\n" % (line, b"a" * 4000) for line in range(300)))
        answer = rest(connection)
        check("a head of a MB is refused", answer == b"" or b" 431 " in answer[:20] or b" 400 " in answer[:20], answer[:200])
    with connect(server) as connection:
        connection.sendall(b"GET /" + b"a" * (1 << 20) + b" HTTP/1.1\r\n\r\n")
        answer = rest(connection)
        check("an address of a MB is refused", answer == b"" or answer[9:10] == b"4", answer[:200])


def rest_of_one(connection):
    """What comes of one answer; the connection may stay open."""
    connection.settimeout(LONGEST)
    try:
        return connection.recv(65536)
    except ConnectionResetError:
        return b""


def garbage(server):
    dice = random.Random(1)
    for turn in range(300):
        with connect(server) as connection:
            noise = dice.randbytes(dice.randrange(1, 3000))
            if turn % 3 == 1:
                noise = post(noise)
            elif turn % 3 == 2:
                good = bytearray(post(record()))
                for _ in range(dice.randrange(1, 9)):
                    good[dice.randrange(len(good))] = dice.randrange(256)
                noise = bytes(good)
            try:
                connection.sendall(noise)
                connection.shutdown(socket.SHUT_WR)
                answer = rest(connection)
            except OSError:
                continue
            if answer and not answer.startswith((b"HTTP/1.1 ", b"HTTP/1.0 ")) or answer[9:10] == b"5":
                fail(f"noise {turn} was answered with {answer[:200]!r}")
    print("ok: noise is answered as noise")


def half_closed(server):
    with connect(server) as connection:
        connection.sendall(post(record(), extra="Connection: close\r\n"))
        connection.shutdown(socket.SHUT_WR)
        answer = rest(connection)
        check("who closes its half has an answer", b" 200 " in answer[:20] and b"command.you-must" in answer, answer[:300])
    for cut in [1, 20, 80, len(post(record())) - 1]:
        with connect(server) as connection:
            connection.sendall(post(record())[:cut])
            connection.shutdown(socket.SHUT_WR)
            answer = rest(connection)
            check(f"half a request of {cut} bytes is no review", b" 200 " not in answer[:20], answer[:300])
    for _ in range(200):
        connection = connect(server)
        connection.sendall(post(record()))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        connection.close()


def pipelined(server):
    with connect(server) as connection:
        connection.sendall(b"".join(post(record(id=number)) for number in range(20)) + b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = rest(connection)
        places = [answer.find(b'"id":"%d"' % number) for number in range(20)]
        check("requests in one go have their answers in order", -1 not in places and places == sorted(places), places)
        check("and the one behind them has its own", answer.count(b"HTTP/1.1 200 ") == 21, answer.count(b"HTTP/1.1 200 "))


def said_wrongly(server):
    """Words of drafts and names in all places where something is refused: what is said of them may not be logged."""
    secrets = " ".join([IN_DRAFT, CYRILLIC, ELSEWHERE])
    refused = [
        record(format=secrets), record(language=secrets), record(sent_at=secrets), record(turn=secrets),
        record(text=[secrets]), record(channel=[secrets]), record(customer={"a": secrets}),
        f'{{"text": "{secrets}', f'"{secrets}"', f"[{secrets}]", secrets, f"text={secrets}", record().encode() + b"\xff",
    ]
    passed_over = [record(situation=secrets), record(agent=[secrets]), record().replace("{", f'{{"{secrets}": 5, ', 1)]
    for body in refused + passed_over:
        for path in ["/v1/check", "/v1/check:batch", "/v2/check"]:
            with connect(server) as connection:
                connection.sendall(post(body, path, extra=f"Connection: close\r\nReferer: http://x/{ELSEWHERE}\r\n"))
                answer = rest(connection)
                if body in refused and b" 200 " in answer[:20] and b'"error"' not in answer:
                    fail(f"{body!r} was answered by {path} with {answer[-300:]!r}")
    for query in [f"text={IN_QUERY}&language={IN_QUERY}", f"text={IN_QUERY}%&language=en", f"data={IN_QUERY}",
                  f"text={IN_QUERY}&language=en"]:
        for path in ["/v2/check", f"/{IN_QUERY}", f"/v1/rules/{IN_QUERY}"]:
            server.request("GET", f"{path}?{query}")
    print("ok: what is said wrongly is refused")


if __name__ == "__main__":
    with Server("rough") as server:
        for ordeal in [huge, garbage, half_closed, pipelined, said_wrongly, slow]:
            ordeal(server)
            serves(server, ordeal.__name__)
