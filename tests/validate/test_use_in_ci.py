"""The GitHub Action and the pre-commit hooks, run as GitHub and git would run them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

Files = Callable[..., Path]
SHAPES = "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
BAD = "ex:a a ex:C ."
GOOD = "ex:a a ex:C ; ex:p 1 ."

ENVIRONMENT = {
    **os.environ,
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "LC_ALL": "C.UTF-8",
}


# --- the action ------------------------------------------------------------------


class Action:
    """Runs the steps of action.yml that run something, with inputs filled in as GitHub does."""

    def __init__(self, repo: Path, folder: Path) -> None:
        self.repo, self.folder = repo, folder
        self.steps: dict[str, Any] = yaml.safe_load((repo / "action.yml").read_text(encoding="utf-8"))

    def __call__(self, **inputs: str) -> subprocess.CompletedProcess[str]:
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        known = {name: about["default"] for name, about in self.steps["inputs"].items()}
        assert given.keys() <= known.keys()
        values = {f"inputs.{name}": value for name, value in (known | given).items()}
        values["github.action_path"] = str(self.repo)

        def fill(text: str) -> str:
            return re.sub(r"\$\{\{ *(\S+) *\}\}", lambda found: values[found[1]], text)

        (step,) = [step for step in self.steps["runs"]["steps"] if "run" in step]
        assert "${{" not in step["run"]  # an input there could run as a command
        environment = {name: fill(value) for name, value in step["env"].items()}
        output = self.folder / "output"
        output.write_text("")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.folder,
            env={**ENVIRONMENT, **environment, "GITHUB_OUTPUT": str(output)},
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert output.read_text() == f"exit-code={done.returncode}\n"
        return done


@pytest.fixture
def action(repo: Path, tmp_path: Path) -> Action:
    return Action(repo, tmp_path)


def test_action_fails_with_annotations(action: Action, files: Files, tmp_path: Path) -> None:
    files(d=BAD, s=SHAPES)
    done = action(data="d.ttl", shapes="s.ttl", sarif="out.sarif", junit="out.xml", install="false")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=d.ttl,line=7,col=1,endColumn=5,")
    assert json.loads((tmp_path / "out.sarif").read_text())["runs"][0]["results"]
    assert (tmp_path / "out.xml").exists()


def test_action_passes(action: Action, files: Files) -> None:
    files(d=GOOD, s=SHAPES)
    done = action(data="d.ttl", shapes="s.ttl", install="false")
    assert (done.returncode, done.stdout) == (0, "")


def test_action_takes_lists_names_with_spaces_and_options(
    action: Action, files: Files, tmp_path: Path
) -> None:
    files(s=SHAPES, o="ex:D rdfs:subClassOf ex:C .", **{"数 据": GOOD, "-x": "ex:b a ex:D ."})
    inputs = {"data": "\n  数 据.ttl  \n-x.ttl\n", "shapes": "s.ttl", "ontology": "o.ttl", "install": "false"}
    done = action(**inputs, lang="zh", args="--max-findings\n5")
    assert done.returncode == 1, done.stderr
    assert "至少需要 1 个值" in done.stdout
    assert "file=-x.ttl" in done.stdout
    assert action(**inputs, args="d.ttl").returncode == 3  # read as a file too, from both sides of `--`


def test_action_runs_no_input_as_a_command(action: Action, files: Files, tmp_path: Path) -> None:
    files(d=GOOD, s=SHAPES)
    done = action(data='d.ttl"; touch gone; $(touch gone) `touch gone`', shapes="s.ttl", install="false")
    assert done.returncode == 3
    assert not (tmp_path / "gone").exists()


def test_action_fail_on(action: Action, files: Files) -> None:
    files(d=BAD, s=SHAPES.replace("sh:minCount 1", "sh:minCount 1 ; sh:severity sh:Warning"))
    assert action(data="d.ttl", shapes="s.ttl", install="false").returncode == 0
    assert action(data="d.ttl", shapes="s.ttl", install="false", fail_on="warning").returncode == 1


# --- the hooks -------------------------------------------------------------------


@pytest.fixture
def commit(repo: Path, tmp_path: Path) -> Callable[[], subprocess.CompletedProcess[str]]:
    """Makes a git repository whose commits run the hooks; the function commits everything."""
    hooks = yaml.safe_load((repo / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    arguments = {"parkgraph-validate": ["kg", "--shapes", "shapes"], "parkgraph-lint": ["--help"]}
    for hook in hooks:
        # As the hooks say, but with what is installed here: making an environment takes the network.
        hook["language"] = "system"
        hook.pop("additional_dependencies", None)
        hook["args"] = arguments.get(hook["id"], [])
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    environment = {**ENVIRONMENT, "PRE_COMMIT_HOME": str(tmp_path.parent / "pre-commit")}

    def git(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        identity = ["-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false"]
        return subprocess.run(
            ["git", *identity, *arguments],
            cwd=tmp_path,
            env=environment,
            check=check,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    def commit() -> subprocess.CompletedProcess[str]:
        git("add", "-A")
        return git("commit", "-m", "change", check=False)

    git("init", "-q")
    subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
    )
    return commit


def _folders(files: Files, tmp_path: Path, data: str) -> None:
    for folder in ("kg", "shapes"):
        (tmp_path / folder).mkdir(exist_ok=True)
    files(**{"kg/d": data, "shapes/s": SHAPES})


def test_hook_stops_a_bad_commit_and_lets_a_good_one_pass(
    commit: Callable[[], subprocess.CompletedProcess[str]], files: Files, tmp_path: Path
) -> None:
    _folders(files, tmp_path, BAD + "\n")
    for path in (tmp_path / "shapes").iterdir():
        subprocess.run([Path(sys.executable).parent / "turtlefmt", path], check=True)
    subprocess.run([Path(sys.executable).parent / "turtlefmt", tmp_path / "kg" / "d.ttl"], check=True)
    stopped = commit()
    assert stopped.returncode == 1
    said = stopped.stdout + stopped.stderr
    assert re.search(r"validate Turtle with SHACL\.+Failed", said)
    assert re.search(r"lint ontology, shapes and questions\.+Passed", said)
    assert re.search(r"format Turtle\.+Passed", said)
    assert "kg/d.ttl" in said and "needs at least 1 value" in said
    file = tmp_path / "kg" / "d.ttl"
    file.write_text(
        file.read_text(encoding="utf-8").replace("ex:C .", "ex:C ;\n    ex:p 1 ."), encoding="utf-8"
    )
    passed = commit()
    assert passed.returncode == 0, passed.stdout + passed.stderr


def test_format_hook_formats(
    commit: Callable[[], subprocess.CompletedProcess[str]], files: Files, tmp_path: Path
) -> None:
    _folders(files, tmp_path, "ex:a    a ex:C; ex:p 1.  # 注释\n")
    stopped = commit()
    assert re.search(r"format Turtle\.+Failed", stopped.stdout + stopped.stderr)
    text = (tmp_path / "kg" / "d.ttl").read_text(encoding="utf-8")
    assert "ex:a a ex:C" in text
    assert "# 注释" in text
    assert commit().returncode == 0


def test_manifest_is_valid(repo: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", repo / ".pre-commit-hooks.yaml"],
        capture_output=True, text=True, env=ENVIRONMENT,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
