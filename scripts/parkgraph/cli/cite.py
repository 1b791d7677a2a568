"""`parkgraph cite`: passages from phrases or offsets; writes and checks the generated passages files."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import FINDINGS, Usage

if TYPE_CHECKING:
    from parkgraph.evidence.sources import Source
    from parkgraph.evidence.text import SourceText
    from parkgraph.finding import Finding


def register(app: typer.Typer) -> None:
    """Adds `cite`."""
    places_help = {"en": "phrases or offsets to look up", "zh": "要查找的词句或偏移量"}
    article_help = {"en": "the text of a source; may be repeated", "zh": "来源的文本，可重复给出"}
    write_help = {"en": "write the passages files of these texts", "zh": "写出这些文本的段落文件"}
    check_help = {"en": "say where the passages files are wrong", "zh": "指出段落文件的问题"}

    def cite(
        places: Annotated[
            list[str],
            typer.Argument(metavar="[PHRASE|START-END]…", help=words(places_help), show_default=False),
        ] = [],  # noqa: B006
        article: Annotated[
            list[str], typer.Option("--article", "-a", metavar="FILE", help=words(article_help))
        ] = [],  # noqa: B006
        write: Annotated[bool, typer.Option("--write", help=words(write_help))] = False,
        check: Annotated[bool, typer.Option("--check", help=words(check_help))] = False,
    ) -> None:
        if (write and check) or (places and (write or check)):
            raise Usage({"en": "phrases or offsets, --write and --check exclude one another",
                         "zh": "词句或偏移量、--write、--check 三者只能取一"})  # fmt: skip
        if check:
            _check(article)
        elif not article:
            raise Usage(
                {"en": "--article FILE is missing", "zh": "缺少 --article FILE"},
                fix={"en": "name the file with the article's text", "zh": "请指明文章文本所在的文件"},
            )
        elif write:
            _write(article)
        elif places:
            _look_up(article, places)
        else:
            _describe(article)

    help_text = {
        "en": "Turn a phrase of an article into its passage (passage:START-END, one line a place), and "
        "offsets START-END into their text. Matching is exact. Without phrase or offsets: what the source's "
        "file must say of the text. --write writes kg/sources/*.passages.ttl from the passages in use.",
        "zh": "由文章中的词句求段落（passage:起-止，每处一行），由偏移量“起-止”求原文。逐字精确匹配。"
        "不给词句和偏移量时，给出来源文件须写明的文本信息。"
        "--write 按图谱引用的段落写出 kg/sources/*.passages.ttl。",
    }
    app.command("cite", help=words(help_text))(cite)


def _look_up(articles: list[str], places: Iterable[str]) -> None:
    from parkgraph.evidence.facts import read_facts
    from parkgraph.evidence.sources import identify, read_sources
    from parkgraph.evidence.text import load, parse_offsets

    sources = read_sources(read_facts(settings.root(), "ontology", "data")).values()
    texts = [(text, identify(text, sources)) for text in map(load, articles)]
    missing = False
    for place in places:
        span = parse_offsets(place)
        if span is not None:
            for text, _ in texts:
                _fits(text, span.start, span.end)
                print(text.part(span))
            continue
        found = [(source, span) for text, source in texts for span in text.find(place)]
        for source, span in found:
            print(source.short_passage(span))
        if not found:
            missing = True
            _not_found(place, texts)
    if missing:
        raise typer.Exit(FINDINGS)


def _fits(text: "SourceText", start: int, end: int) -> None:
    if start >= end or end > len(text):
        raise Usage(
            {"en": f"no such passage: {start}-{end}; the text has {len(text)} code points",
             "zh": f"没有这样的段落：{start}-{end}；文本共 {len(text)} 个码点"},
            fix={"en": "START must be below END, END at most the length", "zh": "起须小于止，止不得超过全长"},
        )  # fmt: skip


def _not_found(phrase: str, texts: "Iterable[tuple[SourceText, Source]]") -> None:
    settings.notice({"en": f"not in the text: {phrase}", "zh": f"文本中没有：{phrase}"})
    for text, source in texts:
        for span in text.find_similar(phrase):
            settings.notice({
                "en": f"  with other punctuation or spaces: {source.short_passage(span)} {text.part(span)}",
                "zh": f"  标点或空格不同的有：{source.short_passage(span)} {text.part(span)}",
            })  # fmt: skip


def _describe(articles: Iterable[str]) -> None:
    from parkgraph.evidence.text import load

    for text in map(load, articles):
        print(f'    park:textLength {len(text)} ;\n    park:textSha256 "{text.sha256}"^^xsd:hexBinary ;')


def _write(articles: Iterable[str]) -> None:
    from parkgraph.evidence.passages import write_passages
    from parkgraph.evidence.text import load

    outcome = write_passages(settings.root(), [load(article) for article in articles])
    for name, count in outcome.written.items():
        settings.notice({"en": f"{name}: {count} passages", "zh": f"{name}：{count} 个段落"})
    if outcome.findings:
        _report(outcome.findings)


def _check(articles: Iterable[str]) -> None:
    from parkgraph.evidence.passages import check_passages
    from parkgraph.evidence.text import load

    _report(check_passages(settings.root(), [load(article) for article in articles]))


def _report(findings: "list[Finding]") -> None:
    from parkgraph.evidence.report import finding_lines

    for line in finding_lines(findings, settings.current().lang):
        print(line)
    if any(finding.severity == "violation" for finding in findings):
        raise typer.Exit(FINDINGS)
