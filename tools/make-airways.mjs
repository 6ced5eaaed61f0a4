// SPDX-License-Identifier: Apache-2.0
// make-airways.mjs [FOLDER] - writes data/nav/{navaids,fixes,airways}.txt out of the files nav.dat.gz
// (X-Plane 810), fix.dat.gz (600) and awy.dat.gz (640) of the Debian package flightgear-data-base.
// FOLDER holds the three; without it the package is fetched with apt-get (1.3 GB) and only they are
// unpacked. Not part of the build: the tables it writes are kept. They stay under the GNU GPL,
// version 2 or later, as what they are made of (data/nav/LICENSE); this script does not.
//
// What it does to the data:
// - taken: NDBs and their locators (2), VORs (3), DMEs (12, 13) that stand alone or are TACANs.
//   Left out: landing systems (4 to 9), their DMEs, and a DME within a mile of the aid it belongs to.
// - of fixes and aids within a mile (1 NM) of one name one is kept, an aid before a fix.
// - a point that only an airway has is added to the fixes; the 640 form names points by place.
// - an airway's segments are strung into chains. A segment that is listed in the low and in the high
//   structure is one segment of both, from the lowest base to the highest top.
// - positions are rounded to five decimals of a degree (a metre).
// - a variation of exactly 0 means "not known" there (Kathmandu, Panama, Quito): it is left empty.
// - names that are no names (a stop, a stroke, a blank or a byte beyond ASCII in them) are left out.
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import zlib from 'node:zlib';

const PACKAGE = 'flightgear-data-base';
const INSIDE = './usr/share/games/flightgear/Navaids';
const NAMES = ['awy', 'fix', 'nav'];
const MILE_DEG = 1 / 60;
const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(here, '..', 'data', 'nav');

function fetched() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'overfly-nav-'));
  execFileSync('apt-get', ['download', PACKAGE], {cwd: folder, stdio: ['ignore', 2, 2]});
  const deb = fs.readdirSync(folder).find((name) => name.endsWith('.deb'));
  const inside = NAMES.map((name) => `${INSIDE}/${name}.dat.gz`).join(' ');
  execFileSync('sh', ['-c', `dpkg-deb --fsys-tarfile "$1" | tar -x --strip-components=6 ${inside}`,
    'sh', deb], {cwd: folder, stdio: ['ignore', 2, 2]});
  fs.rmSync(path.join(folder, deb));
  return folder;
}

const given = process.argv[2];
const source = given ?? fetched();
const lines = {};
for (const name of NAMES) {
  const text = zlib.gunzipSync(fs.readFileSync(path.join(source, `${name}.dat.gz`))).toString('latin1');
  lines[name] = text.split(/\r?\n/).slice(1);
  if (!lines[name].some((line) => line.includes('data cycle 2013.10')))
    throw new Error(`${name}.dat.gz is not of cycle 2013.10: the heads of the tables would lie`);
}
if (!given) fs.rmSync(source, {recursive: true});

// ---- points: an aid or a fix a name and place, once within a mile ----

const isName = (text) => /^[A-Z0-9]{1,6}$/.test(text);
const byName = new Map();

function away(a, b) { // in degrees of a great circle, near enough for a mile
  const lon = Math.abs(a.lon - b.lon);
  return Math.hypot(a.lat - b.lat,
    Math.min(lon, 360 - lon) * Math.cos(((a.lat + b.lat) / 2) * (Math.PI / 180)));
}

function nearest(ident, place) {
  let best = null;
  for (const point of byName.get(ident) ?? [])
    if (!best || away(point, place) < away(best, place)) best = point;
  return best;
}

const counts = {aids: 0, fixes: 0, added: 0, twice: 0, nameless: 0};
function addPoint(point) {
  const same = nearest(point.ident, point);
  if (same && away(same, point) < MILE_DEG) return same;
  if (!byName.has(point.ident)) byName.set(point.ident, []);
  byName.get(point.ident).push(point);
  return point;
}

// ---- aids ----

const rank = {vortac: 0, 'vor-dme': 1, vor: 2, tacan: 3, 'ndb-dme': 4, ndb: 5, dme: 6};

