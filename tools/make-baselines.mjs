// SPDX-License-Identifier: Apache-2.0
// Derives archipelagic baselines from the outlines: data/zones/archipelagos.zone.
//
//   node tools/make-baselines.mjs > data/zones/archipelagos.zone
//
// A line round the outermost points of the outermost islands, no segment longer than 100 NM, or than
// 125 NM where a group says so (UNCLOS art. 47, paragraphs 1 and 2): where a disc of that width
// touches them when it is rolled round. States' own turning points, deposited with the United
// Nations, differ by some miles; where a State left islands out, the group does too.
import { readFileSync } from 'node:fs';

const root = new URL('../data/', import.meta.url);
const text = (name) => readFileSync(new URL(name, root), 'utf8');
const rows = (name) =>
  text(name)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'));

// Boxes are south, west, north, east; longitudes may count on beyond 180.
const groups = [
  { id: 'bahamas', state: 'BHS', name: 'Bahamas', box: [20, -81, 28, -72], reach: 100, law: 'Archipelagic Waters and Maritime Jurisdiction (Archipelagic Baselines) Order 2008' },
  { id: 'fiji', state: 'FJI', name: 'Fiji', box: [-20, 176.5, -15.5, 182], reach: 100, law: 'Marine Spaces (Archipelagic Baselines and Exclusive Economic Zone) Order 1981' },
  { id: 'indonesia', state: 'IDN', name: 'Indonesia', box: [-12, 94, 7, 142], reach: 125, law: 'Government Regulation 38/2002, amended by 37/2008' },
  { id: 'philippines', state: 'PHL', name: 'Philippines', box: [4, 116.5, 22, 127], reach: 125, law: 'Republic Act 9522 of 2009' },
  { id: 'papua-new-guinea', state: 'PNG', name: 'Papua New Guinea', box: [-12, 140.5, -0.5, 156.5], reach: 125, law: 'declaration of the baselines by method of coordinates, 2002' },
  { id: 'solomon-main', state: 'SLB', name: 'Solomon Islands, main archipelago', box: [-11, 155, -6, 162.6], reach: 100, law: 'Delimitation of Marine Waters Act, Declaration of Archipelagic Baselines 1979' },
  { id: 'solomon-santa-cruz', state: 'SLB', name: 'Solomon Islands, Santa Cruz', box: [-12, 165, -9.5, 167.5], reach: 100, law: 'Delimitation of Marine Waters Act, Declaration of Archipelagic Baselines 1979' },
  { id: 'vanuatu', state: 'VUT', name: 'Vanuatu', box: [-21, 166, -13, 170.5], reach: 100, law: 'Maritime Zones Act 6 of 2010' },
  { id: 'maldives', state: 'MDV', name: 'Maldives', box: [-1, 72, 8, 74.5], reach: 100, law: 'Maritime Zones of Maldives Act 6/96' },
  { id: 'cape-verde', state: 'CPV', name: 'Cabo Verde', box: [14, -26, 18, -22], reach: 100, law: 'Law 60/IV/92, art. 24' },
  { id: 'seychelles-granitic', state: 'SYC', name: 'Seychelles, inner islands', box: [-5.2, 54.8, -3.5, 56.2], reach: 100, law: 'Maritime Zones (Baselines) Order 2008' },
  { id: 'sao-tome', state: 'STP', name: 'Sao Tome and Principe', box: [-1, 6, 2, 8], reach: 100, law: 'Law 1/98' },
  { id: 'comoros', state: 'COM', name: 'Comoros', box: [-12.5, 43, -11, 44.7], reach: 100, law: 'Decree 10-092 of 2010; without Mayotte, which it includes' },
  { id: 'jamaica', state: 'JAM', name: 'Jamaica', box: [16.5, -79, 19, -75.5], reach: 100, law: 'Maritime Areas Act 1996; Exclusive Economic Zone (Baselines) Regulations 1992' },
  { id: 'antigua', state: 'ATG', name: 'Antigua and Barbuda', box: [16.5, -62.5, 18, -61.5], reach: 100, law: 'Maritime Areas Act 1982' },
  { id: 'saint-vincent', state: 'VCT', name: 'Saint Vincent and the Grenadines', box: [12.4, -61.7, 13.6, -61], reach: 100, law: 'Maritime Areas Act 1983; baselines of 2014' },
  { id: 'grenada', state: 'GRD', name: 'Grenada', box: [11.9, -62, 12.7, -61.2], reach: 100, law: 'Grenada Territorial Sea and Maritime Boundaries Act 1989' },
  { id: 'trinidad', state: 'TTO', name: 'Trinidad and Tobago', box: [9.8, -62, 11.6, -60.3], reach: 100, law: 'Archipelagic Waters and Exclusive Economic Zone Act 1986; order of 2004' },
];

const R_NM = 3440.065;
const RAD = Math.PI / 180;
const ACCURACY_KM = 10;

function readArcs() {
  const settings = {};
  const arcs = [];
  for (const [head, body] of rows('outline/arcs.txt')) {
    if (head in { step: 0, lat0: 0, columns: 0 }) settings[head] = Number(body);
    else if (head === '') arcs.at(-1).push(...body.split(' ').map(Number));
    else arcs.push(body.split(' ').map(Number));
  }
  return arcs.map((numbers) => {
    const line = [];
    for (let i = 0, x = 0, y = 0; i + 1 < numbers.length; i += 2) {
      x += numbers[i];
      y += numbers[i + 1];
      line.push([settings.lat0 + y * settings.step, -180 + (x * 360) / settings.columns]);
    }
    return line;
  });
}

