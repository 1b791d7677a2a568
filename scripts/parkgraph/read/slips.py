"""What the Turtle parser's complaints mean, where exactly the slip is, and how to mend it."""

from __future__ import annotations

import re
from typing import NamedTuple

from parkgraph.errors import Unreadable
from parkgraph.messages import Text, _

# Texts, comments and IRIs are passed over; what is left may begin a triple that is used as a term.
_TRIPLE_AS_TERM = re.compile(
    r'''"""(?:\\.|[^\\])*?"""|\'{3}(?:\\.|[^\\])*?\'{3}|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''''
    r"|<[^<>\s]*>|#[^\n]*|\\.|(?P<found><<|\{\||~)",
    re.DOTALL,
)


def newer_turtle(text: str, name: str) -> Unreadable:
    """The error for a file that holds a triple as a term."""
    start = next((match.start() for match in _TRIPLE_AS_TERM.finditer(text) if match["found"]), 0)
    return Unreadable(
        _("holds a triple as a term (RDF 1.2), which SHACL and OWL tools do not read"),
        file=name,
        line=text.count("\n", 0, start) + 1,
        column=start - text.rfind("\n", 0, start),
        fix=_("describe it with a node of its own"),
    )


class _Slip(NamedTuple):
    """A known mistake: what the parser says, what it means, how to mend it. `{0}` is the pattern's group."""

    says: re.Pattern[str]
    en: str
    zh: str
    fix_en: str
    fix_zh: str


def _slip(says: str, en: str, zh: str, fix_en: str, fix_zh: str) -> _Slip:
    return _Slip(re.compile(says, re.DOTALL), en, zh, fix_en, fix_zh)


_QUOTE_FIX = ('text needs quotes: "…"@zh, "…"@en', '文字要加引号："…"@zh、"…"@en')

# The first that fits counts, so the special cases stand before the general ones.
_SLIPS = (
    _slip(
        r"A dot is expected at the end of statements|Triples should be followed by a dot",
        "the statement before this place has no end: a '.', ';' or ',' is missing",
        "此处之前的语句没有结束：缺少“.”“;”或“,”",
        "end the statement with '.', go on with the same subject with ';', add a value with ','",
        "语句以“.”结束；同一主语继续用“;”；再加一个值用“,”",
    ),
    _slip(
        r"Line jumps are not allowed in string literals",
        "a text in single quotes runs over the end of the line: its closing quote is missing",
        "单行文字跨越了行尾：缺少收尾引号",
        'close the quote, or write a text of several lines between """ and """',
        '请补上引号；多行文字请写在 """ 与 """ 之间',
    ),
    _slip(
        r"Unexpected end",
        "the file ends in the middle of a text or statement",
        "文件在文字或语句中途结束",
        "close the text, or end the statement with '.'",
        "请补上文字的引号，或用“.”结束语句",
    ),
    _slip(
        r"Unexpected escape character '(.*)'",
        "a backslash stands before a character it cannot stand before: {0}",
        "反斜杠后面的字符不允许：{0}",
        r"write \\ for a backslash, \" for a quote inside a text",
        r"反斜杠本身写作 \\，文字内的引号写作 \"",
    ),
    _slip(
        r"No scheme found in an absolute IRI",
        "a relative IRI: there is no base to complete it",
        "相对 IRI：没有可用来补全的基址",
        "write the whole IRI, or a prefixed name such as park:Project",
        "请写完整的 IRI，或带前缀的名称，如 park:Project",
    ),
    _slip(
        r"Invalid IRI code point '(.*)'",
        "an IRI between < and > holds a character it may not hold: '{0}'",
        "< 与 > 之间的 IRI 含有不允许的字符：“{0}”",
        "percent-encode it (a space is %20), or close the IRI with '>'",
        "请做百分号编码（空格为 %20），或补上“>”",
    ),
    _slip(
        r"should be followed by a prefix like",
        "a @prefix line without a prefix name",
        "@prefix 行缺少前缀名",
        "write it as: @prefix park: <https://…> .",
        "写作：@prefix park: <https://…> .",
    ),
    _slip(
        r"blank node property lists should end with a '\]'",
        "a '[' is not closed",
        "“[” 没有闭合",
        "close it with ']', or separate its properties with ';'",
        "请用“]”闭合，或用“;”分隔其中的属性",
    ),
    _slip(
        r"^\. is not a valid RDF object",
        "a value or a closing ')' is missing before the '.'",
        "“.” 之前缺少一个值或“)”",
        "write the value, or close the list",
        "请补上值，或闭合列表",
    ),
    _slip(
        r"^; is not a valid RDF object|^, is not a valid RDF object|^\] is not a valid RDF object",
        "a value is missing here",
        "此处缺少一个值",
        "write the value between the property and the punctuation",
        "请在属性与标点之间写上值",
    ),
    _slip(
        r"^(\".*\") is not a valid predicate",
        "a text stands where a property is needed: {0}",
        "需要属性的位置上是文字：{0}",
        "put a property before it, or a ',' when it is one more value",
        "请在它前面写属性；若是再加一个值，请用“,”",
    ),
    _slip(
        r"^(\S+) is not a valid predicate",
        "{0} stands where a property is needed",
        "{0} 处需要一个属性",
        "write a prefixed name such as rdfs:label, or 'a'",
        "请写带前缀的名称，如 rdfs:label，或 a",
    ),
    _slip(
        r"^(\S+) is not a valid RDF object",
        "{0} is no value: neither a quoted text, a number, nor a name with a prefix",
        "{0} 不是一个值：既非带引号的文字、数字，也非带前缀的名称",
        *_QUOTE_FIX,
    ),
    _slip(
        r"^\. is not a valid subject or graph name",
        "a '.' where no statement is open",
        "此处的“.”没有对应的语句",
        "remove it",
        "请删除它",
    ),
    _slip(
        r"^(\S+) is not a valid subject or graph name",
        "{0} stands where a subject or the end of the statement is needed",
        "{0} 处需要主语，或语句应在此前结束",
        r"look just before it: an unescaped quote (write \") or a missing ';' is the usual cause",
        r"请看它的前面：常见原因是文字内的引号未写成 \"，或缺少“;”",
    ),
    _slip(
        r"^Unexpected character '(.*)'",
        "unexpected character '{0}'",
        "意外的字符“{0}”",
        "remove it, or quote the text it belongs to; a language tag has hyphens only, as in zh-CN",
        "请删除它，或给所属文字加引号；语言标签只用连字符，如 zh-CN",
    ),
)

