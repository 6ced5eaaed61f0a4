// SPDX-License-Identifier: Apache-2.0
// make-terrain.mjs - writes data/terrain/cells.txt, a floor and a ceiling of the ground for every
// degree cell, out of NOAA's ETOPO5 and the facts typed in data/terrain/. Not part of the build: the
// table it writes is kept. ETOPO5 is in the Debian package ferret-datasets (main):
//
//     apt-get download ferret-datasets && dpkg-deb -x ferret-datasets_*.deb /tmp/ferret
//     node tools/make-terrain.mjs /tmp/ferret/usr/share/ferret-vis/data/etopo5.cdf
//
// ETOPO5 gives one height every 5 minutes, in many places the mean of a wider surrounding: summits
// are up to 2,500 m above it, valleys below it. So it alone bounds nothing, and the ceiling is
//
//     least of   the grid's highest + 600 m + twice its relief, in the cell and 10 minutes round it
//                (2,700 m instead of 600 beside water deeper than 200 m and in Antarctica)
//                the highest point of the States whose land the cell holds, + 25 m
//                what no ground of a region exceeds (data/terrain/limits.txt), + 25 m
//     but not less than each summit of data/terrain/summits.txt in it, or 0.05 degrees off, + 25 m,
//     and not less than 450 m where an island of data/islets.txt lies, whose height nobody has typed.
//
// The floor is the grid's lowest - 200 m - half its relief, 15 m below the sea at the least, and
// lower only where limits.txt has ground below the sea. A cell without land reaches from 0 to
// 120 m (rocks and atolls that no table has), to 300 m south of 60 S (ice).
import fs from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const data = path.join(here, '..', 'data');
const FT = 1 / 0.3048;
const PAD = 2; // grid steps round a cell
const BASE_M = 600;
const STEEP_M = 2700; // beside deep water and in Antarctica
const RELIEF = 2;
const SURVEY_M = 25; // between surveys of one summit, and trees
const NEAR_DEG = 0.05; // places of summits.txt
const SEA_M = 120;
const ICE_M = 300;
const ISLET_M = 450; // above all of them but those of summits.txt: Hermit 246 m, Iony 150 m

// ---- ETOPO5: netCDF classic, one variable ROSE(lat, lon) of 32-bit floats, big-endian ----

function readGrid(file) {
  const bytes = fs.readFileSync(file);
  let at = 0;
  const word = () => bytes.readUInt32BE((at += 4) - 4);
  const name = () => {
    const length = word();
    const text = bytes.toString('latin1', at, at + length);
    at += (length + 3) & ~3;
    return text;
  };
  const itemBytes = [0, 1, 1, 2, 4, 4, 8];
  const attributes = () => {
    word();
    for (let count = word(); count > 0; count--) {
      name();
      const type = word();
      const items = word();
      at += (items * itemBytes[type] + 3) & ~3;
    }
  };
  if (word() !== 0x43444601) throw new Error(`${file}: not a netCDF classic file`);
  word(); // records
  word();
  const dimensions = [];
  for (let count = word(); count > 0; count--) dimensions.push([name(), word()]);
  attributes();
  word();
  for (let count = word(); count > 0; count--) {
    const variable = name();
    const shape = [];
    for (let rank = word(); rank > 0; rank--) shape.push(dimensions[word()][1]);
    attributes();
    const type = word();
    word(); // its size
    const begin = word();
    if (variable !== 'ROSE') continue;
    if (type !== 5 || shape[0] !== 2161 || shape[1] !== 4320) throw new Error('not ETOPO5');
    return (row, column) =>
      bytes.readFloatBE(begin + 4 * (Math.min(2160, Math.max(0, row)) * 4320
        + ((column % 4320) + 4320) % 4320));
  }
  throw new Error(`${file}: no variable ROSE`);
}

// ---- tables ----

const rows = (file) => fs.readFileSync(path.join(data, file), 'utf8').split('\n')
  .filter((line) => line && !line.startsWith('#')).map((line) => line.split('\t'));
const cellOf = (lat, lon) => {
  const row = Math.min(179, Math.max(0, Math.floor(lat + 90)));
  return row * 360 + ((Math.floor(lon + 180) % 360) + 360) % 360;
};

