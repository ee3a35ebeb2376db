"""What FFmpeg makes of a file: nothing but what the file itself holds."""

from __future__ import annotations

import shutil

import av
import numpy as np
import pytest

from rehearse.audio import containers
from rehearse.audio.apart import SoundApart
from rehearse.audio.containers import CODERS, CONTAINERS
from rehearse.audio.decode import SoundFile
from rehearse.errors import SoundError
from tests.audio.luring import LISTS, listening, lure
from tests.audio.sounds import sample, tone, write

REFERRING = {"hls", "concat", "dash", "sdp", "rtsp", "rtp", "image2", "applehttp", "imf", "lavfi"}


@pytest.fixture(scope="module")
def listener():
    with listening() as listener:
        yield listener


@pytest.fixture
def folder(tmp_path):
    shutil.copy(sample("missing-interest"), tmp_path / "secret.mp3")
    return tmp_path


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("kind", [SoundFile, lambda path: SoundApart(path, path.name)])
def test_a_list_of_files_and_addresses_is_refused_and_not_followed(folder, listener, name, kind):
    before = listener.calls()
    blocks = []
    with pytest.raises(SoundError, match=f"{name} is not a recording"):
        blocks.extend(kind(lure(folder, name, listener.port)).blocks())
    assert blocks == []
    assert listener.calls() == before


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_was_taken_for_a_recording_could_not_be_followed(
    folder, listener, name, monkeypatch
):
    monkeypatch.setattr(containers, "CONTAINERS", (*CONTAINERS, *REFERRING))
    before = listener.calls()
    with pytest.raises(SoundError, match=f"{name} is not a recording"):
        list(SoundFile(lure(folder, name, listener.port)).blocks())
    assert listener.calls() == before


def test_ffmpeg_left_alone_calls_and_plays_what_a_list_names(folder, listener):
    before = listener.calls()
    path = lure(folder, "net.m3u8", listener.port)
    with path.open("rb") as file, pytest.raises(av.error.FFmpegError):
        av.open(file)
    assert listener.calls() > before
    for name in ("beside.m3u8", "whole.m3u8", "beside.ffconcat"):
        with av.open(str(lure(folder, name, listener.port))) as opened:
            assert next(opened.decode(audio=0)).samples > 0, name


def test_no_container_refers_to_other_files():
    assert not REFERRING & set(CONTAINERS)


def test_every_container_and_coder_is_one_that_ffmpeg_knows():
    known = {name for names in av.formats_available for name in names.split(",")}
    assert set(CONTAINERS) - known == set()
    assert CODERS - av.codecs_available == set()
    assert {av.Codec(name, "r").type for name in CODERS} == {"audio"}


def test_a_name_that_looks_like_an_address_is_that_of_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "concat:secret.wav|secret.wav"
    write(tmp_path / "sound.wav", tone(), codec="pcm_s16le").rename(path)
    (block, *_) = SoundFile(path.relative_to(tmp_path)).blocks()
    assert np.abs(block.samples).max() > 0.4


def test_a_coder_that_recordings_do_not_have_is_refused(tmp_path):
    path = write(tmp_path / "odd.wav", tone(), codec="dfpwm")
    with pytest.raises(SoundError, match="coded in an unknown way"):
        list(SoundFile(path).blocks())
