# shellcheck shell=bash
# A PostgreSQL of its own for one run of the tests: scratch folder, free port, gone at the end. Sourced by bin/test and bin/bench.
# PostgreSQL refuses to run as root: as root, an unprivileged account of the system runs it.

PG_DIR=
PG_AS=()

# start_postgres durable|volatile: durable, each commit waits for the disk, as in production.
start_postgres() {
  local bin port password log safety
  bin=$(postgres_bin)
  [ -n "$bin" ] || die "PostgreSQL n'est pas installé : bin/setup."
  # Short path: a Unix socket's name is limited to about 100 characters.
  PG_DIR=$(mktemp -d "${TMPDIR:-/tmp}/rdv-pg.XXXXXX")
  log=$PG_DIR/log
  port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
  password=$(node -e 'console.log(require("crypto").randomBytes(16).toString("hex"))')
  # mktemp closed the folder to others, so the password's file is as private as the cluster.
  printf '%s' "$password" >"$PG_DIR/password"
  if [ "$(id -u)" -eq 0 ]; then
    local account=postgres
    id "$account" >/dev/null 2>&1 || account=nobody
    PG_AS=(setpriv --reuid="$account" --regid="$(id -g "$account")" --clear-groups env "HOME=$PG_DIR")
    chown -R "$account" "$PG_DIR"
  fi
  (cd / && "${PG_AS[@]}" "$bin/initdb" --pgdata="$PG_DIR/data" --username=postgres --auth=scram-sha-256 \
    --pwfile="$PG_DIR/password" --encoding=UTF8 --locale=C.UTF-8 --no-sync) >"$PG_DIR/initdb.log" 2>&1 ||
    { cat "$PG_DIR/initdb.log" >&2; die "initdb a échoué."; }
  # Nothing here has to survive a crash: no waiting for the disk.
  safety="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
  [ "$1" != durable ] || safety=
  (cd / && "${PG_AS[@]}" "$bin/pg_ctl" --pgdata="$PG_DIR/data" --log="$log" --wait --timeout=60 start \
    --options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$PG_DIR $safety \
      -c max_connections=300 -c shared_buffers=64MB") >/dev/null 2>&1 ||
    { cat "$log" >&2; die "PostgreSQL n'a pas démarré."; }
  export TEST_POSTGRES_URL=postgres://postgres:$password@127.0.0.1:$port/postgres
}

stop_postgres() {
  [ -n "$PG_DIR" ] || return 0
  (cd / && "${PG_AS[@]}" "$(postgres_bin)/pg_ctl" --pgdata="$PG_DIR/data" --mode=immediate --wait stop) >/dev/null 2>&1 || true
  rm -rf "$PG_DIR"
  PG_DIR=
}
