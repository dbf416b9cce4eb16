"""What is shipped and how it is set up elsewhere: the image, the bill of materials, the audit, the units and manifests of the docs."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
OPERATIONS = ROOT / "docs" / "operations"
MANIFESTS = [m for m in yaml.safe_load_all((OPERATIONS / "kubernetes.yaml").read_text(encoding="utf-8")) if m]
UNITS = sorted((OPERATIONS / "systemd").glob("*.service"))


def tool(name: str) -> str:
    """A tool of our own environment."""
    return str(Path(sys.executable).parent / name)


# The image.


def test_the_dockerfile_is_without_remarks() -> None:
    """By hadolint."""
    done = subprocess.run([tool("hadolint"), str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_runs_as_nobody_and_installs_by_hash() -> None:
    """A number for the user, no secret in a layer, nothing that is not in the lock."""
    last = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert re.search(r"^USER [1-9][0-9]+$", last, re.MULTILINE)
    assert "--require-hashes" in DOCKERFILE and "ADD " not in DOCKERFILE
    assert not re.search(r"(?i)password|secret|master_key|auth_string", DOCKERFILE)
    kept_out = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {".git", ".inzage", ".venv"} <= set(kept_out)


@pytest.mark.slow
def test_what_the_image_copies_is_all_that_inzage_needs(tmp_path: Path) -> None:
    """Installed from the paths that the Dockerfile names, and from nothing else, the configuration is checked and a page is made."""
    source, target = tmp_path / "src", tmp_path / "opt"
    for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE):
        *paths, place = line.split()
        for name in paths:
            into = source / place / (Path(name).name if place.endswith("/") else "")
            into.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, into)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--target", str(target), "."], cwd=source, check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": str(target), "INZAGE_HOME": str(tmp_path / "home")}
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import flows, desk.showing, outputs; assert flows.__file__.startswith(sys.argv[1]);"
        "from desk.showing import engine; engine().get_template('list.html.j2'); from flows.cli import run; sys.exit(run(['config', 'check']))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, str(target)], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-1500:]


# Bill of materials and audit.


def test_the_bill_of_materials_holds_every_package_of_the_lock_with_its_hashes(tmp_path: Path) -> None:
    """CycloneDX, checked against its schema as it is written; the same twice."""
    made = [tmp_path / "one.json", tmp_path / "two.json"]
    for path in made:
        command = ["requirements", "requirements/scale.txt", "--pyproject", "pyproject.toml", "--output-reproducible", "--of", "JSON", "-o"]
        subprocess.run([tool("cyclonedx-py"), *command, str(path)], cwd=ROOT, check=True, capture_output=True)
    assert made[0].read_bytes() == made[1].read_bytes()
    bill = json.loads(made[0].read_bytes())
    locked = set(
        re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", (ROOT / "requirements" / "scale.txt").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert {(c["name"], c["version"]) for c in bill["components"]} == locked
    assert len(locked) > 100
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "inzage")
    assert all(c.get("hashes") or c.get("externalReferences") for c in bill["components"])


def audit() -> Any:
    """The script of CI."""
    spec = importlib.util.spec_from_file_location("audit_of_ci", ROOT / ".ci" / "audit.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["audit_of_ci"] = module
    spec.loader.exec_module(module)
    return module


CLEAN = {"name": "a", "version": "1", "vulns": []}
WEAK = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["3"]}]}
UNKNOWN = {"name": "c", "skip_reason": "Dependency not found on PyPI and could not be audited: c (1)"}


@pytest.mark.parametrize(
    ("packages", "required", "code", "said"),
    [
        ([CLEAN], False, 0, "1 packages looked up, 0 weaknesses"),
        ([CLEAN, WEAK], False, 1, "b 2: PYSEC-2026-1. Mended in: 3."),
        ([WEAK, UNKNOWN], False, 1, "NOT looked up: c"),
        ([CLEAN, UNKNOWN], False, 0, "NOT looked up: c"),
        ([CLEAN, UNKNOWN], True, 1, "NOT looked up: c"),
        ([UNKNOWN], False, 0, "NOT DONE"),
        ([UNKNOWN], True, 1, "NOT DONE"),
        (None, False, 0, "NOT DONE"),
        (None, True, 1, "NOT DONE"),
    ],
)
def test_an_audit_that_could_not_be_done_never_looks_like_a_clean_one(
    packages: list[Any] | None, required: bool, code: int, said: str
) -> None:
    """In the words that pip-audit answers; a finding always fails."""
    module = audit()
    answered = "" if packages is None else json.dumps({"dependencies": packages, "fixes": []})
    found, lines = module.verdict(module.read(answered), required)
    assert found == code
    assert said in "\n".join(lines)


# Units and manifests.


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda m: f"{m['kind']}-{m['metadata']['name']}")
def test_a_manifest_is_as_kubernetes_has_it(manifest: dict[str, Any]) -> None:
    """By the schemas of Kubernetes itself, without a property that it does not know."""
    kubernetes_validate.validate(manifest, "1.31", strict=True)


@pytest.mark.parametrize("manifest", [m for m in MANIFESTS if m["kind"] == "Deployment"], ids=lambda m: str(m["metadata"]["name"]))
def test_a_pod_may_do_no_more_than_it_needs(manifest: dict[str, Any]) -> None:
    """Not root, no rights, nothing to write on but its own folders, a limit to its memory; its command is one that there is."""
    pod = manifest["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] and not pod["automountServiceAccountToken"]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
    }  # fmt: skip
    assert container["resources"]["limits"]["memory"]
    assert not any(re.search("(?i)secret|password|auth", entry.get("name", "")) for entry in container.get("env", ()))
    command = container.get("command") or ["-m", "flows", *container["args"][:1]]
    if command[0] == "python":
        command = command[1:]
    assert subprocess.run([sys.executable, *command[:3], "--help"], cwd=ROOT, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
def test_a_unit_is_as_systemd_has_it(unit: Path) -> None:
    """By systemd itself, where it is there; and its command is one that there is."""
    text = unit.read_text(encoding="utf-8")
    assert "User=inzage" in text and "NoNewPrivileges=yes" in text and 'MASTER_KEY="$$(cat' in text
    if shutil.which("systemd-analyze"):
        done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
        assert (done.returncode, unit.name in done.stderr) == (0, False), done.stderr
    command = text.split("/opt/inzage/bin/")[1].split("'")[0].split()
    asked = ["-m", "flows", command[1]] if command[0] == "inzage" else command[1:4]
    assert subprocess.run([sys.executable, *asked, "--help"], cwd=ROOT, capture_output=True, check=False).returncode == 0


# The guide.


def test_every_setting_stands_in_the_docs_and_every_setting_of_the_guide_is_read_somewhere() -> None:
    """Names of settings in the code, and in the pages for who runs it."""
    rooms = ("config", "connectors", "redaction", "outputs", "cases", "flows", "desk", "demo")
    code = "\n".join(path.read_text(encoding="utf-8") for room in rooms for path in (ROOT / room).rglob("*.py"))
    pages = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md"))
    guide = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    names = r"\bINZAGE_[A-Z]+(?:_[A-Z]+)*\b"
    written = {*re.findall(names, code), "INZAGE_MASTER_KEY_NEW"} - {"INZAGE_OIDC", "INZAGE_DESK"}
    assert sorted(written - set(re.findall(names, pages))) == []
    assert sorted(set(re.findall(names, guide)) - written - {"INZAGE_REQUIRE_AUDIT"}) == []


def test_every_file_that_the_guide_points_to_is_there() -> None:
    """Units, manifests, scripts, pictures, pages."""
    guide = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    linked = [target for target in re.findall(r"\]\(([^)#]+)\)", guide) if "://" not in target]
    assert len(linked) >= 8
    assert [target for target in linked if not (ROOT / "docs" / target).exists()] == []
