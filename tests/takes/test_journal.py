"""The journal of a take: all of it that was written can be read, whatever cut it short."""

from __future__ import annotations

import os
import stat

import numpy as np
import pytest
import soundfile

from rehearse.recording import SAMPLE_RATE
from rehearse.takes import journal
from rehearse.takes.journal import Journal, Written

ABOUT = {"began": "2026-01-02T03:04:05+01:00", "device": "Mikrofon für Ünger"}


def sound(count, seed=1):
    return np.random.default_rng(seed).integers(-32768, 32768, count).astype(np.int16)


def read(path):
    written = Written.at(path)
    return np.concatenate([np.zeros(0, np.int16), *written.blocks()])


@pytest.fixture
def path(tmp_path):
    return tmp_path / "take.au"


class TestWriting:
    def test_what_is_written_reads_back_to_the_bit(self, path):
        blocks = [sound(800, seed) for seed in range(7)]
        writing = Journal(path, ABOUT)
        for block in blocks:
            writing.write(block)
        writing.close()
        assert np.array_equal(read(path), np.concatenate(blocks))

    def test_every_block_can_be_read_before_the_journal_is_closed(self, path):
        writing = Journal(path, ABOUT)
        for count in (1, 2, 3):
            writing.write(sound(800))
            assert Written.at(path).samples == 800 * count
        writing.close()

    def test_its_owner_alone_may_read_it(self, path):
        Journal(path, ABOUT).close()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_other_programs_read_it_while_its_length_is_open(self, path):
        writing = Journal(path, ABOUT)
        writing.write(sound(1600))
        samples, rate_hz = soundfile.read(path, dtype="int16")
        writing.close()
        assert rate_hz == SAMPLE_RATE
        assert np.array_equal(samples, sound(1600))

    def test_never_writes_over_a_file(self, path):
        path.write_bytes(b"somebody's")
        with pytest.raises(FileExistsError):
            Journal(path, ABOUT)
        assert path.read_bytes() == b"somebody's"

    def test_is_forced_onto_the_disk_while_it_is_written(self, path, monkeypatch):
        synced = []
        monkeypatch.setattr(journal, "SYNC_S", 0.02)
        monkeypatch.setattr(journal.os, "fsync", synced.append)
        writing = Journal(path, ABOUT)
        while len(synced) < 4:
            writing.write(sound(10))
        writing.close()

    def test_can_be_closed_twice(self, path):
        writing = Journal(path, ABOUT)
        writing.close()
        writing.close()
        assert writing.failed is None


class TestAFullDisk:
    """The journal itself on a file that may not grow: the system refuses as a full disk does."""

    @pytest.fixture
    def full(self, path, monkeypatch):
        writing = Journal(path, ABOUT)
        room = 1001
        real = os.write

        def limited(file, data):
            nonlocal room
            if not room:
                raise OSError(28, "No space left on device")
            taken = real(file, data[:room])
            room -= taken
            return taken

        monkeypatch.setattr(journal.os, "write", limited)
        return writing

    def test_what_no_longer_fits_is_kept_in_memory(self, full, path):
        for seed in range(3):
            full.write(sound(400, seed))
        full.close()
        assert full.failed.strerror == "No space left on device"
        rest = [np.frombuffer(data, dtype=">i2").astype(np.int16) for data in full.unwritten]
        there = np.concatenate([read(path), *rest])
        assert np.array_equal(there, np.concatenate([sound(400, seed) for seed in range(3)]))

    def test_half_a_sample_is_passed_over(self, full, path):
        full.write(sound(800))
        full.close()
        assert (path.stat().st_size - Written.at(path).start) % 2 == 1
        assert np.array_equal(read(path), sound(800)[:500])

    def test_all_samples_are_counted(self, full):
        full.write(sound(800))
        full.close()
        assert full.samples == 800


class TestReading:
    def test_tells_what_was_noted(self, path):
        Journal(path, ABOUT).close()
        assert Written.at(path).about == ABOUT

    @pytest.mark.parametrize("cut", [0, 3, 24, 40])
    def test_a_file_cut_off_inside_its_header_holds_no_sound(self, path, cut):
        writing = Journal(path, ABOUT)
        writing.write(sound(100))
        writing.close()
        path.write_bytes(path.read_bytes()[:cut])
        written = Written.at(path)
        assert written is None or written.samples == 0

    @pytest.mark.parametrize("foreign", [b"RIFF" + b"\0" * 100, b".snd" + b"\xff" * 60, b"\0" * 99])
    def test_another_kind_of_file_is_no_journal(self, path, foreign):
        path.write_bytes(foreign)
        assert Written.at(path) is None

    def test_a_damaged_note_costs_only_the_note(self, path):
        writing = Journal(path, ABOUT)
        writing.write(sound(100))
        writing.close()
        whole = bytearray(path.read_bytes())
        whole[30:40] = b"\xff" * 10
        path.write_bytes(whole)
        assert Written.at(path).about == {}
        assert np.array_equal(read(path), sound(100))

    def test_is_cut_at_every_byte_and_gives_the_whole_samples(self, path):
        writing = Journal(path, ABOUT)
        writing.write(sound(20))
        writing.close()
        whole, start = path.read_bytes(), Written.at(path).start
        for end in range(start, len(whole)):
            path.write_bytes(whole[:end])
            assert np.array_equal(read(path), sound(20)[: (end - start) // 2])
