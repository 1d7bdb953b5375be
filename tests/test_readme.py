"""What the README tells a person to do is there to be done."""

import re
import subprocess
from pathlib import Path

from deploy.local.data_folder import DataFolder, Running
from tests.support.stack import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def test_every_file_that_a_command_of_the_readme_names_exists() -> None:
    named = re.findall(r"\bFILE=(\S+)", README)
    assert named
    assert [path for path in named if not (ROOT / path).is_file()] == []


def test_every_target_that_the_readme_names_exists() -> None:
    named = {words for block in re.findall(r"`([^`]+)`|```\n(.*?)```", README, re.DOTALL) for words in block}
    targets = {target for words in named for target in re.findall(r"(?:^|\s)make ([a-z]+)", words)}
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert {"run", "test", "import"} <= targets
    assert [
        target for target in sorted(targets) if not re.search(rf"^{target}:", makefile, re.MULTILINE)
    ] == []


def test_the_line_for_redis_cli_names_the_address_of_the_running_system(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / ".data")
    url = "redis://tickertalk_operator:Aa-_9%2F@127.0.0.1:23456/0"
    (line,) = re.findall(r'^redis-cli -u "\$\((.+)\)"$', README, re.MULTILINE)
    with data.locked():
        data.announce(Running("http://127.0.0.1:8000", "postgresql://u:p@127.0.0.1:5490/x", url))
        said = subprocess.run(
            ["/bin/sh", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=True
        )
    assert said.stdout.strip() == url
