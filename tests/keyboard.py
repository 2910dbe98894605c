"""Reach a control as somebody without a mouse does."""

import pytest
from playwright.sync_api import Locator, Page

_ENOUGH = 60


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    for _ in range(_ENOUGH):
        page.keyboard.press(key)
        if target.evaluate("element => element === element.getRootNode().activeElement"):
            return
    pytest.fail(f"{key} does not reach {target}")
