"""The page as people use it: a real browser, a microphone that speaks, a real server."""

from __future__ import annotations

import base64
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.web.browsing import LOOKS
from tests.web.serving import SAMPLES, Server
from tests.web.speaking import speaking

pytestmark = pytest.mark.weights

CLOSE = "I would love to do this job. Do you have any concerns about me? Thank you for your time."
CONTAINERS = sorted(
    path.name
    for path in SAMPLES.iterdir()
    if path.suffix in {".flac", ".mp3", ".m4a", ".mp4", ".wav", ".opus", ".ogg", ".webm"}
    and not path.name.startswith(("rambling", "missing-interest", "non-native", "opening"))
)
"""One of each kind."""

A_MINUTE = 60_000


@pytest.fixture(scope="module")
def server(tmp_path_factory, chromium):
    with Server(tmp_path_factory.mktemp("pages")) as server:
        yield server


@pytest.fixture(scope="module")
def session(server):
    """A session with remarks, kept before anything else is tested."""
    path = SAMPLES / "cheesy.mp4"
    return server.analysed(path.read_bytes(), path.name, **{"for": "Acme"})["session"]


@pytest.fixture(scope="module")
def typed(server, session):
    return server.analysed(CLOSE.encode(), "typed.txt", **{"for": "Acme"})["session"]


def played_from(page):
    """Where the sound is, when it plays."""
    page.wait_for_function("() => document.querySelector('audio').currentTime > 0.3")
    return page.evaluate("document.querySelector('audio').currentTime")


def test_a_take_from_the_first_click_to_the_sound_of_a_remark(
    server, playwright, chromium, tmp_path
):
    with speaking(playwright, chromium, tmp_path, "cheesy.mp4") as page:
        page.goto(server.url)
        page.get_by_label("What is it for?").fill("Acme")
        page.get_by_role("button", name="Record").click()
        marks = page.get_by_label("Steps that were heard").get_by_role("listitem")
        for step in ("interest", "fit"):
            expect(marks.filter(has_text=step)).to_have_class("there", timeout=A_MINUTE)
        expect(marks.filter(has_text="concerns")).not_to_have_class("there")
        expect(marks.filter(has_text="thanks")).to_have_class("there", timeout=A_MINUTE)
        assert re.fullmatch(r"0:[23]\d", page.locator("#clock").inner_text())
        page.wait_for_timeout(800)
        page.get_by_role("button", name="Stop").click()
        page.wait_for_url("**/sessions/*", timeout=A_MINUTE)
        expect(page.get_by_role("heading", level=1)).to_contain_text("3 of 4 steps")
        expect(page.get_by_text("for Acme")).to_be_visible()
        remark = page.locator(".first .remark", has_text="So when do I start?")
        remark.get_by_role("button", name="Play from 0:1").click()
        assert 17 < played_from(page) < 22
        words = [page.locator(".word.spoken, .word.now, .word.current").first.inner_text()]
        page.wait_for_function(
            "before => document.querySelector('.word.spoken, .word.now, .word.current')"
            "?.innerText !== before",
            arg=words[0],
        )


def test_every_kind_of_file_is_taken(server, page):
    page.goto(server.url)
    page.get_by_label("Choose files").set_input_files([SAMPLES / name for name in CONTAINERS])
    rows = page.locator("#jobs li")
    expect(rows).to_have_count(len(CONTAINERS), timeout=A_MINUTE)
    for name in CONTAINERS:
        row = rows.filter(has_text=name)
        expect(row.get_by_role("link", name="Read the report")).to_be_visible(timeout=3 * A_MINUTE)
    rows.filter(has_text="thin-close.opus").get_by_role("link").click()
    expect(page.get_by_text("thin-close.opus")).to_be_visible()


def test_one_file_opens_its_report_by_itself(server, page):
    page.goto(server.url)
    page.get_by_text("Only a part, or another voice").click()
    page.get_by_label("Begin at").fill("0:05")
    page.get_by_label("End at").fill("0:25")
    page.get_by_label("Choose files").set_input_files(SAMPLES / "strong-close.wav")
    page.wait_for_url("**/sessions/*", timeout=A_MINUTE)
    expect(page.get_by_role("heading", level=1)).to_contain_text("steps")


