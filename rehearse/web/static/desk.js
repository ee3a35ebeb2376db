"use strict";
// What is handed over: sent one after the other, and followed until each is done.

(() => {
  const LOOK_MS = 400;
  const jobs = document.getElementById("jobs");
  const file = document.getElementById("file");
  const typed = document.getElementById("typed");
  const short = document.getElementById("short");
  const sending = new Map(); // what is on its way: a row of the list by name
  const mine = new Set(); // what was handed over on this page
  const take = document.querySelector("#recorder .taking");
  let handed = ""; // the typed words that are on their way
  let timer = 0;

  const tell = (text) => {
    jobs.querySelector("[role=status]").textContent = text;
  };

  const trouble = (section, text) => {
    const place = section.querySelector(".trouble");
    place.textContent = text;
    place.hidden = !text;
  };

  /** "1:05", "0:41.5" or "65" in seconds; null where nothing stands there. */
  function seconds(id) {
    const text = document.getElementById(id).value.trim();
    if (!text) return null;
    if (!/^(\d+:){0,2}\d+(\.\d+)?$/.test(text)) throw new Error(`“${text}” is no time; write it as 0:41.`);
    return text.split(":").reduce((sum, part) => 60 * sum + Number(part), 0);
  }

  function wish() {
    const asked = label();
    const speaker = document.getElementById("speaker").valueAsNumber;
    const [from, to] = [seconds("from"), seconds("to")];
    if (Number.isInteger(speaker)) asked.speaker = speaker;
    if (from !== null) asked.from_s = from;
    if (to !== null) asked.to_s = to;
    if (document.getElementById("unkept").checked) asked.keep = "false";
    return asked;
  }

  /** A typed conversation, where its owner says that it is one. */
  function turns(section, name) {
    const box = document.getElementById(section === file ? "conversation" : "turns");
    return box.checked && /\.(txt|text|json)$/i.test(name) ? { turns: "true" } : {};
  }

  function filled(fields, name, body) {
    const form = new FormData();
    for (const [key, value] of Object.entries({ ...fields, name })) form.append(key, value);
    form.append("file", body, name);
    return form;
  }

  function row(name) {
    const item = document.createElement("li");
    const title = document.createElement("bdi");
    title.textContent = name;
    title.className = "name";
    const state = document.createElement("span");
    state.className = "state";
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.setAttribute("aria-label", `How far ${name} is`);
    const actions = document.createElement("span");
    actions.className = "actions";
    item.append(title, state, bar, actions);
    return item;
  }

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "plain";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  /** Send one file: the promise ends when it was accepted, or with what was wrong. */
  function send(body, name, asked) {
    const item = row(name);
    const bar = item.querySelector("progress");
    const key = {};
    sending.set(key, item);
    jobs.querySelector("ol").append(item);
    jobs.hidden = false;
    item.querySelector(".state").textContent = "is being read";
    return new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      request.open("POST", "/api/jobs");
      request.upload.onprogress = (event) => {
        if (event.lengthComputable) bar.value = event.loaded / event.total;
      };
      request.onload = () => {
        const told = JSON.parse(request.responseText || "{}");
        if (request.status === 202) done(told);
        else failed(new Error(`${told.error.message} ${told.error.hint}`));
      };
      request.onerror = () => failed(new Error(`${name} could not be handed over: rehearse does not answer. Start it again, and try once more.`));
      request.onabort = () => failed(new Error(`${name} was not handed over.`));
      item.querySelector(".actions").append(button("Cancel", () => request.abort()));
      request.send(filled(asked, name, body));
    }).finally(() => {
      sending.delete(key);
      item.remove();
    });
  }

  /** Send some of them; tell whether something was wrong. */
  async function hand(section, each) {
    const wrong = [];
    trouble(section, "");
    let asked;
    try {
      asked = { ...(section === file ? wish() : label()), ...interview.given() };
    } catch (error) {
      trouble(section, error.message);
      return true;
    }
    jobs.hidden = false;
    jobs.scrollIntoView({ block: "nearest" });
    const most = Number(file.dataset.most);
    for (const { body, name } of each) {
      if (body.size > most) {
        wrong.push(`${name} is larger than ${Math.round(most / 1e6)} MB, which is the most that the page takes.`);
        continue;
      }
      try {
        const job = await send(body, name, { ...asked, ...turns(section, name) });
        mine.add(job.id);
      } catch (error) {
        wrong.push(error.message);
      }
      look();
    }
    trouble(section, wrong.join(" "));
    look();
    return wrong.length > 0;
  }

  function label() {
    const text = document.getElementById("label").value.trim();
    return text ? { for: text } : {};
  }

  function describe(job) {
    if (job.state === "waiting") return job.ahead ? `waits, ${job.ahead} before it` : "waits";
    if (job.state === "working") {
      if (!job.heard_s) return "is being listened to";
      return `heard ${clock(job.heard_s)}${job.length_s ? ` of ${clock(job.length_s)}` : ""}`;
    }
    if (job.error) return `${job.error.message} ${job.error.hint}`;
    return "is done";
  }

  function draw(item, job) {
    const state = item.querySelector(".state");
    const text = describe(job);
    if (state.textContent === text && item.dataset.state === job.state) return;
    state.textContent = text;
    state.classList.toggle("bad", Boolean(job.error));
    const bar = item.querySelector("progress");
    bar.hidden = job.state !== "working";
    if (job.heard_s && job.length_s) bar.value = Math.min(1, job.heard_s / job.length_s);
    else bar.removeAttribute("value");
    if (item.dataset.state === job.state) return;
    item.dataset.state = job.state;
    const over = job.state === "done" || job.state === "failed";
    const actions = item.querySelector(".actions");
    actions.replaceChildren();
    if (job.session || job.report) {
      const link = document.createElement("a");
      link.href = job.session ? `/sessions/${job.session}` : `/jobs/${job.id}`;
      link.textContent = "Read the report";
      actions.append(link, " ");
    }
    actions.append(button(over ? "Take it off the list" : "Cancel", () => drop(job)));
    if (over) tell(`${job.name}: ${text}`);
  }

  async function drop(job) {
    await fetch(`/api/jobs/${job.id}`, { method: "DELETE" }).catch(() => {});
    mine.delete(job.id);
    look();
  }

  /** Draw the list as it is now, and once more as long as something is being done. */
  async function look() {
    clearTimeout(timer);
    let found;
    try {
      found = await (await fetch("/api/jobs")).json();
    } catch {
      timer = setTimeout(look, 5 * LOOK_MS);
      return;
    }
    if (jobs.dataset.only) found = found.filter((job) => job.id === jobs.dataset.only);
    const list = jobs.querySelector("ol");
    const rows = new Map([...list.children].map((item) => [item.dataset.id, item]));
    for (const job of found) {
      let item = rows.get(job.id);
      if (!item) {
        item = row(job.name);
        item.dataset.id = job.id;
        list.append(item);
      }
      rows.delete(job.id);
      draw(item, job);
    }
    for (const [id, item] of rows) if (id) item.remove();
    jobs.hidden = !list.children.length;
    if (found.some((job) => job.state === "waiting" || job.state === "working")) {
      timer = setTimeout(look, LOOK_MS);
    }
    open(found);
  }

  /** Whether somebody is in the middle of something that a new page would end. */
  function occupied() {
    if (!typed) return false;
    const words = document.getElementById("words").value.trim();
    return Boolean(take) && !take.hidden || Boolean(words && words !== handed);
  }

  /** Who handed over one thing waits for its report. */
  function open(found) {
    if (mine.size !== 1 || sending.size || occupied()) return;
    const only = found.find((job) => mine.has(job.id));
    if (!only || !(only.session || only.report)) return;
    const at = only.session ? `/sessions/${only.session}` : `/jobs/${only.id}`;
    // From the page of a job there is nothing to go back to.
    if (jobs.dataset.only) location.replace(at);
    else location.assign(at);
  }

  function takeFiles(files) {
    hand(file, [...files].map((each) => ({ body: each, name: each.name })));
  }

  if (file) {
    const choice = document.getElementById("files");
    choice.addEventListener("change", () => {
      takeFiles(choice.files);
      choice.value = "";
    });
    // Dropped beside it, a file would take the place of the page.
    for (const kind of ["dragover", "drop"]) {
      window.addEventListener(kind, (event) => event.preventDefault());
    }
    file.addEventListener("dragover", () => file.classList.add("over"));
    file.addEventListener("dragleave", () => file.classList.remove("over"));
    file.addEventListener("drop", (event) => {
      file.classList.remove("over");
      takeFiles(event.dataTransfer.files);
    });
    file.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  }

  if (typed) {
    typed.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      const words = document.getElementById("words").value.trim();
      if (!words) {
        trouble(typed, "Nothing is written there yet.");
      } else if (words !== handed) { // a second click asks for nothing new
        handed = words;
        const name = document.getElementById("turns").checked ? "typed conversation.txt" : "typed close.txt";
        hand(typed, [{ body: new Blob([words]), name }]).then((wrong) => {
          if (wrong) handed = "";
        });
      }
    });
  }

  async function bringBack(item, method, path) {
    const name = encodeURIComponent(item.dataset.take);
    const answer = await fetch(`/api/takes/${name}${path}`, { method });
    if (!answer.ok) {
      const told = await answer.json();
      trouble(short, `${told.error.message} ${told.error.hint}`);
      return;
    }
    if (answer.status === 202) mine.add((await answer.json()).id);
    item.remove();
    if (!short.querySelector("li")) short.hidden = true;
    look();
  }

  if (short) {
    for (const item of short.querySelectorAll("li")) {
      item.querySelector(".recover").addEventListener("click", () => bringBack(item, "POST", "/recover"));
      const discard = item.querySelector(".discard");
      if (discard) discard.addEventListener("click", () => bringBack(item, "DELETE", ""));
    }
  }

  if (jobs.dataset.only) mine.add(jobs.dataset.only);
  look();
})();
