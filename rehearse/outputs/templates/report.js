/* The sound of a report: played from any word, remark or place of its waveform, which is drawn
   here. Times in the page are those of the source; the sound begins `from` seconds after it. */
(() => {
  "use strict";

  function clock(seconds) {
    const whole = Math.round(seconds);
    const two = (number) => String(number).padStart(2, "0");
    const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
  }

  /* The last of some rising times that is not after `time`; -1 where all are. */
  function lastBefore(times, time) {
    let [low, high] = [0, times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle] <= time) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /* The sound, in times of the source. */
  function soundOf(player) {
    const audio = player.querySelector("audio");
    const from = Number(player.dataset.from);
    const sound = {
      audio,
      from,
      get length() {
        return Number.isFinite(audio.duration) ? audio.duration : Number(player.dataset.length);
      },
      get end() { return from + sound.length; },
      get now() { return from + audio.currentTime; },
      seek(time) { audio.currentTime = Math.min(Math.max(time - from, 0), sound.length); },
      play() { audio.play().catch((error) => { if (error.name !== "AbortError") refuse(); }); },
      playFrom(time) { sound.seek(time); sound.play(); },
      toggle() {
        if (!audio.paused) audio.pause();
        else if (audio.ended) sound.playFrom(from);
        else sound.play();
      },
    };
    function refuse() {
      const told = player.querySelector(".refused");
      told.textContent =
        "The sound cannot be played here. The file may be gone, or the browser may not know FLAC.";
      told.hidden = false;
    }
    audio.addEventListener("error", refuse);
    return sound;
  }

  /* The columns of the waveform, sharp at every width: one for each four pixels. */
  function drawingOf(canvas, sound) {
    let peaks = [];
    function draw() {
      const { width, height } = canvas.getBoundingClientRect();
      const scale = window.devicePixelRatio || 1;
      const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
      if (canvas.width !== wide) canvas.width = wide;
      if (canvas.height !== high) canvas.height = high;
      const pen = canvas.getContext("2d");
      const style = getComputedStyle(canvas);
      pen.setTransform(scale, 0, 0, scale, 0, 0);
      pen.clearRect(0, 0, width, height);
      const columns = Math.floor(width / 4);
      const played = (sound.now - sound.from) / sound.length;
      for (let column = 0; column < columns && peaks.length; column += 1) {
        const first = Math.floor((column * peaks.length) / columns);
        const after = Math.max(first + 1, Math.floor(((column + 1) * peaks.length) / columns));
        const tall = Math.max(2, (Math.max(...peaks.slice(first, after)) / 100) * (height - 4));
        pen.fillStyle = style.getPropertyValue(column / columns < played ? "--played" : "--unplayed");
        pen.beginPath();
        pen.roundRect((column * width) / columns, (height - tall) / 2, 2.5, tall, 1.25);
        pen.fill();
      }
    }
    new ResizeObserver(draw).observe(canvas);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    return { draw, show(found) { peaks = found; draw(); } };
  }

  /* Times below the waveform: eight at most, at round ones. */
  function writeTimes(axis, sound) {
    const most = Math.min(8, axis.clientWidth / 60);
    const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800];
    const step = steps.find((each) => sound.length / each <= most) ?? 3600;
    axis.replaceChildren();
    for (let time = Math.ceil(sound.from / step) * step; time < sound.end - step / 4; time += step) {
      const told = document.createElement("span");
      told.textContent = clock(time);
      told.style.left = `${((time - sound.from) / sound.length) * 100}%`;
      axis.append(told);
    }
  }

  /* The words: which is being said, and which the arrow keys are at. */
  function wordsOf(report, sound) {
    const group = report.querySelector(".words");
    const words = [...group.querySelectorAll(".word[data-start]")].map((element) => ({
      element, start: Number(element.dataset.start), end: Number(element.dataset.end),
    }));
    const inTime = [...words].sort((one, other) => one.start - other.start);
    const starts = inTime.map((word) => word.start);
    const still = window.matchMedia("(prefers-reduced-motion: reduce)");
    let [said, at, following] = [null, null, false];

    function stand(word) {
      for (const name of ["tabindex", "role"]) at?.element.removeAttribute(name);
      at = word;
      at?.element.setAttribute("tabindex", "0");
      at?.element.setAttribute("role", "button");
    }
    function bringIntoView(element) {
      const { top, bottom } = element.getBoundingClientRect();
      if (top >= 0 && bottom <= window.innerHeight) return;
      element.scrollIntoView({ block: "center", behavior: "smooth" });
    }
    function mark(time) {
      const last = inTime[lastBefore(starts, time)];
      // A little longer than the word, so that the mark does not flicker between two.
      const begun = time > sound.from || !sound.audio.paused;
      const now = last && begun && time < last.end + 0.25 ? last : null;
      if (now === said) return;
      said?.element.classList.remove("now");
      now?.element.classList.add("now");
      said = now;
      if (!now) return;
      if (!group.contains(document.activeElement)) stand(now);
      if (following && !sound.audio.paused && !still.matches) bringIntoView(now.element);
    }
    /* The nearest word of the line above or below. */
    function across(direction) {
      const from = at.element.getBoundingClientRect();
      let best = null;
      let line = null;
      for (let index = words.indexOf(at) + direction; words[index]; index += direction) {
        const to = words[index].element.getBoundingClientRect();
        if (Math.abs(to.top - from.top) < from.height / 2) continue;
        if (line !== null && Math.abs(to.top - line) > from.height / 2) break;
        line ??= to.top;
        const far = Math.abs(to.left - from.left);
        if (!best || far < best.far) best = { far, word: words[index] };
      }
      return best?.word;
    }
    function move(key) {
      const index = words.indexOf(at);
      const to = {
        ArrowRight: () => words[index + 1],
        ArrowLeft: () => words[index - 1],
        ArrowDown: () => across(1),
        ArrowUp: () => across(-1),
        Home: () => words[0],
        End: () => words[words.length - 1],
      }[key];
      if (!to) return false;
      const word = to();
      if (word) {
        stand(word);
        word.element.focus();
      }
      return true;
    }
    group.addEventListener("click", (event) => {
      const place = event.target.closest("[data-start]");
      if (!place || !window.getSelection().isCollapsed) return;
      following = true;
      sound.playFrom(Number(place.dataset.start));
    });
    group.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !at) return;
      if (event.key === "Enter") sound.playFrom(at.start);
      else if (!move(event.key)) return;
      event.preventDefault();
    });
    for (const moved of ["wheel", "touchmove"]) {
      document.addEventListener(moved, () => { following = false; }, { passive: true });
    }
    if (words.length) stand(words[0]);
    return { mark, follow(whether) { following = whether; } };
  }

  /* The slider that the waveform is. */
  function sliderOf(wave, sound, words) {
    function timeAt(event) {
      const { left, width } = wave.getBoundingClientRect();
      return sound.from + ((event.clientX - left) / width) * sound.length;
    }
    wave.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      wave.setPointerCapture(event.pointerId);
      sound.seek(timeAt(event));
    });
    wave.addEventListener("pointermove", (event) => {
      if (wave.hasPointerCapture(event.pointerId)) sound.seek(timeAt(event));
    });
    wave.addEventListener("pointerup", (event) => {
      if (event.button) return;
      words.follow(true);
      sound.playFrom(timeAt(event));
    });
    wave.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5 };
      if (event.key in steps) sound.seek(sound.now + steps[event.key]);
      else if (event.key === "Home") sound.seek(sound.from);
      else if (event.key === "End") sound.seek(sound.end);
      else return;
      event.preventDefault();
    });
  }

  /* Bring a report to life; nothing happens where it has no sound, or is alive already. */
  function startReport(report) {
    const player = report.querySelector(".player");
    if (!player || player.dataset.started) return;
    player.dataset.started = "yes";
    const sound = soundOf(player);
    const { audio } = sound;
    const [board, wave, axis, toggle, controls] =
      [".board", ".wave", ".axis", ".toggle", ".controls"].map((name) => player.querySelector(name));
    const drawing = drawingOf(wave.querySelector("canvas"), sound);
    const words = wordsOf(report, sound);
    let seen = true;
    sliderOf(wave, sound, words);
    audio.controls = false;
    for (const each of report.querySelectorAll(".board, .play, .keys")) each.hidden = false;

    function place() {
      for (const each of board.querySelectorAll(".place")) {
        const start = Math.max(0, (Number(each.dataset.start) - sound.from) / sound.length);
        const end = Math.min(1, (Number(each.dataset.end) - sound.from) / sound.length);
        each.hidden = !(start < 1 && end > 0);
        each.style.left = `${start * 100}%`;
        each.style.width = `${Math.max(0, end - start) * 100}%`;
      }
      wave.setAttribute("aria-valuemin", sound.from.toFixed(1));
      wave.setAttribute("aria-valuemax", sound.end.toFixed(1));
      player.querySelector(".all").textContent = clock(sound.end);
      writeTimes(axis, sound);
      show();
    }
    function show() {
      const { now } = sound;
      wave.querySelector(".head").style.left = `${((now - sound.from) / sound.length) * 100}%`;
      wave.setAttribute("aria-valuenow", now.toFixed(1));
      wave.setAttribute("aria-valuetext", `${clock(now)} of ${clock(sound.end)}`);
      player.querySelector(".time .now").textContent = clock(now);
      words.mark(now);
      drawing.draw();
    }
    function frame() {
      show();
      if (!audio.paused) requestAnimationFrame(frame);
    }
    /* While it plays out of sight, its controls come along. */
    function float() {
      const away = !audio.paused && !seen;
      controls.parentElement.style.minHeight = away ? `${controls.parentElement.offsetHeight}px` : "";
      controls.classList.toggle("floating", away);
    }
    function changed() {
      toggle.classList.toggle("playing", !audio.paused);
      toggle.setAttribute("aria-label", audio.paused ? "Play" : "Pause");
      float();
      frame();
    }
    function goOnOrStop() {
      words.follow(true);
      sound.toggle();
    }
    new IntersectionObserver(([entry]) => {
      seen = entry.isIntersecting;
      float();
    }).observe(wave);
    new ResizeObserver(() => writeTimes(axis, sound)).observe(axis);
    for (const event of ["play", "pause", "ended"]) audio.addEventListener(event, changed);
    for (const event of ["seeking", "seeked", "timeupdate"]) audio.addEventListener(event, show);
    for (const event of ["loadedmetadata", "durationchange"]) audio.addEventListener(event, place);
    toggle.addEventListener("click", goOnOrStop);
    report.addEventListener("click", (event) => {
      const button = event.target.closest(".play");
      if (button) {
        words.follow(false);
        sound.playFrom(Number(button.dataset.play));
      }
    });
    board.addEventListener("click", (event) => {
      const mark = event.target.closest(".lane .place");
      if (mark) sound.playFrom(Number(mark.dataset.start));
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== " " || event.ctrlKey || event.metaKey || event.altKey || !report.isConnected) return;
      const control = "a, button, input, select, textarea, summary, [contenteditable], dialog";
      if (event.target.closest(`${control}, [role=button]:not(.word)`)) return;
      event.preventDefault();
      if (!event.repeat) goOnOrStop();
    });
    place();
    if (player.dataset.peaks) drawing.show(player.dataset.peaks.split(" ").map(Number));
    else if (player.dataset.waveform) {
      // Without it there is no drawing, and everything else works.
      fetch(player.dataset.waveform).then((told) => told.json()).then(drawing.show, () => {});
    }
  }

  for (const report of document.querySelectorAll(".report")) startReport(report);
  // For a report that comes into the page later.
  window.startReport = startReport;
})();
