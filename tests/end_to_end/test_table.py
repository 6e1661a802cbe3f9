import pytest
pytestmark = pytest.mark.server
def test_own(host, at_desk):
    from telling import SUMMARY
    t = at_desk("wang-fang").submits("q1", {"2026-Q1/summaries/wang-fang.yml": SUMMARY})
    print(t.all)
    t = at_desk("liu-yang").approves("submit/wang-fang/q1")
    print(t.all)
    from pingshi.audit import audit
    a = audit(host.server, remember=False)
    print(a.findings, a.receipts, [r for r in a.records if "summar" in r.path])
