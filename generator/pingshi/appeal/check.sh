#!/bin/sh
# 核对这一包材料。只用 git（2.34 以上）和 OpenSSH 的 ssh-keygen（8.8 以上），不用网络，不改动这个文件夹。
# 用法：sh 核对.sh        全部通过，退出状态是 0；有一项不通过，是 1；缺少程序，是 3。
#
# 核对什么：
#   1. 文件    每个文件与 git/manifest.txt 记的摘要一样，没有多，没有少
#   2. 对象    git/objects.pack 里正好是 git/objects.txt 列出的对象；编号由 git 按内容重新计算
#   3. 签名    每个有签名的提交和回执，是登记过的那个人（或服务器）的密钥签的，当时有效
#   4. 先后    合并与它并入的提交之间的父子关系
#   5. 回执    服务器的回执登记了那次推送；提交上写的时间与服务器的时间对得上
#   6. 记录    每个提交里的记录，与这里的副本逐字节相同
set -u
LC_ALL=C
TZ=UTC
export LC_ALL TZ
here=$(cd "$(dirname "$0")" && pwd) || exit 3

passed=0
failed=0
remarks=0
pass() { passed=$((passed + 1)); }
fail() { failed=$((failed + 1)); printf '不通过  %s\n' "$1"; }
remark() { remarks=$((remarks + 1)); printf '注意    %s\n' "$1"; }
say() { printf '        %s\n' "$1"; }

for program in git ssh-keygen cat cut find grep mktemp sed sort tail tr; do
    command -v "$program" >/dev/null 2>&1 || { printf '缺少 %s 命令，核对不了\n' "$program"; exit 3; }
done
version=$(git version | sed 's/[^0-9]*\([0-9]*\)\.\([0-9]*\).*/\1 \2/')
if [ "${version% *}" -lt 2 ] || { [ "${version% *}" -eq 2 ] && [ "${version#* }" -lt 34 ]; }; then
    printf '这里的 git 太旧，核对签名要 2.34 以上\n'
    exit 3
fi

scratch=$(mktemp -d) || exit 3
trap 'rm -rf "$scratch"' EXIT
trap 'exit 3' HUP INT TERM
# 本机的 git 设置一概不用，只看这一包材料。
for name in $(env | sed -n 's/^\(GIT_[A-Z0-9_]*\)=.*/\1/p'); do unset "$name"; done
HOME=$scratch
XDG_CONFIG_HOME=$scratch
GIT_CONFIG_GLOBAL=/dev/null
GIT_CONFIG_NOSYSTEM=1
GIT_NO_REPLACE_OBJECTS=1
export HOME XDG_CONFIG_HOME GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM GIT_NO_REPLACE_OBJECTS
cd "$scratch" || exit 3

git init -q --bare repository.git || exit 3
g() {
    git --git-dir="$scratch/repository.git" -c gpg.format=ssh -c gpg.ssh.program=ssh-keygen \
        -c gpg.ssh.allowedSignersFile="$here/git/allowed_signers" -c core.quotePath=false "$@"
}
id_of() { g hash-object --no-filters -- "$1" 2>/dev/null; }
header() { g cat-file commit "$1" 2>/dev/null | sed '/^$/q'; }
seconds() { g log -1 --no-walk --format=%ct "$1" 2>/dev/null; }
beijing() { (TZ=CST-8 && g log -1 --no-walk --date=format-local:'%Y-%m-%d %H:%M' --format=%cd "$1" 2>/dev/null); }
# 邮箱是写提交的人自己填的：只显示不会扰乱屏幕的字符。
email() { g log -1 --no-walk --format=%ae "$1" 2>/dev/null | tr -cd 'A-Za-z0-9@._+-'; }
account() { printf '%s' "$1" | sed -n 's/.*"pusher": "\([^"]*\)".*/\1/p' | tr -cd 'A-Za-z0-9@._+-'; }
short() { printf '%.10s' "$1"; }
level=$(cat "$here/git/level.txt" 2>/dev/null)
# 列在前一个文件里的，后一个文件里都要有。
without() { grep -vxFf "$2" "$1" >missing; while IFS= read -r line; do fail "$3$line"; done <missing; }

