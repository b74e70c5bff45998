from typing import Any
def set_side_column(pages: Any) -> None:
    pass
