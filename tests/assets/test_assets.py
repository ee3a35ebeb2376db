"""Weights: put together whole or not at all, and never used when a byte is wrong.

The weights here are a few kilobytes in a package that the test writes; how they
are found, joined, verified and moved is the program's own way.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from rehearse import assets, settings
from rehearse.assets import making
from rehearse.errors import AssetError, UnknownNameError
from tests.disks import disk

PART_1 = bytes(range(256)) * 300
PART_2 = b"the second part" * 5000
CONFIG = b'{"layers": 6}'

MANIFEST = f"""
[[asset]]
name = "small.one"
kind = "recogniser"
summary = "Joined from two parts"
licence = "MIT"
revision = "1"
obtained = "carrier-of-weights 1.0"
files = [
  {{ path = "model.bin", size = {len(PART_1 + PART_2)}, sha256 = "{hashlib.sha256(PART_1 + PART_2).hexdigest()}", parts = ["carrier_of_weights:data/part1", "carrier_of_weights:data/part2"] }},
  {{ path = "config.json", size = {len(CONFIG)}, sha256 = "{hashlib.sha256(CONFIG).hexdigest()}", parts = ["carrier_of_weights:config.json"] }},
]

[[asset]]
name = "elsewhere"
kind = "recogniser"
summary = "In a package that is not installed"
licence = "MIT"
revision = "1"
obtained = "absent-carrier 2.0"
files = [{{ path = "model.bin", size = 1, sha256 = "00", parts = ["absent_carrier_of_weights:model.bin"] }}]

[[asset]]
name = "fetched"
kind = "recogniser"
summary = "Comes from a hub when asked for"
licence = "MIT"
revision = "1"
obtained = "a hub"
hub = "somebody/fetched"
files = [{{ path = "model.bin", sha256 = "00" }}]

