// Points of the map, painted into the pixels of a canvas below the chart: each shape is drawn once and then copied to its
// places. A canvas without a graphics card takes seconds for tens of thousands of symbols as paths, and this a few ms.
"use strict";
(() => {
  const SHAPE_PX = 11, REST_PX = 4, MOST_RATIO = 2, SHAPE_OPACITY = 0.9, REST_OPACITY = 0.28;

  // Pixels of a shape, as places relative to its middle and colours with their opacity (RGBA, little-endian).
  const stampOf = (outline, colour, side) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.globalAlpha = SHAPE_OPACITY;
    context.fillStyle = colour;
    context.scale(side / 16, side / 16);
    context.fill(new Path2D(outline));
    const drawn = new Uint32Array(context.getImageData(0, 0, side, side).data.buffer), pixels = [];
    drawn.forEach((value, at) => { if (value >>> 24 > 32) pixels.push([(at % side) - (side >> 1), Math.floor(at / side) - (side >> 1), value]); });
    const column = (of) => Int32Array.from(pixels, (pixel) => pixel[of]);
    return { x: column(0), y: column(1), colours: Uint32Array.from(pixels, (pixel) => pixel[2]), reach: (side >> 1) + 1 };
  };

  // The colour of a style as a pixel without opacity.
  const rgbOf = (colour) => {
    const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return new Uint32Array(context.getImageData(0, 0, 1, 1).data.buffer)[0] & 0xffffff;
  };

  // `styles`: outline (a path in a square of 16) and colour of each named group; `ink`: colour of the rest.
  class PointPainter {
    constructor(frame, styles, ink) {
      frame.querySelector(".map-points")?.remove();
      this.canvas = Object.assign(document.createElement("canvas"), { className: "map-points" });
      this.canvas.setAttribute("aria-hidden", "true");
      frame.prepend(this.canvas);
      this.context = this.canvas.getContext("2d", { willReadFrequently: true }); // in memory: its pixels are written, not drawn
      this.styles = styles;
      this.rgb = rgbOf(ink);
      this.denser = Uint8Array.from({ length: 256 }, (_, alpha) => alpha + Math.ceil((255 - alpha) * REST_OPACITY));
    }

    size(width, height) {
      const ratio = Math.min(MOST_RATIO, window.devicePixelRatio || 1), [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (this.image && this.canvas.width === wide && this.canvas.height === tall) return;
      Object.assign(this.canvas, { width: wide, height: tall });
      this.image = this.context.createImageData(Math.max(1, wide), Math.max(1, tall));
      this.pixels = new Uint32Array(this.image.data.buffer);
      this.rest = Math.round(REST_PX * ratio);
      this.stamps = this.styles.map(({ outline, colour }) => stampOf(outline, colour, Math.round(SHAPE_PX * ratio) | 1));
    }

    // Paints the points at `places[0]` to `places[count - 1]`: the rest below, then those of named groups.
    paint({ x, y, groups, places, count, view, width, height }) {
      this.size(width, height);
      const { pixels, rgb, denser, rest, stamps } = this, { width: wide, height: tall } = this.image;
      const [left, right] = view.x, [low, high] = view.y, across = wide / (right - left), down = tall / (high - low), half = rest >> 1;
      pixels.fill(0);
      for (let one = 0; one < count; one++) {
        const at = places[one];
        if (groups[at] >= 0 && groups[at] < stamps.length) continue;
        const px = Math.round((x[at] - left) * across) - half, py = Math.round((high - y[at]) * down) - half;
        if (px < 0 || py < 0 || px + rest > wide || py + rest > tall) continue;
        for (let row = py; row < py + rest; row++) {
          for (let place = row * wide + px, end = place + rest; place < end; place++) pixels[place] = rgb | (denser[pixels[place] >>> 24] << 24);
        }
      }
      for (let one = 0; one < count; one++) {
        const at = places[one], stamp = stamps[groups[at]];
        if (!stamp) continue;
        const px = Math.round((x[at] - left) * across), py = Math.round((high - y[at]) * down), { reach, colours } = stamp;
        if (px < reach || py < reach || px + reach >= wide || py + reach >= tall) continue;
        const middle = py * wide + px;
        for (let pixel = 0; pixel < colours.length; pixel++) {
          const place = middle + stamp.y[pixel] * wide + stamp.x[pixel];
          if (colours[pixel] >>> 24 >= pixels[place] >>> 24) pixels[place] = colours[pixel];
        }
      }
      this.context.putImageData(this.image, 0, 0);
    }
  }
  window.PointPainter = PointPainter;
})();
