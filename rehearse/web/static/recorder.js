"use strict";
// A take: the sound goes to the server as it is spoken, and what was heard comes back.
// rehearse/web/taking.py says what the two tell each other.

(() => {
  const named = (id) => document.getElementById(id);
  const panel = named("recorder");
  const idle = panel.querySelector(".idle");
  const taking = panel.querySelector(".taking");
  const running = panel.querySelector(".running");
  const ON_ITS_WAY_MS = 120; // what was just said is still on its way through the browser

  const REFUSED = {
    NotAllowedError: [
      "The browser does not let this page use the microphone.",
      "Allow it beside the address above, and press Record again.",
    ],
    NotFoundError: ["No microphone was found.", "Plug one in, and press Record again."],
    NotReadableError: [
      "The microphone cannot be opened: another program uses it.",
      "Close that program, and press Record again.",
    ],
    OverconstrainedError: [
      "The microphone that was chosen is not there any more.",
      "Choose another in the settings of the recording.",
    ],
  };

  let take = null; // the one that is running

  const tell = (text) => {
    named("spoken").textContent = text;
  };

  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  const show = (spoken) => {
    idle.hidden = spoken;
    taking.hidden = !spoken;
  };

  const fail = (message, hint = "") => {
    show(false);
    named("trouble").textContent = `${message} ${hint}`.trim();
    named("trouble").hidden = false;
    named("record").focus();
  };

  async function opened() {
    if (!navigator.mediaDevices) {
      throw Object.assign(new Error(), { told: [
        "A browser lets a page use the microphone only on this computer, or over https.",
        "Open the page on the computer on which rehearse runs, or hand a recording over.",
      ] });
    }
    const chosen = named("microphone").value;
    return navigator.mediaDevices.getUserMedia({
      audio: {
        deviceId: chosen ? { exact: chosen } : undefined,
        channelCount: { ideal: 1 },
        // Your voice as it is: what evens it out would be measured instead.
        echoCancellation: false,
        noiseSuppression: false,
        autoGainControl: false,
      },
    });
  }

  async function list() {
    if (!navigator.mediaDevices) return;
    const select = named("microphone");
    const devices = (await navigator.mediaDevices.enumerateDevices()).filter(
      (each) => each.kind === "audioinput" && each.label && each.deviceId !== "default",
    );
    const before = select.value;
    while (select.options.length > 1) select.remove(1);
    for (const each of devices) select.add(new Option(each.label, each.deviceId));
    select.value = devices.some((each) => each.deviceId === before) ? before : "";
  }

  async function countDown(seconds, current) {
    const count = named("count");
    running.hidden = true;
    named("hint").textContent = "Get ready.";
    for (let left = seconds; left > 0 && take === current; left -= 1) {
      count.hidden = false;
      count.textContent = left;
      tell(String(left));
      await pause(1000);
    }
    count.hidden = true;
    running.hidden = false;
  }

  function wanted(current) {
    const silence = named("silence").valueAsNumber;
    const { opponent, given } = current;
    current.aloud = Boolean(opponent) && opponent.aloud && interviewer.speaks();
    return {
      ...given,
      interviewer: opponent && { ...opponent, aloud: current.aloud },
      rate: current.context.sampleRate,
      for: named("label").value.trim(),
      stop_after: Number.isFinite(silence) ? Math.min(600, Math.max(0, silence)) : 5,
      keep: !named("forgotten").checked,
      device: current.stream.getAudioTracks()[0].label.slice(0, 500),
    };
  }

  function connect(current) {
    let opened;
    current.opened = new Promise((done) => { opened = done; });
    const socket = new WebSocket(`${location.protocol.replace("http", "ws")}//${location.host}/api/take`);
    socket.binaryType = "arraybuffer";
    current.socket = socket;
    socket.onopen = () => {
      socket.send(JSON.stringify(wanted(current)));
      for (const block of current.early) socket.send(block);
      current.early = null;
      opened();
    };
    socket.onmessage = (event) => heard(current, JSON.parse(event.data));
    socket.onclose = () => {
      opened();
      if (current.over) return;
      finish(current);
      fail(
        "The connection to rehearse was lost.",
        "What you said until then is kept, if any of it arrived: start `rehearse serve` again and look here.",
      );
    };
  }

  function listen(current) {
    const source = current.context.createMediaStreamSource(current.stream);
    const node = new AudioWorkletNode(current.context, "taker", { numberOfOutputs: 0 });
    current.node = node;
    node.port.onmessage = ({ data }) => {
      if (data === null) {
        current.flushed();
      } else if (current.early) {
        current.early.push(data);
      } else if (current.socket.readyState === WebSocket.OPEN) {
        current.socket.send(data);
      }
    };
    source.connect(node);
    current.stream.getAudioTracks()[0].onended = () => {
      tell("The microphone is gone. What you said until then is kept.");
      stop(current);
    };
  }

  function heard(current, told) {
    if (told.ready) {
      tell("Recording. Speak when you are ready.");
    } else if (told.state) {
      draw(current, told.state);
    } else if (told.interviewer) {
      answered(current, told.interviewer);
    } else if (told.ended) {
      silence(current);
      named("hint").textContent = "Listening to the rest …";
      tell("Listening to the rest.");
    } else if (told.session) {
      finish(current);
      location.assign(`/sessions/${told.session}`);
    } else if (told.job) {
      finish(current);
      location.assign(`/jobs/${told.job}`);
    } else if (told.discarded) {
      finish(current);
      show(false);
      tell("Thrown away.");
      named("record").focus();
    } else if (told.error) {
      finish(current);
      fail(told.error.message, told.error.hint);
    }
  }

  /** The interviewer's turn: while their words are spoken, nothing is recorded. */
  function answered(current, said) {
    if (take !== current || current.ending) return;
    interviewer.show(said);
    named("stop").scrollIntoView({ block: "nearest" });
    if (!current.aloud) return;
    const tellServer = (speaking) => {
      if (current.socket.readyState === WebSocket.OPEN) current.socket.send(JSON.stringify({ speaking }));
    };
    tellServer(true);
    interviewer.speak(said.text, () => tellServer(false));
  }

  function draw(current, state) {
    if (take !== current || current.ending) return;
    named("clock").textContent = clock(state.speaking_s);
    taking.classList.toggle("muted", state.muted);
    named("level").style.width = `${Math.max(0, Math.min(100, (1 + state.level_dbfs / 60) * 100))}%`;
    for (const light of panel.querySelectorAll(".lights li")) {
      light.classList.toggle("on", state.speaking_s >= Number(light.dataset.at));
    }
    for (const mark of panel.querySelectorAll(".marks li")) {
      const there = state.steps.includes(mark.dataset.step);
      if (there !== mark.classList.contains("there")) {
        mark.classList.toggle("there", there);
        mark.querySelector(".tick").textContent = there ? "✓" : "○";
        mark.querySelector(".state").textContent = there ? ", heard" : ", not yet";
      }
    }
    const text = state.trouble || state.hint;
    const hint = named("hint");
    if (hint.textContent !== text) {
      hint.textContent = text;
      hint.classList.toggle("bad", Boolean(state.trouble));
      if (state.trouble || state.asked) tell(text);
    }
  }

  async function record() {
    const current = { early: [], over: false, ending: false };
    named("trouble").hidden = true;
    try {
      current.given = interview.given();
    } catch (error) {
      fail(error.message);
      return;
    }
    current.opponent = interview.opponent();
    take = current;
    named("hint").textContent = "Waiting for the microphone …";
    reset();
    show(true);
    named("stop").focus();
    try {
      current.stream = await opened();
      current.context = new AudioContext();
      await current.context.audioWorklet.addModule("/static/worklet.js");
      await current.context.resume();
    } catch (error) {
      const given = take !== current;
      finish(current);
      if (given) return; // somebody has stopped, or begun again, meanwhile
      const told = error.told || REFUSED[error.name] || [`The microphone cannot be used: ${error.message || error.name}.`];
      fail(...told);
      return;
    }
    if (take !== current) {
      finish(current);
      return;
    }
    list();
    const seconds = named("countdown").valueAsNumber;
    if (seconds > 0) await countDown(Math.min(60, seconds), current);
    if (take !== current) {
      finish(current);
      return;
    }
    connect(current);
    listen(current);
  }

  function reset() {
    taking.classList.remove("ended", "muted");
    interviewer.forget();
    running.hidden = false;
    running.classList.toggle("plain", named("plain").checked);
    named("clock").textContent = "0:00";
    named("level").style.width = "0";
    named("hint").classList.remove("bad");
    for (const each of panel.querySelectorAll(".lights li")) each.classList.remove("on");
    for (const each of panel.querySelectorAll(".marks li")) {
      each.classList.remove("there");
      each.querySelector(".tick").textContent = "○";
      each.querySelector(".state").textContent = ", not yet";
    }
  }

  /** Send what is on its way, and then that it is the end. */
  async function stop(current) {
    if (!current || current.ending) return;
    current.ending = true;
    if (!current.socket) {
      finish(current);
      show(false);
      named("record").focus();
      return;
    }
    taking.classList.add("ended");
    interviewer.quiet();
    named("hint").textContent = "Listening to the rest …";
    await current.opened;
    await pause(ON_ITS_WAY_MS);
    await new Promise((done) => {
      current.flushed = done;
      current.node.port.postMessage("rest");
      setTimeout(done, 500);
    });
    if (current.socket.readyState === WebSocket.OPEN) current.socket.send('{"stop": true}');
  }

  async function discard(current) {
    if (!current || current.ending) return; // what has ended is forgotten in its report
    current.ending = true;
    taking.classList.add("ended");
    if (current.socket) {
      await current.opened;
      if (current.socket.readyState === WebSocket.OPEN) {
        current.socket.send('{"discard": true}');
        return;
      }
    }
    finish(current);
    show(false);
    named("record").focus();
  }

  /** Let go of the microphone. */
  function silence(current) {
    current.ending = true;
    if (take === current) {
      taking.classList.add("ended");
      interviewer.quiet();
    }
    if (current.stream) for (const track of current.stream.getTracks()) track.stop();
    if (current.context && current.context.state !== "closed") current.context.close();
  }

  function finish(current) {
    silence(current);
    current.over = true;
    if (take === current) take = null;
    if (current.socket) current.socket.close();
  }

  /** Settings that are the same tomorrow; a browser may refuse to remember. */
  function remember() {
    for (const id of ["microphone", "silence", "countdown", "plain"]) {
      const field = named(id);
      const what = field.type === "checkbox" ? "checked" : "value";
      const key = `rehearse.${id}`;
      try {
        const before = localStorage.getItem(key);
        if (before !== null) field[what] = what === "checked" ? before === "true" : before;
        field.addEventListener("change", () => localStorage.setItem(key, field[what]));
      } catch {
        return;
      }
    }
  }

  named("record").addEventListener("click", record);
  named("stop").addEventListener("click", () => stop(take));
  named("discard").addEventListener("click", () => discard(take));
  list().catch(() => {}).then(remember);
})();
