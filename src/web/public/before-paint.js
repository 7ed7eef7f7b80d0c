// Runs before anything is painted: the theme and the language that were chosen the last time.
try {
  const chosen = JSON.parse(localStorage.getItem('hoplab.settings') ?? '{}');
  if (chosen.theme === 'light' || chosen.theme === 'dark')
    document.documentElement.dataset.theme = chosen.theme;
  if (chosen.language) document.documentElement.lang = chosen.language;
} catch {
  // Nothing was chosen, or nothing may be kept: the system's theme holds.
}
