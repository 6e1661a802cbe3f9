#!/usr/bin/env bash
# @{ mark }@
#
# 在 GitLab（社区版就可以）上设置分支保护。没有在真实平台上运行过；发送的内容在程序的测试里对着模拟的平台核对过。
# 用法：GITLAB=https://平台的网址 PROJECT=项目的编号 TOKEN=管理员的令牌 bash forge/protect.sh
set -euo pipefail
: "${GITLAB:?写上平台的网址，如 https://gitlab.example}" "${PROJECT:?写上项目的编号，在项目首页可以看到}" "${TOKEN:?写上管理员的令牌}"
api="$GITLAB/api/v4/projects/$PROJECT"

umask 077
headers=$(mktemp)
trap 'rm -f "$headers"' EXIT
printf 'PRIVATE-TOKEN: %s\n' "$TOKEN" > "$headers"

# 社区版不能改已有的保护，只能先取消再设；中间的片刻没有保护
protect() {
  curl -fs -o /dev/null -X DELETE -H "@$headers" "$api/protected_branches/$1" || :
  curl -fsS -o /dev/null -X POST -H "@$headers" "$api/protected_branches" \
    --data-urlencode "name=$2" --data-urlencode "push_access_level=$3" \
    --data-urlencode merge_access_level=40 --data-urlencode allow_force_push=false
}

# main：只能由维护者（Maintainer）合并@{ pushing_told }@
protect main main @{ main_push }@
# 提交用的分支：开发者可以推送，推送以后不能改写
protect 'submit%2F%2A' 'submit/*' 30

# 只许产生合并提交，检查不通过不能合并，合并以后留着提交用的分支
curl -fsS -o /dev/null -X PUT -H "@$headers" "$api" \
  --data-urlencode merge_method=merge \
  --data-urlencode squash_option=never \
  --data-urlencode only_allow_merge_if_pipeline_succeeds=true \
  --data-urlencode allow_merge_on_skipped_pipeline=false \
  --data-urlencode remove_source_branch_after_merge=false

echo "设置好了。请照 forge/README.md 的“试一试”核对"
