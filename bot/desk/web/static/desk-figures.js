// Draws the tables of a page as charts. The table is what is true; without this it stands there alone.

const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

// What a colour is here and now, however the style names it.
const colourOf = (element, property) => getComputedStyle(element)[property];

function readTable(section) {
  const heads = [...section.querySelectorAll("thead [data-series]")];
  const rows = [...section.querySelectorAll("tbody tr")];
  const points = rows.map((row) => row.querySelector("[data-point]").textContent);
  const values = rows.map((row) => [...row.querySelectorAll("[data-value]")].map((cell) => cell.dataset.value));
  return {
    points,
    series: heads.map((head, place) => ({
      name: head.textContent,
      colour: colourOf(head.querySelector(".swatch"), "backgroundColor"),
      values: values.map((row) => (row[place] === "" ? null : Number(row[place]))),
    })),
  };
}

const percent = (value) => (value === null || value === undefined ? "–" : `${(value * 100).toFixed(1)}%`);

function optionsOf(section, hidden) {
  const { points, series } = readTable(section);
  const isStack = section.dataset.chart === "stack";
  const ink = colourOf(section.querySelector("h2"), "color");
  const quiet = colourOf(section.querySelector("summary"), "color");
  const rule = colourOf(section, "borderTopColor");
  const ground = colourOf(section, "backgroundColor");
  const drawn = series.filter((_each, place) => !hidden.has(place));
  const write = isStack ? (value) => value?.toLocaleString() ?? "–" : percent;
  return {
    animation: !still,
    textStyle: { color: ink, fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 12, top: 16, bottom: 8, containLabel: true },
    tooltip: {
      trigger: "axis",
      // Not HTML: its styles would stand in the page, which the policy forbids.
      renderMode: "richText",
      confine: true,
      backgroundColor: ground,
      borderColor: rule,
      textStyle: { color: ink, fontSize: 12 },
      valueFormatter: write,
      axisPointer: { type: isStack ? "shadow" : "line" },
    },
    xAxis: {
      type: "category",
      data: points,
      boundaryGap: isStack,
      axisLabel: { color: quiet, hideOverlap: true },
      axisLine: { lineStyle: { color: rule } },
      axisTick: { show: false },
    },
    yAxis: {
      type: "value",
      max: isStack ? null : 1,
      minInterval: isStack ? 1 : 0,
      axisLabel: { color: quiet, formatter: isStack ? (value) => value.toLocaleString() : (value) => `${value * 100}%` },
      splitLine: { lineStyle: { color: rule } },
    },
    series: drawn.map(({ name, colour, values }) => ({
      name,
      type: isStack ? "bar" : "line",
      stack: isStack ? "all" : null,
      data: values,
      color: colour,
      barMaxWidth: 40,
      symbolSize: 5,
      showSymbol: points.length < 40,
      connectNulls: false,
    })),
  };
}

function draw(section) {
  const canvas = section.querySelector("[data-canvas]");
  const legend = section.querySelector("[data-legend]");
  const hidden = new Set();
  canvas.hidden = legend.hidden = false;
  const chart = window.echarts.init(canvas, null, { renderer: "canvas" });
  const show = () => chart.setOption(optionsOf(section, hidden), true);
  legend.addEventListener("click", (event) => {
    const button = event.target.closest("[data-toggles]");
    if (!button) return;
    const place = Number(button.dataset.toggles);
    if (!hidden.delete(place)) hidden.add(place);
    button.setAttribute("aria-pressed", String(!hidden.has(place)));
    show();
  });
  dark.addEventListener("change", show);
  new ResizeObserver(() => chart.resize()).observe(canvas);
  show();
  section.dataset.drawn = "yes";
}

// A module runs after the scripts that are deferred, so the library is there, unless it could not be loaded.
if (window.echarts) document.querySelectorAll("[data-chart]").forEach(draw);
