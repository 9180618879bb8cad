// Before anything is painted: the reader's choice of light or dark, where there is one.
"use strict";
try {
  const theme = localStorage.getItem("refrain-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch { /* storage is closed to us: the system's choice holds */ }
