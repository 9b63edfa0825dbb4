"""Devices and what is shown of their names."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from wallet.domain.devices import Device, name_to_show

NOW = datetime(2026, 3, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("陈静的手机", "陈静的手机"),
        ("Li's iPhone-12", "Li's iPhone-12"),
        ("https://evil.example/win", "https evil example win"),
        ("a\nb\tc", "a b c"),
        ("{link}", "link"),
        ("x" * 60, "x" * 40),
        ("://", "-"),
    ],
)
def test_a_name_in_a_message_is_no_link_and_no_longer_than_a_line(name: str, shown: str) -> None:
    assert name_to_show(name) == shown


def test_a_device_is_trusted_until_its_time_is_up() -> None:
    until = NOW + timedelta(days=30)
    device = Device("dev_1", "chen", "phone", NOW, NOW, until)
    assert device.is_trusted(until - timedelta(seconds=1))
    assert not device.is_trusted(until)
