#!/usr/bin/env bash
# Oxigraph: loads quads/ into the store folder, which no running server may have open.
# 将 quads/ 载入 Oxigraph 的存储文件夹；此时不能有服务器正在使用它。
#   ./load-oxigraph.sh FOLDER        OXIGRAPH: the program (default: oxigraph)
# https://github.com/oxigraph/oxigraph/tree/main/cli
set -euo pipefail
folder=${1:?usage: load-oxigraph.sh FOLDER}
here=$(cd -- "$(dirname -- "$0")" && pwd)
exec "${OXIGRAPH:-oxigraph}" load --location "$folder" --file "$here"/quads/*.nq.gz
