"""Requests of a page that are held up, so that a test says when they are answered."""


class HeldRequests:
    """Requests of a page to addresses of a pattern, in the order in which they were made."""

    def __init__(self, page, pattern):
        self._page = page
        self._routes = []
        page.route(pattern, lambda route: self._routes.append(route))

    def wait_for(self, number=1):
        """Returns the route of the request of that number, once it was made."""
        for _ in range(1_200):
            if len(self._routes) >= number:
                return self._routes[number - 1]
            self._page.wait_for_timeout(50)
        raise AssertionError(f"{len(self._routes)} requests were made, and not {number}")
