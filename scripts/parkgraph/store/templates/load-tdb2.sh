#!/usr/bin/env bash
# Apache Jena TDB2, for Fuseki: loads quads/ into the database folder, which no running server may have open.
# 将 quads/ 载入 TDB2（Fuseki）的数据库文件夹；此时不能有服务器正在使用它。
#   ./load-tdb2.sh FOLDER            TDBLOADER: the command (default: tdb2.tdbloader)
#   TDBLOADER='java -cp fuseki-server.jar tdb2.tdbloader' ./load-tdb2.sh FOLDER
# https://jena.apache.org/documentation/tdb2/tdb2_cmds.html
set -euo pipefail
folder=${1:?usage: load-tdb2.sh FOLDER}
here=$(cd -- "$(dirname -- "$0")" && pwd)
read -ra loader <<<"${TDBLOADER:-tdb2.tdbloader}"
exec "${loader[@]}" --loc "$folder" "$here"/quads/*.nq.gz
