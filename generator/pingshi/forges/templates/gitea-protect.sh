#!/usr/bin/env bash
# @{ mark }@
#
# 在 Gitea 或者 Forgejo 上设置分支保护。没有在真实平台上运行过；发送的内容在程序的测试里对着模拟的平台核对过。
# 用法：GITEA=https://平台的网址 OWNER=仓库属于谁 REPO=仓库名 TOKEN=管理员的令牌 bash forge/protect.sh
set -euo pipefail
: "${GITEA:?写上平台的网址，如 https://git.example}" "${OWNER:?写上仓库属于谁}" "${REPO:?写上仓库名}" "${TOKEN:?写上管理员的令牌}"
api="$GITEA/api/v1/repos/$OWNER/$REPO"

umask 077
headers=$(mktemp)
trap 'rm -f "$headers"' EXIT
printf 'Authorization: token %s\nContent-Type: application/json\n' "$TOKEN" > "$headers"

# 把标准输入里的 JSON 发给平台
call() { curl -fsS -o /dev/null -X "$1" -H "@$headers" --data-binary @- "$api$2"; }

# protect 网址里的名字：已经有这条保护的就改，没有的就建；另外再单独关一次强制推送，有的版本建的时候不认这一项
protect() {
  local rule
  rule=$(cat)
  if curl -fs -o /dev/null -H "@$headers" "$api/branch_protections/$1"; then
    call PATCH "/branch_protections/$1" <<< "$rule"
  else
    call POST /branch_protections <<< "$rule"
  fi
  call PATCH "/branch_protections/$1" <<< '{"enable_force_push": false}'
}

# 只许产生合并提交：别的合并办法看不出是谁审核的
call PATCH "" <<'JSON'
@{ repository }@
JSON

# main：只能由可以审核的人合并，检查不通过不能合并
protect main <<'JSON'
@{ main }@
JSON

# 提交用的分支：各人只能推送自己的，推送以后不能改写、不能删除
submissions() {
  cat <<'LIST'
@{ submissions }@
LIST
}
submissions | while read -r person accounts; do
  [ -n "$person" ] || continue
  printf '{"rule_name": "submit/%s/**", "enable_push": true, "enable_push_whitelist": true, "push_whitelist_usernames": %s}' \
    "$person" "$accounts" | protect "submit%2F$person%2F%2A%2A"
done

echo "设置好了。请照 forge/README.md 的“试一试”核对"
