"""All saved questions of a graph, and one by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from parkgraph.ask.load import load_question, topic_labels
from parkgraph.ask.nearest import folded, nearest
from parkgraph.ask.question import Question
from parkgraph.errors import Unreadable, Usage
from parkgraph.messages import LANGS, Text, _
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes

_LIKE_AN_ID = re.compile(r"[\w.-]+", re.ASCII)
_LISTED = 6


def find_question(root: Root, name: str) -> Question:
    """The question called `name`, or whose sentence it is, whole or in part.

    A name costs one file.  Raises Usage where none or several are meant, with those that ask the like or have
    such an example, and Unreadable for a bad file.
    """
    for file in root.files("query"):
        if file.path.stem == name:
            return load_question(file, prefixes(root.path))
    questions = {question.id: question for question in catalogue(root)}
    wanted = folded(name)
    for fits in (str.__eq__, str.__contains__):
        found = [
            question.id for question in questions.values()
            if len(wanted) > 1 and any(fits(folded(text), wanted) for text in question.summary.values())
        ]  # fmt: skip
        if len(found) == 1:
            return questions[found[0]]
        if found:
            break
    else:
        # Words are looked for in what the questions ask, a name among their names. An example may speak of
        # another thing than the question's default, so it is told and not asked.
        asked = {
            text: question.id
            for question in questions.values()
            for texts in (question.summary.values(), *question.examples.values())
            for text in texts
        }
        found = nearest(name, questions) if _LIKE_AN_ID.fullmatch(name) else []
        found = found or list(dict.fromkeys(asked[text] for text in nearest(name, asked, 12)))
    shown: Text = {
        lang: "".join(f"\n    {one}: {questions[one].summary[lang]}" for one in found[:_LISTED])
        for lang in LANGS
    }
    said = name if len(name) <= 60 else f"{name[:60]}…"
    raise Usage(
        _("unknown question: {said}", said=said),
        fix=_("nearest:{shown}", shown=shown) if found else _("`parkgraph questions` lists them all"),
    )


def catalogue(root: Root, topic: str | None = None, broken: list[Unreadable] | None = None) -> list[Question]:
    """The questions, by topic and id; of one topic only, by its name or what it is called, when it is given.

    broken: takes what is wrong with files that are passed over; without it the first of them is raised.
    Raises Unreadable, for an id used twice too, Usage for an unknown topic.
    """
    files = root.files("query")
    known = topics(root)
    if topic is not None:
        named = {name: [folded(text) for text in (name, *label.values())] for name, label in known.items()}
        called = [name for name, texts in named.items() if folded(topic) in texts]
        called = called or [
            name
            for name, texts in named.items()
            if topic.strip() and any(folded(topic) in text for text in texts)
        ]
        if not called:
            raise Usage(
                _("unknown topic: {topic}", topic=topic),
                fix=_("the topics are {topics}", topics=list(known.values())),
            )
        topic = called[0]
    found: dict[str, str] = {}
    for file in files:
        if file.path.stem in found:
            raise Unreadable(
                _("another question has this name: {found}", found=found[file.path.stem]),
                file=file.name,
                line=1,
            )
        found[file.path.stem] = file.name
    names = prefixes(root.path)
    questions = []
    for file in files:
        try:
            if topic in (None, file.topic):
                questions.append(load_question(file, names))
        except Unreadable as error:
            if broken is None:
                raise
            broken.append(error)
    return sorted(questions, key=lambda question: (list(known).index(question.topic), question.id))


def topics(root: Root) -> dict[str, Mapping[str, str]]:
    """Topic → what it is called, in the order in which they are listed."""
    called = topic_labels(root.path / "queries")
    there = {file.topic for file in root.files("query")}
    named: dict[str, Mapping[str, str]] = {topic: label for topic, label in called.items() if topic in there}
    return named | {topic: dict.fromkeys(LANGS, topic) for topic in sorted(there - named.keys())}
