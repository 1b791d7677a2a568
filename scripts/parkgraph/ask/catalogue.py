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
    """The question called `name`.

    It costs one file.  Raises Usage where none is called so, with those that are called or ask the like, and
    Unreadable for a bad file.
    """
    for file in root.files("query"):
        if file.path.stem == name:
            return load_question(file, prefixes(root.path))
    questions = {question.id: question for question in catalogue(root)}
    # Words are looked for in what the questions ask, a name among their names.
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
    fix = _("nearest:{shown}", shown=shown) if found else _("`parkgraph questions` lists them all")
    raise Usage(_("unknown question: {said}", said=said), fix=fix)


def catalogue(root: Root, topic: str | None = None, broken: list[Unreadable] | None = None) -> list[Question]:
    """The questions, by topic and id; of one topic only, by its name or what it is called, when it is given.

    broken: takes what is wrong with files that are passed over; without it the first of them is raised.
    Raises Unreadable, for an id used twice too, Usage for an unknown topic.
    """
    files, known = root.files("query"), topics(root)
    if topic is not None:
        called = {folded(text): name for name, label in known.items() for text in (name, *label.values())}
        if folded(topic) not in called:
            fix = _("the topics are {topics}", topics=list(known.values()))
            raise Usage(_("unknown topic: {topic}", topic=topic), fix=fix)
        topic = called[folded(topic)]
    found: dict[str, str] = {}
    for file in files:
        other = found.setdefault(file.path.stem, file.name)
        if other != file.name:
            said = _("another question has this name: {found}", found=other)
            raise Unreadable(said, file=file.name, line=1)
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
