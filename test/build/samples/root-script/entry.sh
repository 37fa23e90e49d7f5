#!/bin/sh
set -e
mkdir -p /srv/spool
chown nobody /srv/spool
exec "$@"
