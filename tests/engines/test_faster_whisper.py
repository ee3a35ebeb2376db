"""The recogniser on real clips, and what holds of its windows without it."""

from __future__ import annotations

from pathlib import Path

import jiwer
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.clips import Clip, cut
from rehearse.audio.decode import SoundFile
from rehearse.audio.frames import FRAME
from rehearse.engines import faster_whisper
from rehearse.engines.drafts import LOGPROB_LIMIT
from rehearse.engines.evidence import with_evidence
from rehearse.engines.faster_whisper import FasterWhisperEngine
from rehearse.engines.windows import FULL_WINDOW_S, WindowRule
from rehearse.errors import ModelError
from rehearse.recording import SAMPLE_RATE, Recording

SAMPLES = Path(__file__).resolve().parents[2] / "samples"

SPELT = jiwer.Compose(
    [
        jiwer.ToLowerCase(),
        jiwer.RemovePunctuation(),
        jiwer.RemoveMultipleSpaces(),
        jiwer.Strip(),
        jiwer.ReduceToListOfListOfWords(),
    ]
)


@pytest.fixture(scope="module")
def clips():
    """The clips of the shortest sample, some fifteen seconds."""
    return list(cut(SoundFile(SAMPLES / "thin-close.opus").blocks()))


@pytest.fixture(scope="module")
def heard(engine, clips):
    return list(engine.hear(clips))


@pytest.fixture(scope="module")
def short():
    """Its first sentences, up to the pause after them: one clip."""
    (clip,) = cut(SoundFile(SAMPLES / "thin-close.opus", to_s=3.6).blocks())
    return clip


@pytest.fixture(scope="module")
def once(engine, short):
    """The words of that clip, heard alone."""
    return spoken(engine.hear([short]))