function aidOf(line) {
  const f = line.trim().split(/\s+/);
  if (!['2', '3', '12', '13'].includes(f[0]) || f.length < 9) return null;
  const words = f.slice(8);
  const last = words[words.length - 1];
  let kind = {'NDB': 'ndb', 'LOM': 'ndb', 'NDB-DME': 'ndb-dme', 'VOR': 'vor', 'VOR-DME': 'vor-dme',
    'VORTAC': 'vortac', 'TACAN': 'tacan', 'DME': 'dme'}[last];
  if (words.includes('DME-ILS') || !kind) return null;
  if (f[0] === '12' || f[0] === '13') kind = words.includes('TACAN') ? 'tacan' : 'dme';
  while (/^(NDB|LOM|NDB-DME|VOR|VOR-DME|VORTAC|TACAN|DME)$/.test(words[words.length - 1])) words.pop();
  return {ident: f[7], kind, lat: Number(f[1]), lon: Number(f[2]), elevation: Number(f[3]),
    frequency: Number(f[4]) * (f[0] === '2' ? 1 : 10), range: Number(f[5]),
    variation: f[0] === '3' && Number(f[6]) !== 0 ? Math.round((((Number(f[6]) + 540) % 360) - 180) * 10) / 10 : null, name: words.join(' ')};
}

const aids = [];
const found = lines.nav.map(aidOf).filter((aid) => aid);
found.sort((a, b) => rank[a.kind] - rank[b.kind]);
for (const aid of found) {
  if (!isName(aid.ident)) {
    counts.nameless++;
    continue;
  }
  const same = nearest(aid.ident, aid);
  const isNear = same && away(same, aid) < MILE_DEG;
  if (isNear && (aid.kind === 'dme' || aid.kind === 'tacan' || same.kind.slice(0, 3) === aid.kind.slice(0, 3))) {
    counts.twice++; // the DME half of a VOR or NDB, or the same aid again
    continue;
  }
  addPoint(aid);
  aids.push(aid);
}

// ---- fixes ----

const fixes = [];
function addFix(ident, lat, lon) {
  const fix = {ident, kind: 'fix', lat, lon};
  const point = addPoint(fix);
  if (point === fix) fixes.push(fix);
  return point;
}
for (const line of lines.fix) {
  const f = line.trim().split(/\s+/);
  if (f.length !== 3) continue;
  if (!isName(f[2])) counts.nameless++;
  else if (addFix(f[2], Number(f[0]), Number(f[1])) !== fixes[fixes.length - 1]) counts.twice++;
}
counts.fixes = fixes.length;

// ---- airways: the segments of each name, then chains ----

const airways = new Map();
for (const line of lines.awy) {
  const f = line.trim().split(/\s+/);
  if (f.length < 10) continue;
  const names = f.slice(9).join(' ').split('-').filter((name) => isName(name));
  if (names.length === 0 || !isName(f[0]) || !isName(f[3])) {
    counts.nameless++;
    continue;
  }
  const a = addFix(f[0], Number(f[1]), Number(f[2]));
  const b = addFix(f[3], Number(f[4]), Number(f[5]));
  for (const name of names) {
    if (!airways.has(name)) airways.set(name, new Map());
    const segments = airways.get(name);
    const before = segments.get(a)?.get(b);
    const segment = before ?? {low: false, high: false, base: 999, top: 0, done: false};
    segment.low ||= f[6] === '1';
    segment.high ||= f[6] === '2';
    segment.base = Math.min(segment.base, Number(f[7]));
    segment.top = Math.max(segment.top, Number(f[8]));
    for (const [from, to] of [[a, b], [b, a]]) {
      if (!segments.has(from)) segments.set(from, new Map());
      segments.get(from).set(to, segment);
    }
  }
}
counts.added = fixes.length - counts.fixes;

const order = (a, b) => (a.ident < b.ident ? -1 : a.ident > b.ident ? 1 : a.lat - b.lat || a.lon - b.lon);

// "BITTA", or "ABA/12.5,-69.9" where several points bear the name: the one nearest to that place.
function token(point) {
  if (byName.get(point.ident).length === 1) return point.ident;
  for (let digits = 1; ; digits++) {
    const place = {lat: Number(point.lat.toFixed(digits)), lon: Number(point.lon.toFixed(digits))};
    if (nearest(point.ident, place) === point) return `${point.ident}/${place.lat},${place.lon}`;
  }
}

