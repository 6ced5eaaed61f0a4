// SPDX-License-Identifier: Apache-2.0
// make-outlines.mjs - writes data/outline/arcs.txt and data/outline/states.txt out of the npm
// package world-atlas (Natural Earth 1:10m, TopoJSON). Run `npm ci` in tools/ first, then
// `node tools/make-outlines.mjs`. Not part of the build: the tables it writes are kept.
//
// What it changes, and nothing else:
//   1. the seam at 180 degrees is taken out: both spellings of the meridian become one, edges along
//      it are dropped and the halves of an island joined;
//   2. needles (an arc that one outline runs forth and back) are dropped;
//   3. territories that Natural Earth keeps inside their sovereign get outlines of their own, and
//      so do a few disputed lands: see `splits`, by location;
//   4. a land drawn with its holder is cut off along a parallel: see `cuts`.
import fs from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const pack = path.join(here, 'node_modules', 'world-atlas');
const version = JSON.parse(fs.readFileSync(path.join(pack, 'package.json'), 'utf8')).version;
const topology = JSON.parse(fs.readFileSync(path.join(pack, 'countries-10m.json'), 'utf8'));
const outDir = path.join(here, '..', 'data', 'outline');

// [outline it is cut from, id of its own, name, west, south, east, north]: polygons wholly inside.
const splits = [
  ['250', '254', 'French Guiana', -55, 2, -51, 6.5],
  ['250', '474', 'Martinique', -61.5, 14.2, -60.5, 15],
  ['250', '312', 'Guadeloupe', -62, 15.7, -60.8, 16.7],
  ['250', '638', 'Reunion', 55, -21.6, 56, -20.5],
  ['250', '175', 'Mayotte', 44.8, -13.3, 45.5, -12.4],
  ['528', '535', 'Bonaire, Sint Eustatius and Saba', -69, 11.5, -62.5, 18],
  ['578', '744', 'Svalbard and Jan Mayen', 5, 74, 36, 82],
  ['578', '744', 'Svalbard and Jan Mayen', -10, 70, -7, 72],
  ['578', '074', 'Bouvet Island', 3, -55, 4, -54],
  ['554', '772', 'Tokelau', -173, -10, -170.5, -8],
  ['Indian Ocean Ter.', '162', 'Christmas Island', 105, -11, 106, -10],
  ['Indian Ocean Ter.', '166', 'Cocos (Keeling) Islands', 96, -13, 97, -11.5],
  ['643', 'crimea', 'Crimea', 32.3, 44.2, 36.8, 46.4],
  ['643', 'south-kurils', 'Southern Kurils', 145.3, 43.2, 149, 45.7],
  ['156', 'paracel', 'Paracel Islands', 111, 15.5, 113, 17.3],
];

// [outline, id of the part south of the parallel, its name, latitude]. The boundary between Morocco
// and Western Sahara is the parallel 27 40 N (convention of 27 November 1912); Natural Earth draws
// Western Sahara east of the wall alone.
const cuts = [['504', 'sahara-held', 'Western Sahara west of the wall', 27 + 40 / 60]];

const slug = {
  Dhekelia: 'dhekelia', Akrotiri: 'akrotiri', Somaliland: 'somaliland', Kosovo: 'kosovo',
  'USNB Guantanamo Bay': 'guantanamo', 'N. Cyprus': 'north-cyprus',
  'Cyprus U.N. Buffer Zone': 'cyprus-buffer', 'Siachen Glacier': 'siachen',
  Baikonur: 'baikonur', 'Coral Sea Is.': 'coral-sea', 'Spratly Is.': 'spratly',
  'Clipperton I.': 'clipperton', 'Ashmore and Cartier Is.': 'ashmore-cartier',
  'Bajo Nuevo Bank': 'bajo-nuevo', 'Serranilla Bank': 'serranilla',
  'Scarborough Reef': 'scarborough',
};

