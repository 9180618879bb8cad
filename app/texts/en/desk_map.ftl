# The map of narratives.
desk-nav-map = Map
map-title = Map of narratives
map-about = Statements that are alike in meaning lie close together. The largest narratives have a colour and a shape of their own; a click on a point opens its statement.
map-run = Bring it up to date
map-run-requested = The map is brought up to date in the background.
map-run-waits = The map is being made…
map-run-failed = The map could not be made; the log says why. Try again, or ask who runs the service.
map-run-last = Made
map-count = { $count ->
    [one] { $count } statement.
   *[other] { $count } statements.
}
map-most = Only the latest are on the map.
map-plainer = This is a plain map by principal components: groups overlap. Whoever runs the service can have a clearer one by UMAP:
map-narrative = Narrative
map-language = Language
map-speaker = Speaker
map-window = What is shown
map-all = All
map-none = In no narrative
map-window-all = everything up to the day
map-window-year = the year before the day
map-window-quarter = 90 days before the day
map-window-month = 30 days before the day
map-day = Day
map-play = Play
map-pause = Pause
map-play-or-pause = Play or pause
map-zoom-in = Zoom in
map-zoom-out = Zoom out
map-whole = Show the whole map
map-pan-ArrowLeft = Move to the left
map-pan-ArrowRight = Move to the right
map-pan-ArrowUp = Move up
map-pan-ArrowDown = Move down
map-label = { $count ->
    [one] Map of { $count } statement. What lies in view is listed below.
   *[other] Map of { $count } statements. What lies in view is listed below.
}
map-legend = What the shapes mean
map-rest = other narratives, or none
map-view = In view
map-in-view = { $count ->
    [one] { $count } statement.
   *[other] { $count } statements.
}
map-listed = The latest { $count } are listed.
map-nothing-in-view = Nothing lies in view: zoom out, or choose a later day.
map-needs-scripts = The map needs scripts. All statements are in the archive:
map-failed = The points could not be loaded. Load the page again.
map-empty-title = There is no map yet
map-empty = It is made in the background within an hour after something was added to the archive, or when you ask for it.
