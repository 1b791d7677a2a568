"""What typer itself says, in Chinese: the frame of its help texts and its complaints about options."""

from __future__ import annotations

import re

_HELP = (
    (r"^Usage: ", "用法："),
    (r"^Options:", "选项："),
    (r"^Arguments:", "参数："),
    (r"^Commands:", "命令："),
    (r"\[OPTIONS\]", "[选项]"),
    (r"\bCOMMAND \[ARGS\]\.\.\.", "命令 [参数]…"),
    (r"\[default:\s+", "[默认："),
    (r"; required\]", "；必填]"),
    (r"\[required\]", "[必填]"),
    (r"Show this message and exit\.", "显示本说明。"),
)
_COMPLAINTS = (
    (r"Invalid value for '(.+?)': (.+)", "{0} 的值不对：{1}"),
    (r"'(.*)' is not a valid int(?: range)?\.", "“{0}”不是整数"),
    (r"'(.*)' is not a valid float(?: range)?\.", "“{0}”不是数"),
    (r"(\S+) is not in the range (.+)\.", "{0} 不在 {1} 的范围内"),
    (r"'(.*)' is not one of (.+)\.", "“{0}”不在可选值之中：{1}"),
    (r"Missing argument '(.+)'\.", "缺少参数 {0}"),
    (r"Missing option '(.+)'\.", "缺少选项 {0}"),
    (r"Missing command\.", "缺少子命令"),
    (r"No such command '(.*)'\.", "没有子命令 {0}"),
    (r"No such option: (\S+)", "没有选项 {0}"),
    (r"No such option: (\S+) \(Possible options: (.+)\)", "没有选项 {0}，是否想用 {1}？"),
    (r"Option '(.+)' requires an argument\.", "选项 {0} 需要一个值"),
    (r"Option '(.+)' does not take a value\.", "选项 {0} 不带值"),
    (r"Got unexpected extra argument\(s\) \((.*)\)", "多出的参数：{0}"),
)


def help_in_chinese(text: str) -> str:
    """A help text as typer lays it out → the same with its fixed words in Chinese."""
    for pattern, chinese in _HELP:
        text = re.sub(pattern, chinese, text, flags=re.MULTILINE)
    return text


def complaint_in_chinese(text: str) -> str:
    """A complaint of typer's about the command line, in Chinese; one it has no words for stays as it is."""
    for pattern, chinese in _COMPLAINTS:
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found:
            parts = (part.replace("' / '", "、") for part in found.groups())
            return chinese.format(*map(complaint_in_chinese, parts))
    return text
