#!/usr/bin/env bash
# @{ mark }@
#
# 在 GitLab 的 Gitaly 服务器上，做出签发回执的密钥和装有钩子的包。用运行 Gitaly 的账号（多半是 git）执行；可以重复执行。
# 没有在真实平台上运行过；做出的钩子在程序的测试里用普通的裸仓库运行过。不支持 Gitaly 集群（Praefect）。
# 用法：bash server-hook.sh 放密钥的文件夹 钩子包.tar
set -euo pipefail
folder=${1:?用法：bash server-hook.sh 放密钥的文件夹 钩子包.tar，如 /var/opt/pingshi/kaohe pingshi-hooks.tar}
package=${2:?用法：bash server-hook.sh 放密钥的文件夹 钩子包.tar，如 /var/opt/pingshi/kaohe pingshi-hooks.tar}
python=${PYTHON:-/opt/pingshi/bin/python}
"$python" -I -m pingshi --version

umask 077
mkdir -p "$folder"
key=$(cd "$folder" && pwd)/receipts_ed25519
if [ ! -e "$key" ]; then
  ssh-keygen -q -t ed25519 -N '' -C 'pingshi receipts' -f "$key"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/custom_hooks"
for name in pre-receive post-receive; do
  {
    printf '%s\n' '#!/usr/bin/env bash' '# @{ mark }@' 'n=${GIT_CONFIG_COUNT:-0}'
    printf 'export "GIT_CONFIG_KEY_$n=pingshi.receiptKey" "GIT_CONFIG_VALUE_$n"=%q GIT_CONFIG_COUNT=$((n + 1))\n' "$key"
    printf 'exec %q -I -X utf8 -m pingshi hook %s\n' "$python" "$name"
  } > "$work/custom_hooks/$name"
  chmod 755 "$work/custom_hooks" "$work/custom_hooks/$name"
done
tar -C "$work" -cf "$package" custom_hooks

echo "钩子包：$package。照 forge/README.md 用 gitaly hooks set 装到仓库里"
echo "把下面的公钥写到各单位 unit.yml 的 trust.server_keys 里："
cat "$key.pub"
