"""A page as a browser takes it apart."""

from __future__ import annotations

import json
from html.parser import HTMLParser

ADDRESSES = {"src", "href", "action", "formaction", "data", "poster", "srcset"}


class Page(HTMLParser):
    """What a page refers to, what it says, what it runs, and the numbers in it."""

    def __init__(self, text):
        super().__init__()
        self.refers, self.tags, self.ids, self.scripts, self.handlers = [], [], [], [], []
        self.numbers, self.isolated, self.styled = {}, [], []
        self._said, self._open = [], None
        self.feed(text)
        self.close()

    @property
    def said(self):
        return " ".join("".join(self._said).split())

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.refers += [value for name, value in attributes if name in ADDRESSES]
        self.handlers += [name for name in given if name.startswith("on")]
        self.styled += [tag] if "style" in given else []
        if tag == "script" and given.get("type") != "application/json":
            self.scripts.append("")
        if tag == "bdi":
            self.isolated.append("")
        self._open = (tag, given)

    def handle_endtag(self, tag):
        self._open = None
        self._said += [" "] if tag in {"td", "th"} else []

    def handle_data(self, data):
        tag, given = self._open or ("", {})
        if tag == "script" and given.get("type") == "application/json":
            self.numbers[given["id"]] = json.loads(data)
        elif tag == "script":
            self.scripts[-1] += data
        elif tag != "style":
            self._said.append(data)
        if tag == "bdi":
            self.isolated[-1] += data
