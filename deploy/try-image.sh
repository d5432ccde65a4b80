#!/bin/sh
# Carries out the Dockerfile without a container engine: each stage in an empty folder that borrows the system
# (Debian and Node) of this machine read-only, then the service as its user in a read-only tree. Nothing is left.
set -eu
cd "$(dirname "$0")/.."

if [ "$(id -u)" != 0 ] || ! unshare --mount --pid --fork true 2>/dev/null; then
  echo 'The image was not tried: that needs root, and the right to mount.' >&2
  exit 0
fi
folder=$(mktemp -d)
# Mounts and processes end with the namespaces; what is removed here are files of this folder and nothing else.
trap 'rm -rf --one-file-system "$folder"' EXIT
trap 'exit 1' HUP INT TERM
unshare --mount --propagation private --pid --fork --kill-child \
  node_modules/.bin/tsx test/deploy/image/try.ts "$folder"
