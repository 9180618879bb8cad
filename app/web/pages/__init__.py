"""The desk: pages for people, rendered here with Jinja2, with htmx for what changes without a new page.

To add a page:

1. A module with `router = pages()` (`access.py`), included in `app/main.py`. Its routes are plain `def`s; they ask for
   `AReader`, `AnAnalyst` or `AnAdmin` (who is signed in, by role) and for `TheServices`, and call use cases.
   Every change is refused that does not bring the session's token from a page of ours: nothing to do for that but
   `{{ ui.csrf(csrf) }}` in each form; htmx sends it by itself.
2. A template that extends `base.html`, and `render(request, "name.html", …)`. With `part="list"` the block `list` alone
   answers htmx, and the whole page the browser: one address for both, which can be shared.
3. Words in `app/texts/en/desk_….ftl`, as `t('id', n=3)`; none in templates or scripts.
4. Texts of others by `ui.statement` and `ui.name`, dates by `ui.said` and `ui.moment` (`templates/macros/ui.html`).
5. Errors are raised as domain errors: `problem_pages.py` says them to a person. After a change redirect with 303, and
   leave a notice with its undo (`flash.py`).
6. Looks by the classes and custom properties of `static/desk.css`; a key by `data-key` (`static/desk.js`). There is no
   inline script or style, for the policy of every page refuses them, and no meaning is carried by colour alone.
7. Links and forms are boosted: htmx swaps the body, and the frame with its scripts stays (`static/navigation.js`).
   Style sheets and scripts stand in the list of `base.html`, listen at `document`, and look at new elements on
   `htmx:load`. What is no page (a file, another site) has `download`, or `hx-boost="false"`. What could not be sent is
   held and sent again (`static/sending.js`, `repeated_changes.py`): a change is made once however often it arrives.
8. A test in a real browser in `tests/pages`, with `axe(page)`.
"""
