// The map of narratives: points from their own address, painted by map_points.js below a chart of ECharts that zooms, moves
// and has the labels; filters, and a slider of time that plays.
"use strict";
(() => {
  const OUTLINES = ["M8 2a6 6 0 1 0 .1 0Z", "M2 2H14V14H2Z", "M8 1L15 14H1Z", "M8 0L15 8L8 16L1 8Z", "M8 16L3 8A5.5 5.5 0 1 1 13 8Z", "M8 1L14 15L8 11L2 15Z", "M4 3H12Q15 3 15 6V10Q15 13 12 13H4Q1 13 1 10V6Q1 3 4 3Z", "M8 0L10 6H16L11 9L13 16L8 12L3 16L5 9L0 6H6Z"];
  const DAY_MS = 86400000, FRAMES = 150, STILL_FRAMES = 20, LISTED = 50, NEAR_PX = 10, AGAIN_MS = 5000, UNDATED = -(2 ** 31);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const dates = new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang, { dateStyle: "medium", timeZone: "UTC" });
  const languages = new Intl.DisplayNames([document.documentElement.lang || "en"], { type: "language", fallback: "code" });
  const maps = new WeakMap();
  const later = (wait, act) => { let timer; return () => { clearTimeout(timer); timer = setTimeout(act, wait); }; };

  class NarrativeMap {
    constructor(root) {
      this.root = root;
      this.part = (name) => root.querySelector(`[data-map-${name}]`);
      this.slider = this.part("day");
      this.listSoon = later(400, () => this.list());
      this.ready = fetch(root.dataset.points, { headers: { Accept: "application/json" } })
        .then((answer) => { if (!answer.ok) throw new Error("no points"); return answer.json(); })
        .then((columns) => this.take(columns));
      this.ready.catch(() => this.fail());
    }

    fail() { this.part("list").textContent = this.root.dataset.failed; }

    take(columns) {
      this.columns = columns;
      const count = columns.keys.length, known = columns.days.filter((day) => day !== null);
      this.days = Int32Array.from(columns.days, (day) => day ?? UNDATED);
      this.x = Float64Array.from(columns.x);
      this.y = Float64Array.from(columns.y);
      this.groups = Int32Array.from(columns.narratives);
      this.latest = Int32Array.from({ length: count }, (_, at) => at).sort((one, other) => this.days[other] - this.days[one]);
      this.visible = new Int32Array(count);
      this.count = 0;
      this.middles = columns.narrative_names.slice(0, columns.named).map((_, place) => [middle(this.x, this.groups, place), middle(this.y, this.groups, place)]);
      [this.first, this.last] = known.reduce(([low, high], day) => [Math.min(low, day), Math.max(high, day)], [Infinity, -Infinity]);
      if (!known.length) this.first = this.last = 0;
      Object.assign(this.slider, { min: this.first, max: this.last, value: this.last });
      const fill = (name, names, say = (one) => one) => {
        const select = this.root.querySelector(`[data-map-filter="${name}"]`);
        names.forEach((one, at) => select.append(new Option(say(one), at)));
      };
      fill("narratives", columns.narrative_names);
      fill("languages", columns.language_names, (code) => { try { return languages.of(code); } catch { return code; } });
      fill("speakers", columns.speaker_names);
    }

    async draw(chart) {
      await this.ready;
      this.chart = chart;
      const { color, textStyle } = chart.getOption();
      this.ink = textStyle?.color ?? textStyle?.[0]?.color;
      this.colours = color;
      this.labelled = undefined;
      const axis = { type: "value", min: -60, max: this.columns.steps + 60, show: false };
      const zoom = { type: "inside", filterMode: "none", throttle: 16 };
      chart.setOption({
        animation: false, grid: { left: 0, right: 0, top: 0, bottom: 0 }, xAxis: axis, yAxis: axis,
        dataZoom: [{ ...zoom, xAxisIndex: 0 }, { ...zoom, yAxisIndex: 0 }],
      });
      const frame = this.root.querySelector(".map-frame");
      this.painter = new PointPainter(frame, OUTLINES.map((outline, place) => ({ outline, colour: color[place % color.length] })).slice(0, this.columns.named), this.ink);
      this.resized?.disconnect();
      this.resized = new ResizeObserver(() => this.paintSoon());
      this.resized.observe(frame);
      chart.on("datazoom", () => { this.paintSoon(); this.listSoon(); });
      const surface = chart.getZr();
      surface.on("mousemove", ({ offsetX, offsetY }) => this.hover(offsetX, offsetY));
      surface.on("globalout", () => { this.part("tip").hidden = true; });
      surface.on("click", ({ offsetX, offsetY }) => this.open(this.nearest(offsetX, offsetY)));
      this.legend();
      this.show();
    }

    // Reads the filters, and has what passes them painted.
    show() {
      if (!this.chart) return;
      const wanted = Object.fromEntries([...this.root.querySelectorAll("[data-map-filter]")].map((one) => [one.dataset.mapFilter, one.value === "" ? null : Number(one.value)]));
      const { languages: spoken, speakers, named, narrative_names: names } = this.columns, { days, groups } = this;
      this.day = Number(this.slider.value);
      const window = Number(this.part("window").value), from = window ? this.day - window : -Infinity;
      const undated = this.day >= this.last && !window, seen = new Set();
      this.count = 0;
      for (let at = 0; at < days.length; at++) {
        const day = days[at];
        if (day === UNDATED ? !undated : day > this.day || day <= from) continue;
        if (wanted.narratives !== null && groups[at] !== wanted.narratives) continue;
        if (wanted.languages !== null && spoken[at] !== wanted.languages) continue;
        if (wanted.speakers !== null && speakers[at] !== wanted.speakers) continue;
        this.visible[this.count++] = at;
        if (groups[at] >= 0 && groups[at] < named) seen.add(groups[at]);
      }
      // A narrow frame has no room for names: there the legend has them.
      const roomy = this.chart.getWidth() >= 640, labelled = `${roomy} ${[...seen].sort()}`;
      if (this.labelled !== labelled) {
        this.labelled = labelled;
        this.chart.setOption({ series: [
          { type: "scatter", id: "labels", silent: true, symbolSize: 0.1, labelLayout: ({ labelRect }) => ({ hideOverlap: true, dx: this.inFrame(labelRect) }),
            label: { show: roomy, formatter: "{b}", color: this.ink, fontWeight: 600, textBorderWidth: 3, textBorderColor: getComputedStyle(this.root.querySelector(".map-frame")).backgroundColor, width: 220, overflow: "truncate" },
            data: this.middles.flatMap((value, place) => seen.has(place) ? [{ name: names[place], value }] : []) },
        ] });
      }
      this.paintSoon();
      const said = this.columns.days.length && this.last > this.first ? dates.format(this.day * DAY_MS) : this.root.dataset.undated;
      this.part("said").textContent = said;
      this.slider.setAttribute("aria-valuetext", said);
      if (!this.playing) this.listSoon();
    }

    // How far a label has to move sideways to be whole in the frame, in pixels.
    inFrame({ x, width }) {
      return x < 4 ? 4 - x : Math.min(0, this.chart.getWidth() - 4 - x - width);
    }

    // At the next frame, once, whatever asked for it.
    paintSoon() {
      this.painting ??= requestAnimationFrame(() => {
        this.painting = undefined;
        if (!this.root.isConnected || this.chart.isDisposed()) return;
        const { x, y, groups, visible: places, count } = this;
        this.painter.paint({ x, y, groups, places, count, view: this.view(), width: this.chart.getWidth(), height: this.chart.getHeight() });
      });
    }

    play(on = !this.playing) {
      this.playing = on;
      this.part("play-label").textContent = on ? this.root.dataset.pause : this.root.dataset.play;
      if (!on) { this.listSoon(); return; }
      if (Number(this.slider.value) >= this.last) this.slider.value = this.first;
      const frames = calm.matches ? STILL_FRAMES : FRAMES, wait = calm.matches ? 1000 : 66;
      const step = Math.max(1, Math.round((this.last - this.first) / frames));
      let before = 0;
      const advance = (now) => {
        if (!this.playing || !this.root.isConnected) return;
        if (now - before >= wait) {
          before = now;
          this.slider.value = Math.min(this.last, Number(this.slider.value) + step);
          this.show();
          if (Number(this.slider.value) >= this.last) { this.play(false); return; }
        }
        requestAnimationFrame(advance);
      };
      requestAnimationFrame(advance);
    }

    view() {
      const [low, high] = [[0, this.chart.getHeight()], [this.chart.getWidth(), 0]].map((corner) => this.chart.convertFromPixel({ gridIndex: 0 }, corner));
      return { x: [low[0], high[0]], y: [low[1], high[1]] };
    }

    move({ zoom, pan }) {
      const whole = [-60, this.columns.steps + 60], seen = this.view();
      const ranges = [seen.x, seen.y].map(([low, high], of) => {
        if (zoom === 0) return whole;
        const middleOf = (low + high) / 2 + (pan ? pan[of] * (high - low) * 0.2 : 0);
        const half = Math.min((whole[1] - whole[0]) / 2, ((high - low) / 2) * (zoom ?? 1));
        const centre = Math.min(whole[1] - half, Math.max(whole[0] + half, middleOf));
        return [centre - half, centre + half];
      });
      this.chart.dispatchAction({ type: "dataZoom", batch: ranges.map(([startValue, endValue], dataZoomIndex) => ({ dataZoomIndex, startValue, endValue })) });
      this.listSoon();
    }

    nearest(px, py) {
      if (!this.chart) return null;
      const { x: [left, right], y: [low, high] } = this.view();
      const wide = this.chart.getWidth() / (right - left), tall = this.chart.getHeight() / (high - low);
      let best = null, least = NEAR_PX ** 2;
      for (let one = 0; one < this.count; one++) {
        const at = this.visible[one], dx = (this.x[at] - left) * wide - px, dy = (high - this.y[at]) * tall - py;
        const distance = dx * dx + dy * dy;
        if (distance < least) [best, least] = [at, distance];
      }
      return best;
    }

    hover(px, py) {
      if (this.hovering) return;
      this.hovering = requestAnimationFrame(() => {
        this.hovering = 0;
        const at = this.nearest(px, py), tip = this.part("tip");
        tip.hidden = at === null;
        if (at === null) return;
        const { days, narratives, narrative_names: names, speakers, speaker_names: people } = this.columns;
        tip.textContent = [days[at] === null ? this.root.dataset.undated : dates.format(days[at] * DAY_MS), names[narratives[at]] ?? this.root.dataset.rest, people[speakers[at]]].filter(Boolean).join(" · ");
      });
    }

    open(at) { if (at !== null) window.location.assign(this.root.dataset.open + this.columns.keys[at]); }

    async list() {
      if (!this.chart || !this.root.isConnected) return;
      const { x: [left, right], y: [low, high] } = this.view(), { x, y } = this, { keys } = this.columns;
      const shown = new Uint8Array(x.length), listed = [];
      let inside = 0;
      for (let one = 0; one < this.count; one++) shown[this.visible[one]] = 1;
      for (const at of this.latest) {
        if (!shown[at] || x[at] < left || x[at] > right || y[at] < low || y[at] > high) continue;
        if (inside++ < LISTED) listed.push(keys[at]);
      }
      const asked = this.asked = new URLSearchParams({ keys: listed.join(","), count: inside });
      const text = await fetch(`${this.root.dataset.list}?${asked}`).then((answer) => answer.ok ? answer.text() : null).catch(() => null);
      if (this.asked !== asked || !this.root.isConnected) return;
      if (text === null) { // the list of before is of another view
        this.fail();
        setTimeout(() => { if (this.asked === asked) this.list(); }, AGAIN_MS);
        return;
      }
      this.part("list").innerHTML = text; // of our own server, where every text is escaped
      this.root.dataset.inView = inside;
    }

    legend() {
      const { named, narrative_names: names } = this.columns;
      this.part("legend").replaceChildren(...[...names.slice(0, named), this.root.dataset.rest].map((name, place) => {
        const entry = document.createElement("li"), words = document.createElement("bdi");
        const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg"), path = document.createElementNS("http://www.w3.org/2000/svg", "path");
        const attributes = { width: 14, height: 14, viewBox: "0 0 16 16", "aria-hidden": "true" };
        for (const [key, value] of Object.entries(attributes)) drawing.setAttribute(key, value);
        path.setAttribute("d", OUTLINES[place < named ? place % OUTLINES.length : 0]);
        path.setAttribute("fill", place < named ? this.colours[place % this.colours.length] : this.ink);
        if (place === named) path.setAttribute("opacity", "0.4");
        drawing.append(path);
        words.textContent = name;
        entry.append(drawing, words);
        return entry;
      }));
    }
  }

  const middle = (values, groups, group) => { const of = values.filter((_, at) => groups[at] === group).sort(); return of[of.length >> 1]; };
  const mapOf = (element) => maps.get(element.closest?.("[data-map]") ?? document.querySelector("[data-map]"));
  const begin = (scope) => { for (const root of scope.querySelectorAll("[data-map]")) if (!maps.has(root)) maps.set(root, new NarrativeMap(root)); };
  document.addEventListener("chart:drawn", ({ target, detail }) => {
    const root = target.closest("[data-map]");
    if (!root) return;
    begin(document);
    root.chartOfMap = detail; // for measurements
    maps.get(root).draw(detail).catch(() => {});
  });
  document.addEventListener("chart:failed", ({ target }) => mapOf(target)?.fail());
  document.addEventListener("input", ({ target }) => { if (target.matches("[data-map-day]")) { const map = mapOf(target); map?.play(false); map?.show(); } });
  document.addEventListener("change", ({ target }) => { if (target.matches("[data-map-filter], [data-map-window]")) mapOf(target)?.show(); });
  document.addEventListener("submit", (event) => { if (event.target.matches("[data-map-form]")) event.preventDefault(); });
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-map-play], [data-map-zoom], [data-map-pan]");
    const map = button && mapOf(button);
    if (!map?.chart) return;
    if (button.matches("[data-map-play]")) map.play();
    else if (button.dataset.mapZoom !== undefined) map.move({ zoom: Number(button.dataset.mapZoom) });
    else map.move({ pan: button.dataset.mapPan.split(" ").map(Number) });
  });
  document.addEventListener("htmx:load", ({ target }) => begin(target));
  begin(document);
})();
