"""What schemathesis has to be told: how lines of JSON are sent, which is as they are."""

import json

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def lines(_, value):
    return value.encode() if isinstance(value, str) else json.dumps(value).encode()
