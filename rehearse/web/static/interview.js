"use strict";
// What is known of the interview. It goes with what is recorded, handed over and typed, and is
// forgotten with the tab: a posting and notes are nobody else's business.

const interview = (() => {
  const FIELDS = { job: "posting", discussed: "discussed", to: "whom" }; // by what the server calls them
  const LONGEST = 100000; // characters that the server reads
  const named = (id) => document.getElementById(id);

  /** What was given, by the names of the server; the error is for the page. */
  function given() {
    const found = {};
    for (const [name, id] of Object.entries(FIELDS)) {
      const text = named(id).value.trim();
      if (text.length > LONGEST) {
        throw new Error(`${named(id).labels[0].textContent} has ${text.length} characters, and ${LONGEST} are the most. Give only the part that matters.`);
      }
      if (text) found[name] = text;
    }
    return found;
  }

  /** Who answers the question about concerns; null where nobody does. */
  function opponent() {
    if (!named("answers").checked) return null;
    const rounds = named("rounds").valueAsNumber;
    return {
      concern: named("concern").value,
      rounds: Number.isInteger(rounds) ? Math.min(5, Math.max(1, rounds)) : 1,
      aloud: named("aloud").checked,
    };
  }

  /** Say beside the fold what is in it. */
  function tell() {
    const whom = named("whom");
    const parts = [
      named("posting").value.trim() ? "a posting" : "",
      named("discussed").value.trim() ? "what was talked about" : "",
      whom.value ? `for ${whom.selectedOptions[0].textContent}` : "",
    ].filter(Boolean);
    named("given").textContent = parts.length ? `: ${parts.join(", ")}` : "";
    named("answering").hidden = !named("answers").checked;
  }

  /** Keep a field as long as the tab is open; a browser may refuse. */
  function keep(field) {
    const what = field.type === "checkbox" ? "checked" : "value";
    const key = `rehearse.${field.id}`;
    try {
      const before = sessionStorage.getItem(key);
      if (before !== null) field[what] = what === "checked" ? before === "true" : before;
      field.addEventListener("input", () => sessionStorage.setItem(key, field[what]));
    } catch {
      // then it is typed again
    }
    field.addEventListener("input", tell);
  }

  for (const id of [...Object.values(FIELDS), "answers", "concern", "rounds", "aloud"]) keep(named(id));
  tell();
  return { given, opponent };
})();
