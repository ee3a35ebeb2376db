"use strict";
// Forgetting a session, when its owner is sure.

(() => {
  const button = document.getElementById("forget");
  const dialog = document.getElementById("sure");
  button.addEventListener("click", () => dialog.showModal());
  document.getElementById("no").addEventListener("click", () => dialog.close());
  document.getElementById("yes").addEventListener("click", async () => {
    const trouble = dialog.querySelector(".trouble");
    try {
      const answer = await fetch(`/api/sessions/${button.dataset.session}`, { method: "DELETE" });
      if (answer.ok) {
        location.assign("/progress");
        return;
      }
      const told = await answer.json();
      trouble.textContent = `${told.error.message} ${told.error.hint}`;
    } catch {
      trouble.textContent = "rehearse does not answer: start it again, and try once more.";
    }
    trouble.hidden = false;
  });
})();
