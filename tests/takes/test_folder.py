"""The folder of takes: finished ones are FLAC, unfinished ones are found, nothing is lost."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile

from rehearse.errors import TakeError
from rehearse.recording import Recording
from rehearse.takes import Copied, Takes, flac
from rehearse.takes.copy import pcm

SOUND = (np.sin(np.arange(16000) / 7) * 9000).astype(np.int16)


@pytest.fixture
def takes(tmp_path):
    return Takes(tmp_path / "takes")


@pytest.fixture
def begun(takes):
    begun = takes.begin("a microphone")
    begun.journal.write(SOUND)
    return begun


def names(takes):
    return sorted(path.suffix for path in takes.folder.iterdir())


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


ABANDON = """
import os, sys
from pathlib import Path
import numpy as np
from rehearse.takes import Takes

begun = Takes(Path(sys.argv[1])).begin("a microphone")
begun.journal.write(np.arange(int(sys.argv[2]), dtype=np.int16))
os._exit(1)
"""
"""A take whose program ends from one moment to the next."""


COUNT = """
import sys
from pathlib import Path
from rehearse.takes import Takes

print(len(Takes(Path(sys.argv[1])).unfinished()))
"""


def abandon(takes, samples=16000):
    subprocess.run([sys.executable, "-c", ABANDON, takes.folder, str(samples)], check=False)


class TestFinishing:
    def test_leaves_a_flac_of_the_same_samples_and_nothing_else(self, takes, begun):
        kept = begun.finish()
        assert np.array_equal(soundfile.read(kept.path, dtype="int16")[0], SOUND)
        begun.let_go()
        assert names(takes) == [".flac"]

    def test_it_is_nobody_elses_until_it_is_let_go(self, takes, begun):
        kept = begun.finish()
        assert takes.finished(but=()) == []
        begun.let_go()
        begun.let_go()
        (found,) = takes.finished(but=())
        assert found == kept
        assert found.duration_s == pytest.approx(len(SOUND) / 16000)
        assert takes.finished(but={kept.path.name}) == []

    def test_its_owner_alone_may_read_anything(self, takes, begun):
        kept = begun.finish()
        assert mode(takes.folder) == 0o700
        assert mode(kept.path) == 0o600

    def test_what_did_not_fit_on_the_disk_is_in_the_file_once_there_is_room(self, begun):
        begun.journal.unwritten.append(SOUND[:99].astype(">i2").tobytes())
        kept = begun.finish()
        samples = soundfile.read(kept.path, dtype="int16")[0]
        assert np.array_equal(samples, np.concatenate([SOUND, SOUND[:99]]))

    def test_two_takes_of_one_second_do_not_meet(self, takes):
        paths = set()
        for _ in range(5):
            begun = takes.begin("a microphone")
            begun.journal.write(SOUND)
            paths.add(begun.finish().path)
        assert len(paths) == 5

    def test_a_file_that_does_not_read_back_costs_nothing(self, takes, begun, monkeypatch):
        real = flac.write

        def wrong(path, blocks):
            real(path, (block + 1 for block in blocks))

        monkeypatch.setattr(flac, "write", wrong)
        with pytest.raises(TakeError, match="does not read back"):
            begun.finish()
        assert names(takes) == [".au"]
        monkeypatch.undo()
        (found,) = takes.unfinished()
        kept = takes.recover(found)
        assert np.array_equal(soundfile.read(kept.path, dtype="int16")[0], SOUND)

    def test_a_disk_that_is_full_costs_nothing(self, takes, begun, monkeypatch):
        def full(*_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(flac, "write", full)
        with pytest.raises(TakeError) as raised:
            begun.finish()
        assert "No space left on device" in raised.value.message
        assert raised.value.hint
        assert [each.written.samples for each in takes.unfinished()] == [len(SOUND)]

    def test_discarding_leaves_nothing(self, takes, begun):
        begun.discard()
        assert names(takes) == []


class TestUnfinished:
    def test_a_take_that_was_abandoned_is_found(self, takes):
        abandon(takes)
        (found,) = takes.unfinished()
        assert found.written.duration_s == 1.0
        assert found.written.about["device"] == "a microphone"

    def test_one_that_is_being_spoken_is_left_alone(self, takes, begun):
        found = subprocess.run(
            [sys.executable, "-c", COUNT, takes.folder],
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert found.stdout.strip() == "0"
        begun.finish()

    def test_is_recovered_to_the_bit(self, takes):
        abandon(takes)
        (found,) = takes.unfinished()
        kept = takes.recover(found)
        samples = soundfile.read(kept.path, dtype="int16")[0]
        assert np.array_equal(samples, np.arange(16000, dtype=np.int16))
        assert names(takes) == [".flac"]

    def test_one_without_sound_is_cleared_away(self, takes):
        abandon(takes, samples=0)
        assert takes.unfinished() == []
        assert names(takes) == []

    def test_a_half_written_flac_does_not_hinder(self, takes):
        abandon(takes)
        (journal,) = takes.folder.glob("*.au")
        journal.with_suffix(".flac.part").write_bytes(b"fLaC and no more")
        (found,) = takes.unfinished()
        takes.recover(found)
        assert names(takes) == [".flac"]

    def test_the_oldest_comes_first(self, takes):
        for name in ("2026-03-01T10-00-00", "2025-12-31T23-59-59"):
            abandon(takes)
            (journal,) = (p for p in takes.folder.glob("*.au") if p.stem > "2026-03-02")
            journal.rename(journal.with_stem(name))
        assert [each.written.path.stem[:4] for each in takes.unfinished()] == ["2025", "2026"]

    def test_somebody_elses_file_is_not_touched(self, takes):
        takes.folder.mkdir()
        (takes.folder / "song.au").write_bytes(b".snd and something else entirely")
        assert takes.unfinished() == []
        assert names(takes) == [".au"]

    def test_can_be_discarded(self, takes):
        abandon(takes)
        (found,) = takes.unfinished()
        takes.discard(found)
        assert names(takes) == []

    def test_no_folder_is_no_take_and_makes_none(self, takes):
        assert takes.unfinished() == []
        assert not takes.folder.exists()


class TestBeginning:
    @pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs a system with owners")
    def test_a_file_in_the_way_is_said_with_its_name(self, tmp_path):
        (tmp_path / "takes").write_text("in the way")
        with pytest.raises(TakeError, match="takes") as raised:
            Takes(tmp_path / "takes").begin("a microphone")
        assert "REHEARSE_HOME" in raised.value.hint


class TestCopies:
    """A file that is analysed, written down while it is read."""

    def copied(self, takes, samples):
        begun = takes.begin(copy_of="close.wav")
        blocks = [Recording(part.astype(np.float32) / 32768.0) for part in np.split(samples, 4)]
        source = Copied(SimpleNamespace(blocks=lambda: iter(blocks)), begun.journal)
        heard = np.concatenate([block.samples for block in source.blocks()])
        return begun, heard

    def test_what_is_read_is_what_is_kept(self, takes):
        begun, heard = self.copied(takes, SOUND)
        kept = begun.finish()
        assert np.array_equal(heard * 32768.0, SOUND)
        assert np.array_equal(soundfile.read(kept.path, dtype="int16")[0], SOUND)

    def test_the_same_sound_makes_the_same_file(self, takes):
        files = [self.copied(takes, SOUND)[0].finish().path.read_bytes() for _ in range(2)]
        assert files[0] == files[1]

    def test_what_is_too_loud_is_clipped(self):
        loud = pcm(np.array([1.5, -1.5, 1.0, -1.0, 0.00001], dtype=np.float32))
        assert loud.tolist() == [32767, -32768, 32767, -32768, 0]

    def test_where_it_cannot_be_written_it_is_read_all_the_same(self, takes, monkeypatch):
        begun = takes.begin(copy_of="close.wav")
        blocks = [Recording(SOUND.astype(np.float32) / 32768.0)] * 3
        source = Copied(SimpleNamespace(blocks=lambda: iter(blocks)), begun.journal)

        def full(*_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "write", full)
        heard = list(source.blocks())
        monkeypatch.undo()
        assert len(heard) == 3
        # A long file is not kept in memory in place of the disk.
        assert sum(map(len, begun.journal.unwritten)) == 2 * len(SOUND)
        begun.discard()

    def test_cut_short_it_is_cleared_away_and_no_take(self, takes):
        subprocess.run(
            [sys.executable, "-c", ABANDON.replace('"a microphone"', 'copy_of="x"'), takes.folder,
             "16000"],
            check=False,
        )  # fmt: skip
        assert names(takes) == [".au", ".lock"]
        assert takes.unfinished() == []
        assert ".au" not in names(takes)


@pytest.mark.parametrize("same", [True, False])
def test_recovering_never_writes_over_a_finished_take(takes, same):
    abandon(takes)
    (found,) = takes.unfinished()
    finished = found.written.path.with_suffix(".flac")
    spoken = np.arange(16000, dtype=np.int16) if same else SOUND
    soundfile.write(finished, np.concatenate([spoken, SOUND]), 16000, subtype="PCM_16")
    before = finished.read_bytes()
    if same:
        assert takes.recover(found).path == finished
    else:
        with pytest.raises(TakeError):
            takes.recover(found)
    assert finished.read_bytes() == before
    assert names(takes) == ([".flac"] if same else [".au", ".flac"])
