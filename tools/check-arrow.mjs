// SPDX-License-Identifier: Apache-2.0
// Reads `check --batch --format arrow` with Apache Arrow's own library and holds it against the CSV of
// the same run, cell by cell, and against the answers in JSON lines. Exit 77: the library is not
// installed (./dev setup tools).
// Usage: node tools/check-arrow.mjs ARROW CSV JSONL
import fs from 'node:fs';

let arrow;
try {
  arrow = await import('apache-arrow');
} catch {
  console.error('check-arrow: npm package apache-arrow is not here (./dev setup tools)');
  process.exit(77);
}
const [arrowFile, csvFile, jsonFile] = process.argv.slice(2);
const bytes = fs.readFileSync(arrowFile);
const table = arrow.tableFromIPC(bytes);
let wrong = 0;
const say = (text) => {
  if (wrong++ < 20) console.error(`check-arrow: ${text}`);
};

// RFC 4180, whole.
function parseCsv(text) {
  const rows = [];
  let row = [], cell = '', quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '"' && text[i + 1] === '"') { cell += '"'; i++; }
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === ',') { row.push(cell); cell = ''; }
    else if (!quoted && c === '\r') continue;
    else if (!quoted && c === '\n') { rows.push([...row, cell]); row = []; cell = ''; }
    else cell += c;
  }
  return rows;
}

const [names, ...rows] = parseCsv(fs.readFileSync(csvFile, 'utf8'));
const fields = table.schema.fields;
if (fields.map((f) => f.name).join() !== names.join()) say(`columns ${fields.map((f) => f.name)} against ${names}`);
if (table.numRows !== rows.length) say(`${table.numRows} rows, CSV has ${rows.length}`);
for (const batch of table.batches)
  if (batch.numRows > 8192) say(`a record batch of ${batch.numRows} rows`);

function shown(value, field) {
  if (value === null) return '';
  if (arrow.DataType.isTimestamp(field.type)) return new Date(Number(value)).toISOString().replace('.000Z', 'Z');
  if (arrow.DataType.isFloat(field.type)) return value.toFixed(field.name === 'inside_nm' ? 3 : 7);
  return String(value);
}
const units = { deg: 'degree', ft: 'foot', nm: 'nautical_mile' };
fields.forEach((field, k) => {
  const unit = units[field.name.split('_').pop()];
  if (field.metadata.get('unit') !== unit) say(`${field.name}: unit ${field.metadata.get('unit')}`);
  if (!field.nullable) say(`${field.name} is not nullable`);
  const column = table.getChildAt(k);
  for (let i = 0; i < rows.length; i++) {
    const got = shown(column.get(i), field);
    if (got !== rows[i][k]
        // two ways to round a half: as numbers they are the same
        && !(arrow.DataType.isFloat(field.type) && Math.abs(got - rows[i][k]) < 1.1e-3 * (k === names.indexOf('inside_nm') ? 1 : 1e-4)))
      say(`row ${i}, ${field.name}: "${got}" against "${rows[i][k]}"`);
  }
});

// JSON lines: a flight gives as many rows as it has crossings, or one.
let at = 0;
for (const line of fs.readFileSync(jsonFile, 'utf8').split('\n')) {
  if (line === '') continue;
  const flight = JSON.parse(line);
  const count = Math.max(1, flight.crossings.length);
  for (let i = 0; i < count; i++, at++) {
    const row = table.get(at);
    const crossing = flight.crossings[i];
    if (row === null) { say(`row ${at} is missing`); continue; }
    if (row.answer !== flight.answer || row.flight !== flight.flight.id || row.why !== flight.why
        || row.state !== flight.flight.state || String(row.record) !== String(flight.record))
      say(`row ${at}: ${row.flight} ${row.answer} against ${flight.flight.id} ${flight.answer}`);
    if (crossing !== undefined
        && (row.restriction !== crossing.restriction || row.entry_level_ft !== crossing.entry.level_ft
            || row.verdict !== crossing.verdict || row.applies !== crossing.applies
            || row.territory !== crossing.territory
            || Math.abs(row.entry_lon_deg - crossing.entry.lon) > 1e-7
            || Number(row.entry_time) !== Date.parse(crossing.entry.time)))
      say(`row ${at}: crossing of ${row.restriction}`);
  }
}
if (at !== table.numRows) say(`${table.numRows} rows, the JSON lines make ${at}`);
// What is cut off is not taken for the whole: the end of the stream is there.
if (bytes.subarray(-8).toString('hex') !== 'ffffffff00000000') say('no end of the stream');
console.log(`check-arrow: ${table.numRows} rows, ${fields.length} columns, ${table.batches.length} record batches, ${wrong} wrong`);
process.exit(wrong > 0 ? 1 : 0);
