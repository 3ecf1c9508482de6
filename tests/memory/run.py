#!/usr/bin/env python3
"""Memory does not grow with the input: streams records of 10 MB and of many times that through
replylint, and fails when the peak of the second is more than a little above that of the first.

REPLYLINT names the binary; the argument is the size of the large stream in MB, 300 if there is none.
"""

import os
import subprocess
import sys
import threading

REPLYLINT = os.environ.get("REPLYLINT", "target/release/replylint")
LITTLE = 4 * 1024  # KB; buffers that happen to be fuller, pages that happen to be touched

SENTENCES = [
    "Thank you for writing to us about the parcel.",
    "We have looked at your order and it left on Tuesday.",
    "You must send us the form that was in the box.",
    "Спасибо, что написали нам о посылке.",
    "Вы должны прислать нам бланк, который лежал в коробке.",
    "Please let us know \\\"by Friday\\\" if it does not come.\\n",
]


def block(number):
    """About a hundred KB of records, a little different each time."""
    records = []
    for index in range(200):
        count = 4 + (number + index) % 7
        text = " ".join(SENTENCES[(number * 7 + index * 3 + step) % len(SENTENCES)] for step in range(count))
        records.append(f'{{"id": {number * 200 + index}, "text": "{text}", "tags": ["parcel", {index}]}}\n')
    return "".join(records).encode()


def peak(megabytes):
    """The most memory that a run over so much takes, in KB, and how many reviews came."""
    run = [REPLYLINT, "--lexicon", "builtin:en", "--lexicon", "builtin:ru", "--input", "ndjson", "--quiet", "--jobs", "2"]
    child = subprocess.Popen(run, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    sent = 0

    def feed():
        nonlocal sent
        written = number = 0
        while written < megabytes << 20:
            written += child.stdin.write(block(number % 64))
            number += 1
            sent += 200
        child.stdin.close()

    feeding = threading.Thread(target=feed)
    feeding.start()
    reviews = 0
    while chunk := child.stdout.read(1 << 20):
        reviews += chunk.count(b"\n")
    feeding.join()
    _, status, usage = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) != 1 or reviews != sent:
        sys.exit(f"{sent} records came to {reviews} reviews, exit status {os.waitstatus_to_exitcode(status)}")
    return usage.ru_maxrss, reviews


def main():
    large = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    (first, few), (second, many) = peak(10), peak(large)
    print(f"10 MB, {few} records: {first} KB at the most; {large} MB, {many} records: {second} KB")
    if second > first + LITTLE:
        sys.exit(f"memory grows with the input: {second - first} KB more for {large} MB than for 10 MB")


if __name__ == "__main__":
    main()
