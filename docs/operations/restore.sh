#!/usr/bin/env bash
# restore.sh DIR: what backup.sh kept in DIR, into the places that the environment names, which must be empty.
# Put the master key in place first (INZAGE_MASTER_KEY, or master.key in INZAGE_HOME). Ends with a check of the trail and every artefact.
set -euo pipefail
umask 077
from=$1
home=${INZAGE_HOME:-.inzage}
register=${INZAGE_DATABASE_URL:-sqlite:///$home/register.sqlite}
vault=${INZAGE_VAULT_URL:-file://$home/vault}
mkdir -p "$home"

case $register in
  sqlite:///*) cp --no-clobber "$from/register.sqlite" "${register#sqlite:///}" ;;
  postgresql://*) pg_restore --no-owner --exit-on-error --dbname="$register" "$from/register.dump" ;;
esac
case $vault in
  file://*) mkdir -p "${vault#file://}" && cp -a "$from/vault/." "${vault#file://}/" ;;
esac
[ ! -f "$from/shapes.json" ] || cp -a "$from/shapes.json" "$home/"
"${INZAGE:-inzage}" audit verify --artefacts