// Coasts: arcs that one outline uses.
function coastsByOutline(arcs) {
  const uses = new Map();
  const polygons = rows('outline/states.txt');
  const numbersOf = (rings) => rings.replaceAll('/', ' ').split(' ').filter(Boolean).map((n) => Math.abs(Number(n)));
  for (const [, , rings] of polygons) for (const n of numbersOf(rings)) uses.set(n, (uses.get(n) ?? 0) + 1);
  const coasts = new Map();
  for (const [id, , rings] of polygons)
    for (const n of numbersOf(rings))
      if (uses.get(n) === 1) coasts.set(id, [...(coasts.get(id) ?? []), arcs[n - 1]]);
  return coasts;
}

function pointsOf(group, coasts) {
  const outlines = rows('states.txt').find((row) => row[0] === group.state)[8].split('|');
  const all = outlines.flatMap((id) => (coasts.get(id) ?? []).flat());
  for (const [, state, lat, lon] of rows('islets.txt')) if (state === group.state) all.push([Number(lat), Number(lon)]);
  const [south, west, north, east] = group.box;
  return all
    .map(([lat, lon]) => [lat, lon < west ? lon + 360 : lon > east ? lon - 360 : lon])
    .filter(([lat, lon]) => lat >= south && lat <= north && lon >= west && lon <= east);
}

// Rolls a disc as wide as the longest segment round the points, from the southernmost one, and
// returns the points that it touches: two in a row are never farther apart than that.
function roll(points, reach) {
  const middle = points.reduce((sum, [lat]) => sum + lat, 0) / points.length;
  const k = Math.cos(middle * RAD);
  const plane = points.map(([lat, lon]) => [lon * k * 60, lat * 60]); // NM
  const radius = reach / 2;
  let at = 0;
  plane.forEach((p, i) => { if (p[1] < plane[at][1]) at = i; });
  let centre = -Math.PI / 2; // bearing of the disc's centre from the point, in the plane
  const line = [];
  const seen = new Map(); // directed segments: the way repeats itself when it is round
  for (;;) {
    const [px, py] = plane[at];
    let best = -1, least = Infinity, next = 0;
    plane.forEach(([qx, qy], i) => {
      const half = Math.hypot(qx - px, qy - py) / 2;
      if (half < 1e-6 || half > radius) return;
      const towards = Math.atan2(qy - py, qx - px);
      const off = Math.acos(half / radius); // between the segment and the centre
      for (const angle of [towards - off, towards + off]) {
        let turn = (angle - centre) % (2 * Math.PI);
        while (turn < 1e-9) turn += 2 * Math.PI;
        if (turn < least) { best = i; least = turn; next = angle; }
      }
    });
    if (best < 0) return [points[at]];
    const [qx, qy] = plane[best];
    const segment = [px, py, qx, qy].map((v) => v.toFixed(4)).join();
    if (seen.has(segment)) return line.slice(seen.get(segment)).map((i) => points[i]);
    seen.set(segment, line.length);
    line.push(at);
    const cx = px + radius * Math.cos(next), cy = py + radius * Math.sin(next);
    centre = Math.atan2(cy - qy, cx - qx);
    at = best;
  }
}

// Turning points nearer to each other than 3 NM say no more than the outlines are good for.
function thin(line) {
  const apart = (a, b) => Math.hypot((a[0] - b[0]) * 60, (a[1] - b[1]) * 60 * Math.cos(a[0] * RAD));
  const kept = [];
  for (const p of line) if (kept.length === 0 || apart(kept.at(-1), p) > 3) kept.push(p);
  return kept;
}

// Points left outside: islands beyond the reach of the rest.
function outside(points, line) {
  const holds = ([lat, lon]) =>
    line.reduce((inside, [la, lo], i) => {
      const [lb, lob] = line[(i + 1) % line.length];
      return la > lat !== lb > lat && lon < lo + ((lob - lo) * (lat - la)) / (lb - la) ? !inside : inside;
    }, false);
  return points.filter((p) => !holds(p));
}

const angle = (value, width, letters) => {
  const total = Math.round(Math.abs(value) * 600);
  const degrees = Math.floor(total / 600);
  const minutes = ((total % 600) / 10).toFixed(1).padStart(4, '0');
  return `${String(degrees).padStart(width, '0')} ${minutes} ${letters[value < 0 ? 1 : 0]}`;
};
const place = ([lat, lon]) => {
  const east = ((lon + 540) % 360) - 180;
  return `${angle(lat, 2, 'NS')} ${angle(east, 3, 'EW')}`;
};

const coasts = coastsByOutline(readArcs());
console.log(`# Archipelagic baselines, derived from data/outline: made by tools/make-baselines.mjs, which says how.
# Not the States' own turning points: segments within 100 NM (125 NM for some) round the outermost
# islands, some miles off the deposited lines. docs/formats/zone.md has the grammar.
# Source: Natural Earth 1:10m; the law that each zone names. Date: 2026-11-22. Licence: Apache-2.0.
`);
for (const group of groups) {
  const points = pointsOf(group, coasts);
  const line = thin(roll(points, group.reach));
  const left = outside(points, line).filter(
    (p) => !line.some((q) => Math.hypot(p[0] - q[0], (p[1] - q[1]) * Math.cos(p[0] * RAD)) < 0.07));
  if (left.length > 0) console.error(`${group.id}: ${left.length} of ${points.length} points outside, first ${left[0]}`);
  console.log(`zone ${group.id}\n  name ${group.name}\n  kind archipelago\n  state ${group.state}`);
  console.log(`  accuracy ${ACCURACY_KM} KM\n  note derived from the outlines, not the deposited turning points`);
  console.log(`  source ${group.law}\nlimit`);
  for (let i = 0; i < line.length; i += 4) console.log(`  point ${line.slice(i, i + 4).map(place).join(' - ')}`);
  console.log('  geodesic to origin\nend\n');
}
