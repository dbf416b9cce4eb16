#!/usr/bin/env bash
# backup.sh DIR: register, vault and configuration of this Inzage into DIR, readable by who runs it alone.
# The master key is not in it, on purpose: keep it elsewhere, for with this backup it opens everything.
# Needs the settings of Inzage in the environment; pg_dump for PostgreSQL. A vault on S3 is copied by the tool of its store.
# The files go first and once more after the register: what it names then is there, also where a run goes on meanwhile.
set -euo pipefail
umask 077
out=$1
home=${INZAGE_HOME:-.inzage}
register=${INZAGE_DATABASE_URL:-sqlite:///$home/register.sqlite}
vault=${INZAGE_VAULT_URL:-file://$home/vault}
mkdir -p "$out"
chmod 700 "$out"

copy_vault() {
  case $vault in
    file://*) mkdir -p "$out/vault" && { [ ! -d "${vault#file://}" ] || cp -a --no-clobber "${vault#file://}/." "$out/vault/"; } ;;
    *) echo "backup: copy $vault with the tool of its store, before and after the register" >&2 ;;
  esac
}

copy_vault
case $register in
  sqlite:///*) python3 -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("vacuum into ?", (sys.argv[2],))' \
      "${register#sqlite:///}" "$out/register.sqlite" ;;
  postgresql://*) pg_dump --format=custom --file="$out/register.dump" "$register" ;;
  *) echo "backup: $register is neither SQLite nor PostgreSQL" >&2; exit 1 ;;
esac
copy_vault
[ -z "${INZAGE_CONFIG:-}" ] || cp -a "$INZAGE_CONFIG" "$out/config"
[ ! -f "$home/shapes.json" ] || cp -a "$home/shapes.json" "$out/"
