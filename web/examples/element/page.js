const chat = document.querySelector("tickertalk-chat");

// A figure of an answer was chosen: the page shows its own row of it.
addEventListener("tickertalk-cite", ({ detail: { metric } }) => {
  document.getElementById(metric)?.classList.add("lit");
});

document.getElementById("microsoft").addEventListener("click", () => {
  chat.setAttribute("ticker", "MSFT");
});
