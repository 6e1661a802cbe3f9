import pytest, os
from telling import SUMMARY, FEEDBACK
pytestmark = pytest.mark.server
S="2026-Q1/summaries/{}.yml"
def test_look(host, desks):
    def show(title, t):
        print("-----", title, t.accepted); print(t.says or t.all)
    w=desks("wang-fang"); l=desks("liu-yang"); z=desks("zhao-lei")
    show("own", w.submits("q1", {S.format("wang-fang"): SUMMARY}))
    show("other's file", w.submits("x", {S.format("zhao-lei"): SUMMARY}))
    show("own and other", w.submits("x2", {S.format("zhao-lei"): SUMMARY, "2026-Q1/determination.yml":"x: 1\n"}))
    show("unit.yml", w.submits("x3", {"unit.yml": "name: x\n"}))
    show("someone's branch", w.begins("y").writes({S.format("wang-fang"): SUMMARY}).pushes("HEAD:refs/heads/submit/zhao-lei/q1"))
    show("bad branch", w.pushes("HEAD:refs/heads/q1"))
    show("bad branch2", w.pushes("HEAD:refs/heads/submit/Wang/q1"))
    show("tag", w.pushes("HEAD:refs/tags/v1"))
    show("main direct", w.pushes("HEAD:main"))
    show("receipts", w.pushes("HEAD:refs/pingshi/receipts"))
    show("receipts del", w.pushes(":refs/pingshi/receipts"))
    show("bad yaml", w.submits("z", {S.format("wang-fang"): "political: [\n"}))
    show("bad key", w.submits("z", {S.format("wang-fang"): SUMMARY+"grade: 好\n", "2026-Q2/x.yml":"a: 1\n"}))
    show("main deletion", w.pushes(":main"))
    show("submission del", w.pushes(":submit/wang-fang/q1"))
    show("rewritten", w.submits("q1", {S.format("wang-fang"): SUMMARY+"\n"}) )
    w.git("commit","-q","--amend","-m","又改"); show("rewritten force", w.pushes("+submit/wang-fang/q1"))
    w.git("fetch","-q","origin")
    w.merges("submit/wang-fang/q1"); show("self approve", w.pushes("main"))
    z.git("fetch","-q"); z.merges("submit/wang-fang/q1"); show("colleague approve", z.pushes("main"))
    l.merges("submit/wang-fang/q1","--ff-only"); show("ff", l.pushes("main"))
    l.merges("submit/wang-fang/q1","--squash");l.git("commit","-q","-m","x"); show("squash", l.pushes("main"))
    l.merges("submit/wang-fang/q1","--no-ff"); show("unsigned", l.pushes("main"))
    l.git("-c",f"user.signingKey={host.keys.get('zhao-lei')}","commit","-q","--amend",*(["-S"] if host.trust=="signatures" else []),"-m","x"); show("signed by another", l.pushes("main"))
    l.merges("submit/wang-fang/q1"); (l.clone/"records/u/unit.yml").write_text("name: y\n"); l.git("commit","-qa","--amend","--no-edit"); show("evil", l.pushes("main"))
    z2=desks("wang-fang","zhaolei"); show("other account", z2.submits("acc", {S.format("wang-fang"): SUMMARY+"\n\n"}))
    l2=desks("liu-yang","zhaolei"); l2.merges("submit/wang-fang/q1"); show("leader w/ other account", l2.pushes("main"))
    show("good", l.approves("submit/wang-fang/q1"))
    show("again", l.approves("submit/wang-fang/q1"))
    q=desks("qian-wei"); q.git("commit","-q","--amend","-m","y"); show("force", q.pushes("+HEAD:main"))
    w.git("switch","-q","-c","inner"); 
