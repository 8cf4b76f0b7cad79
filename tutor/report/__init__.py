"""A report as JSON, text, CSV, Parquet and HTML: views that draw the machine interface's object and decide nothing."""

from tutor.report.machine import from_json, to_json

__all__ = ["from_json", "to_json"]