const [scaleX, scaleY] = topology.transform.scale;
const [originX, originY] = topology.transform.translate;
const seamX = Math.round(360 / scaleX); // the column that is 180 E, the same place as column 0
const lon = (x) => originX + scaleX * x;
const lat = (y) => originY + scaleY * y;

// Our own decoder: running sums of the quantised differences.
function decode(arc) {
  let x = 0;
  let y = 0;
  const out = [];
  for (const [dx, dy] of arc) {
    x += dx;
    y += dy;
    out.push([x === seamX ? 0 : x, y]);
  }
  return out;
}

// 1a. Heights on the seam that differ by the rounding only are one height.
function snapSeam(arcs) {
  const heights = [...new Set(arcs.flat().filter(([x]) => x === 0).map(([, y]) => y))];
  heights.sort((a, b) => a - b);
  const to = new Map();
  let last = -Infinity;
  for (const y of heights) {
    to.set(y, y - last <= 2 ? last : y);
    last = to.get(y);
  }
  for (const arc of arcs)
    for (const vertex of arc)
      if (vertex[0] === 0) vertex[1] = to.get(vertex[1]);
}

const same = (a, b) => a[0] === b[0] && a[1] === b[1];
const withoutRepeats = (arc) => arc.filter((v, i) => i === 0 || !same(v, arc[i - 1]));

// 1b. Cuts an arc where it runs along the seam; gives the pieces without those edges.
function cutAtSeam(arc) {
  const pieces = [[]];
  arc.forEach((v, i) => {
    if (i > 0 && v[0] === 0 && arc[i - 1][0] === 0) pieces.push([]);
    pieces[pieces.length - 1].push(v);
  });
  return pieces.filter((p) => p.length > 1);
}

const decoded = topology.arcs.map(decode);
snapSeam(decoded);
const arcs = []; // the new ones
const pieces = decoded.map((arc) => {
  const cut = cutAtSeam(withoutRepeats(arc));
  const isCut = cut.length !== 1 || cut[0].length !== withoutRepeats(arc).length;
  return {isCut, ids: cut.map((p) => arcs.push(p) - 1)};
});
const ends = (signed) => {
  const arc = arcs[signed < 0 ? ~signed : signed];
  return signed < 0 ? [arc[arc.length - 1], arc[0]] : [arc[0], arc[arc.length - 1]];
};

function renumber(ring) {
  return ring.flatMap((i) =>
    (i < 0 ? [...pieces[~i].ids].reverse().map((k) => ~k) : pieces[i].ids));
}

// 2. An arc run forth and back by one ring is a needle.
function withoutNeedles(ring) {
  const out = [...ring];
  for (let i = 0; i < out.length; i++) {
    const back = out.indexOf(~out[i]);
    if (back < 0) continue;
    out.splice(Math.max(i, back), 1);
    out.splice(Math.min(i, back), 1);
    i = -1;
  }
  return out;
}

// 1c. Joins loose chains of arcs, end to start, into closed rings.
function join(chains) {
  const open = [...chains];
  const rings = [];
  while (open.length > 0) {
    const ring = open.shift();
    while (!same(ends(ring[ring.length - 1])[1], ends(ring[0])[0])) {
      const end = ends(ring[ring.length - 1])[1];
      const next = open.findIndex((c) => same(ends(c[0])[0], end));
      if (next < 0) throw new Error(`open ring at ${lon(end[0])} ${lat(end[1])}`);
      ring.push(...open.splice(next, 1)[0]);
    }
    rings.push(ring);
  }
  return rings;
}

// The arcs of a ring that was cut, as runs that hang together.
function runs(ring) {
  const out = [];
  for (const i of ring) {
    const run = out[out.length - 1];
    if (run && same(ends(run[run.length - 1])[1], ends(i)[0])) run.push(i);
    else out.push([i]);
  }
  if (out.length > 1 && same(ends(out.at(-1).at(-1))[1], ends(out[0][0])[0]))
    out[0].unshift(...out.pop());
  return out;
}

