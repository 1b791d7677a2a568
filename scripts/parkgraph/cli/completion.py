"""`parkgraph completion SHELL`: completes commands, options, questions, their parameters and values."""

from __future__ import annotations

from argparse import Action, Namespace
from collections.abc import Iterable, Iterator, Sequence

from parkgraph.cli import settings
from parkgraph.cli.parser import Parser, one_of
from parkgraph.messages import LANGS, _

# Each asks this command again, with the words typed so far; where it knows nothing, files are completed.
SCRIPTS = {
    "bash": r"""_parkgraph() {
  local line words word
  line="${COMP_LINE:0:COMP_POINT}"
  read -ra words <<<"$line"
  [[ "$line" == *[[:space:]] ]] && words+=("")
  COMPREPLY=()
  word="${words[${#words[@]}-1]}"
  while IFS= read -r found; do
    COMPREPLY+=("$(printf %q "$found")")
  done < <(parkgraph completion bash -- "${words[@]:1}" 2>/dev/null)
  if [[ "$word" == *:* ]]; then  # bash takes what stands before the last colon for words of their own
    COMPREPLY=("${COMPREPLY[@]#"${word%"${word##*:}"}"}")
  fi
}
complete -o default -F _parkgraph parkgraph
""",
    "zsh": r"""_parkgraph() {
  local -a found
  found=("${(@f)$(parkgraph completion zsh -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "$found" ]]; then compadd -a found; else _files; fi
}
compdef _parkgraph parkgraph
""",
    "fish": r"""function __parkgraph
  set -l found (parkgraph completion fish -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c parkgraph -f -a '(__parkgraph)'
""",
}


def options(parser: Parser) -> None:
    """Declares arguments."""
    parser.about = _(
        "Prints what a shell needs to complete commands, options, questions, their parameters and values. "
        'For bash put  eval "$(parkgraph completion bash)"  into ~/.bashrc; for zsh the same with zsh into '
        "~/.zshrc, after compinit; for fish  parkgraph completion fish | source  into config.fish."
    )
    parser.option("shell", metavar="SHELL", type=one_of("SHELL", tuple(SCRIPTS)), help="bash, zsh, fish")
    words = _("words typed so far: prints what the last may become (the scripts ask this)")
    parser.option("words", nargs="*", metavar=_("WORDS"), help=words)


def run(args: Namespace) -> None:
    """Prints the script, or what the last word may become."""
    if not args.words:
        print(SCRIPTS[args.shell], end="")
        return
    *before, last = args.words
    for candidate in dict.fromkeys(one for one in _candidates(before, last) if one.startswith(last)):
        print(candidate)


def _candidates(before: Sequence[str], last: str) -> Iterable[str]:
    from parkgraph.cli.app import COMMANDS, parser_of

    chosen, rest = settings.take(before[:-1] if before[-1:] in (["--root"], ["--lang"]) else before)
    settings.use(chosen)
    if before and before[-1] == "--lang":
        return LANGS
    name, *given = rest or [""]
    if name not in COMMANDS:
        return [*COMMANDS, "help", *settings.COMMON, "--help", "--version"] if not name else []
    parser = parser_of(name)
    known = {option: action for action in parser.declared for option in action.option_strings}
    previous = given[-1] if given else ""
    if previous in known and known[previous].nargs != 0:
        return _values(previous, known[previous])
    return [*_of_question(given, last, known), *known] if name == "ask" else known


def _values(option: str, action: Action) -> Iterable[str]:
    if option in ("--topic", "-t"):
        from parkgraph.ask.catalogue import topics

        return topics(settings.root())
    if option == "--basis":
        return ("stated", "inference", "computed")
    return action.choices or ()


def _of_question(given: Sequence[str], last: str, known: dict[str, Action]) -> Iterator[str]:
    """Names of questions; behind one, its parameters, and behind one of these its values."""
    from parkgraph.api import Graph

    root = settings.root()
    names = {file.path.stem: file for file in root.files("query")}
    name = next((word for word in given if word in names), None)
    if name is None:
        yield from names
        return
    graph = Graph(root, lang=settings.current().lang)
    parameters = graph.question(name).parameters
    wanted = parameters.get(given[-1].removeprefix("--").replace("-", "_"))
    if wanted is None:
        yield from (f"--{parameter}" for parameter in parameters)
    elif wanted.kind == "language":
        yield from LANGS
    elif wanted.of:
        yield from (label if ":" not in last else short for label, short in graph.values(wanted))