def test_a_time_that_is_none_is_told_before_anything_is_sent(server, page):
    page.goto(server.url)
    page.get_by_text("Only a part, or another voice").click()
    page.get_by_label("Begin at").fill("five")
    page.get_by_label("Choose files").set_input_files(SAMPLES / "strong-close.wav")
    expect(page.get_by_role("alert").filter(has_text="“five” is no time")).to_be_visible()


def test_a_damaged_file_that_is_dropped_is_explained(server, page):
    page.goto(server.url)
    content = base64.b64encode((SAMPLES / "cheesy.mp4").read_bytes()[:9000]).decode()
    transfer = page.evaluate_handle(
        """content => {
            const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
            const carried = new DataTransfer();
            carried.items.add(new File([bytes], "half <b>of it<b>.mp4"));
            return carried;
        }""",
        content,
    )
    page.dispatch_event("#file", "drop", {"dataTransfer": transfer})
    row = page.locator("#jobs li", has_text="half <b>of it<b>.mp4")
    expect(row).to_contain_text("is not a recording that can be read", timeout=A_MINUTE)
    row.get_by_role("button", name="Take it off the list").click()
    expect(row).to_have_count(0)


def test_a_typed_close_is_judged_without_a_player(server, page):
    page.goto(server.url)
    page.get_by_label("Your close").fill(CLOSE)
    page.get_by_role("button", name="Judge it").click()
    page.wait_for_url("**/sessions/*", timeout=A_MINUTE)
    expect(page.get_by_role("heading", name="What you wrote")).to_be_visible()
    assert page.locator("audio").count() == 0


def test_nothing_typed_is_told(server, page):
    page.goto(server.url)
    page.get_by_role("button", name="Judge it").click()
    expect(page.get_by_role("alert").filter(has_text="Nothing is written")).to_be_visible()


def test_two_takes_are_compared_from_the_list(server, page, session, typed):
    page.goto(f"{server.url}/progress?for=Acme")
    page.get_by_label(f"session {session} as the first").check()
    page.get_by_label(f"session {typed} as the second").check()
    page.get_by_role("button", name="Compare the two").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Sessions {session} and {typed}")
    page.locator("audio").evaluate("sound => sound.play()")
    assert played_from(page) < 10


def test_a_session_is_forgotten_when_its_owner_is_sure(server, page):
    number = server.analysed(b"To be forgotten. Thank you.", "gone.txt")["session"]
    page.goto(f"{server.url}/sessions/{number}")
    page.get_by_role("button", name="Forget this session").click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Forget this session").click()
    page.get_by_role("button", name="Forget it").click()
    page.wait_for_url("**/progress")
    assert server.client.get(f"/api/sessions/{number}").status_code == 404


def test_what_is_not_kept_is_read_once(server, page):
    page.goto(server.url)
    page.get_by_text("Only a part, or another voice").click()
    page.locator("#unkept").check()
    page.get_by_label("Choose files").set_input_files(SAMPLES / "thin-close.opus")
    page.wait_for_url("**/jobs/*", timeout=A_MINUTE)
    expect(page.get_by_text("Nothing of this is kept")).to_be_visible()


