"""The command line's frame: finds the command, runs it, turns errors into messages and exit codes.

A command NAME has a line in COMMANDS, and `cli/NAME.py` (or its `home` there, which it shares) two functions:
- `options(parser: Parser)`, in a shared file `NAME_options`, declares arguments and options (`parser.option`,
  `.flag`, `.choice` …); --root, --lang, --quiet and --debug are every command's, see `settings`;
- `run(args: Namespace)`, or `NAME_run`, does the work; it returns FINDINGS when the data are wrong.
Data go to stdout, everything else to stderr (`settings.notice`, `settings.progress`); what stops a command
is a ParkgraphError. A module imports at its top only what is quick, rooms inside its functions.

Exit codes: 0 fine, 1 findings, 2 wrong usage, 3 input unreadable, 4 remote store, time or memory limit;
70 a fault of parkgraph itself, 130 interrupted, 141 the reader of stdout went away.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections import namedtuple

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import ParkgraphError, Unreadable, Usage, out_of_memory, system_said
from parkgraph.messages import Either, Quoted, _, speak
from parkgraph.show.table import pad

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from parkgraph.cli.parser import Parser

INTERRUPTED = 130
READER_GONE = 141
_TEXTS = ("ask", "find", "show", "query", "why", "cite", "completion")
"""Commands that take texts; to all others an empty argument would name the current folder or nothing."""
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


Command = namedtuple("Command", ("home", "summary", "example"))
"""home: the file of its functions.  summary, example: what `parkgraph --help` says of it."""

# fmt: off
COMMANDS = {
    "build": Command("load", _("check everything and write dist/"), "parkgraph build"),
    "questions": Command("ask", _("list the saved questions"), "parkgraph questions --topic project"),
    "ask": Command("ask", _("answer a question, saved or in your own words"),
                   "parkgraph ask projects-serving-industry --industry 生物医药"),
    "find": Command("ask", _("find things, facts and questions by a part of a name"),
                    "parkgraph find 九龙城"),
    "show": Command("ask", _("show everything about one thing"), "parkgraph show 九龙城"),
    "mcp": Command("serve", _("let assistants ask the graph (Model Context Protocol)"), "parkgraph mcp"),
    "query": Command("query", _("run any SPARQL query"),
                     "parkgraph query -e 'SELECT ?p { ?p a park:Project }'"),
    "validate": Command("validate", _("check data with SHACL and point at the line"),
                        "parkgraph validate kg/project.ttl"),
    "reason": Command("load", _("write the derived triples"), "parkgraph reason -o inferred.ttl"),
    "why": Command(
        "ask", _("explain how a triple follows"),
        "parkgraph why enterprise:yiyue-shanghai park:participatesIn project:kaikun-manufacturing-park"),
    "audit": Command("audit", _("show what of the source the graph covers"),
                     "parkgraph audit --article article.txt"),
    "cite": Command("audit", _("find passages by phrase or offsets, write the passages file"),
                    "parkgraph cite --article article.txt 457-470"),
    "new": Command("new", _("describe a source, or print the skeleton of a thing"),
                   "parkgraph new source article.txt"),
    "draft": Command("draft", _("propose what an article says, write what is accepted"),
                     "parkgraph draft article.txt -o proposal"),
    "codes": Command("new", _("list the codes of a code list, or add one"), "parkgraph codes phase"),
    "lint": Command("validate", _("check ontology, shapes and questions themselves"), "parkgraph lint"),
    "serve": Command("serve", _("serve the pages, SPARQL and a call for each question"), "parkgraph serve"),
    "site": Command("serve", _("write the pages as a folder for a web host"), "parkgraph site -o site"),
    "export": Command("load", _("write the graph to one file in any RDF format"),
                      "parkgraph export -o graph.jsonld"),
    "load": Command("load", _("put the graph into a triple store, verified"),
                    "parkgraph load --to http://127.0.0.1:7878 --receipt receipt.json"),
    "completion": Command("completion", _("complete words in bash, zsh or fish"),
                          'eval "$(parkgraph completion bash)"'),
    "verify": Command("load", _("compare a store with the receipt of a load"),
                      "parkgraph verify --receipt receipt.json"),
}
# fmt: on


def run(argv: Sequence[str]) -> int:
    """Runs one command line; gives its exit code. A traceback comes with --debug only."""
    _open_missing_streams()
    _speak_chinese()
    debug = "--debug" in argv
    settings.use(settings.Settings(lang=settings.environment_lang()))
    rest: Sequence[str] = argv
    try:
        chosen, rest = settings.take(argv)
        settings.use(chosen)
        code = _dispatch(rest)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        _drop_output()  # the reader has enough (`| head`)
        return READER_GONE
    except KeyboardInterrupt:
        print(words(_("interrupted")), file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        if debug and not isinstance(error, MemoryError):
            raise
        known = _known(error)
        settings.tell(known, next((word for word in rest if word in COMMANDS), ""))
        return known.exit_code


class _Fault(ParkgraphError):
    """Something is wrong with parkgraph itself."""

    exit_code = 70


def _known(error: Exception) -> ParkgraphError:
    """The error as users are told it."""
    if isinstance(error, ParkgraphError):
        return error
    if isinstance(error, MemoryError):
        return out_of_memory()
    if isinstance(error, FileNotFoundError) and not error.filename:  # of the current folder
        return Usage(_("the current folder has been removed"), fix=_("go to another one"))
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        _drop_output()
        said = _("cannot write the output: {reason}", reason=system_said(error))
        return Usage(said, fix=_("make room, or write somewhere else"))
    if isinstance(error, OSError) and error.filename:  # the system's refusal is nobody's fault
        reason = _("cannot be read: {reason}", reason=system_said(error))
        return Unreadable(reason, file=os.fsdecode(error.filename))
    fault = Quoted(f"{type(error).__name__}: {error}")
    return _Fault(_("a fault of parkgraph itself: {fault}", fault=fault), fix=_("--debug shows where"))


def _dispatch(args: list[str]) -> int:
    name = args[0] if args else "--help"
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
        raise Usage(_("unknown option: {name}", name=name))
    if name not in COMMANDS:
        import difflib

        near = difflib.get_close_matches(name, COMMANDS, n=3, cutoff=0.5)
        fix = _("did you mean {near}?", near=Either(near)) if near else None
        raise Usage(_("unknown command: {name}", name=name), fix=fix)
    if "" in args and name not in _TEXTS:
        raise Usage(_("an argument is empty"), fix=_("is it a variable that is not set?"))
    try:
        values = parser_of(name).parse(args[1:])
    except SystemExit:  # help was asked for, and printed
        return 0
    return _function(name, "run")(values) or 0


def _function(name: str, part: str) -> Callable[..., int | None]:
    """`options` or `run` of a command; only its module is imported."""
    home = COMMANDS[name].home
    module = importlib.import_module(f"parkgraph.cli.{home}")
    found: Callable[..., int | None] = getattr(module, part if home == name else f"{name}_{part}")
    return found


def parser_of(name: str) -> Parser:
    """The parser of the command `name`; only its module is imported."""
    from parkgraph.cli.parser import Parser

    speak(settings.current().lang)
    parser = Parser(f"parkgraph {name}", COMMANDS[name].example)
    _function(name, "options")(parser)
    parser.common()
    parser.option("--help", "-h", action="store_true" if parser.free else "help", help=_("show this help"))
    return parser


def overview() -> str:
    """The text of `parkgraph --help`: each command's summary and example, in the chosen language."""
    lines = [
        words(_("Usage: parkgraph COMMAND [OPTIONS]")),
        "",
        words(_("A knowledge graph of an industrial park; every answer shows where it comes from.")),
        "",
        words(_("Commands:")),
    ]
    for name, command in COMMANDS.items():
        lines += [f"  {name:<10} {words(command.summary)}", f"  {'':<10}   {command.example}"]
    lines += ["", words(settings.COMMON_TITLE)]
    for name, (others, metavar, meaning) in settings.COMMON.items():
        named = " ".join([", ".join((name, *others)), words(metavar)])
        lines.append(f"  {pad(named, 14)} {words(meaning)}")
    lines += ["", words(_("parkgraph COMMAND --help tells more."))]
    return "\n".join(lines)


def _drop_output() -> None:
    # What is left in stdout's buffer has nowhere to go; the interpreter would complain again when it ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open_missing_streams() -> None:
    # Python has None for a stream that the caller closed (`>&-`), and nothing expects that.
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (as long as we run)


def _speak_chinese() -> None:
    # Chinese must come out whatever the locale is: a terminal keeps an encoding that has it, such as GBK, and
    # PYTHONIOENCODING may ask for one; files, pipes and other terminals get UTF-8.
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            encoding = None if stream.isatty() or "PYTHONIOENCODING" in os.environ else "utf-8"
            try:
                "园区“”".encode(encoding or stream.encoding)
            except (UnicodeEncodeError, LookupError):
                encoding = "utf-8"
            reconfigure(encoding=encoding, errors="backslashreplace")
