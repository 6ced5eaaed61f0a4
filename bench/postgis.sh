#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# postgis.sh check: is there a PostgreSQL with PostGIS?
# postgis.sh FOLDER: starts a PostgreSQL of its own in FOLDER (a socket there, no network), feeds it FOLDER/load.sql and
# FOLDER/ask.sql, writes what it says into FOLDER/said, stops it. FOLDER is the caller's to remove.
set -eu

bin=
for place in /usr/lib/postgresql/*/bin; do
    version=${place%/bin}
    version=${version##*/}
    [ -f "/usr/share/postgresql/$version/extension/postgis.control" ] && bin=$place
done
[ -n "$bin" ] && [ -x "$bin/initdb" ] && [ -x "$bin/psql" ] || { echo "no PostgreSQL with PostGIS"; exit 77; }
[ "$1" != check ] || exit 0

folder=$(cd "$1" && pwd)
# The server refuses to run as root.
if [ "$(id -u)" -eq 0 ]; then
    chown -R postgres "$folder"
    as="runuser -u postgres --"
else
    as=
fi

cd "$folder"
$as "$bin/initdb" -D "$folder/data" -U bench -A trust -E UTF8 --locale=C --no-sync >"$folder/log" 2>&1
cat >>"$folder/data/postgresql.conf" <<TXT
listen_addresses = ''
unix_socket_directories = '$folder'
fsync = off
shared_buffers = 256MB
work_mem = 64MB
maintenance_work_mem = 256MB
jit = off
max_parallel_workers_per_gather = 0
max_parallel_maintenance_workers = 0
autovacuum = off
TXT
stop()
{
    $as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >>"$folder/log" 2>&1 || :
}
trap stop EXIT
trap 'exit 2' INT TERM
$as "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/server.log" start >>"$folder/log" 2>&1
for part in load ask; do
    $as "$bin/psql" -X -q -t -A -v ON_ERROR_STOP=1 -h "$folder" -U bench -d postgres -f "$folder/$part.sql" >"$folder/said" 2>&1 \
        || { head -5 "$folder/said"; exit 1; }
done
