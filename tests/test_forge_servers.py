"""What is generated for servers: the hooks beside those of Gitea and GitLab, who git-shell says is there, gitolite."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tarfile
from typing import TYPE_CHECKING

import pytest
from command import tree
from forgework import CLOCK, DAY, GOOD, SUMMARY, Ran, Upstream, install_program, office, ran, save_text

from pingshi.forges import Forge, generated
from pingshi.server import install

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like /opt/pingshi/bin."""
    return install_program(tmp_path_factory.mktemp("installed"))


# --- the hooks on the server --------------------------------------------------------------

#: As Gitea lays it out: one script that runs all of a folder, and its own among them.
DELEGATE = """\
#!/usr/bin/env bash
data=$(cat)
exitcodes=""
hookname=$(basename $0)
GIT_DIR=${GIT_DIR:-$(dirname $0)/..}
for hook in ${GIT_DIR}/hooks/${hookname}.d/*; do
  test -x "${hook}" && test -f "${hook}" || continue
  echo "${data}" | "${hook}"
  exitcodes="${exitcodes} $?"
done
for i in ${exitcodes}; do
  [ ${i} -eq 0 ] || exit ${i}
done
"""


class Served:
    """A bare repository with hooks, to which people push from a clone; `variable` names who is logged in."""

    def __init__(self, folder: Path, forge: Forge, variable: str) -> None:
        self.upstream = Upstream(forge, folder)
        self.bare = folder / "served.git"
        self.variable = variable
        ran(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(self.bare)], folder, {})
        self.upstream.git("remote", "set-url", "origin", str(self.bare))

    def push(self, person: str, *refs: str, **env: str) -> Ran:
        """Push as somebody who is logged in."""
        return ran(["git", "push", *refs], self.upstream.work, {self.variable: person, **env})

    def receipts(self) -> int:
        """Count the receipts."""
        done = ran(["git", "rev-list", "--count", "refs/pingshi/receipts"], self.bare, {})
        return int(done.out) if done.status == 0 else 0

    def story(self, **env: str) -> None:
        """Main begins, somebody submits, the leader merges: each gets a receipt; what is not theirs is refused."""
        upstream = self.upstream
        begun = self.push("qian-wei", "origin", "main", **env)
        assert (begun.status, "已登记第 1 号回执" in begun.err) == (0, True), begun.err
        upstream.git("switch", "--quiet", "--create", "submit/wang-fang/q1")
        save_text(upstream.work / SUMMARY, GOOD[SUMMARY])
        upstream.commit("wang-fang", "小结")
        stranger = self.push("zhao-lei", "origin", "submit/wang-fang/q1", **env)
        assert (stranger.status, "没有收下" in stranger.err) == (1, True), stranger.err
        assert self.push("wang-fang", "origin", "HEAD:main", **env).status == 1
        assert self.push("wang-fang", "origin", "submit/wang-fang/q1", **env).status == 0
        assert self.push("wang-fang", "origin", "HEAD:refs/pingshi/receipts", **env).status == 1
        upstream.git("switch", "--quiet", "main")
        upstream.git("merge", "--quiet", "--no-ff", "-m", "同意", "submit/wang-fang/q1", person="liu-yang")
        merged = self.push("liu-yang", "origin", "main", **env)
        assert (merged.status, "已登记第 3 号回执" in merged.err) == (0, True), merged.err
        assert self.receipts() == 3


