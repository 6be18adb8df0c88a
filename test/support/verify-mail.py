"""Reads mails as a receiver does, by code that is none of ours: dkimpy, and the standard library's `email`.

stdin: {"dns": {"<selector>._domainkey.<domain>": "v=DKIM1; ..."}, "mails": ["<base64>", ...]}
stdout: a list, an object for each mail.
"""

import base64
import email
import email.policy
import json
import re
import sys
from urllib.parse import parse_qs, urlsplit

import dkim

LIST_HEADERS = ("List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Feedback-ID", "Auto-Submitted")


def signature(raw, dns):
    """What dkimpy says, with keys of 2048 bits or more, and which headers the signature names."""

    def lookup(name, timeout=5):
        return dns.get(name.decode().rstrip("."), "").encode()

    verifier = dkim.DKIM(raw, minkey=2048)
    try:
        passes = verifier.verify(dnsfunc=lookup)
    except dkim.DKIMException:
        passes = False
    fields = verifier.signature_fields or {}
    names = re.sub(rb"\s", b"", fields.get(b"h", b"")).decode().split(":")
    return {
        "passes": bool(passes),
        "selector": fields.get(b"s", b"").decode(),
        "domain": fields.get(b"d", b"").decode(),
        "canonical": fields.get(b"c", b"").decode(),
        "algorithm": fields.get(b"a", b"").decode(),
        "h": names,
    }


def urls(value):
    """RFC 2369 section 2: URLs in angle brackets, separated by commas, read from left to right."""
    rest, found = value.strip(), []
    while rest:
        match = re.match(r"<([^<>\s]+)>\s*(,\s*|$)", rest)
        if not match:
            return None
        found.append(match[1])
        rest = rest[match.end():]
    return [{"url": url, "scheme": urlsplit(url).scheme, "query": parse_qs(urlsplit(url).query)} for url in found]


def addresses(header):
    return [{"name": one.display_name, "address": one.addr_spec} for one in header.addresses] if header else []


def headers(raw):
    message = email.message_from_bytes(raw, policy=email.policy.default)
    one = {name: message.get_all(name, []) for name in LIST_HEADERS}
    leave = one["List-Unsubscribe"]
    return {
        "from": addresses(message["From"]),
        "to": addresses(message["To"]),
        "replyTo": addresses(message["Reply-To"]),
        "subject": str(message["Subject"]),
        "date": message["Date"].datetime.isoformat(),
        "messageId": str(message["Message-ID"]),
        "list": {name: [str(value) for value in values] for name, values in one.items()},
        "leave": urls(str(leave[0])) if len(leave) == 1 else None,
        "parts": [part.get_content_type() for part in message.iter_parts()],
        "text": message.get_body(("plain",)).get_content() if message.get_body(("plain",)) else "",
        "defects": [repr(defect) for name in message.keys() for defect in message[name].defects]
        + [repr(defect) for part in message.walk() for defect in part.defects],
        "twice": sorted({name for name in message.keys() if len(message.get_all(name)) > 1}),
    }


def main():
    asked = json.load(sys.stdin)
    mails = [base64.b64decode(mail) for mail in asked["mails"]]
    json.dump([{"dkim": signature(raw, asked["dns"]), "headers": headers(raw)} for raw in mails], sys.stdout)


main()