// The outlines that have land in each cell, by their edges and by what lies within them.
function readLand() {
  const frame = {};
  const arcs = new Map();
  let arc = null;
  for (const line of fs.readFileSync(path.join(data, 'outline/arcs.txt'), 'utf8').split('\n')) {
    if (!line || line.startsWith('#')) continue;
    const [head, tail] = line.split('\t');
    if (/^[a-z]/.test(head)) frame[head] = Number(tail);
    else {
      if (head) arcs.set(Number(head), (arc = []));
      arc.push(...tail.split(' ').map(Number));
    }
  }
  const lines = new Map();
  for (const [number, steps] of arcs) {
    const line = [];
    for (let i = 0, x = 0, y = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      line.push([frame.lat0 + y * frame.step, -180 + x * 360 / frame.columns]);
    }
    lines.set(number, line);
  }
  const cells = Array.from({length: 64800}, () => new Set());
  for (const [outline, , text] of rows('outline/states.txt')) {
    const crossings = Array.from({length: 180}, () => []);
    for (const ring of text.split('/')) {
      const points = [];
      for (const number of ring.trim().split(' ').map(Number)) {
        const line = lines.get(Math.abs(number));
        points.push(...(number < 0 ? [...line].reverse() : line));
      }
      points.push(points[0]);
      let turn = 0; // longitudes run on over the 180th meridian
      for (let i = 1; i < points.length; i++) {
        const from = [points[i - 1][0], points[i - 1][1] + turn];
        const step = points[i][1] + turn - from[1];
        if (Math.abs(step) > 180) turn -= 360 * Math.sign(step);
        markEdge(cells, crossings, outline, from, [points[i][0], points[i][1] + turn]);
      }
    }
    if (outline !== '010') fillRows(cells, crossings, outline); // Antarctica holds the pole
  }
  return cells;
}

function markEdge(cells, crossings, outline, [lat1, lon1], [lat2, lon2]) {
  const steps = Math.max(1, Math.ceil(Math.max(Math.abs(lat2 - lat1), Math.abs(lon2 - lon1)) / 0.02));
  for (let i = 0; i <= steps; i++) {
    const lat = lat1 + (lat2 - lat1) * i / steps;
    const lon = lon1 + (lon2 - lon1) * i / steps;
    const wide = 0.02 / Math.max(0.02, Math.cos(lat * Math.PI / 180)); // 1.5 km and more
    for (const [y, x] of [[-0.02, -wide], [-0.02, wide], [0.02, -wide], [0.02, wide]])
      cells[cellOf(lat + y, lon + x)].add(outline);
  }
  const low = Math.min(lat1, lat2);
  const high = Math.max(lat1, lat2);
  for (let row = Math.ceil(low + 89.5); row + 0.5 - 90 < high; row++) {
    if (row + 0.5 - 90 < low) continue;
    crossings[row].push(lon1 + (lon2 - lon1) * (row + 0.5 - 90 - lat1) / (lat2 - lat1));
  }
}

function fillRows(cells, crossings, outline) {
  crossings.forEach((list, row) => {
    list.sort((a, b) => a - b);
    for (let i = 0; i + 1 < list.length; i += 2)
      for (let middle = Math.ceil(list[i] - 0.5) + 0.5; middle < list[i + 1]; middle++)
        cells[cellOf(row + 0.5 - 90, middle)].add(outline);
  });
}

function readFacts() {
  const highestOf = new Map();
  const regions = [];
  const lows = [];
  for (const f of rows('terrain/limits.txt')) {
    if (f[0] === 'state') highestOf.set(f[1], Number(f[2]));
    const box = {name: f[1], south: +f[2], west: +f[3], north: +f[4], east: +f[5], height: +f[6]};
    if (f[0] === 'region') regions.push(box);
    if (f[0] === 'low') lows.push(box);
  }
  const outlineCap = new Map(); // the highest of whom an outline belongs to
  for (const f of rows('states.txt'))
    for (const outline of f[8].split('|'))
      if (highestOf.has(f[0])) outlineCap.set(outline, highestOf.get(f[0]));
  const summits = rows('terrain/summits.txt')
    .map(([name, lat, lon, height]) => ({name, lat: +lat, lon: +lon, height: +height}));
  return {outlineCap, regions, lows, summits};
}

// ---- the bound ----

function gridOf(grid, cell) {
  const row = Math.floor(cell / 360) * 12;
  const column = (cell % 360 + 180) * 12; // the grid begins at 0 E
  const found = {highest: -Infinity, lowest: Infinity, inner: -Infinity};
  for (let y = -PAD; y <= 12 + PAD; y++)
    for (let x = -PAD; x <= 12 + PAD; x++) {
      const height = grid(row + y, column + x);
      found.highest = Math.max(found.highest, height);
      found.lowest = Math.min(found.lowest, height);
      if (y >= 0 && y <= 12 && x >= 0 && x <= 12) found.inner = Math.max(found.inner, height);
    }
  return found;
}

function limitOf(facts, land, cell) {
  let cap = 8849;
  const outlines = [...land[cell]];
  if (outlines.length > 0)
    cap = Math.min(cap, Math.max(...outlines.map((id) => facts.outlineCap.get(id) ?? 8849)));
  const south = Math.floor(cell / 360) - 90;
  const west = cell % 360 - 180;
  for (const r of facts.regions)
    if (south >= r.south && west >= r.west && south + 1 <= r.north && west + 1 <= r.east)
      cap = Math.min(cap, r.height);
  return cap + SURVEY_M;
}