def test_giteas_hook_checks_and_receives_beside_giteas_own(tmp_path: Path, installed: Path) -> None:
    served = Served(tmp_path, "gitea", "GITEA_PUSHER_NAME")
    own = tmp_path / "own"
    for name in ("pre-receive", "post-receive"):
        for file, text in ((name, DELEGATE), (f"{name}.d/gitea", f"#!/bin/sh\ncat >> {own}\n")):
            save_text(served.bare / "hooks" / file, text)
            (served.bare / "hooks" / file).chmod(0o755)
    script = served.upstream.work / "forge" / "server-hook.sh"
    for _ in range(2):
        done = ran(["bash", str(script), str(served.bare)], tmp_path, {"PYTHON": str(installed / "python")})
        assert (done.status, done.err) == (0, "")
    public = (served.bare / "pingshi" / "receipts_ed25519.pub").read_text(encoding="utf-8")
    assert done.out.endswith(f"trust.server_keys 里：\n{public}")
    assert (served.bare / "pingshi" / "receipts_ed25519").stat().st_mode & 0o077 == 0
    assert sorted(it.name for it in (served.bare / "hooks" / "pre-receive.d").iterdir()) == ["gitea", "pingshi"]
    ran(["git", "config", "pingshi.simulatedClock", "true"], served.bare, {})
    served.story(PINGSHI_CLOCK=CLOCK)
    internal = served.push("wang-fang", "origin", "submit/wang-fang/q1:refs/pull/1/head", PINGSHI_CLOCK=CLOCK)
    assert (internal.status, served.receipts()) == (0, 3), internal.err
    assert "refs/pull/1/head" in own.read_text(encoding="utf-8")


def test_giteas_hook_is_not_for_a_repository_of_another_kind(tmp_path: Path, installed: Path) -> None:
    served = Served(tmp_path, "gitea", "GITEA_PUSHER_NAME")
    before = tree(served.bare)
    script = served.upstream.work / "forge" / "server-hook.sh"
    done = ran(["bash", str(script), str(served.bare)], tmp_path, {"PYTHON": str(installed / "python")})
    assert (done.status, "不是 Gitea、Forgejo 的仓库；普通的裸仓库用 pingshi init --server" in done.err) == (2, True)
    assert tree(served.bare) == before


def test_gitlabs_hook_checks_and_receives_with_a_key_that_stands_elsewhere(tmp_path: Path, installed: Path) -> None:
    """GitLab keeps settings of its own in the same variables as our key's, and they are still there."""
    served = Served(tmp_path, "gitlab", "GL_USERNAME")
    script = served.upstream.work / "forge" / "server-hook.sh"
    command = ["bash", str(script), str(tmp_path / "key's folder"), str(tmp_path / "hooks.tar")]
    for _ in range(2):
        done = ran(command, tmp_path, {"PYTHON": str(installed / "python")})
        assert (done.status, done.err) == (0, "")
    with tarfile.open(tmp_path / "hooks.tar") as packed:
        assert {it.name: oct(it.mode) for it in packed if it.isfile()} == {
            "custom_hooks/pre-receive": "0o755",
            "custom_hooks/post-receive": "0o755",
        }
        packed.extractall(tmp_path, filter="data")
    for name in ("pre-receive", "post-receive"):
        settings = "GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=pingshi.simulatedClock GIT_CONFIG_VALUE_0=true"
        hook = served.bare / "hooks" / name
        hook.write_text(f"#!/bin/sh\nexport {settings}\nexec {tmp_path}/custom_hooks/{name}\n", encoding="utf-8")
        hook.chmod(0o755)
    served.story(PINGSHI_CLOCK=CLOCK)


def test_git_shell_tells_the_hook_who_is_there(tmp_path: Path, installed: Path) -> None:
    """The command that the page gives for `authorized_keys`, run as sshd would run it."""
    served = Served(tmp_path, "plain", "GL_USER")
    page = (served.upstream.work / "forge" / "README.md").read_text(encoding="utf-8")
    told = re.search(r'restrict,command="((?:[^"\\]|\\.)*)"', page)
    assert told is not None
    forced = told[1].replace('\\"', '"')
    assert "GL_USER=wang-fang " in forced
    ssh = tmp_path / "ssh"
    ssh.write_text(
        "#!/bin/sh\nfor SSH_ORIGINAL_COMMAND; do :; done\nexport SSH_ORIGINAL_COMMAND\n"
        f'exec sh -c "$(cat {tmp_path}/forced | sed "s/GL_USER=wang-fang/GL_USER=$AS/")"\n',
        encoding="utf-8",
    )
    ssh.chmod(0o755)
    (tmp_path / "forced").write_text(forced, encoding="utf-8")
    install(served.bare)
    for name in ("pre-receive", "post-receive"):
        hook = served.bare / "hooks" / name
        text = hook.read_text(encoding="utf-8").replace(f"{sys.executable} -I", f"'{installed / 'python'}' -I")
        assert str(installed) in text
        hook.write_text(text, encoding="utf-8")
    ran(["git", "config", "pingshi.simulatedClock", "true"], served.bare, {})
    served.upstream.git("remote", "set-url", "origin", f"ssh://server{served.bare}")
    served.variable = "AS"
    served.story(PINGSHI_CLOCK=CLOCK, GIT_SSH=str(ssh), GIT_SSH_VARIANT="simple")


