"""The Python of docs/WEBHOOKS.md does what the page says."""

import pathlib
import re

PAGE = pathlib.Path(__file__).parents[3] / "docs" / "WEBHOOKS.md"


def example():
    page = PAGE.read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `?([\w-]+)`? \| `(.+)` \|$", page, re.MULTILINE))
    code = re.search(r"```python\n(.*?)```", page, re.DOTALL).group(1)
    names = {}
    exec(code, names)
    return names["is_ours"], rows


def test_the_example_is_signed_by_us():
    is_ours, rows = example()
    body, sent = rows["body"].encode(), int(rows["webhook-timestamp"])
    assert is_ours(rows["secret"], rows, body, now=sent + 299)
    assert not is_ours(rows["secret"], rows, body, now=sent + 301)
    assert not is_ours(rows["secret"], rows, body + b" ", now=sent)
    assert not is_ours("whsec_b3RoZXI=", rows, body, now=sent)
