"""Run the tests on PostgreSQL where its programs are found; in CI they must be."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.postgresql import postgresql_binaries

WITHOUT_DATABASE = (  # Left out one by one otherwise (tests/conftest.py): not even read here.
    "dialect", "templates", "content/test_modules.py", "content/test_words_and_diagrams.py",
    "test_architecture.py", "test_bundle.py",
)  # fmt: skip


def main() -> int:
    """Run pytest with TEST_DATABASE=postgresql, leaving out what uses no database."""
    if postgresql_binaries() is None:
        if os.environ.get("CI"):
            print("PostgreSQL is not installed, and CI must test on it.", file=sys.stderr)
            return 1
        print("PostgreSQL is not installed here: these tests ran on SQLite only.")
        return 0
    command = [sys.executable, "-m", "pytest", "-m", "not browser", *sys.argv[1:]]
    command += [f"--ignore=tests/{name}" for name in WITHOUT_DATABASE]
    return subprocess.call(command, env=os.environ | {"TEST_DATABASE": "postgresql"})


if __name__ == "__main__":
    sys.exit(main())
