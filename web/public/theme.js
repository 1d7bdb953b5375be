// Runs before the first paint, so that a chosen theme never flashes the other one. A file, because the
// content security policy allows no inline script.
try {
  const theme = localStorage.getItem("tickertalk.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is closed (private mode, embedded): the system's theme is used.
}
