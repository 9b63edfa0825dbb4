"""The screens a page is looked at on, as options of a browser context."""

from __future__ import annotations

from typing import Any

LOCALES = {"zh": "zh-CN", "en": "en-US"}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
# What a desktop window of 1280 by 900 has left at 200 %.
ZOOMED: dict[str, Any] = {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}