# --- gitolite -----------------------------------------------------------------------------


class Gitolite:
    """gitolite in a home of its own, with our configuration included as the page says. No sshd is needed to ask it."""

    def __init__(self, home: Path, conf: str) -> None:
        self.home = home
        home.mkdir()
        self.run("setup", "-a", "admin")
        rc = home / ".gitolite.rc"
        page = next(
            it.text for it in generated("gitolite", office("gitolite").snapshot().units, DAY) if "README" in it.path
        )
        told = re.search(r"GIT_CONFIG_KEYS => '.*',", page)
        assert told is not None
        text, count = re.subn(r"GIT_CONFIG_KEYS\s*=>\s*'',", lambda _: told[0], rc.read_text(encoding="utf-8"))
        assert count == 1
        rc.write_text(text, encoding="utf-8")
        folder = home / ".gitolite" / "conf"
        (folder / "pingshi.conf").write_text(conf, encoding="utf-8")
        included = re.search(r"@pingshi = kaohe\n +include \"pingshi.conf\"", page)
        assert included is not None
        with (folder / "gitolite.conf").open("a", encoding="utf-8") as opened:
            opened.write(f"\n{included[0]}\n")
        self.run("compile")
        self.run("trigger", "POST_COMPILE")

    def run(self, *words: str) -> str:
        """Run a command of gitolite's."""
        done = ran(["gitolite", *words], self.home, {"HOME": str(self.home), "USER": "git"})
        assert done.status == 0, done.err
        assert "WARNING" not in done.err, done.err
        return done.out

    def allows(self, account: str, what: str, ref: str = "any") -> bool:
        """Tell whether an account may read (R), push (W) or rewrite (+) a ref."""
        command = ["gitolite", "access", "-q", "kaohe", account, what, ref]
        return ran(command, self.home, {"HOME": str(self.home)}).status == 0


@pytest.mark.skipif(
    shutil.which("gitolite") is None and os.environ.get("CI") != "true", reason="gitolite3 is not installed here"
)
def test_gitolite_takes_the_configuration_and_lets_each_push_what_is_theirs(tmp_path: Path) -> None:
    bureau = office("gitolite").person("zhao-lei", git="{accounts: [zhaol, zhao.lei]}")
    conf = next(it.text for it in generated("gitolite", bureau.snapshot().units, DAY) if it.path.endswith(".conf"))
    gitolite = Gitolite(tmp_path / "home", conf)
    own, main = "refs/heads/submit/wang-fang/q1", "refs/heads/main"
    assert gitolite.allows("wang-fang", "W", own)
    assert gitolite.allows("zhaol", "W", "refs/heads/submit/zhao-lei/q1")
    assert gitolite.allows("zhao.lei", "W", "refs/heads/submit/zhao-lei/q1")
    assert gitolite.allows("liu-yang", "W", main)
    assert gitolite.allows("qian-wei", "W", main)
    assert gitolite.allows("wang-fang", "R")
    for account, what, ref in (
        ("wang-fang", "+", own),
        ("wang-fang", "W", "refs/heads/submit/zhao-lei/q1"),
        ("wang-fang", "W", main),
        ("wang-fang", "W", "refs/heads/other"),
        ("zhao-lei", "W", "refs/heads/submit/zhao-lei/q1"),
        ("he-jun", "W", main),
        ("liu-yang", "+", main),
        ("liu-yang", "W", "refs/heads/main2"),
        ("liu-yang", "W", "refs/pingshi/receipts"),
        ("stranger", "R", "any"),
    ):
        assert not gitolite.allows(account, what, ref), (account, what, ref)
    config = (tmp_path / "home" / "repositories" / "kaohe.git" / "config").read_text(encoding="utf-8")
    assert ("denyNonFastForwards = true" in config, "fsckObjects = true" in config) == (True, True)
