#!/bin/sh
set -e
mkdir -p /var/lib/keeper
chown keeper /var/lib/keeper
exec gosu keeper "$@"
