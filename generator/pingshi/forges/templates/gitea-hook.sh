#!/usr/bin/env bash
# @{ mark }@
#
# 在 Gitea 或者 Forgejo 的服务器上，给考核仓库装上钩子和签发回执的密钥。用运行平台的账号（多半是 git）执行；可以重复执行。
# 没有在真实平台上运行过；在程序的测试里对着按平台的样子布置的仓库运行过。
# 用法：bash server-hook.sh 裸仓库的文件夹
set -euo pipefail
repository=${1:?用法：bash server-hook.sh 裸仓库的文件夹，如 /var/lib/gitea/repositories/jiguan/kaohe.git}
python=${PYTHON:-/opt/pingshi/bin/python}
"$python" -I -m pingshi --version
cd "$repository"
for name in pre-receive post-receive; do
  if [ ! -d "hooks/$name.d" ]; then
    echo "$repository 里没有 hooks/$name.d，不是 Gitea、Forgejo 的仓库；普通的裸仓库用 pingshi init --server" >&2
    exit 2
  fi
done

umask 077
mkdir -p pingshi
if [ ! -e pingshi/receipts_ed25519 ]; then
  ssh-keygen -q -t ed25519 -N '' -C 'pingshi receipts' -f pingshi/receipts_ed25519
fi
git config pingshi.receiptKey pingshi/receipts_ed25519
git config core.logAllRefUpdates always
git config gc.pruneExpire never
git config gc.reflogExpire never
git config gc.reflogExpireUnreachable never

for name in pre-receive post-receive; do
  fresh=$(mktemp "hooks/$name.d/.pingshi-XXXXXX")
  {
    printf '%s\n' '#!/usr/bin/env bash' '# @{ mark }@'
    printf '%s\n' '# 平台自己登记合并请求用的 refs/pull/ 不是考核记录，不检查，不登记'
    printf '%s\n' "lines=\$(grep -v ' refs/pull/[0-9]*/head\$' || :)" "[ -n \"\$lines\" ] || exit 0"
    printf 'printf "%%s\\n" "$lines" | %q -I -X utf8 -m pingshi hook %s\n' "$python" "$name"
  } > "$fresh"
  chmod 755 "$fresh"
  mv "$fresh" "hooks/$name.d/pingshi"
done

echo "装好了。把下面的公钥写到各单位 unit.yml 的 trust.server_keys 里："
cat pingshi/receipts_ed25519.pub
