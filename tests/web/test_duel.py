"""The interview on the page: somebody answers, a posting and a conversation are handed over."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.web.browsing import LOOKS
from tests.web.serving import SAMPLES, Server
from tests.web.speaking import speaking

pytestmark = pytest.mark.weights

A_MINUTE = 60_000
JOB = """Shift manager wanted

You must have
- experience of leading and training a team
- a food hygiene certificate

Nice to have:
- a forklift licence
"""
DISCUSSED = "half of the team is new\nthe new line opens in April"
CONVERSATION = """Candidate: I would love to join you. Do you have any concerns about hiring me?
Interviewer: You have never managed a team as large as ours.
Candidate: That is a fair point. At Bell I led twelve people and hired five of them myself.
Interviewer: That helps.
Candidate: Thank you so much for your time today.
"""

WANTS = ("strong-close.wav", {"to_s": 5.0})
ASKS = ("strong-close.wav", {"from_s": 30.0, "to_s": 35.0})
RESPONDS = ("strong-close.wav", {"from_s": 15.0, "to_s": 27.4})

VOICE = """
window.spoken = [];
const synthesis = {
    speaking: false, pending: false,
    getVoices: () => [
        { name: "far", lang: "en-US", localService: false, default: true },
        { name: "near", lang: "en-GB", localService: true, default: false },
    ],
    speak(utterance) {
        spoken.push({ text: utterance.text, voice: utterance.voice.name });
        synthesis.speaking = true;
        setTimeout(() => { synthesis.speaking = false; utterance.onend(); }, 4000);
    },
    cancel() { synthesis.speaking = false; },
};
Object.defineProperty(window, "speechSynthesis", { value: synthesis });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
"""A browser without a loudspeaker has no voice: this one takes four seconds for everything."""


@pytest.fixture(scope="module")
def server(tmp_path_factory, chromium):
    with Server(tmp_path_factory.mktemp("duel")) as server:
        yield server


@pytest.fixture(scope="module")
def conversation(server):
    """A session of a typed conversation that is held against everything."""
    wish = {"turns": "true", "job": JOB, "discussed": DISCUSSED, "to": "recruiter"}
    answer = server.hand_form(CONVERSATION.encode(), "conversation.txt", **wish)
    return server.until_over(answer.json())["session"]


def begun(page, server, concern="experience"):
    page.goto(server.url)
    page.get_by_label("An interviewer answers").check()
    page.get_by_label("What they answer").select_option(concern)
    page.get_by_role("button", name="Record").click()


def reported(page, server):
    """The report of the take that has just ended."""
    page.wait_for_url("**/sessions/*", timeout=A_MINUTE)
    return server.report(int(page.url.rpartition("/")[2]))


def test_an_interviewer_answers_and_the_response_is_in_the_report(
    server, playwright, chromium, tmp_path
):
    pieces = (WANTS, ASKS, 9.0, RESPONDS)
    with speaking(playwright, chromium, tmp_path, *pieces) as page:
        begun(page, server)
        said = page.get_by_role("status", name="What the interviewer says").locator(".bubble")
        expect(said).to_have_count(1, timeout=A_MINUTE)
        concern = said.first.locator(".said").inner_text()
        expect(page.locator("#hint")).to_contain_text("Answer when you are ready")
        expect(said).to_have_count(2, timeout=A_MINUTE)
        expect(page.locator("#hint")).to_contain_text("Close in a few words")
        page.get_by_role("button", name="Stop").click()
        report = reported(page, server)
        expect(page.get_by_role("heading", name="They named a concern").first).to_be_visible()
        expect(page.locator(".against .bubble").first).to_contain_text(concern)
        expect(page.locator(".words .voice").first).to_contain_text("interviewer")
        page.locator(".against .play, .first .play").first.click()
        page.wait_for_function("() => document.querySelector('audio').currentTime > 0.3")
    exchange = report["exchange"]
    after_s = exchange["said"]["start_s"] - exchange["asked"]["end_s"]
    print(f"the interviewer answered {after_s:.2f} s after the question")
    assert exchange["said"]["text"] == concern
    assert after_s < 6
    assert "trained" in exchange["response"]["text"]


def test_what_is_spoken_aloud_is_in_no_recording(server, playwright, chromium, tmp_path):
    with speaking(playwright, chromium, tmp_path, WANTS, ASKS, 3.0, RESPONDS) as page:
        page.add_init_script(VOICE)
        begun(page, server)
        said = page.locator("#exchange .bubble")
        expect(said).to_have_count(1, timeout=A_MINUTE)
        expect(page.locator("#hint")).to_contain_text("Nothing is recorded")
        expect(page.locator("#hint")).to_contain_text("Answer when you are ready", timeout=8_000)
        page.wait_for_timeout(6_000)
        spoken = page.evaluate("spoken")
        page.get_by_role("button", name="Stop").click()
        report = reported(page, server)
    assert spoken == [{"text": said_in(report), "voice": "near"}]
    heard = report["transcript"]["text"]
    assert "concerns" in heard
    # The response began while they spoke: what was said over them is lost, and the rest is not.
    assert "warehouse" not in heard
    assert "errors down" in heard


