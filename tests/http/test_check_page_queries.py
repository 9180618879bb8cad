"""The pages of checks and of articles ask the database as often for much as for little."""

from builders import STAGED, STAGED_ELSEWHERE, draft, signed_in

from app.domain.statements.statements import Finding


def test_a_page_makes_as_many_queries_for_much_as_for_little(archive, queries):
    browser = signed_in(archive)

    def led_to(path, **typed):
        return browser.post(path, typed).headers["location"]

    def precedents(some):
        archive.record_statements(
            [
                draft(
                    f"{STAGED} {number}",
                    f"2020-01-{number:02}",
                    narratives=[f"Narrative {number}"],
                    findings=(Finding(f"verdict {number}"),),
                )
                for number in some
            ]
        )

    def article(claims):
        said = "\n\n".join(f"Karpov said on Sunday: “{STAGED_ELSEWHERE} {number}”" for number in range(claims))
        return led_to("/check/article", article=said, published_at="2021-05-24")

    def counted(claims):
        places = {
            "/check": "/check",
            "/checks": led_to("/check", text=STAGED_ELSEWHERE, said_at="2021-05-23"),
            "/documents": article(claims),
        }
        return {name: queries(browser, address) for name, address in places.items()}

    precedents(range(1, 2))
    few = counted(1)
    precedents(range(2, 28))
    assert counted(12) == few
    assert max(few.values()) <= 20
