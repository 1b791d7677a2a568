"""Regular expressions as XPath defines them (F&O 5.6.1, with XML Schema part 2, appendix G).

They are translated for the linear engine behind SPARQL's REGEX here, which reads another dialect: `\\i`,
`\\w`, `.` and the subtraction of classes mean other things to it, or nothing. Only a back reference, which
no linear engine has, goes to Python's, in its dialect.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from pyoxigraph import Literal, Store

from parkgraph.messages import Quoted, Text, _

_START = (
    r"_:A-Za-z\u{C0}-\u{D6}\u{D8}-\u{F6}\u{F8}-\u{2FF}\u{370}-\u{37D}\u{37F}-\u{1FFF}\u{200C}-\u{200D}"
    r"\u{2070}-\u{218F}\u{2C00}-\u{2FEF}\u{3001}-\u{D7FF}\u{F900}-\u{FDCF}\u{FDF0}-\u{FFFD}\u{10000}-\u{EFFFF}"
)
_MORE = _START + r"\-.0-9\u{B7}\u{300}-\u{36F}\u{203F}-\u{2040}"
_SETS = {
    "d": r"[\p{Nd}]",
    "s": r"[ \t\n\r]",
    "w": r"[^\p{P}\p{Z}\p{C}]",
    "i": f"[{_START}]",
    "c": f"[{_MORE}]",
}
_SETS |= {name.upper(): "[^" + body[1:] if body[1] != "^" else "[" + body[2:] for name, body in _SETS.items()}
_SPACES = " \t\n\r"
_NO_SIGN = r"\U0010FFFF"


@cache
def _blocks() -> dict[str, str]:
    """Block of Unicode → its signs, as in a class; the categories the engine knows itself."""
    lines = Path(__file__).with_name("blocks.txt").read_text(encoding="utf-8").splitlines()[1:]
    return {name: rf"\u{{{first}}}-\u{{{last}}}" for name, first, last in map(str.split, lines)}


class BadRegex(ValueError):
    """Not a regular expression of XPath.  said: why."""

    def __init__(self, said: Text) -> None:
        super().__init__(said)
        self.said = said


def matching(pattern: str, flags: str, texts: Iterable[str]) -> set[str]:
    """Those of `texts` in which the pattern is found.  Raises BadRegex."""
    if _refers_back(pattern, flags):
        every = list(texts)
        return set(filter(_python(pattern, flags, every).search, every))
    compiled = _translated(pattern, flags)
    wanted = f"{Literal(compiled)}, {Literal(''.join(sorted(set(flags) & set('im'))))}"
    found: set[str] = set()
    every = list(dict.fromkeys(texts))
    for start in range(0, len(every), 10_000):
        some = every[start : start + 10_000]
        rows = "".join(f"({number} {Literal(text)})" for number, text in enumerate(some))
        query = f"SELECT ?n {{ VALUES (?n ?text) {{ {rows} }} FILTER REGEX(?text, {wanted}) }}"
        found.update(some[int(row[0].value)] for row in Store().query(query))  # type: ignore[union-attr]
    return found


@lru_cache(maxsize=1000)
def check(pattern: str, flags: str) -> None:
    """Raises BadRegex where the pattern or the flags are none."""
    if set(flags) - set("smixq"):
        raise BadRegex(_("unknown flags: {flags}", flags=flags))
    if _refers_back(pattern, flags):
        _python(pattern, flags)
        return
    compiled = _translated(pattern, flags)
    fits = list(Store().query(f'SELECT (REGEX("", {Literal(compiled)}, "") AS ?fits) {{}}'))  # type: ignore[arg-type]
    if fits[0][0] is None:
        raise BadRegex(_said(pattern))


def _said(pattern: str) -> Text:
    try:  # the linear engine gives no reason; Python's may
        re.compile(pattern)
    except re.error as error:
        return Quoted(error)
    return _("a part that XPath does not have")


def _refers_back(pattern: str, flags: str) -> bool:
    return "q" not in flags and bool(re.search(r"(?<!\\)(?:\\\\)*\\[1-9]", pattern))


def _python(pattern: str, flags: str, texts: Iterable[str] = ()) -> re.Pattern[str]:
    parts = _ForPython(pattern, flags, set().union(*texts)).parts()
    text = re.sub(r"\\u\{([0-9A-F]+)\}", lambda found: rf"\U{found[1]:0>8}", "".join(parts))
    known = {"i": re.IGNORECASE, "m": re.MULTILINE}
    try:
        return re.compile(text, sum(known.get(flag, 0) for flag in set(flags)))
    except re.error as error:
        raise BadRegex(Quoted(error)) from None


def _translated(pattern: str, flags: str) -> str:
    """The pattern in the dialect of the linear engine, but for the flags i and m.  Raises BadRegex."""
    if "q" in flags:
        return "".join(_literal(sign) for sign in pattern)
    return "".join(_Translation(pattern, flags).parts())


def _literal(sign: str) -> str:
    return sign if sign.isalnum() or ord(sign) > 127 else f"\\x{ord(sign):02X}"


class _Translation:
    def __init__(self, pattern: str, flags: str) -> None:
        self.text, self.flags, self.at = pattern, flags, 0

    def parts(self) -> Iterator[str]:
        while self.at < len(self.text):
            sign = self.text[self.at]
            if sign == "\\":
                yield self.escape()
            elif sign == "[":
                yield self.set()
            else:
                self.at += 1
                if sign == ".":
                    yield r"[\s\S]" if "s" in self.flags else r"[^\n\r]"
                elif sign == "{":
                    yield self.quantity()
                elif sign == "(" and self.text[self.at : self.at + 1] == "?":
                    if self.text[self.at + 1 : self.at + 2] != ":":
                        raise BadRegex(_("XPath has no (?…) but (?:…)"))
                    yield sign
                elif not ("x" in self.flags and sign in _SPACES):
                    yield _literal(sign) if sign in "#&~- \t\n\r" else sign

    def quantity(self) -> str:
        found = re.compile(r"\d+(?:,\d*)?\}").match(self.text, self.at)
        if not found:
            raise BadRegex(_("a { that begins no number of times; write \\{"))
        self.at = found.end()
        return "{" + found[0]

    def named(self, sign: str) -> str:
        return _SETS[sign]

    def of_category(self, sign: str, name: str) -> str:
        return f"\\{sign}{{{name}}}"

    def whole(self, items: list[str], negated: bool, less: str) -> str:
        whole = f"[{'^' if negated else ''}{''.join(items)}]"
        return f"[{whole}--{less}]" if less else whole

    def escape(self) -> str:
        sign = self.text[self.at + 1 : self.at + 2]
        self.at += 2
        if sign in _SETS and sign:
            return self.named(sign)
        if sign in ("p", "P"):
            return self.category(sign)
        if sign in ("n", "r", "t"):
            return "\\" + sign
        if sign and sign in r"\|.?*+(){}$-[]^ " + "/":
            return _literal(sign)
        raise BadRegex(_("XPath has no \\{sign}", sign=sign))

    def category(self, sign: str) -> str:
        found = re.compile(r"\{([A-Za-z0-9-]+)\}").match(self.text, self.at)
        if not found:
            raise BadRegex(_("\\{sign} needs a category, as in \\{sign}{{L}}", sign=sign))
        self.at = found.end()
        name = found[1]
        if not name.startswith("Is"):
            if not re.fullmatch("L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?", name):
                raise BadRegex(_("no category of characters: {name}", name=name))
            return self.of_category(sign, name)
        if name[2:] not in _blocks():
            raise BadRegex(_("no block of characters: {name}", name=name[2:]))
        return f"[{'^' if sign == 'P' else ''}{_blocks()[name[2:]]}]"

    def set(self) -> str:
        """A class in brackets; a nested one keeps negation and subtraction apart."""
        self.at += 1
        negated = self.text.startswith("^", self.at)
        self.at += negated
        items: list[str] = []
        less = ""
        while self.at < len(self.text):
            sign = self.text[self.at]
            if sign == "]" and items:
                self.at += 1
                return self.whole(items, negated, less)
            if sign == "-" and self.text.startswith("-[", self.at) and items:
                self.at += 1
                less = self.set()
                if not self.text.startswith("]", self.at):
                    raise BadRegex(_("a subtracted class ends the class"))
                continue
            if sign == "\\":
                items.append(self.escape())
            elif sign == "[":
                raise BadRegex(_("a [ in a class; write \\["))
            else:
                self.at += 1
                between = sign == "-" and items and self.text[self.at : self.at + 1] not in ("]", "[", "")
                items.append("-" if between else _literal(sign))
        raise BadRegex(_("a [ that is not closed"))


class _ForPython(_Translation):
    """Python has back references, and neither categories nor classes in classes.  signs: of the texts."""

    def __init__(self, pattern: str, flags: str, signs: set[str]) -> None:
        super().__init__(pattern, flags)
        self.signs = signs

    def parts(self) -> Iterator[str]:
        for part in super().parts():
            yield r"\Z" if part == "$" and "m" not in self.flags else part

    def escape(self) -> str:
        digits = re.compile(r"\\([1-9][0-9]?)").match(self.text, self.at)
        if not digits:
            return super().escape()
        self.at = digits.end()
        return f"(?:{digits[0]})"

    def named(self, sign: str) -> str:
        if sign in "wW":
            return self._of("PZC", negated=sign == "w")
        return f"\\{sign}" if sign in "dD" else _SETS[sign]

    def of_category(self, sign: str, name: str) -> str:
        return self._of((name,), negated=sign == "P")

    def _of(self, categories: Iterable[str], *, negated: bool) -> str:
        """The signs of some categories, of those that occur, and one that does not."""
        own = [one for one in self.signs if unicodedata.category(one).startswith(tuple(categories))]
        body = "".join(f"\\U{ord(one):08X}" for one in own)
        return f"[{'^' if negated else ''}{body or _NO_SIGN}]"

    def whole(self, items: list[str], negated: bool, less: str) -> str:
        sets = [item for item in items if item[0] == "["]
        plain = "".join(item for item in items if item[0] != "[")
        whole = "|".join([*sets, f"[{plain}]"] if plain else sets)
        whole = rf"(?!{whole})[\s\S]" if negated else f"(?:{whole})"
        return f"(?:(?!{less}){whole})" if less else f"(?:{whole})"