function chain(segments, start) {
  const words = [];
  let level = '';
  let at = start;
  for (;;) {
    words.push(token(at));
    const next = [...segments.get(at)].filter(([, s]) => !s.done).sort((x, y) => order(x[0], y[0]))[0];
    if (!next) return words;
    const s = next[1];
    const said = `${s.low && s.high ? 'B' : s.low ? 'L' : 'H'}${s.base}-${s.top}`;
    if (said !== level) words.splice(words.length === 1 ? 0 : words.length, 0, said);
    level = said;
    s.done = true;
    at = next[0];
  }
}

const isOpen = (segments, point) => [...segments.get(point).values()].some((s) => !s.done);
const rows = [];
for (const name of [...airways.keys()].sort()) {
  const segments = airways.get(name);
  const points = [...segments.keys()].sort(order);
  const ends = points.filter((point) => segments.get(point).size % 2 === 1);
  for (const start of [...ends, ...points]) // rings last: they have no end
    while (isOpen(segments, start)) {
      let row = name;
      for (const word of chain(segments, start)) {
        const isFirst = row === name;
        if (row.length - row.lastIndexOf('\n') + word.length > 98) row += `\n\t${word}`;
        else row += (isFirst ? '\t' : ' ') + word;
      }
      rows.push(row);
    }
}

// ---- the tables ----

const today = new Date().toISOString().slice(0, 10);
function head(what, more) {
  return `# ${what}
# Source: X-Plane navigation data, cycle 2013.10, build 20131334, (c) 2013 Robin A. Peel, GNU GPL
# version 2 or later, from the Debian package flightgear-data-base 2020.3.16.
#
# Not Apache-2.0: see LICENSE in this folder. Changed and set in this form by tools/make-airways.mjs
# on ${today}; that file says how. Out of date since 2013: not for navigation.
#
${more}`;
}
const write = (name, text) => fs.writeFileSync(path.join(out, name), text);
fs.mkdirSync(out, {recursive: true});
const degrees = (value) => String(Number(value.toFixed(5)));

write('navaids.txt', head('Radio navigation aids: VOR, NDB, DME, TACAN.',
  `# Degrees; the feet above mean sea level of the aid; kHz; NM; variation: degrees by which the radial 0 of a
# VOR lies east of true north.
# ident	kind	lat	lon	elevation_ft	frequency_khz	range_nm	variation_deg	name
`) + aids.sort(order).map((a) => [a.ident, a.kind, degrees(a.lat), degrees(a.lon), a.elevation || '-',
  a.frequency, a.range, a.variation === null ? '-' : a.variation, a.name || '-'].join('\t')).join('\n') + '\n');
counts.aids = aids.length;

// A cell of a degree is named by its south-western corner.
function cellOf(point) {
  const lat = Math.floor(Number(point.lat.toFixed(5)));
  const lon = Math.floor(Number(point.lon.toFixed(5)));
  return {lat, lon};
}
const digits5 = (value, whole) => String(Math.round((Number(value.toFixed(5)) - whole) * 1e5)).padStart(5, '0');
let text = head('Fixes: named points of air routes and procedures.',
  `# A line "=	lat	lon" opens a cell of one degree and gives its south-western corner. Each line under it:
# a name, and what is added to the corner's latitude and longitude, in 1/100,000 of a degree.
`);
let cell = null;
const sorted = fixes.map((fix) => ({...fix, cell: cellOf(fix)}));
sorted.sort((a, b) => a.cell.lat - b.cell.lat || a.cell.lon - b.cell.lon || order(a, b));
for (const fix of sorted) {
  if (!cell || fix.cell.lat !== cell.lat || fix.cell.lon !== cell.lon) {
    cell = fix.cell;
    text += `=\t${cell.lat}\t${cell.lon}\n`;
  }
  text += `${fix.ident} ${digits5(fix.lat, cell.lat)} ${digits5(fix.lon, cell.lon)}\n`;
}
write('fixes.txt', text);

write('airways.txt', head('Airways, as chains of points.',
  `# A name, a tab, then points in order; a line that starts with a tab goes on with the chain before. A name
# with several chains names several airways. "B60-460" says that the segments behind it reach from FL 60 to
# FL 460 and belong to the low (L), the high (H) or both structures (B). Of several points of one name the
# nearest to the place behind the stroke is meant: ABA/12.5,-69.9. No direction of flight is known.
`) + rows.join('\n') + '\n');

console.log(`${counts.aids} aids, ${fixes.length} fixes (${counts.added} from airways only), `
  + `${airways.size} airway names in ${rows.length} chains; left out: ${counts.twice} twice there, `
  + `${counts.nameless} without a proper name`);
