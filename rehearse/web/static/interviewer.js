"use strict";
// What the interviewer says: shown, and spoken where this computer has a voice of its own.

const interviewer = (() => {
  const LONGEST_MS = 25000; // the server waits a little longer
  const BEGINS_MS = 4000;
  const LOOK_MS = 100;
  const speech = window.speechSynthesis;
  let speaking = null; // the utterance: a browser may drop one that nobody holds

  /** An English voice of this computer: others are spoken by somebody else's. */
  function voice() {
    const own = speech ? speech.getVoices().filter((each) => each.localService && /^en\b/i.test(each.lang)) : [];
    return own.find((each) => each.default) || own[0] || null;
  }

  function show({ text, kind }) {
    const bubble = document.createElement("p");
    bubble.className = "bubble";
    bubble.dataset.kind = kind;
    const who = document.createElement("span");
    who.className = "who";
    who.textContent = "Interviewer";
    const said = document.createElement("span");
    said.className = "said";
    said.textContent = text;
    bubble.append(who, " ", said);
    const place = document.getElementById("exchange");
    place.append(bubble);
    place.hidden = false;
    bubble.scrollIntoView({ block: "nearest" });
  }

  /** Speak; `ended` is called once, whatever the browser makes of it. */
  function speak(text, ended) {
    quiet();
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice();
    utterance.lang = utterance.voice.lang;
    speaking = utterance;
    const began = Date.now();
    let heard = false;
    const over = () => {
      if (speaking !== utterance) return;
      clearInterval(looking);
      speaking = null;
      ended();
    };
    // Some browsers forget to say that it is over.
    const looking = setInterval(() => {
      const took = Date.now() - began;
      heard = heard || speech.speaking;
      const done = heard ? !speech.speaking && !speech.pending : took > BEGINS_MS;
      if (speaking !== utterance) clearInterval(looking);
      else if (done || took > LONGEST_MS) {
        speech.cancel();
        over();
      }
    }, LOOK_MS);
    utterance.onend = over;
    utterance.onerror = over;
    speech.speak(utterance);
  }

  function quiet() {
    if (!speaking) return;
    speaking = null;
    speech.cancel();
  }

  function forget() {
    const place = document.getElementById("exchange");
    place.replaceChildren();
    place.hidden = true;
  }

  if (speech) speech.getVoices(); // a browser begins to look for them when it is first asked
  return { speaks: () => voice() !== null, show, speak, quiet, forget };
})();