const outlines = new Map(); // id -> {name, polygons}
function add(id, name, polygons) {
  if (!outlines.has(id)) outlines.set(id, {name, polygons: []});
  outlines.get(id).polygons.push(...polygons);
}

function isInside(polygon, [west, south, east, north]) {
  return polygon[0].every((i) => arcs[i < 0 ? ~i : i].every(([x, y]) =>
    lon(x) >= west && lon(x) <= east && lat(y) >= south && lat(y) <= north));
}

for (const geometry of topology.objects.countries.geometries) {
  const name = geometry.properties.name;
  const id = slug[name] ?? geometry.id ?? name;
  const polygons = geometry.type === 'Polygon' ? [geometry.arcs] : geometry.arcs;
  const whole = [];
  const cut = [];
  for (const polygon of polygons) {
    const rings = polygon.map((r) => withoutNeedles(renumber(r))).filter((r) => r.length > 0);
    if (polygon.flat().some((i) => pieces[i < 0 ? ~i : i].isCut)) cut.push(...rings.flatMap(runs));
    else whole.push(rings);
  }
  whole.push(...join(cut).map((ring) => [ring]));
  for (const polygon of whole) {
    const split = splits.find(([from, , , ...box]) => from === id && isInside(polygon, box));
    add(split ? split[1] : id, split ? split[2] : name, [polygon]);
  }
}

// 4. Cuts the largest polygon of an outline along a parallel that its outer ring crosses twice.
// Returns [signed arcs north of it, signed arcs south of it]; both end in the new arc.
function cutRing(ring, y) {
  const parts = [[], []]; // north, south
  const crossings = [];
  for (const i of ring) {
    const k = i < 0 ? ~i : i;
    const arc = arcs[k];
    const runsOfArc = [[arc[0]]];
    for (let v = 1; v < arc.length; v++) {
      const [ax, ay] = arc[v - 1];
      const [bx, by] = arc[v];
      if (ay >= y !== by >= y) {
        const cross = [Math.round(ax + ((y - ay) * (bx - ax)) / (by - ay)), y];
        crossings.push(cross);
        runsOfArc[runsOfArc.length - 1].push(cross);
        runsOfArc.push([cross]);
      }
      runsOfArc[runsOfArc.length - 1].push(arc[v]);
    }
    const ids = runsOfArc.length === 1 ? [k]
      : runsOfArc.map((run) => arcs.push(withoutRepeats(run)) - 1);
    if (ids.length > 1) replaced.set(k, ids);
    const signed = i < 0 ? [...ids].reverse().map((id) => ~id) : ids;
    for (const id of signed) {
      const run = arcs[id < 0 ? ~id : id];
      const middle = run.length > 2 ? run[Math.floor(run.length / 2)][1]
        : (run[0][1] + run[1][1]) / 2;
      parts[middle >= y ? 0 : 1].push(id);
    }
  }
  if (crossings.length !== 2) throw new Error(`parallel crossed ${crossings.length} times`);
  const line = arcs.push(parallel(...crossings.map(([x]) => x).sort((a, b) => a - b), y)) - 1;
  return parts.map((part) => join([...runs(part), [line], [~line]]
    .filter((c) => c[0] !== line && c[0] !== ~line ? true : fits(part, c[0])))[0]);
}

// A line along a parallel, a vertex every 50 columns (0.18 degrees): its geodesic edges stay
// within 3 m of the parallel.
function parallel(fromX, untilX, y) {
  const line = [];
  for (let x = fromX; x < untilX; x += 50) line.push([x, y]);
  return [...line, [untilX, y]];
}

// Does the closing arc lead from the end of the part's only run to its start?
function fits(part, closing) {
  const run = runs(part)[0];
  return same(ends(closing)[0], ends(run[run.length - 1])[1]);
}

