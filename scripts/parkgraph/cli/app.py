"""The command line's frame: finds the command, runs it, turns errors into messages and exit codes.

How to add a command NAME:
- `cli/NAME.py` has `register(app: typer.Typer) -> None`, which adds it: `app.command("NAME")(function)`
  (or `app.add_typer(group, name="NAME")` when it has commands of its own). It is called when the command
  runs, so help texts may be `words({"en": …, "zh": …})` from `cli.settings`. (Such a module has no
  `from __future__ import annotations`: typer could not resolve the annotations of an inner function.)
- COMMANDS below has its line: summary in both languages and an example.
- The common options (--root, --lang, --quiet, --debug) are taken off before the command sees its
  arguments; ask `settings.current()`, `settings.root()`. Don't declare them again.
- A module imports at its top only what is quick; rooms are imported inside the function.
- Findings: `raise typer.Exit(FINDINGS)`. Everything else that stops: raise a ParkgraphError.
- Data to stdout, everything else to stderr (`settings.notice`).

Exit codes: 0 fine, 1 findings, 2 wrong usage, 3 input unreadable, 4 remote store, time or memory limit;
70 a fault of parkgraph itself, 130 interrupted, 141 the reader of stdout went away.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import ParkgraphError, Remote, Usage
from parkgraph.messages import Either, Text, _
from parkgraph.show.width import visible

if TYPE_CHECKING:
    import typer

INTERNAL_FAULT = 70
INTERRUPTED = 130
READER_GONE = 141
_TEXTS = ("ask", "query", "why", "cite")
"""Commands that take texts; to all others an empty argument would name the current folder or nothing."""
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


class Command(NamedTuple):
    """What `parkgraph --help` says of a command."""

    en: str
    zh: str
    example: str


COMMANDS = {
    "build": Command(
        "check everything and write dist/",
        "检查全部内容并生成 dist/",
        "parkgraph build",
    ),
    "questions": Command(
        "list the saved questions",
        "列出已保存的问题",
        "parkgraph questions --topic project",
    ),
    "ask": Command(
        "answer a saved question",
        "回答一个已保存的问题",
        "parkgraph ask projects-serving-industry --industry 生物医药",
    ),
    "query": Command(
        "run any SPARQL query",
        "运行任意 SPARQL 查询",
        "parkgraph query -e 'SELECT ?p { ?p a park:Project }'",
    ),
    "validate": Command(
        "check data with SHACL and point at the line",
        "用 SHACL 检查数据并指出所在行",
        "parkgraph validate kg/project.ttl",
    ),
    "reason": Command(
        "write the inferred triples",
        "写出推理得到的三元组",
        "parkgraph reason -o inferred.ttl",
    ),
    "why": Command(
        "explain how a triple follows",
        "说明一个三元组如何得出",
        "parkgraph why project:kaikun-manufacturing-park rdf:type park:Entity",
    ),
    "audit": Command(
        "show what of the source the graph covers",
        "查看图谱覆盖了来源文章的哪些内容",
        "parkgraph audit --article article.txt",
    ),
    "cite": Command(
        "find passages by phrase or offsets, write the passages file",
        "按词句或偏移量查找段落，写出段落文件",
        "parkgraph cite --article article.txt 457-470",
    ),
    "lint": Command(
        "check ontology, shapes and questions themselves",
        "检查本体、形状和问题本身",
        "parkgraph lint",
    ),
    "export": Command(
        "write the graph to one file in any RDF format",
        "将图谱写成任一 RDF 格式的单个文件",
        "parkgraph export -o graph.jsonld",
    ),
    "load": Command(
        "put the graph into a triple store, verified",
        "将图谱放入三元组存储并核对",
        "parkgraph load --to http://127.0.0.1:7878 --receipt receipt.json",
    ),
    "verify": Command(
        "compare a store with the receipt of a load",
        "将存储与加载回执核对",
        "parkgraph verify --receipt receipt.json",
    ),
}

_COMMON_OPTIONS = (
    (
        "--root DIR",
        "the folder holding ontology/, kg/ and queries/",
        "含有 ontology/、kg/ 和 queries/ 的文件夹",
    ),
    ("--lang zh|en", "language of labels, messages and headings", "标签、消息和表头的语言"),
    ("--quiet, -q", "no notices on stderr", "不在标准错误上输出提示"),
    ("--debug", "show the traceback of an error", "出错时显示调用栈"),
)


def run(argv: Sequence[str]) -> int:
    """Runs one command line; gives its exit code. A traceback comes with --debug only."""
    _open_missing_streams()
    _speak_utf8()
    debug = "--debug" in argv
    settings.use(settings.Settings(lang=settings.environment_lang()))
    try:
        chosen, rest = settings.take(argv)
        settings.use(chosen)
        code = _dispatch(rest)
        sys.stdout.flush()
        return code
    except ParkgraphError as error:
        if debug:
            raise
        _seen_from_here(error)
        for line in error.text(settings.current().lang).splitlines():
            print(visible(line), file=sys.stderr)  # what was typed, or stands in a file, may hold escapes
        return error.exit_code
    except BrokenPipeError:
        _drop_output()  # the reader has enough (`| head`)
        return READER_GONE
    except KeyboardInterrupt:
        print(words(_("interrupted")), file=sys.stderr)
        return INTERRUPTED
    except MemoryError:
        from parkgraph.errors import out_of_memory

        print(out_of_memory().text(settings.current().lang), file=sys.stderr)
        return Remote.exit_code
    except Exception as error:
        if debug:
            raise
        if isinstance(error, FileNotFoundError) and _folder_is_gone():
            said = _("the current folder has been removed\n  go to another one")
            print(words(said), file=sys.stderr)
            return Usage.exit_code
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            _drop_output()
            print(_no_room(error).text(settings.current().lang), file=sys.stderr)
            return Usage.exit_code
        fault = f"{type(error).__name__}: {error}"
        text = _("a fault of parkgraph itself: {fault}\n  --debug shows where", fault=fault)
        print(words(text), file=sys.stderr)
        return INTERNAL_FAULT


def _dispatch(args: list[str]) -> int:
    name = args[0] if args else "--help"
    if "_PARKGRAPH_COMPLETE" in os.environ or name in ("--install-completion", "--show-completion"):
        return application(*COMMANDS, completion=True)(args, prog_name="parkgraph") or 0
    if name == "help" and len(args) > 1:
        return _dispatch([*args[1:], "--help"])
    if name in ("--help", "-h", "help"):
        print(overview())
        return 0
    if name == "--version":
        from parkgraph import __version__

        print(f"parkgraph {__version__}")
        return 0
    if name.startswith("-"):
        raise Usage(_("unknown option: {name}", name=name), fix=_see_help())
    if name not in COMMANDS:
        raise Usage(_("unknown command: {name}", name=name), fix=_nearest(name))
    if "" in args and name not in _TEXTS:
        raise Usage(
            _("an argument is empty"),
            fix=_("is it a variable that is not set?"),
        )
    return _call(name, args)


def application(*names: str, completion: bool = False) -> typer.Typer:
    """A typer application with the commands `names`; only their modules are imported."""
    import typer

    app = typer.Typer(
        name="parkgraph",
        add_completion=completion,
        context_settings={"help_option_names": ["--help", "-h"]},
        rich_markup_mode=None,
    )
    app.callback()(lambda: None)  # keeps it a group, however few its commands
    for name in names:
        importlib.import_module(f"parkgraph.cli.{name}").register(app)
    return app


def _call(name: str, args: list[str]) -> int:
    from typer.exceptions import Abort, Exit, TyperException
    from typer.main import get_command

    from parkgraph.cli.chinese import complaint_in_chinese

    command = get_command(application(name))
    for sub in getattr(command, "commands", {}).values():
        sub.epilog = sub.epilog or words(_("Example: ")) + COMMANDS[name].example
    if settings.current().lang == "zh":
        _help_in_chinese(command)
    try:
        # Not command.main(): it takes a broken pipe for itself and ends with 1, which means findings here.
        with command.make_context("parkgraph", args) as context:
            command.invoke(context)
    except Exit as leave:
        return leave.exit_code
    except Abort:
        raise KeyboardInterrupt from None
    except TyperException as error:
        failed = getattr(error, "ctx", None)
        path = failed.command_path if failed is not None else "parkgraph"
        said = error.format_message()
        raise Usage(
            {"en": said, "zh": complaint_in_chinese(said)},
            fix=_("see {path} --help", path=path),
        ) from error
    return 0


def _help_in_chinese(command: Any) -> None:
    """Makes the help of a typer command, and of those below it, Chinese."""
    from parkgraph.cli.chinese import help_in_chinese

    written = command.get_help
    command.get_help = lambda context: help_in_chinese(written(context))
    for sub in getattr(command, "commands", {}).values():
        _help_in_chinese(sub)


def overview() -> str:
    """The text of `parkgraph --help`: each command's summary and example, in the chosen language."""
    lang = settings.current().lang
    lines = [
        words(_("Usage: parkgraph COMMAND [OPTIONS]")),
        "",
        words(_("A knowledge graph of an industrial park; every answer shows where it comes from.")),
        "",
        words(_("Commands:")),
    ]
    for name, command in COMMANDS.items():
        lines += [f"  {name:<10} {getattr(command, lang)}", f"  {'':<10}   {command.example}"]
    lines += ["", words(_("Options of every command:"))]
    lines += [f"  {option:<14} {zh if lang == 'zh' else en}" for option, en, zh in _COMMON_OPTIONS]
    lines += [
        "",
        words(_("parkgraph COMMAND --help tells more.")),
    ]
    return "\n".join(lines)


