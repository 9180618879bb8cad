// Before anything is painted: the reader's choice of light or dark, and of dense lists, where there is one.
"use strict";
try {
  const theme = localStorage.getItem("refrain-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  if (localStorage.getItem("refrain-density") === "compact") document.documentElement.dataset.density = "compact";
} catch { /* storage is closed to us: the system's choice holds */ }
