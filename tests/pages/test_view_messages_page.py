"""Alerts and digests at the desk in a real browser: a webhook is made, a list saved, and its digest set up."""

from playwright.sync_api import expect


def test_a_webhook_is_made_and_a_saved_view_sends_a_digest_through_it(serve_desk, axe):
    with serve_desk(webhook_allowed_hosts="127.0.0.1") as desk:
        page = desk.signed_in("admin", zone="Europe/Kyiv")
        page.goto("/webhooks")
        page.get_by_label("Address").fill("http://127.0.0.1:9/hook")
        page.get_by_label("What it is for").fill("The chat of the desk")
        page.get_by_label("What it is sent").select_option("slack")
        page.get_by_role("button", name="Make the webhook").click()
        expect(page.locator(".secret")).to_contain_text("whsec_")
        axe(page)
        page.goto("/?q=tanks")
        page.get_by_text("Save this list").click()
        page.get_by_label("Name for this list").fill("Tanks")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("Saved as “Tanks”.")).to_be_visible()
        page.get_by_text("Views", exact=True).click()
        page.get_by_role("link", name="Alerts and digests of Tanks").click()
        expect(page.get_by_label("Time zone")).to_have_value("Europe/Kyiv")
        page.get_by_label("What is sent").select_option("daily")
        page.get_by_label("Hour of a digest").select_option("9")
        page.get_by_role("button", name="Send it").click()
        expect(page.get_by_text("at 9:00 (Europe/Kyiv)")).to_be_visible()
        expect(page.get_by_text("The chat of the desk").first).to_be_visible()
        axe(page)
        page.get_by_role("button", name="End a digest every day through The chat of the desk").click()
        expect(page.get_by_text("sends no messages yet")).to_be_visible()
        desk.close_browsers()