printf '1. 文件\n'
while read -r id path; do
    if [ -h "$here/$path" ] || [ ! -f "$here/$path" ]; then
        fail "缺少文件 $path（解压时文件名可能变了，换一个支持中文文件名的解压程序）"
    elif [ "$(id_of "$here/$path")" = "$id" ]; then
        pass
    else
        fail "$path 与清单记的摘要不一样，被改动过"
    fi
done <"$here/git/manifest.txt"
sed 's/^[^ ]* //' "$here/git/manifest.txt" | sort >listed
(cd "$here" && find . ! -type d ! -path ./git/manifest.txt) | sed 's,^\./,,' | sort >found
without found listed '多出来的文件 '

printf '2. 对象\n'
if g unpack-objects -q <"$here/git/objects.pack" 2>/dev/null; then
    pass
else
    fail 'git/objects.pack 损坏或者被改动过，不能完整解开'
fi
g cat-file --batch-all-objects --batch-check='%(objectname) %(objecttype)' | sort >found
sort "$here/git/objects.txt" >listed
without listed found 'git/objects.pack 里没有 '
without found listed 'git/objects.txt 没有列出 '

printf '3. 签名\n'
grep -q '^SERVER ' "$here/git/allowed_signers" || remark '单位资料（unit.yml）里没有登记服务器公钥，回执的签名核对不了'
sed -n 's/ commit$//p' found >commits
unsigned=0
while read -r id; do
    row=$(grep "^$id " "$here/git/commits.txt")
    if [ -z "$row" ]; then
        fail "git/commits.txt 没有列出提交 $id"
        continue
    fi
    need=${row##* }
    row=${row% *}
    signer=${row##* }
    row=${row% *}
    role=${row##* }
    [ "$role" = direct ] && remark "$(short "$id")（$(email "$id")）没有经过审核合并，直接进了主线"
    [ "$need" = skip ] && continue
    case $role in
    receipt) what='回执' ;;
    approve) what='审核' ;;
    *) what='提交' ;;
    esac
    if header "$id" | grep -q '^gpgsig'; then
        told=$(g log -1 --no-walk --format='%G? %GS' "$id" 2>/dev/null)
        if [ "$told" = "G $signer" ]; then
            pass
            [ "$role" = receipt ] || say "$what $(short "$id")（$(email "$id")）是 $signer 签的，$(beijing "$id")"
        elif [ "$role" = receipt ] && ! grep -q '^SERVER ' "$here/git/allowed_signers"; then
            continue
        elif [ "${told%% *}" = B ]; then
            fail "$what $id 的签名与内容不符"
        else
            fail "$what $id 的签名不是 $signer 当时有效的密钥签的"
        fi
    elif [ "$need" = must ]; then
        fail "$what $id 没有签名"
    elif [ "$role" = approve ]; then
        unsigned=$((unsigned + 1))
    fi
done <commits
[ "$unsigned" -gt 0 ] && remark "有 $unsigned 次审核没有签名；本单位没有要求签名，由谁审核只有服务器或者平台的话"

printf '4. 先后\n'
# 一行里，后一个是前一个的父提交。
descends() {
    child=
    for id in $1; do
        if [ -n "$child" ]; then
            if header "$child" | grep -qx "parent $id"; then pass; else fail "$id 不是 $child 的父提交"; fi
        fi
        child=$id
    done
}
while read -r chain; do descends "$chain"; done <"$here/git/chains.txt"

