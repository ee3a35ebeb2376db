"use strict";
// Brings the archive of another computer.

(() => {
  const choice = document.getElementById("archive");
  const told = document.getElementById("brought");
  const trouble = told.closest("section").querySelector(".trouble");

  const counted = (count, what) => `${count} ${what}${count === 1 ? "" : "s"}`;

  choice.addEventListener("change", async () => {
    const [archive] = choice.files;
    if (!archive) return;
    trouble.hidden = true;
    told.textContent = `${archive.name} is being read …`;
    try {
      const answer = await fetch("/api/import", {
        method: "POST",
        headers: { "content-type": "application/octet-stream" },
        body: archive,
      });
      const result = await answer.json();
      if (!answer.ok) throw new Error(`${result.error.message} ${result.error.hint}`);
      const plans = result.plans ? ` and ${counted(result.plans, "plan")}` : "";
      told.textContent = `${counted(result.added, "session")}${plans} added, ${result.there} there already.`;
      if (result.added) setTimeout(() => location.reload(), 1500);
    } catch (error) {
      told.textContent = "";
      trouble.textContent = error instanceof TypeError
        ? "rehearse does not answer: start it again, and try once more."
        : error.message;
      trouble.hidden = false;
    }
    choice.value = "";
  });
})();
