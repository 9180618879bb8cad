// Charts: an element with data-chart is drawn by ECharts from the option in its attribute data-option, as JSON.
// The library is loaded when the first chart is on a page. A data item with a `url` is a link. Texts are drawn on the
// canvas and never read as HTML. Series differ by shape and pattern, and not by colour alone.
"use strict";
(() => {
  const PALETTES = {
    light: ["#0b5fa5", "#b45309", "#0f766e", "#9d174d", "#6d28d9", "#4d7c0f", "#475569", "#be123c"],
    dark: ["#7cb8f0", "#f0b35a", "#5fd0c3", "#f08bb8", "#b79cf5", "#a5d36b", "#a8b3c2", "#fb8aa0"],
  };
  let library;
  const load = (src) => library ??= new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src });
    script.addEventListener("load", () => resolve(window.echarts));
    script.addEventListener("error", () => { library = undefined; reject(new Error("the chart library did not load")); });
    document.head.append(script);
  });

  // A colour of the style sheet as it is now: custom properties hold pairs for light and dark.
  const colour = (element, name) => {
    const probe = document.createElement("span");
    probe.className = `chart-colour-${name}`;
    element.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
  const isDark = (element) => getComputedStyle(element).colorScheme === "dark" ||
    (getComputedStyle(element).colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches);

  const axis = (given, ink, line) => (Array.isArray(given) ? given : [given]).map((one) => ({
    ...one,
    axisLine: { lineStyle: { color: line }, ...one.axisLine },
    axisLabel: { color: ink, ...one.axisLabel },
    nameTextStyle: { color: ink, ...one.nameTextStyle },
    splitLine: { lineStyle: { color: line, opacity: 0.5 }, ...one.splitLine },
  }));
  const label = (given, ink) => ({ color: ink, textBorderColor: "transparent", ...given });
  const styled = (element, option) => {
    const [ink, quiet, line, surface] = ["ink", "quiet", "line", "surface"].map((name) => colour(element, name));
    const motion = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    return {
      color: PALETTES[isDark(element) ? "dark" : "light"],
      animation: motion && option.animation !== false,
      ...option,
      textStyle: { color: ink, fontFamily: getComputedStyle(element).fontFamily, ...option.textStyle },
      tooltip: { confine: true, backgroundColor: surface, borderColor: line, textStyle: { color: ink }, ...option.tooltip, renderMode: "richText" },
      ...(option.legend && { legend: { ...option.legend, textStyle: { color: ink } } }),
      ...(option.xAxis && { xAxis: axis(option.xAxis, quiet, line) }),
      ...(option.yAxis && { yAxis: axis(option.yAxis, quiet, line) }),
      // Outlined labels, as the library draws them beside bars, cannot be read in dark.
      ...(option.series && { series: [option.series].flat().map((one) => ({
        ...one,
        ...(one.label && { label: label(one.label, ink) }),
        ...(one.markLine && { markLine: { ...one.markLine, label: label(one.markLine.label, ink) } }),
      })) }),
      aria: { enabled: true, decal: { show: true }, ...option.aria },
    };
  };

  // Names of months and days on axes, in the language of the page.
  const locale = (tag) => {
    const names = (count, step, options) => Array.from({ length: count }, (_, at) =>
      new Intl.DateTimeFormat(tag, { timeZone: "UTC", ...options }).format(Date.UTC(2023, at * step, step ? 1 : at + 1)));
    return { time: {
      month: names(12, 1, { month: "long" }), monthAbbr: names(12, 1, { month: "short" }),
      dayOfWeek: names(7, 0, { weekday: "long" }), dayOfWeekAbbr: names(7, 0, { weekday: "short" }),
    } };
  };

  const drawn = new Map();
  const draw = async (element) => {
    const echarts = await load(element.dataset.library);
    if (!element.isConnected) return;
    echarts.getInstanceByDom(element)?.dispose();
    const chart = echarts.init(element, null, {
      renderer: element.dataset.renderer || "svg", locale: locale(document.documentElement.lang),
    });
    chart.setOption(styled(element, JSON.parse(element.dataset.option)));
    chart.on("click", ({ data }) => { if (data?.url?.startsWith("/")) window.desk.go(data.url); });
    element.setAttribute("role", "img"); // ECharts describes each item; the name and the table beside it say the same
    element.setAttribute("aria-label", element.dataset.label);
    drawn.set(element, chart);
    element.dispatchEvent(new CustomEvent("chart:drawn", { bubbles: true, detail: chart }));
  };
  const all = (root) => [...(root.matches?.("[data-chart]") ? [root] : []), ...root.querySelectorAll("[data-chart]")];
  const forget = () => { for (const [element, chart] of drawn) if (!element.isConnected) { chart.dispose(); drawn.delete(element); } };
  const fail = (element) => {
    element.hidden = true;
    element.dispatchEvent(new CustomEvent("chart:failed", { bubbles: true }));
  };
  const update = (root) => {
    forget();
    for (const element of all(root)) if (!drawn.has(element)) draw(element).catch(() => fail(element));
  };
  const redraw = () => {
    forget();
    for (const element of drawn.keys()) draw(element);
  };
  addEventListener("resize", () => { for (const [element, chart] of drawn) if (element.isConnected) chart.resize(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  // For the page itself too, after all scripts, which may listen for what is drawn.
  document.addEventListener("htmx:load", ({ target }) => update(target));
})();