printf '5. 回执\n'
simulated=0
while read -r receipt commit time kind chain says; do
    message=$(g cat-file commit "$receipt" 2>/dev/null | sed '1,/^$/d' | tail -n 1)
    descends "$(printf '%s' "$chain" | tr ',' ' ')"
    case $says in
    *"\"new\": \"${chain%%,*}\""*) pass ;;
    *) fail "清单里回执 $receipt 的一行前后不一致" ;;
    esac
    case $message in
    *"$says"*) pass ;;
    *) fail "回执 $receipt 没有登记 $(short "${chain%%,*}") 的推送" ;;
    esac
    case $message in
    *'"simulated": true'*) simulated=$((simulated + 1)) ;;
    esac
    if [ "${chain##*,}" != "$commit" ] || [ "$(seconds "$receipt")" != "$time" ]; then
        fail "清单里回执 $receipt 的一行与回执本身不一致"
        continue
    fi
    if [ "$kind" = gap ]; then
        remark "$(short "$commit") 的回执是事后补登的，证明不了当时的时间"
        continue
    fi
    ahead=$(($(seconds "$commit") - time))
    role=$(grep "^$commit " "$here/git/commits.txt" | cut -d ' ' -f 2)
    case $role in
    approve)
        if [ "$ahead" -gt 86400 ] || [ "$ahead" -lt -86400 ]; then
            fail "审核 $commit 写的时间 $(beijing "$commit") 与服务器的时间 $(beijing "$receipt") 相差一天以上"
        else
            pass
            say "审核 $(short "$commit")：服务器 $(beijing "$receipt") 收到，账号 $(account "$message")"
        fi
        ;;
    submit)
        if [ "$ahead" -gt 3600 ]; then
            fail "提交 $commit 写的时间 $(beijing "$commit") 比服务器收到的时间 $(beijing "$receipt") 还晚"
        else
            pass
            say "提交 $(short "$commit")：服务器 $(beijing "$receipt") 收到，账号 $(account "$message")"
        fi
        ;;
    esac
done <"$here/git/receipts.txt"
if [ "$level" = receipts ] || [ "$level" = signatures ]; then
    while read -r id role _; do
        grep -q "^[0-9a-f]* $id " "$here/git/receipts.txt" && continue
        case $role in
        approve | direct) fail "$id 进主线时没有服务器回执" ;;
        submit) remark "提交 $(short "$id") 没有服务器回执，时间是提交人自己写的" ;;
        esac
    done <"$here/git/commits.txt"
fi
[ "$simulated" -gt 0 ] && remark "有 $simulated 处回执用的是演示时钟，不是真正的时间"

printf '6. 记录\n'
while read -r commit blob copy path; do
    if [ "$blob" = - ]; then
        if told=$(g ls-tree --full-tree "$commit" -- "$path" 2>/dev/null) && [ -z "$told" ]; then
            pass
        else
            fail "提交 $commit 里应当没有 $path"
        fi
    elif [ "$(g rev-parse --verify --quiet "$commit:$path")" != "$blob" ]; then
        fail "提交 $commit 里的 $path 不是清单列的那一版"
    elif [ "$(id_of "$here/$copy")" = "$blob" ]; then
        pass
    else
        fail "$copy 与提交 $commit 里的 $path 不一样"
    fi
done <"$here/git/files.txt"
sed 's/^[^ ]* [^ ]* \([^ ]*\) .*/\1/' "$here/git/files.txt" | sort -u >listed
(cd "$here" && find records schemes earlier ! -type d 2>/dev/null) | sort >found
without found listed '不出自任何提交的文件 '

read -r head <"$here/git/head.txt"
printf '\n主线（main）到 %s 为止。请与公布的网站里 checkpoint.json 的 commit 对照，\n' "$head"
printf '或者到服务器的仓库里查：git merge-base --is-ancestor %s main\n' "$head"
if [ "$failed" -gt 0 ]; then
    printf '核对没有通过：%s 项不通过，见上面写“不通过”的各行（通过 %s 项）\n' "$failed" "$passed"
    exit 1
fi
printf '核对通过：%s 项' "$passed"
[ "$remarks" -gt 0 ] && printf '，另有 %s 项要注意' "$remarks"
printf '\n'
