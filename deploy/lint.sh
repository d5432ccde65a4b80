#!/bin/sh
# Checks what is in this folder with the tools of its trades. What is not installed is named, and skipped.
set -eu
cd "$(dirname "$0")/.."

has() {
  command -v "$1" >/dev/null || { echo "$1 is not installed: not checked with it" >&2; false; }
}

if has yamllint; then yamllint --strict --config-file deploy/.yamllint deploy .github; fi
if has actionlint; then actionlint; fi
if has kubectl; then
  for folder in base workers queue-depth volumes; do
    kubectl kustomize "deploy/kubernetes/$folder" >/dev/null
    echo "deploy/kubernetes/$folder can be built"
  done
fi
if has shellcheck; then shellcheck --severity=warning deploy/*.sh .ci/run; fi
if has promtool; then
  promtool check config deploy/monitoring/prometheus.yaml
  promtool test rules deploy/monitoring/alerts.test.yaml
fi