def _nearest(name: str) -> Text:
    import difflib

    near = difflib.get_close_matches(name, COMMANDS, n=3, cutoff=0.5)
    if not near:
        return _see_help()
    return _("did you mean {near}?", near=Either(near))


def _see_help() -> Text:
    return _("see parkgraph --help")


def _seen_from_here(error: ParkgraphError) -> None:
    """Names the error's file as found from the current folder; a graph's files are named from its root."""
    if error.file is None or os.path.exists(error.file):
        return
    try:
        path = settings.root().path / error.file
    except ParkgraphError:
        return
    if path.exists():
        here = os.path.relpath(path)
        error.file = str(path) if here.startswith("..") else here


def _folder_is_gone() -> bool:
    try:
        os.getcwd()
    except FileNotFoundError:
        return True
    return False


def _no_room(error: OSError) -> Usage:
    return Usage(
        _("cannot write the output: {strerror}", strerror=error.strerror),
        fix=_("make room, or write somewhere else"),
    )


def _drop_output() -> None:
    # What is left in stdout's buffer has nowhere to go; the interpreter would complain again when it ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open_missing_streams() -> None:
    # Python has None for a stream that the caller closed (`>&-`), and nothing expects that.
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (as long as we run)


def _speak_utf8() -> None:
    # Chinese must come out whatever the locale is.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