[[asset]]
name = "beside"
kind = "tagger"
summary = "Lies beside the manifest"
licence = "MIT"
revision = "1"
obtained = "trained here"
files = [{{ path = "tagger.npz", size = {len(CONFIG)}, sha256 = "{hashlib.sha256(CONFIG).hexdigest()}", in = "models" }}]
"""  # noqa: E501 - a table a line


@pytest.fixture
def carrier(tmp_path, monkeypatch):
    """The package that carries the parts."""
    package = tmp_path / "site" / "carrier_of_weights"
    (package / "data").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "data" / "part1").write_bytes(PART_1)
    (package / "data" / "part2").write_bytes(PART_2)
    (package / "config.json").write_bytes(CONFIG)
    monkeypatch.syspath_prepend(str(package.parent))
    return package


@pytest.fixture
def weights(tmp_path, monkeypatch, carrier):
    """The folder that weights are put into, with the manifest above in force."""
    models = tmp_path / "models"
    (models / "beside").mkdir(parents=True)
    (models / "beside" / "tagger.npz").write_bytes(CONFIG)
    (models / "manifest.toml").write_text(MANIFEST)
    monkeypatch.setattr(settings, "models_folder", lambda: models)
    monkeypatch.setenv(settings.HOME_VARIABLE, str(tmp_path / "home"))
    assets.manifest.cache_clear()
    yield tmp_path / "home" / "weights"
    assets.manifest.cache_clear()


def everything_in(folder):
    if not folder.exists():
        return []
    # The lock file stays: to remove one that others wait for would break the lock.
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".lock")


def change_one_byte(path):
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


# Put together


def test_parts_are_joined_in_their_order(weights):
    place = assets.folder("small.one")
    assert place == weights / "small.one"
    assert (place / "model.bin").read_bytes() == PART_1 + PART_2
    assert (place / "config.json").read_bytes() == CONFIG


def test_nothing_but_the_folder_is_left(weights):
    assets.folder("small.one")
    assert everything_in(weights) == ["small.one"]
    assert everything_in(weights / "small.one") == ["config.json", "model.bin"]


def test_weights_are_put_together_once(weights, carrier):
    assets.folder("small.one")
    shutil.rmtree(carrier)
    assert (assets.folder("small.one") / "model.bin").is_file()


def test_weights_that_are_there_can_be_put_in_place_again(weights):
    place = assets.folder("small.one")
    change_one_byte(place / "model.bin")
    assets.assemble(assets.asset("small.one"))
    assert assets.folder("small.one") == place
    assert everything_in(weights) == ["small.one"]


def test_several_at_once_all_get_whole_weights(weights):
    with ThreadPoolExecutor(4) as pool:
        places = set(pool.map(assets.folder, ["small.one"] * 8))
    assert places == {weights / "small.one"}
    assets.verify(assets.asset("small.one"))
    assert everything_in(weights) == ["small.one"]


def test_what_lies_beside_the_manifest_is_found_there(weights):
    assert assets.locate("beside")["tagger.npz"].read_bytes() == CONFIG


# Verified


@pytest.mark.parametrize("name", ["model.bin", "config.json"])
def test_one_changed_byte_is_noticed(weights, name):
    change_one_byte(assets.folder("small.one") / name)
    with pytest.raises(AssetError, match=rf"{name} of the weights 'small\.one' is damaged") as told:
        assets.folder("small.one")
    assert told.value.hint == "Put them in place again with: rehearse models --fetch small.one"


def test_the_error_shows_both_digests(weights):
    place = assets.folder("small.one")
    change_one_byte(place / "model.bin")
    actual = hashlib.sha256((place / "model.bin").read_bytes()).hexdigest()
    with pytest.raises(AssetError) as told:
        assets.folder("small.one")
    assert actual[:12] in told.value.message
    assert hashlib.sha256(PART_1 + PART_2).hexdigest()[:12] in told.value.message


def test_a_shortened_file_is_noticed(weights):
    path = assets.folder("small.one") / "model.bin"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(AssetError, match="is damaged"):
        assets.folder("small.one")


def test_a_missing_file_is_noticed(weights):
    (assets.folder("small.one") / "config.json").unlink()
    with pytest.raises(AssetError, match=r"config\.json .* cannot be read"):
        assets.folder("small.one")


def test_a_changed_byte_beside_the_manifest_is_noticed(weights):
    change_one_byte(settings.models_folder() / "beside" / "tagger.npz")
    with pytest.raises(AssetError, match=r"tagger\.npz of the weights 'beside' is damaged") as told:
        assets.locate("beside")
    assert "Install rehearse again" in told.value.hint


def test_a_damaged_package_puts_nothing_in_place(weights, carrier):
    change_one_byte(carrier / "data" / "part2")
    with pytest.raises(AssetError, match="is damaged"):
        assets.folder("small.one")
    assert everything_in(weights) == []


def test_a_failed_repair_keeps_what_was_there(weights, carrier):
    place = assets.folder("small.one")
    change_one_byte(carrier / "data" / "part1")
    with pytest.raises(AssetError):
        assets.assemble(assets.asset("small.one"))
    assert (place / "model.bin").read_bytes() == PART_1 + PART_2


# Missing


def test_a_package_that_is_not_installed_is_named(weights):
    with pytest.raises(AssetError, match=r"not installed \(absent-carrier-of-weights\)") as told:
        assets.folder("elsewhere")
    assert "absent-carrier 2.0" in told.value.hint
    assert everything_in(weights) == []


def test_a_package_without_one_of_its_parts_puts_nothing_in_place(weights, carrier):
    (carrier / "data" / "part2").unlink()
    with pytest.raises(AssetError, match="not installed"):
        assets.folder("small.one")
    assert everything_in(weights) == []


def test_weights_from_a_hub_are_not_fetched_unasked(weights):
    with pytest.raises(AssetError, match="'fetched' are not on this machine") as told:
        assets.folder("fetched")
    assert told.value.hint == "Fetch them once with: rehearse models --fetch fetched"


def test_an_unknown_name_is_answered_with_the_known_ones(weights):
    with pytest.raises(UnknownNameError, match="no weights called 'huge'") as told:
        assets.asset("huge")
    assert "small.one" in told.value.hint


def test_a_name_of_another_kind_is_unknown(weights):
    with pytest.raises(UnknownNameError):
        assets.asset("beside", kind="recogniser")


@pytest.mark.parametrize("text", ["[[asset", "", "title = 'nothing'"])
def test_a_manifest_that_cannot_be_read_is_an_error_of_ours(weights, text):
    (settings.models_folder() / "manifest.toml").write_text(text)
    assets.manifest.cache_clear()
    with pytest.raises(AssetError, match="manifest"):
        assets.manifest()


def test_every_state_is_told(weights):
    states = [assets.state(entry) for entry in assets.manifest().values()]
    assert states[0] == "to be put together"
    assert "not installed" in states[1]
    assert states[2:] == ["not fetched", "ready"]
    change_one_byte(assets.folder("small.one") / "model.bin")
    assert "is damaged" in assets.state(assets.asset("small.one"))


# A full disk, and other trouble in the middle


def full_disk(*_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_said_and_leaves_nothing(weights, monkeypatch):
    monkeypatch.setattr(shutil, "copyfileobj", full_disk)
    with pytest.raises(AssetError, match=r"The disk is full: the weights 'small\.one'") as told:
        assets.folder("small.one")
    assert str(weights) in told.value.message
    assert settings.HOME_VARIABLE in told.value.hint
    assert everything_in(weights) == []


def test_a_full_disk_keeps_what_was_there(weights, monkeypatch):
    place = assets.folder("small.one")
    monkeypatch.setattr(shutil, "copyfileobj", full_disk)
    with pytest.raises(AssetError, match="The disk is full"):
        assets.assemble(assets.asset("small.one"))
    assert assets.folder("small.one") == place


@pytest.fixture
def tiny_disk(tmp_path):
    """A file system of 64 kB, where this user may mount one."""
    with disk(tmp_path / "disk", "64k") as place:
        yield place


def test_a_disk_that_is_really_full_is_said_and_left_as_it_was(weights, tiny_disk, monkeypatch):
    monkeypatch.setenv(settings.HOME_VARIABLE, str(tiny_disk))
    with pytest.raises(AssetError, match="The disk is full"):
        assets.folder("small.one")
    assert everything_in(tiny_disk / "weights") == []


def test_a_place_that_is_a_file_is_refused(weights, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(settings.HOME_VARIABLE, str(tmp_path / "file"))
    with pytest.raises(AssetError, match="cannot be put into") as told:
        assets.folder("small.one")
    assert settings.HOME_VARIABLE in told.value.hint


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_an_interruption_leaves_nothing(weights, monkeypatch, error):
    def interrupted(*_):
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfileobj", interrupted)
        with pytest.raises(error):
            assets.folder("small.one")
    assert everything_in(weights) == []
    assert assets.folder("small.one").is_dir()


def test_a_killed_process_leaves_nothing_that_is_taken_for_weights(weights, carrier, tmp_path):
    program = (
        "import os, shutil, sys\n"
        "from pathlib import Path\n"
        "from rehearse import assets, settings\n"
        f"sys.path.insert(0, {str(carrier.parent)!r})\n"
        f"settings.models_folder = lambda: Path({str(settings.models_folder())!r})\n"
        "shutil.copyfileobj = lambda *_: os._exit(9)\n"
        "assets.folder('small.one')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False)
    assert done.returncode == 9
    assert not (weights / "small.one").exists()
    assert (assets.folder("small.one") / "model.bin").is_file()


def test_what_a_killed_process_left_is_removed_when_it_is_old(weights):
    old, new, other = (weights / f".{name}" for name in ("small.one-a", "small.one-b", "base-c"))
    for folder in (old, new, other):
        folder.mkdir(parents=True)
        (folder / "model.bin").write_bytes(PART_1)
    long_ago = time.time() - 2 * making.ABANDONED_S
    for folder in (old, other):
        os.utime(folder, (long_ago, long_ago))
    assets.folder("small.one")
    assert everything_in(weights) == [".base-c", ".small.one-b", "small.one"]


def test_what_an_interrupted_repair_left_does_not_stop_the_next(weights):
    place = assets.folder("small.one")
    (weights / ".small.old").mkdir()
    (weights / ".small.old" / "model.bin").write_bytes(PART_1)
    assets.assemble(assets.asset("small.one"))
    assert assets.folder("small.one") == place


# The manifest that is shipped


def test_every_shipped_file_has_a_size_and_a_digest_or_comes_from_a_hub():
    for entry in assets.manifest().values():
        for file in entry.files:
            assert entry.hub is not None or (file.size and len(file.sha256) == 64), file


def test_what_no_hub_is_needed_for_is_whole():
    for entry in assets.manifest().values():
        if entry.kind != "recogniser":
            assert assets.state(entry) == "ready"