# Typed with a Chinese input method: the ASCII sign each stands for.
_FULL_WIDTH = {"。": ".", "\uff1b": ";", "\uff0c": ",", "\uff1a": ":", "“": '"', "”": '"', "‘": "'", "’": "'",
               "\uff1c": "<", "\uff1e": ">", "《": "<", "》": ">", "\uff08": "(", "\uff09": ")",
               "【": "[", "】": "]", "、": ",", "\uff20": "@", "\uff3e": "^",
               "\u3000": " ", "\u00a0": " ", "\ufeff": "", "\u200b": ""}  # fmt: skip


def explain(error: SyntaxError, text: str, name: str) -> Unreadable:
    """The parser's complaint about `text` as an error a person understands, with its place."""
    said = str(error.msg).partition(": ")[2] or str(error.msg)
    line, column = _within(text, error.lineno or 1, error.offset or 1)
    line, column = _stop_in_name(text, line, column) or (line, column)
    message, fix = _full_width(text, line, column) or _undeclared_prefix(said) or _known_slip(said)
    return Unreadable(message, fix=fix, file=name, line=line, column=column)


def _within(text: str, line: int, column: int) -> tuple[int, int]:
    # A file that ends too early is wrong at its last word, not on the line after it.
    end = len(text.rstrip())
    last = text.count("\n", 0, end) + 1
    return (last, end - text.rfind("\n", 0, end)) if line > last else (line, column)


# Turtle lets names hold these signs, so they end no statement: `a park:Project。` names a class.
_STOP_IN_NAME = re.compile(r"[\w-]*:[^\s\"'<>]*[、。\uff0c\uff1b]\s*$")
_LONGEST_NAME = 300


def _stop_in_name(text: str, line: int, column: int) -> tuple[int, int] | None:
    """The place of a full-width stop at the end of the name just before (line, column)."""
    end = sum(len(one) + 1 for one in text.split("\n")[: line - 1]) + column - 1
    if not _STOP_IN_NAME.search(text, max(0, end - _LONGEST_NAME), end):
        return None
    last = len(text[:end].rstrip())
    return text.count("\n", 0, last) + 1, last - 1 - text.rfind("\n", 0, last)


def _full_width(text: str, line: int, column: int) -> tuple[Text, Text] | None:
    lines = text.split("\n")
    found = lines[line - 1][column - 1 : column] if line <= len(lines) else ""
    if found not in _FULL_WIDTH:
        return None
    wanted = _FULL_WIDTH[found]
    if not wanted:
        return (
            _("an invisible sign (U+{ord:04X})", ord=ord(found)),
            _("delete it"),
        )
    if wanted == " ":
        return (
            _("a space that Turtle does not know (U+{ord:04X})", ord=ord(found)),
            _("write a plain space instead"),
        )
    return (
        _("a full-width sign that Turtle does not know: {found}", found=found),
        _("write {wanted} instead", wanted=wanted),
    )


def _undeclared_prefix(said: str) -> tuple[Text, Text] | None:
    from parkgraph.names import STANDARD_PREFIXES, prefixes

    found = re.match(r"The prefix (.*): has not been declared", said)
    if not found:
        return None
    prefix = found[1]
    try:
        namespace = prefixes().get(prefix)
    except Unreadable:  # the faulty file may be prefixes.ttl itself
        namespace = STANDARD_PREFIXES.get(prefix)
    line = f"@prefix {prefix}: <{namespace or '…'}> ."
    return (
        _("the prefix {prefix}: is not declared", prefix=prefix),
        _("add at the top of the file: {line}", line=line),
    )


def _known_slip(said: str) -> tuple[Text, Text | None]:
    for slip in _SLIPS:
        found = slip.says.search(said)
        if found:
            parts = [_short(group) for group in found.groups()]
            return (
                {"en": slip.en.format(*parts), "zh": slip.zh.format(*parts)},
                {"en": slip.fix_en, "zh": slip.fix_zh},
            )
    return _("not Turtle: {said}", said=said), None


def _short(part: str, limit: int = 40) -> str:
    return part if len(part) <= limit else part[: limit - 1] + "…"