@pytest.fixture(scope="module")
def silence():
    """Six seconds in which nobody speaks, handed to the engine all the same."""
    sound = np.zeros(6 * SAMPLE_RATE, dtype=np.float32)
    return Clip(Recording(sound), np.zeros(len(sound) // FRAME, dtype=np.float32))


def spoken(heard):
    words = (word for each in heard for word in with_evidence(each))
    return " ".join(word.text.strip() for word in words if word.unheard is None)


def errors(meant, written):
    """Share of words that are wrong, whatever their case and punctuation."""
    return jiwer.wer(meant, written, reference_transform=SPELT, hypothesis_transform=SPELT)


@pytest.mark.weights
class TestListening:
    def test_hears_what_was_said(self, heard):
        script = (SAMPLES / "thin-close.txt").read_text("utf-8")
        assert errors(script, spoken(heard)) <= 0.1

    def test_gives_back_every_clip_in_order(self, heard, clips):
        assert [each.clip for each in heard] == clips

    def test_says_what_kind_of_ear_it_is(self, engine):
        assert (engine.name, engine.model) == ("faster-whisper", "base")
        assert len(engine.sha256) == 64
        assert engine.multilingual

    def test_recognises_english(self, heard):
        assert all(max(each.languages, key=each.languages.get) == "en" for each in heard)

    def test_is_sure_of_clear_speech(self, heard):
        assert all(each.logprob > LOGPROB_LIMIT and each.no_speech < 0.5 for each in heard)

    def test_word_times_increase(self, heard):
        words = [word for each in heard for word in each.words]
        assert all(word.start_s < word.end_s for word in words)
        starts = [word.start_s for word in words]
        assert starts == sorted(starts)

    def test_every_word_lies_in_its_clip(self, heard):
        for each in heard:
            sound = each.clip.recording
            for word in each.words:
                assert sound.start_s <= word.start_s < word.end_s <= sound.end_s + 0.1

    def test_probabilities_are_probabilities(self, heard):
        assert all(0 <= word.probability <= 1 for each in heard for word in each.words)

    def test_a_clip_repeated_gives_the_same_words(self, engine, short, once):
        first, second = engine.hear([short, short])
        assert first.words == second.words
        assert spoken([first]) == once

    def test_no_word_is_heard_in_silence(self, engine, silence):
        (nothing,) = engine.hear([silence])
        assert spoken([nothing]) == ""

    def test_silence_beside_speech_takes_nothing_from_it(self, engine, short, silence, once):
        _, beside = engine.hear([silence, short])
        assert spoken([beside]) == once

    def test_a_sentence_that_is_passed_over_is_heard_at_the_second_try(self, engine):
        # `base` passes over the first sentence of just this stretch.
        heard = engine.hear(cut(SoundFile(SAMPLES / "missing-interest.mp3", from_s=21.3).blocks()))
        assert "one folder instead of six" in spoken(heard)

    def test_nothing_is_heard_of_no_clip(self, engine):
        assert list(engine.hear([])) == []

    def test_an_implausible_draft_is_done_again_in_the_full_window(
        self, engine, short, once, monkeypatch
    ):
        plausible, encode = engine._reader.plausible, engine._whisper.encode
        asked, windows = [], []

        def doubts_the_first(draft, clip):
            asked.append(draft)
            return len(asked) > 1 and plausible(draft, clip)

        def noted(group, window_s):
            windows.append(window_s)
            return encode(group, window_s)

        monkeypatch.setattr(engine._reader, "plausible", doubts_the_first)
        monkeypatch.setattr(engine._whisper, "encode", noted)
        (again,) = engine.hear([short])
        assert windows == [engine.window.window_s(short.recording.duration_s), FULL_WINDOW_S]
        assert len(asked) == 2
        assert errors(once, spoken([again])) <= 0.2

    # Two temperatures show the way as well as six, which take minutes.
    def test_where_every_draft_is_doubted_the_surest_that_does_not_loop_is_taken(
        self, engine, short, once, monkeypatch
    ):
        monkeypatch.setattr(faster_whisper, "TEMPERATURES", (0.0, 0.2))
        monkeypatch.setattr(engine._reader, "plausible", lambda draft, clip: False)
        (again,) = engine.hear([short])
        assert errors(once, spoken([again])) <= 0.2

    def test_what_a_decoding_passed_over_is_heard_again(self, engine, monkeypatch):
        # Two samples run together: the first decoding of this clip begins with the second.
        (passed_over,) = cut(
            [
                *SoundFile(SAMPLES / "missing-concerns.ogg", from_s=29.4).blocks(),
                *SoundFile(SAMPLES / "missing-thanks.webm", to_s=2.7).blocks(),
            ]
        )
        text = spoken(engine.hear([passed_over]))
        assert "I appreciate you making the time" in text
        assert "before we stop" in text

    def test_where_every_draft_loops_nothing_was_heard(self, engine, short, monkeypatch):
        monkeypatch.setattr(faster_whisper, "TEMPERATURES", (0.0, 0.2))
        monkeypatch.setattr(engine._reader, "loops", lambda draft, clip: True)
        (again,) = engine.hear([short])
        assert again.words == ()
        assert again.no_speech == 1.0


@given(st.floats(0.1, 27.0))
def test_a_window_holds_its_clip_and_the_margin(clip_s):
    rule = WindowRule()
    window_s = rule.window_s(clip_s)
    assert rule.least_s <= window_s <= FULL_WINDOW_S
    assert window_s >= clip_s + rule.margin_s


@given(st.floats(0.1, 60.0), st.floats(0.1, 60.0))
def test_a_longer_clip_never_has_a_shorter_window(one, other):
    rule = WindowRule()
    shorter, longer = sorted((one, other))
    assert rule.window_s(shorter) <= rule.window_s(longer)


def test_a_folder_without_weights_is_refused(tmp_path):
    with pytest.raises(ModelError) as refused:
        FasterWhisperEngine(tmp_path, model="base", sha256="")
    assert refused.value.hint


def test_what_is_sampled_for_a_clip_does_not_depend_on_the_clips_before_it(engine, short):
    whisper = engine._whisper
    encoded = whisper.encode([short], FULL_WINDOW_S)

    def sampled(model):
        (draft,) = whisper.drafts(encoded, [short], 1.0, model)
        return draft.tokens, draft.logprob

    model = whisper.anew()
    first, second = sampled(model), sampled(model)
    assert first != second  # one generator goes on from draw to draw
    assert sampled(whisper.anew()) == first