def test_with_the_keyboard_alone(server, page, session):
    page.goto(server.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("What is it for?")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Record")).to_be_focused()
    page.goto(f"{server.url}/sessions/{session}")
    slider = page.get_by_role("slider")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("PageUp")
    expect(slider).to_have_attribute("aria-valuetext", re.compile(r"^0:15 of 0:3\d$"))


def test_a_microphone_that_is_refused_is_explained(server, pages):
    page = pages(permissions=[])
    page.goto(server.url)
    page.get_by_role("button", name="Record").click()
    alert = page.locator("#trouble")
    expect(alert).to_contain_text("microphone", timeout=A_MINUTE)
    expect(page.get_by_role("button", name="Record")).to_be_focused()


SLOW = """
window.streams = [];
const asked = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => {
    const patience = window.patience || 0;
    if (patience) await new Promise((done) => setTimeout(done, patience));
    window.streams.push(await asked(wanted));
    return window.streams.at(-1);
};
"""
"""Somebody thinks for a while before the browser may use the microphone."""

LIVE = """() => streams.flatMap((each) => each.getTracks())
    .filter((track) => track.readyState === "live").length"""


def test_who_stops_before_it_began_is_not_heard_and_may_begin_again(
    server, playwright, chromium, tmp_path
):
    before = len(server.client.get("/api/sessions").json())
    with speaking(playwright, chromium, tmp_path, "thin-close.opus") as page:
        page.add_init_script(SLOW)
        page.goto(server.url)
        page.evaluate("() => { window.patience = 1000; }")
        page.get_by_role("button", name="Record").click()
        page.get_by_role("button", name="Stop").click()
        expect(page.get_by_role("button", name="Record")).to_be_focused()
        page.evaluate("() => { window.patience = 0; }")
        page.get_by_role("button", name="Record").click()
        expect(page.locator("#hint")).to_contain_text("Stop ends the take", timeout=A_MINUTE)
        page.wait_for_timeout(1500)
        assert page.evaluate(LIVE) == 1
        page.get_by_role("button", name="Throw it away").click()
        expect(page.get_by_role("button", name="Record")).to_be_focused()
        assert page.evaluate(LIVE) == 0
    assert len(server.client.get("/api/sessions").json()) == before


def test_a_report_does_not_come_between_somebody_and_their_words(server, page):
    page.goto(server.url)
    page.get_by_label("Choose files").set_input_files(SAMPLES / "cheesy.txt")
    page.get_by_label("Your close").fill("I would like")
    link = page.locator("#jobs li", has_text="cheesy.txt").last.get_by_role("link")
    expect(link).to_be_visible(timeout=A_MINUTE)
    page.wait_for_timeout(600)
    expect(page.get_by_label("Your close")).to_have_value("I would like")


def test_two_clicks_judge_once(server, page):
    before = len(server.client.get("/api/sessions").json())
    page.goto(server.url)
    page.get_by_label("Your close").fill(f"{CLOSE} Twice.")
    page.get_by_role("button", name="Judge it").dblclick()
    page.wait_for_url("**/sessions/*", timeout=A_MINUTE)
    assert len(server.client.get("/api/sessions").json()) == before + 1


def test_a_take_is_thrown_away(server, playwright, chromium, tmp_path):
    before = server.client.get("/api/sessions").json()
    with speaking(playwright, chromium, tmp_path, "thin-close.opus") as page:
        page.goto(server.url)
        page.get_by_role("button", name="Record").click()
        expect(page.locator("#hint")).to_contain_text("Stop ends the take", timeout=A_MINUTE)
        page.get_by_role("button", name="Throw it away").click()
        expect(page.get_by_role("button", name="Record")).to_be_focused()
    assert server.client.get("/api/sessions").json() == before


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_no_page_denies_itself_to_anybody_or_scrolls_sideways(
    server, pages, session, typed, width, scheme
):
    page = pages(viewport={"width": width, "height": 900}, color_scheme=scheme)
    for path in (
        "/",
        f"/sessions/{session}",
        f"/sessions/{typed}",
        "/progress",
        f"/compare?first={session}&second={typed}",
        "/checks",
        "/checks/wording.cheesy",
        "/computer",
    ):
        page.goto(server.url + path)
        page.wait_for_load_state("networkidle")
        for settings in page.locator("details").all():
            settings.evaluate("each => { each.open = true; }")
        found = Axe().run(page)
        assert found.violations_count == 0, (path, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_every_link_leads_somewhere(server, session, typed):
    seen, waiting = set(), ["/"]
    while waiting:
        path = waiting.pop()
        if path in seen or path == "/export":
            continue
        seen.add(path)
        answer = server.client.get(path)
        assert answer.status_code == 200, path
        if "text/html" in answer.headers["content-type"] and "/file" not in path:
            assert not re.search(r"<[^>]+\son[a-z]+=|\sstyle=|<script>|<style>", answer.text), path
            found = re.findall(r'(?:href|src|action)="([^"#]+)"', answer.text)
            waiting.extend(each.replace("&amp;", "&") for each in found if each != "/compare")
    assert {"/", "/progress", "/checks", "/computer", f"/sessions/{session}/file"} <= seen
    assert all(path.startswith("/") and not path.startswith("//") for path in seen)


def test_the_whole_history_is_one_archive(server, session, tmp_path):
    import io
    import zipfile

    answer = server.client.get("/export")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
    assert "rehearse/sessions.jsonl" in names
    assert any(name.endswith(".flac") for name in names)
