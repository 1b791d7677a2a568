#!/usr/bin/env bash
# Amazon Neptune: copies quads/ to S3 and starts the loader with neptune.json. Not tested by this project.
# Amazon Neptune：将 quads/ 复制到 S3，并按 neptune.json 启动加载。本项目未作测试。
#   First write bucket, role and region into neptune.json; the cluster's host is the argument.
#   先在 neptune.json 中填写存储桶、角色和区域；参数为集群的主机名。
#   ./load-neptune.sh HOST           (where IAM logins are on, sign the request: awscurl instead of curl)
# https://docs.aws.amazon.com/neptune/latest/userguide/load-api-reference-load.html
set -euo pipefail
host=${1:?usage: load-neptune.sh HOST}
here=$(cd -- "$(dirname -- "$0")" && pwd)
source=$(sed -n 's/.*"source": "\(.*\)".*/\1/p' "$here/neptune.json")
case $source in *BUCKET*) echo "load-neptune.sh: write the bucket into neptune.json first" >&2; exit 2 ;; esac
aws s3 sync "$here/quads" "$source" --exclude '*' --include '*.nq.gz'
exec curl --fail-with-body --header 'Content-Type: application/json' \
  --data "@$here/neptune.json" "https://$host:8182/loader"