def said_in(report):
    return report["exchange"]["said"]["text"]


def test_without_one_nobody_answers(server, playwright, chromium, tmp_path):
    with speaking(playwright, chromium, tmp_path, WANTS, ASKS) as page:
        page.goto(server.url)
        page.get_by_role("button", name="Record").click()
        expect(page.locator("#hint")).to_contain_text("waiting for their answer", timeout=A_MINUTE)
        page.wait_for_timeout(3_000)
        expect(page.locator("#exchange")).to_be_hidden()
        page.get_by_role("button", name="Stop").click()
        assert reported(page, server)["exchange"] is None


def test_a_posting_of_which_nothing_can_be_told_is_refused_before_anybody_speaks(
    server, playwright, chromium, tmp_path
):
    with speaking(playwright, chromium, tmp_path, WANTS) as page:
        page.goto(server.url)
        page.locator("#interview summary").click()
        page.get_by_label("The job posting").fill("word " * 3100)
        page.get_by_role("button", name="Record").click()
        expect(page.locator("#trouble")).to_contain_text("3100 words", timeout=A_MINUTE)
        expect(page.get_by_role("button", name="Record")).to_be_focused()


def test_a_recording_is_held_against_a_posting(server, page):
    page.goto(server.url)
    page.locator("#interview summary").click()
    page.get_by_label("The job posting").fill(JOB)
    page.get_by_label("What was talked about before").fill(DISCUSSED)
    page.get_by_label("Whom do you speak to?").select_option("the hiring manager")
    page.get_by_label("Choose files").set_input_files(SAMPLES / "strong-close.wav")
    report = reported(page, server)
    expect(page.get_by_role("heading", name="What the job asks for")).to_be_visible()
    rows = page.locator("[aria-labelledby=report-criteria] .held li")
    expect(rows).to_have_count(len(report["criteria"]))
    for row, each in zip(rows.all(), report["criteria"], strict=True):
        expect(row).to_contain_text(each["text"])
        expect(row).to_contain_text("must" if each["level"] == "must" else "a plus")
    expect(page.get_by_role("heading", name="What was talked about")).to_be_visible()
    assert report["criteria"]
    assert report["to"] == "hiring-manager"


def test_a_posting_is_there_again_in_the_same_tab_and_in_no_other(server, page, pages):
    page.goto(server.url)
    page.locator("#interview summary").click()
    page.get_by_label("The job posting").fill(JOB)
    page.goto(f"{server.url}/progress")
    page.goto(server.url)
    expect(page.locator("#interview summary")).to_contain_text("a posting")
    assert page.locator("#posting").input_value() == JOB
    other = pages()
    other.goto(server.url)
    assert other.locator("#posting").input_value() == ""


def test_a_conversation_is_handed_over_as_a_file_and_typed(server, page, tmp_path):
    path = tmp_path / "end of it.txt"
    path.write_text(CONVERSATION, "utf-8")
    page.goto(server.url)
    page.get_by_text("Only a part, or another voice").click()
    page.get_by_label("A text is a conversation").check()
    page.get_by_label("Choose files").set_input_files(path)
    report = reported(page, server)
    assert "as large as ours" in said_in(report)
    page.goto(server.url)
    page.get_by_label("It is a conversation").check()
    page.get_by_label("Your close").fill(CONVERSATION)
    page.get_by_role("button", name="Judge it").click()
    assert said_in(reported(page, server)) == said_in(report)
    expect(page.get_by_text("typed conversation.txt")).to_be_visible()


def test_a_conversation_that_does_not_say_who_speaks_is_explained(server, page):
    page.goto(server.url)
    page.get_by_label("It is a conversation").check()
    page.get_by_label("Your close").fill("I want it. Any concerns?")
    page.get_by_role("button", name="Judge it").click()
    row = page.locator("#jobs li", has_text="typed conversation.txt").last
    expect(row).to_contain_text("begins without a speaker", timeout=A_MINUTE)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_nobody_is_denied_the_interview(server, pages, conversation, width, scheme):
    page = pages(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(server.url)
    page.get_by_label("An interviewer answers").check()
    for fold in page.locator("details").all():
        fold.evaluate("each => { each.open = true; }")
    # As it is while they answer.
    page.evaluate(
        """() => {
            document.querySelector("#recorder .taking").hidden = false;
            interviewer.show({ text: "You have never led a team. ".repeat(6), kind: "seniority" });
        }"""
    )
    looked_at(page, width)
    page.goto(f"{server.url}/sessions/{conversation}")
    looked_at(page, width)


def looked_at(page, width):
    page.wait_for_load_state("networkidle")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
