"""Deployed CloudWatch dashboards as pages that need nothing else: no network, no script."""

from pulumi_aws_sandbox.runtime.dashboards.pages import WIDGETS_STYLE, page, render

__all__ = ["WIDGETS_STYLE", "page", "render"]
