"""The report as one file, opened from the disk by a browser that has no network."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from rehearse.outputs.report_page import html
from tests.outputs.reports import RATE, STEP, clockwork, finding, quoted, said, session, told
from tests.web.browsing import LOOKS

LISTEN = """() => {
  const context = new AudioContext({ sampleRate: %d });
  const source = context.createMediaElementSource(document.querySelector("audio"));
  const tap = context.createScriptProcessor(1024, 1, 1);
  window.heard = [];
  tap.onaudioprocess = (event) => window.heard.push(...event.inputBuffer.getChannelData(0));
  source.connect(tap);
  tap.connect(context.destination);
  return context.resume();
}"""
"""Keeps the samples that the page plays."""

AUDIO = "document.querySelector('audio')"
PLAYING = f"() => !{AUDIO}.paused && {AUDIO}.currentTime > "


def report():
    """The golden one, with a line that is to be changed."""
    whole = told("spoken")
    line = quoted(whole, 8, 15)
    whole["findings"].append(finding("Ask it sooner.", line, suggestion="“Do you?”"))
    whole["fixes"] = [len(whole["findings"]) - 1, *whole["fixes"][:2]]
    return whole


@pytest.fixture
def written(tmp_path):
    """A function that writes the page of a report and gives its address."""

    def write(told, *, sound=True, **changes):
        path = tmp_path / "report.html"
        flac = clockwork(tmp_path / "sound.flac", 17.05) if sound else None
        path.write_text(html(session(told, **changes), sound=flac), "utf-8")
        return path.as_uri()

    return write


@pytest.fixture
def opened(page, written):
    """The page with its sound ready, without a network."""
    page.context.set_offline(True)
    page.goto(written(report()))
    page.wait_for_function(f"{AUDIO}.readyState >= 1")
    return page


def now(page):
    return page.evaluate(f"{AUDIO}.currentTime")


def paused(page):
    return page.evaluate(f"{AUDIO}.paused")


def focused(page):
    return page.evaluate("document.activeElement.textContent")


def test_nothing_is_asked_for_but_the_file(page, written):
    asked = []
    page.on("request", lambda request: asked.append(request.url[:5]))
    page.goto(written(report()))
    page.wait_for_function(f"{AUDIO}.readyState >= 1")
    assert asked == ["file:"]


def test_a_script_that_is_not_ours_does_not_run(browser, written, tmp_path):
    address = written(report())
    path = tmp_path / "report.html"
    foreign = "<script>foreign = 1</script><img src='x' onerror='foreign = 2'></body>"
    path.write_text(path.read_text("utf-8").replace("</body>", foreign), "utf-8")
    with browser.new_context() as context:
        page = context.new_page()
        refused = []
        page.on("console", lambda message: refused.append(message.text))
        page.goto(address)
        assert page.evaluate("[typeof startReport, typeof foreign]") == ["function", "undefined"]
    assert sum("Content Security Policy" in each for each in refused) >= 2


def test_a_remark_plays_its_line_and_the_words_are_marked_as_they_are_said(opened):
    opened.get_by_role("button", name="Play from 0:04").first.click()
    opened.wait_for_function(f"{PLAYING} 4.35")
    assert now(opened) < 6
    opened.wait_for_selector(".words .now:text-is('you')")
    opened.wait_for_selector(".words .now:text-is('have')")
    assert opened.locator(".words .now").count() == 1


def first_heard_s(page, word):
    """Where in the recording the first sample is from that sounds after a click on a word."""
    page.evaluate(f"{AUDIO}.pause()")
    page.wait_for_timeout(200)
    page.evaluate("window.heard = []")
    page.locator(".word", has_text=word).click()
    page.wait_for_function("() => window.heard.some((sample) => sample !== 0)")
    page.wait_for_timeout(200)
    first = page.evaluate("window.heard.find((sample) => sample !== 0)")
    return (first * 2**15 + 2**15) * STEP / RATE


def test_what_is_heard_is_what_was_clicked(opened):
    """Never from before it; a browser that waits for a core drops what it is late for."""
    opened.evaluate(LISTEN % RATE)
    starts = []
    while len(starts) < 5 and min(starts, default=9) > 6.46:
        starts.append(first_heard_s(opened, "hiring"))
    assert min(starts) == pytest.approx(6.45, abs=0.01)


def test_a_click_on_the_waveform_plays_from_there(opened):
    box = opened.locator(".wave").bounding_box()
    opened.mouse.click(box["x"] + box["width"] / 2, box["y"] + 20)
    opened.wait_for_function(f"{PLAYING} 8.5")
    assert now(opened) == pytest.approx(17.05 / 2, abs=1)


def test_a_mark_plays_from_where_it_is(opened):
    opened.locator(".of-remarks .remark").click()
    opened.wait_for_function(f"{PLAYING} 4.3")
    assert now(opened) == pytest.approx(4.3, abs=1)


def test_the_waveform_is_drawn_sharp_at_every_width(opened):
    for width in (1440, 700):
        opened.set_viewport_size({"width": width, "height": 900})
        opened.wait_for_function(
            "() => { const c = document.querySelector('canvas');"
            "return c.width === Math.round(c.getBoundingClientRect().width * devicePixelRatio); }"
        )
        drawn = "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v)"
        assert opened.locator("canvas").evaluate(drawn)


class TestTheKeyboardAlone:
    def test_the_slider(self, opened):
        wave = opened.get_by_role("slider", name="Position in the sound")
        wave.focus()
        for key, second in [
            ("End", 17.05), ("PageDown", 12.05), ("ArrowLeft", 11.05), ("ArrowDown", 10.05),
            ("Home", 0), ("PageUp", 5), ("ArrowRight", 6), ("ArrowUp", 7), ("Home", 0),
            ("ArrowLeft", 0),
        ]:  # fmt: skip
            opened.keyboard.press(key)
            assert now(opened) == pytest.approx(second, abs=0.01), key
        opened.keyboard.press("PageUp")
        opened.wait_for_selector(".wave[aria-valuetext='0:05 of 0:17'][aria-valuenow='5.0']")
        assert paused(opened)

    def test_the_words_are_one_stop_in_which_the_arrows_go(self, opened):
        stops = opened.locator(".words [tabindex]")
        assert stops.count() == 1
        stops.focus()
        assert focused(opened) == "Um,"
        for key, word in [
            ("ArrowRight", "I"), ("ArrowRight", "would"), ("ArrowLeft", "I"), ("End", "you."),
            ("ArrowRight", "you."), ("Home", "Um,"), ("ArrowLeft", "Um,"),
        ]:  # fmt: skip
            opened.keyboard.press(key)
            assert focused(opened) == word
        assert stops.count() == 1
        opened.keyboard.press("ArrowRight")
        opened.keyboard.press("Enter")
        opened.wait_for_function(f"{PLAYING} 1.3")
        assert now(opened) < 3

    def test_the_arrows_go_from_line_to_line(self, opened):
        opened.set_viewport_size({"width": 360, "height": 800})
        opened.locator(".words [tabindex]").focus()
        top = "document.activeElement.getBoundingClientRect().top + scrollY"
        tops = [opened.evaluate(top)]
        for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
            opened.keyboard.press(key)
            tops.append(opened.evaluate(top))
        assert tops[0] < tops[1] < tops[2]
        assert tops[3] == pytest.approx(tops[1], abs=2)

    def test_space_plays_and_stops_unless_a_control_has_it(self, opened):
        opened.keyboard.press("Space")
        opened.wait_for_function(f"{PLAYING} 0")
        opened.keyboard.press("Space")
        assert paused(opened)
        opened.locator(".words [tabindex]").focus()
        opened.keyboard.press("Space")
        assert not paused(opened)
        button = opened.get_by_role("button", name="Pause")
        button.focus()
        opened.keyboard.press("Space")
        assert paused(opened)
        assert opened.evaluate("scrollY") == 0 or focused(opened) == ""

    def test_every_stop_can_be_reached(self, opened):
        what = "document.activeElement.closest('.play, .wave, .toggle, .word').classList[0]"
        reached = []
        for _ in range(6):
            opened.keyboard.press("Tab")
            reached.append(opened.evaluate(what))
        assert reached == ["play", "wave", "toggle", "word", "play", "play"]


def test_the_controls_follow_while_it_plays_out_of_sight(opened):
    opened.set_viewport_size({"width": 360, "height": 700})
    opened.get_by_role("button", name="Play from 0:04").first.click()
    opened.wait_for_selector(".controls.floating")
    opened.get_by_role("button", name="Pause").click()
    opened.wait_for_selector(".controls:not(.floating)")
    assert paused(opened)


@pytest.mark.parametrize(("motion", "follows"), [("no-preference", True), ("reduce", False)])
def test_the_words_come_into_view_unless_motion_is_not_wanted(pages, written, motion, follows):
    page = pages(viewport={"width": 360, "height": 300}, reduced_motion=motion)
    page.goto(written(said([f"word{number}" for number in range(400)])))
    page.wait_for_function(f"{AUDIO}.readyState >= 1")
    page.locator(".words [tabindex]").focus()
    page.keyboard.press("Space")
    page.wait_for_function(f"{PLAYING} 0")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.evaluate(f"{AUDIO}.currentTime = 9")
    page.wait_for_selector(".words .now:text-is('word9')")
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(1200)
    top = page.locator(".words .now").bounding_box()["y"]
    assert (0 <= top <= 300) is follows


def test_times_count_from_the_start_of_the_source(page, written):
    page.goto(written(report(), from_s=0.5))
    page.wait_for_function(f"{AUDIO}.readyState >= 1")
    page.get_by_role("button", name="Play from 0:04").first.click()
    page.wait_for_function(f"{PLAYING} 3.8")
    assert now(page) < 5
    page.keyboard.press("Space")
    assert page.locator(".time .all").inner_text() == "0:18"


def test_without_sound_it_is_a_page_to_read(page, written):
    page.goto(written(told("typed-strong"), sound=False))
    assert page.locator("audio, .play, .wave").count() == 0
    page.keyboard.press("Space")
    assert "I would really like to work here." in page.locator(".words").inner_text()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("name", ["spoken", "typed-cheesy"])
def test_nobody_is_denied_anything(pages, written, name, width, scheme):
    page = pages(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(written(report() if name == "spoken" else told(name), sound=name == "spoken"))
    if name == "spoken":
        page.wait_for_function(f"{AUDIO}.readyState >= 1")
        page.evaluate(f"{AUDIO}.currentTime = 4.5")
        page.wait_for_selector(".wave[aria-valuenow='4.5']")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.weights
def test_a_close_that_was_recorded_is_heard_from_its_words(page, program, tmp_path):
    path = tmp_path / "page.html"
    for arguments in (
        ("analyze", "samples/cheesy.mp4"),
        ("show", "1", "--html", path, "--sound"),
    ):
        done = program("-m", "rehearse", *arguments, XDG_DATA_HOME=str(tmp_path / "home"))
        assert done.returncode == 0, done.stderr
    page.goto(path.as_uri())
    page.locator(".first .play").first.click()
    page.wait_for_selector(".words .now:text-is('start?')")
    assert now(page) == pytest.approx(18.8, abs=1)