const replaced = new Map(); // arc -> its pieces
for (const [from, id, name, latitude] of cuts) {
  const y = Math.round((latitude - originY) / scaleY);
  const polygons = outlines.get(from).polygons;
  const size = (p) => p[0].reduce((n, i) => n + arcs[i < 0 ? ~i : i].length, 0);
  const largest = polygons.reduce((a, b) => (size(b) > size(a) ? b : a));
  const [north, south] = cutRing(largest[0], y);
  polygons[polygons.indexOf(largest)] = [north, ...largest.slice(1)];
  add(id, name, [[south]]);
}
for (const outline of outlines.values())
  outline.polygons = outline.polygons.map((p) => p.map((ring) => ring.flatMap((i) => {
    const ids = replaced.get(i < 0 ? ~i : i);
    if (!ids) return [i];
    return i < 0 ? [...ids].reverse().map((id) => ~id) : ids;
  })));

// Numbers from 1 in the order of first use, so that a sign can tell the direction.
const order = new Map();
for (const {polygons} of outlines.values())
  for (const i of polygons.flat(2)) {
    const k = i < 0 ? ~i : i;
    if (!order.has(k)) order.set(k, order.size + 1);
  }
const number = (i) => (i < 0 ? `-${order.get(~i)}` : `${order.get(i)}`);

const head = `# Source: Natural Earth 1:10m Cultural Vectors, Admin 0 countries (public domain), as
# TopoJSON in the npm package world-atlas ${version}, countries-10m.json (ISC licence).
# Made by tools/make-outlines.mjs on 2026-11-22; that file says what it changes.
`;
const perLine = 60;
function arcLine([k, n]) {
  const arc = arcs[k];
  const numbers = arc.map(([x, y], i) => {
    if (i === 0) return `${x} ${y}`;
    let dx = x - arc[i - 1][0];
    if (dx > seamX / 2) dx -= seamX; // the short way over the seam
    if (dx < -seamX / 2) dx += seamX;
    return `${dx} ${y - arc[i - 1][1]}`;
  });
  const lines = [];
  for (let i = 0; i < numbers.length; i += perLine)
    lines.push(numbers.slice(i, i + perLine).join(' '));
  return `${n}\t${lines.join('\n\t')}\n`;
}

fs.mkdirSync(outDir, {recursive: true});
const arcText = [...order].map(arcLine).join('');
fs.writeFileSync(path.join(outDir, 'arcs.txt'), `${head}#
# One arc: its number, a tab, then pairs of integers: the first vertex, then differences. A line
# that starts with a tab goes on with the arc before. An arc that ends where it began is closed.
# Degrees: longitude = ${originX} + x * 360 / ${seamX}, latitude = lat0 + y * step. Longitudes
# count on beyond ${seamX} or below 0 where an arc crosses the 180th meridian.
step\t${scaleY}
lat0\t${originY}
columns\t${seamX}
${arcText}`);

const rows = [];
for (const [id, {name, polygons}] of [...outlines].sort(([a], [b]) => (a < b ? -1 : 1)))
  for (const polygon of polygons)
    rows.push(`${id}\t${name}\t${polygon.map((r) => r.map(number).join(' ')).join(' / ')}\n`);
fs.writeFileSync(path.join(outDir, 'states.txt'), `${head}#
# One polygon a row: outline (ISO 3166-1 numeric, or a word), name, rings separated by '/': first
# the outer one, then holes; a ring is a list of arc numbers, run backwards when negative.
${rows.join('')}`);

const uses = new Map();
for (const {polygons} of outlines.values())
  for (const i of polygons.flat(2)) uses.set(i < 0 ? ~i : i, (uses.get(i < 0 ? ~i : i) ?? 0) + 1);
const odd = [...uses].filter(([, n]) => n > 2);
console.log(`${order.size} arcs, ${outlines.size} outlines, ${rows.length} polygons, ` +
  `${odd.length} arcs used more than twice`);
