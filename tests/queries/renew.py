"""Writes the expected answers anew and prints what changed, to be read before it is committed.

python tests/queries/renew.py [ID …]
"""

from __future__ import annotations

import difflib
import sys
from pathlib import Path

import asking
from parkgraph.ask.question import Question
from pyoxigraph import Store


def main(wanted: list[str]) -> None:
    """Renew the answers of the questions `wanted`, or of all and then remove those of questions long gone."""
    first = asking.closed(asking.ontology() + asking.data())
    second = asking.closed(asking.ontology() + asking.second())
    questions = [asking.question(name) for name in wanted] or asking.questions()
    written = {file for question in questions for file in renew_question(question, first, second)}
    if not wanted:
        for folder in ("expected", "twins", "second/expected"):
            for file in sorted((asking.HERE / folder).rglob("*.tsv")):
                if file not in written:
                    print(f"removed: {file.relative_to(asking.HERE).as_posix()}")
                    file.unlink()


def renew_question(question: Question, first: Store, second: Store) -> list[Path]:
    """Write the answers of one question; gives their files."""
    parameters = asking.second_parameters().get(question.id, {})
    answers = {
        asking.expected_file(question, lang): asking.ask(first, asking.sparql(question, lang))
        for lang in asking.LANGUAGES
    }
    answers[asking.second_file(question)] = asking.ask(second, asking.sparql(question, "en", parameters))
    texts = {file: asking.lines(answer) for file, answer in answers.items()}
    texts[asking.twin_answer_file(question)] = asking.answer_of_twin(question.id)
    for file, text in texts.items():
        write(file, text)
    return list(texts)


def write(file: Path, lines: list[str]) -> None:
    """Write `lines` to `file` and print how they differ from what stood there."""
    before = asking.read_lines(file)
    if before == lines:
        return
    name = file.relative_to(asking.HERE).as_posix()
    difference = difflib.unified_diff(before, lines, name, name, lineterm="", n=0)
    sys.stdout.writelines(f"{line}\n" for line in difference)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
