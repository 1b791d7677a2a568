"""All saved questions of a graph, and one by its name."""

from __future__ import annotations

import re

from parkgraph.ask.load import load_question
from parkgraph.ask.question import Question
from parkgraph.errors import Unreadable, Usage
from parkgraph.messages import _
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes

_LIKE_AN_ID = re.compile(r"[\w.-]+", re.ASCII)


def find_question(root: Root, name: str) -> Question:
    """The question called `name`; no other file is parsed.

    Raises Usage for an unknown name, with the nearest ones, and Unreadable for a bad file.
    """
    files = root.files("query")
    for file in files:
        if file.path.stem == name:
            return load_question(file, prefixes(root.path))
    from parkgraph.ask.nearest import nearest

    # Words are looked for in what the questions ask, a name among their names.
    near = nearest(name, [file.path.stem for file in files]) if _LIKE_AN_ID.fullmatch(name) else []
    near = near or _nearest_by_summary(root, name)
    said = name if len(name) <= 60 else f"{name[:60]}…"
    raise Usage(
        _("unknown question: {said}", said=said),
        fix={
            "en": f"nearest: {', '.join(near)}" if near else "`parkgraph questions` lists them all",
            "zh": f"最接近的是：{'、'.join(near)}" if near else "用 `parkgraph questions` 查看全部",
        },
    )


def catalogue(root: Root, topic: str | None = None) -> list[Question]:
    """The questions, by topic and id; of one topic only when it is given.

    Raises Unreadable for the first bad file and for an id used twice, Usage for an unknown topic.
    """
    files = root.files("query")
    topics = sorted({file.topic for file in files})
    if topic is not None and topic not in topics:
        raise Usage(
            _("unknown topic: {topic}", topic=topic),
            fix=_("the topics are {topics}", topics=list(topics)),
        )
    known = prefixes(root.path)
    found: dict[str, str] = {}
    for file in files:
        if file.path.stem in found:
            raise Unreadable(
                _("another question has this id: {found}", found=found[file.path.stem]),
                file=file.name,
                line=1,
            )
        found[file.path.stem] = file.name
    questions = [load_question(file, known) for file in files if topic in (None, file.topic)]
    return sorted(questions, key=lambda question: (question.topic, question.id))


def _nearest_by_summary(root: Root, words: str) -> list[str]:
    from parkgraph.ask.nearest import nearest

    ids = {text: question.id for question in catalogue(root) for text in question.summary.values()}
    return list(dict.fromkeys(ids[summary] for summary in nearest(words, ids)))