function boundOf(facts, land, grid, cell) {
  const south = Math.floor(cell / 360) - 90;
  const west = cell % 360 - 180;
  const g = gridOf(grid, cell);
  if (land[cell].size === 0 && g.inner <= 0) {
    return {floor: 0, ceiling: south < -60 ? ICE_M : SEA_M, grid: null};
  }
  const highest = Math.max(0, g.highest);
  const relief = highest - Math.max(0, g.lowest);
  const base = south < -60 || g.lowest < -200 ? STEEP_M : BASE_M;
  const bound = {
    floor: Math.max(-15, g.lowest - 200 - relief / 2),
    ceiling: Math.min(highest + base + RELIEF * relief, limitOf(facts, land, cell)),
    grid: highest,
  };
  for (const l of facts.lows)
    if (south < l.north && south + 1 > l.south && west < l.east && west + 1 > l.west)
      bound.floor = Math.min(bound.floor, l.height);
  return bound;
}

function raise(bounds, summits) {
  for (const s of summits)
    for (const [y, x] of [[0, 0], [1, 1], [1, -1], [-1, 1], [-1, -1]]) {
      const bound = bounds[cellOf(s.lat + y * NEAR_DEG, s.lon + x * NEAR_DEG)];
      bound.ceiling = Math.max(bound.ceiling, s.height + SURVEY_M);
    }
}

function raiseIslets(bounds) {
  for (const [, , lat, lon, radius] of rows('islets.txt')) {
    const dy = radius / 110574 + 0.01;
    const dx = dy / Math.cos(lat * Math.PI / 180);
    for (const [y, x] of [[0, 0], [1, 1], [1, -1], [-1, 1], [-1, -1]]) {
      const bound = bounds[cellOf(+lat + y * dy, +lon + x * dx)];
      bound.ceiling = Math.max(bound.ceiling, ISLET_M);
    }
  }
}

// ---- the table: hundreds of feet outwards, a row of latitude a line, runs as "floor/ceiling*n" ----

const hundreds = (bound) =>
  `${Math.floor(bound.floor * FT / 100)}/${Math.ceil(bound.ceiling * FT / 100)}`;

function tableOf(bounds) {
  const lines = [];
  for (let row = 0; row < 180; row++) {
    const runs = [];
    for (let column = 0; column < 360; column++) {
      const text = hundreds(bounds[row * 360 + column]);
      const last = runs[runs.length - 1];
      if (last?.text === text) last.count++;
      else runs.push({text, count: 1});
    }
    const words = runs.map((run) => run.text + (run.count > 1 ? `*${run.count}` : ''));
    lines.push(`${row - 90}\t${words.join(' ')}`);
  }
  return lines;
}

// ---- how good ----

function report(facts, land, grid, bounds) {
  const fresh = () => Array.from({length: 64800}, (_, cell) => boundOf(facts, land, grid, cell));
  const missed = [];
  for (let third = 0; third < 3; third++) {
    const without = fresh();
    raise(without, facts.summits.filter((_, i) => i % 3 !== third));
    raiseIslets(without);
    facts.summits.forEach((s, i) => {
      const ceiling = without[cellOf(s.lat, s.lon)].ceiling;
      if (i % 3 === third && s.height > ceiling)
        missed.push(`${s.name} ${s.height} m over ${Math.round(ceiling)} m`);
    });
  }
  console.log(`summits held back, a third at a time: ${missed.length} of ${facts.summits.length} higher`);
  for (const line of missed) console.log(`  ${line}`);
  for (const [icao, , name, , , lat, lon, elevation] of rows('airports.txt')) {
    if (elevation === '-') continue;
    const bound = bounds[cellOf(+lat, +lon)];
    const height = elevation / FT;
    if (height > bound.ceiling || height < bound.floor)
      console.log(`  airport ${icao} ${name}: ${Math.round(height)} m, bound ${Math.round(bound.floor)} to ${Math.round(bound.ceiling)}`);
  }
  const slack = bounds.filter((b) => b.grid !== null).map((b) => b.ceiling - b.grid).sort((a, b) => a - b);
  console.log(`${slack.length} cells with land; ceiling above the grid's highest: median`
    + ` ${Math.round(slack[slack.length >> 1])} m, 90 % within ${Math.round(slack[Math.floor(slack.length * 0.9)])} m`);
}

const source = process.argv[2];
if (!source) {
  console.error('usage: node tools/make-terrain.mjs ETOPO5.CDF');
  process.exit(2);
}
const grid = readGrid(source);
const land = readLand();
const facts = readFacts();
const bounds = Array.from({length: 64800}, (_, cell) => boundOf(facts, land, grid, cell));
raise(bounds, facts.summits);
raiseIslets(bounds);
fs.writeFileSync(path.join(data, 'terrain/cells.txt'), `# Between which heights the ground of a degree cell lies.
# Source: NOAA ETOPO5 (public domain) from the Debian package ferret-datasets 7.6.0, with the summits,
# highest points and depressions of summits.txt and limits.txt beside this file and the islands of islets.txt. Made by
# tools/make-terrain.mjs on ${new Date().toISOString().slice(0, 10)}; that file says how the bound is drawn.
#
# One row a degree of latitude, named by its southern edge. 360 cells eastwards from 180 W, each
# floor/ceiling in hundreds of feet above mean sea level; "*12": the same twelve times.
# south	cells
${tableOf(bounds).join('\n')}
`);
report(facts, land, grid, bounds);
