"""What a proposed change comes to: two snapshots and the files between them → differences → Markdown, JSON."""

from pingshi.comparison.compare import Duties, Side, compare
from pingshi.comparison.document import as_json
from pingshi.comparison.markdown import as_markdown
from pingshi.comparison.result import Comparison

__all__ = ["Comparison", "Duties", "Side", "as_json", "as_markdown", "compare"]
