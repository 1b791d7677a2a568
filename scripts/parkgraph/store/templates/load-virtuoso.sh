#!/usr/bin/env bash
# Virtuoso: prints the SQL that loads quads/; hand it to isql. The folder, as the server sees it, must be in
# DirsAllowed of virtuoso.ini. The last two answers are the number of files loaded, and what was not and why.
# 打印载入 quads/ 的 SQL，交给 isql 执行；该文件夹（服务器所见路径）须列在 virtuoso.ini 的 DirsAllowed 中。
# 最后两个结果是已载入的文件数，以及未能载入的文件及原因。
#   ./load-virtuoso.sh [FOLDER] | isql HOST:PORT dba PASSWORD
# https://vos.openlinksw.com/owiki/wiki/VOS/VirtBulkRDFLoader
set -euo pipefail
folder=${1:-$(cd -- "$(dirname -- "$0")" && pwd)/quads}
case $folder in *\'*) echo "load-virtuoso.sh: no ' in the folder's name, please" >&2; exit 2 ;; esac
cat <<SQL
-- Virtuoso remembers files by name and would pass over a newer export.
DELETE FROM DB.DBA.load_list WHERE ll_file LIKE '$folder/%';
log_enable(2);
ld_dir('$folder', '*.nq.gz', NULL);
rdf_loader_run();
checkpoint;
SELECT COUNT(*) FROM DB.DBA.load_list
 WHERE ll_file LIKE '$folder/%' AND ll_state = 2 AND ll_error IS NULL;
SELECT ll_file, ll_error FROM DB.DBA.load_list
 WHERE ll_file LIKE '$folder/%' AND (ll_state <> 2 OR ll_error IS NOT NULL);
SQL
