#!/usr/bin/env bash
# GraphDB, stopped: puts quads/ into the repository in the place of what it holds. Not tested by this project.
# GraphDB（须先停止服务）：用 quads/ 替换该仓库的内容。本项目未作测试。
#   ./load-graphdb.sh REPOSITORY     IMPORTRDF: the program (default: importrdf, in GraphDB's bin/)
# https://graphdb.ontotext.com/documentation/
set -euo pipefail
repository=${1:?usage: load-graphdb.sh REPOSITORY}
here=$(cd -- "$(dirname -- "$0")" && pwd)
exec "${IMPORTRDF:-importrdf}" preload --force --id "$repository" "$here"/quads/*.nq.gz
